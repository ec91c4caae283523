/* SPDX-License-Identifier: MIT */
/*
 * What is inside what: objects of a bucket, indexes of a table and the like
 * have no policy of their own.  That of what they are in governs them.
 */
#ifndef POLICY_ENCLOSURE_H
#define POLICY_ENCLOSURE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"

struct enclosed {
	const char	*arn;		/* a pattern */
	bool		 shared;	/* another container may hold it, too */
	bool		 outside;	/* it would be among them by its ARN,
					 * and is not */
};

enum { ENCLOSURE_MAX = 8 };

/* All that is inside of a resource, or of those that a pattern stands for.
 * Returns how many there are. */
size_t	 enclosure_list(struct arena *, const char *container, size_t length,
	    struct enclosed[ENCLOSURE_MAX]);

#endif
