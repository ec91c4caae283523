/* SPDX-License-Identifier: MIT */
/*
 * Words into things.  A word that is an ARN stands for itself, whether or not
 * the estate lists it; any other word must lead to one thing of the estate.
 */
#include "config.h"

#include <string.h>

#include "policy/bucket.h"
#include "policy/rule.h"
#include "simulator/guise.h"
#include "simulator/owner.h"
#include "simulator/sentence.h"
#include "simulator/summons.h"

enum {
	CANDIDATES_SHOWN = 5,
	NAME_MIN = 2, NAME_MAX = 64	/* of a session */
};

struct usher {
	struct arena		*arena;
	const struct court	*court;
	const struct question	*question;
	struct summons		*summons;
	struct question_fault	*fault;
};

static bool
refuse(struct usher *usher, const struct phrase *phrase, const char *message,
    const char *help)
{
	*usher->fault = (struct question_fault){ message, phrase->span, help };
	return false;
}

/* One word of the user's for messages. */
static const char *
shown(struct usher *usher, struct word word)
{
	return arena_copy(usher->arena, word.text, word.length);
}

static bool
is_arn(struct word word)
{
	return word_starts_with(word, "arn:");
}

/* Names of the estate. */

/* The word of the grammar that it may have been meant for, or NULL. */
static const char *
nearest_clause(struct usher *usher, struct word word)
{
	for (size_t i = 0; sentence_words[i] != NULL; i++) {
		size_t length = strcspn(sentence_words[i], " ");
		size_t limit = length < 4 ? 1 : 2;

		if (edit_distance(word.text, word.length, sentence_words[i],
		    length, limit) <= limit)
			return arena_printf(usher->arena,
			    "did you mean the word `%.*s`?", (int)length,
			    sentence_words[i]);
	}
	return NULL;
}

static bool
refuse_unknown(struct usher *usher, const struct phrase *phrase,
    unsigned kinds, const char *what)
{
	const struct estate *estate = usher->court->estate;
	const char *name = shown(usher, phrase->word);
	const char *clause = nearest_clause(usher, phrase->word);
	struct estate_matches near;

	if (estate->text == NULL)
		return refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no ARN, and there is no estate to look a name up "
		    "in", name), clause != NULL ? clause :
		    "write an ARN, or give --estate FILE");
	near = estate_nearest(estate, usher->arena, phrase->word, kinds,
	    CANDIDATES_SHOWN);
	return refuse(usher, phrase, arena_printf(usher->arena,
	    "%s of the estate is called `%s`", what, name),
	    near.count == 0 ? clause :
	    arena_printf(usher->arena, "did you mean %s?",
	    estate_list(usher->arena, &near, estate_thing_called)));
}

