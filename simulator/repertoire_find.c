/* SPDX-License-Identifier: MIT */
/*
 * Gives every listed action a signature, sorts by it, and keeps the first of
 * each run.  A signature is exact, so two actions of one run are the same to
 * everybody who asks.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/call.h"
#include "simulator/likeness.h"
#include "simulator/premise.h"
#include "simulator/repertoire_row.h"

const char repertoire_cut[] = "patterns of actions meet in more ways than are "
    "tried";

/* What is asked of actions. */

static void
add_key(struct surveyor *surveyor, struct word name)
{
	for (size_t i = 0; i < surveyor->keys.list.count; i++)
		if (word_equal_folded(surveyor->keys.list.items[i], name))
			return;
	if (!catalog_key_is_everywhere(surveyor->court->catalog, name.text,
	    name.length))
		*list_add(surveyor->arena, &surveyor->keys.list) = name;
}

static void
survey_documents(struct surveyor *surveyor)
{
	for (size_t i = 0; i < surveyor->documents->count; i++) {
		const struct charter *charter = surveyor->documents->items[i];

		surveyor->clause_count += charter->count;
		for (size_t j = 0; j < charter->count; j++)
			for (size_t k = 0; k < charter->clauses[j].test_count;
			    k++)
				add_key(surveyor,
				    charter->clauses[j].tests[k].key);
	}
}

bool
surveyor_wants(const struct surveyor *surveyor, struct word name)
{
	for (size_t i = 0; i < surveyor->wanted.count; i++)
		if (pattern_match(&surveyor->wanted.items[i], name.text,
		    name.length))
			return true;
	return surveyor->wanted.count == 0;
}

/* The same of an action of the service at hand. */
static bool
is_near(const struct surveyor *surveyor, struct word name)
{
	for (size_t i = 0; i < surveyor->near.count; i++)
		if (pattern_match(surveyor->near.items[i], name.text,
		    name.length))
			return true;
	return surveyor->wanted.count == 0;
}

static void
list_near(struct surveyor *surveyor, const struct service *service)
{
	const char *all = arena_printf(surveyor->arena, "%s:*",
	    service->prefix);
	struct pattern pattern = pattern_read_folded(surveyor->arena, all,
	    strlen(all));

	surveyor->near.count = 0;
	for (size_t i = 0; i < surveyor->wanted.count; i++)
		if (pattern_overlaps(&surveyor->wanted.items[i], &pattern))
			*list_add(surveyor->arena, &surveyor->near) =
			    &surveyor->wanted.items[i];
}

static bool
allows_some(const struct charter *charter, const struct scope *scope)
{
	for (size_t i = 0; i < charter->count; i++)
		if (charter->clauses[i].effect == EFFECT_ALLOW &&
		    action_element_matches(&charter->clauses[i].actions,
		    scope))
			return true;
	return false;
}

bool
surveyor_may_grant(const struct surveyor *surveyor, const struct scope *scope)
{
	if (surveyor->granting == NULL || request_action_is_among(
	    scope->request, call_actions(CALL_RETIRE_GRANT)))
		return true;
	for (size_t i = 0; i < surveyor->granting->count; i++)
		if (allows_some(surveyor->granting->items[i], scope))
			return true;
	return false;
}

/* Until the next is asked for: of most, nothing is kept. */
static struct word
name_of(struct surveyor *surveyor, const struct action *action)
{
	size_t prefix = strlen(action->service->prefix);
	size_t length = prefix + 1 + strlen(action->name);

	if (length > surveyor->name_size) {
		surveyor->name_size = 2 * length;
		surveyor->name = arena_array(surveyor->arena,
		    surveyor->name_size, 1);
	}
	memcpy(surveyor->name, action->service->prefix, prefix);
	surveyor->name[prefix] = ':';
	memcpy(surveyor->name + prefix + 1, action->name, length - prefix -
	    1);
	return word_from(surveyor->name, length);
}

static struct word
keep_name(struct surveyor *surveyor, const struct action *action)
{
	struct word name = name_of(surveyor, action);

	return word_from(arena_copy(surveyor->arena, name.text, name.length),
	    name.length);
}

/* Signatures. */

static size_t
match_clauses(const struct surveyor *surveyor, const struct scope *scope,
    uint64_t *bits)
{
	size_t index = 0;

	for (size_t i = 0; i < surveyor->documents->count; i++) {
		const struct charter *charter = surveyor->documents->items[i];

		for (size_t j = 0; j < charter->count; j++)
			signature_set(bits, index++, action_element_matches(
			    &charter->clauses[j].actions, scope));
	}
	return index;
}

