/* SPDX-License-Identifier: MIT */
/*
 * The actions that a request can be for, as far as some documents can tell
 * them apart: one for each set of actions of the catalogue that match the same
 * statements, act on the same types of resources and carry the same of the
 * keys that are asked for; and such as AWS may announce tomorrow, one for each
 * wildcard, and one for any two that some name matches (PROOF 2.2).
 */
#ifndef SIMULATOR_REPERTOIRE_H
#define SIMULATOR_REPERTOIRE_H

#include "simulator/clause.h"
#include "simulator/question.h"
#include "simulator/supposition.h"

struct words {
	LIST(struct word)		 list;
};

struct repertoire {
	LIST(struct supposed_action)	 list;
	struct words			 apart;		/* calls that were left
							 * out */
	bool				 cut;		/* actions of tomorrow
							 * were: there are too
							 * many */
};

/* What to say of a repertoire that was cut. */
extern const char repertoire_cut[];

struct repertoire_use {
	const struct charters	*documents;	/* that tell actions apart */
	const struct phrases	*wanted;	/* patterns of which one must match
						 * the name; NULL or none: any */
	const struct phrases	*told;		/* patterns that tell actions
						 * apart as well; or NULL */
	const struct words	*keys;		/* tested besides those of the
						 * documents; or NULL */
	bool			 apart;		/* leave out actions that are
						 * asked for beside others, by
						 * one call (calls.tsv) */
	bool			 announced;	/* none that AWS may announce
						 * tomorrow */
	const struct charters	*granting;	/* one of their Allow statements
						 * must match; NULL: none need */
};

/* Neither has rules of its own, and both are of one service and act on the same
 * types of resources: policies and keys alone can tell them apart. */
bool	 repertoire_alike(const struct action *, const struct action *);

/* Bits are not set.  There is always one action at least. */
void	 repertoire_find(struct repertoire *, struct arena *,
	    const struct court *, const struct repertoire_use *);

#endif
