/* SPDX-License-Identifier: MIT */
/*
 * The policies that an estate names: files, objects in the estate itself, the
 * word "unknown", and the two that AWS attaches everywhere.  Each file is read
 * once.
 */
#ifndef SIMULATOR_ESTATE_POLICY_H
#define SIMULATOR_ESTATE_POLICY_H

#include "simulator/estate_reader.h"

struct estate_policies	*estate_policies_new(struct arena *);
/* Hands what was read to the estate. */
void	 estate_policies_finish(struct estate_reader *);

/* A member that takes one policy; null is none. */
const struct reference	*estate_read_policy(struct estate_reader *,
			    const struct node *);
/* A member that takes a list of them, or "unknown".  The layer says whether
 * AWS's own document may be named by its word. */
struct references	 estate_read_policies(struct estate_reader *,
			    const struct node *, enum layer);
/* The policy that nobody knows; of a node that says or implies so. */
const struct reference	*estate_unknown_policy(struct estate_reader *,
			    const struct node *);
/* What stands where `scps' or `rcps' is left out (SCP-4, RCP-1). */
struct references	 estate_default_policies(struct estate_reader *,
			    enum layer);

#endif
