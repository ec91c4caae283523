/* SPDX-License-Identifier: MIT */
/*
 * One line before both evaluators.  What is made of their answers is not
 * known here.
 */
#ifndef TESTCASES_CONTEST_H
#define TESTCASES_CONTEST_H

#include "simulator/docket.h"
#include "testcases/coverage.h"
#include "testcases/reference.h"

struct contest {
	struct arena			*arena;		/* of one line */
	const struct reference_facts	*reference;
	struct assumptions		 assumptions;
	struct docket_facts		 facts;
	struct coverage			 coverage;
};

/* What the program says of a line. */
struct answer {
	const char	*verdict;	/* or "a fault" */
	struct decision	 decision;	/* with what its trail tells */
	bool		 wavers;	/* a trail, or bit sets over the
					 * catalogue, change the verdict */
};

/* The tables are those of a directory; without one, of the source directory,
 * as automake names it. */
void	 contest_init(struct contest *, struct arena *,
	    const char *directory);

/* See tenets.h. */
void	 contest_assume(struct contest *, uint64_t seed);

/* A line that is no JSON ends the program. */
const struct text	*contest_read(const struct contest *,
			    const char *line, size_t length);
struct answer		 contest_ask(struct contest *, const struct text *);
/*
 * An assumption that is not among those that the verdict is said to rest on,
 * and another word for it makes another verdict; or NULL.  Only one is tried.
 */
const char		*contest_find_unsaid(const struct contest *,
			    const struct text *, const struct answer *,
			    uint64_t seed);
const char		*contest_ask_reference(const struct contest *,
			    const struct text *);

#endif
