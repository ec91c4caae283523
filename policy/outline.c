/* SPDX-License-Identifier: MIT */
/* Statements against statements, entry by entry. */
#include "config.h"

#include "policy/outline.h"
#include "policy/variable.h"

/* No quota lets a policy have more than some thousand entries in all, so this
 * is enough to compare each with each. */
enum { COMPARISONS_MAX = 1000 * 1000 };

static uint64_t
service_bit(const struct check *check, const struct service *service)
{
	const struct service *first = check->subject->catalog->services;

	return UINT64_C(1) << (service - first) % 64;
}

/*
 * Which services the actions are of, as bits that several share: when the
 * outer list has not all bits of the inner one, it covers no action of some
 * service.  An entry without a known service may cover actions of any.
 */
static uint64_t
read_services(struct check *check, const struct statement *statement)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < statement->action.count; i++) {
		const struct service *service = check_expand(check,
		    statement->action.items[i])->service;

		if (service == NULL)
			return UINT64_MAX;
		bits |= service_bit(check, service);
	}
	return bits;
}

struct outlines
outlines_read(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	struct arena *arena = check->subject->arena;
	size_t *left = arena_alloc(arena, sizeof(*left));
	struct outlines outlines = { .count = policy->count < OUTLINE_MAX ?
	    policy->count : OUTLINE_MAX };

	*left = COMPARISONS_MAX;
	outlines.items = arena_array(arena, outlines.count,
	    sizeof(*outlines.items));
	for (size_t i = 0; i < outlines.count; i++) {
		struct outline *outline = &outlines.items[i];

		outline->statement = &policy->statements[i];
		outline->services = read_services(check, outline->statement);
		outline->left = left;
	}
	return outlines;
}

/* False when the policy has had all its comparisons. */
static bool
may_compare(struct outline *outline, size_t count)
{
	if (*outline->left < count)
		return false;
	*outline->left -= count;
	return true;
}

struct pattern
outline_read(struct check *check, const struct node *entry,
    enum entry_kind kind)
{
	enum layer layer = check->subject->layer;

	if (kind == ENTRY_ACTION)
		return check_expand(check, entry)->pattern;
	/* where AWS pads short ARNs (RES-5) */
	return *check_resource_pattern(check, entry,
	    layer == LAYER_IDENTITY || layer == LAYER_BOUNDARY);
}

static const struct element *
element_of(const struct outline *outline, enum entry_kind kind)
{
	return kind == ENTRY_ACTION ? &outline->statement->action :
	    &outline->statement->resource;
}

static const struct pattern *
patterns_of(struct check *check, struct outline *outline,
    enum entry_kind kind)
{
	const struct element *element = element_of(outline, kind);
	struct pattern *patterns;

	if (outline->patterns[kind] != NULL)
		return outline->patterns[kind];
	patterns = arena_array(check->subject->arena, element->count,
	    sizeof(*patterns));
	for (size_t i = 0; i < element->count; i++)
		patterns[i] = outline_read(check, element->items[i], kind);
	outline->patterns[kind] = patterns;
	return patterns;
}

/* A cheap no: the outer text's beginning, up to a wildcard, is not there.
 * Actions are compared almost without case. */
static bool
may_cover(const struct node *outer, const struct node *inner,
    enum entry_kind kind)
{
	for (size_t i = 0; i < outer->length; i++) {
		char c = outer->text[i];

		if (c == '*' || c == '?')
			return true;
		if (i == inner->length)
			return false;
		if (c != inner->text[i] && (kind != ENTRY_ACTION ||
		    ((c ^ inner->text[i]) & ~0x20) != 0))
			return false;
	}
	/* what is padded may go on */
	return outer->length == inner->length || kind == ENTRY_RESOURCE;
}

static bool
some_covers(struct check *check, struct outline *outer, struct outline *inner,
    enum entry_kind kind, size_t index)
{
	const struct element *list = element_of(outer, kind);
	const struct node *entry = element_of(inner, kind)->items[index];

	if (!may_compare(outer, list->count))
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (may_cover(list->items[i], entry, kind) &&
		    pattern_covers(&patterns_of(check, outer, kind)[i],
		    &patterns_of(check, inner, kind)[index]))
			return true;
	return false;
}

/* Two letters differ before anything unknown comes. */
static bool
clash_early(const struct pattern *a, const struct pattern *b)
{
	for (size_t i = 0; i < a->length && i < b->length; i++) {
		unsigned char x = (unsigned char)a->symbols[i];
		unsigned char y = (unsigned char)b->symbols[i];

		if (x >= PATTERN_ONE_FIELD || y >= PATTERN_ONE_FIELD ||
		    x == '$' || y == '$')
			return false;
		if (x != y)
			return true;
	}
	return false;
}

static bool
has_variable(const struct outline *outline, enum entry_kind kind,
    size_t index)
{
	const struct node *entry = element_of(outline, kind)->items[index];

	return variable_occurs(entry->text, entry->length);
}

/* No entry of the list has anything in common with this one. */
static bool
all_are_apart(struct check *check, struct outline *list, struct outline *inner,
    enum entry_kind kind, size_t index)
{
	size_t count = element_of(list, kind)->count;
	const struct pattern *all = patterns_of(check, list, kind);
	const struct pattern *one = &patterns_of(check, inner, kind)[index];

