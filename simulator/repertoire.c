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
#include "simulator/invention.h"
#include "simulator/likeness.h"
#include "simulator/premise.h"
#include "simulator/repertoire.h"

enum {
	SIGNATURE_BITS = 64,
	CROSSINGS_MAX = 4096		/* names that two patterns match */
};

const char repertoire_cut[] = "patterns of actions meet in more ways than are "
    "tried";

struct signature {
	const struct action	*action;
	const uint64_t		*bits;
	size_t			 words;
	bool			 peculiar;	/* it stands for itself alone */
};

/* Which wildcards match a name; the sum tells most of them apart at once. */
struct shape {
	uint64_t	 sum;
	const uint64_t	*bits;
};

struct surveyor {
	struct arena			*arena;
	const struct court		*court;
	const struct charters		*documents;
	const struct charters		*granting;	/* or NULL */
	bool				 apart, announced_only;
	struct words			 keys;
	LIST(struct pattern)		 wanted, told;
	LIST(const struct pattern *)	 near;		/* of those wanted, such
							 * as may match actions
							 * of the service */
	LIST(const struct pattern *)	 wild;		/* of actions, each once */
	LIST(struct shape)		 shapes;	/* of names that are not
							 * announced */
	uint64_t			*bits;		/* of the name at hand */
	LIST(struct signature)		 signatures;
	char				*name;		/* of the action at hand */
	size_t				 name_size;
	size_t				 clause_count;
	size_t				 announced;	/* in the repertoire, before
							 * all others */
	struct repertoire		*repertoire;
};

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

static bool
is_wanted(const struct surveyor *surveyor, struct word name)
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

/* Some document that could allow it has a statement about it, or none need
 * have: see find_unmodelled() of decision.c. */
static bool
may_be_granted(const struct surveyor *surveyor, const struct scope *scope)
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

static void
set_bit(uint64_t *bits, size_t index, bool value)
{
	bits[index / SIGNATURE_BITS] |= (uint64_t)value <<
	    index % SIGNATURE_BITS;
}

static size_t
match_clauses(const struct surveyor *surveyor, const struct scope *scope,
    uint64_t *bits)
{
	size_t index = 0;

	for (size_t i = 0; i < surveyor->documents->count; i++) {
		const struct charter *charter = surveyor->documents->items[i];

		for (size_t j = 0; j < charter->count; j++)
			set_bit(bits, index++, action_element_matches(
			    &charter->clauses[j].actions, scope));
	}
	return index;
}

