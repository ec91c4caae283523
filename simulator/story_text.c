/* SPDX-License-Identifier: MIT */
/*
 * A decision as a person reads it: the verdict, the layers in order, what
 * came nearest, what was known, and what would turn it.
 */
#include "config.h"

#include <string.h>

#include "simulator/evidence.h"
#include "simulator/opinion.h"
#include "simulator/page.h"
#include "simulator/story.h"

enum {
	LABEL = 2,
	BODY = 13,			/* behind the label */
	DETAIL = 21,			/* behind the stance of a layer */
	NARROW = 60,			/* columns: then indent less */
	NARROW_HANG = 4,
	WANTED_SHOWN = 4
};

struct teller {
	struct arena		*arena;
	const struct story	*story;
	struct page		 page;
};

/* Rows. */

static void
begin(struct teller *teller, const char *label)
{
	bool narrow = teller->page.width < NARROW;

	page_line(&teller->page, LABEL, narrow ? NARROW_HANG : BODY);
	page_words(&teller->page, "%s", label);
	page_tab(&teller->page, BODY);
}

static const char *
quoted(struct teller *teller, struct word word)
{
	return arena_copy(teller->arena, word.text, word.length);
}

/* Verdicts. */

static const char *
verdict_word(enum verdict verdict)
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
tell_verdict(struct teller *teller)
{
	const struct answer *answer = &teller->story->answer;
	const char *layer = story_layer(teller->story);

	page_line(&teller->page, 0, NARROW_HANG);
	page_words(&teller->page, "%s", verdict_word(answer->verdict));
	if (layer[0] != '\0') {
		page_tab(&teller->page, 0);
		page_words(&teller->page, "at: %s", layer);
	}
	if (answer->decisive != NULL && teller->story->summons.count > 1)
		page_words(&teller->page, "(call %zu of %zu)",
		    (size_t)(answer->decisive - answer->hops) + 1,
		    teller->story->summons.count);
	begin(teller, "because");
	page_words(&teller->page, "%s", story_reason(teller->story));
}

/* Statements. */

/* What is known of a key, with a comma behind. */
static void
tell_values(struct teller *teller, const struct context_key *key)
{
	if (!context_key_is_present(key)) {
		page_words(&teller->page, "%s,", origin_name(key));
		return;
	}
	page_words(&teller->page, "%s", origin_name(key));
	for (size_t i = 0; i < key->count; i++)
		page_words(&teller->page, "%s,", quoted(teller,
		    key->values[i]));
}

static void
tell_key(struct teller *teller, struct word name,
    const struct context_key *key, const char *end)
{
	const char *text = quoted(teller, name);

	if (!context_key_is_present(key)) {
		page_words(&teller->page, "%s %s%s", text, origin_name(key),
		    end);
		return;
	}
	if (key->count == 1)
		page_words(&teller->page, "%s=%s [%s]%s", text,
		    quoted(teller, key->values[0]), origin_name(key), end);
	else
		page_words(&teller->page, "%s=(%zu values) [%s]%s", text,
		    key->count, origin_name(key), end);
}

static const struct context_key *
key_of(const struct ruling *ruling, const struct test *test)
{
	return request_key(&ruling->request, test->key.text, test->key.length,
	    test->hash);
}

/* The statement, and the keys that it matched on. */
static void
tell_step(struct teller *teller, const struct ruling *ruling,
    const struct step *step)
{
	const struct statement *statement = step->clause->statement;
	size_t count = step->clause->test_count;

	page_words(&teller->page, "%s", story_place(teller->arena, step));
	if (statement->sid != NULL)
		page_words(&teller->page, "Sid %s", statement->sid->text);
	for (size_t i = 0; i < count; i++) {
		const struct test *test = &step->clause->tests[i];

		page_words(&teller->page, "%s%.*s", i == 0 ? "(" : "",
		    (int)strcspn(test->source->block->key, " "),
		    test->source->block->key);
		tell_key(teller, test->key, key_of(ruling, test),
		    i + 1 < count ? "," : ")");
	}
}

/* Misses. */

/* One of a list that is shown in part, with what parts it from the next. */
static void
tell_item(struct teller *teller, const char *text, size_t at, size_t count,
    const char *end)
{
	if (at < WANTED_SHOWN)
		page_words(&teller->page, "%s%s", text, at + 1 < count ? "," :
		    end);
	else if (at == WANTED_SHOWN)
		page_words(&teller->page, "and %zu more%s", count - at, end);
}

