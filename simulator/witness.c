/* SPDX-License-Identifier: MIT */
/* Texts of slots into requests; then they are decided as any other. */
#include "config.h"

#include <string.h>

#include "simulator/petition.h"
#include "simulator/witness.h"

struct reporter {
	struct arena			*arena;
	const struct plan		*plan;
	struct search			*search;
	const struct word		*texts;
	const struct supposition	*call;
	struct words			 tested;	/* by the guarantee */
	struct hop			*hop;
	struct summoned_call		*summoned;
};

static struct word
text_of(const struct reporter *reporter, size_t slot)
{
	return reporter->texts[slot];
}

/* The caller. */

static struct word
print_word(struct arena *arena, const char *format, struct word one)
{
	const char *text = arena_printf(arena, format, (int)one.length,
	    one.text);

	return word_from(text, strlen(text));
}

static bool
read_actor(const struct reporter *reporter, const struct casting *casting,
    struct actor *actor)
{
	const struct supposition *call = reporter->call;
	struct word nobody = { NULL, 0 };
	struct word arn = text_of(reporter, call->arn);
	struct word outsider = text_of(reporter, call->outsider);

	switch (casting->kind) {
	case ACTOR_ANONYMOUS:
		return actor_read(actor, word_from("*", 1), nobody);
	case ACTOR_SERVICE:
		return actor_read(actor, outsider, nobody);
	case ACTOR_PROVIDER:
		return actor_read(actor, print_word(reporter->arena,
		    "federated:%.*s", outsider), nobody);
	case ACTOR_ROLE_SESSION:
		return summons_session(reporter->arena, arn,
		    text_of(reporter, call->session), actor);
	case ACTOR_FEDERATED_SESSION:
		return actor_read(actor, arn, text_of(reporter,
		    call->issuer));
	case ACTOR_USER:
	case ACTOR_ROOT:
		break;
	}
	return actor_read(actor, arn, nobody);
}

static bool
read_caller(const struct reporter *reporter, struct caller_party *caller)
{
	const struct casting *casting = reporter->call->castings;

	/* one of them it is */
	while (!search_value(reporter->search, casting->bit))
		casting++;

	caller->principal = casting->principal;
	caller->foreign = casting->unknown;
	if (!read_actor(reporter, casting, &caller->actor))
		return false;
	caller->actor.service_linked |= casting->service_linked;
	caller->actor.unique_id = text_of(reporter,
	    reporter->call->unique_id);
	caller->credential = casting->kind == ACTOR_USER ||
	    casting->kind == ACTOR_ROOT ? CREDENTIAL_LONG_TERM :
	    CREDENTIAL_SESSION;
	return true;
}

static void
read_way(const struct reporter *reporter, struct way *way)
{
	const struct supposed_way *supposed = reporter->call->ways;

	while (!search_value(reporter->search, supposed->bit))
		supposed++;

	if (reporter->hop->caller.actor.kind == ACTOR_SERVICE)
		return;		/* none of those that can be named (KEY-3) */
	way->kind = supposed->kind;
	way->endpoint = supposed->endpoint;
	if (supposed->endpoint != NULL)
		way->endpoint_id = supposed->endpoint->id;
}

/* A request. */

struct context_keys {
	LIST(struct context_key)	 list;
};

static void
read_keys(const struct reporter *reporter, const struct supposed_keys *keys,
    struct context_keys *context)
{
	for (size_t i = 0; i < keys->list.count; i++) {
		const struct supposed_key *key = keys->list.items[i];
		struct word *values = arena_array(reporter->arena, key->count,
		    sizeof(*values));
		size_t count = 0;

		for (size_t j = 0; j < key->count; j++)
			if (text_of(reporter, key->slots[j]).text != NULL)
				values[count++] = text_of(reporter,
				    key->slots[j]);
		if (count > 0)
			*list_add(reporter->arena, &context->list) =
			    (struct context_key){ .name = key->name,
			    .hash = key->hash, .origin = ORIGIN_GIVEN,
			    .values = values, .count = count };
	}
}

static void
read_party(const struct reporter *reporter,
    const struct supposed_request *supposed, struct resource_party *party)
{
	const struct supposed_resource *sort = supposed->sorts;

	while (!search_value(reporter->search, sort->bit))
		sort++;

	party->arn = text_of(reporter, supposed->resource);
	party->owner = text_of(reporter, supposed->owner);
	party->resource = sort->resource;
	party->role = sort->role;
	party->aws_owned = sort->sort == SORT_AWS ||
	    (sort->resource != NULL && sort->resource->aws_owned);
	party->foreign = sort->sort == SORT_FOREIGN ||
	    (sort->sort == SORT_UNLISTED && sort->account->open);
}