/* The one thing that a word leads to. */
static bool
find_thing(struct usher *usher, const struct phrase *phrase, unsigned kinds,
    const char *what, struct estate_thing *thing)
{
	struct estate_matches matches = estate_find(usher->court->estate,
	    usher->arena, phrase->word, kinds);

	if (matches.count == 0)
		return refuse_unknown(usher, phrase, kinds, what);
	if (matches.count > 1)
		return refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` may be any of %zu", shown(usher, phrase->word),
		    matches.count), arena_printf(usher->arena,
		    "these are %s", estate_list(usher->arena, &matches,
		    estate_thing_id)));
	*thing = matches.items[0];
	return true;
}

/* Who asks. */

/* A word with a dot in it is a service, unless the estate calls somebody so. */
static bool
is_service_form(struct usher *usher, struct word word)
{
	return memchr(word.text, '.', word.length) != NULL &&
	    memchr(word.text, '/', word.length) == NULL &&
	    estate_find(usher->court->estate, usher->arena, word,
	    ESTATE_PRINCIPAL).count == 0;
}

/* Principals are written in their own forms, or named. */
static bool
is_principal_form(struct usher *usher, struct word word)
{
	return word_is(word, "*") || is_arn(word) ||
	    word_starts_with(word, "federated:") ||
	    is_service_form(usher, word);
}

static struct word
session_arn(struct usher *usher, const struct actor *role, struct word name)
{
	char *text = arena_printf(usher->arena,
	    "arn:%.*s:sts::%.*s:assumed-role/%.*s/%.*s",
	    (int)role->partition.length, role->partition.text,
	    (int)role->account.length, role->account.text,
	    (int)role->name.length, role->name.text,
	    (int)name.length, name.text);

	return word_from(text, strlen(text));
}

bool
summons_session(struct arena *arena, struct word role, struct word name,
    struct actor *actor)
{
	struct usher usher = { .arena = arena };
	struct actor unnamed;

	if (!actor_read(&unnamed, role, (struct word){ NULL, 0 }) ||
	    unnamed.kind != ACTOR_ROLE_SESSION)
		return false;
	*actor = unnamed;
	return name.text == NULL || actor_read(actor,
	    session_arn(&usher, &unnamed, name), role);
}

/* The action makes a session of its resource. */
static bool
makes_session(struct word action)
{
	return word_is_among(action.text, action.length, "sts:assumerole "
	    "sts:assumerolewithsaml sts:assumerolewithwebidentity");
}

/* `named' is of the session that asks, unless a session is made. */
static struct word
own_session_name(struct usher *usher)
{
	const struct question *question = usher->question;

	if (question->via.list.count > 0 ||
	    makes_session(question->action.word))
		return (struct word){ NULL, 0 };
	return question->named.word;
}

/* A foreign account is one that the estate should have, and has not; of what
 * an open one has besides, as little is known. */
static bool
is_foreign(struct usher *usher, struct word id)
{
	const struct estate *estate = usher->court->estate;
	const struct estate_account *account;

	if (estate->text == NULL || id.text == NULL)
		return false;
	account = estate_account(estate, id);
	return account == NULL || account->open;
}

static enum credential
credential_of(struct usher *usher, enum actor_kind kind)
{
	if (usher->question->credential != CREDENTIAL_UNKNOWN)
		return usher->question->credential;
	if (kind == ACTOR_ROLE_SESSION || kind == ACTOR_FEDERATED_SESSION)
		return CREDENTIAL_SESSION;
	return CREDENTIAL_UNKNOWN;
}

/* Fills in all that follows from the actor. */
static void
complete_caller(struct usher *usher, struct caller_party *caller)
{
	caller->principal = estate_principal_of(usher->court->estate,
	    &caller->actor);
	caller->foreign = caller->principal == NULL &&
	    is_foreign(usher, caller->actor.account);
	caller->credential = credential_of(usher, caller->actor.kind);
}

/* A session's role, path and all, is the estate's to know (PRIN-9). */
static void
find_issuer(struct usher *usher, struct actor *actor)
{
	const struct estate_principal *role = estate_principal_of(
	    usher->court->estate, actor);
	struct actor known;

	if (role != NULL && actor->issuer.text == NULL &&
	    actor_read(&known, actor->principal, role->arn))
		*actor = known;
}

static bool
summon_caller(struct usher *usher)
{
	struct caller_party *caller = &usher->summons->caller;
	const struct phrase *phrase = &usher->question->principal;
	const struct word nobody = { NULL, 0 };
	struct word word = phrase->word, name = own_session_name(usher);
	struct estate_thing thing;

	if (!is_principal_form(usher, word)) {
		if (!find_thing(usher, phrase, ESTATE_PRINCIPAL,
		    "no principal", &thing))
			return false;
		word = thing.principal->arn;
	}
	if (actor_names_origin_identity(word))
		return refuse(usher, phrase, "whether it can is unknown: an "
		    "origin access identity of CloudFront is of no account, "
		    "and its requests are not modelled (PRIN-14)", NULL);
	if (!actor_read(&caller->actor, word, nobody))
		return refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no principal", shown(usher, word)), "write the "
		    "ARN of a user, role, session or root user, a service "
		    "such as ec2.amazonaws.com, federated:PROVIDER, or *");
	if (caller->actor.kind == ACTOR_ROLE_SESSION &&
	    caller->actor.session.text == NULL && name.text != NULL &&
	    !summons_session(usher->arena, word, name, &caller->actor))
		return refuse(usher, &usher->question->named,
		    "this can be no session's name", NULL);
	find_issuer(usher, &caller->actor);
	complete_caller(usher, caller);
	return true;
}

/* On what. */

