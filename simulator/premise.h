/* SPDX-License-Identifier: MIT */
/*
 * What is taken to be true of every call that can exist, so that no witness
 * is a request that AWS could never see.  derive.c says the same of one
 * concrete request; the two must agree.
 */
#ifndef SIMULATOR_PREMISE_H
#define SIMULATOR_PREMISE_H

#include <stdbool.h>

#include "simulator/supposition.h"

const char	*premise_name(enum premise);
const char	*premise_says(enum premise);
bool		 premise_find(const char *name, enum premise *);

/*
 * Requires all that follows for the call, of the keys that were asked for so
 * far: to be called when everything else is encoded.  Keys that it asks for
 * itself are treated likewise.
 */
void		 premise_add(struct supposition *);
/*
 * The second call is made by the session that the first, an sts:AssumeRole,
 * makes: what it carries over, and nothing else (TRUST-9 to TRUST-12).
 */
void		 premise_link(struct supposition *first,
		    struct supposition *second);

#endif
