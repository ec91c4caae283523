/* SPDX-License-Identifier: MIT */
/*
 * PicoSAT with memory of the arena.  What it gives back is kept in lists by
 * size, powers of two, and given out again: an arena frees nothing, and a
 * jump out of the solver's middle leaks nothing.
 */
#include "config.h"

#include <limits.h>
#include <picosat/picosat.h>
#include <string.h>

#include "simulator/solver.h"

enum {
	SIZE_CLASSES = 48,
	SMALLEST = 16
};

struct spare {
	struct spare	*next;
};

struct solver {
	struct arena		*arena;
	PicoSAT			*picosat;
	FILE			*clauses;
	unsigned long long	 steps;		/* in all solves so far */
	struct spare		*spare[SIZE_CLASSES];
};

static size_t
size_class(size_t size)
{
	size_t class = 0;

	while (class < SIZE_CLASSES - 1 && (size_t)SMALLEST << class < size)
		class++;
	return class;
}

static void *
give(void *state, size_t size)
{
	struct solver *solver = state;
	size_t class = size_class(size);
	struct spare *spare = solver->spare[class];

	if ((size_t)SMALLEST << class < size)
		arena_exhausted(solver->arena);
	if (spare == NULL)
		return arena_alloc(solver->arena, (size_t)SMALLEST << class);
	solver->spare[class] = spare->next;
	return spare;
}

static void
take_back(void *state, void *memory, size_t size)
{
	struct solver *solver = state;
	struct spare *spare = memory;
	size_t class = size_class(size);

	if (memory == NULL)
		return;
	spare->next = solver->spare[class];
	solver->spare[class] = spare;
}

static void *
resize(void *state, void *memory, size_t old_size, size_t new_size)
{
	void *larger;

	if (memory != NULL && size_class(old_size) == size_class(new_size))
		return memory;
	larger = give(state, new_size);
	if (memory != NULL)
		memcpy(larger, memory,
		    old_size < new_size ? old_size : new_size);
	take_back(state, memory, old_size);
	return larger;
}

struct solver *
solver_new(struct arena *arena)
{
	struct solver *solver = arena_alloc(arena, sizeof(*solver));

	solver->arena = arena;
	solver->picosat = picosat_minit(solver, give, resize, take_back);
	/* False first: few keys, few matches, small witnesses. */
	picosat_set_global_default_phase(solver->picosat, 0);
	/* To probe for literals that fail takes PicoSAT 100,000 propagations
	 * at least; the questions asked here are answered in fewer. */
	picosat_set_plain(solver->picosat, 1);
	return solver;
}

void
solver_trace(struct solver *solver, FILE *clauses, FILE *proof)
{
	solver->clauses = clauses;
	/* The counts go to the header only, where nobody knows them yet. */
	picosat_set_incremental_rup_file(solver->picosat, proof, 0, 0);
}

void
solver_add(struct solver *solver, const int *literals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		picosat_add(solver->picosat, literals[i]);
		if (solver->clauses != NULL)
			fprintf(solver->clauses, "%d ", literals[i]);
	}
	picosat_add(solver->picosat, 0);
	if (solver->clauses != NULL)
		fputs("0\n", solver->clauses);
}

void
solver_assume(struct solver *solver, int literal)
{
	picosat_assume(solver->picosat, literal);
}

static unsigned long long
count_steps(const struct solver *solver)
{
	return picosat_propagations(solver->picosat) +
	    picosat_decisions(solver->picosat);
}

enum solver_answer
solver_solve(struct solver *solver, uint64_t *budget)
{
	unsigned long long spent, limit;
	int answer;

	/* The limit is one for all solves together. */
	if (__builtin_add_overflow(picosat_propagations(solver->picosat),
	    *budget, &limit))
		limit = ULLONG_MAX;
	picosat_set_propagation_limit(solver->picosat, limit);
	answer = picosat_sat(solver->picosat, -1);
	spent = count_steps(solver) - solver->steps;
	solver->steps += spent;
	if (spent > *budget || answer == PICOSAT_UNKNOWN) {
		*budget = 0;
		return SOLVER_SPENT;
	}
	*budget -= spent;
	return answer == PICOSAT_SATISFIABLE ? SOLVER_SATISFIABLE :
	    SOLVER_UNSATISFIABLE;
}

bool
solver_value(const struct solver *solver, int literal)
{
	return picosat_deref(solver->picosat, literal) > 0;
}

bool
solver_failed(const struct solver *solver, int literal)
{
	return picosat_failed_assumption(solver->picosat, literal) != 0;
}
