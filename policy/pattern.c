/* SPDX-License-Identifier: MIT */
/*
 * Matching is two-pointer: on a mismatch only the latest wildcard of each
 * sort is worth extending, because whatever an earlier one could reach, a
 * later one reaches too.  Questions about two patterns walk both at once.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "policy/pattern.h"

enum {
	SET_WORDS = 4,			/* of 64 positions: cover search */
	COVER_LENGTH_MAX = 64 * SET_WORDS - 1,
	COVER_STATES_MAX = 160,
	OVERLAP_LENGTH_MAX = 8192
};

static bool
is_wild(unsigned char symbol)
{
	return symbol >= PATTERN_ONE_FIELD;
}

static bool
is_run(unsigned char symbol)
{
	return symbol == PATTERN_ANY || symbol == PATTERN_ANY_FIELD;
}

static bool
is_confined(unsigned char symbol)
{
	return symbol == PATTERN_ANY_FIELD || symbol == PATTERN_ONE_FIELD;
}

static unsigned char
fold(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Bytes of the code point at the front; a stray byte counts as one. */
static size_t
unit(const char *text, size_t length)
{
	unsigned char lead = (unsigned char)text[0];
	size_t wanted = 1;

	if (lead < 0xc0 || is_wild(lead))
		return 1;
	wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	return wanted <= length ? wanted : length;
}

/*
 * Wildcards of one sort commute, and two runs are one: `*?*' becomes `?*'.
 * Confined and free ones do not commute with each other.
 */
static size_t
normalise_run(char *to, const char *from, size_t length, bool confined)
{
	size_t count = 0, read = 0;
	bool any = false;

	while (read < length && is_wild((unsigned char)from[read]) &&
	    is_confined((unsigned char)from[read]) == confined) {
		if (is_run((unsigned char)from[read]))
			any = true;
		else
			to[count++] = from[read];
		read++;
	}
	if (any)
		to[count++] = (char)(confined ? PATTERN_ANY_FIELD :
		    PATTERN_ANY);
	return count;
}

static size_t
run_length(const char *from, size_t length, bool confined)
{
	size_t read = 0;

	while (read < length && is_wild((unsigned char)from[read]) &&
	    is_confined((unsigned char)from[read]) == confined)
		read++;
	return read;
}

struct pattern
pattern_of_symbols(struct arena *arena, const char *symbols, size_t length)
{
	char *normal = arena_alloc(arena, length + 1);
	struct pattern pattern = { .symbols = normal };
	size_t at = 0;

	while (at < length) {
		unsigned char symbol = (unsigned char)symbols[at];
		char *to = normal + pattern.length;
		bool confined = is_confined(symbol);

		if (!is_wild(symbol)) {
			*to = (char)symbol;
			pattern.length++;
			at++;
			continue;
		}
		pattern.wild = true;
		pattern.length += normalise_run(to, symbols + at, length - at,
		    confined);
		at += run_length(symbols + at, length - at, confined);
	}
	return pattern;
}

static struct pattern
read_glob(struct arena *arena, const char *text, size_t length, bool folded)
{
	char *symbols = arena_copy(arena, text, length);
	struct pattern pattern;
	bool wild = false;

	for (size_t i = 0; i < length; i++) {
		wild |= symbols[i] == '*' || symbols[i] == '?';
		if (symbols[i] == '*')
			symbols[i] = (char)PATTERN_ANY;
		else if (symbols[i] == '?')
			symbols[i] = (char)PATTERN_ONE;
		else if (is_wild((unsigned char)symbols[i]))
			symbols[i] = (char)PATTERN_NONE;
		else if (folded)
			symbols[i] = (char)fold((unsigned char)symbols[i]);
	}
	if (wild)
		pattern = pattern_of_symbols(arena, symbols, length);
	else
		pattern = (struct pattern){ symbols, length, false, false };
	pattern.folded = folded;
	return pattern;
}

struct pattern
pattern_read(struct arena *arena, const char *text, size_t length)
{
	return read_glob(arena, text, length, false);
}

struct pattern
pattern_read_folded(struct arena *arena, const char *text, size_t length)
{
	return read_glob(arena, text, length, true);
}

/* Where matching goes on when a run has to take one code point more. */
struct retry {
	size_t	 symbol;		/* behind the run; 0: no run yet */
	size_t	 text;			/* first byte that the run leaves */
};

/* The symbol at `at' could read a code point that begins with this byte. */
static bool
may_read(const struct pattern *pattern, size_t at, char first)
{
	unsigned char symbol, c = (unsigned char)first;

	if (at == pattern->length)
		return false;
	symbol = (unsigned char)pattern->symbols[at];
	return is_wild(symbol) || symbol == (pattern->folded ? fold(c) : c);
}

/* Goes on to the next place where what follows the run has a chance. */
static bool
extend(const struct pattern *pattern, struct retry *retry, const char *text,
    size_t length, bool confined)
{
	size_t at = retry->text;

	if (retry->symbol == 0)
		return false;
	do {
		if (at >= length || (confined && text[at] == ':'))
			return false;
		at += unit(text + at, length - at);
	} while (at < length && !may_read(pattern, retry->symbol, text[at]));
	retry->text = at;
	return true;
}

/* How many bytes of the text a symbol that is no run takes; 0: none. */
static size_t
take(const struct pattern *pattern, unsigned char symbol, const char *text,
    size_t length)
{
	unsigned char c;

	if (length == 0)
		return 0;
	c = (unsigned char)text[0];
	if (symbol == PATTERN_ONE || (symbol == PATTERN_ONE_FIELD && c != ':'))
		return unit(text, length);
	if (pattern->folded)
		c = fold(c);
	return symbol == c ? 1 : 0;
}

static bool
match_literal(const struct pattern *pattern, const char *text, size_t length)
{
	if (pattern->length != length)
		return false;
	if (!pattern->folded)
		return memcmp(pattern->symbols, text, length) == 0;
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)pattern->symbols[i] !=
		    fold((unsigned char)text[i]))
			return false;
	return true;
}

