/* SPDX-License-Identifier: MIT */
/*
 * hearing.c and decision.c over a supposed request: the formula that says that
 * AWS allows it.
 */
#ifndef SIMULATOR_JUDGEMENT_H
#define SIMULATOR_JUDGEMENT_H

#include <stdbool.h>

#include "policy/layer.h"
#include "simulator/encode.h"

/* How policies are read. */
struct judgement_use {
	layer_set	 assuming;	/* layers that allow everything and deny
					 * nothing, whatever is in them */
	bool		 hopeful;	/* a policy that nobody knows allows
					 * everything; else nothing */
	const struct encode_unknown *unknown;	/* of each layer, in place of
					 * that; or NULL */
	const struct policies *policies;	/* of the one request that it can be,
					 * in place of the court's; where
					 * these have no endpoint's, the
					 * court's count; or NULL */
};

/* Counts the keys that the policies of the court test; before all else. */
void	 judgement_expect(struct supposed_request *);

/* The request is Allowed (SPEC 5.10). */
int	 judgement_allowed(struct supposed_request *,
	    const struct judgement_use *);
/*
 * One layer alone allows it: some Allow matches, and no Deny; in every level
 * that binds the request, of layers that have levels.  Where the layer has no
 * policy that bears on the request, nothing stops it.
 */
int	 judgement_layer_allows(struct supposed_request *, enum layer,
	    const struct judgement_use *);

/*
 * Where what must never be is asked of: of two readings that differ in what is
 * allowed, and of which AWS has both, the one that allows more (sts-3).
 */
const struct court	*judgement_widest(struct arena *,
			    const struct court *);

/* All documents of the court, of whatever layer. */
struct charters	 judgement_documents(struct arena *, const struct court *);

#endif
