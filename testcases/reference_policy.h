/* SPDX-License-Identifier: MIT */
/*
 * Section 2: which statements of the documents that can be used match a
 * request.  What follows from that is not known here.
 */
#ifndef TESTCASES_REFERENCE_POLICY_H
#define TESTCASES_REFERENCE_POLICY_H

#include "testcases/reference_document.h"
#include "testcases/reference_facts.h"
#include "testcases/reference_principal.h"

/* What every document is held against. */
struct reference_case {
	const struct reference_facts	*facts;
	struct reference_request	 request;
	bool				 has_boundary;	/* PRIN-22 */
};

/* What some documents of one layer say together (EVAL-3). */
struct reference_finding {
	bool		 refused;	/* one cannot be used for deciding */
	bool		 denies;
	unsigned	 allows;	/* classes of the Allow statements;
					 * ANY where there is no Principal */
};

/* Adds what the documents say: one, a list of them, or none (NULL). */
void	 reference_policy_add(const struct reference_case *,
	    enum reference_layer, const struct node *documents,
	    struct reference_finding *);

/* None at all is not the same as some that say nothing (EVAL-2). */
bool	 reference_policy_is_present(const struct node *documents);

#endif
