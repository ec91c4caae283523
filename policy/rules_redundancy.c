/* SPDX-License-Identifier: MIT */
/*
 * What could be left out: entries and statements that others of the policy
 * cover.  All of it is read off the text (outline.h): nothing here reasons
 * about conditions.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/outline.h"
#include "policy/rules.h"

/* An entry of a list; sorted, entries of one beginning stand together. */
struct item {
	struct pattern		 pattern;
	const struct node	*node;
	const struct node	*by;		/* that covers it, or NULL */
};

struct items {
	struct item	*items;
	size_t		 count;
	size_t		 left;		/* comparisons */
};

/*
 * Items that all begin with the same wildcard are compared each with each; of
 * lists that are longer than any policy of AWS's, not all are.
 */
enum {
	COMPARISONS_MAX = 1000 * 1000,
	SEARCH_COST = 2000		/* of comparing what is not plain */
};

static int
compare_items(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	size_t shorter = a->pattern.length < b->pattern.length ?
	    a->pattern.length : b->pattern.length;
	int order = memcmp(a->pattern.symbols, b->pattern.symbols, shorter);

	if (order != 0)
		return order;
	if (a->pattern.length != b->pattern.length)
		return a->pattern.length < b->pattern.length ? -1 : 1;
	return a->node->index < b->node->index ? -1 : 1;
}

static bool
begins_with(const struct pattern *pattern, const char *symbols, size_t length)
{
	return pattern->length >= length &&
	    memcmp(pattern->symbols, symbols, length) == 0;
}

static bool
is_same(const struct pattern *a, const struct pattern *b)
{
	return a->length == b->length &&
	    memcmp(a->symbols, b->symbols, a->length) == 0;
}

/* The first item that does not sort before the symbols. */
static size_t
find_first(const struct items *list, const char *symbols, size_t length)
{
	const struct item wanted = {
		.pattern = { .symbols = symbols, .length = length },
	};
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct pattern *pattern = &list->items[middle].pattern;
		size_t shorter = pattern->length < wanted.pattern.length ?
		    pattern->length : wanted.pattern.length;
		int order = memcmp(pattern->symbols, symbols, shorter);

		if (order < 0 || (order == 0 && pattern->length < length))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What stands behind the last wildcard ends the other one too. */
static bool
ends_as(const struct pattern *inner, const struct pattern *outer)
{
	size_t i = 1;

	while (i <= outer->length && i <= inner->length) {
		unsigned char symbol = (unsigned char)outer->symbols[
		    outer->length - i];

		if (symbol >= PATTERN_ONE_FIELD)
			return true;
		if (symbol !=
		    (unsigned char)inner->symbols[inner->length - i])
			return false;
		i++;
	}
	return false;
}

/* The longest text between two wildcards, or behind the last. */
static struct pattern
find_piece(const struct pattern *pattern, size_t from)
{
	struct pattern piece = { .length = 0 };
	size_t start = from;

	for (size_t at = from; at <= pattern->length; at++) {
		if (at < pattern->length &&
		    (unsigned char)pattern->symbols[at] < PATTERN_ONE_FIELD)
			continue;
		if (at - start > piece.length) {
			piece.symbols = pattern->symbols + start;
			piece.length = at - start;
		}
		start = at + 1;
	}
	return piece;
}

/* A cheap no: an item that the other covers has that piece of it as well. */
static bool
holds_piece(const struct pattern *inner, size_t from,
    const struct pattern *piece)
{
	return piece->length == 0 || memmem(inner->symbols + from,
	    inner->length - from, piece->symbols, piece->length) != NULL;
}

/* What an item with a wildcard covers begins as it does. */
static void
mark_covered(struct items *list, const struct item *outer)
{
	size_t prefix = pattern_literal_prefix(&outer->pattern);
	struct pattern piece = find_piece(&outer->pattern, prefix);
	size_t at = find_first(list, outer->pattern.symbols, prefix);
	size_t cost = pattern_is_plain(&outer->pattern) ? 1 : SEARCH_COST;

	for (; at < list->count && list->left >= cost; at++) {
		struct item *inner = &list->items[at];

		list->left -= cost;
		if (!begins_with(&inner->pattern, outer->pattern.symbols,
		    prefix))
			return;
		if (inner->by == NULL && inner != outer &&
		    ends_as(&inner->pattern, &outer->pattern) &&
		    holds_piece(&inner->pattern, prefix, &piece) &&
		    !is_same(&inner->pattern, &outer->pattern) &&
		    pattern_covers(&outer->pattern, &inner->pattern))
			inner->by = outer->node;
	}
}

static void
mark_repeated(struct items *list)
{
	for (size_t i = 1; i < list->count; i++)
		if (is_same(&list->items[i].pattern,
		    &list->items[i - 1].pattern))
			list->items[i].by = list->items[i - 1].node;
}

static void
complain_of_item(struct check *check, const struct item *item)
{
	const struct node *node = item->node, *by = item->by;
	struct finding *finding;

	if (node_has_text_of(node, by))
		finding = check_complain_of(check, node, "`%.*s` is in this "
		    "list twice", (int)node->length, node->text);
	else
		finding = check_complain_of(check, node, "`%.*s` is covered "
		    "by `%.*s` in the same list, so it adds nothing",
		    (int)node->length, node->text, (int)by->length, by->text);
	report_relate(check->report, finding, by->span, "covers it");
}

static bool
is_sorted(const struct items *list)
{
	for (size_t i = 1; i < list->count; i++)
		if (compare_items(&list->items[i - 1], &list->items[i]) > 0)
			return false;
	return true;
}

static void
check_list(struct check *check, struct items *list)
{
	/* most authors have done that already */
	if (!is_sorted(list))
		qsort(list->items, list->count, sizeof(*list->items),
		    compare_items);
	mark_repeated(list);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].pattern.wild)
			mark_covered(list, &list->items[i]);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].by != NULL)
			complain_of_item(check, &list->items[i]);
}

