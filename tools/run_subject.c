/* SPDX-License-Identifier: MIT */
/*
 * What a policy is: its layer, and what it is attached to.  The command line
 * knows best, then sekisho.json, then the estate, then the document around
 * the policy; at last it is guessed.
 */
#include "config.h"

#include "policy/attachment.h"
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
	if (service != NULL)
		attachment_take_name(run->catalog, service, subject);
	else if (subject->attached != NULL)
		subject->service = attachment_service_of(run->catalog,
		    subject->attached);
	else if (use != NULL)
		attach_as_placed(subject, use);
	else
		attachment_read(run->catalog, reading, subject);
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
