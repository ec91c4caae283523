/* SPDX-License-Identifier: MIT */
/*
 * The parameters of the named guarantees, as the estate states them
 * (sekisho-estate(5), `perimeter').  Which promises are made of them,
 * named.c knows.
 *
 * A list is an array of the estate's text whose strings have been checked;
 * NULL: it is not said.
 */
#ifndef SIMULATOR_PERIMETER_H
#define SIMULATOR_PERIMETER_H

#include "policy/text.h"

/* What is let through although it is not as promised. */
enum perimeter_side {
	PERIMETER_IDENTITIES,		/* who is no trusted identity */
	PERIMETER_RESOURCES,		/* what is no trusted resource */
	PERIMETER_NETWORKS,		/* where is no expected network */
	PERIMETER_SIDES
};

struct perimeter {
	const struct node	*accounts;	/* ours; not said: all members */
	const struct node	*partners;	/* accounts of others, trusted */
	const struct node	*networks;	/* public ranges */
	const struct node	*vpcs;		/* ids or names of the estate */
	const struct node	*endpoints;	/* likewise; neither said: all
						 * endpoints of the estate */
	const struct node	*actions;	/* patterns that the promises are
						 * about; not said: all */
	const struct node	*owned;		/* resources of AWS's services:
						 * objects, as exceptions */
	const struct node	*exceptions[PERIMETER_SIDES];	/* objects, with
						 * some of `principals',
						 * `actions', `resources' and
						 * `condition' */
	const struct node	*administrators; /* who sets the tags that
						 * exceptions test */
	const struct node	*roles;		/* whose credentials may leak */
	const struct node	*liveness;	/* promises, as texts */
	const struct node	*independent;	/* names of guarantees */
};

#endif
