/* SPDX-License-Identifier: MIT */
/*
 * A question as the prover sees it: every call whose verdict hangs on unknown
 * keys is a supposition, bound to all that the question says and derive.c
 * makes of it.  What is left open are those keys, the way where none was said,
 * and the owner where nobody knows it.
 *
 * An impression is taken, then read: between the two, others may count and
 * encode tests of their own.
 */
#ifndef SIMULATOR_IMPRESSION_H
#define SIMULATOR_IMPRESSION_H

#include "simulator/chain.h"
#include "simulator/supposition.h"

/* One request of a call. */
struct imprint {
	size_t				 call;		/* of the answer */
	const struct hop		*hop;
	const struct ruling		*ruling;
	struct supposed_request		*request;
	struct charters			 documents;	/* all that bear on it,
							 * whichever way it
							 * comes */
};

struct impression {
	struct arena			*arena;
	const struct court		*court;
	const struct answer		*answer;
	struct formulas			*formulas;
	struct universe			*universe;
	LIST(struct imprint)		 list;
	LIST(struct supposition *)	 calls;
	LIST(const struct hop *)	 hops;		/* of the calls */
	const struct imprint		*current;	/* being supposed */
	int				 allowed;	/* formula: all of them
							 * are */
	int				 bound;		/* they are as the
							 * question says */
	const char			*unsupported;	/* or NULL */
};

/* The calls of the answer, whose verdict is Depends. */
void		 impression_take(struct impression *, struct arena *,
		    const struct court *, const struct answer *);
/* Encodes what the policies say. */
void		 impression_judge(struct impression *);
/* Whoever knows better may say what follows of the question. */
void		 impression_know(struct impression *, int formula);
/* Binds what is known, and adds all premises; nothing is encoded after. */
void		 impression_bind(struct impression *);

/* Every premise of its calls. */
int		 impression_premise(const struct impression *, enum premise);
/* The key is one of which the request has no certain value. */
bool		 imprint_is_open(const struct imprint *, struct word key);

#endif
