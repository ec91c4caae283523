/* SPDX-License-Identifier: MIT */
/*
 * Gathers what bears on a request.  What a policy that is not known may say,
 * and what follows from it all, is decided elsewhere.
 */
#include "config.h"

#include <string.h>

#include "simulator/call.h"
#include "simulator/petition.h"

/* What the user gives. */

static bool
is_key(struct word word, const char *name)
{
	return word_equal_folded(word, word_from(name, strlen(name)));
}

static const struct given_key *
given_key(const struct question *question, const char *name)
{
	for (size_t i = 0; i < question->keys.count; i++)
		if (is_key(question->keys.items[i].name.word, name) &&
		    !question->keys.items[i].absent)
			return &question->keys.items[i];
	return NULL;
}

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

/* What a call passes to STS. */

static const char tag_prefix[] = "aws:RequestTag/";

static bool
is_request_tag(struct word name)
{
	size_t length = sizeof(tag_prefix) - 1;

	return name.length > length && is_key(word_from(name.text, length),
	    tag_prefix);
}

struct tag_list {
	LIST(struct estate_tag)	 list;
};

static struct estate_tags
tags_of(const struct tag_list *tags)
{
	return (struct estate_tags){ tags->list.items, tags->list.count };
}

/* A tag of that key, without case (TRUST-10). */
static const struct estate_tag *
find_tag(const struct estate_tags *tags, struct word key)
{
	for (size_t i = 0; i < tags->count; i++)
		if (word_equal_folded(tags->items[i].key, key))
			return &tags->items[i];
	return NULL;
}

static struct estate_tags
passed_tags(struct arena *arena, const struct question *question)
{
	struct tag_list tags = { 0 };

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];

		if (!key->absent && is_request_tag(key->name.word))
			*list_add(arena, &tags.list) = (struct estate_tag){
			    word_behind(key->name.word,
			    sizeof(tag_prefix) - 1), key->count == 0 ?
			    word_from("", 0) : key->values[0] };
	}
	return tags_of(&tags);
}

/* Those that sts:TransitiveTagKeys asks to be passed on. */
static struct estate_tags
transitive_tags(struct arena *arena, const struct question *question,
    const struct estate_tags *passed)
{
	const struct given_key *asked = given_key(question,
	    "sts:TransitiveTagKeys");
	struct tag_list tags = { 0 };

	for (size_t i = 0; asked != NULL && i < asked->count; i++) {
		const struct estate_tag *tag = find_tag(passed,
		    asked->values[i]);

		if (tag != NULL)
			*list_add(arena, &tags.list) = *tag;
	}
	return tags_of(&tags);
}

static struct passing
find_passing(struct arena *arena, const struct question *question,
    const struct caller_party *caller)
{
	const struct given_key *source = given_key(question,
	    "sts:SourceIdentity");
	struct passing passing = { .assumes = true,
	    .session_name = question->named.word };

	passing.tags = passed_tags(arena, question);
	passing.transitive = transitive_tags(arena, question, &passing.tags);
	passing.inherited = caller->session.transitive;
	if (source != NULL && source->count > 0)
		passing.source_identity = source->values[0];
	return passing;
}

/* The tags of both; on one key, those of `strong' win. */
static struct estate_tags
merge_tags(struct arena *arena, const struct estate_tags *weak,
    const struct estate_tags *strong)
{
	struct tag_list tags = { 0 };

	for (size_t i = 0; i < strong->count; i++)
		*list_add(arena, &tags.list) = strong->items[i];
	for (size_t i = 0; i < weak->count; i++)
		if (find_tag(strong, weak->items[i].key) == NULL)
			*list_add(arena, &tags.list) = weak->items[i];
	return tags_of(&tags);
}

struct session
petition_session(struct arena *arena, const struct question *question,
    const struct caller_party *caller, bool mfa)
{
	struct passing passing = find_passing(arena, question, caller);
	struct session session = { .known = true,
	    .with_mfa = mfa || caller->session.with_mfa };

	session.tags = merge_tags(arena, &passing.tags, &passing.inherited);
	session.transitive = merge_tags(arena, &passing.transitive,
	    &passing.inherited);
	session.source_identity = caller->session.source_identity.text != NULL
	    ? caller->session.source_identity : passing.source_identity;
	return session;
}

/* Which requests a call is made of. */

