/* SPDX-License-Identifier: MIT */
/*
 * What signs the call (KEY-7, TRUST-12): long-term keys or a session, with or
 * without MFA, and what sessions carry.  Of a role's session nobody knows
 * here who got it, and from whom; premise_link.c does, of a chain's.
 */
#include "config.h"

#include "simulator/premise_row.h"

enum {
	ROLE = KIND_SET(ACTOR_ROLE_SESSION),
	ROOT = KIND_SET(ACTOR_ROOT),
	IDENTITY = KIND_SET(ACTOR_USER) | KIND_SET(ACTOR_ROOT),
	FEDERATED = KIND_SET(ACTOR_FEDERATED_SESSION),
	PROVIDER = KIND_SET(ACTOR_PROVIDER)
};

/* The seconds for which a code can be good, with some more for the call. */
static const struct number code_age = { .whole = "90", .whole_length = 2 };

/* Whoever has the key has temporary credentials. */
static void
add_temporary(const struct premise_subject *subject)
{
	premise_imply(subject, subject->key->present,
	    fact_is_temporary(subject->request));
}

static int
is_true(const struct premise_subject *subject, const struct supposed_key *key)
{
	return fact_and(subject->call, key->present,
	    universe_true(subject->call->universe, key->slots[0]));
}

static void
add_assumed_root(const struct premise_subject *subject)
{
	add_temporary(subject);
	premise_imply(subject, subject->key->present,
	    is_true(subject, subject->key));
}

/* It is there during AssumeRoleWithWebIdentity, and in what that makes. */
static void
add_federated_provider(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	int provider = fact_is_kind(call, PROVIDER);

	premise_imply(subject, fact_and(call, provider, subject->key->present),
	    fact_same(call, subject->key->slots[0], call->outsider));
	premise_imply(subject, fact_and(call, provider, fact_call_acts(call,
	    action_is_among, "sts:AssumeRoleWithWebIdentity")),
	    subject->key->present);
	premise_imply(subject, fact_and(call, provider, fact_call_acts(call,
	    action_is_among, "sts:AssumeRoleWithSAML")),
	    -subject->key->present);
}

/* MFA (KEY-7). */

/* Users and root users: keys have no MFA of their own, but a call may come
 * with a code; a service that uses a request again says false. */
static void
add_mfa_of_identities(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	int present = subject->key->present;
	int truth = is_true(subject, subject->key);
	int temporary = fact_is_temporary(subject->request);
	int forwarded = supposition_is_way(call, WAY_SERVICE);
	int code = fact_and(call, truth, fact_call_acts(call, action_is_among,
	    derive_codes));

	premise_imply(subject, fact_and(call, fact_is_kind(call, IDENTITY),
	    fact_and(call, -temporary, present)), fact_or(call, code,
	    fact_and(call, forwarded, -truth)));
	premise_imply(subject, fact_and(call,
	    fact_is_kind(call, KIND_SET(ACTOR_USER)),
	    fact_and(call, temporary, -forwarded)), present);
}

/* Register A-MFA: false, none, or as whoever assumed the role had it. */
static void
add_mfa_of_roles(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	unsigned choice = supposition_assume(call, ASSUME_a_mfa);
	int role = fact_is_kind(call, ROLE);

	if (choice == 1)
		premise_imply(subject, role, -subject->key->present);
	else if (choice == 0 && !subject->reading.all)
		premise_imply(subject, role, fact_and(call,
		    -is_true(subject, subject->key),
		    subject->reading.assumed ? subject->key->present :
		    FORMULA_TRUE));
}

static void
add_mfa_present(const struct premise_subject *subject)
{
	add_mfa_of_identities(subject);
	add_mfa_of_roles(subject);
	premise_imply(subject, fact_is_kind(subject->call, FEDERATED),
	    -is_true(subject, subject->key));
}

static void
add_mfa_age(const struct premise_subject *subject)
{
	static const char name[] = "aws:MultiFactorAuthPresent";
	static const struct number zero = { .whole_length = 0 };
	const struct supposition *call = subject->call;
	const struct supposed_key *present = supposition_key(subject->request,
	    word_from(name, sizeof(name) - 1));
	size_t slot = subject->key->slots[0];
	int there = subject->key->present;

	premise_equate(subject, there, is_true(subject, present));
	premise_imply(subject, there, universe_number(call->universe, slot,
	    RELATION_AT_LEAST, &zero));
	premise_imply(subject, fact_and(call, there,
	    -fact_is_temporary(subject->request)), universe_number(
	    call->universe, slot, RELATION_AT_MOST, &code_age));
}

/* What comes with some ways to get a role's session, and with nothing else. */
#define OF_SOME_ROLES(name)	{ name, PREMISE_credential, ROLE, 0, NULL }

const struct premise_row premise_session_rows[] = {
	{ "aws:TokenIssueTime", PREMISE_credential,
	    IDENTITY | ROLE | FEDERATED, ROLE | FEDERATED,
	    premise_add_times },
	{ "aws:AssumedRoot", PREMISE_credential, ROOT, 0, add_assumed_root },
	{ "aws:FederatedProvider", PREMISE_credential, ROLE | PROVIDER, 0,
	    add_federated_provider },
	{ "aws:SignInSessionArn", PREMISE_credential, IDENTITY | ROLE, 0,
	    add_temporary },
	{ "aws:MultiFactorAuthPresent", PREMISE_mfa,
	    IDENTITY | ROLE | FEDERATED, 0, add_mfa_present },
	{ "aws:MultiFactorAuthAge", PREMISE_mfa,
	    IDENTITY | ROLE | FEDERATED, 0, add_mfa_age },
	OF_SOME_ROLES("aws:SourceIdentity"),
	OF_SOME_ROLES("aws:ChatbotSourceArn"),
	OF_SOME_ROLES("aws:Ec2InstanceSourceVpc"),
	OF_SOME_ROLES("aws:Ec2InstanceSourcePrivateIPv4"),
	OF_SOME_ROLES("ec2:RoleDelivery"),
	OF_SOME_ROLES("ec2:SourceInstanceArn"),
	OF_SOME_ROLES("glue:RoleAssumedBy"),
	OF_SOME_ROLES("glue:CredentialIssuingService"),
	OF_SOME_ROLES("codebuild:BuildArn"),
	OF_SOME_ROLES("codebuild:ProjectArn"),
	OF_SOME_ROLES("lambda:SourceFunctionArn"),
	OF_SOME_ROLES("ssm:SourceInstanceArn"),
	OF_SOME_ROLES("identitystore:UserId"),
	OF_SOME_ROLES("ssm:NodeAccountId"),
	OF_SOME_ROLES("ssm:NodeOrgId"),
	{ NULL, PREMISE_credential, 0, 0, NULL }
};