static bool
is_in_bucket_of_aws(const struct arn *arn)
{
	const char *text = arn->field[ARN_RESOURCE].text, *slash;
	size_t length = arn->field[ARN_RESOURCE].length;

	if (arn->count != ARN_FIELD_COUNT ||
	    !arn_field_is(arn, ARN_SERVICE, "s3"))
		return false;
	slash = memchr(text, '/', length);
	return bucket_is_of_aws(text,
	    slash == NULL ? length : (size_t)(slash - text));
}

/* What an unlisted resource's ARN, or what is known of AWS's own, tells. */
static void
find_owner(struct usher *usher, struct resource_party *party)
{
	struct arn arn = arn_split(party->arn.text, party->arn.length);

	party->owner = owner_of_arn(party->arn);
	if (owner_is_aws(usher->arena, usher->court->catalog, party->arn) ||
	    is_in_bucket_of_aws(&arn)) {
		party->aws_owned = true;
		party->owner = (struct word){ NULL, 0 };
	}
}

/* The owner that the user says by aws:ResourceAccount wins. */
static struct word
given_owner(struct usher *usher)
{
	const struct question *question = usher->question;

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];

		if (word_equal_folded(key->name.word,
		    word_from("aws:ResourceAccount", 19)) && key->count == 1)
			return key->values[0];
	}
	return (struct word){ NULL, 0 };
}

/*
 * Nobody says whose it is.  Where there is an estate, everything in it is
 * listed, so it may be anybody's; with documents alone, most likely they are
 * about one account.
 */
static void
guess_owner(struct usher *usher, struct resource_party *party)
{
	struct word account = usher->summons->caller.actor.account;

	if (account.text == NULL)
		return;
	party->owner_open = usher->court->estate->text != NULL &&
	    !usher->question->own;
	party->owner_assumed = !party->owner_open;
	party->owner = account;
}

static void
complete_resource(struct usher *usher, struct resource_party *party)
{
	const struct estate *estate = usher->court->estate;
	struct word said = given_owner(usher);

	party->resource = estate_resource(estate, party->arn);
	party->role = estate_principal(estate, party->arn);
	if (party->role != NULL && !party->role->is_role)
		party->role = NULL;
	find_owner(usher, party);
	if (party->resource != NULL && party->resource->aws_owned) {
		party->aws_owned = true;
		party->owner = (struct word){ NULL, 0 };
	} else if (party->resource != NULL &&
	    party->resource->account.text != NULL) {
		party->aws_owned = false;
		party->owner = party->resource->account;
	}
	if (said.text != NULL) {
		party->aws_owned = false;
		party->owner = said;
	}
	if (party->owner.text == NULL && !party->aws_owned)
		guess_owner(usher, party);
	party->foreign = !party->owner_open && is_foreign(usher, party->owner);
}

/* An action on nothing is on the caller's account (RES-9). */
static void
complete_everything(struct usher *usher, struct resource_party *party)
{
	struct word said = given_owner(usher);

	party->arn = word_from("*", 1);
	party->owner = said.text != NULL ? said :
	    usher->summons->caller.actor.account;
	party->foreign = is_foreign(usher, party->owner);
}

/* What is no ARN, as the telephone number that sns:Publish sends to. */
static bool
is_bare(const struct usher *usher, struct word resource)
{
	struct word name = usher->question->action.word;
	const struct action *action = catalog_action(usher->court->catalog,
	    name.text, name.length);

	return word_starts_with(resource, "+") &&
	    !word_has_wildcard(resource) && action != NULL &&
	    guise_any(action, guise_is_bare);
}

/* AWS asks about "*", whatever resource is named (RES-9). */
static bool
is_about_nothing(const struct usher *usher, struct word resource)
{
	const struct catalog *catalog = usher->court->catalog;
	struct word name = usher->question->action.word;
	const struct action *action = catalog_action(catalog, name.text,
	    name.length);

	return action != NULL && action->target_count == 0 &&
	    catalog_call(catalog, name.text, name.length) == NULL &&
	    !guise_fits(usher->arena, action, resource);
}

static bool
summon_resource(struct usher *usher, const struct phrase *phrase,
    struct resource_party *party)
{
	struct estate_thing thing;

