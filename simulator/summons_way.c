/* SPDX-License-Identifier: MIT */
/*
 * The ways of calls through the network: as the question says, or as its keys
 * and the policies that are brought along let one think.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "policy/value.h"
#include "simulator/estate.h"
#include "simulator/summons_usher.h"

static const struct service *
service_of(struct usher *usher, struct word action)
{
	const char *colon = memchr(action.text, ':', action.length);

	return colon == NULL ? NULL : catalog_service(usher->court->catalog,
	    action.text, (size_t)(colon - action.text));
}

static const char *
vpc_called(struct usher *usher, const struct estate_vpc *vpc)
{
	return usher_word(usher, vpc->name.length > 0 ? vpc->name : vpc->id);
}

/* The one endpoint of the VPC that serves the action, or none. */
static void
take_only(struct usher *usher, const struct estate_vpc *vpc,
    const struct estate_matches *found, struct summoned_call *call)
{
	call->way.kind = WAY_ENDPOINT;
	if (found->count == 0) {
		call->unreachable = arena_printf(usher->arena,
		    "no endpoint of the VPC `%s` serves `%s`",
		    vpc_called(usher, vpc), usher_word(usher, call->action));
		return;
	}
	call->way.endpoint = found->items[0].endpoint;
	call->way.endpoint_id = call->way.endpoint->id;
}

static struct estate_matches
find_endpoints(struct usher *usher, const struct estate_vpc *vpc,
    const struct summoned_call *call)
{
	return estate_vpc_endpoints(usher->court->estate, usher->arena, vpc,
	    service_of(usher, call->action));
}

/* False with the fault when several endpoints would do. */
static bool
take_vpc(struct usher *usher, const struct phrase *phrase,
    const struct estate_vpc *vpc, struct summoned_call *call)
{
	struct estate_matches found = find_endpoints(usher, vpc, call);

	if (found.count > 1)
		return usher_refuse(usher, phrase, arena_printf(usher->arena,
		    "%zu endpoints of the VPC `%s` serve `%s`", found.count,
		    vpc_called(usher, vpc), usher_word(usher, call->action)),
		    arena_printf(usher->arena, "these are %s",
		    estate_list(usher->arena, &found, estate_thing_called)));
	take_only(usher, vpc, &found, call);
	return true;
}

static void
take_endpoint(struct usher *usher, const struct estate_endpoint *endpoint,
    struct summoned_call *call)
{
	const struct service *service = service_of(usher, call->action);

	call->way = (struct way){ WAY_ENDPOINT, endpoint->id, endpoint };
	if (endpoint->service != NULL && service != NULL &&
	    endpoint->service != service)
		call->unreachable = arena_printf(usher->arena,
		    "the endpoint `%s` serves `%s`, not `%s`",
		    usher_word(usher, endpoint->name.length > 0 ?
		    endpoint->name : endpoint->id), endpoint->service->prefix,
		    service->prefix);
}

static bool
take_way(struct usher *usher, const struct phrase *phrase,
    struct summoned_call *call)
{
	struct estate_thing thing;

	if (word_is(phrase->word, "internet")) {
		call->way.kind = WAY_INTERNET;
		return true;
	}
	if (word_starts_with(phrase->word, "vpce-") &&
	    estate_endpoint(usher->court->estate, phrase->word) == NULL) {
		call->way = (struct way){ WAY_ENDPOINT, phrase->word, NULL };
		return true;
	}
	if (!usher_find(usher, phrase, ESTATE_ENDPOINT | ESTATE_VPC,
	    "no endpoint or VPC", &thing))
		return false;
	if (thing.endpoint == NULL)
		return take_vpc(usher, phrase, thing.vpc, call);
	take_endpoint(usher, thing.endpoint, call);
	return true;
}

/* Whoever brings the policy of an endpoint means a request through it. */
static void
take_some_endpoint(struct usher *usher, struct summoned_call *call)
{
	const struct exhibits *exhibits = usher->court->exhibits;

	if (call->way.kind == WAY_UNKNOWN && exhibits != NULL &&
	    exhibits->layers[LAYER_ENDPOINT].count > 0 &&
	    usher->summons->caller.actor.kind != ACTOR_SERVICE)
		call->way.kind = WAY_ENDPOINT;
}

/* One of the estate's, or a foreign one. */
static void
take_endpoint_id(struct usher *usher, struct word id,
    struct summoned_call *call)
{
	const struct estate_endpoint *endpoint = estate_endpoint(
	    usher->court->estate, id);

	if (endpoint != NULL)
		take_endpoint(usher, endpoint, call);
	else
		call->way = (struct way){ WAY_ENDPOINT, id, NULL };
}

static const struct given_key *
given_key(const struct usher *usher, const char *name)
{
	const struct question *question = usher->question;

	for (size_t i = 0; i < question->keys.count; i++)
		if (word_equal_folded(question->keys.items[i].name.word,
		    word_from(name, strlen(name))))
			return &question->keys.items[i];
	return NULL;
}

/* How many endpoints of the VPC may serve the action: nobody knows it of an
 * account that holds more than is listed, nor of what another service asks
 * for besides. */
static size_t
count_endpoints(struct usher *usher, const struct estate_vpc *vpc,
    struct word action)
{
	const struct estate *estate = usher->court->estate;
	const struct service *service = service_of(usher, action);
	size_t count = 0;

	if (vpc->account == NULL || vpc->account->open || service == NULL ||
	    word_is_among(action.text, action.length, "iam:PassRole"))
		return SIZE_MAX;
	for (size_t i = 0; i < estate->endpoint_count; i++) {
		const struct estate_endpoint *endpoint =
		    &estate->endpoints[i];

		if (endpoint->vpc == vpc && endpoint->service == NULL)
			return SIZE_MAX;
		count += endpoint->vpc == vpc && endpoint->service == service;
	}
	return count;
}

