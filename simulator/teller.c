/* SPDX-License-Identifier: MIT */
/*
 * Rows about a request that is decided: its layers in order, the statement
 * that each spoke by, what came nearest, and the keys.
 */
#include "config.h"

#include <string.h>

#include "simulator/evidence.h"
#include "simulator/opinion.h"
#include "simulator/story.h"
#include "simulator/teller.h"

enum {
	DETAIL = 21,			/* behind the stance of a layer */
	WANTED_SHOWN = 4
};

/* Rows. */

void
teller_begin(struct teller *teller, const char *label)
{
	bool narrow = teller->page.width < TELLER_NARROW;

	if (narrow && label[0] == '\0') {
		page_line(&teller->page, TELLER_HANG, TELLER_HANG);
		return;
	}
	page_line(&teller->page, TELLER_LABEL, narrow ? TELLER_HANG :
	    TELLER_BODY);
	page_words(&teller->page, "%s", label);
	page_tab(&teller->page, TELLER_BODY);
}

const char *
teller_quote(struct teller *teller, struct word word)
{
	return arena_copy(teller->arena, word.text, word.length);
}

void
teller_caller(struct teller *teller, const struct actor *actor)
{
	page_words(&teller->page, "%s", teller_quote(teller,
	    actor->principal));
	if (actor->kind == ACTOR_FEDERATED_SESSION &&
	    actor->issuer.text != NULL)
		page_words(&teller->page, "of %s", teller_quote(teller,
		    actor->issuer));
}

/* Statements. */

/* Of a key that is not there, or may not be. */
static const char *
lack_name(struct teller *teller, const struct context_key *key)
{
	if (!context_key_is_unknown(key) || key->count != 1 || key->there)
		return origin_name(key);
	return arena_printf(teller->arena, "%s or absent",
	    teller_quote(teller, key->values[0]));
}

/* What is known of a key, with a comma behind. */
static void
tell_values(struct teller *teller, const struct context_key *key)
{
	if (!context_key_is_present(key)) {
		page_words(&teller->page, "%s,", lack_name(teller, key));
		return;
	}
	page_words(&teller->page, "%s", teller->found ? "has" :
	    origin_name(key));
	for (size_t i = 0; i < key->count; i++)
		page_words(&teller->page, "%s,", teller_quote(teller,
		    key->values[i]));
}

static void
tell_key(struct teller *teller, struct word name,
    const struct context_key *key, const char *end)
{
	const char *text = teller_quote(teller, name);

	if (!context_key_is_present(key)) {
		page_words(&teller->page, "%s %s%s", text, lack_name(teller,
		    key), end);
		return;
	}
	if (key->count == 1 && teller->found)
		page_words(&teller->page, "%s=%s%s", text,
		    teller_quote(teller, key->values[0]), end);
	else if (key->count == 1)
		page_words(&teller->page, "%s=%s [%s]%s", text,
		    teller_quote(teller, key->values[0]), origin_name(key), end);
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
	const char *text = teller_quote(teller, operand->text);
	struct word value;

	if (operand->variable == NULL)
		return text;
	value = wish_expand(teller->arena, operand->text, &ruling->request);
	return arena_printf(teller->arena, "%s (%s)", text,
	    value.text == NULL ? "which has no value" :
	    teller_quote(teller, value));
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
	    teller_quote(teller, test->key));
	tell_values(teller, key);
	page_words(&teller->page, "wants%s", negated ? " none of" : "");
	for (size_t i = 0; i < test->count; i++)
		tell_item(teller, operand_text(teller, ruling,
		    &test->operands[i]), i, test->count, "");
}

static void
tell_miss(struct teller *teller, const struct ruling *ruling,
    const struct miss *miss, const char *label)
{
	const struct statement *statement = miss->step->clause->statement;
	bool principal = statement->principal.node != NULL;

	page_words(&teller->page, "%s: %s", label, story_place(teller->arena,
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
		    teller->court, ruling, opinion->layer,
		    opinion->level);

		page_words(&teller->page, "%s%s", teller_quote(teller, name),
		    i + 1 < end ? "," : ":");
	}
}

