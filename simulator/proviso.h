/* SPDX-License-Identifier: MIT */
/*
 * The conditions in whose words it is said when a request is allowed: the
 * tests of its policies on unknown keys, their reverses where IAM has an
 * operator for them, and what tells of a way or an owner that is open.  Each
 * is a formula over an impression, as encode.c reads what is written.
 */
#ifndef SIMULATOR_PROVISO_H
#define SIMULATOR_PROVISO_H

#include "simulator/impression.h"

/* How much a condition says. */
enum strength {
	STRENGTH_WEAK,			/* true of an absent key */
	STRENGTH_STRONG,
	STRENGTH_NULL,			/* only whether the key is there */
	STRENGTH_NEGATED,		/* what IAM has no operator for */
	STRENGTH_COUNT
};

struct proviso {
	const struct imprint	*imprint;	/* the request that it is about */
	struct test		 test;		/* without a place in a policy */
	const struct substitution *entry;	/* of Resource, which says the
						 * same of the resource at hand;
						 * or NULL */
	bool			 negated;	/* it must not hold */
	int			 formula;
};

struct provisos {
	LIST(struct proviso)	 list;		/* by strength, each formula
						 * once */
	size_t			 ends[STRENGTH_COUNT];	/* of each strength */
	LIST(struct proviso)	 seeds;		/* tests as policies have them */
};

/* Finds the tests, and counts the keys that they ask for; between
 * impression_take() and impression_judge(). */
void		 proviso_gather(struct provisos *, struct impression *);
/* Encodes them all; before impression_bind(). */
void		 proviso_encode(struct provisos *, struct impression *);

#endif
