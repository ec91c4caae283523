/* SPDX-License-Identifier: MIT */
/*
 * What the bytes of a pattern are: of UTF-8, or one of these, which stand in
 * no UTF-8.
 */
#ifndef POLICY_PATTERN_SYMBOL_H
#define POLICY_PATTERN_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PATTERN_ANY = 0xff,		/* any text */
	PATTERN_ONE = 0xfe,		/* any code point */
	PATTERN_ANY_FIELD = 0xfd,	/* any text without a colon */
	PATTERN_ONE_FIELD = 0xfc,	/* any code point but a colon */
	PATTERN_NONE = 0xf8		/* no text of UTF-8 at all */
};

static inline bool
symbol_is_wild(unsigned char symbol)
{
	return symbol >= PATTERN_ONE_FIELD;
}

static inline bool
symbol_is_run(unsigned char symbol)
{
	return symbol == PATTERN_ANY || symbol == PATTERN_ANY_FIELD;
}

static inline bool
symbol_is_confined(unsigned char symbol)
{
	return symbol == PATTERN_ANY_FIELD || symbol == PATTERN_ONE_FIELD;
}

/* Bytes of the code point at the front; a stray byte counts as one. */
static inline size_t
symbol_unit(const char *text, size_t length)
{
	unsigned char lead = (unsigned char)text[0];
	size_t wanted = 1;

	if (lead < 0xc0 || symbol_is_wild(lead))
		return 1;
	wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	return wanted <= length ? wanted : length;
}

#endif
