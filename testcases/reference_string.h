/* SPDX-License-Identifier: MIT */
/*
 * Text as pointer and length: a slice of a document, which may hold any byte.
 * Knows equality, slices and ASCII case; nothing here knows what AWS means.
 */
#ifndef TESTCASES_REFERENCE_STRING_H
#define TESTCASES_REFERENCE_STRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "policy/text.h"

struct reference_string {
	const char	*bytes;
	size_t		 length;
};

struct reference_strings {
	struct reference_string	*items;
	size_t			 count, capacity;
};

/* Unicode code points, the characters of GLOB-1. */
struct reference_points {
	uint32_t	*items;
	size_t		 count, capacity;
};

/* A word of the program; the text or source text of a scalar (GRAM-11),
 * which is empty for NULL, arrays and objects; the key of a member. */
struct reference_string	 reference_string_new(const char *word);
struct reference_string	 reference_string_get(const struct node *);
struct reference_string	 reference_string_key(const struct node *);

bool	 reference_strings_equal(struct reference_string,
	    struct reference_string);
bool	 reference_strings_equal_folded(struct reference_string,
	    struct reference_string);
bool	 reference_string_is(struct reference_string, const char *word);
bool	 reference_string_is_folded(struct reference_string,
	    const char *word);
bool	 reference_string_begins(struct reference_string, const char *word);
bool	 reference_string_begins_folded(struct reference_string,
	    const char *word);
bool	 reference_string_ends_folded(struct reference_string,
	    const char *word);
/* Not empty, and every byte is among these. */
bool	 reference_string_is_of(struct reference_string, const char *bytes);

/* Where the byte first stands at or after `from'; the length if nowhere. */
size_t	 reference_string_find(struct reference_string, char byte,
	    size_t from);
bool	 reference_string_has(struct reference_string, char byte);

/* The first `count' bytes; all that follows them. */
struct reference_string	 reference_string_first(struct reference_string,
			    size_t count);
struct reference_string	 reference_string_rest(struct reference_string,
			    size_t count);

/* A copy in ASCII lower case (COND-11: nothing beyond ASCII is folded). */
struct reference_string	 reference_string_fold(struct arena *,
			    struct reference_string);
struct reference_points	 reference_string_points(struct arena *,
			    struct reference_string);

#endif
