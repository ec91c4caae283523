/* SPDX-License-Identifier: MIT */
/*
 * What random worlds were made of, counted: how often each word of the policy
 * language occurred, and how often a statement came out by it.  Numbers for
 * people; nothing fails for want of them.
 */
#ifndef TESTCASES_COVERAGE_H
#define TESTCASES_COVERAGE_H

#include "simulator/docket.h"

struct coverage {
	struct arena	*arena;
	LIST(struct tally) tallies;
};

/* How often something occurred, and how often it was decisive. */
struct tally {
	const char	*topic, *name;
	size_t		 seen, decided;
};

/* Adds one case and how it was decided, with its trail. */
void	 coverage_add(struct coverage *, const struct docket *,
	    const struct decision *, const struct trail *);
/* Adds to one number only. */
void	 coverage_count(struct coverage *, const char *topic,
	    const char *name, bool decided);
/* Prints comments in the sense of TAP. */
void	 coverage_print(const struct coverage *);

#endif
