/* SPDX-License-Identifier: MIT */
/*
 * Names of actions that AWS has not announced, made up out of patterns.
 * Whether such a name is listed after all is not asked here.
 */
#ifndef SIMULATOR_INVENTION_H
#define SIMULATOR_INVENTION_H

#include "policy/pattern.h"
#include "simulator/word.h"

enum { INVENTION_LENGTH_MAX = 128 };	/* of patterns across each other */

/* A name that the pattern matches and that no action has. */
struct word	 invention_of(struct arena *, const struct pattern *);

/* A name that both match, with something of its own in it, if that can be;
 * absent when there is none. */
struct word	 invention_across(struct arena *, const struct pattern *,
		    const struct pattern *);

#endif
