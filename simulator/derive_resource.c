/* SPDX-License-Identifier: MIT */
/*
 * Keys that say whose the resource is (KEY-9, KEY-10, EVAL-39).  The account
 * is the request's owner, but for actions that act in the caller's own.
 */
#include "config.h"

#include "simulator/derive_row.h"
#include "simulator/owner.h"

static bool
is_ownerless(const struct derivation *derivation)
{
	return derivation_is_for(derivation, owner_unsaid) ||
	    request_action_is_of(derivation->request, "ebs");
}

/* A7: about the caller's own account, whatever it is that they name. */
static bool
acts_at_home(const struct derivation *derivation)
{
	const struct action *listed = derivation->request->listed;

	return (listed != NULL && listed->target_count == 0) ||
	    derivation_is_for(derivation, "ssm:UpdateInstanceInformation") ||
	    request_action_is_of(derivation->request, "ssmmessages") ||
	    request_action_is_of(derivation->request, "ec2messages");
}

static bool
is_of_aws(const struct derivation *derivation)
{
	return (derivation->request->flags & REQUEST_AWS_OWNED) != 0;
}

/*
 * AWS's own accounts are nobody's, and which they are is not said: an id that
 * no account has, so that it equals none that a policy names.
 */
static struct word
account_of_aws(const struct derivation *derivation)
{
	static const struct word nobody = { "000000000000", 12 };

	return estate_account(derivation->situation->estate, nobody) == NULL ?
	    nobody : (struct word){ NULL, 0 };
}

static struct word
owner_of(const struct derivation *derivation)
{
	const struct request *request = derivation->request;

	if (is_of_aws(derivation))
		return account_of_aws(derivation);
	if (acts_at_home(derivation) && request->actor.account.text != NULL)
		return request->actor.account;
	return request->resource_account;
}

struct word
derivation_resource_account(const struct derivation *derivation)
{
	struct word given = derivation_given_word(derivation,
	    "aws:ResourceAccount");

	return given.text != NULL ? given : owner_of(derivation);
}

static struct derived
resource_account(const struct derivation *derivation)
{
	struct derived derived;

	if (is_ownerless(derivation))
		return derived_absent();
	derived = derived_word_if_known(derivation, owner_of(derivation));
	if (derivation_is_for(derivation, owner_sometimes_unsaid))
		derived.known = KNOWN_PERHAPS;
	return derived;
}

/* The S3 key of the same meaning, which every request to S3 has. */
static struct derived
s3_resource_account(const struct derivation *derivation)
{
	return derived_word_if_known(derivation, owner_of(derivation));
}

/* AWS's accounts are in no organization of ours: then in none. */
static struct derived
resource_org(const struct derivation *derivation,
    struct derived (*of)(const struct derivation *, struct word account))
{
	struct derived derived;

	if (is_ownerless(derivation))
		return derived_absent();
	if (is_of_aws(derivation) &&
	    !derivation_has(derivation, "aws:ResourceAccount"))
		return derived_absent();
	derived = of(derivation, derivation_resource_account(derivation));
	if (derivation_is_for(derivation, owner_sometimes_unsaid) &&
	    derived.known != KNOWN_ABSENT)
		derived.known = KNOWN_PERHAPS;
	return derived;
}

static struct derived
resource_org_id(const struct derivation *derivation)
{
	return resource_org(derivation, derived_org_id);
}

static struct derived
resource_org_paths(const struct derivation *derivation)
{
	return resource_org(derivation, derived_org_paths);
}

/* Every session of Session Manager has its own tags (KEY-8). */
static struct derived
tag_of_session(const struct derivation *derivation)
{
	return request_resource_is_of(derivation->request, "ssm",
	    "session/") ? derived_present() : derived_nothing();
}

const struct derive_row derive_resource_rows[] = {
	{ "aws:ResourceAccount",	resource_account },
	{ "aws:ResourceOrgID",		resource_org_id },
	{ "aws:ResourceOrgPaths",	resource_org_paths },
	{ "s3:ResourceAccount",		s3_resource_account },
	{ "ssm:resourceTag/aws:ssmmessages:session-id", tag_of_session },
	{ "ssm:resourceTag/aws:ssmmessages:target-id", tag_of_session },
	{ NULL, NULL }
};
