/* SPDX-License-Identifier: MIT */
/*
 * The regions of AWS, of all its partitions.  New ones come, so that a name
 * which is not here is no proof of anything.
 */
#ifndef POLICY_REGION_H
#define POLICY_REGION_H

enum { REGION_COUNT = 48 };

/*
 * The first is none: it is what requests to global endpoints name in the
 * place of one, and stands in no ARN.  The others are sorted by name.
 */
extern const char *const region_names[REGION_COUNT];

#endif
