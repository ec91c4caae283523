/* SPDX-License-Identifier: MIT */
/*
 * The expectation that a suite lacks: a request which two courts decide
 * otherwise, as a line of a test.  It has been asked of both before it is
 * shown.
 */
#ifndef SIMULATOR_LESSON_H
#define SIMULATOR_LESSON_H

#include "simulator/chain.h"
#include "simulator/suite.h"

/* ACTION by WHO on RESOURCE through WAY: the request in a few words. */
const char	*lesson_call(struct arena *, const struct answer *);

/*
 * Of one request that `allows' allows and `denies' does not, the line that
 * expects so or so; in the arena.  NULL when no question comes to that
 * request: a service makes it on somebody's behalf, say.
 */
const char	*lesson_find(struct arena *, const struct court *allows,
		    const struct court *denies, const struct answer *,
		    enum expectation_kind);

#endif
