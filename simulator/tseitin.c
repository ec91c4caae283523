/* SPDX-License-Identifier: MIT */
/*
 * A list of what is still to be written takes the place of recursion.  The
 * solver's variables are the numbers of formulas, so nothing is translated.
 */
#include "config.h"

#include <stdlib.h>

#include "simulator/tseitin.h"

enum {
	WRITTEN_TRUE = 1,
	WRITTEN_FALSE = 2,
	MET = 4
};

void
tseitin_init(struct tseitin *tseitin, struct arena *arena,
    const struct formulas *formulas, struct solver *solver)
{
	*tseitin = (struct tseitin){ .arena = arena, .formulas = formulas,
	    .solver = solver };
	solver_add(solver, (int[]){ FORMULA_TRUE }, 1);
}

static unsigned char *
flags_of(struct tseitin *tseitin, int formula)
{
	while (tseitin->written.count <= (size_t)abs(formula))
		*list_add(tseitin->arena, &tseitin->written) = 0;
	return &tseitin->written.items[abs(formula)];
}

static void
wait_for(struct tseitin *tseitin, int formula)
{
	*list_add(tseitin->arena, &tseitin->waiting) = formula;
}

/* The formula is true: so is every part. */
static void
write_true(struct tseitin *tseitin, int formula)
{
	size_t count;
	const int *parts = formula_parts(tseitin->formulas, formula, &count);

	for (size_t i = 0; i < count; i++) {
		solver_add(tseitin->solver, (int[]){ -formula, parts[i] }, 2);
		wait_for(tseitin, parts[i]);
	}
}

/* It is false: so is some part. */
static void
write_false(struct tseitin *tseitin, int formula)
{
	size_t count;
	const int *parts = formula_parts(tseitin->formulas, formula, &count);
	int *clause = arena_array(tseitin->arena, count + 1, sizeof(*clause));

	clause[count] = formula;
	for (size_t i = 0; i < count; i++) {
		clause[i] = -parts[i];
		wait_for(tseitin, -parts[i]);
	}
	solver_add(tseitin->solver, clause, count + 1);
}

static void
write_one(struct tseitin *tseitin, int formula)
{
	unsigned char *flags = flags_of(tseitin, formula);
	unsigned char direction = formula > 0 ? WRITTEN_TRUE : WRITTEN_FALSE;

	if (abs(formula) == FORMULA_TRUE || (*flags & direction))
		return;
	*flags |= direction;
	if (!formula_is_variable(tseitin->formulas, formula)) {
		if (formula > 0)
			write_true(tseitin, formula);
		else
			write_false(tseitin, -formula);
	} else if (!(*flags & MET)) {
		*flags |= MET;
		*list_add(tseitin->arena, &tseitin->met) = abs(formula);
	}
}

void
tseitin_write(struct tseitin *tseitin, int formula)
{
	wait_for(tseitin, formula);
	while (tseitin->waiting.count > 0)
		write_one(tseitin, tseitin->waiting.items[
		    --tseitin->waiting.count]);
}
