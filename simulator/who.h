/* SPDX-License-Identifier: MIT */
/*
 * Who can make a call at all: every principal of the estate, and the sorts of
 * callers beyond it that a policy lets in, for whom some request is allowed.
 *
 * Each is first decided with all keys open (chain.h).  Where that depends,
 * those whom the same statements leave open alike are one question to the
 * prover (inquest.h); whoever is not proved to be kept out is listed.
 */
#ifndef SIMULATOR_WHO_H
#define SIMULATOR_WHO_H

#include "simulator/census.h"

/*
 * The question has no caller yet.  False with the fault when a name means
 * nothing.
 */
bool	 who_find(struct arena *, const struct court *,
	    const struct question *, const struct census_use *,
	    struct census *, struct question_fault *);

#endif
