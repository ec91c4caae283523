/* SPDX-License-Identifier: MIT */
/* Whose a resource is, as far as its ARN tells. */
#ifndef SIMULATOR_OWNER_H
#define SIMULATOR_OWNER_H

#include <stdbool.h>

#include "policy/catalog.h"
#include "simulator/word.h"

/*
 * EVAL-39: the account field is `aws', or empty though ARNs of every type
 * that it can be have one.
 */
bool		 owner_is_aws(struct arena *, const struct catalog *,
		    struct word resource);

/*
 * A tag that the resource has may not be looked at: S3 does so only for buckets
 * where somebody has turned that on, and for iam:PassRole IAM makes no promise.
 * The action may be NULL.
 */
bool		 owner_may_hide_tags(const struct action *, struct word
		    resource);

/* The account that the ARN names; absent when it names none. */
struct word	 owner_of_arn(struct word resource);
/* That is not a number of too few or too many digits. */
bool		 owner_is_sound(struct word resource);

/*
 * KEY-10: actions, with blanks between them, whose requests say nothing of
 * the resource's owner; and old ones that do not always, across accounts.
 */
extern const char owner_unsaid[];
extern const char owner_sometimes_unsaid[];

#endif
