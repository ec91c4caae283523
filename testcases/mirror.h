/* SPDX-License-Identifier: MIT */
/*
 * A concrete request seen through the prover's eyes: everything that is open
 * of a supposed call bound to what the request has.  Whether the premises
 * admit it, and whether the formulas decide it as decision.c does.
 */
#ifndef TESTCASES_MIRROR_H
#define TESTCASES_MIRROR_H

#include "testcases/crowd.h"

enum mirror_answer {
	MIRROR_AGREES,
	MIRROR_OPEN,			/* the search gave up, or the verdict
					 * is none */
	MIRROR_IMPOSSIBLE,		/* the premises rule the request out */
	MIRROR_DIFFERS
};

/* The request of a case; `why' becomes the premises that rule it out. */
enum mirror_answer	 mirror_hold(struct arena *, const struct crowd *,
			    const struct crowd_case *, size_t request,
			    const char **why);

#endif
