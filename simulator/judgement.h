/* SPDX-License-Identifier: MIT */
/*
 * decision.c over a supposed call: the formula that says that AWS allows it.
 */
#ifndef SIMULATOR_JUDGEMENT_H
#define SIMULATOR_JUDGEMENT_H

#include <stdbool.h>

#include "policy/layer.h"
#include "simulator/encode.h"

/* How policies are read. */
struct reading_of_policies {
	layer_set	 assuming;	/* layers that allow everything and deny
					 * nothing, whatever is in them */
	bool		 hopeful;	/* a policy that nobody knows allows
					 * everything; else nothing */
};

/* Counts the keys that the policies of the court test; before all else. */
void	 judgement_expect(struct supposed_request *);

/* The request is Allowed (SPEC 5.10). */
int	 judgement_allowed(struct supposed_request *,
	    const struct reading_of_policies *);
/*
 * One layer alone allows it: a statement of a document that applies allows,
 * and none denies.  Of the endpoint layer: the policy of the endpoint that the
 * request goes through; true when it goes through none of the estate's.
 */
int	 judgement_layer_allows(struct supposed_request *, enum layer,
	    const struct reading_of_policies *);

/* The documents of the court that may bear on a request, all layers. */
struct charters	 judgement_documents(struct arena *, const struct court *);

#endif
