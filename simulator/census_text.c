/* SPDX-License-Identifier: MIT */
/* What was found, for people: an entry in a few lines. */
#include "config.h"

#include <string.h>

#include "simulator/census.h"
#include "simulator/family.h"
#include "simulator/story.h"
#include "simulator/teller.h"

enum {
	NAMES_SHOWN = 12,
	STATEMENTS_SHOWN = 4,
	VALUES_SHOWN = 6
};

struct crier {
	struct teller			 teller;
	const struct census		*census;
	const struct census_entry	*entry;
};

static struct page *
page_of(struct crier *crier)
{
	return &crier->teller.page;
}

static const char *
quote(struct crier *crier, struct word word)
{
	return teller_quote(&crier->teller, word);
}

/* Names. */

static void
tell_names(struct crier *crier, const struct words *names, const char *end)
{
	size_t count = names->list.count;

	for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
		page_words(page_of(crier), "%s%s", quote(crier,
		    names->list.items[i]), i + 1 < count ? "," : end);
	if (count > NAMES_SHOWN)
		page_words(page_of(crier), "and %zu more%s",
		    count - NAMES_SHOWN, end);
}

static const char *
verdict_word(enum census_verdict verdict)
{
	switch (verdict) {
	case CENSUS_CAN:
		return "CAN";
	case CENSUS_IF:
		return "IF";
	case CENSUS_MAY:
		break;
	}
	return "MAY";
}

/* Statements. */

static void
tell_test(struct crier *crier, const struct test *test)
{
	size_t count = test->source->count;

	page_words(page_of(crier), "%s %s", test->source->block->key,
	    quote(crier, test->key));
	for (size_t i = 0; i < count && i < VALUES_SHOWN; i++)
		page_words(page_of(crier), "%s%s", arena_copy(
		    crier->teller.arena, test->source->values[i]->text,
		    test->source->values[i]->length),
		    i + 1 < count ? "," : "");
	if (count > VALUES_SHOWN)
		page_words(page_of(crier), "and %zu more",
		    count - VALUES_SHOWN);
}

static void
tell_open(struct crier *crier, const struct remnant *remnant)
{
	const char *and = "if";

	if (remnant->principal_open) {
		page_words(page_of(crier), "%s its Principal is the caller",
		    and);
		and = "and";
	}
	if (remnant->resource_open) {
		page_words(page_of(crier), "%s its Resource matches",
		    and);
		and = "and";
	}
	for (size_t i = 0; i < remnant->open.count; i++) {
		page_words(page_of(crier), "%s", and);
		tell_test(crier, remnant->open.items[i]);
		and = "and";
	}
}

static void
tell_statement(struct crier *crier, const struct remnant *remnant)
{
	const struct statement *statement = remnant->step.clause->statement;

	page_words(page_of(crier), "%s", story_place(crier->teller.arena,
	    &remnant->step));
	if (statement->sid != NULL)
		page_words(page_of(crier), "Sid %s", statement->sid->text);
	tell_open(crier, remnant);
}

/* Layers. */

/* The statements of one request in one layer, or a level of it. */
struct range {
	const struct remnant	*items;
	size_t			 count;
};

static bool
is_together(const struct remnant *one, const struct remnant *other)
{
	return one->hop == other->hop && one->ruling == other->ruling &&
	    one->step.layer == other->step.layer &&
	    one->step.level == other->step.level;
}

static struct range
next_range(const struct residue *residue, size_t start)
{
	struct range range = { &residue->list.items[start], 1 };

	while (start + range.count < residue->list.count &&
	    is_together(range.items, &range.items[range.count]))
		range.count++;
	return range;
}

static bool
surely_allows(const struct range *range)
{
	for (size_t i = 0; i < range->count; i++)
		if (remnant_grants(&range->items[i]))
			return true;
	return false;
}

/* A layer that surely allows and only limits is not worth a line. */
static bool
is_told(const struct range *range, const struct remnant *remnant)
{
	if (remnant->step.clause->effect == EFFECT_DENY)
		return true;
	return remnant_is_grant(remnant) || !surely_allows(range);
}

static void
tell_level(struct crier *crier, const struct remnant *remnant)
{
	const struct answer *answer = crier->entry->answer;
	const struct hop *hop = &answer->hops[remnant->hop];
	struct word name;

	if (remnant->step.layer != LAYER_SCP &&
	    remnant->step.layer != LAYER_RCP)
		return;
	name = story_level(crier->teller.arena, crier->census->court,
	    &hop->rulings[remnant->ruling], remnant->step.layer,
	    remnant->step.level);
	page_words(page_of(crier), "%s:", quote(crier, name));
}