static bool
tell_match(struct teller *teller, const char *name, enum truth holds,
    bool negated, const char *end)
{
	if (holds == TRUTH_FALSE)
		page_words(&teller->page, "%s differs: wants %s", name,
		    negated ? "all but" : "");
	else
		page_words(&teller->page, "%s %s%s", name,
		    holds == TRUTH_TRUE ? "ok" : "open", end);
	return holds != TRUTH_FALSE;
}

static void
tell_element(struct teller *teller, const char *name, enum truth holds,
    const struct element *element, const char *end)
{
	if (tell_match(teller, name, holds, element->negated, end))
		return;
	for (size_t i = 0; i < element->count; i++)
		tell_item(teller, element->items[i]->text, i, element->count,
		    end);
}

static void
tell_principal(struct teller *teller, enum truth holds,
    const struct principals *list)
{
	if (tell_match(teller, "principal", holds, list->negated, ""))
		return;
	for (size_t i = 0; i < list->count; i++)
		tell_item(teller, list->items[i].node->text, i, list->count,
		    "");
}

/* A value of a policy; one with variables, and what they come to. */
static const char *
operand_text(struct teller *teller, const struct ruling *ruling,
    const struct operand *operand)
{
	const char *text = quoted(teller, operand->text);
	struct word value;

	if (operand->variable == NULL)
		return text;
	value = wish_expand(teller->arena, operand->text, &ruling->request);
	return arena_printf(teller->arena, "%s (%s)", text,
	    value.text == NULL ? "which has no value" :
	    quoted(teller, value));
}

static void
tell_test(struct teller *teller, const struct ruling *ruling,
    const struct test *test)
{
	const struct context_key *key = key_of(ruling, test);
	bool negated = test->use.operator < OPERATOR_COUNT &&
	    operator_facts(test->use.operator)->negated;

	page_line(&teller->page, teller->page.hang, teller->page.hang);
	page_words(&teller->page, "%s %s:", test->source->block->key,
	    quoted(teller, test->key));
	tell_values(teller, key);
	page_words(&teller->page, "wants%s", negated ? " none of" : "");
	for (size_t i = 0; i < test->count; i++)
		tell_item(teller, operand_text(teller, ruling,
		    &test->operands[i]), i, test->count, "");
}

static void
tell_miss(struct teller *teller, const struct ruling *ruling,
    const struct miss *miss)
{
	const struct statement *statement = miss->step->clause->statement;
	bool principal = statement->principal.node != NULL;

	page_words(&teller->page, "nearest: %s", story_place(teller->arena,
	    miss->step));
	if (statement->sid != NULL)
		page_words(&teller->page, "Sid %s", statement->sid->text);
	tell_element(teller, "action", miss->action, &statement->action, ",");
	tell_element(teller, "resource", miss->resource,
	    &statement->resource, principal || miss->tests.count > 0 ? "," :
	    "");
	if (principal)
		tell_principal(teller, miss->principal,
		    &statement->principal);
	else if (miss->principal == TRUTH_FALSE)
		page_words(&teller->page, "but it names no principal");
	for (size_t i = 0; i < miss->tests.count; i++)
		tell_test(teller, ruling, miss->tests.items[i]);
}

/* Layers. */

static void
tell_refused(struct teller *teller, const struct opinion *opinion)
{
	const struct charter *charter = opinion->refused;
	const struct source *source;
	struct place place;

	if (charter->policy == NULL)
		return;
	source = charter->policy->text->source;
	place = source_place(source, charter->faulty != NULL ?
	    charter->faulty->node->span : charter->policy->node->span);
	page_words(&teller->page, "%s:%zu:%zu", source_file(source)->name,
	    place.line, place.column);
}

static bool
tells_same(const struct opinion *one, const struct opinion *other)
{
	return one->layer == other->layer && one->stance == other->stance &&
	    one->stance == STANCE_ALLOWS &&
	    (one->step == NULL) == (other->step == NULL) &&
	    (one->step == NULL || one->step->clause == other->step->clause);
}

/* The names of the levels from `first' to before `end'. */
static void
tell_levels(struct teller *teller, const struct ruling *ruling,
    const struct opinions *opinions, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		const struct opinion *opinion = &opinions->list.items[i];
		struct word name = story_level(teller->arena,
		    teller->story->court, ruling, opinion->layer,
		    opinion->level);

		page_words(&teller->page, "%s%s", quoted(teller, name),
		    i + 1 < end ? "," : ":");
	}
}

