/* SPDX-License-Identifier: MIT */
/*
 * A decision as a person reads it: the verdict, the calls, and what would turn
 * it.  The rows about each request are teller.c's.
 */
#include "config.h"

#include "simulator/premise.h"
#include "simulator/story.h"
#include "simulator/teller.h"

/* Verdicts. */

const char *
story_verdict_word(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_ALLOWED:
		return "ALLOWED";
	case VERDICT_EXPLICITLY_DENIED:
		return "DENIED (explicit)";
	case VERDICT_IMPLICITLY_DENIED:
		return "DENIED (implicit)";
	case VERDICT_DEPENDS:
		return "DEPENDS";
	case VERDICT_UNKNOWN:
		break;
	}
	return "UNKNOWN";
}

static void
tell_verdict(struct teller *teller, const struct story *story)
{
	const struct answer *answer = &story->answer;
	const char *layer = story_layer(story);

	page_line(&teller->page, 0, TELLER_HANG);
	page_words(&teller->page, "%s", story_verdict_word(answer->verdict));
	if (layer[0] != '\0') {
		page_tab(&teller->page, 0);
		page_words(&teller->page, "at: %s", layer);
	}
	if (answer->decisive != NULL && story->summons.count > 1)
		page_words(&teller->page, "(call %zu of %zu)",
		    (size_t)(answer->decisive - answer->hops) + 1,
		    story->summons.count);
	teller_begin(teller, "because");
	page_words(&teller->page, "%s", story_reason(story));
}

/* Calls. */

static void
tell_request(struct teller *teller, const struct ruling *ruling)
{
	page_line(&teller->page, 0, TELLER_HANG);
	page_words(&teller->page, "%s: %s on %s",
	    story_verdict_word(ruling->verdict), teller_quote(teller,
	    ruling->request.action), teller_quote(teller,
	    ruling->request.resource));
	if (ruling->part != NULL)
		page_words(&teller->page, "(%s)", ruling->part);
}

static void
tell_hop(struct teller *teller, const struct story *story,
    const struct hop *hop)
{
	size_t calls = story->summons.count;
	size_t number = (size_t)(hop - story->answer.hops) + 1;

	page_line(&teller->page, 0, 0);
	page_line(&teller->page, 0, TELLER_HANG);
	if (calls > 1)
		page_words(&teller->page, "call %zu of %zu:", number, calls);
	page_words(&teller->page, "%s by",
	    teller_quote(teller, hop->call->action));
	teller_caller(teller, &hop->caller.actor);
	teller_way(teller, &hop->call->way);
}

static void
tell_rulings(struct teller *teller, const struct hop *hop, bool headed)
{
	for (size_t i = 0; i < hop->count; i++) {
		if (headed)
			tell_request(teller, &hop->rulings[i]);
		if (hop->refused != NULL)
			continue;
		teller_layers(teller, &hop->rulings[i]);
		teller_keys(teller, &hop->rulings[i]);
	}
}

static void
tell_hops(struct teller *teller, const struct story *story)
{
	bool plain = story->summons.count == 1 && story->answer.count == 1 &&
	    story->answer.hops[0].count == 1;

	for (size_t i = 0; i < story->answer.count; i++) {
		if (!plain)
			tell_hop(teller, story, &story->answer.hops[i]);
		tell_rulings(teller, &story->answer.hops[i], !plain);
	}
	if (!plain)
		page_line(&teller->page, 0, 0);
}

/* What would turn it. */

static const char *
flip_text(struct teller *teller, const struct flip *flip)
{
	struct place place;

	if (flip->change.kind != TRIAL_NONE)
		return trial_change_text(teller->arena,
		    teller->court->estate, &flip->change);
	place = source_place(flip->source, flip->condition->node->span);
	return arena_printf(teller->arena, "add %s at %s:%zu:%zu",
	    teller_quote(teller, flip->value),
	    source_file(flip->source)->name, place.line, place.column);
}

static void
tell_flips(struct teller *teller, const struct story *story)
{
	const struct flips *flips = &story->flips;

	if (!flips->sought || (flips->list.count == 0 &&
	    story->answer.verdict == VERDICT_ALLOWED))
		return;
	teller_begin(teller, "flips if");
	if (flips->list.count == 0)
		page_words(&teller->page, "%s", flips->spent ?
		    "nothing was found before the budget was spent" :
		    "no single change of the question was found that allows "
		    "it");
	for (size_t i = 0; i < flips->list.count; i++)
		page_words(&teller->page, "%s%s", flip_text(teller,
		    &flips->list.items[i]), i + 1 < flips->list.count ?
		    ", or" : "");
}

