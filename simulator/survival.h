/* SPDX-License-Identifier: MIT */
/*
 * Whether suites notice a mutant: some expectation or guarantee that passes
 * with the policies as they are does not pass with the mutant.
 *
 * What is cheap goes first: expectations, then what the mutant can change of
 * any decision in the estate (change_estate.h), then guarantees.  A promise
 * that nothing of some kind is allowed stays kept when no call is gained, one
 * that something stays possible when no call is lost; such are not proved
 * again.
 */
#ifndef SIMULATOR_SURVIVAL_H
#define SIMULATOR_SURVIVAL_H

#include "simulator/change_estate.h"
#include "simulator/mutation.h"
#include "simulator/rehearsal.h"

/* Surviving is zero: only what has been shown takes a mutant away. */
enum survival_verdict {
	SURVIVAL_SURVIVED = 0,
	SURVIVAL_UNDECIDED,		/* no guarantee is broken, and some may
					 * be: its proof came to no end */
	SURVIVAL_MASKED,		/* nor could any be: the document says
					 * something else, and all decisions in
					 * the estate are the same */
	SURVIVAL_EQUIVALENT,		/* the document decides the same */
	SURVIVAL_KILLED,
	SURVIVAL_COUNT
};

/* What mutants are held against: a suite, in a court of its own.  The courts
 * of several are of the same estate. */
struct survival_suite {
	const struct court		*court;
	const struct suite		*suite;
	const struct rehearsal		*rehearsal;	/* with the policies as
							 * they are */
	const struct rehearsal_options	*options;
	uint64_t			 budget;	/* of each comparison */
};

/* A call that is decided otherwise. */
struct survival_call {
	const char	*says;		/* in a few words; NULL: there is none */
	const char	*lesson;	/* a line of a test that would kill the
					 * mutant; NULL: no question comes to
					 * that call */
};

struct survival {
	enum survival_verdict		 verdict;
	size_t				 suite;		/* of killed: which, and */
	size_t				 killer;	/* which case of its
							 * rehearsal */
	enum change_verdict		 gained;	/* calls of the estate; of
							 * one killed by a test */
	enum change_verdict		 lost;		/* nobody has asked */
	const char			*reason;	/* of undecided; or why it
							 * is not known whether
							 * decisions change; or
							 * NULL */
	bool				 bug;		/* see struct proof */
	struct survival_call		 gain, loss;
};

/* "survived", "undecided", ... */
const char	*survival_verdict_name(enum survival_verdict);

/* The mutation is of the first one's estate.  Everything lives in the
 * arena. */
void		 survival_find(struct arena *, const struct survival_suite *,
		    size_t count, const struct mutation *,
		    struct survival *);

#endif
