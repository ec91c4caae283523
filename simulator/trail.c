/* SPDX-License-Identifier: MIT */
/* What was looked at, in order. */
#include "config.h"

#include "simulator/trail.h"

void
trail_add(struct trail *trail, struct step step)
{
	if (trail != NULL)
		*list_add(trail->arena, &trail->steps) = step;
}
