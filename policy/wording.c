/* SPDX-License-Identifier: MIT */
/* Looks at bytes only. */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "policy/wording.h"

static bool
key_has(const struct node *node, char c, size_t length)
{
	return memchr(node->key, c, length) != NULL;
}

static bool
value_has(const struct node *node, char c)
{
	return memchr(node->text, c, node->length) != NULL;
}

size_t
wording_key_prefix(const struct node *node)
{
	const char *colon = memchr(node->key, ':', node->key_length);

	return colon == NULL ? node->key_length : (size_t)(colon - node->key);
}

bool
wording_key_has_form(const struct node *node)
{
	size_t prefix = wording_key_prefix(node);

	return prefix > 0 && prefix + 1 < node->key_length &&
	    !key_has(node, ' ', prefix);
}

bool
wording_key_is_global(const struct node *node)
{
	return wording_key_has_form(node) &&
	    name_compare(node->key, wording_key_prefix(node), "aws", 3) == 0;
}

bool
wording_key_is_claim(const struct node *node)
{
	size_t prefix = wording_key_prefix(node);

	return key_has(node, '.', prefix) || key_has(node, '/', prefix);
}

bool
wording_key_is_tag(const struct node *node)
{
	const char *slash = memchr(node->key, '/', node->key_length);

	return slash != NULL && slash - node->key > 3 &&
	    name_compare(slash - 3, 3, "tag", 3) == 0;
}

/* The key goes on like that, behind so many bytes. */
static bool
key_continues(const struct node *node, size_t from, const char *word)
{
	size_t length = strlen(word);

	return node->key_length >= from + length &&
	    name_compare(node->key + from, length, word, length) == 0;
}

enum tagging
wording_key_tagging(const struct node *node)
{
	if (key_continues(node, wording_key_prefix(node), ":ResourceTag/"))
		return TAGGING_RESOURCE;
	if (key_continues(node, 0, "aws:RequestTag/") ||
	    (key_continues(node, 0, "aws:TagKeys") &&
	    node->key_length == strlen("aws:TagKeys")))
		return TAGGING_REQUEST;
	return TAGGING_NONE;
}

bool
wording_key_is_open(const struct node *node)
{
	return key_has(node, '<', node->key_length) ||
	    key_has(node, '$', node->key_length);
}

const char *
wording_of_operator(struct arena *arena, const struct operator_use *use,
    const char *name)
{
	return arena_printf(arena, "%s%s%s",
	    quantifier_prefix(use->quantifier), name,
	    use->if_exists ? "IfExists" : "");
}

bool
wording_value_is_open(const struct node *node)
{
	return value_has(node, '<') || value_has(node, '{') ||
	    value_has(node, '[');
}

bool
wording_value_is_wild(const struct node *node)
{
	return value_has(node, '*') || value_has(node, '?');
}
