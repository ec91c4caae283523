/* SPDX-License-Identifier: MIT */
/*
 * The decision on one request against every layer (SPEC section 5).
 *
 * The zero value denies; only a comparison with VERDICT_ALLOWED lets anyone
 * in.  Keys of which nothing is known make three-valued layers; the verdict
 * is Allowed or a denial only when it is so whatever those keys hold.
 */
#ifndef SIMULATOR_DECISION_H
#define SIMULATOR_DECISION_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/assumption.h"
#include "simulator/hearing.h"

enum verdict {
	VERDICT_IMPLICITLY_DENIED = 0,
	VERDICT_EXPLICITLY_DENIED,
	VERDICT_ALLOWED,
	VERDICT_DEPENDS,		/* on keys that are open */
	VERDICT_UNKNOWN			/* a layer is unreadable, or the case is
					 * not modelled (EVAL-9, EVAL-41) */
};

struct decision {
	enum verdict	 verdict;
	bool		 has_layer;	/* one layer decided */
	enum layer	 layer;
	size_t		 level;		/* of scp and rcp */
	const char	*reason;	/* lower case, no stop; never NULL */
	assumption_set	 rests;		/* what the verdict rests on, when a
					 * trail was kept */
};

/* "Allowed", "ImplicitlyDenied", ... */
const char	*verdict_name(enum verdict);

/*
 * Decides.  Allocates nothing unless a trail is kept.  The endpoint's policy
 * counts when one is given and the call can pass through it (VPCE-1).
 */
struct decision	 decision_make(const struct request *,
		    const struct policies *, const struct assumptions *,
		    struct trail *);

#endif