static size_t
match_told(const struct surveyor *surveyor, struct word name, uint64_t *bits,
    size_t index)
{
	for (size_t i = 0; i < surveyor->told.count; i++)
		signature_set(bits, index++, pattern_match(&surveyor->told.items[i],
		    name.text, name.length));
	return index;
}

/* `known' says which of the keys the service has at all. */
static void
match_keys(const struct surveyor *surveyor, const struct action *action,
    const bool *known, uint64_t *bits, size_t index)
{
	for (size_t i = 0; i < surveyor->keys.list.count; i++) {
		struct word key = surveyor->keys.list.items[i];

		signature_set(bits, index++, known[i] && action_lists_key(action,
		    key.text, key.length));
	}
}

/* It is asked for beside others, or on several resources. */
static bool
is_call(const struct surveyor *surveyor, struct word name)
{
	return catalog_call(surveyor->court->catalog, name.text,
	    name.length) != NULL;
}

/* What has rules of its own stands for itself: see also judgement_layer.c,
 * judgement_make.c and owner.c. */
static bool
is_peculiar(const struct action *action)
{
	static const char *const known[] = { "getbucketpolicy",
	    "putbucketpolicy", "deletebucketpolicy", "retiregrant",
	    "passrole" };
	size_t length = strlen(action->name);

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (name_compare(action->name, length, known[i],
		    strlen(known[i])) == 0)
			return true;
	return premise_knows(action);
}

static void
sign(struct surveyor *surveyor, const struct action *action,
    const bool *known)
{
	size_t count = surveyor->clause_count + surveyor->told.count +
	    surveyor->keys.list.count;
	size_t words = (count + SIGNATURE_BITS - 1) / SIGNATURE_BITS;
	struct word name = name_of(surveyor, action);
	const struct request request = { .action = name, .listed = action,
	    .service = action->service };
	const struct scope scope = { &request, surveyor->court->assumptions,
	    NULL };
	uint64_t *bits;

	if (!is_near(surveyor, name) || !surveyor_may_grant(surveyor, &scope))
		return;
	if (surveyor->apart && is_call(surveyor, name)) {
		*list_add(surveyor->arena,
		    &surveyor->repertoire->apart.list) =
		    keep_name(surveyor, action);
		return;
	}
	bits = arena_array(surveyor->arena, words, sizeof(*bits));
	match_keys(surveyor, action, known, bits, match_told(surveyor, name,
	    bits, match_clauses(surveyor, &scope, bits)));
	*list_add(surveyor->arena, &surveyor->signatures) =
	    (struct signature){ action, bits, words,
	    is_peculiar(action) };
}

static void
sign_service(struct surveyor *surveyor, const struct service *service)
{
	size_t count = surveyor->keys.list.count;
	bool *known;

	list_near(surveyor, service);
	if (surveyor->near.count == 0 && surveyor->wanted.count > 0)
		return;
	known = arena_array(surveyor->arena, count, sizeof(*known));
	for (size_t i = 0; i < count; i++) {
		struct word key = surveyor->keys.list.items[i];

		known[i] = service_key(service, key.text, key.length) !=
		    NULL || catalog_global_key(surveyor->court->catalog,
		    key.text, key.length) != NULL;
	}
	for (unsigned i = 0; i < service->action_count; i++)
		sign(surveyor, &service->actions[i], known);
}

static int
compare_targets(const struct action *one, const struct action *other)
{
	if (one->target_count != other->target_count)
		return one->target_count < other->target_count ? -1 : 1;
	for (unsigned i = 0; i < one->target_count; i++) {
		const struct target *a = &one->targets[i];
		const struct target *b = &other->targets[i];

		if (a->type != b->type)
			return a->type < b->type ? -1 : 1;
		if (a->required != b->required)
			return a->required ? -1 : 1;
	}
	return 0;
}

/* What the catalogue says of them, but for keys. */
static int
compare_facts(const struct action *a, const struct action *b)
{
	if (a->service != b->service)
		return a->service < b->service ? -1 : 1;
	if (a->same_account != b->same_account)
		return a->same_account ? -1 : 1;
	if (a->permission_only != b->permission_only)
		return a->permission_only ? -1 : 1;
	return compare_targets(a, b);
}

