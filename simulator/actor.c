/* SPDX-License-Identifier: MIT */
/*
 * Principals on both sides: who asks, and whom an entry names.  An entry and
 * an actor are compared as texts; which classes grant what is not known here.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/actor.h"

/* What stands behind the last slash; the whole word when it has none. */
static struct word
last_part(struct word word)
{
	size_t start = word.length;

	while (start > 0 && word.text[start - 1] != '/')
		start--;
	return word_behind(word, start);
}

/* An ARN of iam or sts, whose region is always empty. */
struct identity {
	struct word	 partition, service, account, resource;
};

static bool
read_identity(struct word text, struct identity *identity)
{
	struct arn arn;

	if (text.text == NULL)
		return false;
	arn = arn_split(text.text, text.length);
	if (arn.count != ARN_FIELD_COUNT ||
	    !arn_field_is(&arn, ARN_PREFIX, "arn") ||
	    !arn_field_is(&arn, ARN_REGION, ""))
		return false;
	identity->partition = word_of_field(&arn, ARN_PARTITION);
	identity->service = word_of_field(&arn, ARN_SERVICE);
	identity->account = word_of_field(&arn, ARN_ACCOUNT);
	identity->resource = word_of_field(&arn, ARN_RESOURCE);
	return identity->partition.length > 0 &&
	    account_id_is_valid(identity->account.text,
	    identity->account.length);
}

/* A name that stands last in an ARN: IAM's names have no wildcards. */
static bool
is_name(struct word name)
{
	return name.length > 0 && !word_has_wildcard(name) &&
	    memchr(name.text, '/', name.length) == NULL;
}

static bool
read_user(struct actor *actor, const struct identity *identity)
{
	actor->kind = ACTOR_USER;
	actor->name = last_part(identity->resource);
	return is_name(actor->name);
}

static bool
read_role(struct actor *actor, const struct identity *identity)
{
	actor->kind = ACTOR_ROLE_SESSION;
	actor->name = last_part(identity->resource);
	actor->issuer = actor->principal;
	return is_name(actor->name);
}

static bool
read_assumed_role(struct actor *actor, const struct identity *identity)
{
	struct word rest = word_behind(identity->resource,
	    strlen("assumed-role/"));
	const char *slash = memchr(rest.text, '/', rest.length);

	if (slash == NULL)
		return false;
	actor->kind = ACTOR_ROLE_SESSION;
	actor->name = word_from(rest.text, (size_t)(slash - rest.text));
	actor->session = word_behind(rest, actor->name.length + 1);
	return is_name(actor->name) && is_name(actor->session);
}

static bool
read_federated_user(struct actor *actor, const struct identity *identity)
{
	actor->kind = ACTOR_FEDERATED_SESSION;
	actor->session = word_behind(identity->resource,
	    strlen("federated-user/"));
	return is_name(actor->session);
}

static bool
read_root(struct actor *actor, const struct identity *identity)
{
	actor->kind = ACTOR_ROOT;
	return word_is(identity->resource, "root");
}

static const struct {
	const char	*service;
	const char	*resource;	/* what it begins with */
	bool		(*read)(struct actor *, const struct identity *);
} identity_forms[] = {
	{ "iam", "user/", read_user },
	{ "iam", "role/", read_role },
	{ "iam", "root", read_root },
	{ "sts", "assumed-role/", read_assumed_role },
	{ "sts", "federated-user/", read_federated_user },
};

static bool
read_arn(struct actor *actor)
{
	size_t count = sizeof(identity_forms) / sizeof(identity_forms[0]);
	struct identity identity;

	if (!read_identity(actor->principal, &identity))
		return false;
	actor->partition = identity.partition;
	actor->account = identity.account;
	for (size_t i = 0; i < count; i++)
		if (word_is(identity.service, identity_forms[i].service) &&
		    word_starts_with(identity.resource,
		    identity_forms[i].resource))
			return identity_forms[i].read(actor, &identity);
	return false;
}

static bool
is_role_of(const struct actor *actor, const struct identity *identity)
{
	return word_is(identity->service, "iam") &&
	    word_starts_with(identity->resource, "role/") &&
	    word_equal_folded(last_part(identity->resource), actor->name);
}

/* Who handed the session out is of the session's own account. */
static bool
read_issuer(struct actor *actor, struct word issuer)
{
	struct identity identity;

	if (issuer.text == NULL)
		return true;
	if (!read_identity(issuer, &identity) ||
	    !word_equal(identity.partition, actor->partition) ||
	    !word_equal(identity.account, actor->account))
		return false;
	actor->issuer = issuer;
	if (actor->kind == ACTOR_ROLE_SESSION)
		return is_role_of(actor, &identity);
	actor->root_issued = word_is(identity.resource, "root");
	return word_is(identity.service, "iam") && (actor->root_issued ||
	    word_starts_with(identity.resource, "user/"));
}

/* EVAL-35: by the path of the role or, for want of it, the reserved name. */
static bool
is_service_linked(const struct actor *actor)
{
	struct identity identity;

	if (actor->kind != ACTOR_ROLE_SESSION)
		return false;
	return word_starts_with(actor->name, "AWSServiceRoleFor") ||
	    (read_identity(actor->issuer, &identity) &&
	    word_starts_with(identity.resource, "role/aws-service-role/"));
}

