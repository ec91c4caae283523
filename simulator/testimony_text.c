/* SPDX-License-Identifier: MIT */
/* A proof as a person reads it: the promise, then what breaks it. */
#include "config.h"

#include <string.h>

#include "simulator/teller.h"
#include "simulator/testimony.h"

/* Lines of a text that has its own, each a row. */
static void
tell_lines(struct teller *teller, const char *label, const char *text)
{
	for (size_t length; *text != '\0'; text += length) {
		length = strcspn(text, "\n");
		teller_begin(teller, label);
		page_words(&teller->page, "%.*s", (int)length, text);
		length += text[length] == '\n';
		label = "";
	}
}

/* The promise as the suite has it, without its id and name. */
static void
tell_promise(struct teller *teller, const struct testimony *testimony)
{
	struct guarantee promise = testimony->proof->which != NULL ?
	    *testimony->proof->which : *testimony->guarantee;
	const char *text;

	promise.also = NULL;
	text = guarantee_text(teller->arena, &promise);
	text += strcspn(text, "\n");
	tell_lines(teller, "promise", text + strspn(text, "\n"));
}

static void
tell_call(struct teller *teller, const struct answer *answer, size_t at)
{
	const struct hop *hop = &answer->hops[at];

	teller_begin(teller, at > 0 ? "then" : "broken by");
	page_words(&teller->page, "%s", teller_quote(teller,
	    hop->call->action));
	teller_begin(teller, "by");
	teller_caller(teller, &hop->caller.actor);
	teller_way(teller, &hop->call->way);
}

static void
tell_ruling(struct teller *teller, const struct ruling *ruling,
    struct word call)
{
	teller_begin(teller, "on");
	page_words(&teller->page, "%s", teller_quote(teller,
	    ruling->request.resource));
	if (ruling->part != NULL && !word_equal(ruling->request.action,
	    call))
		page_words(&teller->page, "(%s: %s)", ruling->part,
		    teller_quote(teller, ruling->request.action));
	else if (ruling->part != NULL)
		page_words(&teller->page, "(%s)", ruling->part);
	teller_layers(teller, ruling);
	teller_keys(teller, ruling);
}

static void
tell_witness(struct teller *teller, const struct answer *answer)
{
	for (size_t i = 0; i < answer->count; i++) {
		const struct hop *hop = &answer->hops[i];

		tell_call(teller, answer, i);
		for (size_t j = 0; j < hop->count; j++)
			tell_ruling(teller, &hop->rulings[j],
			    hop->call->action);
	}
}

static void
tell_words(struct teller *teller, const char *label,
    const struct phrases *words, const char *between)
{
	const char *text = label;

	for (size_t i = 0; i < words->list.count; i++)
		text = arena_printf(teller->arena, "%s%s%s", text, i == 0 ?
		    "" : between, teller_quote(teller,
		    words->list.items[i].word));
	if (words->list.count > 0)
		page_words(&teller->page, "%s", text);
}

/* As one would ask sekisho can for it. */
static void
tell_question(struct teller *teller, const struct question *question)
{
	page_words(&teller->page, "%s %s",
	    teller_quote(teller, question->principal.word),
	    teller_quote(teller, question->action.word));
	tell_words(teller, "", &question->resources, " ");
	tell_words(teller, "via ", &question->via, ",");
	tell_words(teller, "through ", &question->through, ",");
	if (question->mfa)
		page_words(&teller->page, "mfa");
	if (question->named.word.text != NULL)
		page_words(&teller->page, "named %s", teller_quote(teller,
		    question->named.word));
}

/* The call that should have been allowed, and what denies it. */
static void
tell_attempt(struct teller *teller, const struct testimony *testimony)
{
	struct word text;

	teller_begin(teller, "broken");
	if (!testimony->rehearsed) {
		page_words(&teller->page, "no call that is as it says is "
		    "allowed");
		return;
	}
	page_words(&teller->page, "no such call is allowed, as this one "
	    "shows:");
	teller_begin(teller, "call");
	tell_question(teller, testimony->attempt.question);
	text = story_text(teller->arena, &testimony->attempt,
	    teller->page.width - TELLER_LABEL);
	page_block(&teller->page, text, TELLER_LABEL);
}

/* What to add where, so that the promise is kept. */
static void
tell_remedy(struct teller *teller, const struct remedy *remedy)
{
	for (size_t i = 0; i < remedy->places.count; i++) {
		const struct remedy_place *place = &remedy->places.items[i];
		const struct source *source = place->policy->text->source;
		struct place at = source_place(source,
		    place->statement->node->span);

		teller_begin(teller, i == 0 ? "cure" : "");
		page_words(&teller->page, "add %s to the Condition at "
		    "%s:%zu:%zu", place->text, source_file(source)->name,
		    at.line, at.column);
	}
}

struct word
testimony_readings(struct arena *arena, const struct testimony *testimony,
    size_t width)
{
	const struct proof *proof = testimony->proof;
	struct teller teller = { .arena = arena, .court = testimony->court,
	    .page = { .arena = arena, .width = width } };

	if (proof->readings.count > 0)
		teller_begin(&teller, "not under");
	for (size_t i = 0; i < proof->readings.count; i++) {
		const struct proof_reading *reading = &proof->readings.items[i];

		page_words(&teller.page, "%s (%s)%s", assumption_text(arena,
		    reading->assumption, reading->word),
		    proof_verdict_name(reading->verdict),
		    i + 1 < proof->readings.count ? "," : "");
	}
	return page_text(&teller.page);
}

struct word
testimony_text(struct arena *arena, const struct testimony *testimony,
    size_t width)
{
	const struct proof *proof = testimony->proof;
	const struct guarantee *which = proof->which;
	struct teller teller = { .arena = arena, .court = testimony->court,
	    .page = { .arena = arena, .width = width }, .found = true };

	if (proof->verdict == PROOF_HOLDS)
		return word_from("", 0);
	if (which != NULL && which->by_layer)
		teller.silent = ~(1u << which->layer);
	tell_promise(&teller, testimony);
	if (proof->verdict == PROOF_UNDECIDED)
		tell_lines(&teller, "undecided", proof->reason);
	else if (testimony->lively)
		tell_attempt(&teller, testimony);
	else
		tell_witness(&teller, proof->witness);
	tell_remedy(&teller, &testimony->remedy);
	teller_rests(&teller, proof->witness == NULL ? proof->assumptions :
	    proof->witness->rests);
	return page_text(&teller.page);
}
