/* SPDX-License-Identifier: MIT */
/*
 * Why: every clause that was looked at, layer by layer, and which element of
 * it failed.  Only kept when somebody asks.
 */
#ifndef SIMULATOR_TRAIL_H
#define SIMULATOR_TRAIL_H

#include <stddef.h>

#include "policy/list.h"
#include "simulator/clause.h"

struct step {
	enum layer		 layer;
	size_t			 level;		/* of scp and rcp, root is 0 */
	const struct charter	*charter;
	const struct clause	*clause;
	struct meeting		 meeting;
};

struct trail {
	struct arena		*arena;
	LIST(struct step)	 steps;
};

/* Does nothing when the trail is NULL. */
void	 trail_add(struct trail *, struct step);

#endif
