/* SPDX-License-Identifier: MIT */
/*
 * Policies out of JSON.  Complains of what no layer allows; what one layer
 * forbids is a rule's business.  Reading always goes on: a fault in one
 * member says nothing of the next.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/list.h"
#include "policy/reader.h"
#include "policy/reader_complaint.h"

struct reader {
	struct arena		*arena;
	struct report		*report;
	struct policy		*policy;	/* being read */
};

static struct finding *complain(struct reader *, enum reader_complaint,
    struct span, const char *, ...) __attribute__((format(printf, 4, 5)));

/*
 * What is missing says nothing, and a decision can follow that; what is there
 * and cannot be read may say anything.
 */
static bool
leaves_usable(enum reader_complaint complaint)
{
	return complaint == READER_MISSING_STATEMENT ||
	    complaint == READER_MISSING_ACTION ||
	    complaint == READER_INVALID_PRINCIPAL_FORMAT;
}

static struct finding *
complain(struct reader *reader, enum reader_complaint complaint,
    struct span span, const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	if (!leaves_usable(complaint))
		reader->policy->usable = false;
	va_start(arguments, format);
	finding = report_vadd(reader->report, &reader_complaints[complaint],
	    span, format, arguments);
	va_end(arguments);
	return finding;
}

static const char *
kind_name(const struct node *node)
{
	static const char *const names[] = {
		[NODE_NULL] = "null", [NODE_BOOLEAN] = "a boolean",
		[NODE_NUMBER] = "a number", [NODE_STRING] = "a string",
		[NODE_ARRAY] = "an array", [NODE_OBJECT] = "an object",
	};

	return names[node->kind];
}

static void
complain_of_type(struct reader *reader, const struct node *node,
    const char *element, const char *takes)
{
	complain(reader, READER_DATA_TYPE_MISMATCH, node->span,
	    "`%s` takes %s, not %s", element, takes, kind_name(node));
}

/*
 * {"Ref": ...} and {"Fn::Sub": ...} in a template: a value that is only known
 * when the template is deployed.  Nothing can be said of it.
 */
