/* SPDX-License-Identifier: MIT */
/* Slices of text, byte by byte. */
#include "config.h"

#include <string.h>

#include "testcases/reference_string.h"

struct reference_string
reference_string_new(const char *word)
{
	return (struct reference_string){ word, strlen(word) };
}

struct reference_string
reference_string_get(const struct node *node)
{
	if (node == NULL || node->text == NULL)
		return reference_string_new("");
	return (struct reference_string){ node->text, node->length };
}

struct reference_string
reference_string_key(const struct node *member)
{
	return (struct reference_string){ member->key, member->key_length };
}

static char
lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool
reference_strings_equal(struct reference_string a, struct reference_string b)
{
	return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

bool
reference_strings_equal_folded(struct reference_string a,
    struct reference_string b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (lower(a.bytes[i]) != lower(b.bytes[i]))
			return false;
	return true;
}

bool
reference_string_is(struct reference_string string, const char *word)
{
	return reference_strings_equal(string, reference_string_new(word));
}

bool
reference_string_is_folded(struct reference_string string, const char *word)
{
	return reference_strings_equal_folded(string,
	    reference_string_new(word));
}

bool
reference_string_begins(struct reference_string string, const char *word)
{
	return string.length >= strlen(word) && reference_string_is(
	    reference_string_first(string, strlen(word)), word);
}

bool
reference_string_begins_folded(struct reference_string string,
    const char *word)
{
	return string.length >= strlen(word) && reference_string_is_folded(
	    reference_string_first(string, strlen(word)), word);
}

bool
reference_string_ends_folded(struct reference_string string, const char *word)
{
	return string.length >= strlen(word) && reference_string_is_folded(
	    reference_string_rest(string, string.length - strlen(word)), word);
}

bool
reference_string_is_of(struct reference_string string, const char *bytes)
{
	for (size_t i = 0; i < string.length; i++)
		if (memchr(bytes, string.bytes[i], strlen(bytes)) == NULL)
			return false;
	return string.length > 0;
}

size_t
reference_string_find(struct reference_string string, char byte, size_t from)
{
	size_t i = from;

	while (i < string.length && string.bytes[i] != byte)
		i++;
	return i;
}

bool
reference_string_has(struct reference_string string, char byte)
{
	return reference_string_find(string, byte, 0) < string.length;
}

struct reference_string
reference_string_first(struct reference_string string, size_t count)
{
	return (struct reference_string){ string.bytes, count };
}

struct reference_string
reference_string_rest(struct reference_string string, size_t count)
{
	return (struct reference_string){ string.bytes + count,
	    string.length - count };
}

struct reference_string
reference_string_fold(struct arena *arena, struct reference_string string)
{
	char *copy = arena_copy(arena, string.bytes, string.length);

	for (size_t i = 0; i < string.length; i++)
		copy[i] = lower(copy[i]);
	return (struct reference_string){ copy, string.length };
}

/* How many bytes of UTF-8 begin with this one. */
static size_t
point_length(unsigned char first)
{
	return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

struct reference_points
reference_string_points(struct arena *arena, struct reference_string string)
{
	struct reference_points points = { NULL, 0, 0 };
	size_t i = 0;

	while (i < string.length) {
		unsigned char first = (unsigned char)string.bytes[i];
		size_t length = point_length(first);
		uint32_t point = length == 1 ? first :
		    first & (0x7fu >> length);

		for (i++; --length > 0 && i < string.length; i++)
			point = point << 6 |
			    ((unsigned char)string.bytes[i] & 0x3fu);
		*list_add(arena, &points) = point;
	}
	return points;
}
