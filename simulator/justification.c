/* SPDX-License-Identifier: MIT */
/*
 * A true conjunction needs all its parts, a false one a single false part.
 * Which one is a guess: best is what is needed anyway, then what asks the
 * least of a request.
 */
#include "config.h"

#include <limits.h>
#include <stdlib.h>

#include "simulator/justification.h"

enum {
	SEEN_TRUE = 1,
	SEEN_FALSE = 2
};

void
justification_init(struct justification *justification, struct arena *arena,
    const struct formulas *formulas, const struct solver *solver)
{
	*justification = (struct justification){ .arena = arena,
	    .formulas = formulas, .solver = solver };
}

void
justification_clear(struct justification *justification)
{
	for (size_t i = 0; i < justification->touched.count; i++)
		justification->seen.items[justification->touched.items[i]] = 0;
	justification->touched.count = 0;
	justification->literals.count = 0;
}

static unsigned char *
seen(struct justification *justification, int formula)
{
	size_t number = (size_t)abs(formula);

	while (justification->seen.count <= number)
		*list_add(justification->arena, &justification->seen) = 0;
	return &justification->seen.items[number];
}

static unsigned char
direction(int formula)
{
	return formula > 0 ? SEEN_TRUE : SEEN_FALSE;
}

static void
want(struct justification *justification, int formula)
{
	unsigned char *flags = seen(justification, formula);

	if (abs(formula) == FORMULA_TRUE || (*flags & direction(formula)))
		return;
	if (*flags == 0)
		*list_add(justification->arena, &justification->touched) =
		    abs(formula);
	*flags |= direction(formula);
	*list_add(justification->arena, &justification->waiting) = formula;
}

/* What a literal costs; claims that are to be false ask little of a text. */
static int
cost(struct justification *justification, int formula)
{
	if (*seen(justification, formula) & direction(formula))
		return 0;
	if (!formula_is_variable(justification->formulas, formula))
		return 3;
	return formula < 0 ? 1 : 2;
}

/* The cheapest part of a conjunction that the model makes false. */
static int
choose(struct justification *justification, int formula)
{
	size_t count;
	const int *parts = formula_parts(justification->formulas, formula,
	    &count);
	int best = 0, least = INT_MAX;

	for (size_t i = 0; i < count && least > 0; i++) {
		int price;

		if (!solver_value(justification->solver, -parts[i]))
			continue;
		price = cost(justification, -parts[i]);
		if (price < least) {
			least = price;
			best = -parts[i];
		}
	}
	return best;
}

static void
explain(struct justification *justification, int formula)
{
	size_t count;
	const int *parts = formula_parts(justification->formulas, formula,
	    &count);

	if (parts == NULL) {
		*list_add(justification->arena, &justification->literals) =
		    formula;
		return;
	}
	if (formula < 0) {
		want(justification, choose(justification, formula));
		return;
	}
	for (size_t i = 0; i < count; i++)
		want(justification, parts[i]);
}

void
justification_add(struct justification *justification, int formula)
{
	want(justification, formula);
	while (justification->waiting.count > 0)
		explain(justification, justification->waiting.items[
		    --justification->waiting.count]);
}
