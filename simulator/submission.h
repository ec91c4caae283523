/* SPDX-License-Identifier: MIT */
/*
 * Documents that somebody brings along, one after the other, made into
 * exhibits.  Each SCP or RCP is a level of the organization, the root first,
 * but for those that stand beside the one before.
 */
#ifndef SIMULATOR_SUBMISSION_H
#define SIMULATOR_SUBMISSION_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/summons.h"

struct submission {
	enum layer		 layer;
	const char		*name;
	const struct policy	*policy;	/* NULL: unknown */
	bool			 beside;	/* at the level of the SCP or
						 * RCP before it */
};

struct submissions {
	LIST(struct submission)	 list;
	LIST(const char *)	 remarks;	/* what is understood without
						 * being said: sentences */
};

/*
 * References that are numbered from there on; returns the next number.  A
 * level of SCPs that allows nothing is understood to have FullAWSAccess, as
 * AWS attaches it to every root, unit and account; that is remarked.
 */
size_t	 submissions_exhibit(struct arena *, struct submissions *,
	    size_t number, struct exhibits *);

#endif