static void
tell_hinge(struct teller *teller, const struct hinge *hinge)
{
	teller_begin(teller, "depends on");
	page_words(&teller->page, "%s", teller_quote(teller, hinge->key));
	if (hinge->values.count > 0)
		page_words(&teller->page, "(allows with:");
	for (size_t i = 0; i < hinge->values.count; i++) {
		const struct trial_change *value = &hinge->values.items[i];

		page_words(&teller->page, "%s%s",
		    value->kind == TRIAL_REMOVE ? "absent" :
		    teller_quote(teller, value->value),
		    i + 1 < hinge->values.count ? " or" : ")");
	}
}

/* Where there are several calls, or several resources of one, which it is
 * about. */
static void
tell_subject(struct teller *teller, const struct story *story,
    const struct proviso *proviso)
{
	const struct imprint *imprint = proviso->imprint;

	if (story->summons.count > 1)
		page_words(&teller->page, "(call %zu)", imprint->call + 1);
	if (imprint->hop->count > 1 &&
	    key_is_of_resource(proviso->test.key))
		page_words(&teller->page, "(of %s)", teller_quote(teller,
		    imprint->ruling->request.resource));
}

static void
tell_proviso(struct teller *teller, const struct story *story,
    const struct proviso *proviso)
{
	const struct test *test = &proviso->test;
	char name[GUARANTEE_OPERATOR_SIZE];

	guarantee_operator_name(&test->use, name);
	page_words(&teller->page, "%s%s %s", proviso->negated ? "not " : "",
	    name, teller_quote(teller, test->key));
	for (size_t i = 0; i < test->count; i++)
		page_words(&teller->page, "%s%s", teller_quote(teller,
		    test->operands[i].text), i + 1 < test->count ? " or" :
		    "");
	tell_subject(teller, story, proviso);
}

static void
tell_terms(struct teller *teller, const struct story *story)
{
	const struct terms *terms = &story->terms;

	for (size_t i = 0; i < terms->list.count; i++) {
		const struct term *term = &terms->list.items[i];

		teller_begin(teller, i == 0 ? "allowed if" : "or if");
		for (size_t j = 0; j < term->list.count; j++) {
			if (j > 0)
				teller_begin(teller, "");
			if (j > 0)
				page_words(&teller->page, "and");
			tell_proviso(teller, story, term->list.items[j]);
		}
	}
}

static void
tell_hinges(struct teller *teller, const struct story *story)
{
	const struct hinges *hinges = &story->hinges;

	if (story->answer.verdict != VERDICT_DEPENDS)
		return;
	if (story->terms.answer == TERMS_LISTED) {
		tell_terms(teller, story);
		return;
	}
	for (size_t i = 0; i < hinges->list.count; i++)
		tell_hinge(teller, &hinges->list.items[i]);
	if (hinges->allowed && hinges->list.count == 1)
		return;
	teller_begin(teller, "");
	if (hinges->allowed)
		page_words(&teller->page, "together, one value of each of "
		    "these allows");
	else
		page_words(&teller->page, "no values were found that allow "
		    "it%s", hinges->spent ? ", before the budget was spent" :
		    "; others may");
}

/* What a constant answer of the prover takes to be true of requests. */
static void
tell_premises(struct teller *teller, premise_set rests)
{
	if (rests == 0)
		return;
	teller_begin(teller, "premises");
	for (unsigned i = 0; i < PREMISE_COUNT; i++)
		if ((rests >> i & 1) != 0)
			page_words(&teller->page, "%s%s",
			    premise_name((enum premise)i), rests >> i >> 1 ==
			    0 ? "" : ",");
}

static void
tell_notes(struct teller *teller, const struct story *story)
{
	for (size_t i = 0; i < story->notes.count; i++) {
		page_line(&teller->page, TELLER_LABEL, TELLER_HANG);
		page_words(&teller->page, "note: %s", story->notes.items[i]);
	}
}

static struct word
tell(struct arena *arena, const struct story *story, size_t width, bool all)
{
	struct teller teller = { .arena = arena, .court = story->court,
	    .page = { .arena = arena, .width = width } };

	tell_verdict(&teller, story);
	if (all)
		tell_hops(&teller, story);
	tell_hinges(&teller, story);
	tell_flips(&teller, story);
	teller_rests(&teller, story->answer.rests);
	tell_premises(&teller, story->terms.rests);
	tell_notes(&teller, story);
	return page_text(&teller.page);
}

struct word
story_text(struct arena *arena, const struct story *story, size_t width)
{
	return tell(arena, story, width, true);
}

struct word
story_brief(struct arena *arena, const struct story *story, size_t width)
{
	return tell(arena, story, width, false);
}
