/* SPDX-License-Identifier: MIT */
/*
 * Statements out of JSON: their elements, and the lists in these.  A fault in
 * one member says nothing of the next.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/list.h"
#include "policy/reader_member.h"

static bool
is_scalar(const struct node *node)
{
	return node->kind == NODE_STRING || node->kind == NODE_NUMBER ||
	    node->kind == NODE_BOOLEAN;
}

/* One string, or one scalar where conditions take them (GRAM-11). */
static bool
takes(struct reader *reader, const struct node *node, const char *element,
    bool scalars)
{
	if (node->kind == NODE_STRING || (scalars && is_scalar(node)))
		return true;
	if (reader_is_intrinsic(node))
		reader->policy->usable = false;
	else
		reader_complain_of_type(reader, node, element, scalars ?
		    "strings, numbers or booleans" :
		    "a string or an array of strings");
	return false;
}

/* A list, or one value without brackets (GRAM-9); partial when some of it
 * could not be read. */
static size_t
read_list(struct reader *reader, const struct node *node, const char *element,
    bool scalars, const struct node *const **items, bool *partial)
{
	const struct node *first = node, **list;
	size_t count = 1, kept = 0;

	if (node->kind == NODE_ARRAY) {
		first = node->first;
		count = node->count;
	}
	list = arena_array(reader->arena, count, sizeof(*list));
	for (size_t i = 0; i < count; i++, first = first->next)
		if (takes(reader, first, element, scalars))
			list[kept++] = first;
	*items = list;
	*partial = *partial || kept < count;
	return kept;
}

static void
read_element(struct reader *reader, struct element *element,
    const struct node *node, bool negated)
{
	if (element->node != NULL) {
		reader_complain(reader, READER_UNSUPPORTED_ELEMENT_COMBINATION,
		    node->key_span, "`%s` and `%s` stand in one statement",
		    element->node->key, node->key);
		return;
	}
	element->node = node;
	element->negated = negated;
	element->count = read_list(reader, node, node->key, false,
	    &element->items, &element->partial);
}

static const struct {
	const char		*name;
	enum principal_kind	 kind;
} principal_kinds[] = {
	{ "AWS", PRINCIPAL_AWS },
	{ "Service", PRINCIPAL_SERVICE },
	{ "Federated", PRINCIPAL_FEDERATED },
	{ "CanonicalUser", PRINCIPAL_CANONICAL_USER },
};

static bool
find_principal_kind(struct reader *reader, const struct node *member,
    enum principal_kind *kind)
{
	size_t count = sizeof(principal_kinds) / sizeof(principal_kinds[0]);

	for (size_t i = 0; i < count; i++) {
		const char *name = principal_kinds[i].name;

		if (strcasecmp(name, member->key) != 0)
			continue;
		*kind = principal_kinds[i].kind;
		if (strcmp(name, member->key) != 0)
			reader_complain(reader, READER_ELEMENT_CASE,
			    member->key_span,
			    "`%s` must be spelled `%s`", member->key, name);
		return true;
	}
	reader_complain(reader, READER_INVALID_PRINCIPAL_KEY, member->key_span,
	    "`%s` is no sort of principal; there are AWS, Service, "
	    "Federated and CanonicalUser", member->key);
	return false;
}

struct principal_list {
	LIST(struct principal)	 list;
};

static void
read_principal_map(struct reader *reader, const struct node *map,
    struct principal_list *found, bool *partial)
{
	for (const struct node *member = map->first; member != NULL;
	    member = member->next) {
		enum principal_kind kind = PRINCIPAL_AWS;
		const struct node *const *items;
		size_t count;

		if (!find_principal_kind(reader, member, &kind))
			continue;
		count = read_list(reader, member, member->key, false, &items,
		    partial);
		for (size_t i = 0; i < count; i++)
			*list_add(reader->arena, &found->list) =
			    (struct principal){ kind, items[i] };
	}
}

/* Another string than "*" names nobody, which is clear enough. */
static void
complain_of_principal(struct reader *reader, const struct node *node)
{
	bool string = node->kind == NODE_STRING;

	reader_complain(reader, READER_INVALID_PRINCIPAL_FORMAT, node->span,
	    "`%s` takes \"*\" or an object such as "
	    "{\"AWS\": \"111122223333\"}, not %s", node->key,
	    string ? "another string" : reader_kind_name(node));
	if (!string)
		reader->policy->usable = false;
}

