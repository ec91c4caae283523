/* SPDX-License-Identifier: MIT */
/*
 * Actions and condition keys of a suite that the catalogue does not list.  A
 * guarantee with a misspelt name may well hold, of nothing, and what nobody
 * allows is denied: so it is said.
 */
#ifndef SIMULATOR_SPELLING_H
#define SIMULATOR_SPELLING_H

#include "policy/catalog.h"
#include "simulator/suite.h"

/* A finding of severity warning for each, with the nearest name as its help:
 * tests, then guarantees. */
void	 spelling_check(const struct catalog *, const struct suite *,
	    struct report *);

#endif
