/* SPDX-License-Identifier: MIT */
/*
 * On what terms a question is allowed whose answer hangs on unknown keys: the
 * exact condition, as the prover finds it.  Allowed when one of the terms is
 * met, that is, all conditions of it; no condition can be left out of its
 * term, and no term of the list.
 *
 * It is exact for requests that can exist, where no list holds an empty text:
 * of a constant answer the premises are named on which it rests.  Whatever is said here, decision.c has confirmed by examples on
 * both sides.
 */
#ifndef SIMULATOR_TERMS_H
#define SIMULATOR_TERMS_H

#include "simulator/proof.h"
#include "simulator/proviso.h"

enum terms_answer {
	TERMS_UNKNOWN = 0,		/* for the reason; or not asked for */
	TERMS_NEVER,			/* whatever the keys hold */
	TERMS_ALWAYS,
	TERMS_LISTED
};

struct term {
	LIST(const struct proviso *)	 list;		/* all of them */
};

struct terms {
	enum terms_answer	 answer;
	const char		*reason;	/* of TERMS_UNKNOWN, where NULL is
						 * that nobody asked; or of `more' */
	LIST(struct term)	 list;		/* one of them */
	bool			 more;		/* there may be others */
	bool			 unlisted;	/* some hold through an endpoint
						 * that the estate does not list,
						 * whose policy is taken to allow
						 * it */
	premise_set		 rests;		/* of never and always */
	uint64_t		 steps;
};

/* Of an answer that Depends. */
struct terms	 terms_find(struct arena *, const struct court *,
		    const struct question *, const struct answer *);

/* The same as far as the answer is constant; else nothing is listed. */
struct terms	 terms_settle(struct arena *, const struct court *,
		    const struct question *, const struct answer *);

#endif
