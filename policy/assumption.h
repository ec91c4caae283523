/* SPDX-License-Identifier: MIT */
/*
 * Switches for what AWS's documentation leaves open.  They are passed as a
 * const struct; all zero is every default.
 */
#ifndef POLICY_ASSUMPTION_H
#define POLICY_ASSUMPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"

enum assumption {
#define ASSUMPTION(symbol, name, words, says)	ASSUME_##symbol,
#include "policy/assumptions.def"
#undef ASSUMPTION
	ASSUMPTION_COUNT
};

struct assumptions {
	uint8_t		 choice[ASSUMPTION_COUNT];	/* index of a word */
};

/* A set of assumptions, one bit each: what a verdict rests on. */
typedef uint64_t assumption_set;
_Static_assert(ASSUMPTION_COUNT <= 64, "an assumption has a bit");

/* "res-5", "unpadded", and the sentence. */
const char	*assumption_name(enum assumption);
/* The word at that index; its length goes to *length.  NULL behind the last. */
const char	*assumption_word(enum assumption, unsigned index,
		    size_t *length);
const char	*assumption_says(enum assumption);
/* "res-5=padded"; the word must be one that it has. */
const char	*assumption_text(struct arena *, enum assumption,
		    unsigned index);

/* Follows "res-5=padded".  False when it is no such name or word. */
bool		 assumption_set_choice(struct assumptions *,
		    const char *text);

#endif
