/* SPDX-License-Identifier: MIT */
/* What is a policy, and what only has words in common with one. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/reader_sign.h"
#include "policy/statement.h"

bool
reader_is_intrinsic(const struct node *node)
{
	return node->kind == NODE_OBJECT && node->count == 1 &&
	    (strcmp(node->first->key, "Ref") == 0 ||
	    strncmp(node->first->key, "Fn::", 4) == 0);
}

static bool
is_named(const struct node *member, const char *name)
{
	return strcasecmp(member->key, name) == 0;
}

bool
reader_is_bare(const struct node *object)
{
	return node_find(object, "Effect") != NULL &&
	    (node_find(object, "Action") != NULL ||
	    node_find(object, "NotAction") != NULL);
}

/* In another case the name is also a word of other documents. */
static bool
is_named_statement(const struct node *member)
{
	if (strcmp(member->key, "Statement") == 0)
		return true;
	return is_named(member, "Statement") &&
	    (member->kind == NODE_ARRAY || reader_is_bare(member));
}

static bool
is_version(const struct node *node)
{
	return node_is(node, "2012-10-17") || node_is(node, "2008-10-17");
}

static bool
has_version(const struct node *object)
{
	const struct node *version = node_find(object, "Version");

	return version != NULL && is_version(version);
}

bool
reader_recognises(const struct node *node)
{
	for (const struct node *member = node->first; member != NULL;
	    member = member->next)
		if (is_named_statement(member))
			return true;
	return reader_is_bare(node) || has_version(node);
}

/* What an element takes.  A schema of policies has objects instead. */
static bool
is_list(const struct node *value)
{
	return value->kind == NODE_STRING || value->kind == NODE_ARRAY ||
	    reader_is_intrinsic(value);
}

/*
 * Terraform's own blocks have a word of theirs for every element but `effect',
 * so in another case that is no sign.
 */
static bool
is_sign(const struct node *member, bool exact)
{
	if (is_named(member, "Principal") || is_named(member, "NotPrincipal"))
		return is_list(member) || member->kind == NODE_OBJECT;
	return is_list(member) && (is_named(member, "Action") ||
	    is_named(member, "NotAction") || is_named(member, "Resource") ||
	    is_named(member, "NotResource") ||
	    (is_named(member, "Effect") &&
	    (exact || strcmp(member->key, "Effect") == 0)));
}

/* Some statement has a sign, also one that is an argument of a function. */
static bool
has_sign(const struct node *statements, bool exact)
{
	bool open = statements->kind == NODE_ARRAY ||
	    reader_is_intrinsic(statements);
	bool found = false;

	for (const struct node *child = statements->first; child != NULL &&
	    !found; child = child->next)
		found = open ? has_sign(child, exact) :
		    is_sign(child, exact);
	return found;
}

/* Statements, also as JSON in a string, which AWS refuses. */
static bool
holds_statements(const struct node *value)
{
	const char *text = value->kind == NODE_STRING ? value->text : "";

	text += strspn(text, " \t\r\n");
	return value->kind == NODE_ARRAY || value->kind == NODE_OBJECT ||
	    *text == '[' || *text == '{';
}

/* It has statements or a version, and nothing that a policy does not have. */
static bool
has_elements_only(const struct node *object)
{
	bool fits = true, found = false;

	for (const struct node *member = object->first; member != NULL;
	    member = member->next) {
		bool version = is_named(member, "Version");

		fits &= version || is_named(member, "Statement") ||
		    is_named(member, "Id");
		found |= version ? is_version(member) :
		    strcmp(member->key, "Statement") == 0 &&
		    holds_statements(member);
	}
	return fits && found;
}

bool
reader_is_policy(const struct node *object, bool expected)
{
	if (has_version(object) || (expected && has_elements_only(object)))
		return true;
	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		if (is_named(member, "Statement") && has_sign(member,
		    strcmp(member->key, "Statement") == 0))
			return true;
	return false;
}

bool
reader_is_statement(const struct node *object)
{
	return reader_is_bare(object) &&
	    is_list(node_find(object, "Effect"));
}
