/* SPDX-License-Identifier: MIT */
/*
 * What each policy of an estate is there for: its layers, and what it is
 * attached to.  One file may stand in several places.
 */
#ifndef SIMULATOR_ESTATE_USE_H
#define SIMULATOR_ESTATE_USE_H

#include "simulator/estate.h"

struct estate_use {
	layer_set		 layers;	/* none: AWS's own default */
	struct word		 attached;	/* ARN of the one resource, no
						 * pattern, or absent */
	const struct service	*service;	/* of all its endpoints, or of
						 * all its resources; NULL:
						 * several, or not listed */
	enum endpoint_kind	 kind;		/* of all its endpoints */
};

/* One for each reference, by its number. */
const struct estate_use	*estate_uses(struct arena *, const struct estate *);

#endif
