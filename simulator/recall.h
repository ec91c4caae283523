/* SPDX-License-Identifier: MIT */
/*
 * Questions of the theory that were answered before.  The loop of the search
 * asks most of them again and again: each proposal of the solver differs from
 * the last in a few slots only.  Knows no claims; a question is so many
 * numbers.
 */
#ifndef SIMULATOR_RECALL_H
#define SIMULATOR_RECALL_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "simulator/word.h"

/* An answer that stays true: a text, or a core when there is none. */
struct recollection {
	struct word	 text;		/* absent: there is none */
	const int	*core;
	size_t		 core_count;
	bool		 core_demands;
};

struct recall;

struct recall			*recall_new(struct arena *);

/* NULL when that was never asked.  Good until the next one is added. */
const struct recollection	*recall_find(const struct recall *,
				    const int *question, size_t count);
/* Question and core are copied, the text must live as long.  It must not be
 * there yet. */
void				 recall_add(struct recall *,
				    const int *question, size_t count,
				    const struct recollection *);

#endif
