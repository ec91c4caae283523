/* SPDX-License-Identifier: MIT */
/* GRAM, and the table of section 1.3. */
#include "config.h"

#include "testcases/reference_arn.h"
#include "testcases/reference_document.h"

static bool
keys_equal(const struct node *a, const struct node *b, bool folded)
{
	struct reference_string one = reference_string_key(a);
	struct reference_string other = reference_string_key(b);

	return folded ? reference_strings_equal_folded(one, other) :
	    reference_strings_equal(one, other);
}

/* GRAM-3 at every level; GRAM-4 and GRAM-5 within a Condition, where names
 * that differ in case only are the same name (`folded'). */
static bool
has_duplicates(const struct node *node, bool folded)
{
	const struct node *a, *b;

	for (a = node->first; a != NULL; a = a->next) {
		for (b = a->next; a->key != NULL && b != NULL; b = b->next)
			if (keys_equal(a, b, folded))
				return true;
		if (has_duplicates(a, folded || (a->key != NULL &&
		    reference_string_is(reference_string_key(a),
		    "Condition"))))
			return true;
	}
	return false;
}

static bool
is_among(struct reference_string name, const char *const names[])
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (reference_string_is(name, names[i]))
			return true;
	return false;
}

/* GRAM-7, GRAM-13. */
static bool
has_unknown_element(const struct node *object, const char *const names[])
{
	const struct node *member;

	for (member = object->first; member != NULL; member = member->next)
		if (!is_among(reference_string_key(member), names))
			return true;
	return false;
}

/* GRAM-9: a string or a list of strings, or not there. */
static bool
is_strings(const struct node *node)
{
	const struct node *item;

	if (node == NULL || node->kind == NODE_STRING)
		return true;
	if (node->kind != NODE_ARRAY)
		return false;
	for (item = node->first; item != NULL; item = item->next)
		if (item->kind != NODE_STRING)
			return false;
	return true;
}

/* GRAM-10; a bare string has the form, whatever it says. */
static bool
is_principal(const struct node *node)
{
	static const char *const sorts[] = { "AWS", "Federated", "Service",
	    "CanonicalUser", NULL };
	const struct node *member;

	if (node == NULL || node->kind == NODE_STRING)
		return true;
	if (node->kind != NODE_OBJECT || has_unknown_element(node, sorts))
		return false;
	for (member = node->first; member != NULL; member = member->next)
		if (!is_strings(member))
			return false;
	return true;
}

static bool
is_scalar(const struct node *node)
{
	return node->kind == NODE_STRING || node->kind == NODE_NUMBER ||
	    node->kind == NODE_BOOLEAN;
}

static bool
is_values(const struct node *node)
{
	const struct node *item;

	if (node->kind != NODE_ARRAY)
		return is_scalar(node);
	for (item = node->first; item != NULL; item = item->next)
		if (!is_scalar(item))
			return false;
	return true;
}

/* GRAM-11 */
static bool
is_condition(const struct node *node)
{
	const struct node *operator, *key;

	if (node == NULL)
		return true;
	if (node->kind != NODE_OBJECT)
		return false;
	for (operator = node->first; operator != NULL;
	    operator = operator->next) {
		if (operator->kind != NODE_OBJECT)
			return false;
		for (key = operator->first; key != NULL; key = key->next)
			if (!is_values(key))
				return false;
	}
	return true;
}

static bool
is_word(const struct node *node, const char *first, const char *second)
{
	struct reference_string text = reference_string_get(node);

	return node != NULL && node->kind == NODE_STRING &&
	    (reference_string_is(text, first) ||
	    reference_string_is(text, second));
}

/* GRAM-12: which of the two would count is open. */
static bool
has_both(const struct node *statement, const char *name, const char *not_name)
{
	return node_find(statement, name) != NULL &&
	    node_find(statement, not_name) != NULL;
}

static bool
is_string(const struct node *node)
{
	return node == NULL || node->kind == NODE_STRING;
}

static bool
statement_is_usable(const struct node *statement)
{
	static const char *const elements[] = { "Sid", "Effect", "Principal",
	    "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
	    "Condition", NULL };

	return statement->kind == NODE_OBJECT &&
	    !has_unknown_element(statement, elements) &&
	    !has_both(statement, "Principal", "NotPrincipal") &&
	    !has_both(statement, "Action", "NotAction") &&
	    !has_both(statement, "Resource", "NotResource") &&
	    is_string(node_find(statement, "Sid")) &&
	    is_word(node_find(statement, "Effect"), "Allow", "Deny") &&
	    is_principal(node_find(statement, "Principal")) &&
	    is_principal(node_find(statement, "NotPrincipal")) &&
	    is_strings(node_find(statement, "Action")) &&
	    is_strings(node_find(statement, "NotAction")) &&
	    is_strings(node_find(statement, "Resource")) &&
	    is_strings(node_find(statement, "NotResource")) &&
	    is_condition(node_find(statement, "Condition"));
}