/* An open action; the catalogue may list it. */
static const struct supposed_action *
named_action(const struct reporter *reporter,
    const struct supposed_request *supposed)
{
	const struct catalog *catalog = reporter->call->court->catalog;
	struct supposed_action *action = arena_alloc(reporter->arena,
	    sizeof(*action));
	struct word name = text_of(reporter, supposed->name);
	const char *colon = memchr(name.text, ':', name.length);

	action->name = name;
	action->listed = catalog_action(catalog, name.text, name.length);
	if (colon != NULL)
		action->service = catalog_service(catalog, name.text,
		    (size_t)(colon - name.text));
	return action;
}

static void
read_request(const struct reporter *reporter,
    const struct supposed_request *supposed,
    const struct resource_party *party, struct request *request)
{
	const struct supposed_action *action = &supposed->actions[0];
	struct context_keys keys = { .list = { .count = 0 } };
	const struct way *way = &reporter->summoned->way;

	for (size_t i = 0; i < supposed->action_count; i++)
		if (search_value(reporter->search, supposed->actions[i].bit))
			action = &supposed->actions[i];
	if (supposed->name != SLOT_NONE)
		action = named_action(reporter, supposed);
	*request = (struct request){ .actor = reporter->hop->caller.actor,
	    .action = action->name, .listed = action->listed,
	    .service = action->service, .resource = party->arn,
	    .resource_account = party->owner,
	    .gateway = way->endpoint != NULL &&
	    way->endpoint->kind == ENDPOINT_KIND_GATEWAY };
	if (party->aws_owned)
		request->flags |= REQUEST_AWS_OWNED;
	if (reporter->hop->caller.actor.service_linked)
		request->flags |= REQUEST_SERVICE_LINKED;
	if (estate_account_manages(reporter->call->court->estate,
	    request->resource_account))
		request->flags |= REQUEST_RESOURCE_IN_MANAGEMENT;
	if (estate_account_manages(reporter->call->court->estate,
	    request->actor.account))
		request->flags |= REQUEST_PRINCIPAL_IN_MANAGEMENT;
	read_keys(reporter, &reporter->call->keys, &keys);
	read_keys(reporter, supposed->keys, &keys);
	request->context.keys = keys.list.items;
	request->context.count = keys.list.count;
}
/* One layer alone. */
static bool
layer_allows(const struct reporter *reporter, const struct ruling *ruling,
    struct trail *trail)
{
	enum layer layer = reporter->plan->guarantee->layer;
	const struct policies *all = &ruling->policies;
	struct hearing hearing;
	const struct standing *standing;

	hearing_hold(&hearing, &ruling->request, all,
	    reporter->plan->court->assumptions, 0, trail);
	switch (layer) {
	case LAYER_ENDPOINT:
		standing = &hearing.endpoint;
		if (!hearing.has_endpoint)
			return true;
		break;
	case LAYER_IDENTITY:
		standing = &hearing.identity;
		break;
	case LAYER_BOUNDARY:
		standing = &hearing.boundary;
		break;
	case LAYER_RESOURCE:
	case LAYER_TRUST:
		standing = &hearing.resource;
		break;
	case LAYER_SCP:
		return hearing.scp.deny == TRUTH_FALSE &&
		    !hearing.scp.lacks_certain;
	case LAYER_RCP:
		return hearing.rcp.deny == TRUTH_FALSE;
	case LAYER_SESSION:
	case LAYER_COUNT:
		return true;
	default:
		return false;
	}
	return standing->deny == TRUTH_FALSE && standing->allow != 0;
}

/* The simulator says of the request what the plan says. */
static bool
confirm(const struct reporter *reporter, struct ruling *ruling)
{
	const struct guarantee *guarantee = reporter->plan->guarantee;

	ruling->trail.arena = reporter->arena;
	if (guarantee->by_layer) {
		ruling->decision = (struct decision){
		    .verdict = VERDICT_ALLOWED, .has_layer = true,
		    .layer = guarantee->layer,
		    .reason = "the layer alone allows it" };
		ruling->verdict = VERDICT_ALLOWED;
		ruling->reason = ruling->decision.reason;
		return layer_allows(reporter, ruling, &ruling->trail);
	}
	ruling->decision = decision_make(&ruling->request,
	    &ruling->policies, reporter->plan->court->assumptions,
	    &ruling->trail);
	ruling->verdict = ruling->decision.verdict;
	ruling->reason = ruling->decision.reason;
	return !guarantee->allowed || ruling->verdict == VERDICT_ALLOWED;
}