/* The Deny that speaks of that action and resource, and does not match. */
static void
tell_deny(struct teller *teller, const struct ruling *ruling,
    const struct opinion *opinion)
{
	const struct scope scope = { &ruling->request,
	    teller->court->assumptions, NULL };
	struct miss miss = miss_find(teller->arena, &ruling->trail,
	    EFFECT_DENY, opinion->layer, opinion->level, &scope);

	if (miss.step == NULL || miss.action == TRUTH_FALSE ||
	    miss.resource == TRUTH_FALSE)
		return;
	page_line(&teller->page, teller->page.hang, teller->page.hang);
	tell_miss(teller, ruling, &miss, "nearest Deny");
}

static void
tell_opinion(struct teller *teller, const struct ruling *ruling,
    const struct opinions *opinions, size_t first, size_t end)
{
	const struct opinion *opinion = &opinions->list.items[first];

	teller_begin(teller, layer_name(opinion->layer));
	page_words(&teller->page, "%s", stance_name(opinion->stance));
	if (teller->page.width >= TELLER_NARROW)
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
		tell_miss(teller, ruling, &opinion->miss, "nearest");
	else if (opinion->stance == STANCE_SILENT && opinion->remark == NULL)
		page_words(&teller->page, opinion->miss.step == NULL ?
		    "it has no Allow statement" : "not needed here");
	for (size_t i = first; teller->found && i < end; i++)
		if (opinion->stance == STANCE_ALLOWS)
			tell_deny(teller, ruling, &opinions->list.items[i]);
}

static bool
is_left_out(const struct teller *teller, const struct opinion *opinion)
{
	return (teller->silent >> opinion->layer & 1) != 0 ||
	    (teller->found && opinion->stance == STANCE_ABSENT);
}

void
teller_layers(struct teller *teller, const struct ruling *ruling)
{
	struct opinions opinions = opinion_list(teller->arena, ruling,
	    teller->court->assumptions);

	for (size_t i = 0, end; i < opinions.list.count; i = end) {
		for (end = i + 1; end < opinions.list.count && tells_same(
		    &opinions.list.items[i], &opinions.list.items[end]);
		    end++)
			continue;
		if (!is_left_out(teller, &opinions.list.items[i]))
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
		teller_begin(teller, label);
	for (; at < count; at = next) {
		const struct asked *asked = &evidence->list.items[at];
		const char *end;

		next = next_of(evidence, at + 1, origin);
		end = next < count ? "," : "";
		if (context_key_is_present(asked->key))
			tell_key(teller, asked->name, asked->key, end);
		else
			page_words(&teller->page, "%s%s", teller_quote(teller,
			    asked->name), end);
	}
}

void
teller_keys(struct teller *teller, const struct ruling *ruling)
{
	struct evidence evidence = evidence_list(teller->arena, ruling);

	tell_origin(teller, &evidence, "given", "keys");
	tell_origin(teller, &evidence, "derived", next_of(&evidence, 0,
	    "given") < evidence.list.count ? "" : "keys");
	tell_origin(teller, &evidence, "absent", "absent");
	tell_origin(teller, &evidence, "unknown", "unknown");
}

void
teller_way(struct teller *teller, const struct way *way)
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
		    "some endpoint" : teller_quote(teller, id));
		break;
	case WAY_SERVICE:
		page_words(&teller->page, "through a service");
		break;
	case WAY_UNKNOWN:
		break;
	}
}

void
teller_rests(struct teller *teller, assumption_set rests)
{
	if (rests == 0)
		return;
	teller_begin(teller, "rests on");
	for (unsigned i = 0; i < ASSUMPTION_COUNT; i++)
		if (rests >> i & 1)
			page_words(&teller->page, "%s", assumption_text(
			    teller->arena, (enum assumption)i,
			    teller->court->assumptions->choice[i]));
}
