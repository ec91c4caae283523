/* SPDX-License-Identifier: MIT */
/*
 * The regions of AWS, of all its partitions, as of the date of the catalogue
 * that is compiled in.  New ones come, so that a name which is not here is no
 * proof of anything.
 */
#ifndef POLICY_REGION_H
#define POLICY_REGION_H

#include <stddef.h>

enum { REGION_COUNT = 48 };

/*
 * The first is none: it is what requests to global endpoints name in the
 * place of one, and stands in no ARN.  The others are sorted by name.
 */
extern const char *const region_names[REGION_COUNT];

/* The partition that a region of such a name is in. */
const char	*region_partition(const char *name, size_t length);

#endif
