/* SPDX-License-Identifier: MIT */
/*
 * Formulas as clauses, each formula once and in the direction in which it is
 * needed: for "f is true", the clauses that make its parts true.  The other
 * direction is written when "f is false" is needed, too.
 */
#ifndef SIMULATOR_TSEITIN_H
#define SIMULATOR_TSEITIN_H

#include "policy/arena.h"
#include "policy/list.h"
#include "simulator/formula.h"
#include "simulator/solver.h"

struct tseitin {
	struct arena		*arena;
	const struct formulas	*formulas;
	struct solver		*solver;
	LIST(unsigned char)	 written;	/* directions, by formula */
	LIST(int)		 waiting;
	/* Variables in the order in which they were met; the reader may
	 * forget those that it has seen. */
	LIST(int)		 met;
};

void	 tseitin_init(struct tseitin *, struct arena *,
	    const struct formulas *, struct solver *);
/* From here on the literal of the formula implies the formula. */
void	 tseitin_write(struct tseitin *, int formula);

#endif
