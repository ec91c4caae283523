/* SPDX-License-Identifier: MIT */
/*
 * Members of objects by their names, and complaints of them.  Which names
 * there are is not known here.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/reader_member.h"

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

struct finding *
reader_complain(struct reader *reader, enum reader_complaint complaint,
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

const char *
reader_kind_name(const struct node *node)
{
	static const char *const names[] = {
		[NODE_NULL] = "null", [NODE_BOOLEAN] = "a boolean",
		[NODE_NUMBER] = "a number", [NODE_STRING] = "a string",
		[NODE_ARRAY] = "an array", [NODE_OBJECT] = "an object",
	};

	return names[node->kind];
}

void
reader_complain_of_type(struct reader *reader, const struct node *node,
    const char *element, const char *takes)
{
	reader_complain(reader, READER_DATA_TYPE_MISMATCH, node->span,
	    "`%s` takes %s, not %s", element, takes, reader_kind_name(node));
}

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
	struct finding *finding = reader_complain(reader,
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
			finding = reader_complain(reader, READER_ELEMENT_CASE,
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

void
reader_read_members(struct reader *reader, struct statement *statement,
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
