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

#include "policy/arena.h"

/* The line has no line end; its length goes to *length. */
const char	*world_line(struct arena *, uint64_t seed, size_t *length);

#endif
