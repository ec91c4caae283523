/* SPDX-License-Identifier: MIT */
/*
 * The Allow that came nearest to matching a request, and what of it did not
 * match: what somebody who is denied wants to see first.
 */
#ifndef SIMULATOR_MISS_H
#define SIMULATOR_MISS_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/trail.h"

struct miss {
	const struct step	*step;		/* NULL: there is no Allow */
	enum truth		 action, resource, principal;
	LIST(const struct test *) tests;	/* that do not surely hold */
};

/*
 * Among the Allow steps of a layer, or of a level of it: the one that got
 * furthest, by action, resource and principal, then by the fewest conditions
 * that fail, then by how much of what fails agrees; the first of several that
 * are equal.
 */
struct miss	 miss_find(struct arena *, const struct trail *, enum layer,
		    size_t level, const struct scope *);

#endif