bool
repertoire_alike(const struct action *one, const struct action *other)
{
	return !is_peculiar(one) && !is_peculiar(other) &&
	    compare_facts(one, other) == 0;
}

/* All but whether it is familiar, and its own place. */
static int
compare_kinds(const struct signature *one, const struct signature *other)
{
	int order = compare_facts(one->action, other->action);

	if (order == 0)
		order = other->peculiar - one->peculiar;
	return order != 0 || one->words == 0 ? order : memcmp(one->bits,
	    other->bits, one->words * sizeof(*one->bits));
}

static int
compare_signatures(const void *one, const void *other)
{
	const struct signature *a = one, *b = other;
	int order = compare_kinds(a, b);

	if (order == 0)
		order = likeness_is_familiar(b->action) -
		    likeness_is_familiar(a->action);
	if (order != 0)
		return order;
	return (a->action > b->action) - (a->action < b->action);
}

void
surveyor_add(struct surveyor *surveyor, struct word name,
    const struct action *listed, const struct service *service)
{
	*list_add(surveyor->arena, &surveyor->repertoire->list) =
	    (struct supposed_action){ .name = name, .listed = listed,
	    .service = service };
}

/* Familiar ones first: that is the order in which they are tried. */
static int
compare_actions(const void *one, const void *other)
{
	const struct supposed_action *a = one, *b = other;
	int order = likeness_is_familiar(b->listed) -
	    likeness_is_familiar(a->listed);

	if (order != 0)
		return order;
	return (a->listed > b->listed) - (a->listed < b->listed);
}

static void
keep_first(struct surveyor *surveyor)
{
	struct repertoire *repertoire = surveyor->repertoire;
	struct signature *items = surveyor->signatures.items;
	size_t count = surveyor->signatures.count;

	if (count > 1)
		qsort(items, count, sizeof(*items), compare_signatures);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || items[i].peculiar ||
		    compare_kinds(&items[i - 1], &items[i]) != 0)
			surveyor_add(surveyor, keep_name(surveyor,
			    items[i].action), items[i].action,
			    items[i].action->service);
	if (repertoire->list.count > 1)
		qsort(repertoire->list.items, repertoire->list.count,
		    sizeof(*repertoire->list.items), compare_actions);
}

static void
add_told(struct surveyor *surveyor, const struct phrases *told)
{
	for (size_t i = 0; told != NULL && i < told->list.count; i++)
		*list_add(surveyor->arena, &surveyor->told) =
		    pattern_read_folded(surveyor->arena,
		    told->list.items[i].word.text,
		    told->list.items[i].word.length);
}

static void
survey_actions(struct surveyor *surveyor)
{
	const struct catalog *catalog = surveyor->court->catalog;

	for (unsigned i = 0; i < catalog->service_count; i++)
		sign_service(surveyor, &catalog->services[i]);
	keep_first(surveyor);
	surveyor->announced = surveyor->repertoire->list.count;
	if (!surveyor->announced_only)
		surveyor_add_unlisted(surveyor);
}

void
repertoire_find(struct repertoire *repertoire, struct arena *arena,
    const struct court *court, const struct repertoire_use *use)
{
	struct surveyor surveyor = { .arena = arena, .court = court,
	    .documents = use->documents, .granting = use->granting,
	    .apart = use->apart, .announced_only = use->announced,
	    .repertoire = repertoire };
	const struct phrases *wanted = use->wanted;

	*repertoire = (struct repertoire){ .list = { .count = 0 } };
	for (size_t i = 0; wanted != NULL && i < wanted->list.count; i++)
		*list_add(arena, &surveyor.wanted) = pattern_read_folded(arena,
		    wanted->list.items[i].word.text,
		    wanted->list.items[i].word.length);
	for (size_t i = 0; use->keys != NULL && i < use->keys->list.count;
	    i++)
		add_key(&surveyor, use->keys->list.items[i]);
	add_told(&surveyor, use->told);
	survey_documents(&surveyor);
	survey_actions(&surveyor);
	if (repertoire->list.count > 0)
		return;
	/* none of them can be allowed, but something must be asked for */
	surveyor.granting = NULL;
	if (surveyor.wanted.count > 0 && repertoire->apart.list.count == 0)
		survey_actions(&surveyor);
	else
		surveyor_add_unlisted(&surveyor);
}
