/* SPDX-License-Identifier: MIT */
/*
 * What a policy is attached to: a resource, an endpoint of a service.  Who
 * knows it says it; the document around the policy may say it, too.
 */
#ifndef POLICY_ATTACHMENT_H
#define POLICY_ATTACHMENT_H

#include "policy/envelope.h"
#include "policy/rule.h"

/* By its prefix, or by the name of an endpoint service of it, whole
 * ("com.amazonaws.eu-west-1.s3") or behind the region; or NULL. */
const struct service	*attachment_service(const struct catalog *,
			    const char *name);

/* There is one, or an endpoint service of which nobody knows the prefix. */
bool			 attachment_is_known(const struct catalog *,
			    const char *name);

/* The service that an ARN names, or NULL. */
const struct service	*attachment_service_of(const struct catalog *,
			    const char *arn);

/* What such a name says of a subject: service, endpoint service and kind. */
void			 attachment_take_name(const struct catalog *,
			    const char *name, struct subject *);

/* VPCE-3: of no endpoint that it may be is it known to heed a policy. */
bool			 attachment_ignores_policies(const struct subject *);

/* Into a subject that has its layer: nobody has said it, but the document
 * around the policy may. */
void			 attachment_read(const struct catalog *,
			    const struct reading *, struct subject *);

#endif
