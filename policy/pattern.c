/* SPDX-License-Identifier: MIT */
/*
 * Matching is two-pointer: on a mismatch only the latest wildcard of each
 * sort is worth extending, because whatever an earlier one could reach, a
 * later one reaches too.
 */
#include "config.h"

#include <string.h>

#include "policy/character.h"
#include "policy/pattern.h"

/*
 * Wildcards of one sort commute, and two runs are one: `*?*' becomes `?*'.
 * Confined and free ones do not commute with each other.
 */
static size_t
normalise_run(char *to, const char *from, size_t length, bool confined)
{
	size_t count = 0, read = 0;
	bool any = false;

	while (read < length && symbol_is_wild((unsigned char)from[read]) &&
	    symbol_is_confined((unsigned char)from[read]) == confined) {
		if (symbol_is_run((unsigned char)from[read]))
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

	while (read < length && symbol_is_wild((unsigned char)from[read]) &&
	    symbol_is_confined((unsigned char)from[read]) == confined)
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
		bool confined = symbol_is_confined(symbol);

		if (!symbol_is_wild(symbol)) {
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

/* True when there is a wildcard. */
static bool
read_symbols(char *symbols, size_t length)
{
	bool wild = false;

	for (size_t i = 0; i < length; i++) {
		wild |= symbols[i] == '*' || symbols[i] == '?';
		if (symbols[i] == '*')
			symbols[i] = (char)PATTERN_ANY;
		else if (symbols[i] == '?')
			symbols[i] = (char)PATTERN_ONE;
		else if (symbol_is_wild((unsigned char)symbols[i]))
			symbols[i] = (char)PATTERN_NONE;
	}
	return wild;
}

/* Most texts are nothing but letters, so these are all that is looked for. */
static struct pattern
read_glob(struct arena *arena, const char *text, size_t length, bool folded)
{
	char *symbols = arena_room(arena, length + 1);
	struct pattern pattern = { symbols, length, false, false };
	unsigned special = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		special |= (unsigned)(c == '*') | (c == '?') |
		    symbol_is_wild(c);
		symbols[i] = (char)(folded ? character_fold(c) : c);
	}
	symbols[length] = '\0';
	if (special != 0 && read_symbols(symbols, length))
		pattern = pattern_of_symbols(arena, symbols, length);
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
	return symbol_is_wild(symbol) || symbol == (pattern->folded ?
	    character_fold(c) : c);
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
		at += symbol_unit(text + at, length - at);
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
		return symbol_unit(text, length);
	if (pattern->folded)
		c = character_fold(c);
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
		    character_fold(text[i]))
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
		if (s < pattern->length && symbol_is_run(symbol)) {
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
	if (pattern->folded)
		return match_wild(pattern, text, length, 0);
	prefix = pattern_literal_prefix(pattern);
	if (prefix > length || (prefix > 0 &&
	    memcmp(pattern->symbols, text, prefix) != 0))
		return false;
	return match_wild(pattern, text, length, prefix);
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
	while (!symbol_is_wild((unsigned char)pattern->symbols[prefix]))
		prefix++;
	return prefix;
}
