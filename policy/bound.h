/* SPDX-License-Identifier: MIT */
/*
 * Tests that only somebody passes whom the policy has fixed: by whose the
 * caller is, from where, or for whom a service comes (SPEC 3.2).  Only a
 * trustworthy key with a fixed value does that; what a key says that is not
 * known here is taken for such.
 */
#ifndef POLICY_BOUND_H
#define POLICY_BOUND_H

#include <stdbool.h>

#include "policy/rule.h"

/* Any stranger can make a request that meets it. */
bool	 condition_is_idle(struct check *, const struct condition *);

/* Every stranger has such a value, or can take it; it lists such a one. */
bool	 condition_value_is_open(struct check *, const struct condition *,
	    const struct node *);
bool	 condition_has_open_value(struct check *, const struct condition *);

/*
 * Of a Deny: it hits every stranger but those whom it names, or none; a test
 * that is neither is of the request, and leaves the matter to the others.
 */
bool	 condition_bars_strangers(struct check *, const struct condition *);
bool	 condition_spares_strangers(struct check *, const struct condition *);

#endif
