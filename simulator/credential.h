/* SPDX-License-Identifier: MIT */
/*
 * What the context tells of the caller's credentials.  It decides which layers
 * apply and which calls can be made at all, so it is asked once, before any
 * policy is; what follows from an answer is not known here.
 */
#ifndef SIMULATOR_CREDENTIAL_H
#define SIMULATOR_CREDENTIAL_H

#include "simulator/call.h"

enum credential_fact {
	CREDENTIAL_TEMPORARY = 0,	/* of GetSessionToken: STS-2, STS-3 */
	CREDENTIAL_ASSUMED_ROOT,	/* EVAL-12 */
	CREDENTIAL_MFA,			/* STS-3 */
	CREDENTIAL_BY_SERVICE,		/* a service passes them on: VPCE-6 */
	CREDENTIAL_LINKED,		/* of a service-linked role: EVAL-35 */
	CREDENTIAL_COUNT
};

/* A set of them, one bit each. */
typedef unsigned credential_set;
#define CREDENTIAL_SET(credential)	(1u << (credential))

/* Of what the decision on a request asks; nothing else is in either set. */
struct credentials {
	credential_set	 held;
	credential_set	 open;		/* hang on a key that is unknown */
};

/*
 * Of a request whose call was read.  `endpoint': it comes with an endpoint's
 * policy; `whole': no key of its context is unknown.
 */
struct credentials	 credential_read(const struct request *,
			    bool endpoint, bool whole);

/* The key of the context that tells. */
const char		*credential_key(enum credential_fact);

#endif
