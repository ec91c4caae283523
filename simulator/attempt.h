/* SPDX-License-Identifier: MIT */
/*
 * The calls that a liveness promise names, as somebody would make them: what
 * is asked of the simulator when the prover says that none is allowed.
 */
#ifndef SIMULATOR_ATTEMPT_H
#define SIMULATOR_ATTEMPT_H

#include "simulator/guarantee.h"
#include "simulator/story.h"

/*
 * Asks for the calls of the promise in turn, one word out of each list, and
 * tells the first that is denied, else the first that is not allowed.  False
 * when its words name no such call, or all of those are allowed: then its
 * `where' is what is not met.
 */
bool	 attempt_find(struct arena *, const struct court *,
	    const struct guarantee *, struct story *);

#endif
