/* SPDX-License-Identifier: MIT */
/*
 * Is there a request of which a formula is true?  The solver proposes, the
 * theory looks whether texts exist that fit, what it finds to contradict
 * itself becomes a lemma, and the solver proposes again (PROOF 1).
 *
 * Three answers only.  "Unsatisfiable" is never said when a part of the
 * search was cut off by the budget or was beyond the theory: that part is
 * shut off by a literal of its own, and if the answer rests on that literal
 * it is "undecided".  Every model is held against the formula by slow and
 * obvious code (universe_holds) before it is returned.
 *
 * Everything lies in the arena of search_new(); run it all under
 * arena_protect().  A search may solve again and again: lemmas are kept.
 */
#ifndef SIMULATOR_SEARCH_H
#define SIMULATOR_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "policy/arena.h"
#include "simulator/universe.h"
#include "simulator/word.h"

enum search_answer {
	SEARCH_UNDECIDED = 0,
	SEARCH_UNSATISFIABLE,
	SEARCH_SATISFIABLE
};

/* Why there is no answer. */
enum search_reason {
	SEARCH_DECIDED = 0,
	SEARCH_BUDGET,			/* the steps were spent */
	SEARCH_BEYOND,			/* claims that nobody could combine */
	SEARCH_MISMATCH			/* a model that is none: a bug */
};

/* What one solve found; the core is good until the next one. */
struct search_result {
	enum search_answer	 answer;
	enum search_reason	 reason;
	/*
	 * When satisfiable: a text for each slot, in the order of the
	 * universe; absent slots have none (NULL).  Slots that do not matter
	 * are absent when they may be.  Good until the next model.
	 */
	const struct word	*texts;
	/* When unsatisfiable: the assumptions that it rests on, in the order
	 * in which they were given.  Not minimal: see search_minimise(). */
	const int		*core;
	size_t			 core_count;
	uint64_t		 steps;		/* taken by this solve */
};

/* Why there is none, for people. */
const char	*search_says(const struct search_result *);

struct search;

struct search		*search_new(struct arena *, struct universe *);

/*
 * Is there a request for which the root and all assumptions, formulas
 * themselves, are true?  The budget is in steps: propagations and decisions
 * of the solver, letters tried by the theory; the same on every machine.
 */
struct search_result	 search_solve(struct search *, int root,
			    const int *assumptions, size_t count,
			    uint64_t budget);

/* The same for whoever will not show the model: no slot is made absent for
 * the sake of that, which takes most of the time. */
struct search_result	 search_decide(struct search *, int root,
			    const int *assumptions, size_t count,
			    uint64_t budget);

/* The value of a formula in the model, after SEARCH_SATISFIABLE. */
bool			 search_value(struct search *, int formula);

/*
 * Leaves out of `core', in its order, whatever is not needed to make the root
 * unsatisfiable; returns how many are left.  The core is the caller's copy, as
 * solving writes the search's own.  `*budget' is for all of it, and
 * what it does not pay for stays in the core: `*minimal' is then false.
 */
size_t			 search_minimise(struct search *, int root, int *core,
			    size_t count, uint64_t *budget, bool *minimal);

/*
 * What a certificate needs (PROOF 3), before the first solve: every clause, of
 * formulas, axioms and lemmas alike, and what the solver learned from them.
 * The files are the caller's.
 */
void			 search_trace(struct search *, FILE *clauses,
			    FILE *proof);
/*
 * The lemmas so far, in the order of learning: literals of claims, and of the
 * presence of a slot, that are never true all at once, because no text of the
 * slot is so, or, when there is a template among them, no texts of its slots.
 * NULL behind the last.
 */
const int		*search_lemma(const struct search *, size_t at,
			    size_t *count);

#endif
