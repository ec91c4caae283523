/* SPDX-License-Identifier: MIT */
/*
 * Which clauses of a charter concern an action of the catalogue: sets of
 * clauses by their Action or NotAction alone.
 */
#ifndef SIMULATOR_ROLL_H
#define SIMULATOR_ROLL_H

#include <stddef.h>
#include <stdint.h>

#include "simulator/element.h"

enum { ROLL_BITS = 64 };

/* A service that some element names. */
struct roll_service {
	const struct service	*service;
	const uint64_t		*sets;		/* one for each action */
};

struct roll {
	const struct catalog		*catalog;
	size_t				 words;		/* of a set */
	const uint64_t			*others;	/* of all other services */
	const struct roll_service	*services;	/* as in the catalogue */
	size_t				 count;
};

/* The elements, which must have bits, in the order of the clauses. */
const struct roll	*roll_new(struct arena *, const struct catalog *,
			    const struct action_element *const *, size_t count);

/*
 * The clauses whose element may match the action, a bit each, the lowest
 * first; the others do not match it.  NULL when nothing is known of it, as it
 * is no action of that catalogue.
 */
const uint64_t		*roll_find(const struct roll *, const struct action *);

#endif
