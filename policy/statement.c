/* SPDX-License-Identifier: MIT */
/* Small questions about the tree.  What a policy means is not known here. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/catalog.h"
#include "policy/statement.h"
#include "policy/value.h"
#include "policy/variable.h"

bool
principal_is_everyone(const struct principal *principal)
{
	return principal->kind == PRINCIPAL_EVERYONE ||
	    (principal->kind == PRINCIPAL_AWS && principal->node->length == 1 &&
	    principal->node->text[0] == '*');
}

/* Most keys that people write have a slash, so the list is seldom read. */
bool
condition_is_among(const struct condition *condition, const char *keys)
{
	const struct node *node = condition->node;

	return memchr(node->key, '/', node->key_length) == NULL &&
	    word_is_among(node->key, node->key_length, keys);
}

const struct condition *
statement_condition(const struct statement *statement, const char *key)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_is_on(&statement->conditions[i], key))
			return &statement->conditions[i];
	return NULL;
}

bool
condition_is_known(const struct condition *condition)
{
	return condition->use.operator != OPERATOR_COUNT;
}

const struct operator_facts *
condition_facts(const struct condition *condition)
{
	return operator_facts(condition->use.operator);
}

bool
condition_has(const struct condition *condition, const char *text)
{
	for (size_t i = 0; i < condition->count; i++)
		if (node_is(condition->values[i], text))
			return true;
	return false;
}

bool
condition_has_only(const struct condition *condition, const char *text)
{
	for (size_t i = 0; i < condition->count; i++)
		if (!node_is(condition->values[i], text))
			return false;
	return condition->count > 0 && !condition->partial;
}

bool
node_is(const struct node *node, const char *text)
{
	/* nearly always a no at the first byte */
	if (node->text == NULL || node->length == 0 ||
	    ((node->text[0] ^ text[0]) & ~0x20) != 0)
		return node->text != NULL && node->length == 0 && *text == '\0';
	return node->length == strlen(text) &&
	    strncasecmp(node->text, text, node->length) == 0;
}

bool
node_has_key_of(const struct node *a, const struct node *b)
{
	return a->key_length == b->key_length &&
	    name_compare(a->key, a->key_length, b->key, b->key_length) == 0;
}

bool
node_has_placeholder(const struct node *node)
{
	return node->text != NULL &&
	    placeholder_occurs(node->text, node->length);
}
