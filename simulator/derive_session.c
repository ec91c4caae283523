/* SPDX-License-Identifier: MIT */
/*
 * Keys that say by what credentials the caller acts (KEY-7, TRUST-12).  Of a
 * session that no call before has made, hardly anything is known: somebody
 * got it from sts:AssumeRole, from an identity provider, or on an instance.
 */
#include "config.h"

#include "policy/arn.h"
#include "policy/value.h"
#include "simulator/derive_row.h"

const char derive_codes[] = "sts:AssumeRole " TRUST_BESIDE
    " sts:GetSessionToken";

/* How temporary credentials are, as far as these keys can tell. */
enum lease {
	LEASE_NONE,			/* nobody signs */
	LEASE_LONG,
	LEASE_OPEN,			/* long-term or not */
	LEASE_TOKEN,			/* a user's or root's own session */
	LEASE_FEDERATED,		/* of sts:GetFederationToken */
	LEASE_ROLE,			/* of a role, of unknown origin */
	LEASE_CHAINED			/* of a role, made by sts:AssumeRole in
					 * a hop before this one */
};

/* Calls that take the code of an MFA device. */
static bool
takes_code(const struct derivation *derivation)
{
	return derivation_is_for(derivation, derive_codes);
}

static bool
shows_mfa(const struct derivation *derivation)
{
	return derivation->situation->mfa;
}

static bool
is_true(struct word text)
{
	bool value;

	return text.text != NULL && bool_read(text.text, text.length,
	    &value) && value;
}

/* What only temporary credentials have: keys show MFA where a code is taken,
 * and nowhere else. */
