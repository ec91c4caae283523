/* SPDX-License-Identifier: MIT */
/* One walk over everything that names a policy. */
#include "config.h"

#include "simulator/estate_use.h"

struct survey {
	const struct estate	*estate;
	struct estate_use	*uses;
};

static struct estate_use *
note(struct survey *survey, const struct reference *reference,
    enum layer layer)
{
	struct estate_use *use = &survey->uses[reference->number];

	use->layers |= 1u << layer;
	return use;
}

static void
note_all(struct survey *survey, const struct references *references,
    enum layer layer)
{
	for (size_t i = 0; i < references->count; i++)
		note(survey, references->items[i], layer);
}

static void
survey_organization(struct survey *survey)
{
	const struct estate *estate = survey->estate;

	for (size_t i = 0; i < estate->unit_count; i++) {
		note_all(survey, &estate->units[i].scps, LAYER_SCP);
		note_all(survey, &estate->units[i].rcps, LAYER_RCP);
	}
	for (size_t i = 0; i < estate->account_count; i++) {
		note_all(survey, &estate->accounts[i].scps, LAYER_SCP);
		note_all(survey, &estate->accounts[i].rcps, LAYER_RCP);
	}
}

static void
survey_principals(struct survey *survey)
{
	const struct estate *estate = survey->estate;

	for (size_t i = 0; i < estate->principal_count; i++) {
		const struct estate_principal *it = &estate->principals[i];

		note_all(survey, &it->identity, LAYER_IDENTITY);
		if (it->boundary != NULL)
			note(survey, it->boundary, LAYER_BOUNDARY);
		if (it->trust != NULL)
			note(survey, it->trust, LAYER_TRUST);
	}
}

/* Where two disagree, nothing is said. */
static void
note_service(struct estate_use *use, bool first,
    const struct service *service)
{
	if (first)
		use->service = service;
	else if (use->service != service)
		use->service = NULL;
}

static void
survey_endpoints(struct survey *survey)
{
	const struct estate *estate = survey->estate;

	for (size_t i = 0; i < estate->endpoint_count; i++) {
		const struct estate_endpoint *it = &estate->endpoints[i];
		struct estate_use *use;
		bool first;

		if (it->policy == NULL)
			continue;
		first = survey->uses[it->policy->number].layers == 0;
		use = note(survey, it->policy, LAYER_ENDPOINT);
		note_service(use, first, it->service);
		if (first)
			use->kind = it->kind;
		else if (use->kind != it->kind)
			use->kind = ENDPOINT_KIND_UNKNOWN;
	}
}

static const struct service *
service_of(const struct catalog *catalog, struct word arn)
{
	struct arn split = arn_split(arn.text, arn.length);

	return catalog_service(catalog, split.field[ARN_SERVICE].text,
	    split.field[ARN_SERVICE].length);
}

/*
 * A bucket and the pattern of its objects share one policy: what it is
 * attached to is the bucket.
 */
static void
survey_resources(struct survey *survey, struct arena *arena)
{
	const struct estate *estate = survey->estate;
	bool *several = arena_array(arena, estate->reference_count,
	    sizeof(*several));

	for (size_t i = 0; i < estate->resource_count; i++) {
		const struct estate_resource *it = &estate->resources[i];
		struct estate_use *use;
		bool first;

		if (it->policy == NULL)
			continue;
		first = survey->uses[it->policy->number].layers == 0;
		use = note(survey, it->policy, LAYER_RESOURCE);
		note_service(use, first, service_of(estate->catalog,
		    it->arn));
		if (it->pattern.wild || several[it->policy->number])
			continue;
		several[it->policy->number] = use->attached.text != NULL;
		use->attached = use->attached.text != NULL ?
		    word_from(NULL, 0) : it->arn;
	}
}

const struct estate_use *
estate_uses(struct arena *arena, const struct estate *estate)
{
	struct survey survey = { .estate = estate };

	survey.uses = arena_array(arena, estate->reference_count,
	    sizeof(*survey.uses));
	survey_endpoints(&survey);
	survey_resources(&survey, arena);
	survey_organization(&survey);
	survey_principals(&survey);
	return survey.uses;
}