static bool
has_either(const struct node *statement, const char *name,
    const char *not_name)
{
	return node_find(statement, name) != NULL ||
	    node_find(statement, not_name) != NULL;
}

/* The text with nothing between the braces of its variables, where colons
 * may stand that part no components (COND-24). */
static struct reference_string
empty_variables(struct arena *arena, struct reference_string text)
{
	char *copy = arena_alloc(arena, text.length + 1);
	bool inside = false;
	size_t length = 0;

	for (size_t i = 0; i < text.length; i++) {
		inside = (inside && text.bytes[i] != '}') ||
		    (i > 0 && text.bytes[i - 1] == '$' &&
		    text.bytes[i] == '{');
		if (!inside)
			copy[length++] = text.bytes[i];
	}
	return (struct reference_string){ copy, length };
}

static bool
is_whole_arn(struct arena *arena, const struct node *entry, bool variables)
{
	struct reference_string components[REFERENCE_ARN_COMPONENTS];
	struct reference_string text = reference_string_get(entry);

	if (text.length == 0 || reference_string_is(text, "*"))
		return true;
	return reference_arn_split(variables ? empty_variables(arena, text) :
	    text, components);
}

static bool
has_whole_arns(struct arena *arena, const struct node *entries,
    bool variables)
{
	const struct node *item;

	if (entries == NULL || entries->kind == NODE_STRING)
		return entries == NULL ||
		    is_whole_arn(arena, entries, variables);
	for (item = entries->first; item != NULL; item = item->next)
		if (!is_whole_arn(arena, item, variables))
			return false;
	return true;
}

bool
reference_layer_has_principals(enum reference_layer layer)
{
	return layer == REFERENCE_RESOURCE || layer == REFERENCE_TRUST ||
	    layer == REFERENCE_ENDPOINT || layer == REFERENCE_RCP;
}

/*
 * What the table of section 1.3 demands of the layer.  A missing Principal
 * of the other layers leaves a statement without effect (GRAM-22), and a
 * Resource of a trust policy is not looked at.
 */
static bool
statement_fits(const struct node *statement, enum reference_layer layer)
{
	bool named = has_either(statement, "Principal", "NotPrincipal");
	bool located = has_either(statement, "Resource", "NotResource");

	if (named && !reference_layer_has_principals(layer))
		return false;			/* GRAM-21, GRAM-27 */
	if (!named && layer == REFERENCE_RCP)
		return false;			/* GRAM-28 */
	if (!located && layer != REFERENCE_RESOURCE &&
	    layer != REFERENCE_TRUST)
		return false;
	return true;
}

/* GRAM-8; without any statement a document is an error, but not one that
 * leaves its meaning open. */
static bool
statements_are_usable(const struct node *statements,
    enum reference_layer layer)
{
	const struct node *item;

	if (statements == NULL)
		return true;
	if (statements->kind != NODE_ARRAY)
		return statement_is_usable(statements) &&
		    statement_fits(statements, layer);
	for (item = statements->first; item != NULL; item = item->next)
		if (!statement_is_usable(item) || !statement_fits(item, layer))
			return false;
	return true;
}

/* RES-5: a session policy with an incomplete ARN cannot have been passed.
 * The document is one that can be used otherwise. */
static bool
session_is_usable(struct arena *arena, const struct node *document)
{
	const struct node *statements = node_find(document, "Statement");
	const struct node *item = statements == NULL ||
	    statements->kind == NODE_OBJECT ? statements : statements->first;
	bool variables = is_word(node_find(document, "Version"),
	    "2012-10-17", "2012-10-17");

	for (; item != NULL; item = item == statements ? NULL : item->next)
		if (!has_whole_arns(arena, node_find(item, "Resource"),
		    variables) || !has_whole_arns(arena,
		    node_find(item, "NotResource"), variables))
			return false;
	return true;
}

static bool
document_is_usable(const struct node *document, enum reference_layer layer)
{
	static const char *const elements[] = { "Version", "Id", "Statement",
	    NULL };
	const struct node *version;

	if (document->kind != NODE_OBJECT ||
	    has_duplicates(document, false) ||
	    has_unknown_element(document, elements) ||
	    !is_string(node_find(document, "Id")))
		return false;
	version = node_find(document, "Version");
	if (version != NULL && !is_word(version, "2012-10-17", "2008-10-17"))
		return false;			/* GRAM-15 */
	return statements_are_usable(node_find(document, "Statement"), layer);
}

bool
reference_document_is_usable(struct arena *arena, const struct node *document,
    enum reference_layer layer)
{
	return document_is_usable(document, layer) &&
	    (layer != REFERENCE_SESSION || session_is_usable(arena, document));
}