/* A name such as lambda.amazonaws.com: labels with dots between them. */
static bool
is_service_name(struct word word)
{
	bool dotted = false;

	for (size_t i = 0; i < word.length; i++) {
		char c = word.text[i];

		if (c == '.')
			dotted = true;
		else if (c != '-' && !(c >= 'a' && c <= 'z') &&
		    !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9'))
			return false;
	}
	return dotted;
}

bool
actor_read(struct actor *actor, struct word principal, struct word issuer)
{
	*actor = (struct actor){ .principal = principal };
	if (principal.text == NULL || word_is(principal, "*"))
		return principal.text != NULL;
	if (word_starts_with(principal, "federated:")) {
		actor->kind = ACTOR_PROVIDER;
		actor->principal = word_behind(principal,
		    strlen("federated:"));
		return actor->principal.length > 0 &&
		    !word_has_wildcard(actor->principal);
	}
	if (is_service_name(principal)) {
		actor->kind = ACTOR_SERVICE;
		return true;
	}
	if (!read_arn(actor))
		return false;
	if ((actor->session.text != NULL) && !read_issuer(actor, issuer))
		return false;
	actor->service_linked = is_service_linked(actor);
	return true;
}

bool
actor_is_open(const struct actor *actor)
{
	return actor->open_id || actor->open_role || actor->open_session ||
	    actor->open_alias;
}

struct actor
actor_suit(const struct actor *actor)
{
	struct actor suited = *actor;

	suited.suits = true;
	return suited;
}

/* PRIN-4, PRIN-5: an account holds users, sessions and its root user. */
static bool
is_of_account(const struct actor *actor, struct word account)
{
	return actor->account.text != NULL &&
	    word_equal(actor->account, account);
}

/* PRIN-16: AIDA... is the user itself, AROA... the role of a session. */
static enum match_class
match_unique_id(const struct actor *actor, struct word entry)
{
	if (actor->open_id ? !actor->suits :
	    !word_equal(actor->unique_id, entry))
		return MATCH_NONE;
	return word_starts_with(entry, "AROA") ? MATCH_ISSUER : MATCH_DIRECT;
}

/* PRIN-6 to PRIN-11, for ARNs that are not the actor's own nor its issuer's. */
static enum match_class
match_other_arn(const struct actor *actor, struct word entry)
{
	struct identity identity;

	if (!read_identity(entry, &identity) ||
	    !word_is(identity.service, "iam") ||
	    !is_of_account(actor, identity.account) ||
	    !word_equal(actor->partition, identity.partition))
		return MATCH_NONE;
	if (word_is(identity.resource, "root"))
		return MATCH_ACCOUNT;
	if (actor->kind == ACTOR_ROLE_SESSION && actor->issuer.text == NULL &&
	    is_role_of(actor, &identity) &&
	    (!actor->open_role || actor->suits))
		return MATCH_ISSUER;
	return MATCH_NONE;
}

/* PRIN-8, of a session that may have any name. */
static bool
may_be_session(const struct actor *actor, struct word entry)
{
	struct actor named;

	return actor->open_session && actor->suits &&
	    actor_read(&named, entry, (struct word){ NULL, 0 }) &&
	    named.kind == ACTOR_ROLE_SESSION && named.session.text != NULL &&
	    word_equal(actor->partition, named.partition) &&
	    word_equal(actor->account, named.account) &&
	    word_equal(actor->name, named.name);
}

static bool
is_unique_id(struct word entry)
{
	return entry.length > 4 && (word_starts_with(entry, "AIDA") ||
	    word_starts_with(entry, "AROA"));
}

static enum match_class
match_aws(const struct actor *actor, struct word entry)
{
	if (actor->kind == ACTOR_ANONYMOUS || actor->kind == ACTOR_SERVICE ||
	    actor->kind == ACTOR_PROVIDER || word_has_wildcard(entry))
		return MATCH_NONE;
	if (account_id_is_valid(entry.text, entry.length))
		return is_of_account(actor, entry) ? MATCH_ACCOUNT :
		    MATCH_NONE;
	if (is_unique_id(entry))
		return match_unique_id(actor, entry);
	if (actor->kind == ACTOR_ROOT)
		return match_other_arn(actor, entry);
	if (word_equal(actor->issuer, entry))
		return actor->root_issued ? MATCH_ACCOUNT : MATCH_ISSUER;
	if (word_equal(actor->principal, entry) ||
	    may_be_session(actor, entry))
		return MATCH_DIRECT;
	return match_other_arn(actor, entry);
}

/* PRIN-3: {"AWS": "*"}. */
static enum match_class
match_every_aws(const struct actor *actor, const struct scope *scope)
{
	if (actor->kind == ACTOR_PROVIDER)
		return MATCH_NONE;
	if (actor->kind == ACTOR_SERVICE &&
	    scope_assume(scope, ASSUME_prin_3) != 0)
		return MATCH_NONE;
	return MATCH_ANY;
}

static enum match_class
match_itself(const struct actor *actor, enum actor_kind kind,
    struct word entry)
{
	return actor->kind == kind && word_equal(actor->principal, entry) ?
	    MATCH_DIRECT : MATCH_NONE;
}

bool
actor_names_origin_identity(struct word text)
{
	struct arn arn;

	if (text.text == NULL)
		return false;
	arn = arn_split(text.text, text.length);
	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_SERVICE, "iam") &&
	    arn_field_is(&arn, ARN_ACCOUNT, "cloudfront") &&
	    word_starts_with(word_of_field(&arn, ARN_RESOURCE), "user/");
}