static void
read_principals(struct reader *reader, struct statement *statement,
    const struct node *node, bool negated)
{
	struct principals *principals = &statement->principal;
	struct principal_list found = { .list = { 0 } };

	if (principals->node != NULL) {
		reader_complain(reader, READER_UNSUPPORTED_ELEMENT_COMBINATION,
		    node->key_span, "`%s` and `%s` stand in one statement",
		    principals->node->key, node->key);
		return;
	}
	principals->node = node;
	principals->negated = negated;
	principals->partial = reader_is_intrinsic(node);
	if (principals->partial)
		reader->policy->usable = false;
	else if (node->kind == NODE_OBJECT)
		read_principal_map(reader, node, &found,
		    &principals->partial);
	else if (node->kind == NODE_STRING && node_is(node, "*"))
		*list_add(reader->arena, &found.list) =
		    (struct principal){ PRINCIPAL_EVERYONE, node };
	else
		complain_of_principal(reader, node);
	principals->items = found.list.items;
	principals->count = found.list.count;
}

struct condition_list {
	LIST(struct condition)	 list;
};

static void
read_condition_block(struct reader *reader, const struct node *block,
    struct condition_list *found)
{
	struct operator_use use = operator_read(block->key, block->key_length);

	if (block->kind != NODE_OBJECT) {
		reader_complain_of_type(reader, block, block->key,
		    "an object of condition keys");
		return;
	}
	for (const struct node *key = block->first; key != NULL;
	    key = key->next) {
		struct condition *condition = list_add(reader->arena,
		    &found->list);

		condition->use = use;
		condition->block = block;
		condition->node = key;
		condition->count = read_list(reader, key, key->key, true,
		    &condition->values, &condition->partial);
	}
}

/* Members of a statement. */

static void
read_sid(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	if (node->kind == NODE_STRING)
		statement->sid = node;
	else if (!reader_is_intrinsic(node))
		reader_complain_of_type(reader, node, node->key, "a string");
}

static void
read_effect(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	struct finding *finding;
	const char *right;

	statement->effect_node = node;
	if (reader_is_intrinsic(node)) {
		reader->policy->usable = false;
		reader->policy->partial = true;
		return;
	}
	if (node->kind != NODE_STRING) {
		reader_complain_of_type(reader, node, node->key, "a string");
		return;
	}
	right = node_is(node, "Allow") ? "Allow" :
	    node_is(node, "Deny") ? "Deny" : NULL;
	if (right != NULL && memcmp(node->text, right, node->length) == 0) {
		statement->effect = node->text[0] == 'A' ? EFFECT_ALLOW :
		    EFFECT_DENY;
		return;
	}
	finding = reader_complain(reader, READER_INVALID_EFFECT, node->span,
	    "`%s` is no effect; only `Allow` and `Deny` are", node->text);
	if (right != NULL)
		report_help(reader->report, finding, "write `%s`", right);
}

static void
read_principal(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	read_principals(reader, statement, node, false);
}

static void
read_not_principal(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	read_principals(reader, statement, node, true);
}

static void
read_action(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	read_element(reader, &statement->action, node, false);
}

static void
read_not_action(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	read_element(reader, &statement->action, node, true);
}

static void
read_resource(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	read_element(reader, &statement->resource, node, false);
}

static void
read_not_resource(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	read_element(reader, &statement->resource, node, true);
}

static void
read_condition(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	struct condition_list found = { .list = { 0 } };

	statement->condition_node = node;
	if (node->kind != NODE_OBJECT) {
		reader_complain_of_type(reader, node, node->key,
		    "an object of operators");
		return;
	}
	for (const struct node *block = node->first; block != NULL;
	    block = block->next)
		read_condition_block(reader, block, &found);
	statement->conditions = found.list.items;
	statement->condition_count = found.list.count;
}

static const struct member statement_members[] = {
	{ "Sid", read_sid },
	{ "Effect", read_effect },
	{ "Principal", read_principal },
	{ "NotPrincipal", read_not_principal },
	{ "Action", read_action },
	{ "NotAction", read_not_action },
	{ "Resource", read_resource },
	{ "NotResource", read_not_resource },
	{ "Condition", read_condition },
	{ NULL, NULL },
};

void
reader_read_statement(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	statement->node = node;
	statement->effect = EFFECT_INVALID;
	reader_read_members(reader, statement, node, statement_members,
	    "statement");
	if (statement->effect_node == NULL)
		reader_complain(reader, READER_MISSING_EFFECT,
		    node_opening(node),
		    "the statement has no `Effect`");
	if (statement->action.node == NULL)
		reader_complain(reader, READER_MISSING_ACTION,
		    node_opening(node),
		    "the statement has neither `Action` nor `NotAction`");
}
