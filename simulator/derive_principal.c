/* SPDX-License-Identifier: MIT */
/*
 * Keys that say who calls (KEY-1, KEY-2, KEY-5, KEY-9, KEY-12), out of the
 * kind of principal and the estate's account of it.
 */
#include "config.h"

#include "simulator/derive_row.h"
#include "simulator/owner.h"

static enum actor_kind
kind_of(const struct derivation *derivation)
{
	return derivation->request->actor.kind;
}

/* What the documentation leaves open of two kinds of principal. */
static struct derived
derive_open(const struct derivation *derivation, enum assumption assumption)
{
	return derivation_assume(derivation, assumption) == 0 ?
	    derived_absent() : derived_present();
}

/* The role with its path, never the session. */
static struct derived
role_arn(const struct derivation *derivation)
{
	struct word issuer = derivation->request->actor.issuer;

	if (issuer.text == NULL && derivation->situation->principal != NULL)
		issuer = derivation->situation->principal->arn;
	return derived_word_if_known(derivation, issuer);
}

static struct derived
principal_arn(const struct derivation *derivation)
{
	switch (kind_of(derivation)) {
	case ACTOR_USER:
	case ACTOR_ROOT:
	case ACTOR_FEDERATED_SESSION:
		return derived_word(derivation,
		    derivation->request->actor.principal);
	case ACTOR_ROLE_SESSION:
		return role_arn(derivation);
	case ACTOR_SERVICE:
		return derive_open(derivation, ASSUME_key_1);
	case ACTOR_ANONYMOUS:
	case ACTOR_PROVIDER:
		break;
	}
	return derived_absent();
}

static struct derived
principal_account(const struct derivation *derivation)
{
	switch (kind_of(derivation)) {
	case ACTOR_ANONYMOUS:
		return derived_text(derivation, "anonymous");
	case ACTOR_SERVICE:
		return derive_open(derivation, ASSUME_key_1);
	case ACTOR_PROVIDER:
		return derived_absent();
	case ACTOR_USER:
	case ACTOR_ROLE_SESSION:
	case ACTOR_FEDERATED_SESSION:
	case ACTOR_ROOT:
		break;
	}
	return derived_word_if_known(derivation,
	    derivation->request->actor.account);
}

static bool
has_account(const struct derivation *derivation)
{
	enum actor_kind kind = kind_of(derivation);

	return kind != ACTOR_ANONYMOUS && kind != ACTOR_SERVICE &&
	    kind != ACTOR_PROVIDER;
}

/* The account, as the user says or else as the principal has it. */
static struct word
account_of(const struct derivation *derivation)
{
	struct word given = derivation_given_word(derivation,
	    "aws:PrincipalAccount");

	return given.text != NULL ? given :
	    derivation->request->actor.account;
}

static struct derived
principal_org_id(const struct derivation *derivation)
{
	return has_account(derivation) ?
	    derived_org_id(derivation, account_of(derivation)) :
	    derived_absent();
}

static struct derived
principal_org_paths(const struct derivation *derivation)
{
	return has_account(derivation) ?
	    derived_org_paths(derivation, account_of(derivation)) :
	    derived_absent();
}

static struct derived
principal_is_service(const struct derivation *derivation)
{
	enum actor_kind kind = kind_of(derivation);

	if (kind == ACTOR_ANONYMOUS || kind == ACTOR_PROVIDER)
		return derived_absent();
	return derived_text(derivation, kind == ACTOR_SERVICE ? "true" :
	    "false");
}

static struct derived
principal_service_name(const struct derivation *derivation)
{
	return kind_of(derivation) == ACTOR_SERVICE ? derived_word(derivation,
	    derivation->request->actor.principal) : derived_absent();
}

static struct derived
principal_service_names(const struct derivation *derivation)
{
	return kind_of(derivation) == ACTOR_SERVICE ? derived_present() :
	    derived_absent();
}