	if (word_is(phrase->word, "*") || is_bare(usher, phrase->word)) {
		complete_everything(usher, party);
		party->arn = phrase->word;
		return true;
	}
	party->arn = phrase->word;
	if (!is_arn(phrase->word)) {
		if (!find_thing(usher, phrase, ESTATE_RESOURCE | ESTATE_ROLE,
		    "no resource", &thing))
			return false;
		party->arn = estate_thing_id(&thing);
	}
	if (word_has_wildcard(party->arn))
		return refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` stands for many resources; one is decided",
		    shown(usher, party->arn)), "name one, such as the same "
		    "with a word in place of the star");
	if (is_about_nothing(usher, party->arn)) {
		party->ignored = party->arn;
		complete_everything(usher, party);
	} else {
		complete_resource(usher, party);
	}
	return true;
}

static bool
summon_resources(struct usher *usher, struct summoned_call *call)
{
	const struct phrases *phrases = &usher->question->resources;
	size_t count = phrases->list.count == 0 ? 1 : phrases->list.count;
	struct resource_party *parties = arena_array(usher->arena, count,
	    sizeof(*parties));

	call->resources = parties;
	call->count = count;
	if (phrases->list.count == 0)
		complete_everything(usher, parties);
	for (size_t i = 0; i < phrases->list.count; i++)
		if (!summon_resource(usher, &phrases->list.items[i],
		    &parties[i]))
			return false;
	return true;
}

static bool
summon_role(struct usher *usher, const struct phrase *phrase,
    struct summoned_call *call)
{
	struct resource_party *party = arena_alloc(usher->arena,
	    sizeof(*party));
	struct estate_thing thing;
	struct actor role;

	party->arn = phrase->word;
	if (!is_arn(phrase->word)) {
		if (!find_thing(usher, phrase, ESTATE_ROLE, "no role", &thing))
			return false;
		party->arn = thing.principal->arn;
	}
	if (!actor_read(&role, party->arn, (struct word){ NULL, 0 }) ||
	    role.kind != ACTOR_ROLE_SESSION || role.session.text != NULL)
		return refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no role", shown(usher, phrase->word)), NULL);
	complete_resource(usher, party);
	call->action = word_from("sts:AssumeRole", 14);
	call->resources = party;
	call->count = 1;
	call->assumes = true;
	return true;
}

/* Which way. */

static const struct service *
service_of(struct usher *usher, struct word action)
{
	const char *colon = memchr(action.text, ':', action.length);

	return colon == NULL ? NULL : catalog_service(usher->court->catalog,
	    action.text, (size_t)(colon - action.text));
}

static void
take_vpc(struct usher *usher, const struct estate_vpc *vpc,
    struct summoned_call *call)
{
	const struct service *service = service_of(usher, call->action);

	call->way.kind = WAY_ENDPOINT;
	call->way.endpoint = estate_vpc_endpoint(usher->court->estate, vpc,
	    service);
	if (call->way.endpoint == NULL)
		call->unreachable = arena_printf(usher->arena,
		    "no endpoint of the VPC `%s` serves `%s`",
		    shown(usher, vpc->name.length > 0 ? vpc->name : vpc->id),
		    shown(usher, call->action));
	else
		call->way.endpoint_id = call->way.endpoint->id;
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
		    shown(usher, endpoint->name.length > 0 ? endpoint->name :
		    endpoint->id), endpoint->service->prefix,
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
	if (!find_thing(usher, phrase, ESTATE_ENDPOINT | ESTATE_VPC,
	    "no endpoint or VPC", &thing))
		return false;
	if (thing.endpoint != NULL)
		take_endpoint(usher, thing.endpoint, call);
	else
		take_vpc(usher, thing.vpc, call);
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

/* An endpoint that aws:SourceVpce names is the way (VPCE-1); without the key
 * there is none. */
static void
take_given_endpoint(struct usher *usher, struct summoned_call *call)
{
	const struct question *question = usher->question;

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];

		if (!word_equal_folded(key->name.word,
		    word_from("aws:SourceVpce", 14)))
			continue;
		if (key->absent)
			call->way.kind = WAY_INTERNET;
		else if (key->count == 1)
			take_endpoint_id(usher, key->values[0], call);
	}
}

/* What nobody speaks of is not there: no endpoint either. */
static void
close_way(struct usher *usher, struct summoned_call *call)
{
	if (usher->question->closed && call->way.kind == WAY_UNKNOWN)
		call->way.kind = WAY_INTERNET;
}

/* The key and the clause must speak of one way. */
static bool
check_way(struct usher *usher, const struct way *way)
{
	const struct question *question = usher->question;

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];
		bool same = key->absent ? way->kind != WAY_ENDPOINT :
		    key->count == 1 && way->kind == WAY_ENDPOINT &&
		    word_equal(key->values[0], way->endpoint_id);

		if (word_equal_folded(key->name.word,
		    word_from("aws:SourceVpce", 14)) && !same)
			return refuse(usher, &key->name, "`through` names "
			    "another way than aws:SourceVpce", "say one of "
			    "the two");
	}
	return true;
}

/* VPCE-6: what a service asks in its own name comes through nobody's endpoint.
 */
static void
bar_service(const struct usher *usher, struct summoned_call *first)
{
	if (usher->summons->caller.actor.kind == ACTOR_SERVICE &&
	    first->way.kind == WAY_ENDPOINT)
		first->unreachable = "AWS services come through no endpoint "
		    "of a VPC";
}

static bool
summon_ways(struct usher *usher, struct summoned_call *calls, size_t count)
{
	const struct phrases *through = &usher->question->through;
	size_t said = through->list.count;

	if (said > 1 && said != count)
		return refuse(usher, &through->list.items[said - 1],
		    arena_printf(usher->arena, "%zu ways for %zu call%s", said,
		    count, count == 1 ? "" : "s"), "name one way for all "
		    "calls, or one for each");
	for (size_t i = 0; i < count; i++) {
		if (said == 0) {
			take_given_endpoint(usher, &calls[i]);
			take_some_endpoint(usher, &calls[i]);
			close_way(usher, &calls[i]);
		} else if (!take_way(usher, &through->list.items[said == 1 ?
		    0 : i], &calls[i]) || !check_way(usher,
		    &calls[i].way)) {
			return false;
		}
	}
	bar_service(usher, calls);
	return true;
}

/* The calls. */

static bool
check_action(struct usher *usher)
{
	const struct phrase *phrase = &usher->question->action;
	struct word action = phrase->word;

	if (!word_names_action(action) || word_has_wildcard(action))
		return refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no action", shown(usher, action)),
		    "write one, such as s3:GetObject");
	return true;
}

static bool
summon_calls(struct usher *usher)
{
	const struct question *question = usher->question;
	size_t roles = question->via.list.count;
	struct summoned_call *calls = arena_array(usher->arena, roles + 1,
	    sizeof(*calls));

	for (size_t i = 0; i < roles; i++)
		if (!summon_role(usher, &question->via.list.items[i],
		    &calls[i]))
			return false;
	calls[roles].action = question->action.word;
	if (!check_action(usher) || !summon_resources(usher, &calls[roles]))
		return false;
	for (size_t i = 0; i <= roles; i++) {
		calls[i].call = catalog_call(usher->court->catalog,
		    calls[i].action.text, calls[i].action.length);
		calls[i].makes_session = makes_session(calls[i].action);
	}
	usher->summons->calls = calls;
	usher->summons->count = roles + 1;
	return summon_ways(usher, calls, roles + 1);
}

/* What STS takes for the name of a session. */
static bool
check_name(struct usher *usher)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+=,.@-";
	const struct phrase *named = &usher->question->named;
	const char *name;

	if (named->word.text == NULL)
		return true;
	name = shown(usher, named->word);
	if (named->word.length >= NAME_MIN && named->word.length <= NAME_MAX &&
	    strspn(name, letters) == named->word.length)
		return true;
	return refuse(usher, named, arena_printf(usher->arena,
	    "no session can be called `%s`", name), "names are 2 to 64 "
	    "letters, digits and any of _+=,.@-");
}

bool
summons_read(struct arena *arena, const struct court *court,
    const struct question *question, struct summons *summons,
    struct question_fault *fault)
{
	struct usher usher = { arena, court, question, summons, fault };

	*summons = (struct summons){ .count = 0 };
	if (court->exhibits != NULL && question->via.list.count > 0)
		return refuse(&usher, &question->via.list.items[0],
		    "documents alone do not say whose is which on the way",
		    "put them into an estate (sekisho-estate(5))");
	return check_name(&usher) && summon_caller(&usher) &&
	    summon_calls(&usher);
}