struct drafter {
	struct petition		 sample;	/* all but part, action and
						 * resource */
	struct passing		 passing;
	LIST(struct petition)	 list;
};

static void
draft(struct drafter *drafter, const char *part, struct word action,
    const struct resource_party *resource)
{
	struct petition *petition = list_add(drafter->sample.arena,
	    &drafter->list);

	*petition = drafter->sample;
	petition->part = part;
	petition->action = action;
	petition->resource = resource;
}

static bool
passes_context(const struct question *question)
{
	static const char prefix[] = "sts:RequestContext/";

	if (given_key(question, "sts:RequestContextProviders") != NULL)
		return true;
	for (size_t i = 0; i < question->keys.count; i++) {
		struct word name = question->keys.items[i].name.word;

		if (name.length > sizeof(prefix) - 1 &&
		    is_key(word_from(name.text, sizeof(prefix) - 1), prefix))
			return true;
	}
	return false;
}

/* Whoever says which tags are passed passes some, also without values. */
static bool
passes_tags(const struct drafter *drafter)
{
	const struct question *question = drafter->sample.question;

	return drafter->passing.tags.count > 0 ||
	    drafter->passing.inherited.count > 0 ||
	    given_key(question, "aws:TagKeys") != NULL ||
	    given_key(question, "sts:TransitiveTagKeys") != NULL;
}

static bool
passes_source_identity(const struct drafter *drafter)
{
	return given_key(drafter->sample.question, "sts:SourceIdentity") !=
	    NULL ||
	    drafter->sample.caller->session.source_identity.text != NULL;
}

/* The circumstances in which a part of a call is authorized at all. */
static bool
is_called_for(const struct drafter *drafter, enum call_when when)
{
	switch (when) {
	case CALL_TAGS:
		return passes_tags(drafter);
	case CALL_SOURCE_IDENTITY:
		return passes_source_identity(drafter);
	case CALL_CONTEXTS:
		return passes_context(drafter->sample.question);
	case CALL_ALWAYS:
	case CALL_NAMED:
		break;
	}
	return true;
}

static bool
same_name(const struct call_part *one, const struct call_part *other)
{
	return strcmp(one->name, other->name) == 0;
}

/* A resource of the call can be what that part is about. */
static bool
fits(const struct call_part *part, struct word resource)
{
	struct arn arn = arn_split(resource.text, resource.length);

	if (part->type_count == 0 || word_is(resource, "*"))
		return part->type_count == 0 && word_is(resource, "*");
	for (unsigned i = 0; i < part->type_count; i++)
		if (template_fits(part->types[i], &arn))
			return true;
	return false;
}

/*
 * The part that a resource is named for: the first that it fits and that no
 * resource before it has taken (the source of a copy stands before its
 * destination), else the first that it fits.
 */
static const struct call_part *
find_part(const struct call *call, struct word resource, const bool *taken)
{
	const struct call_part *found = NULL;

	for (unsigned i = 0; i < call->part_count; i++) {
		const struct call_part *part = &call->parts[i];

		if (!fits(part, resource))
			continue;
		if (!taken[i])
			return part;
		if (found == NULL)
			found = part;
	}
	return found;
}

static struct word
action_word(struct arena *arena, const struct action *action)
{
	char *text = arena_printf(arena, "%s:%s", action->service->prefix,
	    action->name);

	return word_from(text, strlen(text));
}

/* Everything that a call asks of one resource: the parts of one name. */
static void
draft_parts(struct drafter *drafter, const struct call_part *found,
    const struct resource_party *resource, bool *taken)
{
	const struct call *call = drafter->sample.call->call;

	for (unsigned i = 0; i < call->part_count; i++) {
		const struct call_part *part = &call->parts[i];

		if (!same_name(part, found))
			continue;
		taken[i] = true;
		if (is_called_for(drafter, part->when))
			draft(drafter, part->name, action_word(
			    drafter->sample.arena, part->action), resource);
	}
}

/* The parts that the call cannot be without, and that nothing was named for. */
static const char *
list_missing(struct arena *arena, const struct call *call, const bool *taken)
{
	const char *missing = NULL;

	for (unsigned i = 0; i < call->part_count; i++) {
		const struct call_part *part = &call->parts[i];

		if (taken[i] || part->when != CALL_ALWAYS ||
		    part->type_count == 0 ||
		    (i > 0 && same_name(part, part - 1)))
			continue;
		missing = missing == NULL ? part->name :
		    arena_printf(arena, "%s, %s", missing, part->name);
	}
	return missing;
}

