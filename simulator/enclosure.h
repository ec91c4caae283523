/* SPDX-License-Identifier: MIT */
/*
 * What is inside what: objects of a bucket, indexes of a table and the like
 * have no policy of their own.  That of what they are in governs them.
 */
#ifndef SIMULATOR_ENCLOSURE_H
#define SIMULATOR_ENCLOSURE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "simulator/word.h"

struct enclosed {
	struct word	 arn;		/* a pattern */
	bool		 shared;	/* another container may hold it, too */
	bool		 outside;	/* it would be among them by its ARN,
					 * and is not */
};

enum { ENCLOSURE_MAX = 8 };

/* All that is inside of a resource, or of those that a pattern stands for.
 * Returns how many there are. */
size_t	 enclosure_list(struct arena *, struct word container,
	    struct enclosed[ENCLOSURE_MAX]);

#endif
