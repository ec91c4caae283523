/* SPDX-License-Identifier: MIT */
/*
 * What is odd about a question that can be asked all the same: names that
 * nobody knows, words and documents that have no say.  For people; nothing is
 * decided by it.
 */
#ifndef SIMULATOR_DOUBT_H
#define SIMULATOR_DOUBT_H

#include "simulator/summons.h"

struct doubts {
	LIST(const char *)	 list;		/* sentences, lower case, no
						 * stop */
};

struct doubts	 doubt_list(struct arena *, const struct court *,
		    const struct question *, const struct summons *);

#endif
