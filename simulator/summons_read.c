/* SPDX-License-Identifier: MIT */
/*
 * Words into things.  A word that is an ARN stands for itself, whether or not
 * the estate lists it; any other word must lead to one thing of the estate.
 */
#include "config.h"

#include <string.h>

#include "policy/bucket.h"
#include "simulator/guise.h"
#include "simulator/owner.h"
#include "simulator/summons_usher.h"

enum { NAME_MIN = 2, NAME_MAX = 64 };	/* of a session */

static bool
is_arn(struct word word)
{
	return word_starts_with(word, "arn:");
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

bool
summons_makes_session(struct word action)
{
	return word_is_among(action.text, action.length, TRUST_ASSUMING);
}

/* `named' is of the session that asks, unless a session is made. */
static struct word
own_session_name(struct usher *usher)
{
	const struct question *question = usher->question;

	if (question->via.list.count > 0 ||
	    summons_makes_session(question->action.word))
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
		if (!usher_find(usher, phrase, ESTATE_PRINCIPAL,
		    "no principal", &thing))
			return false;
		word = thing.principal->arn;
	}
	if (actor_names_origin_identity(word))
		return usher_refuse(usher, phrase, "whether it can is "
		    "unknown: an origin access identity of CloudFront is of "
		    "no account, and its requests are not modelled (PRIN-14)",
		    NULL);
	if (!actor_read(&caller->actor, word, nobody))
		return usher_refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no principal", usher_word(usher, word)), "write "
		    "the ARN of a user, role, session or root user, a service "
		    "such as ec2.amazonaws.com, federated:PROVIDER, or *");
	if (caller->actor.kind == ACTOR_ROLE_SESSION &&
	    caller->actor.session.text == NULL && name.text != NULL &&
	    !summons_session(usher->arena, word, name, &caller->actor))
		return usher_refuse(usher, &usher->question->named,
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
static const struct given_key *
owner_key(struct usher *usher)
{
	const struct question *question = usher->question;

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];

		if (word_equal_folded(key->name.word,
		    word_from("aws:ResourceAccount", 19)) && key->count == 1)
			return key;
	}
	return NULL;
}

static struct word
given_owner(struct usher *usher)
{
	const struct given_key *key = owner_key(usher);

	return key == NULL ? (struct word){ NULL, 0 } : key->values[0];
}

static bool
check_given_owner(struct usher *usher)
{
	const struct given_key *key = owner_key(usher);

	return key == NULL || account_id_is_valid(key->values[0].text,
	    key->values[0].length) || usher_refuse(usher, &key->name,
	    arena_printf(usher->arena, "`%s` is no account, and so not whose "
	    "the resource is", usher_word(usher, key->values[0])),
	    "accounts have twelve digits");
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
	party->foreign = is_foreign(usher, party->owner);
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
check_owner(struct usher *usher, const struct phrase *phrase, struct word arn)
{
	return owner_is_sound(arn) || usher_refuse(usher, phrase,
	    arena_printf(usher->arena, "the account in `%s` is none",
	    usher_word(usher, arn)), "accounts have twelve digits");
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
		if (!usher_find(usher, phrase, ESTATE_RESOURCE | ESTATE_ROLE,
		    "no resource", &thing))
			return false;
		party->arn = estate_thing_id(&thing);
	}
	if (word_has_wildcard(party->arn))
		return usher_refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` stands for many resources; one is decided",
		    usher_word(usher, party->arn)), "name one, such as the "
		    "same with a word in place of the star");
	if (!check_owner(usher, phrase, party->arn))
		return false;
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
		if (!usher_find(usher, phrase, ESTATE_ROLE, "no role", &thing))
			return false;
		party->arn = thing.principal->arn;
	}
	if (!actor_read(&role, party->arn, (struct word){ NULL, 0 }) ||
	    role.kind != ACTOR_ROLE_SESSION || role.session.text != NULL)
		return usher_refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no role", usher_word(usher, phrase->word)), NULL);
	complete_resource(usher, party);
	call->action = word_from("sts:AssumeRole", 14);
	call->resources = party;
	call->count = 1;
	call->assumes = true;
	return true;
}

/* The calls. */

static bool
check_action(struct usher *usher)
{
	const struct phrase *phrase = &usher->question->action;
	struct word action = phrase->word;

	if (!word_names_action(action) || word_has_wildcard(action))
		return usher_refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no action", usher_word(usher, action)),
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
	if (!check_action(usher) || !check_given_owner(usher) ||
	    !summon_resources(usher, &calls[roles]))
		return false;
	for (size_t i = 0; i <= roles; i++) {
		calls[i].call = catalog_call(usher->court->catalog,
		    calls[i].action.text, calls[i].action.length);
		calls[i].makes_session =
		    summons_makes_session(calls[i].action);
	}
	usher->summons->calls = calls;
	usher->summons->count = roles + 1;
	return summons_ways(usher, calls, roles + 1);
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
	name = usher_word(usher, named->word);
	if (named->word.length >= NAME_MIN && named->word.length <= NAME_MAX &&
	    strspn(name, letters) == named->word.length)
		return true;
	return usher_refuse(usher, named, arena_printf(usher->arena,
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
		return usher_refuse(&usher, &question->via.list.items[0],
		    "documents alone do not say whose is which on the way",
		    "put them into an estate (sekisho-estate(5))");
	return check_name(&usher) && summon_caller(&usher) &&
	    summon_calls(&usher);
}
