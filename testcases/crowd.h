/* SPDX-License-Identifier: MIT */
/*
 * Every request that can be made in a hamlet, one by one: each caller makes
 * each call, every way, with every combination of the values that its open
 * keys may have.  What follows of the rest, derive.c says, and what comes of
 * it, decision.c.  Nothing here knows of the prover.
 */
#ifndef TESTCASES_CROWD_H
#define TESTCASES_CROWD_H

#include "simulator/decision.h"
#include "simulator/petition.h"
#include "testcases/coverage.h"
#include "testcases/hamlet.h"

enum { CROWD_REQUESTS_MAX = 4 };

/* One request of a call, decided. */
struct crowd_request {
	const struct resource_party	*resource;
	struct request			 request;
	struct policies			 policies;
	struct decision			 decision;
	enum verdict			 hopeful;	/* where what nobody
							 * knows allows all */
};

struct crowd_case {
	const struct caller_party	*caller;
	struct way			 way;
	struct crowd_request		 requests[CROWD_REQUESTS_MAX];
	size_t				 count;
};

struct crowd_key {
	const char	*name;
	enum value_type	 type;
	bool		 free;		/* takes any value */
	struct phrases	 values;
};

struct crowd {
	struct arena		*arena, *scratch;
	const struct court	*court;
	struct hamlet		*hamlet;
	LIST(struct crowd_key)	 keys;		/* that anybody asks for */
	struct dice		 dice;
	size_t			 limit;		/* combinations of one call;
						 * more are drawn by lot */
	size_t			 count, sampled;
	struct coverage		*coverage;
};

/* The text is everything that is asked of the hamlet besides its policies. */
void	 crowd_init(struct crowd *, const char *text);
/* The case is good until the next. */
void	 crowd_visit(struct crowd *,
	    void (*visit)(void *, const struct crowd_case *), void *);

#endif
