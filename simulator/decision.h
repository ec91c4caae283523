/* SPDX-License-Identifier: MIT */
/*
 * The decision on one request against every layer (SPEC section 5).
 *
 * The zero value denies; only a comparison with VERDICT_ALLOWED lets anyone
 * in.
 *
 * A completion makes of each key that is unknown one that is absent or has
 * any list of values.  Allowed is said only of what every completion allows,
 * and a denial only of what none does: ExplicitlyDenied when a Deny matches
 * in all of them, ImplicitlyDenied when at least one is denied for want of an
 * Allow, so that it claims the less.  All else Depends; that may also be said
 * where all completions agree, for an unknown key is taken to hold other
 * things in one test than in another.
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
	/* When a trail was kept: */
	assumption_set	 rests;		/* what the verdict rests on */
	const struct word *keys;	/* that are unknown and decide, in the
					 * memory of the trail; of
					 * VERDICT_DEPENDS only */
	size_t		 key_count;
};

/* "Allowed", "ImplicitlyDenied", ... */
const char	*verdict_name(enum verdict);
bool		 verdict_is_denial(enum verdict);

/*
 * Decides.  Allocates nothing unless a trail is kept.  The endpoint's policy
 * counts when one is given and the call can pass through it (VPCE-1).  Where
 * unknown keys leave open what credentials the caller has, the trail shows
 * the hearing of one who has none of these.
 */
struct decision	 decision_make(const struct request *,
		    const struct policies *, const struct assumptions *,
		    struct trail *);

#endif