static void
tell_range(struct crier *crier, const struct range *range)
{
	size_t told = 0;

	for (size_t i = 0; i < range->count; i++) {
		const struct remnant *remnant = &range->items[i];
		bool deny = remnant->step.clause->effect == EFFECT_DENY;

		if (!is_told(range, remnant) || told++ > STATEMENTS_SHOWN)
			continue;
		teller_begin(&crier->teller, deny ? "unless" :
		    layer_name(remnant->step.layer));
		if (told > STATEMENTS_SHOWN) {
			page_words(page_of(crier), "and others");
			continue;
		}
		if (deny)
			page_words(page_of(crier), "%s",
			    layer_name(remnant->step.layer));
		tell_level(crier, remnant);
		tell_statement(crier, remnant);
	}
}

/* Of several requests, which. */
static void
tell_request(struct crier *crier, const struct remnant *remnant)
{
	const struct answer *answer = crier->entry->answer;
	const struct hop *hop = &answer->hops[remnant->hop];
	const struct ruling *ruling = &hop->rulings[remnant->ruling];

	if (answer->count == 1 && hop->count == 1)
		return;
	teller_begin(&crier->teller, "for");
	page_words(page_of(crier), "%s on %s", quote(crier,
	    ruling->request.action), quote(crier,
	    ruling->request.resource));
}

static void
tell_residue(struct crier *crier)
{
	const struct residue *residue = &crier->entry->residue;
	const struct remnant *last = NULL;

	for (size_t i = 0; i < residue->list.count;) {
		struct range range = next_range(residue, i);

		if (last == NULL || last->hop != range.items->hop ||
		    last->ruling != range.items->ruling)
			tell_request(crier, range.items);
		last = range.items;
		tell_range(crier, &range);
		i += range.count;
	}
}

/*
 * What an answer hangs on when no statement that was shown says it: the policy
 * of an endpoint that it may come through, or whose a resource is.
 */
static void
tell_dependence(struct crier *crier)
{
	const struct census_entry *entry = crier->entry;

	if (entry->verdict != CENSUS_IF || entry->answer == NULL ||
	    entry->answer->depends.count == 0)
		return;
	for (size_t i = 0; i < entry->residue.list.count; i++) {
		const struct remnant *remnant = &entry->residue.list.items[i];

		if (remnant->principal_open || remnant->resource_open ||
		    remnant->open.count > 0)
			return;
	}
	teller_begin(&crier->teller, "hangs on");
	for (size_t i = 0; i < entry->answer->depends.count; i++)
		page_words(page_of(crier), "%s%s", quote(crier,
		    entry->answer->depends.items[i]),
		    i + 1 < entry->answer->depends.count ? "," : "");
}

/* The witness. */

/* What it has of the keys that something hangs on. */
static void
tell_key(struct crier *crier, const struct request *request, struct word name,
    struct words *told)
{
	const struct context_key *key = request_key(request, name.text,
	    name.length, key_hash(name.text, name.length));

	for (size_t i = 0; i < told->list.count; i++)
		if (word_equal_folded(told->list.items[i], name))
			return;
	*list_add(crier->teller.arena, &told->list) = name;
	if (!context_key_is_present(key))
		page_words(page_of(crier), "without %s", quote(crier, name));
	for (size_t i = 0; i < key->count && context_key_is_present(key); i++)
		page_words(page_of(crier), "%s=%s", quote(crier, name),
		    quote(crier, key->values[i]));
}

/* What must be passed to a call that makes a session for this to have that
 * key; or an absent word. */
static struct word
passed_for(struct crier *crier, struct word key)
{
	size_t prefix = strlen(family_prefix(FAMILY_PRINCIPAL_TAG));
	const struct word none = { NULL, 0 };
	const char *name;

	if (word_is_among(key.text, key.length, "aws:SourceIdentity"))
		name = "sts:SourceIdentity";
	else if (family_set_has(FAMILY_SET(FAMILY_PRINCIPAL_TAG), NULL, key))
		name = arena_printf(crier->teller.arena, "%s%.*s",
		    family_prefix(FAMILY_REQUEST_TAG),
		    (int)(key.length - prefix), key.text + prefix);
	else
		return none;
	return word_from(name, strlen(name));
}

/* What a later call hangs on, and this one hands over. */
static void
tell_passed(struct crier *crier, const struct request *request,
    const struct remnant *remnant, struct words *told)
{
	for (size_t i = 0; i < remnant->open.count; i++) {
		struct word name = passed_for(crier,
		    remnant->open.items[i]->key);

		if (name.text != NULL && context_key_is_present(request_key(
		    request, name.text, name.length, key_hash(name.text,
		    name.length))))
			tell_key(crier, request, name, told);
	}
}

