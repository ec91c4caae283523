/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "policy/character.h"
#include "policy/node.h"

const struct node *
node_find(const struct node *object, const char *key)
{
	size_t length = strlen(key);
	const struct node *member;

	if (object == NULL || object->kind != NODE_OBJECT)
		return NULL;
	for (member = object->first; member != NULL; member = member->next)
		if (member->key_length == length &&
		    memcmp(member->key, key, length) == 0)
			break;
	return member;
}

struct span
node_opening(const struct node *object)
{
	return (struct span){ object->span.start, object->span.start + 1 };
}

bool
node_is_twin_of(const struct node *a, const struct node *b)
{
	return a->key_length == b->key_length &&
	    memcmp(a->key, b->key, a->key_length) == 0;
}

/* How far into the raw bytes the character at a decoded offset begins, or,
 * for `ends', the one before that offset ends. */
static size_t
raw_offset(const char *raw, size_t offset, bool ends)
{
	size_t at = 0, decoded = 0;

	while (decoded < offset) {
		struct character character = character_read(raw + at);

		if (!ends && decoded + character.length > offset)
			break;
		decoded += character.length;
		at += character.raw;
	}
	return at;
}

struct span
node_span_within(const struct source *source, const struct node *string,
    size_t start, size_t length)
{
	bool quoted = string->kind == NODE_STRING;
	size_t base = string->span.start + quoted;
	size_t raw_length = string->span.end - base - quoted;
	const char *raw = source->bytes + base;
	size_t end;

	if (start > string->length)
		start = string->length;
	if (length > string->length - start)
		length = string->length - start;
	end = start + length;
	/* Every escape is longer than what it stands for. */
	if (raw_length == string->length)
		return (struct span){ base + start, base + end };
	start = raw_offset(raw, start, false);
	end = length == 0 ? start : raw_offset(raw, end, true);
	return (struct span){ base + start, base + end };
}

const size_t *
node_origins(struct arena *arena, const struct source *source,
    const struct node *string)
{
	size_t *origins = arena_array(arena, string->length + 1,
	    sizeof(*origins));
	size_t at = string->span.start + 1, decoded = 0;

	while (decoded < string->length) {
		struct character character = character_read(source->bytes + at);

		for (size_t i = 0; i < character.length &&
		    decoded < string->length; i++)
			origins[decoded++] = at;
		at += character.raw;
	}
	origins[decoded] = at;
	return origins;
}
