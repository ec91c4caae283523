/* SPDX-License-Identifier: MIT */
/* From JSON to a policy (SPEC section 1). */
#ifndef POLICY_READER_H
#define POLICY_READER_H

#include "policy/reader_sign.h"
#include "policy/report.h"
#include "policy/statement.h"

/* Reads the node as a policy, whatever it looks like.  Never NULL. */
const struct policy	*reader_read_policy(struct arena *,
			    const struct text *, const struct node *,
			    struct report *);
/* Reads one statement, or a list of them, of a policy that AWS makes of these
 * and of others: its version is the new one.  Never NULL. */
const struct policy	*reader_read_statements(struct arena *,
			    const struct text *, const struct node *,
			    struct report *);

#endif