static void
tell_keys(struct crier *crier, size_t at, const struct hop *hop)
{
	const struct residue *residue = &crier->entry->residue;
	struct words told = { .list = { .count = 0 } };

	for (size_t i = 0; i < residue->list.count; i++) {
		const struct remnant *remnant = &residue->list.items[i];

		if (remnant->hop > at && hop->count > 0)
			tell_passed(crier, &hop->rulings[0].request, remnant,
			    &told);
		if (remnant->hop != at || remnant->ruling >= hop->count)
			continue;
		for (size_t j = 0; j < remnant->open.count; j++)
			tell_key(crier, &hop->rulings[remnant->ruling].request,
			    remnant->open.items[j]->key, &told);
	}
}

static void
tell_witness(struct crier *crier)
{
	const struct answer *witness = crier->entry->witness;

	if (witness == NULL || crier->entry->verdict == CENSUS_CAN)
		return;
	for (size_t i = 0; i < witness->count; i++) {
		teller_begin(&crier->teller, i == 0 ? "such as" : "then");
		page_words(page_of(crier), "by");
		teller_caller(&crier->teller, &witness->hops[i].caller.actor);
		teller_way(&crier->teller, &witness->hops[i].call->way);
		tell_keys(crier, i, &witness->hops[i]);
	}
}

/* Entries. */

static void
tell_via(struct crier *crier)
{
	const struct phrases *via = crier->entry->via;

	if (via == NULL)
		return;
	teller_begin(&crier->teller, "assuming");
	for (size_t i = 0; i < via->list.count; i++)
		page_words(page_of(crier), "%s%s", quote(crier,
		    via->list.items[i].word), i + 1 < via->list.count ?
		    ", then" : "");
}

static void
tell_entry(struct crier *crier)
{
	const struct census_entry *entry = crier->entry;

	page_line(page_of(crier), 0, TELLER_HANG);
	page_words(page_of(crier), "%s", verdict_word(entry->verdict));
	page_tab(page_of(crier), TELLER_HANG + 2);
	page_of(crier)->hang = TELLER_HANG + 2;
	if (entry->others != NULL)
		page_words(page_of(crier), "%s", entry->others);
	tell_names(crier, entry->actions.list.count > 0 ? &entry->actions :
	    &entry->callers, "");
	if (entry->except.list.count > 0) {
		page_words(page_of(crier), "except");
		tell_names(crier, &entry->except, "");
	}
	if (entry->resources.list.count > 0) {
		page_words(page_of(crier), "on");
		tell_names(crier, &entry->resources, "");
	}
	tell_via(crier);
	if (entry->verdict == CENSUS_MAY) {
		teller_begin(&crier->teller, "because");
		page_words(page_of(crier), "%s", entry->reason == NULL ?
		    "nobody knows" : entry->reason);
	}
	tell_residue(crier);
	tell_dependence(crier);
	tell_witness(crier);
}

static void
tell_counts(struct crier *crier)
{
	size_t counts[CENSUS_CAN + 1] = { 0 };
	const struct census *census = crier->census;

	for (size_t i = 0; i < census->entries.count; i++) {
		const struct census_entry *entry = &census->entries.items[i];

		counts[entry->verdict] += entry->others != NULL ? 1 :
		    entry->actions.list.count > 0 ?
		    entry->actions.list.count : entry->callers.list.count;
	}
	page_line(page_of(crier), 0, TELLER_HANG);
	page_words(page_of(crier), "%zu can, %zu if, %zu may; %zu %s%s asked",
	    counts[CENSUS_CAN], counts[CENSUS_IF], counts[CENSUS_MAY],
	    census->asked, census->what, census->asked == 1 ? " was" :
	    "s were");
}

struct word
census_text(struct arena *arena, const struct census *census, size_t width)
{
	struct crier crier = { .census = census, .teller = { .arena = arena,
	    .court = census->court, .page = { .arena = arena,
	    .width = width } } };

	for (size_t i = 0; i < census->entries.count; i++) {
		crier.entry = &census->entries.items[i];
		tell_entry(&crier);
	}
	tell_counts(&crier);
	for (size_t i = 0; i < census->notes.count; i++) {
		page_line(page_of(&crier), TELLER_LABEL, TELLER_HANG);
		page_words(page_of(&crier), "note: %s",
		    census->notes.items[i]);
	}
	return page_text(page_of(&crier));
}
