/* SPDX-License-Identifier: MIT */
/*
 * Single changes that turn a verdict: of the question, or of one list of
 * values in a policy.  Each was tried before it stands here.
 */
#ifndef SIMULATOR_FLIP_H
#define SIMULATOR_FLIP_H

#include "simulator/wish.h"

enum { FLIPS_MAX = 5 };

struct flip {
	struct trial_change		 change;	/* of the question; NONE: */
	const struct condition		*condition;	/* its list of values
							 * grows */
	const struct source		*source;	/* where that is */
	struct word			 value;		/* by this */
};

struct flips {
	LIST(struct flip)	 list;		/* cheapest first */
	bool			 sought;	/* the verdict is one to turn */
	bool			 spent;		/* the budget was, before all
						 * was tried */
};

/* What makes a denial an Allowed, or an Allowed a denial. */
struct flips	 flip_find(struct arena *, const struct court *,
		    const struct question *, const struct summons *,
		    const struct answer *);

#endif
