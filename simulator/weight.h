/* SPDX-License-Identifier: MIT */
/*
 * Which parts of policies had weight: a part has when some decision would have
 * been another without it, by its verdict or by the layer that decides.
 */
#ifndef SIMULATOR_WEIGHT_H
#define SIMULATOR_WEIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/chain.h"
#include "simulator/change_estate.h"
#include "simulator/part.h"

struct weighed_part {
	const struct part	*part;
	bool			 decisive;
	bool			 spare;		/* proved: no call hangs on it */
	const struct charter	*without[LAYER_COUNT];	/* the document
							 * without it; NULL: not
							 * made yet */
};

struct weighed_policy {
	const struct policy	*policy;
	struct weighed_part	*parts;
	size_t			 count;
};

struct weights {
	struct arena			*arena;
	const struct court		*court;
	LIST(struct weighed_policy)	 policies;	/* by address */
};

/* Of all policies of the court that somebody knows, before anything is
 * decided: nothing has weight. */
void	 weights_init(struct weights *, struct arena *,
	    const struct court *);

/*
 * Finds the parts that had weight in an answer: in the calls that are allowed,
 * and in the request for which a call is not.
 */
void	 weights_add(struct weights *, const struct answer *);

/*
 * Proves, of each part that had no weight, that the estate allows the same
 * calls without it, if that is so and can be proved.  Other policies may say
 * the same, or what it speaks of cannot be.
 */
void	 weights_prove(struct weights *, const struct change_options *);

#endif
