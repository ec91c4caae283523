/* SPDX-License-Identifier: MIT */
/* Binds slot by slot what a request is known to have. */
#include "config.h"

#include "simulator/encode.h"
#include "simulator/fact.h"
#include "simulator/impression.h"
#include "simulator/judgement.h"
#include "simulator/premise.h"

/* What is looked at. */

static const struct estate_account *
account_of(const struct impression *impression, struct word id)
{
	return id.text == NULL ? NULL : estate_account(
	    impression->court->estate, id);
}

static bool
may_call(const struct casting *casting, const void *context)
{
	const struct impression *impression = context;
	const struct caller_party *caller = &impression->current->hop->caller;

	return casting->kind == caller->actor.kind &&
	    casting->principal == caller->principal &&
	    casting->service_linked == caller->actor.service_linked &&
	    casting->account == account_of(impression,
	    caller->actor.account);
}

static bool
may_be_owned(const struct impression *impression,
    const struct supposed_resource *sort, const struct resource_party *party)
{
	switch (sort->sort) {
	case SORT_AWS:
		return party->aws_owned;
	case SORT_FOREIGN:
		return party->owner_open || (!party->aws_owned &&
		    account_of(impression, party->owner) == NULL);
	case SORT_UNLISTED:
		return party->owner_open || sort->account == account_of(
		    impression, party->owner);
	case SORT_NOTHING:
	case SORT_RESOURCE:
	case SORT_ROLE:
		break;
	}
	return true;
}

static bool
may_be(const struct supposed_resource *sort, const void *context)
{
	const struct impression *impression = context;
	const struct resource_party *party =
	    impression->current->ruling->resource;

	return sort->resource == party->resource &&
	    sort->role == party->role &&
	    (sort->sort == SORT_NOTHING) ==
	    !word_starts_with(party->arn, "arn:") &&
	    may_be_owned(impression, sort, party);
}

/* Documents. */

struct document_list {
	LIST(const struct charter *)	 list;
};

static void
add_documents(struct impression *impression, struct document_list *documents,
    struct charters charters)
{
	for (size_t i = 0; i < charters.count; i++)
		*list_add(impression->arena, &documents->list) =
		    charters.items[i];
}

static void
add_levels(struct impression *impression, struct document_list *documents,
    struct levels levels)
{
	for (size_t i = 0; i < levels.count; i++)
		add_documents(impression, documents, levels.items[i]);
}

/* Of the endpoints that it may have come through. */
static void
add_endpoints(struct impression *impression, struct document_list *documents,
    const struct imprint *imprint)
{
	const struct estate *estate = impression->court->estate;

	if (imprint->hop->call->way.kind != WAY_UNKNOWN)
		return;
	for (size_t i = 0; i < estate->endpoint_count; i++)
		if (estate->endpoints[i].service != NULL &&
		    estate->endpoints[i].service ==
		    imprint->ruling->request.service)
			add_documents(impression, documents, archive_only(
			    impression->court->archive, impression->arena,
			    estate->endpoints[i].policy, LAYER_ENDPOINT));
}

static struct charters
list_documents(struct impression *impression, const struct imprint *imprint)
{
	const struct policies *policies = &imprint->ruling->policies;
	const struct charters all[] = { policies->identity,
	    policies->boundary, policies->session, policies->resource,
	    policies->endpoint };
	struct document_list documents = { .list = { .count = 0 } };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		add_documents(impression, &documents, all[i]);
	add_levels(impression, &documents, policies->scp);
	add_levels(impression, &documents, policies->rcp);
	add_endpoints(impression, &documents, imprint);
	return (struct charters){ documents.list.items,
	    documents.list.count };
}

/* Taking. */

/* A key with several known values needs a slot for each; and of tags that are
 * passed, whether anybody asks for them or not, aws:TagKeys tells. */
static void
expect_values(struct supposed_request *request,
    const struct context *context)
{
	for (size_t i = 0; i < context->count; i++) {
		const struct context_key *key = &context->keys[i];

		for (size_t j = 1; j < key->count; j++)
			supposition_expect(request, key->name);
		if (family_member(FAMILY_REQUEST_TAG, key->name).text != NULL)
			supposition_expect(request, key->name);
	}
}

