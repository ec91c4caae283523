/* SPDX-License-Identifier: MIT */
/* Questions about two patterns, which are walked at once. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "policy/character.h"
#include "policy/pattern.h"

enum {
	SET_WORDS = 4,			/* of 64 positions: cover search */
	COVER_LENGTH_MAX = 64 * SET_WORDS - 1,
	COVER_STATES_MAX = 160,
	OVERLAP_LENGTH_MAX = 8192
};

/* A place is a byte offset at the start of a unit; a letter is a code point,
 * spelled in bytes. */
struct letter {
	const char	*bytes;		/* NULL: one that no pattern mentions */
	size_t		 length;
};

static struct letter
letter_at(const struct pattern *pattern, size_t at)
{
	const char *bytes = pattern->symbols + at;

	return (struct letter){ bytes, symbol_unit(bytes, pattern->length -
	    at) };
}

static bool
same_letter(struct letter a, struct letter b, bool folded)
{
	if (a.length != b.length || a.bytes == NULL || b.bytes == NULL)
		return false;
	if (folded && a.length == 1)
		return character_equals(a.bytes[0], b.bytes[0]);
	return memcmp(a.bytes, b.bytes, a.length) == 0;
}

static bool
is_colon(struct letter letter)
{
	return letter.bytes != NULL && letter.bytes[0] == ':';
}

/* The symbol at `at' can read this letter. */
static bool
reads(const struct pattern *pattern, size_t at, struct letter letter)
{
	unsigned char symbol = (unsigned char)pattern->symbols[at];

	if (!symbol_is_wild(symbol))
		return same_letter(letter_at(pattern, at), letter,
		    pattern->folded);
	return !(symbol_is_confined(symbol) && is_colon(letter));
}

/* Some letter can be read at both places. */
static bool
share_letter(const struct pattern *a, size_t i, const struct pattern *b,
    size_t j)
{
	unsigned char x = (unsigned char)a->symbols[i];
	unsigned char y = (unsigned char)b->symbols[j];

	if (symbol_is_wild(x) && symbol_is_wild(y))
		return true;
	if (symbol_is_wild(x))
		return reads(a, i, letter_at(b, j));
	if (symbol_is_wild(y))
		return reads(b, j, letter_at(a, i));
	return same_letter(letter_at(a, i), letter_at(b, j),
	    a->folded || b->folded);
}

/* One row of the product of two patterns: places of b reachable at place i
 * of a.  `below' collects those reachable at the next place of a. */
static void
overlap_row(const struct pattern *a, size_t i, const struct pattern *b,
    bool *row, bool *below)
{
	bool more = i < a->length;
	bool run = more && symbol_is_run((unsigned char)a->symbols[i]);

	for (size_t j = 0; j <= b->length;) {
		bool b_more = j < b->length;
		bool b_run = b_more &&
		    symbol_is_run((unsigned char)b->symbols[j]);
		size_t next = b_more ? j + letter_at(b, j).length : j + 1;

		if (!row[j]) {
			j = next;
			continue;
		}
		if (run)
			below[j] = true;
		if (b_run)
			row[next] = true;
		if (more && b_more && share_letter(a, i, b, j)) {
			if (run)
				row[next] = true;
			else if (b_run)
				below[j] = true;
			else
				below[next] = true;
		}
		j = next;
	}
}

/* A quick no, which most pairs get: they begin otherwise. */
static bool
begin_alike(const struct pattern *a, const struct pattern *b)
{
	size_t one = pattern_literal_prefix(a);
	size_t other = pattern_literal_prefix(b);

	return a->folded != b->folded || memcmp(a->symbols, b->symbols,
	    one < other ? one : other) == 0;
}

bool
pattern_overlaps(const struct pattern *a, const struct pattern *b)
{
	bool rows[2][OVERLAP_LENGTH_MAX + 1];
	bool *row = rows[0], *below = rows[1];
	size_t i = 0;

	if (!b->wild && a->folded == b->folded)
		return pattern_match(a, b->symbols, b->length);
	if (!a->wild && a->folded == b->folded)
		return pattern_match(b, a->symbols, a->length);
	if (!begin_alike(a, b))
		return false;
	if (a->length > OVERLAP_LENGTH_MAX || b->length > OVERLAP_LENGTH_MAX)
		return true;
	memset(row, 0, b->length + 1);
	row[0] = true;
	for (;;) {
		bool *swap = row;

		memset(below, 0, b->length + 1);
		overlap_row(a, i, b, row, below);
		if (i == a->length)
			return row[b->length];
		i += letter_at(a, i).length;
		row = below;
		below = swap;
	}
}

/* A set of places of one pattern. */
struct places {
	uint64_t	 word[SET_WORDS];
};

static bool
places_hold(const struct places *set, size_t at)
{
	return set->word[at / 64] >> at % 64 & 1;
}

/* Adds a place and whatever is reached from it by reading nothing. */
static void
places_add(struct places *set, const struct pattern *pattern, size_t at)
{
	set->word[at / 64] |= UINT64_C(1) << at % 64;
	while (at < pattern->length &&
	    symbol_is_run((unsigned char)pattern->symbols[at])) {
		at++;
		set->word[at / 64] |= UINT64_C(1) << at % 64;
	}
}

static struct places
places_read(const struct places *from, const struct pattern *pattern,
    struct letter letter)
{
	struct places to = { { 0 } };