	if (!may_compare(list, count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!clash_early(&all[i], one) &&
		    (has_variable(list, kind, i) ||
		    has_variable(inner, kind, index) ||
		    pattern_overlaps(&all[i], one)))
			return false;
	return true;
}

/* A cheap no: the list has no action of this one's service. */
static bool
may_meet(struct check *check, const struct outline *list,
    const struct node *action)
{
	const struct service *service = check_expand(check, action)->service;

	return service == NULL ||
	    (list->services & service_bit(check, service)) != 0;
}

bool
outline_covers_entry(struct check *check, struct outline *outer,
    struct outline *inner, enum entry_kind kind, size_t index)
{
	bool negated = element_of(outer, kind)->negated;

	if (negated && element_of(outer, kind)->partial)
		return false;
	if (kind == ENTRY_ACTION && !may_meet(check, outer,
	    element_of(inner, kind)->items[index]))
		return negated;
	return negated ?
	    all_are_apart(check, outer, inner, kind, index) :
	    some_covers(check, outer, inner, kind, index);
}

static bool
has_star(const struct element *element)
{
	for (size_t i = 0; i < element->count; i++)
		if (node_is(element->items[i], "*"))
			return true;
	return false;
}

/* Of two negated lists: every exception of the outer is one of the inner. */
static bool
excepts_less(struct check *check, struct outline *outer,
    struct outline *inner, enum entry_kind kind)
{
	size_t count = element_of(outer, kind)->count;

	for (size_t i = 0; i < count; i++)
		if (!some_covers(check, inner, outer, kind, i))
			return false;
	return true;
}

bool
outline_covers_part(struct check *check, struct outline *outer,
    struct outline *inner, enum entry_kind kind)
{
	const struct element *a = element_of(outer, kind);
	const struct element *b = element_of(inner, kind);

	if (a->node == NULL || b->node == NULL)
		return a->node == b->node;
	if (!a->negated && has_star(a))
		return true;
	/* it excepts more than can be read, or takes in more */
	if (a->negated ? a->partial : b->partial)
		return false;
	if (b->count == 0 || (b->negated && !a->negated))
		return false;
	if (b->negated)
		return excepts_less(check, outer, inner, kind);
	for (size_t i = 0; i < b->count; i++)
		if (!outline_covers_entry(check, outer, inner, kind, i))
			return false;
	return true;
}

static bool
principal_covers(const struct principal *outer, const struct principal *inner)
{
	if (outer->kind == PRINCIPAL_EVERYONE)
		return true;
	if (outer->kind != inner->kind)
		return false;
	return node_has_text_of(outer->node, inner->node) ||
	    (principal_is_everyone(outer) && inner->kind == PRINCIPAL_AWS);
}

static bool
principals_hold(const struct principals *list, const struct principal *inner)
{
	for (size_t i = 0; i < list->count; i++)
		if (principal_covers(&list->items[i], inner))
			return true;
	return false;
}

bool
outline_covers_principals(const struct outline *outer,
    const struct outline *inner)
{
	const struct principals *a = &outer->statement->principal;
	const struct principals *b = &inner->statement->principal;
	/* with NotPrincipal, to except less is to cover more */
	const struct principals *list = a->negated ? b : a;
	const struct principals *all = a->negated ? a : b;

	if (a->node == NULL || b->node == NULL)
		return a->node == b->node;
	if (a->negated != b->negated || all->partial)
		return false;
	for (size_t i = 0; i < all->count; i++)
		if (!principals_hold(list, &all->items[i]))
			return false;
	return true;
}

static bool
values_include(const struct condition *outer, const struct condition *inner)
{
	for (size_t i = 0; i < inner->count; i++) {
		bool found = false;

		for (size_t j = 0; j < outer->count && !found; j++)
			found = node_has_text_of(outer->values[j],
			    inner->values[i]);
		if (!found)
			return false;
	}
	return true;
}

static bool
conditions_equal(const struct condition *a, const struct condition *b)
{
	return condition_is_known(a) && condition_is_known(b) &&
	    !a->partial && !b->partial && a->use.operator == b->use.operator &&
	    a->use.quantifier == b->use.quantifier &&
	    a->use.if_exists == b->use.if_exists &&
	    node_has_key_of(a->node, b->node) &&
	    values_include(a, b) && values_include(b, a);
}

static bool
has_condition(const struct statement *statement,
    const struct condition *condition)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (conditions_equal(&statement->conditions[i], condition))
			return true;
	return false;
}

/* The inner statement asks for all that the outer one does. */
static bool
conditions_cover(const struct statement *outer, const struct statement *inner)
{
	for (size_t i = 0; i < outer->condition_count; i++)
		if (!has_condition(inner, &outer->conditions[i]))
			return false;
	return true;
}

/* A cheap no for most pairs of statements. */
static bool
may_cover_services(const struct outline *outer, const struct outline *inner)
{
	return outer->statement->action.negated ||
	    inner->statement->action.negated ||
	    outer->services == UINT64_MAX ||
	    (inner->services & ~outer->services) == 0;
}

bool
outline_covers(struct check *check, struct outline *outer,
    struct outline *inner)
{
	const struct statement *a = outer->statement, *b = inner->statement;

	return (a->condition_count == 0 || b->condition_count > 0) &&
	    may_cover_services(outer, inner) &&
	    outline_covers_principals(outer, inner) &&
	    conditions_cover(a, b) &&
	    outline_covers_part(check, outer, inner, ENTRY_ACTION) &&
	    outline_covers_part(check, outer, inner, ENTRY_RESOURCE);
}
