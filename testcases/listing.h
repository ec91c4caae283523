/* SPDX-License-Identifier: MIT */
/* What the answers of `what' list. */
#ifndef TESTCASES_LISTING_H
#define TESTCASES_LISTING_H

#include <stdbool.h>

#include "simulator/census.h"

/* Some entry has the action, and does not except it, on the resource. */
bool	 listing_has(struct arena *, const struct census *,
	    struct word action, struct word resource);
/* Some entry says so of it, whatever is open. */
bool	 listing_has_can(struct arena *, const struct census *,
	    struct word action, struct word resource);

#endif
