/* SPDX-License-Identifier: MIT */
/*
 * What a policy is attached to: a resource, an endpoint of a service.  Who
 * knows it says it; the document around the policy may say it, too.
 */
#ifndef POLICY_ATTACHMENT_H
#define POLICY_ATTACHMENT_H

#include "policy/envelope.h"
#include "policy/rule.h"

/* By its prefix, or by the name of its endpoint service
 * ("com.amazonaws.eu-west-1.s3"); or NULL. */
const struct service	*attachment_service(const struct catalog *,
			    const char *name);

/* The service that an ARN names, or NULL. */
const struct service	*attachment_service_of(const struct catalog *,
			    const char *arn);

/* What an endpoint of that name can be alone, else what is known already. */
enum endpoint_kind	 attachment_kind(const struct catalog *,
			    const char *name, enum endpoint_kind known);

/* Into a subject that has its layer: nobody has said it, but the document
 * around the policy may. */
void			 attachment_read(const struct catalog *,
			    const struct reading *, struct subject *);

#endif
