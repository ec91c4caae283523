/* SPDX-License-Identifier: MIT */
/*
 * What each layer said of a request that is decided, with the statement that
 * it said it by: what people and machines are shown.  Nothing is decided
 * here.
 */
#ifndef SIMULATOR_OPINION_H
#define SIMULATOR_OPINION_H

#include <stddef.h>

#include "simulator/chain.h"
#include "simulator/miss.h"

enum stance {
	STANCE_ABSENT = 0,		/* it puts no limit here */
	STANCE_SILENT,			/* nothing in it allows */
	STANCE_DENIES,
	STANCE_ALLOWS,
	STANCE_OPEN,			/* hangs on keys that are unknown */
	STANCE_UNKNOWN			/* unreadable, or not to be known */
};

struct opinion {
	enum layer		 layer;
	bool			 leveled;	/* of scp and rcp: there are
						 * levels, and this is one */
	size_t			 level;
	enum stance		 stance;
	const struct step	*step;		/* the statement that decided;
						 * or NULL */
	struct miss		 miss;		/* of a silent one */
	const struct charter	*refused;	/* of an unknown one: which
						 * document */
	const char		*remark;	/* lower case, no stop; or NULL */
};

struct opinions {
	LIST(struct opinion)	 list;
};

/* In the order in which they are shown: scp, rcp (a level each), endpoint,
 * resource or trust, identity, boundary, session. */
struct opinions	 opinion_list(struct arena *, const struct ruling *,
		    const struct assumptions *);

/* "-", "no", "deny", "allow", "depends", "unknown". */
const char	*stance_name(enum stance);

#endif
