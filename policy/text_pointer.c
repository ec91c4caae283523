/* SPDX-License-Identifier: MIT */
/* JSON pointers (RFC 6901) into a document, written and followed. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "policy/text.h"

/* Where a node begins, its key included. */
static size_t
node_start(const struct node *node)
{
	return node->key_span.end > node->key_span.start ?
	    node->key_span.start : node->span.start;
}

/* The last node that begins at or before the span and ends behind it. */
static const struct node *
node_around(const struct text *text, struct span span)
{
	size_t low = 0, high = text->count;
	const struct node *node;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (node_start(&text->root[middle]) <= span.start)
			low = middle;
		else
			high = middle;
	}
	node = &text->root[low];
	while (node->parent != NULL && node->span.end < span.end)
		node = node->parent;
	return node;
}

static char *
add_escaped(char *end, const struct node *member)
{
	for (size_t i = 0; i < member->key_length; i++) {
		char byte = member->key[i];

		if (byte == '~' || byte == '/')
			*end++ = '~';
		*end++ = byte == '~' ? '0' : byte == '/' ? '1' : byte;
	}
	return end;
}

const char *
text_pointer(const struct text *text, struct arena *arena, struct span span)
{
	enum { INDEX_LENGTH = 21 };	/* 2^64 has 20 digits */
	const struct node *path[TEXT_DEPTH_MAX + 1];
	size_t depth = 0, length = 0;
	char *pointer, *end;

	if (text->root == NULL)
		return "";
	for (const struct node *i = node_around(text, span); i->parent != NULL;
	    i = i->parent) {
		path[depth++] = i;
		length += 1 + (i->key == NULL ? INDEX_LENGTH :
		    2 * i->key_length);
	}
	end = pointer = arena_alloc(arena, length + 1);
	while (depth-- > 0) {
		*end++ = '/';
		if (path[depth]->key != NULL)
			end = add_escaped(end, path[depth]);
		else
			end += sprintf(end, "%zu", path[depth]->index);
	}
	return pointer;
}

/* A key is the one that a pointer's token, up to its slash, names. */
static bool
is_named(const struct node *member, const char *token)
{
	for (size_t i = 0; i < member->key_length; i++) {
		char byte = member->key[i];

		if (byte == '~' || byte == '/') {
			if (*token++ != '~')
				return false;
			byte = byte == '~' ? '0' : '1';
		}
		if (byte == '\0' || *token++ != byte)
			return false;
	}
	return *token == '\0' || *token == '/';
}

/* So is an index: in decimal, without leading zeros. */
static bool
is_numbered(const struct node *element, const char *token)
{
	char digits[24];
	size_t length = (size_t)sprintf(digits, "%zu", element->index);

	return strncmp(digits, token, length) == 0 &&
	    (token[length] == '\0' || token[length] == '/');
}

const struct node *
text_find(const struct text *text, const char *pointer)
{
	const struct node *node = text->root;

	while (node != NULL && *pointer == '/') {
		pointer++;
		node = node->first;
		while (node != NULL && !(node->key != NULL ?
		    is_named(node, pointer) : is_numbered(node, pointer)))
			node = node->next;
		pointer += strcspn(pointer, "/");
	}
	return *pointer == '\0' ? node : NULL;
}
