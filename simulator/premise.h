/* SPDX-License-Identifier: MIT */
/*
 * What is taken to be true of every call that can exist, so that no witness
 * is a request that AWS could never see.  derive.c says the same of one
 * concrete request; the two must agree: whatever derive.c derives, the
 * premises allow.
 */
#ifndef SIMULATOR_PREMISE_H
#define SIMULATOR_PREMISE_H

#include <stdbool.h>

#include "simulator/supposition.h"

const char	*premise_name(enum premise);
const char	*premise_says(enum premise);
bool		 premise_find(const char *name, enum premise *);

/*
 * What SPEC leaves open.  Where the court's assumption a-mfa is the default,
 * a role's session has no MFA; with `all' it may have had it, too: a promise
 * that nothing happens must hold under every reading.  Another choice of
 * a-mfa is followed in either case.
 */
struct premise_reading {
	bool	 all;
	bool	 assumed;	/* a role's session was made by sts:AssumeRole,
				 * so that it says false: a promise that
				 * something goes must hold of these */
	bool	 trusting;	/* trust policies are taken to allow
				 * everything, whatever they say */
	bool	 endpoint;	/* an endpoint's policy alone is asked: calls
				 * that need no permission count (STS-1) */
};

/*
 * Requires all that follows for the call, of the keys that were asked for so
 * far: to be called once, when everything else is encoded.  Keys that it asks
 * for itself are treated likewise.
 */
void		 premise_add(struct supposition *, struct premise_reading);
/*
 * The second call is made by the session that the first makes, which is one
 * of sts:AssumeRole or its kin: what it carries over, and nothing else
 * (TRUST-9 to TRUST-12).  To be called before premise_add(), since it asks for
 * keys of both, and in the order of the calls, since it asks what the first
 * has inherited.
 */
void		 premise_link(struct supposition *first,
		    struct supposition *second, struct premise_reading);
/*
 * Asks of both calls for the keys under which the session gets what it
 * carries: along the calls of a chain and back again, before any of them are
 * linked.
 */
void		 premise_share(struct supposition *first,
		    struct supposition *second);
/* The same session makes both calls. */
void		 premise_agree(struct supposition *first,
		    struct supposition *second);
/*
 * The second call is made by a session that comes from the first, by way of
 * others: what stays the same is said once more without those between, for
 * whoever solves it.
 */
void		 premise_keep(struct supposition *first,
		    struct supposition *second);
/* Formula: if a session calls, the call makes a session from it, which
 * inherits of it. */
int		 premise_chains(const struct supposition *);

/* The key is listed, or a claim of some identity provider. */
bool		 premise_knows_key(const struct supposition *, struct word);

/* Some premise is about that very action: another one, though the catalogue
 * says the same of both, must not stand for it. */
bool		 premise_knows(const struct action *);

#endif
