/* SPDX-License-Identifier: MIT */
/*
 * What a policy is: its layer, and what it is attached to.  The command line
 * knows best, then sekisho.json, then the estate, then the document around
 * the policy; at last it is guessed.
 */
#include "config.h"

#include <string.h>

#include "tools/run.h"

static struct layer_guess
choose_layer(struct run *run, const struct reading *reading,
    const char *file, const char *path, const struct estate_use *use)
{
	const char *says = path_facts_find(&run->setting->type, path);
	enum layer layer;

	if (run->options.has_layer)
		return layer_given(run->options.layer, "--type says so");
	if (says != NULL && layer_find(says, &layer))
		return layer_given(layer, "sekisho.json says so");
	if (use != NULL)
		return (struct layer_guess){ layer_first(use->layers),
		    use->layers, "the estate says so" };
	if (reading->layer_known)
		return layer_choose(run->scratch, reading->candidates,
		    reading->reason, file);
	return layer_guess(run->scratch, reading->policy, file);
}

const struct service *
service_find(const struct catalog *catalog, const char *name)
{
	const struct endpoint_service *endpoint = catalog_endpoint(catalog,
	    name, strlen(name));

	if (endpoint != NULL)
		name = endpoint->prefix;
	return name == NULL ? NULL :
	    catalog_service(catalog, name, strlen(name));
}

static const struct service *
service_of(const struct catalog *catalog, const char *attached)
{
	struct arn arn = arn_split(attached, strlen(attached));

	return arn.count < ARN_FIELD_COUNT ? NULL : catalog_service(catalog,
	    arn.field[ARN_SERVICE].text, arn.field[ARN_SERVICE].length);
}

/* What an endpoint of that name can be alone, else what is known already. */
static enum endpoint_kind
choose_kind(const struct catalog *catalog, const char *name,
    enum endpoint_kind known)
{
	const struct endpoint_service *endpoint = catalog_endpoint(catalog,
	    name, strlen(name));

	if (endpoint == NULL || endpoint->gateway == endpoint->interface)
		return known;
	return endpoint->gateway ? ENDPOINT_KIND_GATEWAY :
	    ENDPOINT_KIND_INTERFACE;
}

/* Nobody said it, but the document around the policy may. */
static void
attach_as_read(struct run *run, struct subject *subject,
    const struct reading *reading)
{
	const struct service *service = NULL;

	if (subject->layer == LAYER_ENDPOINT && reading->endpoint != NULL) {
		subject->service = service_find(run->catalog,
		    reading->endpoint);
		subject->endpoint_kind = choose_kind(run->catalog,
		    reading->endpoint, subject->endpoint_kind);
	}
	if (subject->layer != LAYER_RESOURCE)
		return;
	if (reading->service != NULL)
		subject->service = service_find(run->catalog,
		    reading->service);
	if (reading->attached != NULL)
		service = service_of(run->catalog, reading->attached);
	/* the policies of IAM are no policies of resources */
	if (service == NULL || strcmp(service->prefix, "iam") == 0 ||
	    (reading->service != NULL && service != subject->service))
		return;
	subject->attached = reading->attached;
	subject->service = service;
}

/* The estate says what it is there for. */
static void
attach_as_placed(struct subject *subject, const struct estate_use *use)
{
	if (subject->layer != LAYER_ENDPOINT &&
	    subject->layer != LAYER_RESOURCE)
		return;
	subject->service = use->service;
	if (subject->layer == LAYER_ENDPOINT)
		subject->endpoint_kind = use->kind;
	else if (use->attached.text != NULL)
		subject->attached = use->attached.text;
}

/* What the policy is attached to, if somebody said it. */
static void
attach(struct run *run, struct subject *subject,
    const struct reading *reading, const char *path,
    const struct estate_use *use)
{
	const char *service = run->options.service;

	subject->endpoint_kind = reading->endpoint_kind;
	subject->attached = run->options.resource;
	if (subject->attached == NULL)
		subject->attached = path_facts_find(&run->setting->resource,
		    path);
	if (service == NULL)
		service = path_facts_find(&run->setting->service, path);
	if (service != NULL) {
		subject->service = service_find(run->catalog, service);
		subject->endpoint_kind = choose_kind(run->catalog, service,
		    subject->endpoint_kind);
	} else if (subject->attached != NULL) {
		subject->service = service_of(run->catalog,
		    subject->attached);
	} else if (use != NULL) {
		attach_as_placed(subject, use);
	} else {
		attach_as_read(run, subject, reading);
	}
}

const char *
run_describe(struct run *run, const struct reading *reading,
    const char *file, const char *path, struct subject *subject)
{
	const struct estate_use *use = placements_find(run->placements,
	    run->scratch, file);
	struct layer_guess guess = choose_layer(run, reading, file, path,
	    use);

	subject->layer = guess.layer;
	subject->candidates = guess.candidates;
	attach(run, subject, reading, path, use);
	return guess.reason;
}
