/* SPDX-License-Identifier: MIT */
/*
 * Buckets that AWS owns and that instances and services in a customer's
 * network read.  Names of buckets are global: what merely begins alike may be
 * anybody's, so a name counts in full only.
 */
#ifndef POLICY_BUCKET_H
#define POLICY_BUCKET_H

#include <stdbool.h>
#include <stddef.h>

/* AWS is known to own the bucket of that name. */
bool	 bucket_is_of_aws(const char *name, size_t length);

#endif