static bool
has_key_of_session(const struct derivation *derivation)
{
	static const char *const names[] = { "aws:TokenIssueTime",
	    "aws:AssumedRoot", "aws:SignInSessionArn" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (derivation_has(derivation, names[i]))
			return true;
	return !takes_code(derivation) && (shows_mfa(derivation) ||
	    derivation_has(derivation, "aws:MultiFactorAuthAge") ||
	    is_true(derivation_given_word(derivation,
	    "aws:MultiFactorAuthPresent")));
}

/* A user's or root's: as is said, or as the given keys tell. */
static enum lease
lease_of_identity(const struct derivation *derivation)
{
	enum credential credential = derivation->situation->credential;

	if (credential != CREDENTIAL_UNKNOWN)
		return credential == CREDENTIAL_LONG_TERM ? LEASE_LONG :
		    LEASE_TOKEN;
	if (has_key_of_session(derivation))
		return LEASE_TOKEN;
	return derivation_given(derivation, "aws:TokenIssueTime") != NULL ?
	    LEASE_LONG : LEASE_OPEN;
}

static enum lease
lease_of(const struct derivation *derivation)
{
	const struct situation *situation = derivation->situation;

	switch (derivation->request->actor.kind) {
	case ACTOR_USER:
	case ACTOR_ROOT:
		return lease_of_identity(derivation);
	case ACTOR_ROLE_SESSION:
		return situation->session.known ? LEASE_CHAINED : LEASE_ROLE;
	case ACTOR_FEDERATED_SESSION:
		return LEASE_FEDERATED;
	case ACTOR_ANONYMOUS:
	case ACTOR_SERVICE:
	case ACTOR_PROVIDER:
		break;
	}
	return LEASE_NONE;
}

static struct derived
token_issue_time(const struct derivation *derivation)
{
	switch (lease_of(derivation)) {
	case LEASE_NONE:
	case LEASE_LONG:
		return derived_absent();
	case LEASE_OPEN:
		return derived_perhaps();
	case LEASE_TOKEN:
	case LEASE_FEDERATED:
	case LEASE_ROLE:
	case LEASE_CHAINED:
		break;
	}
	return derived_present();
}

/* What comes with some ways to get a role's session, and with nothing else. */
static struct derived
of_some_roles(const struct derivation *derivation)
{
	return lease_of(derivation) == LEASE_ROLE ? derived_perhaps() :
	    derived_absent();
}

static struct derived
assumed_root(const struct derivation *derivation)
{
	enum lease lease = lease_of(derivation);

	if (derivation->request->actor.kind != ACTOR_ROOT ||
	    lease == LEASE_LONG)
		return derived_absent();
	return derived_perhaps_text(derivation, "true");
}

/* Whoever signs in on a page may be a user, root, or hold a role. */
static struct derived
sign_in_session(const struct derivation *derivation)
{
	enum lease lease = lease_of(derivation);

	return lease == LEASE_OPEN || lease == LEASE_TOKEN ||
	    lease == LEASE_ROLE ? derived_perhaps() : derived_absent();
}

/* SAML providers are told by their ARN; all others speak OIDC. */
static bool
is_saml(struct word provider)
{
	struct arn arn = arn_split(provider.text, provider.length);

	return arn.count == ARN_FIELD_COUNT && word_starts_with(word_from(
	    arn.field[ARN_RESOURCE].text, arn.field[ARN_RESOURCE].length),
	    "saml-provider/");
}

static struct derived
federated_provider(const struct derivation *derivation)
{
	const struct actor *actor = &derivation->request->actor;

	if (actor->kind != ACTOR_PROVIDER)
		return of_some_roles(derivation);
	return is_saml(actor->principal) ? derived_absent() :
	    derived_word(derivation, actor->principal);
}

/* MFA. */

/* A user's or root's request; long-term keys have no MFA of their own. */
static struct derived
mfa_of_identity(const struct derivation *derivation, enum lease lease)
{
	bool root = derivation->request->actor.kind == ACTOR_ROOT;

	if (shows_mfa(derivation) &&
	    (takes_code(derivation) || lease != LEASE_LONG))
		return derived_text(derivation, "true");
	/* a service that uses the request again says false, and what is in a
	 * session of sts:AssumeRoot is not said */
	if (derivation->path == PATH_SERVICE || lease == LEASE_OPEN ||
	    (root && lease == LEASE_TOKEN))
		return derived_perhaps_text(derivation, "false");
	return lease == LEASE_LONG ? derived_absent() :
	    derived_text(derivation, "false");
}

static struct derived
mfa_of_role(const struct derivation *derivation, enum lease lease)
{
	const struct situation *situation = derivation->situation;

	switch (derivation_assume(derivation, ASSUME_a_mfa)) {
	case 1:
		return derived_absent();
	case 2:
		if (situation->session.with_mfa || shows_mfa(derivation))
			return derived_text(derivation, "true");
		if (lease == LEASE_ROLE)
			return derived_perhaps();
		break;
	}
	/* a federated identity's role session has none (section 4) */
	return lease == LEASE_ROLE ?
	    derived_perhaps_text(derivation, "false") :
	    derived_text(derivation, "false");
}

static struct derived
mfa_present(const struct derivation *derivation)
{
	enum lease lease = lease_of(derivation);

	if (derivation_has(derivation, "aws:MultiFactorAuthAge"))
		return derived_text(derivation, "true");
	switch (lease) {
	case LEASE_NONE:
		return derived_absent();
	case LEASE_LONG:
	case LEASE_OPEN:
	case LEASE_TOKEN:
		return mfa_of_identity(derivation, lease);
	case LEASE_ROLE:
	case LEASE_CHAINED:
		return mfa_of_role(derivation, lease);
	case LEASE_FEDERATED:
		break;
	}
	return derived_perhaps_text(derivation, "false");
}

static struct derived
mfa_present_or_given(const struct derivation *derivation)
{
	static const char name[] = "aws:MultiFactorAuthPresent";

	if (derivation_given(derivation, name) == NULL)
		return mfa_present(derivation);
	return derivation_has(derivation, name) ? derived_word(derivation,
	    derivation_given_word(derivation, name)) : derived_absent();
}

/* A code that comes with the call is new; how old another one is, nobody
 * knows. */
static struct derived
mfa_age(const struct derivation *derivation)
{
	enum lease lease = lease_of(derivation);
	struct derived present = mfa_present_or_given(derivation);

	if (present.known == KNOWN_PERHAPS && present.count == 0)
		return derived_perhaps();
	if (present.known != KNOWN_VALUE || !is_true(present.values[0]))
		return derived_absent();
	return shows_mfa(derivation) && takes_code(derivation) &&
	    (lease == LEASE_LONG || lease == LEASE_OPEN) ?
	    derived_text(derivation, "0") : derived_present();
}

static struct derived
source_identity(const struct derivation *derivation)
{
	const struct session *session = &derivation->situation->session;

	if (lease_of(derivation) != LEASE_CHAINED)
		return of_some_roles(derivation);
	return session->source_identity.text == NULL ? derived_absent() :
	    derived_word(derivation, session->source_identity);
}

/* KEY-11: some requests of managed nodes, whose credentials are a role's. */
static struct derived
of_managed_node(const struct derivation *derivation)
{
	enum lease lease = lease_of(derivation);

	return lease == LEASE_ROLE || lease == LEASE_CHAINED ?
	    derived_perhaps() : derived_absent();
}

const struct derive_row derive_session_rows[] = {
	{ "aws:TokenIssueTime",			token_issue_time },
	{ "aws:AssumedRoot",			assumed_root },
	{ "aws:FederatedProvider",		federated_provider },
	{ "aws:SignInSessionArn",		sign_in_session },
	{ "aws:MultiFactorAuthPresent",		mfa_present },
	{ "aws:MultiFactorAuthAge",		mfa_age },
	{ "aws:SourceIdentity",			source_identity },
	{ "aws:ChatbotSourceArn",		of_some_roles },
	{ "aws:Ec2InstanceSourceVpc",		of_some_roles },
	{ "aws:Ec2InstanceSourcePrivateIPv4",	of_some_roles },
	{ "ec2:RoleDelivery",			of_some_roles },
	{ "ec2:SourceInstanceArn",		of_some_roles },
	{ "glue:RoleAssumedBy",			of_some_roles },
	{ "glue:CredentialIssuingService",	of_some_roles },
	{ "codebuild:BuildArn",			of_some_roles },
	{ "codebuild:ProjectArn",		of_some_roles },
	{ "lambda:SourceFunctionArn",		of_some_roles },
	{ "ssm:SourceInstanceArn",		of_some_roles },
	{ "identitystore:UserId",		of_some_roles },
	{ "ssm:NodeAccountId",			of_managed_node },
	{ "ssm:NodeOrgId",			of_managed_node },
	{ NULL, NULL }
};
