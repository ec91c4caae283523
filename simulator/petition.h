/* SPDX-License-Identifier: MIT */
/*
 * A request of a call before it is decided: which action on which resource,
 * and whence everything that bears on it comes.
 */
#ifndef SIMULATOR_PETITION_H
#define SIMULATOR_PETITION_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/hearing.h"
#include "simulator/summons.h"

struct petition {
	struct arena			*arena;
	const struct court		*court;
	const struct question		*question;
	const struct summoned_call	*call;
	const struct caller_party	*caller;
	bool				 mfa;		/* the caller shows it */
	const char			*part;		/* or NULL */
	struct word			 action;
	const struct resource_party	*resource;
	bool				 stray;		/* which is none that
							 * the call takes, or
							 * "*" */
	struct way			 way;
	bool				 foreign_owner;	/* read an open owner
							 * as somebody else */
	bool				 open_alias;	/* any canonical user id
							 * may be of the
							 * caller's account */
	bool				 open_resource;	/* read it as any */
};

struct petitions {
	const struct petition	*items;
	size_t			 count;
	const char		*refused;	/* why AWS takes no such call,
						 * whatever the policies, or
						 * NULL */
	const char		*missing;	/* parts that no resource was
						 * named for, or NULL */
};

/*
 * The requests that a call is made of (RES-10, calls.tsv): one for each
 * resource, and those for tags, a source identity or context that is passed
 * along (TRUST-8).
 */
struct petitions	 petition_list(struct arena *, const struct court *,
			    const struct question *,
			    const struct summoned_call *,
			    const struct caller_party *, bool mfa);

/* The request with its context, and the policies that bear on it. */
void			 petition_prepare(const struct petition *,
			    struct request *, struct policies *,
			    assumption_set *rests);

/* The policies alone, of a request that is filled in already. */
void			 petition_gather(const struct petition *,
			    const struct request *, struct policies *);

#endif
