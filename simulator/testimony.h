/* SPDX-License-Identifier: MIT */
/*
 * A proof, told: the request that breaks a promise, which statement of which
 * layer lets it through, and which came nearest to stopping it; or the call
 * that should have been allowed, and what denies it.  testimony_text() is for
 * people, testimony_json() for machines.
 */
#ifndef SIMULATOR_TESTIMONY_H
#define SIMULATOR_TESTIMONY_H

#include "simulator/proof.h"
#include "simulator/remedy.h"
#include "simulator/story.h"

struct testimony {
	const struct court	*court;
	const struct guarantee	*guarantee;
	const struct proof	*proof;
	bool			 lively;	/* the promise that was looked at
						 * last says that something is
						 * allowed */
	bool			 rehearsed;	/* `attempt' was made */
	struct story		 attempt;	/* of a broken liveness */
	struct remedy		 remedy;	/* of a broken safety, if somebody
						 * has looked for one */
};

/* Finds out what there is to tell.  The proof must not have a fault. */
void		 testimony_gather(struct arena *, const struct court *,
		    const struct guarantee *, const struct proof *,
		    struct testimony *);

/* How it stands, in a few words: lower case, no stop; or "". */
const char	*testimony_remark(const struct testimony *);

/* Lines of at most so many columns, where words allow it; empty when there is
 * no more to say than the verdict. */
struct word	 testimony_text(struct arena *, const struct testimony *,
		    size_t width);

/* Readings under which it does not hold, a line of that text; empty: there are
 * none, or nobody asked why. */
struct word	 testimony_readings(struct arena *, const struct testimony *,
		    size_t width);

/* The members of an object that is open: guarantee, name, verdict, ... */
void		 testimony_json(struct arena *, struct json *,
		    const struct testimony *);

#endif
