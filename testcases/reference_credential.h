/* SPDX-License-Identifier: MIT */
/*
 * What follows from the kind of credentials alone, whatever any policy says
 * (section 5.9).
 */
#ifndef TESTCASES_REFERENCE_CREDENTIAL_H
#define TESTCASES_REFERENCE_CREDENTIAL_H

#include "testcases/reference_request.h"

/* EVAL-12: a root user with the credentials of AssumeRoot. */
bool	 reference_credential_is_assumed_root(const struct reference_request *);
/* EVAL-17: a federated session that the root user issued. */
bool	 reference_credential_is_issued_by_root(
	    const struct reference_request *);

/* STS-1, STS-2: only an endpoint policy can stop the call. */
bool	 reference_credential_is_free(const struct reference_request *);
/* STS-3, STS-4, STS-7, TRUST-13: the call cannot be made with them. */
bool	 reference_credential_forbids(const struct reference_request *);

#endif