static size_t
match_told(const struct surveyor *surveyor, struct word name, uint64_t *bits,
    size_t index)
{
	for (size_t i = 0; i < surveyor->told.count; i++)
		set_bit(bits, index++, pattern_match(&surveyor->told.items[i],
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

		set_bit(bits, index++, known[i] && action_lists_key(action,
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

	if (!is_near(surveyor, name) || !may_be_granted(surveyor, &scope))
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

static void
add_action(struct surveyor *surveyor, struct word name,
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
			add_action(surveyor, keep_name(surveyor,
			    items[i].action), items[i].action,
			    items[i].action->service);
	if (repertoire->list.count > 1)
		qsort(repertoire->list.items, repertoire->list.count,
		    sizeof(*repertoire->list.items), compare_actions);
}

/* What AWS has not announced, and what somebody wrote all the same. */

static bool
is_listed(const struct surveyor *surveyor, struct word name)
{
	const struct repertoire *repertoire = surveyor->repertoire;

	for (size_t i = 0; i < repertoire->list.count; i++)
		if (word_equal_folded(repertoire->list.items[i].name, name))
			return true;
	return catalog_action(surveyor->court->catalog, name.text,
	    name.length) != NULL;
}

static void
add_unannounced(struct surveyor *surveyor, struct word name)
{
	const char *colon = memchr(name.text, ':', name.length);
	const struct request request = { .action = name,
	    .service = colon == NULL ? NULL : catalog_service(
	    surveyor->court->catalog, name.text,
	    (size_t)(colon - name.text)) };
	const struct scope scope = { &request, surveyor->court->assumptions,
	    NULL };

	if (colon == NULL || !is_wanted(surveyor, name) ||
	    is_listed(surveyor, name) || !may_be_granted(surveyor, &scope))
		return;
	add_action(surveyor, name, NULL, request.service);
}

/* Names that two patterns match. */

static void
add_wild(struct surveyor *surveyor, const struct pattern *pattern)
{
	if (!pattern->wild)
		return;
	if (pattern->length > INVENTION_LENGTH_MAX) {
		surveyor->repertoire->cut = true;
		return;
	}
	for (size_t i = 0; i < surveyor->wild.count; i++)
		if (surveyor->wild.items[i]->length == pattern->length &&
		    memcmp(surveyor->wild.items[i]->symbols, pattern->symbols,
		    pattern->length) == 0)
			return;
	*list_add(surveyor->arena, &surveyor->wild) = pattern;
}

static size_t
words_of_shape(const struct surveyor *surveyor)
{
	return surveyor->wild.count / SIGNATURE_BITS + 1;
}

/* Until the next is asked for. */
static struct shape
shape_of(const struct surveyor *surveyor, struct word name)
{
	struct shape shape = { .bits = surveyor->bits };
	size_t words = words_of_shape(surveyor);

	memset(surveyor->bits, 0, words * sizeof(*surveyor->bits));
	for (size_t i = 0; i < surveyor->wild.count; i++)
		set_bit(surveyor->bits, i, pattern_match(
		    surveyor->wild.items[i], name.text, name.length));
	for (size_t i = 0; i < words; i++)
		shape.sum = (shape.sum ^ surveyor->bits[i]) *
		    UINT64_C(0x9e3779b97f4a7c15);
	return shape;
}

/* Some other name stands for those of this shape as well. */
static bool
is_represented(const struct surveyor *surveyor, const struct shape *shape)
{
	size_t size = words_of_shape(surveyor) * sizeof(*shape->bits);

	for (size_t i = 0; i < surveyor->shapes.count; i++)
		if (surveyor->shapes.items[i].sum == shape->sum &&
		    memcmp(surveyor->shapes.items[i].bits, shape->bits,
		    size) == 0)
			return true;
	return false;
}

static void
keep_shape(struct surveyor *surveyor, struct shape shape)
{
	size_t words = words_of_shape(surveyor);
	uint64_t *bits = arena_array(surveyor->arena, words, sizeof(*bits));

	memcpy(bits, shape.bits, words * sizeof(*bits));
	shape.bits = bits;
	*list_add(surveyor->arena, &surveyor->shapes) = shape;
}

static void
add_crossing(struct surveyor *surveyor, const struct pattern *one,
    const struct pattern *other)
{
	struct repertoire *repertoire = surveyor->repertoire;
	size_t count = repertoire->list.count;
	struct shape shape;
	struct word name;

	if (pattern_covers(one, other) || pattern_covers(other, one))
		return;
	name = invention_across(surveyor->arena, one, other);
	if (name.text == NULL)
		return;
	shape = shape_of(surveyor, name);
	if (is_represented(surveyor, &shape))
		return;
	add_unannounced(surveyor, name);
	if (repertoire->list.count > count)
		keep_shape(surveyor, shape);
}

/* All wildcards are known by now. */
static void
find_shapes(struct surveyor *surveyor)
{
	const struct repertoire *repertoire = surveyor->repertoire;

	surveyor->bits = arena_array(surveyor->arena,
	    words_of_shape(surveyor), sizeof(*surveyor->bits));
	surveyor->shapes.count = 0;
	for (size_t i = surveyor->announced; i < repertoire->list.count; i++)
		keep_shape(surveyor, shape_of(surveyor,
		    repertoire->list.items[i].name));
}

/* An action may come that several wildcards match. */
static void
add_crossings(struct surveyor *surveyor)
{
	struct repertoire *repertoire = surveyor->repertoire;
	size_t most = repertoire->list.count + CROSSINGS_MAX;

	find_shapes(surveyor);
	for (size_t i = 0; i < surveyor->wild.count; i++)
		for (size_t j = 0; j < i && repertoire->list.count < most; j++)
			add_crossing(surveyor, surveyor->wild.items[j],
			    surveyor->wild.items[i]);
	repertoire->cut |= repertoire->list.count == most;
}

static void
add_by_pattern(struct surveyor *surveyor, const struct pattern *pattern)
{
	add_unannounced(surveyor, invention_of(surveyor->arena, pattern));
	add_wild(surveyor, pattern);
}

static void
add_tomorrow(struct surveyor *surveyor)
{
	for (size_t i = 0; i < surveyor->documents->count; i++) {
		const struct charter *charter = surveyor->documents->items[i];

		for (size_t j = 0; j < charter->count; j++) {
			const struct action_element *actions =
			    &charter->clauses[j].actions;

			for (size_t k = 0; k < actions->count; k++)
				add_by_pattern(surveyor,
				    &actions->patterns[k]);
		}
	}
	for (size_t i = 0; i < surveyor->wanted.count; i++)
		add_by_pattern(surveyor, &surveyor->wanted.items[i]);
	for (size_t i = 0; i < surveyor->told.count; i++)
		add_by_pattern(surveyor, &surveyor->told.items[i]);
	add_unannounced(surveyor, word_from("unannounced:Unannounced", 23));
	add_crossings(surveyor);
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
		add_tomorrow(surveyor);
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
		add_tomorrow(&surveyor);
}
