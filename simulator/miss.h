/* SPDX-License-Identifier: MIT */
/*
 * The statement that came nearest to matching a request, and what of it did
 * not match: the Allow is what somebody who is denied wants to see first, the
 * Deny what somebody who should have been.
 */
#ifndef SIMULATOR_MISS_H
#define SIMULATOR_MISS_H

#include <stddef.h>

#include "simulator/trail.h"

struct miss {
	const struct step	*step;		/* NULL: there is none */
	enum truth		 action, resource, principal;
	LIST(const struct test *) tests;	/* that do not surely hold */
};

/*
 * Among the steps of that effect in a layer, or a level of it: the one that
 * got furthest, by action, resource and principal, then by the fewest tests
 * that fail, then by how much of what fails agrees; the first of several that
 * are equal.
 */
struct miss	 miss_find(struct arena *, const struct trail *, enum effect,
		    enum layer, size_t level, const struct scope *);

#endif
