/* SPDX-License-Identifier: MIT */
/*
 * Keys that are tags (KEY-8, TRUST-10, TRUST-11): those that are known, and
 * of whom all are known, so that a tag that is not among them is absent.
 */
#include "config.h"

#include "simulator/call.h"
#include "simulator/derive_row.h"
#include "simulator/owner.h"

/* Whose key some other list has, without case (TRUST-10). */
static bool
has_tag(const struct estate_tags *tags, struct word key)
{
	for (size_t i = 0; i < tags->count; i++)
		if (word_equal_folded(tags->items[i].key, key))
			return true;
	return false;
}

/* The tags that no list before them has overridden. */
static void
add_tags(const struct tag_sink *sink, enum family family,
    const struct estate_tags *tags, const struct estate_tags *over)
{
	for (size_t i = 0; i < tags->count; i++)
		if (over == NULL || !has_tag(over, tags->items[i].key))
			sink->add(sink->context, family, tags->items[i]);
}

/* A session that a hop before made: its own tags, then its role's.  One that
 * cannot have been given any has the role's. */
static family_set
add_session_tags(const struct tag_sink *sink)
{
	const struct situation *situation = sink->derivation->situation;

	if (!situation->session.known && !situation->barred)
		return 0;
	add_tags(sink, FAMILY_PRINCIPAL_TAG, &situation->session.tags, NULL);
	if (situation->principal == NULL)
		return 0;
	add_tags(sink, FAMILY_PRINCIPAL_TAG, &situation->principal->tags,
	    &situation->session.tags);
	return FAMILY_SET(FAMILY_PRINCIPAL_TAG);
}

static family_set
add_principal_tags(const struct tag_sink *sink)
{
	const struct derivation *derivation = sink->derivation;
	const struct situation *situation = derivation->situation;

	switch (derivation->request->actor.kind) {
	case ACTOR_USER:
		if (situation->principal == NULL)
			return 0;
		add_tags(sink, FAMILY_PRINCIPAL_TAG,
		    &situation->principal->tags, NULL);
		break;
	case ACTOR_ROLE_SESSION:
		return add_session_tags(sink);
	case ACTOR_FEDERATED_SESSION:
		/* sts:GetFederationToken may have been passed some */
		return 0;
	case ACTOR_PROVIDER:
		if (derivation_assume(derivation, ASSUME_key_12) != 0)
			return 0;
		break;
	case ACTOR_SERVICE:
		/* what a certificate says (IAM Roles Anywhere) */
		if (word_is(derivation->request->actor.principal,
		    "rolesanywhere.amazonaws.com") &&
		    derivation_is_for(derivation,
		    TRUST_ASSUMING " " TRUST_BESIDE))
			return 0;
		break;
	case ACTOR_ANONYMOUS:
	case ACTOR_ROOT:
		break;
	}
	return FAMILY_SET(FAMILY_PRINCIPAL_TAG);
}

/* The tags of the resource, if all are known. */
static const struct estate_tags *
resource_tags(const struct derivation *derivation)
{
	const struct situation *situation = derivation->situation;
	const struct estate_resource *resource = situation->resource;
	const struct estate_principal *principal;

	if (resource != NULL && resource->tags_known)
		return &resource->tags;
	principal = estate_principal(situation->estate,
	    derivation->request->resource);
	return principal == NULL ? NULL : &principal->tags;
}

static family_set
add_resource_tags(const struct tag_sink *sink)
{
	static const enum family families[] = {
		FAMILY_RESOURCE_TAG, FAMILY_IAM_RESOURCE_TAG,
		FAMILY_SSM_RESOURCE_TAG,
	};
	const struct estate_tags *tags = resource_tags(sink->derivation);
	family_set closed = 0;

	if (tags == NULL || owner_may_hide_tags(
	    sink->derivation->request->listed,
	    sink->derivation->request->resource))
		return 0;
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		add_tags(sink, families[i], tags, NULL);
		closed |= FAMILY_SET(families[i]);
	}
	return closed;
}

/* What aws:TagKeys is given to name is passed, with whatever value (KEY-8). */
static void
add_named_tags(const struct tag_sink *sink)
{
	const struct derivation *derivation = sink->derivation;
	const struct context_key *keys = derivation_given(derivation,
	    "aws:TagKeys");

	if (keys == NULL || derivation->request->listed == NULL ||
	    !call_names_only_tags(derivation->request->listed))
		return;
	for (size_t i = 0; i < keys->count; i++)
		if (!has_tag(&derivation->situation->passing.tags,
		    keys->values[i]))
			sink->add(sink->context, FAMILY_REQUEST_TAG,
			    (struct estate_tag){ .key = keys->values[i] });
}

/* What a call passes to STS is known whole, unless any call is meant. */
static family_set
add_request_tags(const struct tag_sink *sink)
{
	const struct derivation *derivation = sink->derivation;
	const struct passing *passing = &derivation->situation->passing;

	add_named_tags(sink);
	if (!passing->assumes)
		return 0;
	add_tags(sink, FAMILY_REQUEST_TAG, &passing->tags, NULL);
	if (passing->inherited.count > 0 &&
	    derivation_assume(derivation, ASSUME_trust_11) == 0)
		add_tags(sink, FAMILY_REQUEST_TAG, &passing->inherited,
		    &passing->tags);
	return derivation->situation->any ? 0 :
	    FAMILY_SET(FAMILY_REQUEST_TAG) |
	    FAMILY_SET(FAMILY_REQUEST_CONTEXT);
}

family_set
derive_tags(const struct tag_sink *sink)
{
	return add_principal_tags(sink) | add_resource_tags(sink) |
	    add_request_tags(sink);
}
