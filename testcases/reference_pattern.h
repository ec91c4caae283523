/* SPDX-License-Identifier: MIT */
/*
 * Patterns as rows of symbols, matched by trying everything (GLOB), and the
 * policy variables that are put into them (VAR).  Does not know where in a
 * policy a pattern stands.
 */
#ifndef TESTCASES_REFERENCE_PATTERN_H
#define TESTCASES_REFERENCE_PATTERN_H

#include "testcases/reference_choice.h"
#include "testcases/reference_facts.h"
#include "testcases/reference_string.h"

enum reference_symbol_kind {
	REFERENCE_CHARACTER,		/* itself */
	REFERENCE_ANY_CHARACTER,	/* a question mark */
	REFERENCE_ANY_RUN		/* a star */
};

struct reference_symbol {
	enum reference_symbol_kind	 kind;
	uint32_t			 character;	/* as written */
	bool				 substituted;	/* VAR-7 */
	bool				 confined;	/* RES-6 (a) */
	bool				 last;		/* nothing is written
							 * behind it */
};

struct reference_pattern {
	struct reference_symbol	*items;
	size_t			 count, capacity;
	bool			 unresolved;	/* VAR-6: matches nothing */
};

/* What one document's variables are read from. */
struct reference_scope {
	struct arena			*arena;
	const struct reference_facts	*facts;
	const struct node		*context;	/* of the request */
	const struct assumptions	*choices;
	bool				 variables;	/* VAR-1 */
};

/* Stars and question marks are wildcards; there are no variables. */
struct reference_pattern	 reference_pattern_read(struct arena *,
				    struct reference_string);
/* The same with its variables, if the scope has any. */
struct reference_pattern	 reference_pattern_expand(
				    const struct reference_scope *,
				    struct reference_string);
/* The same, and every wildcard is a character (VAR-11). */
struct reference_pattern	 reference_pattern_expand_literally(
				    const struct reference_scope *,
				    struct reference_string);

bool	 reference_pattern_match(struct arena *,
	    const struct reference_pattern *, struct reference_string);
/* The symbols from `start' up to `end' only; in so many of the first
 * characters of the text ASCII case does not count. */
bool	 reference_pattern_match_part(struct arena *,
	    const struct reference_pattern *, size_t start, size_t end,
	    struct reference_string, size_t folded);

/* A Resource entry, padded or not (RES-2 to RES-8), against a resource. */
bool	 reference_pattern_match_resource(const struct reference_scope *,
	    struct reference_string entry, bool padded,
	    struct reference_string resource);
/* A value of an Arn operator against a value of the context (COND-22). */
bool	 reference_pattern_match_arn(const struct reference_scope *,
	    struct reference_string wanted, struct reference_string value);

/* The values of a key, none if it is absent (COND-7, COND-36). */
struct reference_strings	 reference_context_get(struct arena *,
				    const struct node *context,
				    struct reference_string key);

#endif
