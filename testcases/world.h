/* SPDX-License-Identifier: MIT */
/*
 * A random small world: a request and every policy that bears on it, as one
 * JSON line such as the worked examples are.  The same seed makes the same
 * line.
 */
#ifndef TESTCASES_WORLD_H
#define TESTCASES_WORLD_H

#include <stddef.h>
#include <stdint.h>

#include "testcases/scene.h"

struct world {
	struct dice	 dice;		/* of the scene */
	struct dice	 request;	/* with which the request is written */
	struct scene	 scene;
	struct writing	 policies;
};

struct world	*world_new(struct arena *, uint64_t seed);
/*
 * The world as a line without line end; its length goes to *length.  Of one
 * world all lines are the same, but for what was done to its scene.
 */
const char	*world_line(const struct world *, size_t *length);

#endif
