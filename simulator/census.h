/* SPDX-License-Identifier: MIT */
/*
 * Many answers to questions of one kind, folded where they are the same: who
 * may do something, and what somebody may do.
 */
#ifndef SIMULATOR_CENSUS_H
#define SIMULATOR_CENSUS_H

#include "policy/json.h"
#include "simulator/repertoire.h"
#include "simulator/residue.h"

/* The zero promises nothing. */
enum census_verdict {
	CENSUS_MAY = 0,			/* nobody can say that not */
	CENSUS_IF,			/* some request is allowed, and some may
					 * not be */
	CENSUS_CAN			/* every one that is made so */
};

/* Of what sort callers are, the most dangerous first. */
enum census_sort {
	CENSUS_ANONYMOUS,
	CENSUS_FOREIGN,			/* of accounts that the estate does not
					 * have */
	CENSUS_SERVICE,
	CENSUS_PROVIDER,		/* whoever an identity provider vouches
					 * for */
	CENSUS_UNLISTED,		/* of an account of the estate, but not
					 * in it */
	CENSUS_PRINCIPAL,		/* users and roles */
	CENSUS_ROOT			/* root users */
};

/* Who can do what, under the same conditions. */
struct census_entry {
	enum census_verdict	 verdict;
	enum census_sort	 sort;
	struct words		 callers;	/* ARNs, names of services, account
						 * ids; in the estate's order */
	const char		*others;	/* in their place: "any other AWS
						 * account"; or NULL */
	const struct phrases	*via;		/* roles that are assumed on the
						 * way; or NULL */
	const struct court	*court;
	const struct answer	*answer;	/* of one of them, with all keys
						 * open; or NULL */
	struct residue		 residue;	/* of that */
	uint64_t		 hash;		/* of that in turn, or 0 */
	const struct answer	*witness;	/* a request that is allowed; NULL:
						 * none was sought */
	const char		*reason;	/* of CENSUS_MAY: lower case, no
						 * stop */
	unsigned		 danger;	/* of what is done; 0 is the least */
	struct words		 actions;	/* of `what' */
	struct words		 except;	/* but for these */
	struct words		 resources;	/* likewise */
	size_t			 number;	/* in the order of finding */
};

/* Told of how far the work is, when it may take long. */
struct census_progress {
	void	(*tell)(void *context, size_t done, size_t all);
	void	*context;
};

struct census_use {
	unsigned			 hops;		/* roles that may be
							 * assumed on the way */
	uint64_t			 budget;	/* steps for each proof */
	struct census_progress		 progress;
};

struct census {
	const struct court		*court;
	const struct question		*question;	/* names resolved */
	LIST(struct census_entry)	 entries;	/* the most dangerous
							 * first */
	size_t				 asked;		/* how many of */
	const char			*what;		/* "caller", "action" */
	bool				 complete;	/* nothing is CENSUS_MAY */
	bool				 bug;		/* a proof and the simulator
							 * disagree */
	LIST(const char *)		 notes;
};

/* "may", "if", "can" */
const char	*census_verdict_name(enum census_verdict);
const char	*census_sort_name(enum census_sort);

/* By sort, verdict and danger, and says whether it is complete. */
void		 census_finish(struct census *);

/* Lines of at most so many columns; members of an object that is open. */
struct word	 census_text(struct arena *, const struct census *,
		    size_t width);
void		 census_json(struct arena *, struct json *,
		    const struct census *);

#endif
