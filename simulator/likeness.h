/* SPDX-License-Identifier: MIT */
/*
 * What the values of keys look like, so that a witness reads like a request
 * that somebody has seen.  Nothing here may take away a value that AWS could
 * send: only what is certain is a shape or a closed list of words; the rest is
 * merely tried first.
 */
#ifndef SIMULATOR_LIKENESS_H
#define SIMULATOR_LIKENESS_H

#include "policy/arena.h"
#include "simulator/estate.h"
#include "simulator/universe.h"

/*
 * Sets the slot's shape, words and preferred words, by the name of a key or
 * of another slot of a supposition ("principal", "account", "session", ...)
 * and by its type, which is set.  To be called before universe_add().
 */
void	 likeness_fit(struct arena *, const struct estate *,
	    const char *name, struct slot *);

#endif
