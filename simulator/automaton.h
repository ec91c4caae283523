/* SPDX-License-Identifier: MIT */
/*
 * Patterns read side by side: one set of places for all of them, moved on by
 * one letter at a time.  Knows which letters can make a difference; does not
 * search for a word (product.h does) and knows no keys.
 *
 * Few letters matter: the literals of the patterns that must match, and one
 * that occurs in no pattern.  Whatever else a word has, only wildcards read
 * it, and they read the fresh letter as well (PROOF 2.4).  The colon counts
 * as a literal wherever a wildcard stops at colons (RES-6, COND-22).
 */
#ifndef SIMULATOR_AUTOMATON_H
#define SIMULATOR_AUTOMATON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "policy/pattern.h"
#include "simulator/word.h"

/*
 * Two more symbols, for shapes only: UTF-8 has no such bytes either.  A
 * pattern with one of them must not be given to pattern_match().
 */
enum {
	SHAPE_DIGIT = 0xf9,		/* 0 to 9 */
	SHAPE_HEX = 0xfa		/* 0 to 9, a to f */
};

/* Is there a word in all positive patterns, and in no negative one? */
struct automaton_query {
	const struct pattern	*const *positives;
	size_t			 positive_count;
	const struct pattern	*const *negatives;
	size_t			 negative_count;
	const struct pattern	*shape;	/* one more positive; NULL: any text */
};

struct track {
	size_t	 start, end;		/* places; behind `end' it has read all */
	bool	 negative;
	bool	 folded;
};

struct letter {
	uint32_t	 unit;		/* a code point, its bytes packed */
	uint64_t	*advance;	/* places that read it and move on */
	uint64_t	*stay;		/* places that read it and stay */
};

/* The masks below are sets of places, `words' words of 64 bits each. */
struct automaton {
	struct arena		*arena;
	LIST(uint32_t)		 symbols;	/* one for each place */
	LIST(uint32_t)		 starts;	/* of its pattern, likewise */
	LIST(uint32_t)		 need;		/* letters still to be read */
	LIST(struct track)	 tracks;
	LIST(struct letter)	 letters;
	LIST(uint64_t)		 masks;
	size_t			 words;
	uint64_t		*runs;		/* wildcards of any length */
	uint64_t		*free_runs;	/* those that cross colons */
	uint64_t		*accepting;	/* ends of positive patterns */
	uint64_t		*refusing;	/* ends of negative ones */
	uint64_t		*absorbing;	/* negative from here on */
};

/* Everything it needs lies in the arena and is used again by each compile. */
void	 automaton_init(struct automaton *, struct arena *);
void	 automaton_compile(struct automaton *, const struct automaton_query *);

/*
 * Sets have `words' words.  False: from here no word can be accepted.
 */
bool	 automaton_start(const struct automaton *, uint64_t *set);
bool	 automaton_step(const struct automaton *, const struct letter *,
	    const uint64_t *from, uint64_t *to);
bool	 automaton_accepts(const struct automaton *, const uint64_t *set);
/* No accepted word is reached with fewer letters than this. */
size_t	 automaton_distance(const struct automaton *, const uint64_t *set);

/* The bytes of a letter; returns how many, at most four. */
size_t	 letter_print(const struct letter *, char *bytes);

/*
 * A shape: `#' is a digit, `%' a digit of lower-case hexadecimal, all else
 * is itself.  "############" is an account.
 */
struct pattern	 shape_read(struct arena *, const char *text);
/* What every word of the shape matches: its classes are any letter. */
struct pattern	 shape_outline(struct arena *, const struct pattern *shape);
/* The word has that shape; a shape of classes has no wildcards. */
bool		 shape_match(const struct pattern *shape, struct word);

#endif
