/* SPDX-License-Identifier: MIT */
/*
 * Which variables of a solver's model matter: enough of them to make some
 * formulas true, whatever the others are.  The theory then sees a handful of
 * claims instead of all that were ever mentioned.
 */
#ifndef SIMULATOR_JUSTIFICATION_H
#define SIMULATOR_JUSTIFICATION_H

#include "policy/arena.h"
#include "policy/list.h"
#include "simulator/formula.h"
#include "simulator/solver.h"

struct justification {
	struct arena		*arena;
	const struct formulas	*formulas;
	const struct solver	*solver;
	LIST(unsigned char)	 seen;		/* true or false, by formula */
	LIST(int)		 touched;	/* what to unsee */
	LIST(int)		 waiting;
	LIST(int)		 literals;	/* the result */
};

void	 justification_init(struct justification *, struct arena *,
	    const struct formulas *, const struct solver *);
/* Starts anew.  While the solver has a model. */
void	 justification_clear(struct justification *);
/* Adds literals that make the formula true; the model does. */
void	 justification_add(struct justification *, int formula);

#endif
