/* SPDX-License-Identifier: MIT */
/*
 * Gathers what bears on a request.  What a policy that is not known may say,
 * and what follows from it all, is decided elsewhere.
 */
#include "config.h"

#include <string.h>

#include "simulator/call.h"
#include "simulator/passing.h"
#include "simulator/petition.h"

/* What the user gives. */

/* The action's requests can carry the key; of an unlisted one, who knows. */
static bool
carries(const struct catalog *catalog, struct word action, struct word key)
{
	const struct action *listed = catalog_action(catalog, action.text,
	    action.length);

	return listed == NULL || action_has_key(listed, key.text,
	    key.length);
}

/*
 * A key goes to every call that can carry it; one that none can carry, to the
 * last, since nothing that is given is dropped.
 */
static bool
is_for_call(const struct petition *petition, struct word key)
{
	const struct catalog *catalog = petition->court->catalog;
	const struct question *question = petition->question;
	bool last = !petition->call->assumes;

	if (question->via.list.count == 0 ||
	    carries(catalog, petition->call->action, key))
		return true;
	return last && !carries(catalog, word_from("sts:AssumeRole", 14),
	    key);
}

static void
take_given(const struct petition *petition, struct situation *situation)
{
	const struct question *question = petition->question;
	struct context_key *keys = arena_array(petition->arena,
	    question->keys.count, sizeof(*keys));
	size_t count = 0;

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *given = &question->keys.items[i];
		struct word name = given->name.word;

		if (!is_for_call(petition, name))
			continue;
		keys[count++] = (struct context_key){ .name = name,
		    .hash = key_hash(name.text, name.length),
		    .origin = given->absent ? ORIGIN_ABSENT : ORIGIN_GIVEN,
		    .values = given->values, .count = given->count };
	}
	situation->given = keys;
	situation->given_count = count;
}

/* The request. */

static struct word
somebody_else(void)
{
	return word_from("000000000000", 12);
}

static bool
manages(const struct petition *petition, struct word account)
{
	return account.text != NULL && estate_account_manages(
	    petition->court->estate, account);
}

static void
fill_request(const struct petition *petition, struct request *request)
{
	const struct resource_party *resource = petition->resource;
	const struct way *way = &petition->way;
	const char *colon = memchr(petition->action.text, ':',
	    petition->action.length);

	*request = (struct request){
		.actor = petition->caller->actor,
		.action = petition->action,
		.listed = catalog_action(petition->court->catalog,
		    petition->action.text, petition->action.length),
		.resource = resource->arn,
		.resource_open = petition->open_resource,
		.resource_account = petition->foreign_owner ?
		    somebody_else() : resource->owner,
		.gateway = way->endpoint != NULL &&
		    way->endpoint->kind == ENDPOINT_KIND_GATEWAY,
	};
	request->actor.open_alias = petition->open_alias;
	if (colon != NULL)
		request->service = catalog_service(petition->court->catalog,
		    petition->action.text,
		    (size_t)(colon - petition->action.text));
	if (resource->aws_owned)
		request->flags |= REQUEST_AWS_OWNED;
	if (manages(petition, request->actor.account))
		request->flags |= REQUEST_PRINCIPAL_IN_MANAGEMENT;
	if (manages(petition, request->resource_account))
		request->flags |= REQUEST_RESOURCE_IN_MANAGEMENT;
	request->call = call_read(request);
}

/* Of a session that a call before has made, it is known what was passed. */
static bool
is_barred(const struct petition *petition, assumption_set *rests)
{
	const struct caller_party *caller = petition->caller;

	return caller->actor.kind == ACTOR_ROLE_SESSION &&
	    !caller->session.known && passing_is_barred(petition->arena,
	    petition->court, caller->principal, rests);
}

static void
fill_context(const struct petition *petition, struct request *request,
    assumption_set *rests)
{
	struct situation situation = {
		.estate = petition->court->estate,
		.assumptions = petition->court->assumptions,
		.principal = petition->caller->principal,
		.resource = petition->resource->resource,
		.barred = is_barred(petition, rests),
		.credential = petition->caller->credential,
		.mfa = petition->mfa,
		.way = petition->way,
		.session = petition->caller->session,
		.time = petition->question->time.word,
		.named_document = petition->call->count > 1,
		.closed = petition->question->closed,
		.any = petition->question->any,
	};

	if (request_asks_trust(request))
		situation.passing = passing_find(petition->arena,
		    petition->question, petition->caller);
	take_given(petition, &situation);
	derive_context(petition->arena, &situation, request, rests);
}

/* The policies. */

static struct charters
take(const struct petition *petition, const struct references *references,
    enum layer layer)
{
	return archive_charters(petition->court->archive, petition->arena,
	    references, layer);
}

static struct charters
take_only(const struct petition *petition, const struct reference *reference,
    enum layer layer)
{
	return archive_only(petition->court->archive, petition->arena,
	    reference, layer);
}

/* A policy of which nothing is known. */
static struct charters
take_unknown(const struct petition *petition, enum layer layer)
{
	const struct charter **items = arena_alloc(petition->arena,
	    sizeof(*items));

	*items = charter_unknown(petition->arena, layer);
	return (struct charters){ items, 1 };
}

/* A federated session has the policies of the user who asked for it; its own
 * ARN does not say who that was. */
static bool
has_unknown_policies(const struct caller_party *caller)
{
	return caller->foreign || (caller->actor.kind ==
	    ACTOR_FEDERATED_SESSION && caller->actor.issuer.text == NULL);
}

