/* SPDX-License-Identifier: MIT */
/*
 * A random guarantee over a hamlet, and whether one call is as it says: slow
 * and obvious, by condition.c alone.  Nothing here knows of formulas.
 */
#ifndef TESTCASES_OATH_H
#define TESTCASES_OATH_H

#include "simulator/guarantee.h"
#include "testcases/crowd.h"

/* Tests of guarantees, compiled once. */
struct oath_test {
	const struct guarantee_condition	*source;
	const struct test			*test;
};

struct oath_tests {
	struct arena		*arena;
	LIST(struct oath_test)	 list;
};

/* A call that a guarantee is asked about. */
struct oath_call {
	const struct court		*court;
	struct arena			*arena;
	struct oath_tests		*tests;
	const struct caller_party	*caller;
	const struct way		*way;
	const struct request *const	*requests;
	size_t				 count;
};

/* Writes `guarantee ID oath' and what belongs to it. */
void	 oath_print(struct hamlet *, size_t id, struct writing *);

/* The guarantee speaks of the call, `where' included. */
bool	 oath_concerns(const struct oath_call *, const struct guarantee *);
/* The call is as it must be; never, when nothing must. */
bool	 oath_is_kept(const struct oath_call *, const struct guarantee *);

/* Counts what it is made of, and how often some call decided it. */
void	 oath_cover(struct coverage *, const struct guarantee *,
	    bool decided);

#endif
