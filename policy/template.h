/* SPDX-License-Identifier: MIT */
/*
 * ARN templates of the catalogue against ARNs as policies write them.
 *
 * An entry is a Resource string that was split in six fields; its wildcards
 * and variables stand for unknown text.  Only the service and the resource
 * part are held against each other here: a wrong region or account is a
 * fault of its own, and must not make an entry look like no resource at all.
 */
#ifndef POLICY_TEMPLATE_H
#define POLICY_TEMPLATE_H

#include <stdbool.h>

#include "policy/arena.h"
#include "policy/arn.h"
#include "policy/catalog.h"

/* Some ARN of the type could be what the entry means. */
bool	 template_fits(const struct resource_type *, const struct arn *entry);

/* The template names the entry's service in so many words. */
bool	 template_is_of_service(const struct resource_type *,
	    const struct arn *entry);

/* It leaves open of which service the ARN is. */
bool	 template_is_of_any(const struct resource_type *);

/*
 * The entry matches a resource of the type that has no name, which is what
 * AWS holds a list action against: one for all roles does, one for the roles
 * whose names begin with `app-' does not.
 */
bool	 template_is_met_unnamed(const struct resource_type *,
	    const struct arn *entry);

/*
 * All types of the entry's service that it fits, in any table, beginning with
 * that of the service whose prefix is the same.  Returns how many.
 */
size_t	 template_find(const struct catalog *, struct arena *,
	    const struct arn *entry, const struct resource_type *const **types);

/* Some type's template names the entry's service. */
bool	 template_find_service(const struct catalog *, const struct arn *entry);

#endif
