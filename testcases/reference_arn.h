/* SPDX-License-Identifier: MIT */
/*
 * ARNs of requests: six components, split at the first five colons (RES-3).
 * Knows nothing of patterns; those are read by reference_pattern.c.
 */
#ifndef TESTCASES_REFERENCE_ARN_H
#define TESTCASES_REFERENCE_ARN_H

#include "testcases/reference_string.h"

enum { REFERENCE_ARN_COMPONENTS = 6 };

struct reference_arn {
	bool			 whole;	/* six components, `arn' the first */
	struct reference_string	 partition, service, region, account, resource;
};

/* False, and the components are not to be used, when there are too few. */
bool	 reference_arn_split(struct reference_string,
	    struct reference_string components[REFERENCE_ARN_COMPONENTS]);

/* All components are empty when it is no whole ARN. */
struct reference_arn	 reference_arn_read(struct reference_string);

/* Of the service, and with a resource part that begins so. */
bool	 reference_arn_is(const struct reference_arn *, const char *service,
	    const char *resource);
bool	 reference_arn_is_role(const struct reference_arn *);

/* What stands behind the path of a user or role. */
struct reference_string	 reference_arn_name(const struct reference_arn *);

/* EVAL-35: by the role's path or by the reserved beginning of its name. */
bool	 reference_arn_is_service_linked_role(const struct reference_arn *);

#endif
