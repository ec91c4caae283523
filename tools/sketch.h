/* SPDX-License-Identifier: MIT */
/*
 * An estate out of options, for documents that stand alone: an organization,
 * accounts of it, and the simplest parameters of the named guarantees.  What
 * the options name is checked where an estate is read.
 */
#ifndef TOOLS_SKETCH_H
#define TOOLS_SKETCH_H

#include "policy/arena.h"

/* Lists are parted by commas; NULL: not said. */
struct sketch {
	const char	*organization;
	const char	*accounts;	/* not said: one stands for all */
	const char	*partners;
	const char	*networks;	/* ranges of addresses */
	const char	*vpcs;
	const char	*actions;	/* that promises are about */
};

/* The text of the estate; NULL when no option says anything. */
const char	*sketch_text(struct arena *, const struct sketch *);

#endif
