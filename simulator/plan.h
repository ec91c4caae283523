/* SPDX-License-Identifier: MIT */
/*
 * A guarantee as formulas over supposed calls: which calls it speaks of, what
 * it asks of them, and what it promises.  Whether the promise is kept is
 * proof.c's business.
 *
 * A step that names several calls which ask for different things is several
 * plans: each is about one of them.  So is a step about any `call': this plan
 * is about those that are one request, and names the others.
 */
#ifndef SIMULATOR_PLAN_H
#define SIMULATOR_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/guarantee.h"
#include "simulator/judgement.h"
#include "simulator/premise.h"
#include "simulator/repertoire.h"

/* One word out of each list of a liveness promise (`each'). */
struct plan_choice {
	const struct guarantee_phrase	*phrase;	/* or NULL: the actions
							 * of the step */
	size_t				 step;
	size_t				 word;
};

struct plan_choices {
	LIST(struct plan_choice)	 list;
};

struct plan {
	struct arena			*arena;
	const struct court		*court;
	const struct guarantee		*guarantee;
	const struct plan_choices	*choices;	/* or NULL */
	bool				 announced;	/* no action of tomorrow
							 * is meant */
	struct supposed_edits		*edits;		/* that may be made to the
							 * policies; or NULL */
	struct universe			*universe;
	struct formulas			*formulas;
	struct supposition		*calls[GUARANTEE_STEPS_MAX];
	size_t				 count;
	struct words			 apart;		/* calls on several
							 * resources that the
							 * step speaks of, but
							 * not the plan */
	int				 scope;		/* what it speaks of, `where'
							 * included */
	int				 allowed;	/* and the policies allow */
	int				 must;		/* what it promises */
	struct question_fault		 fault;		/* of the guarantee; no
							 * message: none */
	struct question_fault		 doubt;		/* likewise: a word that
							 * means little */
	const char			*unsupported;	/* or NULL */
};

/*
 * Fills in the plan, but for premises.  False with the fault when a name means
 * nothing.
 */
bool	 plan_make(struct plan *, const struct judgement_use *);

/* All calls are allowed, read so; before plan_suppose(). */
int	 plan_allowed(struct plan *, const struct judgement_use *);

/* The keys that the guarantee itself tests of that call. */
void	 plan_tested_keys(const struct plan *, size_t step, struct words *);

/*
 * All premises of the calls, and what binds them to each other; under that
 * reading of what AWS leaves open.
 */
void	 plan_suppose(struct plan *, struct premise_reading);

#endif