/* The first `at' bytes of both are known to match. */
static bool
match_wild(const struct pattern *pattern, const char *text, size_t length,
    size_t at)
{
	struct retry any = { 0 }, field = { 0 };
	size_t s = at, t = at;

	for (;;) {
		unsigned char symbol = s < pattern->length ?
		    (unsigned char)pattern->symbols[s] : 0;
		size_t taken;

		if (s == pattern->length && t == length)
			return true;
		if (s < pattern->length && is_run(symbol)) {
			struct retry here = { ++s, t };

			if (symbol == PATTERN_ANY_FIELD) {
				field = here;
				continue;
			}
			if (s == pattern->length)
				return true;
			any = here;
			field.symbol = 0;
			continue;
		}
		taken = s == pattern->length ? 0 :
		    take(pattern, symbol, text + t, length - t);
		if (taken > 0) {
			s++;
			t += taken;
		} else if (extend(pattern, &field, text, length, true)) {
			s = field.symbol;
			t = field.text;
		} else if (extend(pattern, &any, text, length, false)) {
			field.symbol = 0;
			s = any.symbol;
			t = any.text;
		} else {
			return false;
		}
	}
}

bool
pattern_match(const struct pattern *pattern, const char *text, size_t length)
{
	size_t prefix;

	if (!pattern->wild)
		return match_literal(pattern, text, length);
	prefix = pattern_literal_prefix(pattern);
	if (prefix > length)
		return false;
	if (prefix > 0 && !pattern->folded &&
	    memcmp(pattern->symbols, text, prefix) != 0)
		return false;
	return match_wild(pattern, text, length, pattern->folded ? 0 :
	    prefix);
}

bool
pattern_is_any(const struct pattern *pattern)
{
	return pattern->length == 1 &&
	    (unsigned char)pattern->symbols[0] == PATTERN_ANY;
}

size_t
pattern_literal_prefix(const struct pattern *pattern)
{
	size_t prefix = 0;

	if (!pattern->wild)
		return pattern->length;
	while (!is_wild((unsigned char)pattern->symbols[prefix]))
		prefix++;
	return prefix;
}

/*
 * Two patterns at once.  A place is a byte offset at the start of a unit; a
 * letter is a code point, spelled in bytes.
 */
struct letter {
	const char	*bytes;		/* NULL: one that no pattern mentions */
	size_t		 length;
};

static struct letter
letter_at(const struct pattern *pattern, size_t at)
{
	const char *bytes = pattern->symbols + at;

	return (struct letter){ bytes, unit(bytes, pattern->length - at) };
}

static bool
same_letter(struct letter a, struct letter b, bool folded)
{
	if (a.length != b.length || a.bytes == NULL || b.bytes == NULL)
		return false;
	if (folded && a.length == 1)
		return fold((unsigned char)a.bytes[0]) ==
		    fold((unsigned char)b.bytes[0]);
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

	if (!is_wild(symbol))
		return same_letter(letter_at(pattern, at), letter,
		    pattern->folded);
	return !(is_confined(symbol) && is_colon(letter));
}

/* Some letter can be read at both places. */
static bool
share_letter(const struct pattern *a, size_t i, const struct pattern *b,
    size_t j)
{
	unsigned char x = (unsigned char)a->symbols[i];
	unsigned char y = (unsigned char)b->symbols[j];

	if (is_wild(x) && is_wild(y))
		return true;
	if (is_wild(x))
		return reads(a, i, letter_at(b, j));
	if (is_wild(y))
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
	bool run = more && is_run((unsigned char)a->symbols[i]);

	for (size_t j = 0; j <= b->length;) {
		bool b_more = j < b->length;
		bool b_run = b_more && is_run((unsigned char)b->symbols[j]);
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
	    is_run((unsigned char)pattern->symbols[at])) {
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
		if (is_run((unsigned char)pattern->symbols[at]))
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

	if (!is_run((unsigned char)cover->inner->symbols[state.inner]))
		next += letter_at(cover->inner, state.inner).length;
	cover_visit(cover, next, places_read(&state.outer, cover->outer,
	    letter));
}

/* Letters that the outer pattern names, a colon, and one that it does not:
 * all others behave as that one. */
static void
cover_read_all(struct cover *cover, struct cover_state state)
{
	bool confined = is_confined((unsigned char)
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
	if (is_wild((unsigned char)letter.bytes[0]) || is_colon(letter))
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
		if (is_run((unsigned char)inner->symbols[state.inner]))
			cover_visit(cover, state.inner + 1, state.outer);
		if (is_wild((unsigned char)inner->symbols[state.inner]))
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

		if (is_wild(symbol) && symbol != PATTERN_ANY)
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