static void
check_element(struct check *check, const struct element *element,
    enum entry_kind kind)
{
	struct items list = {
		.count = element->count,
		.left = COMPARISONS_MAX,
	};

	if (element->count < 2)
		return;
	list.items = arena_array(check->subject->arena, element->count,
	    sizeof(*list.items));
	for (size_t i = 0; i < element->count; i++) {
		list.items[i].node = element->items[i];
		list.items[i].pattern = outline_read(check, element->items[i],
		    kind);
	}
	check_list(check, &list);
}

static void
redundant_action(struct check *check)
{
	check_element(check, &check->statement->action, ENTRY_ACTION);
}

static void
redundant_resource(struct check *check)
{
	check_element(check, &check->statement->resource, ENTRY_RESOURCE);
}

/* Both can be compared: they are of one known effect and have actions. */
static bool
is_comparable(const struct statement *a, const struct statement *b)
{
	return a->effect == b->effect && a->effect != EFFECT_INVALID &&
	    a->action.count > 0 && b->action.count > 0;
}

static void
set_sid(struct finding *finding, const struct statement *statement)
{
	if (statement->sid != NULL)
		finding->sid = statement->sid->text;
}

static const char *
verb(const struct statement *statement)
{
	return statement->effect == EFFECT_DENY ? "denies" : "allows";
}

static void
complain_of_statement(struct check *check, const struct statement *statement,
    const struct statement *other, const char *label, const char *what)
{
	struct finding *finding = check_complain_of(check, statement->node,
	    "statement %zu %s %s", other->index + 1, verb(other), what);

	set_sid(finding, statement);
	report_relate(check->report, finding, other->node->span, "%s", label);
}

/* As many of everything, which is what copies have. */
static bool
is_alike(const struct statement *a, const struct statement *b)
{
	return a->action.count == b->action.count &&
	    a->resource.count == b->resource.count &&
	    a->principal.count == b->principal.count &&
	    a->condition_count == b->condition_count;
}

static bool
is_copy(struct check *check, struct outline *a, struct outline *b)
{
	return is_alike(a->statement, b->statement) &&
	    outline_covers(check, a, b) && outline_covers(check, b, a);
}

static void
redundant_statement(struct check *check)
{
	const struct outlines outlines = outlines_read(check);
	struct outline *items = outlines.items;

	for (size_t i = 1; i < outlines.count; i++) {
		const struct statement *later = items[i].statement;
		size_t j = 0;

		while (j < i && !(is_comparable(items[j].statement, later) &&
		    is_copy(check, &items[j], &items[i])))
			j++;
		if (j < i)
			complain_of_statement(check, later,
			    items[j].statement, "the same", "the very "
			    "same, so one of the two will be forgotten in the "
			    "next change");
	}
}

