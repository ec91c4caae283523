/* SPDX-License-Identifier: MIT */
/*
 * Slots that are tied to each other, because the text of one holds the value
 * of another (VAR-5).  Each has texts for itself already, with variables taken
 * for `*'; here texts are found that fit together, or a reason why there are
 * none, or nobody knows.
 *
 * What one template asks of its variable is exact when the text around the
 * variable is literal: then a pattern of the variable is a pattern of the
 * whole.  So is what follows from variables that have only one text.  Through
 * a variable that is the text of a template itself, those in that one are
 * seen, and no deeper ones.  All else is tried: some texts for each variable,
 * in a fixed order.
 */
#ifndef SIMULATOR_TIE_H
#define SIMULATOR_TIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "simulator/theory.h"
#include "simulator/universe.h"
#include "simulator/word.h"

/* What is asked of a slot. */
struct slot_plan {
	LIST(int)		 literals;	/* of claims */
	LIST(struct word)	 hints;		/* texts worth a try */
	size_t			 hint;		/* the next one */
	LIST(struct word)	 taken;		/* texts it had already */
	size_t			 others;	/* that were not hinted at */
	bool			 needed;	/* it must have a value */
	bool			 tied;		/* has or is in a template */
	bool			 ordered;	/* those in it came before */
	bool			 inner;		/* it stands in a template */
};

enum tie_answer {
	TIE_UNKNOWN = 0,
	TIE_CONFLICT,		/* `core' is never true all at once */
	TIE_FOUND		/* `texts' fit */
};

struct tie {
	struct arena		*arena;
	const struct universe	*universe;
	struct theory		*theory;
	struct slot_plan		*plans;		/* by slot, the caller's */
	struct word		*texts;		/* by slot, the caller's */
	size_t			 slots;
	LIST(size_t)		 order;		/* tied slots, variables first */
	LIST(struct demand)	 demands;
	LIST(int)		 core;
	unsigned		 tries;
};

enum tie_answer	 tie_resolve(struct tie *, uint64_t *budget);

#endif
