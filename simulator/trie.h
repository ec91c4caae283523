/* SPDX-License-Identifier: MIT */
/*
 * Beginnings of one text, as variables of the solver that exclude and imply
 * each other.  "ab" implies "a", and "ab" excludes "ac": clauses for that are
 * as many as there are branches, not as there are pairs.  What the bytes are,
 * the front of a value, its end turned round, the bits of an address, is the
 * caller's business.
 */
#ifndef SIMULATOR_TRIE_H
#define SIMULATOR_TRIE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "simulator/formula.h"
#include "simulator/solver.h"

struct trie;

/*
 * `root' is true whenever there is such a text.  `complete': every text goes
 * on behind every beginning with `0' or `1', so that both together are all
 * there is.
 */
struct trie	*trie_new(struct arena *, struct formulas *, struct solver *,
		    int root, bool complete);
/* The variable for "the text begins with this"; the root for no bytes. */
int		 trie_add(struct trie *, const char *bytes, size_t length);

#endif
