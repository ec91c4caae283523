/* SPDX-License-Identifier: MIT */
/*
 * The actions that a request can be for, as far as some documents can tell
 * them apart: one for each set of actions of the catalogue that match the same
 * statements, act on the same types of resources and carry the same of the
 * keys that are asked for; and such as AWS may announce tomorrow, one for each
 * wildcard (PROOF 2.2).
 */
#ifndef SIMULATOR_REPERTOIRE_H
#define SIMULATOR_REPERTOIRE_H

#include "simulator/clause.h"
#include "simulator/question.h"
#include "simulator/supposition.h"

struct repertoire {
	LIST(struct supposed_action)	 list;
};

struct words {
	LIST(struct word)		 list;
};

/*
 * Lists actions of which some pattern of `wanted' matches the name; all when
 * it has none.  `mentioned' are patterns that tell actions apart, too, and
 * `keys' are condition keys that are tested besides those of the documents.
 * Bits are not set.
 */
void	 repertoire_find(struct repertoire *, struct arena *,
	    const struct court *, const struct charters *documents,
	    const struct phrases *wanted, const struct phrases *mentioned,
	    const struct words *keys);

#endif
