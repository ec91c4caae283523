/* SPDX-License-Identifier: MIT */
/*
 * Whom and what a question names, in terms of an estate: the caller, the
 * roles on the way, the resources, the ways through the network, and the
 * policies that bear on each.
 */
#ifndef SIMULATOR_SUMMONS_H
#define SIMULATOR_SUMMONS_H

#include <stdbool.h>

#include "policy/catalog.h"
#include "simulator/court.h"
#include "simulator/question.h"

/* Whoever makes a call, and with what. */
struct caller_party {
	struct actor			 actor;
	const struct estate_principal	*principal;	/* NULL: not listed */
	bool				 foreign;	/* its account is */
	enum credential			 credential;
	struct session			 session;
};

/* What a resource of a call is. */
struct resource_party {
	struct word			 arn;		/* or "*" */
	struct word			 ignored;	/* what was named, where
							 * that is "*" */
	const struct estate_resource	*resource;	/* NULL: not listed */
	const struct estate_principal	*role;		/* it is a role */
	struct word			 owner;		/* account; absent: AWS's,
							 * or nobody knows */
	bool				 owner_open;	/* nobody knows */
	bool				 owner_assumed;	/* the caller's, for want
							 * of another */
	bool				 aws_owned;
	bool				 foreign;
};

/* One call of a question. */
struct summoned_call {
	struct word			 action;
	const struct call		*call;		/* of calls.tsv, or NULL */
	const struct resource_party	*resources;
	size_t				 count;
	struct way			 way;
	const char			*unreachable;	/* why the way leads
							 * nowhere, or NULL */
	bool				 makes_session;	/* out of its resource */
	bool				 assumes;	/* its session makes the
							 * next call */
};

struct summons {
	struct caller_party		 caller;
	const struct summoned_call	*calls;
	size_t				 count;
};

/*
 * Finds all that the question names.  False with the fault, and with the
 * candidates in its help, when a name means nothing or several things.
 */
bool	 summons_read(struct arena *, const struct court *,
	    const struct question *, struct summons *,
	    struct question_fault *);

/* The action makes a session of its resource. */
bool	 summons_makes_session(struct word action);

/* The session of a role under a name; unnamed when the name is absent.  False
 * when it is no role, or the name can be none. */
bool	 summons_session(struct arena *, struct word role, struct word name,
	    struct actor *);

#endif
