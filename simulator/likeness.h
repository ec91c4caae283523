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
#include "policy/catalog.h"
#include "simulator/estate.h"
#include "simulator/universe.h"

/*
 * Sets the slot's shape, words and preferred words, by the name of a key or
 * of another slot of a supposition ("principal", "account", "session", ...)
 * and by its type, which is set.  To be called before universe_add().
 */
void	 likeness_fit(struct arena *, const struct estate *,
	    const char *name, struct slot *);

/*
 * Prefers, for a slot that holds a resource, those that the estate lists, and
 * such as the listed actions act on, in its accounts, in somebody else's and
 * of AWS; first of all the type of that name, if the slot is about a part of a
 * call.
 */
void	 likeness_fit_resource(struct arena *, const struct estate *,
	    const struct action *const *actions, size_t count,
	    const char *part, struct slot *);

/* Everybody knows it: of actions that are alike, it may stand for all. */
bool	 likeness_is_familiar(const struct action *);

#endif
