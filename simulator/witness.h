/* SPDX-License-Identifier: MIT */
/*
 * A model of formulas as concrete calls, decided by decision.c: what a prover
 * shows must be what the simulator says.
 */
#ifndef SIMULATOR_WITNESS_H
#define SIMULATOR_WITNESS_H

#include "simulator/chain.h"
#include "simulator/plan.h"
#include "simulator/search.h"

/* The name of what stands in place of a policy that nobody knows, or that is
 * assumed to allow everything. */
#define WITNESS_EVERYTHING	"everything"

/*
 * Reads the calls out of the texts, one for each slot, and of the bits that
 * `search' knows.  False when decision.c does not agree with the plan that all
 * of them are allowed: then there is a bug, and nothing may be shown.
 */
bool	 witness_read(const struct plan *, struct search *,
	    const struct word *texts, struct answer *);

/*
 * Puts something that can be decided in the place of policies that nobody
 * knows, before a request of a model is decided.
 */
struct witness_opener {
	struct arena		*arena;
	const struct court	*court;
	const char		*name;		/* of such documents */
	const void		*context;
	/* of one layer, if some document of it is unknown */
	void			(*open)(const struct witness_opener *,
				    const struct request *, enum layer,
				    struct charters *);
};

void	 witness_open(const struct witness_opener *, const struct request *,
	    struct policies *);

/* The same for a request of a plan, with all that its guarantee assumes. */
void	 witness_open_plan(const struct plan *, const struct request *,
	    struct policies *);

/*
 * A document that allows everything, or denies it.  It allows it to the caller
 * by his name, if he has one: who is named himself is stopped by less.
 */
const struct charter	*witness_charter(const struct witness_opener *,
			    const struct request *, enum layer,
			    enum effect);

/* What one request of a model is. */
struct sighting {
	struct caller_party	 caller;
	struct resource_party	 resource;
	struct way		 way;
	struct request		 request;
};

/* False when the caller is none that can be. */
bool	 witness_sight(struct arena *, const struct supposed_request *,
	    struct search *, const struct word *texts, struct sighting *);

#endif