/* The request about the same resource, if the call has one already. */
static const struct supposed_request *
find_model(const struct impression *impression, const struct imprint *imprint)
{
	for (size_t i = 0; i < impression->list.count; i++) {
		const struct imprint *other = &impression->list.items[i];

		if (other->hop == imprint->hop && other->request != NULL &&
		    other->ruling->resource == imprint->ruling->resource)
			return other->request;
	}
	return NULL;
}

static void
take_ruling(struct impression *impression, struct imprint imprint)
{
	const struct request *request = &imprint.ruling->request;
	struct supposed_action *action = arena_alloc(impression->arena,
	    sizeof(*action));
	const struct supposed_request *model = find_model(impression,
	    &imprint);
	struct supposition *call = impression->calls.items[
	    impression->calls.count - 1];

	*action = (struct supposed_action){ .name = request->action,
	    .listed = request->listed, .service = request->service };
	impression->current = &imprint;
	imprint.request = model != NULL ? supposition_add_like(model,
	    FORMULA_TRUE, action, 1) : supposition_add(call,
	    arena_printf(impression->arena, "%zu",
	    call->requests.count + 1), FORMULA_TRUE, action, 1);
	imprint.documents = list_documents(impression, &imprint);
	encode_expect(imprint.request, &imprint.documents);
	expect_values(imprint.request, &request->context);
	*list_add(impression->arena, &impression->list) = imprint;
	impression->current = NULL;
}

static void
take_hop(struct impression *impression, size_t number)
{
	const struct hop *hop = &impression->answer->hops[number];
	struct imprint imprint = { .call = number, .hop = hop };
	struct supposed_focus *focus = arena_alloc(impression->arena,
	    sizeof(*focus));

	*focus = (struct supposed_focus){ may_call, may_be, impression };
	impression->current = &imprint;
	*list_add(impression->arena, &impression->hops) = hop;
	*list_add(impression->arena, &impression->calls) =
	    supposition_new_about(impression->arena, impression->court,
	    impression->universe, arena_printf(impression->arena,
	    "call %zu ", number + 1), focus);
	for (size_t i = 0; i < hop->count; i++) {
		imprint.ruling = &hop->rulings[i];
		take_ruling(impression, imprint);
	}
}

void
impression_take(struct impression *impression, struct arena *arena,
    const struct court *court, const struct answer *answer)
{
	*impression = (struct impression){ .arena = arena, .court = court,
	    .answer = answer, .formulas = formulas_new(arena),
	    .allowed = FORMULA_TRUE, .bound = FORMULA_TRUE };
	impression->universe = universe_new(arena, impression->formulas);
	for (size_t i = 0; i < answer->count; i++)
		if (answer->hops[i].verdict == VERDICT_DEPENDS)
			take_hop(impression, i);
}

void
impression_judge(struct impression *impression)
{
	/* an endpoint that is not listed has a policy that nobody knows, and
	 * is taken to let the call through, as chain.c takes it */
	static const struct encode_unknown unknown[LAYER_COUNT] = {
		[LAYER_IDENTITY] = { FORMULA_TRUE, FORMULA_FALSE },
		[LAYER_BOUNDARY] = { FORMULA_TRUE, FORMULA_FALSE },
		[LAYER_SESSION] = { FORMULA_TRUE, FORMULA_FALSE },
		[LAYER_RESOURCE] = { FORMULA_TRUE, FORMULA_FALSE },
		[LAYER_TRUST] = { FORMULA_TRUE, FORMULA_FALSE },
		[LAYER_SCP] = { FORMULA_TRUE, FORMULA_FALSE },
		[LAYER_RCP] = { FORMULA_TRUE, FORMULA_FALSE },
		[LAYER_ENDPOINT] = { FORMULA_FALSE, FORMULA_TRUE },
	};

	for (size_t i = 0; i < impression->list.count; i++) {
		const struct imprint *imprint = &impression->list.items[i];
		const struct judgement_use use = { .unknown = unknown,
		    .policies = &imprint->ruling->policies };

		if (imprint->ruling->verdict == VERDICT_DEPENDS)
			impression->allowed = formula_and(
			    impression->formulas, impression->allowed,
			    judgement_allowed(imprint->request, &use));
	}
}

/* Binding. */

void
impression_know(struct impression *impression, int formula)
{
	impression->bound = formula_and(impression->formulas,
	    impression->bound, formula);
}

static void
bind_text(struct impression *impression, size_t slot, struct word text)
{
	impression_know(impression, text.text == NULL ?
	    -universe_slot(impression->universe, slot)->presence :
	    universe_equal(impression->universe, slot, text, false));
}