/* What makes a root user's session is told, whoever asks for it. */
static void
tell_task(struct reporter *reporter, const struct request *request)
{
	if (request->actor.kind == ACTOR_ROOT &&
	    request_says_true(request, "aws:AssumedRoot"))
		*list_add(reporter->arena, &reporter->tested.list) =
		    word_from("aws:AssumedRoot", 15);
}

static bool
read_ruling(struct reporter *reporter,
    const struct supposed_request *supposed, struct resource_party *party,
    struct ruling *ruling)
{
	struct petition petition = { .arena = reporter->arena,
	    .court = reporter->plan->court, .call = reporter->summoned,
	    .caller = &reporter->hop->caller, .resource = party,
	    .way = reporter->summoned->way };

	read_party(reporter, supposed, party);
	ruling->part = supposed->part;
	ruling->resource = party;
	read_request(reporter, supposed, party, &ruling->request);
	tell_task(reporter, &ruling->request);
	ruling->wanted = reporter->tested.list.items;
	ruling->wanted_count = reporter->tested.list.count;
	petition.action = ruling->request.action;
	petition_gather(&petition, &ruling->request, &ruling->policies);
	witness_open_plan(reporter->plan, &ruling->request,
	    &ruling->policies);
	return confirm(reporter, ruling);
}

static bool
read_hop(struct reporter *reporter)
{
	const struct supposition *call = reporter->call;
	struct ruling *rulings = arena_array(reporter->arena,
	    call->requests.count, sizeof(*rulings));
	struct resource_party *parties = arena_array(reporter->arena,
	    call->requests.count, sizeof(*parties));
	struct hop *hop = reporter->hop;
	bool agreed = true;

	hop->call = reporter->summoned;
	hop->rulings = rulings;
	hop->verdict = VERDICT_ALLOWED;
	reporter->summoned->resources = parties;
	if (!read_caller(reporter, &hop->caller))
		return false;
	read_way(reporter, &reporter->summoned->way);
	for (size_t i = 0; i < call->requests.count; i++) {
		const struct supposed_request *request =
		    call->requests.items[i];

		if (!search_value(reporter->search, request->there))
			continue;
		agreed = read_ruling(reporter, request, &parties[hop->count],
		    &rulings[hop->count]) && agreed;
		hop->count++;
	}
	reporter->summoned->count = hop->count;
	if (hop->count > 0)
		reporter->summoned->action = rulings[0].request.action;
	return agreed;
}

bool
witness_read(const struct plan *plan, struct search *search,
    const struct word *texts, struct answer *answer)
{
	struct hop *hops = arena_array(plan->arena, plan->count,
	    sizeof(*hops));
	bool agreed = true;

	*answer = (struct answer){ .verdict = VERDICT_ALLOWED, .hops = hops,
	    .count = plan->count };
	for (size_t i = 0; i < plan->count; i++) {
		struct reporter reporter = { plan->arena, plan, search, texts,
		    plan->calls[i], { .list = { .count = 0 } }, &hops[i],
		    arena_alloc(plan->arena, sizeof(struct summoned_call)) };

		plan_tested_keys(plan, i, &reporter.tested);
		reporter.summoned->assumes = i + 1 < plan->count;
		agreed = read_hop(&reporter) && agreed;
		for (size_t j = 0; j < hops[i].count; j++)
			answer->rests |= hops[i].rulings[j].decision.rests;
	}
	return agreed;
}

bool
witness_sight(struct arena *arena, const struct supposed_request *supposed,
    struct search *search, const struct word *texts,
    struct sighting *sighting)
{
	struct hop hop = { .verdict = VERDICT_ALLOWED };
	struct summoned_call summoned = { .assumes = false };
	const struct reporter reporter = { arena, NULL, search, texts,
	    supposed->call, { .list = { .count = 0 } }, &hop, &summoned };

	if (!read_caller(&reporter, &hop.caller))
		return false;
	read_way(&reporter, &summoned.way);
	read_party(&reporter, supposed, &sighting->resource);
	read_request(&reporter, supposed, &sighting->resource,
	    &sighting->request);
	sighting->caller = hop.caller;
	sighting->way = summoned.way;
	return true;
}