	for (size_t at = 0; at < pattern->length; at++) {
		if (!places_hold(from, at) || !reads(pattern, at, letter))
			continue;
		if (symbol_is_run((unsigned char)pattern->symbols[at]))
			places_add(&to, pattern, at);
		else
			places_add(&to, pattern,
			    at + letter_at(pattern, at).length);
	}
	return to;
}

/* A place of the inner pattern, and all places the outer one may be at. */
struct cover_state {
	size_t		 inner;
	struct places	 outer;
};

struct cover {
	const struct pattern	*outer, *inner;
	struct letter		 letters[COVER_LENGTH_MAX];	/* of the outer
								 * one, each once */
	size_t			 letter_count;
	size_t			 count;
	bool			 overflow;
	struct cover_state	 states[COVER_STATES_MAX];
};

static void
cover_visit(struct cover *cover, size_t inner, struct places outer)
{
	for (size_t i = 0; i < cover->count; i++)
		if (cover->states[i].inner == inner &&
		    memcmp(&cover->states[i].outer, &outer,
		    sizeof(outer)) == 0)
			return;
	if (cover->count == COVER_STATES_MAX) {
		cover->overflow = true;
		return;
	}
	cover->states[cover->count++] = (struct cover_state){ inner, outer };
}

/* Both read one letter, which the inner pattern can read at this place. */
static void
cover_read(struct cover *cover, struct cover_state state, struct letter letter)
{
	size_t next = state.inner;

	if (!symbol_is_run((unsigned char)cover->inner->symbols[state.inner]))
		next += letter_at(cover->inner, state.inner).length;
	cover_visit(cover, next, places_read(&state.outer, cover->outer,
	    letter));
}

/* Letters that the outer pattern names, a colon, and one that it does not:
 * all others behave as that one. */
static void
cover_read_all(struct cover *cover, struct cover_state state)
{
	bool confined = symbol_is_confined((unsigned char)
	    cover->inner->symbols[state.inner]);

	cover_read(cover, state, (struct letter){ NULL, 0 });
	if (!confined)
		cover_read(cover, state, (struct letter){ ":", 1 });
	for (size_t i = 0; i < cover->letter_count && !cover->overflow; i++)
		cover_read(cover, state, cover->letters[i]);
}

static void
cover_add_letter(struct cover *cover, struct letter letter)
{
	if (symbol_is_wild((unsigned char)letter.bytes[0]) || is_colon(letter))
		return;
	for (size_t i = 0; i < cover->letter_count; i++)
		if (same_letter(cover->letters[i], letter,
		    cover->outer->folded))
			return;
	cover->letters[cover->letter_count++] = letter;
}

static void
cover_list_letters(struct cover *cover)
{
	const struct pattern *outer = cover->outer;

	cover->letter_count = 0;
	for (size_t at = 0; at < outer->length;) {
		struct letter letter = letter_at(outer, at);

		cover_add_letter(cover, letter);
		at += letter.length;
	}
}

/* Walks every word of the inner pattern; false when the outer one is lost. */
static bool
cover_search(struct cover *cover)
{
	const struct pattern *inner = cover->inner;
	struct places start = { { 0 } };

	places_add(&start, cover->outer, 0);
	cover_visit(cover, 0, start);
	for (size_t i = 0; i < cover->count && !cover->overflow; i++) {
		struct cover_state state = cover->states[i];

		if (state.inner == inner->length) {
			if (!places_hold(&state.outer, cover->outer->length))
				return false;
			continue;
		}
		if (symbol_is_run((unsigned char)inner->symbols[state.inner]))
			cover_visit(cover, state.inner + 1, state.outer);
		if (symbol_is_wild((unsigned char)inner->symbols[state.inner]))
			cover_read_all(cover, state);
		else
			cover_read(cover, state,
			    letter_at(inner, state.inner));
	}
	return !cover->overflow;
}

bool
pattern_is_plain(const struct pattern *pattern)
{
	for (size_t i = 0; i < pattern->length; i++) {
		unsigned char symbol = (unsigned char)pattern->symbols[i];

		if (symbol_is_wild(symbol) && symbol != PATTERN_ANY)
			return false;
	}
	return true;
}

bool
pattern_covers(const struct pattern *outer, const struct pattern *inner)
{
	struct cover cover;

	if (inner->folded && !outer->folded && !pattern_is_any(outer))
		return false;
	if (outer->folded == inner->folded && outer->length == inner->length &&
	    memcmp(outer->symbols, inner->symbols, inner->length) == 0)
		return true;
	/*
	 * If the outer pattern only has free runs, it covers the inner one
	 * exactly when it matches the inner one with each wildcard replaced
	 * by a letter that occurs nowhere; a wildcard symbol is such a letter.
	 */
	if (!pattern_match(outer, inner->symbols, inner->length))
		return false;
	if (pattern_is_plain(outer) || !inner->wild)
		return true;
	/*
	 * What was matched is one text of many; the search tries the others.
	 * Each symbol of the inner pattern is at least one state of it.
	 */
	if (outer->length > COVER_LENGTH_MAX ||
	    inner->length >= COVER_STATES_MAX)
		return false;
	cover.outer = outer;
	cover.inner = inner;
	cover.count = 0;
	cover.overflow = false;
	cover_list_letters(&cover);
	return cover_search(&cover);
}