/* A session of which only the name of the role is known. */
static void
bind_role_name(struct impression *impression, struct supposition *call,
    const struct actor *actor)
{
	static const char *const forms[] = { "arn:~:iam::%.*s:role/%.*s",
	    "arn:~:iam::%.*s:role/*/%.*s" };
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		any = fact_or(call, any, fact_form(call, call->arn,
		    arena_printf(impression->arena, forms[i],
		    (int)actor->account.length, actor->account.text,
		    (int)actor->name.length, actor->name.text)));
	impression_know(impression, any);
}

static void
bind_caller(struct impression *impression, struct supposition *call,
    const struct actor *actor)
{
	if (actor->kind == ACTOR_SERVICE || actor->kind == ACTOR_PROVIDER)
		bind_text(impression, call->outsider, actor->principal);
	if (actor->account.text == NULL)
		return;
	bind_text(impression, call->account, actor->account);
	if (actor->kind != ACTOR_ROLE_SESSION)
		bind_text(impression, call->arn, actor->principal);
	else if (actor->issuer.text != NULL)
		bind_text(impression, call->arn, actor->issuer);
	else
		bind_role_name(impression, call, actor);
	if (actor->session.text != NULL)
		bind_text(impression, call->session, actor->session);
	if (actor->kind == ACTOR_FEDERATED_SESSION &&
	    actor->issuer.text != NULL)
		bind_text(impression, call->issuer, actor->issuer);
	if (actor->unique_id.text != NULL &&
	    (actor->kind == ACTOR_USER || actor->kind == ACTOR_ROLE_SESSION))
		bind_text(impression, call->unique_id, actor->unique_id);
}

static bool
is_way(const struct supposed_way *supposed, const struct way *way)
{
	if (supposed->kind != way->kind)
		return false;
	/* through some endpoint, whichever */
	if (way->kind == WAY_ENDPOINT && way->endpoint == NULL &&
	    way->endpoint_id.text == NULL)
		return true;
	return supposed->endpoint == way->endpoint;
}

static void
bind_way(struct impression *impression, struct supposition *call,
    const struct way *way)
{
	int any = FORMULA_FALSE;

	if (way->kind == WAY_UNKNOWN)
		return;
	for (size_t i = 0; i < call->way_count; i++)
		if (is_way(&call->ways[i], way))
			any = formula_or(impression->formulas, any,
			    call->ways[i].bit);
	impression_know(impression, any);
}

static void
bind_resource(struct impression *impression, const struct imprint *imprint)
{
	const struct resource_party *party = imprint->ruling->resource;

	bind_text(impression, imprint->request->resource, party->arn);
	if (!party->owner_open)
		bind_text(impression, imprint->request->owner, party->owner);
}

/* Keys. */

static const struct context_key *
known_key(const struct imprint *imprint, const struct supposed_key *key)
{
	return request_key(&imprint->ruling->request, key->name.text,
	    key->name.length, key->hash);
}

bool
imprint_is_open(const struct imprint *imprint, struct word key)
{
	return request_key(&imprint->ruling->request, key.text, key.length,
	    key_hash(key.text, key.length))->origin == ORIGIN_UNKNOWN;
}

static int
any_value(struct impression *impression, size_t slot,
    const struct context_key *known)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < known->count; i++)
		any = formula_or(impression->formulas, any, universe_equal(
		    impression->universe, slot, known->values[i], false));
	return any;
}

/* Each of its values is in some slot, and each slot has one or is empty. */
static void
bind_values(struct impression *impression, const struct supposed_key *key,
    const struct context_key *known)
{
	for (size_t i = 0; i < known->count; i++) {
		int any = FORMULA_FALSE;

		for (size_t j = 0; j < key->count; j++)
			any = formula_or(impression->formulas, any,
			    universe_equal(impression->universe,
			    key->slots[j], known->values[i], false));
		impression_know(impression, any);
	}
	for (size_t j = 0; j < key->count; j++)
		impression_know(impression, formula_or(impression->formulas,
		    -universe_slot(impression->universe,
		    key->slots[j])->presence, any_value(impression,
		    key->slots[j], known)));
}

/*
 * It has one of some values, if it is there at all.  No list holds an empty
 * text: see change_contrast.c.
 */
