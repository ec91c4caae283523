/* SPDX-License-Identifier: MIT */
/*
 * A solver for clauses, incremental, under assumptions.  The only file that
 * knows PicoSAT, so that another one can take its place.
 *
 * A literal is a variable, from 1 on, or its negation.  All memory lies in
 * the arena; there is nothing to free, and "no memory" is the arena's jump.
 */
#ifndef SIMULATOR_SOLVER_H
#define SIMULATOR_SOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "policy/arena.h"

enum solver_answer {
	SOLVER_SPENT = 0,		/* the budget ended first */
	SOLVER_UNSATISFIABLE,
	SOLVER_SATISFIABLE
};

struct solver;

struct solver		*solver_new(struct arena *);

/*
 * From here on every clause goes to `clauses' as a line of DIMACS, and what
 * is learned from them to `proof' as incremental RUP.  To be called before
 * the first clause.  The files stay the caller's.
 */
void			 solver_trace(struct solver *, FILE *clauses,
			    FILE *proof);

/* For good: there is no way to take a clause back. */
void			 solver_add(struct solver *, const int *literals,
			    size_t count);
/* For the next solve only. */
void			 solver_assume(struct solver *, int literal);

/*
 * A step is a propagation or a decision; what is spent is taken from
 * `*budget'.  The same clauses, assumptions and budget give the same answer
 * on every machine.  A budget is kept to the nearest decision; one that ran
 * over counts as spent.
 */
enum solver_answer	 solver_solve(struct solver *, uint64_t *budget);

/* After SOLVER_SATISFIABLE, until the next clause or assumption. */
bool			 solver_value(const struct solver *, int literal);
/* After SOLVER_UNSATISFIABLE: the assumption was needed to show it. */
bool			 solver_failed(const struct solver *, int literal);

#endif
