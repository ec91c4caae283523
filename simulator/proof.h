/* SPDX-License-Identifier: MIT */
/*
 * Whether a promise is kept by all calls that can exist, or by which it is
 * broken (PROOF.md is the method).  Three answers only: holds, broken with a
 * witness that decision.c has confirmed, or undecided with the reason.
 */
#ifndef SIMULATOR_PROOF_H
#define SIMULATOR_PROOF_H

#include <stdbool.h>
#include <stdint.h>

#include "simulator/chain.h"
#include "simulator/guarantee.h"
#include "simulator/supposition.h"

enum proof_verdict {
	PROOF_UNDECIDED = 0,
	PROOF_BROKEN,
	PROOF_HOLDS
};

/* A set of premises, one bit each. */
typedef uint32_t premise_set;
_Static_assert(PREMISE_COUNT <= 32, "a premise has a bit");

struct proof_options {
	uint64_t	 budget;	/* steps for the whole guarantee */
	premise_set	 without;	/* premises that are switched off */
	bool		 why;		/* find what it rests on, at a price */
	bool		 documents;	/* find which documents it rests on */
};

/* A statement that a proof rests on. */
struct proof_ground {
	const struct charter	*charter;
	const struct clause	*clause;
};

/* An assumption followed otherwise, and what comes of it. */
struct proof_reading {
	enum assumption		 assumption;
	unsigned		 word;
	enum proof_verdict	 verdict;
};

enum { PROOF_EDITS_MAX = 3 };

struct proof {
	enum proof_verdict		 verdict;
	bool				 vacuous;	/* nothing is as it says */
	const struct guarantee		*which;		/* the promise that is
							 * broken, of several of
							 * one id */
	const char			*reason;	/* of undecided */
	bool				 bug;		/* a witness that is none */
	struct question_fault		 fault;		/* in the guarantee; no
							 * message: none */
	struct question_fault		 doubt;		/* likewise, of a guarantee
							 * that was proved all
							 * the same */
	const struct answer		*witness;	/* calls that break the
							 * promise; of liveness,
							 * that keep it */
	premise_set			 rests;		/* of what holds */
	assumption_set			 assumptions;	/* that were followed */
	bool				 reread;	/* `readings' are all */
	LIST(struct proof_reading)	 readings;	/* of what holds, when
							 * asked why: those of
							 * assumptions under
							 * which it does not
							 * (PROOF 2.7) */
	bool				 explained;	/* `grounds' are all */
	LIST(struct proof_ground)	 grounds;	/* likewise, when asked
							 * why: a set of which no
							 * statement can be left
							 * out */
	unsigned			 edits;		/* likewise: how many edits
							 * of single statements
							 * break it; one more than
							 * PROOF_EDITS_MAX when
							 * so many do not; 0: not
							 * found out */
	bool				 narrowed;	/* when asked which, the
							 * documents were found
							 * out */
	LIST(const struct charter *)	 documents;	/* the verdict is the same
							 * whatever all others
							 * say; it may be of
							 * nothing then, or no
							 * longer */
	uint64_t			 steps;		/* spent */
};

const char	*proof_verdict_name(enum proof_verdict);

/* Everything lives in the arena. */
void	 proof_make(struct arena *, const struct court *,
	    const struct guarantee *, const struct proof_options *,
	    struct proof *);

#endif
