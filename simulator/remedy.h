/* SPDX-License-Identifier: MIT */
/*
 * An edit that would keep a broken promise: the condition that the promise
 * asks for, added to the statements that let the witness through.  It is
 * proved before it is shown, and so are the promises that something stays
 * possible.
 */
#ifndef SIMULATOR_REMEDY_H
#define SIMULATOR_REMEDY_H

#include "policy/source.h"
#include "simulator/proof.h"
#include "simulator/suite.h"

/* So many statements may have to be edited. */
enum { REMEDY_PLACES_MAX = 4 };

/* One statement, and what to add to its Condition. */
struct remedy_place {
	const struct statement	*statement;	/* as it stands now */
	const struct policy	*policy;
	const char		*text;		/* JSON: `"Bool": {...}' */
};

struct remedy {
	LIST(struct remedy_place)	 places;	/* none: no edit was
							 * found */
};

/*
 * Looks for one, after proof_make() has found the promise broken.  The suite
 * tells what must stay possible.
 */
void	 remedy_find(struct arena *, const struct court *,
	    const struct suite *, const struct proof *,
	    const struct proof_options *, struct remedy *);

#endif
