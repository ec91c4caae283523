/* SPDX-License-Identifier: MIT */
/*
 * What somebody may do: the actions of the catalogue that some request of his
 * is allowed, on the resources that his policies and those of the estate's
 * resources speak of; folded where the same statements allow them under the
 * same conditions.
 *
 * Of resources that a policy names by a pattern, one is decided (chain.h); the
 * prover is asked where that depends, or where others may fare otherwise.
 */
#ifndef SIMULATOR_WHAT_H
#define SIMULATOR_WHAT_H

#include "simulator/census.h"

/*
 * The question has no action yet; without resources, it is about all of them.
 * False with the fault when a name means nothing.
 */
bool	 what_find(struct arena *, const struct court *,
	    const struct question *, const struct census_use *,
	    struct census *, struct question_fault *);

#endif
