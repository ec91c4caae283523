/* SPDX-License-Identifier: MIT */
/* From names and envelopes to services. */
#include "config.h"

#include <string.h>

#include "policy/attachment.h"

const struct service *
attachment_service(const struct catalog *catalog, const char *name)
{
	const struct endpoint_service *endpoint = catalog_endpoint(catalog,
	    name, strlen(name));

	if (endpoint != NULL)
		name = endpoint->prefix;
	return name == NULL ? NULL :
	    catalog_service(catalog, name, strlen(name));
}

const struct service *
attachment_service_of(const struct catalog *catalog, const char *attached)
{
	struct arn arn = arn_split(attached, strlen(attached));

	return arn.count < ARN_FIELD_COUNT ? NULL : catalog_service(catalog,
	    arn.field[ARN_SERVICE].text, arn.field[ARN_SERVICE].length);
}

enum endpoint_kind
attachment_kind(const struct catalog *catalog, const char *name,
    enum endpoint_kind known)
{
	const struct endpoint_service *endpoint = catalog_endpoint(catalog,
	    name, strlen(name));

	if (endpoint == NULL || endpoint->gateway == endpoint->interface)
		return known;
	return endpoint->gateway ? ENDPOINT_KIND_GATEWAY :
	    ENDPOINT_KIND_INTERFACE;
}

static void
read_resource(const struct catalog *catalog, const struct reading *reading,
    struct subject *subject)
{
	const struct service *service = NULL;

	if (reading->service != NULL)
		subject->service = attachment_service(catalog,
		    reading->service);
	if (reading->attached != NULL)
		service = attachment_service_of(catalog, reading->attached);
	/* the policies of IAM are no policies of resources */
	if (service == NULL || strcmp(service->prefix, "iam") == 0 ||
	    (reading->service != NULL && service != subject->service))
		return;
	subject->attached = reading->attached;
	subject->service = service;
}

void
attachment_read(const struct catalog *catalog, const struct reading *reading,
    struct subject *subject)
{
	if (subject->layer == LAYER_ENDPOINT && reading->endpoint != NULL) {
		subject->service = attachment_service(catalog,
		    reading->endpoint);
		subject->endpoint_kind = attachment_kind(catalog,
		    reading->endpoint, subject->endpoint_kind);
	}
	if (subject->layer == LAYER_RESOURCE)
		read_resource(catalog, reading, subject);
}
