/* SPDX-License-Identifier: MIT */
/*
 * Section 2.5: how a Principal or NotPrincipal element meets the caller.
 * Knows nothing of the other elements of a statement.
 */
#ifndef TESTCASES_REFERENCE_PRINCIPAL_H
#define TESTCASES_REFERENCE_PRINCIPAL_H

#include "testcases/reference_request.h"

/* PRIN-18.  Sets of classes are sums of them; NONE is no class. */
enum {
	REFERENCE_NONE = 0,
	REFERENCE_ACCOUNT = 1,
	REFERENCE_ISSUER = 2,
	REFERENCE_DIRECT = 4,
	REFERENCE_ANY = 8
};

/* The classes of the matching entries; `gateway' for the policy of a gateway
 * endpoint (GRAM-31). */
unsigned	 reference_principal_classes(const struct reference_request *,
		    const struct node *principal, bool gateway);
unsigned	 reference_principal_strongest(unsigned classes);
/* The strongest of them. */
unsigned	 reference_principal_class(const struct reference_request *,
		    const struct node *principal, bool gateway);

/* PRIN-20, PRIN-21, PRIN-24: every facet of the caller is listed. */
bool		 reference_principal_exempts(const struct reference_request *,
		    const struct node *not_principal);

#endif
