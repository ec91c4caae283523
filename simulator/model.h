/* SPDX-License-Identifier: MIT */
/*
 * Texts for all slots, so that some literals are true: those that matter in a
 * model of the solver.  Slots that nothing is asked of stay absent if they
 * may.  Templates are relaxed first, then texts are chosen for the variables
 * in them and put in their places (PROOF 2.6).
 */
#ifndef SIMULATOR_MODEL_H
#define SIMULATOR_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "simulator/theory.h"
#include "simulator/tie.h"
#include "simulator/universe.h"
#include "simulator/word.h"

enum model_answer {
	MODEL_UNKNOWN = 0,	/* these literals: nobody knows */
	MODEL_CONFLICT,		/* there are lemmas */
	MODEL_FOUND
};

/* Literals that are never true all at once. */
struct lemma {
	const int	*literals;
	size_t		 count;
	bool		 proved;	/* else only nobody knows how */
};

struct model {
	struct arena		*arena;
	const struct universe	*universe;
	struct theory		*theory;
	struct tie		 tie;
	struct slot_plan		*plans;		/* by slot */
	struct word		*texts;		/* by slot, the result */
	size_t			 slots;
	LIST(struct lemma)	 lemmas;
};

void			 model_init(struct model *, struct arena *,
			    const struct universe *);
/*
 * Literals are of claims, of presences, and of variables that are neither,
 * which are passed over.  Lemmas are those of this call only; one that is not
 * proved shuts off what could not be decided.
 */
enum model_answer	 model_make(struct model *, const int *literals,
			    size_t count, uint64_t *budget);

#endif
