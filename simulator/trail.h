/* SPDX-License-Identifier: MIT */
/*
 * Why: every clause that was looked at, layer by layer, which element of it
 * failed, and the keys of which nothing is known that left it open.  Only
 * kept when somebody asks.
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
	LIST(struct word)	 keys;		/* each once, without case */
};

/* All of these do nothing when the trail is NULL. */

void	 trail_add(struct trail *, struct step);
void	 trail_add_key(struct trail *, struct word name);
/* The keys that left the meeting of a step open.  Whether that matters is for
 * the caller to know. */
void	 trail_add_doubt(struct trail *, const struct step *,
	    const struct scope *);

#endif
