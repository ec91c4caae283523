/* SPDX-License-Identifier: MIT */
/*
 * What a verdict that depends turns on: one set of values of the unknown keys
 * that allows, and for each key the others that do as well.
 */
#ifndef SIMULATOR_HINGE_H
#define SIMULATOR_HINGE_H

#include "simulator/wish.h"

struct hinge {
	struct word		 key;
	/* Each allows, with the first of every other key; empty: the key
	 * need not be known. */
	LIST(struct trial_change) values;
};

struct hinges {
	LIST(struct hinge)	 list;		/* a row for every key */
	bool			 allowed;	/* some set of values allows */
	bool			 spent;		/* the budget was */
};

struct hinges	 hinge_find(struct arena *, const struct court *,
		    const struct question *, const struct summons *,
		    const struct answer *);

#endif
