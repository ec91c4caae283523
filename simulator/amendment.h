/* SPDX-License-Identifier: MIT */
/*
 * A question in which something is another: what is said later counts, and
 * what it is silent of stays as it was.
 */
#ifndef SIMULATOR_AMENDMENT_H
#define SIMULATOR_AMENDMENT_H

#include <stdbool.h>

#include "simulator/question.h"

/*
 * The one question laid over the other.  Clauses count as a whole, keys one by
 * one, and overlays add up.  Resources go with their action.
 */
struct question	 amendment_lay(struct arena *, const struct question *over,
		    const struct question *under);

/*
 * The question says no more of that: `as', a clause by its first word, or a
 * key.  False when it did not speak of it.
 */
bool		 amendment_drop(struct question *, struct word);

/* It was said in another line: nothing of it has a place in this one. */
void		 amendment_displace(struct question *);

/* It says nothing at all. */
bool		 amendment_is_empty(const struct question *);

#endif