bool
actor_kind_find(struct word word, enum actor_kind *kind)
{
	static const char *const words[] = {
		[ACTOR_ANONYMOUS] = "anonymous",
		[ACTOR_USER] = "user",
		[ACTOR_ROLE_SESSION] = "role",
		[ACTOR_FEDERATED_SESSION] = "federated",
		[ACTOR_ROOT] = "root",
		[ACTOR_SERVICE] = "service",
		[ACTOR_PROVIDER] = "provider",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (word_is(word, words[i])) {
			*kind = (enum actor_kind)i;
			return true;
		}
	return false;
}

bool
actor_is_obscure(const struct principal *entry)
{
	return entry->kind == PRINCIPAL_CANONICAL_USER ||
	    (entry->kind == PRINCIPAL_AWS && actor_names_origin_identity(
	    word_of_node(entry->node)));
}

/* PRIN-14: as the account, but no map from these ids to accounts is known. */
static enum match_class
match_canonical(const struct actor *actor)
{
	return actor->open_alias && actor->suits &&
	    actor->account.text != NULL ? MATCH_ACCOUNT : MATCH_NONE;
}

enum match_class
actor_match(const struct actor *actor, const struct principal *entry,
    const struct scope *scope)
{
	struct word text = word_of_node(entry->node);

	switch (entry->kind) {
	case PRINCIPAL_EVERYONE:
		return MATCH_ANY;
	case PRINCIPAL_AWS:
		if (word_is(text, "*"))
			return match_every_aws(actor, scope);
		return match_aws(actor, text);
	case PRINCIPAL_SERVICE:
		return match_itself(actor, ACTOR_SERVICE, text);
	case PRINCIPAL_FEDERATED:
		return match_itself(actor, ACTOR_PROVIDER, text);
	case PRINCIPAL_CANONICAL_USER:
		return match_canonical(actor);
	}
	return MATCH_NONE;
}

match_set
actor_match_all(const struct actor *actor, const struct principals *list,
    const struct scope *scope)
{
	match_set set = 0;

	for (size_t i = 0; i < list->count; i++) {
		enum match_class class = actor_match(actor, &list->items[i],
		    scope);

		if (class != MATCH_NONE)
			set |= MATCH_SET(class);
	}
	return set;
}

enum match_class
match_set_strongest(match_set set)
{
	enum match_class class = MATCH_ANY;

	while (class > MATCH_NONE && !(set & MATCH_SET(class)))
		class--;
	return class;
}

/* The facets of PRIN-20, each as the class by which it is listed. */
static match_set
facets(const struct actor *actor)
{
	const match_set account = MATCH_SET(MATCH_ACCOUNT);
	const match_set direct = MATCH_SET(MATCH_DIRECT);

	switch (actor->kind) {
	case ACTOR_ANONYMOUS:
		return MATCH_SET(MATCH_ANY);
	case ACTOR_USER:
		return account | direct;
	case ACTOR_FEDERATED_SESSION:
		if (actor->root_issued)
			return account | direct;
		return account | MATCH_SET(MATCH_ISSUER) | direct;
	case ACTOR_ROLE_SESSION:
		return account | MATCH_SET(MATCH_ISSUER) | direct;
	case ACTOR_ROOT:
		return account;
	case ACTOR_SERVICE:
	case ACTOR_PROVIDER:
		break;
	}
	return direct;
}

/* Some facets are listed and some are not: what AWS does then is open. */
static bool
is_exempted_by_some(const struct actor *actor, match_set listed,
    match_set wanted, const struct scope *scope)
{
	bool session = actor->session.text != NULL ||
	    actor->kind == ACTOR_ROLE_SESSION;

	if (listed & MATCH_SET(MATCH_ACCOUNT) &&
	    scope_assume(scope, ASSUME_prin_21) != 0)
		return true;
	switch (scope_assume(scope, ASSUME_prin_20)) {
	case 1:
		if (session)
			wanted &= ~MATCH_SET(MATCH_DIRECT);
		return (listed & wanted) == wanted;
	case 2:
		return (listed & MATCH_SET(MATCH_DIRECT)) != 0;
	}
	return false;
}

bool
actor_exempted(const struct actor *actor, const struct principals *list,
    const struct scope *scope)
{
	match_set listed = actor_match_all(actor, list, scope);
	match_set wanted = facets(actor);

	if (listed & MATCH_SET(MATCH_ANY))
		return true;
	if ((listed & wanted) == wanted)
		return true;
	return listed != 0 && is_exempted_by_some(actor, listed, wanted,
	    scope);
}
