/* SPDX-License-Identifier: MIT */
/*
 * Policy variables: ${key}, ${key, 'default'}, and ${*} ${?} ${$}, which
 * stand for the characters themselves (SPEC 2.4).
 */
#ifndef POLICY_VARIABLE_H
#define POLICY_VARIABLE_H

#include <stdbool.h>
#include <stddef.h>

enum variable_kind {
	VARIABLE_KEY,
	VARIABLE_LITERAL,		/* ${*}, ${?}, ${$} */
	/* faults; each a lint error, and never matches (VAR-2) */
	VARIABLE_EMPTY,
	VARIABLE_UNCLOSED,
	VARIABLE_SPACED,		/* a blank in the name */
	VARIABLE_UNQUOTED		/* a default that is not in quotes */
};

/* One occurrence; offsets count from the start of the text searched. */
struct variable {
	enum variable_kind	 kind;
	size_t			 start, end;	/* of ${...} */
	const char		*key;		/* inside the text; of a literal,
						 * its one character */
	size_t			 key_length;
	const char		*fallback;	/* without quotes; NULL if none */
	size_t			 fallback_length;
	bool			 documented;	/* the default is written as in
						 * VAR-4: comma, one blank, and
						 * quotes at the braces */
};

/* The first occurrence at or after `from'; false when there is none. */
bool	 variable_find(const char *text, size_t length, size_t from,
	    struct variable *);

/* It stands for the value of that key, ASCII case ignored. */
bool	 variable_is_of(const struct variable *, const char *key,
	    size_t length);

/* The text has ${...} other than ${*}, ${?} and ${$}. */
bool	 variable_occurs(const char *text, size_t length);

/* The text has <...>: of a sample that was never filled in. */
bool	 placeholder_occurs(const char *text, size_t length);

#endif
