/* SPDX-License-Identifier: MIT */
/*
 * A wildcard of many characters becomes a word of its own, one of a single
 * character a letter.  Two patterns are walked at once, each pair of places
 * once.
 */
#include "config.h"

#include <string.h>

#include "simulator/invention.h"

struct word
invention_of(struct arena *arena, const struct pattern *pattern)
{
	const char *text = "";

	for (size_t i = 0; i < pattern->length; i++) {
		unsigned char c = (unsigned char)pattern->symbols[i];

		text = c == PATTERN_ANY || c == PATTERN_ANY_FIELD ?
		    arena_printf(arena, "%sUnannounced", text) :
		    c == PATTERN_ONE || c == PATTERN_ONE_FIELD ?
		    arena_printf(arena, "%sU", text) :
		    arena_printf(arena, "%s%c", text, c);
	}
	if (strchr(text, ':') == NULL)
		text = "unannounced:Unannounced";
	return word_from(text, strlen(text));
}

struct crossing {
	const struct pattern	*one, *other;
	bool			*seen;		/* by both places and `filled' */
	char			*text;
	size_t			 length;
};

static bool	 cross(struct crossing *, size_t, size_t, bool filled);

/* The end reads as no symbol. */
static int
symbol_at(const struct pattern *pattern, size_t at)
{
	return at == pattern->length ? -1 :
	    (unsigned char)pattern->symbols[at];
}

static bool
takes_many(int symbol)
{
	return symbol == PATTERN_ANY || symbol == PATTERN_ANY_FIELD;
}

static bool
takes_one(int symbol)
{
	return symbol == PATTERN_ONE || symbol == PATTERN_ONE_FIELD;
}

/* On behind some more text. */
static bool
cross_behind(struct crossing *crossing, const char *text, size_t length,
    size_t i, size_t j, bool filled)
{
	memcpy(crossing->text + crossing->length, text, length);
	crossing->length += length;
	if (cross(crossing, i, j, filled))
		return true;
	crossing->length -= length;
	return false;
}

/* Both read one character, which a wildcard of many goes on from. */
static bool
cross_character(struct crossing *crossing, size_t i, size_t j, bool filled)
{
	int a = symbol_at(crossing->one, i), b = symbol_at(crossing->other, j);
	bool many_a = takes_many(a), many_b = takes_many(b);
	int symbol = many_a || takes_one(a) ? b : a;
	char c = takes_one(symbol) ? 'U' : (char)symbol;

	if (a < 0 || b < 0 || (many_a && many_b) || (a != b && !many_a &&
	    !many_b && !takes_one(a) && !takes_one(b)))
		return false;
	return cross_behind(crossing, &c, 1, many_a ? i : i + 1, many_b ? j :
	    j + 1, filled);
}

/* Bounded by INVENTION_LENGTH_MAX: each step goes on in one of the patterns. */
static bool
cross(struct crossing *crossing, size_t i, size_t j, bool filled)
{
	static const char filling[] = "Unannounced";
	bool *seen = &crossing->seen[(i * (crossing->other->length + 1) + j) *
	    2 + filled];
	bool many_a = takes_many(symbol_at(crossing->one, i));
	bool many_b = takes_many(symbol_at(crossing->other, j));

	if (i == crossing->one->length && j == crossing->other->length)
		return filled;
	if (*seen)
		return false;
	*seen = true;
	return (many_a && many_b && !filled && cross_behind(crossing, filling,
	    sizeof(filling) - 1, i, j, true)) ||
	    (many_a && cross(crossing, i + 1, j, filled)) ||
	    (many_b && cross(crossing, i, j + 1, filled)) ||
	    cross_character(crossing, i, j, filled);
}

struct word
invention_across(struct arena *arena, const struct pattern *one,
    const struct pattern *other)
{
	size_t places = (one->length + 1) * (other->length + 1) * 2;
	struct crossing crossing = { .one = one, .other = other };

	if (!pattern_overlaps(one, other))
		return (struct word){ NULL, 0 };
	crossing.text = arena_array(arena, one->length + other->length + 16, 1);
	for (unsigned filled = 0; filled < 2; filled++) {
		crossing.seen = arena_array(arena, places,
		    sizeof(*crossing.seen));
		crossing.length = 0;
		if (cross(&crossing, 0, 0, filled != 0) &&
		    pattern_match(one, crossing.text, crossing.length) &&
		    pattern_match(other, crossing.text, crossing.length))
			return word_from(crossing.text, crossing.length);
	}
	return (struct word){ NULL, 0 };
}