static void
tell_opinion(struct teller *teller, const struct ruling *ruling,
    const struct opinions *opinions, size_t first, size_t end)
{
	const struct opinion *opinion = &opinions->list.items[first];

	begin(teller, layer_name(opinion->layer));
	page_words(&teller->page, "%s", stance_name(opinion->stance));
	if (teller->page.width >= NARROW)
		teller->page.hang = DETAIL;
	page_tab(&teller->page, DETAIL);
	if (opinion->leveled)
		tell_levels(teller, ruling, opinions, first, end);
	if (opinion->remark != NULL)
		page_words(&teller->page, "%s", opinion->remark);
	if (opinion->stance == STANCE_UNKNOWN)
		tell_refused(teller, opinion);
	if (opinion->step != NULL)
		tell_step(teller, ruling, opinion->step);
	else if (opinion->miss.step != NULL &&
	    ruling->verdict != VERDICT_ALLOWED)
		tell_miss(teller, ruling, &opinion->miss);
	else if (opinion->stance == STANCE_SILENT && opinion->remark == NULL)
		page_words(&teller->page, opinion->miss.step == NULL ?
		    "it has no Allow statement" : "not needed here");
}

static void
tell_layers(struct teller *teller, const struct ruling *ruling)
{
	struct opinions opinions = opinion_list(teller->arena, ruling,
	    teller->story->court->assumptions);

	for (size_t i = 0, end; i < opinions.list.count; i = end) {
		for (end = i + 1; end < opinions.list.count && tells_same(
		    &opinions.list.items[i], &opinions.list.items[end]);
		    end++)
			continue;
		tell_opinion(teller, ruling, &opinions, i, end);
	}
}

/* The next key of that origin from `at' on; the count when there is none. */
static size_t
next_of(const struct evidence *evidence, size_t at, const char *origin)
{
	while (at < evidence->list.count && strcmp(origin_name(
	    evidence->list.items[at].key), origin) != 0)
		at++;
	return at;
}

static void
tell_origin(struct teller *teller, const struct evidence *evidence,
    const char *origin, const char *label)
{
	size_t count = evidence->list.count;
	size_t at = next_of(evidence, 0, origin), next;

	if (at < count)
		begin(teller, label);
	for (; at < count; at = next) {
		const struct asked *asked = &evidence->list.items[at];
		const char *end;

		next = next_of(evidence, at + 1, origin);
		end = next < count ? "," : "";
		if (context_key_is_present(asked->key))
			tell_key(teller, asked->name, asked->key, end);
		else
			page_words(&teller->page, "%s%s", quoted(teller,
			    asked->name), end);
	}
}

static void
tell_keys(struct teller *teller, const struct ruling *ruling)
{
	struct evidence evidence = evidence_list(teller->arena, ruling);

	tell_origin(teller, &evidence, "given", "keys");
	tell_origin(teller, &evidence, "derived", next_of(&evidence, 0,
	    "given") < evidence.list.count ? "" : "keys");
	tell_origin(teller, &evidence, "absent", "absent");
	tell_origin(teller, &evidence, "unknown", "unknown");
}

/* Calls. */

static void
tell_way(struct teller *teller, const struct way *way)
{
	struct word id = way->endpoint != NULL &&
	    way->endpoint->name.length > 0 ? way->endpoint->name :
	    way->endpoint_id;

	switch (way->kind) {
	case WAY_INTERNET:
		page_words(&teller->page, "through internet");
		break;
	case WAY_ENDPOINT:
		page_words(&teller->page, "through %s", id.text == NULL ?
		    "some endpoint" : quoted(teller, id));
		break;
	case WAY_SERVICE:
		page_words(&teller->page, "through a service");
		break;
	case WAY_UNKNOWN:
		break;
	}
}

static void
tell_request(struct teller *teller, const struct ruling *ruling)
{
	page_line(&teller->page, 0, NARROW_HANG);
	page_words(&teller->page, "%s: %s on %s",
	    verdict_word(ruling->verdict), quoted(teller,
	    ruling->request.action), quoted(teller,
	    ruling->request.resource));
	if (ruling->part != NULL)
		page_words(&teller->page, "(%s)", ruling->part);
}

