/* SPDX-License-Identifier: MIT */
/*
 * Looks for a shortest word that all of some patterns match and none of some
 * others: best first through the sets of places that words lead to.  Steps
 * are counted, not measured: one for every set and letter, times the words of
 * 64 bits that a set has, so a budget means the same on every machine.
 */
#ifndef SIMULATOR_PRODUCT_H
#define SIMULATOR_PRODUCT_H

#include <stdint.h>

#include "policy/arena.h"
#include "simulator/automaton.h"
#include "simulator/word.h"

enum product_answer {
	PRODUCT_SPENT = 0,		/* nobody knows */
	PRODUCT_EMPTY,			/* there is no such word */
	PRODUCT_WORD			/* here is a shortest one */
};

/* Holds memory that is used again by each search; lies in the arena. */
struct product;

struct product		*product_new(struct arena *);

/*
 * Takes what it spends from `*budget'.  The word lies in the arena; it may be
 * empty, but its text is never NULL.
 */
enum product_answer	 product_search(struct product *,
			    const struct automaton_query *, uint64_t *budget,
			    struct word *);

#endif
