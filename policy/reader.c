/* SPDX-License-Identifier: MIT */
/*
 * Policies out of JSON.  Complains of what no layer allows; what one layer
 * forbids is a rule's business.  Reading always goes on: a fault in one
 * member says nothing of the next.
 */
#include "config.h"

#include <string.h>

#include "policy/reader.h"
#include "policy/reader_member.h"

/*
 * Whether it is restricted, and to what, is known when the template is
 * deployed: without that, what it allows cannot be judged either.
 */
static bool
has_open_condition(const struct node *statement)
{
	const struct node *condition = statement->kind != NODE_OBJECT ? NULL :
	    node_find(statement, "Condition");
	bool open = condition != NULL && reader_is_intrinsic(condition);

	if (condition == NULL || condition->kind != NODE_OBJECT)
		return false;
	for (const struct node *block = condition->first; block != NULL;
	    block = block->next)
		open |= reader_is_intrinsic(block);
	return open;
}

static void
read_statements(struct reader *reader, const struct node *node)
{
	struct policy *policy = reader->policy;
	const struct node *first = node;
	size_t total = 1;
	struct statement *statements;

	if (node->kind == NODE_ARRAY) {
		first = node->first;
		total = node->count;
	}
	if (total == 0)
		reader_complain(reader, READER_MISSING_STATEMENT, node->span,
		    "`Statement` is empty; the policy says nothing");
	statements = arena_array(reader->arena, total, sizeof(*statements));
	for (size_t i = 0; i < total; i++, first = first->next) {
		struct statement *statement = &statements[policy->count];

		if (reader_is_intrinsic(first) || has_open_condition(first))
			policy->usable = false;
		else if (first->kind != NODE_OBJECT) {
			reader_complain_of_type(reader, first, "Statement",
			    "objects");
		} else {
			statement->index = policy->count++;
			reader_read_statement(reader, statement, first);
		}
	}
	policy->partial = policy->partial || policy->count < total;
	policy->statements = statements;
}

/* Members of a policy; the statement is only there to share the table type. */

static void
read_version(struct reader *reader, struct statement *unused,
    const struct node *node)
{
	(void)unused;
	reader->policy->version_node = node;
	if (reader_is_intrinsic(node)) {
		reader->policy->usable = false;
		reader->policy->version = VERSION_2012;
	} else if (node->kind != NODE_STRING) {
		reader_complain_of_type(reader, node, node->key, "a string");
	} else if (node_is(node, "2012-10-17")) {
		reader->policy->version = VERSION_2012;
	} else if (!node_is(node, "2008-10-17")) {
		struct finding *finding = reader_complain(reader,
		    READER_INVALID_VERSION, node->span,
		    "`%s` is no version of the policy language", node->text);

		report_help(reader->report, finding, "write `2012-10-17`");
	}
}

static void
read_id(struct reader *reader, struct statement *unused,
    const struct node *node)
{
	(void)unused;
	reader->policy->id = node;
	if (node->kind != NODE_STRING && !reader_is_intrinsic(node))
		reader_complain_of_type(reader, node, node->key, "a string");
}

static void
read_statement_member(struct reader *reader, struct statement *unused,
    const struct node *node)
{
	(void)unused;
	reader->policy->statement_node = node;
	read_statements(reader, node);
}

static const struct member policy_members[] = {
	{ "Version", read_version },
	{ "Id", read_id },
	{ "Statement", read_statement_member },
	{ NULL, NULL },
};

static struct reader
begin(struct arena *arena, const struct text *text, const struct node *node,
    struct report *report)
{
	struct policy *policy = arena_alloc(arena, sizeof(*policy));

	policy->text = text;
	policy->node = node;
	policy->usable = text->usable;
	return (struct reader){ arena, report, policy };
}

const struct policy *
reader_read_policy(struct arena *arena, const struct text *text,
    const struct node *node, struct report *report)
{
	struct reader reader = begin(arena, text, node, report);

	if (node->kind != NODE_OBJECT) {
		reader_complain(&reader, READER_DATA_TYPE_MISMATCH, node->span,
		    "a policy is an object, not %s", reader_kind_name(node));
	} else if (reader_is_bare(node)) {
		reader_complain(&reader, READER_MISSING_STATEMENT,
		    node_opening(node),
		    "this is a statement, not a policy; put it into "
		    "{\"Version\": \"2012-10-17\", \"Statement\": [...]}");
		reader.policy->usable = false;
		read_statements(&reader, node);
	} else {
		reader_read_members(&reader, NULL, node, policy_members,
		    "policy");
		if (reader.policy->statement_node == NULL)
			reader_complain(&reader, READER_MISSING_STATEMENT,
			    node_opening(node),
			    "the policy has no `Statement`");
	}
	return reader.policy;
}

const struct policy *
reader_read_statements(struct arena *arena, const struct text *text,
    const struct node *node, struct report *report)
{
	struct reader reader = begin(arena, text, node, report);

	read_statements(&reader, node);
	reader.policy->version = VERSION_2012;
	reader.policy->partial = true;
	reader.policy->usable = false;
	return reader.policy;
}