static void
tell_hop(struct teller *teller, const struct hop *hop)
{
	size_t calls = teller->story->summons.count;
	size_t number = (size_t)(hop - teller->story->answer.hops) + 1;

	page_line(&teller->page, 0, 0);
	page_line(&teller->page, 0, NARROW_HANG);
	if (calls > 1)
		page_words(&teller->page, "call %zu of %zu:", number, calls);
	page_words(&teller->page, "%s by %s", quoted(teller,
	    hop->call->action), quoted(teller, hop->caller.actor.principal));
	tell_way(teller, &hop->call->way);
}

static void
tell_rulings(struct teller *teller, const struct hop *hop, bool headed)
{
	for (size_t i = 0; i < hop->count; i++) {
		if (headed)
			tell_request(teller, &hop->rulings[i]);
		if (hop->refused != NULL)
			continue;
		tell_layers(teller, &hop->rulings[i]);
		tell_keys(teller, &hop->rulings[i]);
	}
}

static void
tell_hops(struct teller *teller)
{
	const struct story *story = teller->story;
	bool plain = story->summons.count == 1 && story->answer.count == 1 &&
	    story->answer.hops[0].count == 1;

	for (size_t i = 0; i < story->answer.count; i++) {
		if (!plain)
			tell_hop(teller, &story->answer.hops[i]);
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

	if (flip->change.kind != CHANGE_NONE)
		return change_text(teller->arena,
		    teller->story->court->estate, &flip->change);
	place = source_place(flip->source, flip->condition->node->span);
	return arena_printf(teller->arena, "add %s at %s:%zu:%zu",
	    quoted(teller, flip->value), source_file(flip->source)->name,
	    place.line, place.column);
}

static void
tell_flips(struct teller *teller)
{
	const struct flips *flips = &teller->story->flips;

	if (!flips->sought || (flips->list.count == 0 &&
	    teller->story->answer.verdict == VERDICT_ALLOWED))
		return;
	begin(teller, "flips if");
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
	begin(teller, "depends on");
	page_words(&teller->page, "%s", quoted(teller, hinge->key));
	if (hinge->values.count > 0)
		page_words(&teller->page, "(allows with:");
	for (size_t i = 0; i < hinge->values.count; i++) {
		const struct change *value = &hinge->values.items[i];

		page_words(&teller->page, "%s%s",
		    value->kind == CHANGE_REMOVE ? "absent" :
		    quoted(teller, value->value),
		    i + 1 < hinge->values.count ? " or" : ")");
	}
}

static void
tell_hinges(struct teller *teller)
{
	const struct hinges *hinges = &teller->story->hinges;

	if (teller->story->answer.verdict != VERDICT_DEPENDS)
		return;
	for (size_t i = 0; i < hinges->list.count; i++)
		tell_hinge(teller, &hinges->list.items[i]);
	if (hinges->allowed && hinges->list.count == 1)
		return;
	begin(teller, "");
	if (hinges->allowed)
		page_words(&teller->page, "together, one value of each of "
		    "these allows");
	else
		page_words(&teller->page, "no values were found that allow "
		    "it%s", hinges->spent ? ", before the budget was spent" :
		    "; others may");
}

static void
tell_rests(struct teller *teller)
{
	assumption_set rests = teller->story->answer.rests;
	size_t length;

	if (rests == 0)
		return;
	begin(teller, "rests on");
	for (unsigned i = 0; i < ASSUMPTION_COUNT; i++) {
		const char *word = assumption_word((enum assumption)i,
		    teller->story->court->assumptions->choice[i], &length);

		if (rests >> i & 1)
			page_words(&teller->page, "%s=%.*s",
			    assumption_name((enum assumption)i), (int)length,
			    word);
	}
}

struct word
story_text(struct arena *arena, const struct story *story, size_t width)
{
	struct teller teller = { .arena = arena, .story = story,
	    .page = { .arena = arena, .width = width } };

	tell_verdict(&teller);
	tell_hops(&teller);
	tell_hinges(&teller);
	tell_flips(&teller);
	tell_rests(&teller);
	for (size_t i = 0; i < story->notes.count; i++) {
		page_line(&teller.page, LABEL, NARROW_HANG);
		page_words(&teller.page, "note: %s", story->notes.items[i]);
	}
	return page_text(&teller.page);
}
