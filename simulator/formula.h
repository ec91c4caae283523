/* SPDX-License-Identifier: MIT */
/*
 * Formulas of propositions: conjunctions over variables, shared wherever they
 * are equal.  What a variable stands for is known elsewhere (universe.h).
 *
 * A formula is a number that is never 0, and -f is "not f".  The number is
 * also the variable by which the solver knows the formula, so an answer of
 * the solver is read without a dictionary.  Numbers grow: a formula stands
 * behind everything that it is made of.
 */
#ifndef SIMULATOR_FORMULA_H
#define SIMULATOR_FORMULA_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"

enum {
	FORMULA_TRUE = 1,
	FORMULA_FALSE = -1
};

/* Owns formulas; lies in the arena, as they do. */
struct formulas;

struct formulas	*formulas_new(struct arena *);
/* One more than the largest number in use. */
int		 formulas_end(const struct formulas *);

/* A variable that is new. */
int		 formula_variable(struct formulas *);
int		 formula_and(struct formulas *, int, int);
int		 formula_or(struct formulas *, int, int);
int		 formula_implies(struct formulas *, int, int);
int		 formula_iff(struct formulas *, int, int);
/* Of no parts, `all' is true and `any' is false.  The parts are copied. */
int		 formula_all(struct formulas *, const int *parts,
		    size_t count);
int		 formula_any(struct formulas *, const int *parts,
		    size_t count);

/* What the positive formula |f| is the conjunction of; none for variables
 * and for FORMULA_TRUE. */
const int	*formula_parts(const struct formulas *, int, size_t *count);
bool		 formula_is_variable(const struct formulas *, int);

/*
 * The value of a formula when each variable v has the value values[v]; all
 * other items of `values', which has formulas_end() of them, are written.
 */
bool		 formula_holds(const struct formulas *, int, bool *values);

#endif