/* Of two that say the same in different words, the later one is covered. */
static bool
is_covered(struct check *check, struct outline *outer, struct outline *inner)
{
	const struct statement *a = outer->statement, *b = inner->statement;

	return is_comparable(a, b) && outline_covers(check, outer, inner) &&
	    !(outline_covers(check, inner, outer) &&
	    (is_alike(a, b) || b->index < a->index));
}

static void
covered_statement(struct check *check)
{
	const struct outlines outlines = outlines_read(check);
	struct outline *items = outlines.items;

	for (size_t i = 0; i < outlines.count; i++) {
		size_t j = 0;

		while (j < outlines.count && (i == j ||
		    !is_covered(check, &items[j], &items[i])))
			j++;
		if (j < outlines.count)
			complain_of_statement(check, items[i].statement,
			    items[j].statement, "covers it", "all of this "
			    "and more, so this one changes nothing");
	}
}

const struct rule redundancy_rules[] = {
	{
		.complaint = {
			.id = "redundant-action",
			.severity = SEVERITY_NOTE,
			.says = "an action is covered by another of its list",
			.why = "It adds nothing, and whoever takes the other "
			    "one out or leaves it in will be misled.  Keep "
			    "the one that is meant.",
			.aa = "REDUNDANT_ACTION",
			.fires_on = "{'Effect':'Allow','Action':["
			    "'iam:GetUser','iam:Get*'],'Resource':'*'}",
			.quiet_on = "{'Effect':'Allow','Action':["
			    "'iam:GetUser','iam:GetRole*'],'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = redundant_action,
	},
	{
		.complaint = {
			.id = "redundant-resource",
			.severity = SEVERITY_NOTE,
			.says = "a resource is covered by another of its list",
			.why = "It adds nothing, and hides how wide the other "
			    "one is.  Keep the one that is meant.",
			.aa = "REDUNDANT_RESOURCE",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':["
			    "'arn:aws:s3:::b/a','arn:aws:s3:::b/*']}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':["
			    "'arn:aws:s3:::b/a','arn:aws:s3:::c/*']}",
		},
		.layers = LAYERS_ALL,
		.statement = redundant_resource,
	},
	{
		.complaint = {
			.id = "redundant-statement",
			.severity = SEVERITY_NOTE,
			.says = "two statements say the same",
			.why = "One of the two will be changed and the other "
			    "forgotten.  Keep one.",
			.aa = "REDUNDANT_STATEMENT",
			.supersedes = "covered-statement",
			.fires_on = "{'Statement':["
			    "{'Effect':'Deny','Action':['a4b:*','s3:*'],"
			    "'Resource':'*'},"
			    "{'Effect':'Deny','Action':['s3:*','a4b:*'],"
			    "'Resource':'*'}]}",
			.quiet_on = "{'Statement':["
			    "{'Effect':'Deny','Action':['a4b:*','s3:*'],"
			    "'Resource':'*'},"
			    "{'Effect':'Deny','Action':['s3:*','iam:*'],"
			    "'Resource':'*'}]}",
		},
		.layers = LAYERS_ALL,
		.document = redundant_statement,
	},
	{
		.complaint = {
			.id = "covered-statement",
			.severity = SEVERITY_NOTE,
			.says = "a statement is inside another of the same "
			    "effect",
			.why = "It changes nothing, though it looks as if it "
			    "did: a condition on it restricts nobody.  Take "
			    "it out, or narrow the other.",
			.fires_on = "{'Statement':["
			    "{'Effect':'Allow','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'},"
			    "{'Effect':'Allow','Action':'s3:*',"
			    "'Resource':'*'}]}",
			.quiet_on = "{'Statement':["
			    "{'Effect':'Allow','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'},"
			    "{'Effect':'Deny','Action':'s3:*',"
			    "'Resource':'*'}]}",
		},
		.layers = LAYERS_ALL,
		.document = covered_statement,
	},
	{ .complaint = { .id = NULL } }
};