/*
 * What an action was asked without, that is on some resource.  Of lists, one
 * can be asked for on nothing (RES-9).
 */
static const char *
missing_resource(const struct drafter *drafter)
{
	const struct summoned_call *call = drafter->sample.call;
	const struct action *action = catalog_action(
	    drafter->sample.court->catalog, call->action.text,
	    call->action.length);

	if (action == NULL || action->target_count == 0 ||
	    !word_is(call->resources[0].arn, "*"))
		return NULL;
	for (unsigned i = 0; i < action->target_count; i++)
		if (action->targets[i].required)
			return action->targets[i].type->name;
	return action->level == LEVEL_LIST ? NULL :
	    action->targets[action->target_count - 1].type->name;
}

static const char *
draft_call(struct drafter *drafter)
{
	const struct summoned_call *call = drafter->sample.call;
	bool *taken = call->call == NULL ? NULL : arena_array(
	    drafter->sample.arena, call->call->part_count, sizeof(*taken));

	for (size_t i = 0; i < call->count; i++) {
		const struct resource_party *resource = &call->resources[i];
		const struct call_part *part = call->call == NULL ? NULL :
		    find_part(call->call, resource->arn, taken);

		if (part != NULL)
			draft_parts(drafter, part, resource, taken);
		else
			draft(drafter, NULL, call->action, resource);
	}
	return call->call == NULL ? missing_resource(drafter) :
	    list_missing(drafter->sample.arena, call->call, taken);
}

/* TRUST-10, TRUST-12: what is inherited cannot be said anew. */
static const char *
find_refusal(const struct drafter *drafter)
{
	const struct session *session = &drafter->sample.caller->session;
	const struct passing *passing = &drafter->passing;

	if (!passing->assumes)
		return NULL;
	for (size_t i = 0; i < passing->tags.count; i++)
		if (find_tag(&session->transitive,
		    passing->tags.items[i].key) != NULL)
			return "a tag that the session has inherited cannot "
			    "be passed again (TRUST-10)";
	if (session->source_identity.text != NULL &&
	    passing->source_identity.text != NULL &&
	    !word_equal(session->source_identity, passing->source_identity))
		return "a source identity that is set cannot be changed "
		    "(TRUST-12)";
	return NULL;
}

struct petitions
petition_list(struct arena *arena, const struct court *court,
    const struct question *question, const struct summoned_call *call,
    const struct caller_party *caller, bool mfa)
{
	struct drafter drafter = { .sample = { .arena = arena,
	    .court = court, .question = question, .call = call,
	    .caller = caller, .mfa = mfa, .way = call->way } };
	struct petitions petitions = { .refused = call->unreachable };

	if (call->makes_session)
		drafter.passing = find_passing(arena, question, caller);
	if (petitions.refused == NULL)
		petitions.refused = find_refusal(&drafter);
	petitions.missing = draft_call(&drafter);
	petitions.items = drafter.list.items;
	petitions.count = drafter.list.count;
	return petitions;
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

static void
fill_context(const struct petition *petition, struct request *request,
    assumption_set *rests)
{
	struct situation situation = {
		.estate = petition->court->estate,
		.assumptions = petition->court->assumptions,
		.principal = petition->caller->principal,
		.resource = petition->resource->resource,
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
		situation.passing = find_passing(petition->arena,
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

static void
take_caller(const struct petition *petition, struct policies *policies)
{
	const struct caller_party *caller = petition->caller;

	if (caller->principal != NULL) {
		policies->identity = take(petition,
		    &caller->principal->identity, LAYER_IDENTITY);
		policies->boundary = take_only(petition,
		    caller->principal->boundary, LAYER_BOUNDARY);
	} else if (caller->foreign) {
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
	struct charters *level;

	if (!petition->caller->foreign || policies->scp.count > 0)
		return;
	level = arena_alloc(petition->arena, sizeof(*level));
	*level = take_unknown(petition, LAYER_SCP);
	policies->scp = (struct levels){ level, 1 };
}

void
petition_prepare(const struct petition *petition, struct request *request,
    struct policies *policies, assumption_set *rests)
{
	fill_request(petition, request);
	fill_context(petition, request, rests);
	petition_gather(petition, request, policies);
	take_foreign_scps(petition, policies);
}
