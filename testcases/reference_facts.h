/* SPDX-License-Identifier: MIT */
/*
 * What the semantics take from AWS's catalogue and not from the request.
 * Reads the tables itself; an unreadable table ends the program, for this is
 * a part of test programs only.
 */
#ifndef TESTCASES_REFERENCE_FACTS_H
#define TESTCASES_REFERENCE_FACTS_H

#include "testcases/reference_arn.h"

struct reference_facts;

/* The directory is that of the catalogue's tables. */
struct reference_facts	*reference_facts_read(struct arena *,
			    const char *directory);

/* RCP-2: a service prefix, compared without case. */
bool	 reference_facts_rcp_service(const struct reference_facts *,
	    struct reference_string prefix);

/* EVAL-40: `prefix:Action', compared without case. */
bool	 reference_facts_same_account_action(const struct reference_facts *,
	    struct reference_string action);

/* COND-33: a property of the key, not of the number of its values. */
bool	 reference_facts_multivalued(const struct reference_facts *,
	    struct arena *, struct reference_string key);

/*
 * EVAL-39: a type of resource that such an ARN may be of has an account in
 * its ARNs, and no such type has none.
 */
bool	 reference_facts_wants_account(const struct reference_facts *,
	    struct arena *, const struct reference_arn *);

#endif
