/* SPDX-License-Identifier: MIT */
/*
 * A case that stands on its own: a request and every policy that bears on it,
 * in one JSON object (SPEC section 6).
 */
#ifndef SIMULATOR_DOCKET_H
#define SIMULATOR_DOCKET_H

#include <stdbool.h>

#include "policy/catalog.h"
#include "policy/text.h"
#include "simulator/decision.h"

/* Why a case cannot be heard. */
struct docket_fault {
	const char	*message;	/* lower case, no stop */
	struct span	 span;
};

struct docket {
	const struct node	*id;		/* or NULL */
	struct request		 request;
	struct policies		 policies;
};

/* What cases are read with. */
struct docket_facts {
	const struct catalog		*catalog;
	const struct assumptions	*assumptions;
	unsigned			 charter;	/* CHARTER_INDEXED */
};

/*
 * Reads the case out of `node', a value of that text, which is usable, and
 * compiles its policies.  A policy that cannot be used leaves its layer
 * unreadable, which the decision will say; a request that makes no sense is a
 * fault.
 */
bool	 docket_read(struct arena *, const struct docket_facts *,
	    const struct text *, const struct node *, struct docket *,
	    struct docket_fault *);

#endif
