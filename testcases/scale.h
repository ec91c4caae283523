/* SPDX-License-Identifier: MIT */
/*
 * Questions as large as those that real organizations ask, for the engine of
 * the prover: a test holds the answers, the bench takes the time.
 */
#ifndef TESTCASES_SCALE_H
#define TESTCASES_SCALE_H

#include "policy/arena.h"
#include "simulator/search.h"

struct scale {
	const char		*name;
	enum search_answer	 answer;
	/* Returns the formula; the slot is number 0 of the universe. */
	int			(*build)(struct arena *, struct universe *);
};

/* Ends with a row without a name. */
extern const struct scale scales[];

/* Asks one of them anew. */
struct search_result	 scale_solve(const struct scale *, struct arena *,
			    uint64_t budget);

#endif
