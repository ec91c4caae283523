/* SPDX-License-Identifier: MIT */
/*
 * The answer to a question: calls in sequence, each a full decision on every
 * request that it is made of.  The session that an sts:AssumeRole makes is the
 * caller of the next call, with what AWS carries over and nothing else
 * (TRUST-8 to TRUST-12).
 */
#ifndef SIMULATOR_CHAIN_H
#define SIMULATOR_CHAIN_H

#include <stddef.h>

#include "simulator/decision.h"
#include "simulator/summons.h"

/* One request of a call, decided. */
struct ruling {
	const char			*part;	/* of calls.tsv, or NULL */
	const struct resource_party	*resource;
	struct request			 request;
	struct policies			 policies;
	struct decision			 decision;
	struct trail			 trail;
	enum verdict			 verdict;	/* over every way and
							 * owner left open */
	const char			*reason;
	const struct word		*wanted;	/* keys that are told of
							 * besides those of the
							 * policies: whoever asked
							 * tests them */
	size_t				 wanted_count;
};

/* A call: allowed when each of its requests is. */
struct hop {
	const struct summoned_call	*call;
	struct caller_party		 caller;
	const struct ruling		*rulings;
	size_t				 count;
	enum verdict			 verdict;
	const char			*missing;	/* parts of the call that
							 * were not named and not
							 * decided: Unknown, if
							 * nothing denies; or NULL */
	const char			*refused;	/* AWS takes no such call at
							 * all, whatever the
							 * policies: why; or NULL */
	const struct ruling		*decisive;	/* NULL: all allow, or
							 * it is unreachable */
};

struct answer {
	enum verdict		 verdict;	/* of the calls together */
	const struct hop	*hops;		/* up to the first that is
						 * denied */
	size_t			 count;
	const struct hop	*decisive;	/* NULL: all are allowed */
	LIST(struct word)	 depends;	/* keys that the verdict hangs
						 * on, each once */
	assumption_set		 rests;
};

/* Decides; the trails are kept.  Everything lives in the arena. */
void	 chain_decide(struct arena *, const struct court *,
	    const struct question *, const struct summons *,
	    struct answer *);

/* The verdict hangs on that key. */
bool	 answer_depends_on(const struct answer *, struct word key);

/* The less permissive of two verdicts of which both must allow. */
enum verdict	 verdict_join(enum verdict, enum verdict);

#endif