static void
bind_open(struct impression *impression,
    const struct supposed_request *request, const struct supposed_key *key,
    const struct context_key *known)
{
	const struct supposition *call = request->call;

	if (known->there)
		impression_know(impression, key->present);
	for (size_t j = 0; key->multivalued && j < key->count; j++)
		impression_know(impression, formula_implies(
		    impression->formulas, fact_there(call, key->slots[j]),
		    fact_form(call, key->slots[j], "?*")));
	for (size_t j = 0; known->count > 0 && j < key->count; j++)
		impression_know(impression, formula_or(impression->formulas,
		    -universe_slot(impression->universe,
		    key->slots[j])->presence, any_value(impression,
		    key->slots[j], known)));
}

/* What one request of the call knows counts for all of them; what is only
 * not listed for the others, for none. */
static const struct context_key *
best_known(const struct impression *impression,
    const struct supposed_request *request, const struct supposed_key *key)
{
	const struct context_key *best = NULL;
	bool own = key_is_of_resource(key->name);

	for (size_t i = 0; i < impression->list.count; i++) {
		const struct imprint *imprint = &impression->list.items[i];
		const struct context_key *known;

		if (own ? imprint->request->keys != request->keys :
		    imprint->request->call != request->call)
			continue;
		known = known_key(imprint, key);
		if (best == NULL || best->origin == ORIGIN_ABSENT ||
		    (best->origin == ORIGIN_UNKNOWN &&
		    context_key_is_present(known)))
			best = known;
	}
	return best;
}

static void
bind_keys(struct impression *impression,
    const struct supposed_request *request, const struct supposed_keys *keys)
{
	for (size_t i = 0; i < keys->list.count; i++) {
		const struct supposed_key *key = keys->list.items[i];
		const struct context_key *known = best_known(impression,
		    request, key);

		if (key->slots == NULL)
			continue;
		if (known->origin == ORIGIN_UNKNOWN)
			bind_open(impression, request, key, known);
		else if (!context_key_is_present(known))
			impression_know(impression, -key->present);
		else if (known->count > key->count)
			impression->unsupported = "a list of values for a "
			    "key that has one";
		else
			bind_values(impression, key, known);
	}
}

/* Calls. */

/* The call is made by the session that the one before it makes. */
static bool
is_chained(const struct impression *impression, size_t index)
{
	const struct hop *before = impression->hops.items[index - 1];

	return impression->hops.items[index] == before + 1 &&
	    before->call->assumes;
}

/* What the session that one call makes takes along to the next. */
static void
link_calls(struct impression *impression)
{
	struct supposition **calls = impression->calls.items;

	for (size_t i = 1; i < impression->calls.count; i++)
		if (is_chained(impression, i))
			premise_share(calls[i - 1], calls[i]);
	for (size_t i = impression->calls.count; i-- > 1;)
		if (is_chained(impression, i))
			premise_share(calls[i - 1], calls[i]);
	for (size_t i = 1; i < impression->calls.count; i++)
		if (is_chained(impression, i))
			premise_link(calls[i - 1], calls[i],
			    (struct premise_reading){ .all = false });
}

static void
note_unsupported(struct impression *impression)
{
	for (size_t i = 0; i < impression->calls.count; i++)
		if (impression->unsupported == NULL)
			impression->unsupported =
			    impression->calls.items[i]->unsupported;
}

void
impression_bind(struct impression *impression)
{
	link_calls(impression);
	for (size_t i = 0; i < impression->calls.count; i++) {
		struct supposition *call = impression->calls.items[i];
		const struct hop *hop = impression->hops.items[i];

		premise_add(call, (struct premise_reading){ .all = false });
		bind_caller(impression, call, &hop->caller.actor);
		bind_way(impression, call, &hop->call->way);
		bind_keys(impression, call->requests.items[0], &call->keys);
	}
	for (size_t i = 0; i < impression->list.count; i++) {
		const struct imprint *imprint = &impression->list.items[i];

		bind_resource(impression, imprint);
		bind_keys(impression, imprint->request,
		    imprint->request->keys);
	}
	note_unsupported(impression);
}

int
impression_premise(const struct impression *impression, enum premise premise)
{
	int all = FORMULA_TRUE;

	for (size_t i = 0; i < impression->calls.count; i++)
		all = formula_and(impression->formulas, all,
		    impression->calls.items[i]->premises[premise]);
	return all;
}