/* In the VPC that aws:SourceVpc names, the one endpoint that can be meant
 * (EVAL-37). */
static void
take_given_vpc(struct usher *usher, struct word id,
    struct summoned_call *call)
{
	const struct estate_vpc *vpc = estate_vpc(usher->court->estate, id);
	struct estate_matches found;

	if (vpc == NULL || count_endpoints(usher, vpc, call->action) > 1)
		return;
	found = find_endpoints(usher, vpc, call);
	take_only(usher, vpc, &found, call);
}

/* An endpoint that aws:SourceVpce names is the way (VPCE-1); without the key
 * there is none. */
static void
take_given_endpoint(struct usher *usher, struct summoned_call *call)
{
	const struct given_key *id = given_key(usher, "aws:SourceVpce");
	const struct given_key *vpc = given_key(usher, "aws:SourceVpc");

	if ((id != NULL && id->absent) || (vpc != NULL && vpc->absent))
		call->way.kind = WAY_INTERNET;
	else if (id != NULL && id->count == 1)
		take_endpoint_id(usher, id->values[0], call);
	else if (vpc != NULL && vpc->count == 1)
		take_given_vpc(usher, vpc->values[0], call);
}

static bool
is_true(const struct given_key *key)
{
	bool value;

	return key->count == 1 && bool_read(key->values[0].text,
	    key->values[0].length, &value) && value;
}

/* A key that only requests have which a service forwards (KEY-6); or NULL. */
static const struct given_key *
forwarding_key(const struct usher *usher)
{
	static const char *const names[] = { "aws:CalledVia",
	    "aws:CalledViaFirst", "aws:CalledViaLast" };
	const struct given_key *key = given_key(usher, "aws:ViaAWSService");

	if (key != NULL && !key->absent && is_true(key))
		return key;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		key = given_key(usher, names[i]);
		if (key != NULL && !key->absent)
			return key;
	}
	return NULL;
}

/* What is forwarded has left the network of whoever asked first. */
static void
take_forwarder(struct usher *usher, struct summoned_call *call)
{
	if (forwarding_key(usher) != NULL && call->way.kind != WAY_ENDPOINT)
		call->way.kind = WAY_SERVICE;
}

/* A key that only requests through an endpoint have is given (KEY-3). */
static bool
has_key_of_endpoint(const struct usher *usher)
{
	static const char *const names[] = { "aws:SourceVpce",
	    "aws:SourceVpc", "aws:SourceVpcArn", "aws:VpcSourceIp",
	    "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct given_key *key = given_key(usher, names[i]);

		if (key != NULL && !key->absent)
			return true;
	}
	return false;
}

/* What nobody speaks of is not there: no endpoint either.  A service that asks
 * in its own name is inside of AWS. */
static void
close_way(struct usher *usher, struct summoned_call *call)
{
	if (usher->question->closed && call->way.kind == WAY_UNKNOWN &&
	    usher->summons->caller.actor.kind != ACTOR_SERVICE &&
	    !has_key_of_endpoint(usher))
		call->way.kind = WAY_INTERNET;
}

/* The key and the clause must speak of one way. */
static bool
check_way(struct usher *usher, const struct way *way)
{
	const struct given_key *key = given_key(usher, "aws:SourceVpce");
	const struct given_key *forwarded = forwarding_key(usher);
	bool same = key == NULL || (key->absent ?
	    way->kind != WAY_ENDPOINT : key->count == 1 &&
	    way->kind == WAY_ENDPOINT &&
	    word_equal(key->values[0], way->endpoint_id));

	if (!same)
		return usher_refuse(usher, &key->name, "`through` names "
		    "another way than aws:SourceVpce", "say one of the two");
	if (forwarded != NULL && way->kind == WAY_ENDPOINT)
		return usher_refuse(usher, &forwarded->name, "no request that "
		    "a service forwards comes through an endpoint of a VPC",
		    "say one of the two");
	return true;
}

/* VPCE-6, KEY-3: what a service asks in its own name comes through nobody's
 * endpoint, and not from the internet.  Of keys that say so of others, that
 * there is no endpoint is all that is taken. */
static void
bar_service(const struct usher *usher, struct summoned_call *first)
{
	if (usher->summons->caller.actor.kind != ACTOR_SERVICE)
		return;
	if (first->way.kind == WAY_ENDPOINT)
		first->unreachable = "AWS services come through no endpoint "
		    "of a VPC";
	else if (usher->question->through.list.count > 0)
		first->unreachable = "AWS services come from inside of AWS, "
		    "not through the internet";
	else
		first->way.kind = WAY_UNKNOWN;
}

bool
summons_ways(struct usher *usher, struct summoned_call *calls, size_t count)
{
	const struct phrases *through = &usher->question->through;
	size_t said = through->list.count;

	if (said > 1 && said != count)
		return usher_refuse(usher, &through->list.items[said - 1],
		    arena_printf(usher->arena, "%zu ways for %zu call%s", said,
		    count, count == 1 ? "" : "s"), "name one way for all "
		    "calls, or one for each");
	for (size_t i = 0; i < count; i++) {
		if (said == 0) {
			take_given_endpoint(usher, &calls[i]);
			take_forwarder(usher, &calls[i]);
			take_some_endpoint(usher, &calls[i]);
			close_way(usher, &calls[i]);
		} else if (!take_way(usher, &through->list.items[said == 1 ?
		    0 : i], &calls[i]) || !check_way(usher,
		    &calls[i].way)) {
			return false;
		} else {
			take_forwarder(usher, &calls[i]);
		}
	}
	bar_service(usher, calls);
	return true;
}