static bool
is_intrinsic(const struct node *node)
{
	return node->kind == NODE_OBJECT && node->count == 1 &&
	    (strcmp(node->first->key, "Ref") == 0 ||
	    strncmp(node->first->key, "Fn::", 4) == 0);
}

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
	if (is_intrinsic(node))
		reader->policy->usable = false;
	else
		complain_of_type(reader, node, element, scalars ?
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
		complain(reader, READER_UNSUPPORTED_ELEMENT_COMBINATION,
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
			complain(reader, READER_ELEMENT_CASE, member->key_span,
			    "`%s` must be spelled `%s`", member->key, name);
		return true;
	}
	complain(reader, READER_INVALID_PRINCIPAL_KEY, member->key_span,
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

	complain(reader, READER_INVALID_PRINCIPAL_FORMAT, node->span,
	    "`%s` takes \"*\" or an object such as "
	    "{\"AWS\": \"111122223333\"}, not %s", node->key,
	    string ? "another string" : kind_name(node));
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
		complain(reader, READER_UNSUPPORTED_ELEMENT_COMBINATION,
		    node->key_span, "`%s` and `%s` stand in one statement",
		    principals->node->key, node->key);
		return;
	}
	principals->node = node;
	principals->negated = negated;
	principals->partial = is_intrinsic(node);
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
		complain_of_type(reader, block, block->key,
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
	else if (!is_intrinsic(node))
		complain_of_type(reader, node, node->key, "a string");
}

static void
read_effect(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	struct finding *finding;
	const char *right;

	statement->effect_node = node;
	if (is_intrinsic(node)) {
		reader->policy->usable = false;
		reader->policy->partial = true;
		return;
	}
	if (node->kind != NODE_STRING) {
		complain_of_type(reader, node, node->key, "a string");
		return;
	}
	right = node_is(node, "Allow") ? "Allow" :
	    node_is(node, "Deny") ? "Deny" : NULL;
	if (right != NULL && memcmp(node->text, right, node->length) == 0) {
		statement->effect = node->text[0] == 'A' ? EFFECT_ALLOW :
		    EFFECT_DENY;
		return;
	}
	finding = complain(reader, READER_INVALID_EFFECT, node->span,
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
		complain_of_type(reader, node, node->key,
		    "an object of operators");
		return;
	}
	for (const struct node *block = node->first; block != NULL;
	    block = block->next)
		read_condition_block(reader, block, &found);
	statement->conditions = found.list.items;
	statement->condition_count = found.list.count;
}

typedef void read_member(struct reader *, struct statement *,
    const struct node *);

struct member {
	const char	*name;
	read_member	*read;
};

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

/* In ASCII letters of any case; most pairs differ in the first one. */
static bool
names_equal(const char *a, const char *b)
{
	return ((a[0] ^ b[0]) & ~0x20) == 0 && strcasecmp(a, b) == 0;
}

static bool
is_duplicate(const struct node *member)
{
	return node_find(member->parent, member->key) != member;
}

/* Plural or singular, or a prefix: "Actions", "Conditions", "Statements". */
static bool
is_near(const char *word, const char *name)
{
	size_t length = strlen(name);

	return strncasecmp(word, name, length) == 0 &&
	    strlen(word) <= length + 2;
}

static void
complain_of_element(struct reader *reader, const struct node *node,
    const struct member *members, const char *where)
{
	struct finding *finding = complain(reader,
	    READER_INVALID_POLICY_ELEMENT, node->key_span,
	    "`%s` is no element of a %s", node->key, where);

	for (; members->name != NULL; members++)
		if (is_near(node->key, members->name))
			report_help(reader->report, finding,
			    "did you mean `%s`?", members->name);
}

/*
 * The row of a member.  A spelling with other capitals is complained of and
 * then read as what it was meant to be.
 */
static const struct member *
find_member(struct reader *reader, const struct node *node,
    const struct member *members, const char *where)
{
	struct finding *finding;

	for (const struct member *row = members; row->name != NULL; row++) {
		if (!names_equal(row->name, node->key))
			continue;
		if (strcmp(row->name, node->key) != 0) {
			finding = complain(reader, READER_ELEMENT_CASE,
			    node->key_span, "`%s` is spelled `%s`; IAM takes "
			    "this for an unknown element", node->key,
			    row->name);
			report_help(reader->report, finding, "write `%s`",
			    row->name);
		}
		return row;
	}
	complain_of_element(reader, node, members, where);
	return NULL;
}

static void
read_members(struct reader *reader, struct statement *statement,
    const struct node *object, const struct member *members,
    const char *where)
{
	for (const struct node *node = object->first; node != NULL;
	    node = node->next) {
		const struct member *row = find_member(reader, node, members,
		    where);

		if (row != NULL && !is_duplicate(node))
			row->read(reader, statement, node);
	}
}

static void
read_statement(struct reader *reader, struct statement *statement,
    const struct node *node)
{
	statement->node = node;
	statement->effect = EFFECT_INVALID;
	read_members(reader, statement, node, statement_members, "statement");
	if (statement->effect_node == NULL)
		complain(reader, READER_MISSING_EFFECT, node_opening(node),
		    "the statement has no `Effect`");
	if (statement->action.node == NULL)
		complain(reader, READER_MISSING_ACTION, node_opening(node),
		    "the statement has neither `Action` nor `NotAction`");
}

/*
 * Whether it is restricted, and to what, is known when the template is
 * deployed: without that, what it allows cannot be judged either.
 */
static bool
has_open_condition(const struct node *statement)
{
	const struct node *condition = statement->kind != NODE_OBJECT ? NULL :
	    node_find(statement, "Condition");
	bool open = condition != NULL && is_intrinsic(condition);

	if (condition == NULL || condition->kind != NODE_OBJECT)
		return false;
	for (const struct node *block = condition->first; block != NULL;
	    block = block->next)
		open |= is_intrinsic(block);
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
		complain(reader, READER_MISSING_STATEMENT, node->span,
		    "`Statement` is empty; the policy says nothing");
	statements = arena_array(reader->arena, total, sizeof(*statements));
	for (size_t i = 0; i < total; i++, first = first->next) {
		struct statement *statement = &statements[policy->count];

		if (is_intrinsic(first) || has_open_condition(first))
			policy->usable = false;
		else if (first->kind != NODE_OBJECT) {
			complain_of_type(reader, first, "Statement",
			    "objects");
		} else {
			statement->index = policy->count++;
			read_statement(reader, statement, first);
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
	if (is_intrinsic(node)) {
		reader->policy->usable = false;
		reader->policy->version = VERSION_2012;
	} else if (node->kind != NODE_STRING) {
		complain_of_type(reader, node, node->key, "a string");
	} else if (node_is(node, "2012-10-17")) {
		reader->policy->version = VERSION_2012;
	} else if (!node_is(node, "2008-10-17")) {
		struct finding *finding = complain(reader,
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
	if (node->kind != NODE_STRING && !is_intrinsic(node))
		complain_of_type(reader, node, node->key, "a string");
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

/* An object that would do as a statement, but stands where a policy should. */
static bool
is_bare_statement(const struct node *object)
{
	return node_find(object, "Effect") != NULL &&
	    (node_find(object, "Action") != NULL ||
	    node_find(object, "NotAction") != NULL);
}

const struct policy *
reader_read_policy(struct arena *arena, const struct text *text,
    const struct node *node, struct report *report)
{
	struct policy *policy = arena_alloc(arena, sizeof(*policy));
	struct reader reader = { arena, report, policy };

	policy->text = text;
	policy->node = node;
	policy->usable = text->usable;
	if (node->kind != NODE_OBJECT) {
		complain(&reader, READER_DATA_TYPE_MISMATCH, node->span,
		    "a policy is an object, not %s", kind_name(node));
	} else if (is_bare_statement(node)) {
		complain(&reader, READER_MISSING_STATEMENT, node_opening(node),
		    "this is a statement, not a policy; put it into "
		    "{\"Version\": \"2012-10-17\", \"Statement\": [...]}");
		policy->usable = false;
		read_statements(&reader, node);
	} else {
		read_members(&reader, NULL, node, policy_members, "policy");
		if (policy->statement_node == NULL)
			complain(&reader, READER_MISSING_STATEMENT,
			    node_opening(node),
			    "the policy has no `Statement`");
	}
	return policy;
}

/* In another case the name is also a word of other documents. */
static bool
is_named_statement(const struct node *member)
{
	if (strcmp(member->key, "Statement") == 0)
		return true;
	return strcasecmp(member->key, "Statement") == 0 &&
	    (member->kind == NODE_ARRAY || is_bare_statement(member));
}

bool
reader_recognises(const struct node *node)
{
	const struct node *version = node_find(node, "Version");

	for (const struct node *member = node->first; member != NULL;
	    member = member->next)
		if (is_named_statement(member))
			return true;
	return is_bare_statement(node) || (version != NULL &&
	    (node_is(version, "2012-10-17") || node_is(version,
	    "2008-10-17")));
}