static void
take_caller(const struct petition *petition, struct policies *policies)
{
	const struct caller_party *caller = petition->caller;

	if (caller->principal != NULL) {
		policies->identity = take(petition,
		    &caller->principal->identity, LAYER_IDENTITY);
		policies->boundary = take_only(petition,
		    caller->principal->boundary, LAYER_BOUNDARY);
	} else if (has_unknown_policies(caller)) {
		policies->identity = take_unknown(petition, LAYER_IDENTITY);
	}
	policies->scp = archive_levels(petition->court->archive,
	    petition->arena, caller->actor.account.text == NULL ? NULL :
	    estate_account(petition->court->estate, caller->actor.account),
	    LAYER_SCP);
}

/* The role's trust policy, or the resource's own. */
static void
take_resource(const struct petition *petition, const struct request *request,
    struct policies *policies)
{
	const struct resource_party *party = petition->resource;
	bool foreign = party->foreign || petition->foreign_owner;

	if (request_asks_trust(request) && party->role != NULL)
		policies->resource = take_only(petition, party->role->trust,
		    LAYER_TRUST);
	else if (request_asks_trust(request) && foreign)
		policies->resource = take_unknown(petition, LAYER_TRUST);
	else if (party->resource != NULL)
		policies->resource = take_only(petition,
		    party->resource->policy, LAYER_RESOURCE);
	else if (foreign)
		policies->resource = take_unknown(petition, LAYER_RESOURCE);
	policies->rcp = archive_levels(petition->court->archive,
	    petition->arena, request->resource_account.text == NULL ? NULL :
	    estate_account(petition->court->estate,
	    request->resource_account), LAYER_RCP);
}

/* Of an endpoint that is not ours, nobody knows the policy. */
static void
take_endpoint(const struct petition *petition, struct policies *policies)
{
	const struct way *way = &petition->way;

	if (way->kind != WAY_ENDPOINT)
		return;
	if (way->endpoint != NULL)
		policies->endpoint = take_only(petition,
		    way->endpoint->policy, LAYER_ENDPOINT);
	else if (petition->court->estate->text != NULL)
		policies->endpoint = take_unknown(petition, LAYER_ENDPOINT);
}

static struct levels
exhibit_levels(const struct petition *petition,
    const struct references *levels, size_t count, enum layer layer)
{
	struct charters *items = arena_array(petition->arena, count,
	    sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = take(petition, &levels[i], layer);
	return (struct levels){ items, count };
}

/* Documents that somebody brings along, when there are any of the layer. */
static void
exhibit(const struct petition *petition, enum layer layer,
    struct charters *charters)
{
	const struct references *brought =
	    &petition->court->exhibits->layers[layer];

	if (brought->count > 0)
		*charters = take(petition, brought, layer);
}

/*
 * They speak in the place of the estate.  An endpoint's do when the request
 * may come through one.
 */
static void
take_exhibits(const struct petition *petition, const struct request *request,
    struct policies *policies)
{
	const struct exhibits *exhibits = petition->court->exhibits;

	exhibit(petition, LAYER_IDENTITY, &policies->identity);
	exhibit(petition, LAYER_BOUNDARY, &policies->boundary);
	exhibit(petition, LAYER_SESSION, &policies->session);
	exhibit(petition, request_asks_trust(request) ? LAYER_TRUST :
	    LAYER_RESOURCE, &policies->resource);
	if (petition->way.kind == WAY_ENDPOINT)
		exhibit(petition, LAYER_ENDPOINT, &policies->endpoint);
	if (exhibits->scp_count > 0)
		policies->scp = exhibit_levels(petition, exhibits->scps,
		    exhibits->scp_count, LAYER_SCP);
	if (exhibits->rcp_count > 0)
		policies->rcp = exhibit_levels(petition, exhibits->rcps,
		    exhibits->rcp_count, LAYER_RCP);
}

void
petition_gather(const struct petition *petition,
    const struct request *request, struct policies *policies)
{
	*policies = (struct policies){ .identity = { .count = 0 } };
	take_caller(petition, policies);
	take_resource(petition, request, policies);
	take_endpoint(petition, policies);
	if (petition->court->exhibits != NULL)
		take_exhibits(petition, request, policies);
}

/*
 * A foreign account has an organization of its own, whose SCPs nobody here
 * knows; all that is left of a root user's side are these.  The prover
 * supposes that they allow, so they are not gathered for it.
 */
static void
take_foreign_scps(const struct petition *petition, struct policies *policies)
{
	const struct caller_party *caller = petition->caller;
	struct charters *level;

	if (!caller->foreign || policies->scp.count > 0 || estate_account(
	    petition->court->estate, caller->actor.account) != NULL)
		return;
	level = arena_alloc(petition->arena, sizeof(*level));
	*level = take_unknown(petition, LAYER_SCP);
	policies->scp = (struct levels){ level, 1 };
}

/*
 * A federated session has policies of its own, or can do nothing (STS-5); so
 * has one of AssumeRoot, which any request may be of.
 */
static bool
has_session_policies(const struct petition *petition,
    const struct request *request)
{
	return (request->actor.kind == ACTOR_FEDERATED_SESSION &&
	    petition->court->estate->text != NULL) ||
	    (request->actor.kind == ACTOR_ROOT && petition->question->any);
}

/* Nobody knows them unless somebody says them. */
static void
take_session(const struct petition *petition, const struct request *request,
    struct policies *policies)
{
	if (policies->session.count == 0 &&
	    has_session_policies(petition, request))
		policies->session = take_unknown(petition, LAYER_SESSION);
}

void
petition_prepare(const struct petition *petition, struct request *request,
    struct policies *policies, assumption_set *rests)
{
	fill_request(petition, request);
	fill_context(petition, request, rests);
	petition_gather(petition, request, policies);
	take_foreign_scps(petition, policies);
	take_session(petition, request, policies);
}
