/* SPDX-License-Identifier: MIT */
/*
 * Names for a message: the first few, and whether there are others.  A roster
 * that was zeroed is empty; names are not copied, and none counts twice while
 * it is one of the few.
 */
#ifndef POLICY_ROSTER_H
#define POLICY_ROSTER_H

#include <stddef.h>

#include "policy/arena.h"

enum { ROSTER_SHOWN = 3 };

struct roster {
	const char	*names[ROSTER_SHOWN];
	size_t		 lengths[ROSTER_SHOWN];
	size_t		 count;
};

void		 roster_add(struct roster *, const char *name, size_t length);
/* "`a`, `b`, `c` and others" */
const char	*roster_print(struct arena *, const struct roster *);

#endif
