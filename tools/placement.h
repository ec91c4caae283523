/* SPDX-License-Identifier: MIT */
/* Which files the estate names, and what for. */
#ifndef TOOLS_PLACEMENT_H
#define TOOLS_PLACEMENT_H

#include "simulator/estate_use.h"

struct placements;

/* `path' is the estate's own. */
const struct placements	*placements_new(struct arena *,
			    const struct estate *, const char *path);

/* NULL when the estate does not name the file; placements may be NULL. */
const struct estate_use	*placements_find(const struct placements *,
			    struct arena *, const char *path);

#endif
