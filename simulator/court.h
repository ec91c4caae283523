/* SPDX-License-Identifier: MIT */
/*
 * What questions are asked of: an estate, the facts that hold in it, and
 * policies that somebody brings along.
 */
#ifndef SIMULATOR_COURT_H
#define SIMULATOR_COURT_H

#include <stdbool.h>

#include "policy/assumption.h"
#include "policy/catalog.h"
#include "policy/layer.h"
#include "simulator/archive.h"

/*
 * Policies that somebody brings along, in place of those of the estate: the
 * caller's identity, boundary and session policies, the resource's or role's,
 * the endpoint's, and the levels of the organization.  A layer with nothing in
 * it is the estate's; where there is no estate, it puts no limit (EVAL-2).
 */
struct exhibits {
	struct references	 layers[LAYER_COUNT];	/* not of scp, rcp */
	const struct references	*scps, *rcps;		/* levels */
	size_t			 scp_count, rcp_count;
};

struct court {
	const struct catalog		*catalog;
	const struct assumptions	*assumptions;
	const struct estate		*estate;	/* never NULL */
	struct archive			*archive;	/* of that estate */
	const struct exhibits		*exhibits;	/* or NULL */
};

/* Documents were brought along, and there is no estate beside them. */
bool	 court_is_bare(const struct court *);

#endif
