/* SPDX-License-Identifier: MIT */
/* From names and envelopes to services. */
#include "config.h"

#include <string.h>

#include "policy/attachment.h"

/* By what stands behind the region: `ecr.dkr'. */
static const struct endpoint_service *
find_short(const struct catalog *catalog, const char *name)
{
	static const char start[] = "com.amazonaws.${Region}.";
	size_t length = strlen(start);

	for (unsigned i = 0; i < catalog->endpoint_count; i++) {
		const struct endpoint_service *endpoint =
		    &catalog->endpoints[i];

		if (strncmp(endpoint->name, start, length) == 0 &&
		    strcmp(endpoint->name + length, name) == 0)
			return endpoint;
	}
	return NULL;
}

/* NULL for a prefix, which may be of several. */
static const struct endpoint_service *
find_endpoint(const struct catalog *catalog, const char *name)
{
	const struct endpoint_service *endpoint = catalog_endpoint(catalog,
	    name, strlen(name));

	return endpoint != NULL || catalog_service(catalog, name,
	    strlen(name)) != NULL ? endpoint : find_short(catalog, name);
}

const struct service *
attachment_service(const struct catalog *catalog, const char *name)
{
	const struct endpoint_service *endpoint = find_endpoint(catalog, name);

	if (endpoint != NULL)
		name = endpoint->prefix;
	return name == NULL ? NULL :
	    catalog_service(catalog, name, strlen(name));
}

bool
attachment_is_known(const struct catalog *catalog, const char *name)
{
	return find_endpoint(catalog, name) != NULL ||
	    attachment_service(catalog, name) != NULL;
}

const struct service *
attachment_service_of(const struct catalog *catalog, const char *attached)
{
	struct arn arn = arn_split(attached, strlen(attached));

	return arn.count < ARN_FIELD_COUNT ? NULL : catalog_service(catalog,
	    arn.field[ARN_SERVICE].text, arn.field[ARN_SERVICE].length);
}

void
attachment_take_name(const struct catalog *catalog, const char *name,
    struct subject *subject)
{
	const struct endpoint_service *endpoint = find_endpoint(catalog, name);

	subject->service = attachment_service(catalog, name);
	subject->endpoint = endpoint;
	if (endpoint != NULL && endpoint->gateway != endpoint->interface)
		subject->endpoint_kind = endpoint->gateway ?
		    ENDPOINT_KIND_GATEWAY : ENDPOINT_KIND_INTERFACE;
}

static bool
all_ignore_policies(const struct catalog *catalog, const char *prefix)
{
	bool found = false;

	for (unsigned i = 0; i < catalog->endpoint_count; i++) {
		const struct endpoint_service *endpoint =
		    &catalog->endpoints[i];

		if (endpoint->prefix == NULL ||
		    strcmp(endpoint->prefix, prefix) != 0)
			continue;
		if (endpoint->policy != ENDPOINT_POLICY_NO)
			return false;
		found = true;
	}
	return found;
}

/* Which endpoint of the service it is may be known. */
bool
attachment_ignores_policies(const struct subject *subject)
{
	return subject->endpoint != NULL ?
	    subject->endpoint->policy == ENDPOINT_POLICY_NO :
	    subject->service != NULL && all_ignore_policies(subject->catalog,
	    subject->service->prefix);
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
	if (subject->layer == LAYER_ENDPOINT && reading->endpoint != NULL)
		attachment_take_name(catalog, reading->endpoint, subject);
	if (subject->layer == LAYER_RESOURCE)
		read_resource(catalog, reading, subject);
}