static struct derived
principal_type(const struct derivation *derivation)
{
	switch (kind_of(derivation)) {
	case ACTOR_ANONYMOUS:
		return derived_text(derivation, "Anonymous");
	case ACTOR_USER:
		return derived_text(derivation, "User");
	case ACTOR_ROLE_SESSION:
		return derived_text(derivation, "AssumedRole");
	case ACTOR_FEDERATED_SESSION:
		return derived_text(derivation, "FederatedUser");
	case ACTOR_ROOT:
		return derived_text(derivation, "Account");
	case ACTOR_SERVICE:
		return derive_open(derivation, ASSUME_key_1);
	case ACTOR_PROVIDER:
		break;
	}
	return derive_open(derivation, ASSUME_key_12);
}

/* The id that the estate has for the user or the role. */
static struct word
unique_id(const struct derivation *derivation)
{
	const struct estate_principal *principal =
	    derivation->situation->principal;

	return principal == NULL ? (struct word){ NULL, 0 } : principal->id;
}

/* "AROA...:session", "123456789012:name" */
static struct derived
pair_id(const struct derivation *derivation, struct word id)
{
	struct word session = derivation->request->actor.session;
	char *text;

	if (id.text == NULL || session.text == NULL)
		return derived_present();
	text = arena_printf(derivation->arena, "%.*s:%.*s", (int)id.length,
	    id.text, (int)session.length, session.text);
	return derived_text(derivation, text);
}

static struct derived
userid(const struct derivation *derivation)
{
	struct word account = derivation->request->actor.account;

	switch (kind_of(derivation)) {
	case ACTOR_ANONYMOUS:
		return derived_text(derivation, "anonymous");
	case ACTOR_USER:
		return derived_word_if_known(derivation,
		    unique_id(derivation));
	case ACTOR_ROLE_SESSION:
		return pair_id(derivation, unique_id(derivation));
	case ACTOR_FEDERATED_SESSION:
		return pair_id(derivation, account);
	case ACTOR_ROOT:
		return derived_word_if_known(derivation, account);
	case ACTOR_SERVICE:
		return derived_absent();
	case ACTOR_PROVIDER:
		break;
	}
	return derive_open(derivation, ASSUME_key_12);
}

static struct derived
username(const struct derivation *derivation)
{
	return kind_of(derivation) == ACTOR_USER ? derived_word_if_known(
	    derivation, derivation->request->actor.name) : derived_absent();
}

/* KEY-5: what a service says of the resource that it acts for. */

static struct derived
source(const struct derivation *derivation)
{
	return kind_of(derivation) == ACTOR_SERVICE ? derived_perhaps() :
	    derived_absent();
}

/* If it is sent, it is the account of the other key. */
static struct derived
source_account(const struct derivation *derivation)
{
	struct word arn = derivation_given_word(derivation, "aws:SourceArn");
	struct word account = arn.text == NULL ? arn : owner_of_arn(arn);
	struct derived derived = source(derivation);

	if (derived.known == KNOWN_PERHAPS && account.length == 12) {
		derived = derived_word(derivation, account);
		derived.known = KNOWN_PERHAPS;
	}
	return derived;
}

static struct derived
source_org(const struct derivation *derivation,
    struct derived (*of)(const struct derivation *, struct word account))
{
	struct word account = derivation_given_word(derivation,
	    "aws:SourceAccount");

	return account.text == NULL ? source(derivation) :
	    of(derivation, account);
}

static struct derived
source_org_id(const struct derivation *derivation)
{
	return source_org(derivation, derived_org_id);
}

static struct derived
source_org_paths(const struct derivation *derivation)
{
	return source_org(derivation, derived_org_paths);
}

const struct derive_row derive_principal_rows[] = {
	{ "aws:PrincipalArn",			principal_arn },
	{ "aws:PrincipalAccount",		principal_account },
	{ "aws:PrincipalOrgID",			principal_org_id },
	{ "aws:PrincipalOrgPaths",		principal_org_paths },
	{ "aws:PrincipalIsAWSService",		principal_is_service },
	{ "aws:PrincipalServiceName",		principal_service_name },
	{ "aws:PrincipalServiceNamesList",	principal_service_names },
	{ "aws:PrincipalType",			principal_type },
	{ "aws:userid",				userid },
	{ "aws:username",			username },
	{ "kms:CallerAccount",			principal_account },
	{ "aws:SourceAccount",			source_account },
	{ "aws:SourceArn",			source },
	{ "aws:SourceOrgID",			source_org_id },
	{ "aws:SourceOrgPaths",			source_org_paths },
	{ NULL, NULL }
};
