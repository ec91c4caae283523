/* SPDX-License-Identifier: MIT */
/*
 * Tags that a Deny asks for, and who may set them: whoever tags what he likes is
 * held by no tag.
 */
#ifndef POLICY_TAGGING_H
#define POLICY_TAGGING_H

#include <stdbool.h>

#include "policy/rule.h"

/* The condition tests how the resource is tagged. */
bool	 tagging_is_tested(const struct condition *);
/* Some Allow of the policy may let tags be written that the Deny does not keep
 * from it. */
bool	 tagging_is_open(struct check *, const struct statement *deny);

#endif
