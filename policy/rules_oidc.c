/* SPDX-License-Identifier: MIT */
/*
 * Rules about OIDC providers in the trust policy of a role: which claims of a
 * token are tested, and whether what they demand tells one customer of the
 * provider from another.  Of a provider that issuer.c does not know, only
 * what holds for all is judged.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/caller.h"
#include "policy/issuer.h"
#include "policy/remnant.h"
#include "policy/rules.h"
#include "policy/wording.h"

/*
 * The claim that a condition key of the provider is about; NULL when the key
 * is none of its.
 */
static const char *
find_claim(const struct condition *condition, const char *provider,
    size_t length)
{
	const struct node *node = condition->node;

	if (node->key_length <= length || node->key[length] != ':' ||
	    strncasecmp(node->key, provider, length) != 0)
		return NULL;
	return node->key + length + 1;
}

/* Some condition selects on one of the provider's claims. */
static bool
selects_claim(const struct statement *statement, const char *provider,
    size_t length, const char *claims)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];
		const char *claim = find_claim(condition, provider, length);

		if (claim != NULL && condition_selects(condition) &&
		    word_is_among(claim, condition->node->key_length - length -
		    1, claims))
			return true;
	}
	return false;
}

/* Claims of a provider, as a Deny may demand them. */
struct claims {
	const struct caller	*provider;
	const struct issuer	*issuer;	/* NULL: any value will do */
	const char		*names;		/* NULL: all */
};

/* No value leaves anything open, or a subject names its owner in full. */
static bool
values_are_narrow(const struct condition *condition,
    const struct issuer *issuer)
{
	bool wild = condition_facts(condition)->comparison ==
	    COMPARISON_like;

	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];

		if (issuer == NULL ? wording_value_is_wild(value) :
		    !issuer_names_owner(issuer, value->text, value->length,
		    wild && wording_value_is_wild(value)))
			return false;
	}
	return true;
}

static bool
is_on_claims(struct check *check, const struct condition *condition,
    const struct claim *claim)
{
	const struct claims *claims = claim->context;
	size_t length = claims->provider->length;
	const char *name = find_claim(condition, claims->provider->name,
	    length);

	(void)check;
	return name != NULL && (claims->names == NULL || word_is_among(name,
	    condition->node->key_length - length - 1, claims->names)) &&
	    values_are_narrow(condition, claims->issuer);
}

/* A Deny lets only those tokens of the provider through that have one of some
 * values of the claims. */
static bool
is_demanded(struct check *check, const struct principal *principal,
    const struct claims *claims)
{
	const struct claim claim = {
		.action = "sts:AssumeRoleWithWebIdentity", .who = principal,
		.is_enough = is_on_claims, .context = claims
	};

	return !remnant_stands(check, check->statement, &claim);
}

/* The statement lets the holders of an OIDC provider's tokens in. */
static bool
admits_tokens(struct check *check, const struct principal *principal,
    struct caller *provider)
{
	*provider = caller_read(principal);
	return principal->kind == PRINCIPAL_FEDERATED &&
	    provider->kind == CALLER_OIDC &&
	    check->statement->effect == EFFECT_ALLOW &&
	    statement_reaches(check, check->statement,
	    "sts:AssumeRoleWithWebIdentity");
}

static void
missing_condition_key_for_oidc_principal(struct check *check,
    const struct principal *principal)
{
	const struct statement *statement = check->statement;
	const struct issuer *issuer;
	struct caller provider;

	if (!admits_tokens(check, principal, &provider))
		return;
	issuer = issuer_find(provider.name, provider.length);
	for (size_t i = 0; i < statement->condition_count; i++)
		if (find_claim(&statement->conditions[i], provider.name,
		    provider.length) != NULL)
			return;
	if (is_demanded(check, principal, &(struct claims){ &provider, NULL,
	    NULL }) || (issuer != NULL && is_demanded(check, principal,
	    &(struct claims){ &provider, issuer, NULL })))
		return;
	check_complain_of(check, principal->node, "every token of `%.*s` opens "
	    "the role: no claim of it is tested", (int)provider.length,
	    provider.name);
}

/* Up to a slash, where an owner's name ends, there is no wildcard. */
static bool
begins_plainly(const struct condition *condition, const struct node *value)
{
	bool wild = condition_facts(condition)->comparison ==
	    COMPARISON_like;

	for (size_t i = 0; i < value->length && value->text[i] != '/'; i++)
		if (wild && (value->text[i] == '*' || value->text[i] == '?'))
			return false;
	return value->length > 0;
}

/* A claim that says whose the token is must be there, with his name. */
static bool
pins_owner(const struct statement *statement, const struct caller *provider,
    const struct issuer *issuer)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];
		const char *claim = find_claim(condition, provider->name,
		    provider->length);
		size_t at = 0;

		if (claim == NULL || !condition_demands(condition) ||
		    !word_is_among(claim, condition->node->key_length -
		    provider->length - 1, issuer->pins))
			continue;
		while (at < condition->count &&
		    begins_plainly(condition, condition->values[at]))
			at++;
		if (at == condition->count)
			return true;
	}
	return false;
}

static void
missing_github_repo_condition_key(struct check *check,
    const struct principal *principal)
{
	const struct issuer *issuer;
	struct caller provider;
	struct finding *finding;

	if (!admits_tokens(check, principal, &provider))
		return;
	issuer = issuer_find(provider.name, provider.length);
	if (issuer == NULL || !issuer_is_github(issuer) ||
	    selects_claim(check->statement, provider.name, provider.length,
	    "sub") || pins_owner(check->statement, &provider, issuer) ||
	    is_demanded(check, principal, &(struct claims){ &provider, issuer,
	    "sub" }))
		return;
	finding = check_complain_of(check, principal->node, "a workflow of any "
	    "repository on GitHub opens the role: the claim sub is not "
	    "tested");
	check_help(check, finding, "add `\"StringEquals\": {\"%.*s:sub\": "
	    "\"repo:OWNER/REPOSITORY:ref:refs/heads/main\"}`",
	    (int)provider.length, provider.name);
}

static void
oidc_aud_missing(struct check *check, const struct principal *principal)
{
	const struct issuer *issuer;
	struct caller provider;

	if (!admits_tokens(check, principal, &provider))
		return;
	issuer = issuer_find(provider.name, provider.length);
	if (issuer == NULL || issuer->audience == NULL ||
	    selects_claim(check->statement, provider.name, provider.length,
	    issuer->audience) || is_demanded(check, principal,
	    &(struct claims){ &provider, NULL, issuer->audience }))
		return;
	check_complain_of(check, principal->node, "tokens that `%.*s` made for "
	    "another audience are taken too: `%.*s:%.*s` is not tested",
	    (int)provider.length, provider.name, (int)provider.length,
	    provider.name, (int)strcspn(issuer->audience, " "),
	    issuer->audience);
}

/* A provider that serves everybody is told apart by the subject alone. */
static void
oidc_sub_untested(struct check *check, const struct principal *principal)
{
	const struct issuer *issuer;
	struct caller provider;

	if (!admits_tokens(check, principal, &provider))
		return;
	issuer = issuer_find(provider.name, provider.length);
	if (issuer == NULL || !issuer->open ||
	    selects_claim(check->statement, provider.name, provider.length,
	    "sub") || selects_claim(check->statement, provider.name,
	    provider.length, issuer->pins) || is_demanded(check, principal,
	    &(struct claims){ &provider, issuer, "sub" }))
		return;
	check_complain_of(check, principal->node, "a token of any %s on "
	    "`%.*s` opens the role: the claim sub is not tested", issuer->unit,
	    (int)provider.length, provider.name);
}

/* A value that some subject of a provider must have, in an Allow. */
struct subject_test {
	const char		*provider;
	size_t			 length;
	const struct issuer	*issuer;	/* NULL: not in the table */
	bool			 wild;		/* its wildcards work */
};

/* The condition is on a provider's sub; false when it is something else. */
static bool
read_subject_test(const struct check *check,
    const struct condition *condition, const struct node *value,
    struct subject_test *test)
{
	static const char sub[] = ":sub";
	const struct node *node = condition->node;
	size_t claim = strlen(sub);

	if (check->statement->effect != EFFECT_ALLOW ||
	    !condition_selects(condition) || node->key_length <= claim ||
	    strncasecmp(node->key + node->key_length - claim, sub, claim) != 0)
		return false;
	test->provider = node->key;
	test->length = node->key_length - claim;
	test->issuer = issuer_find(test->provider, test->length);
	test->wild = condition_facts(condition)->comparison ==
	    COMPARISON_like && wording_value_is_wild(value);
	return !node_has_placeholder(value);
}

static void
specific_github_repo_and_branch_recommended(struct check *check,
    const struct condition *condition, const struct node *value)
{
	struct subject_test test;

	if (!read_subject_test(check, condition, value, &test) ||
	    test.issuer == NULL || !issuer_is_github(test.issuer) ||
	    !test.wild ||
	    selects_claim(check->statement, test.provider, test.length,
	    "ref environment job_workflow_ref"))
		return;
	check_complain_of(check, value, "`%.*s` leaves open which branch, tag "
	    "or pull request the workflow runs for", (int)value->length,
	    value->text);
}

static void
oidc_sub_too_wide(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct subject_test test;

	if (!read_subject_test(check, condition, value, &test))
		return;
	if (test.issuer == NULL) {
		if (test.wild && entry_is_everything(value))
			check_complain_of(check, value, "`%.*s` takes every "
			    "subject of `%.*s`", (int)value->length,
			    value->text, (int)test.length, test.provider);
		return;
	}
	if (issuer_names_owner(test.issuer, value->text, value->length,
	    test.wild) || selects_claim(check->statement, test.provider,
	    test.length, test.issuer->pins))
		return;
	check_complain_of(check, value, test.wild ?
	    "`%.*s` takes more than one %s of `%.*s`: a wildcard stands where "
	    "its name should end" :
	    "`%.*s` names no %s: another customer of `%.*s` can have tokens "
	    "that say the same", (int)value->length, value->text,
	    test.issuer->unit, (int)test.length, test.provider);
}

/* The condition is on the audience of an OIDC token. */
static bool
is_on_audience(const struct condition *condition)
{
	static const char aud[] = ":aud";
	const struct node *node = condition->node;
	size_t claim = strlen(aud);

	return node->key_length > claim && strncasecmp(node->key +
	    node->key_length - claim, aud, claim) == 0 &&
	    memchr(node->key, '.', node->key_length - claim) != NULL;
}

static void
foranyvalue_with_audience_claim_type(struct check *check,
    const struct condition *condition)
{
	struct finding *finding;

	if (condition->use.quantifier != QUANTIFIER_ANY ||
	    !is_on_audience(condition))
		return;
	finding = check_complain_of_key(check, condition->block, "`%.*s` looks "
	    "into a list, and an audience is one value",
	    (int)condition->block->key_length, condition->block->key);
	check_help(check, finding, "leave out `ForAnyValue:`");
}

static void
confirm_audience_claim_type(struct check *check,
    const struct condition *condition)
{
	if (condition->use.quantifier != QUANTIFIER_ALL ||
	    !is_on_audience(condition))
		return;
	check_complain_of_key(check, condition->block, "`%.*s` fits an "
	    "audience only if the provider sends several at once, and is true "
	    "when it sends none", (int)condition->block->key_length,
	    condition->block->key);
}

#define GITHUB	"arn:aws:iam::111122223333:oidc-provider/" \
		"token.actions.githubusercontent.com"
/* A trust policy for GitHub with an audience and the condition given. */
#define FOR_GITHUB(CONDITION) \
	"trust {'Effect':'Allow','Principal':{'Federated':'" GITHUB "'}," \
	"'Action':'sts:AssumeRoleWithWebIdentity','Condition':{" CONDITION "}}"
#define GITHUB_AUDIENCE \
	"'StringEquals':{'token.actions.githubusercontent.com:aud':" \
	"'sts.amazonaws.com'}"
#define GITHUB_SUBJECT(VALUE) \
	"'StringLike':{'token.actions.githubusercontent.com:sub':'" VALUE "'}"

const struct rule oidc_rules[] = {
	{
		.complaint = {
			.id = "missing-condition-key-for-oidc-principal",
			.severity = SEVERITY_SECURITY,
			.says = "an OIDC provider is trusted and no claim of "
			    "its tokens is tested",
			.why = "Whoever gets a token of the provider assumes "
			    "the role.  Test at least its aud and sub.",
			.aa = "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
			.supersedes = "oidc-aud-missing oidc-sub-too-wide",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'accounts.google.com'},"
			    "'Action':'sts:AssumeRoleWithWebIdentity'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'accounts.google.com'},"
			    "'Action':'sts:AssumeRoleWithWebIdentity',"
			    "'Condition':{'StringEquals':"
			    "{'accounts.google.com:aud':'66677788899900'}}}",
		},
		.layers = LAYER_SET(TRUST),
		.principal = missing_condition_key_for_oidc_principal,
	},
	{
		.complaint = {
			.id = "missing-github-repo-condition-key",
			.severity = SEVERITY_SECURITY,
			.says = "GitHub is trusted without a test on the "
			    "repository",
			.why = "Anybody can make a repository and let a "
			    "workflow of it ask GitHub for a token.  Test sub "
			    "with your repository and branch.",
			.aa = "MISSING_GITHUB_REPO_CONDITION_KEY",
			.supersedes = "missing-condition-key-for-oidc-principal"
			    " oidc-aud-missing oidc-sub-too-wide",
			.fires_on = FOR_GITHUB(GITHUB_AUDIENCE),
			.quiet_on = FOR_GITHUB(GITHUB_AUDIENCE ","
			    GITHUB_SUBJECT("repo:o/r:ref:refs/heads/main")),
		},
		.layers = LAYER_SET(TRUST),
		.principal = missing_github_repo_condition_key,
	},
	{
		.complaint = {
			.id = "specific-github-repo-and-branch-recommended",
			.severity = SEVERITY_WARNING,
			.says = "any branch of a GitHub repository is trusted",
			.why = "Whoever may push a branch or open a pull "
			    "request can change the workflow that gets the "
			    "token.  Name repository and branch, tag or "
			    "environment.",
			.aa = "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
			.fires_on = FOR_GITHUB(GITHUB_AUDIENCE ","
			    GITHUB_SUBJECT("repo:o/r:*")),
			.quiet_on = FOR_GITHUB(GITHUB_AUDIENCE ","
			    GITHUB_SUBJECT("repo:o/r:ref:refs/heads/main")),
		},
		.layers = LAYER_SET(TRUST),
		.value = specific_github_repo_and_branch_recommended,
	},
	{
		.complaint = {
			.id = "oidc-aud-missing",
			.severity = SEVERITY_SECURITY,
			.says = "a provider that serves everybody is trusted "
			    "without a test on the audience",
			.why = "The audience says for whom a token was made; "
			    "without it one made for another service can be "
			    "replayed here.  Test the claim aud (app_id of "
			    "Facebook and Amazon).",
			.fires_on = FOR_GITHUB(
			    GITHUB_SUBJECT("repo:o/r:ref:refs/heads/main")),
			.quiet_on = FOR_GITHUB(GITHUB_AUDIENCE ","
			    GITHUB_SUBJECT("repo:o/r:ref:refs/heads/main")),
		},
		.layers = LAYER_SET(TRUST),
		.principal = oidc_aud_missing,
	},
	{
		.complaint = {
			.id = "oidc-sub-too-wide",
			.severity = SEVERITY_SECURITY,
			.says = "the subjects that are trusted are not those "
			    "of one owner",
			.why = "A wildcard in the name of an organization, "
			    "repository, project or namespace takes in others "
			    "of like name, and claims such as environment or "
			    "ref are whatever their owner calls them.  Name "
			    "the owner in full.",
			.supersedes =
			    "specific-github-repo-and-branch-recommended "
			    "equivalent-to-null-false",
			.fires_on = FOR_GITHUB(GITHUB_AUDIENCE ","
			    GITHUB_SUBJECT("repo:o/r*")),
			.quiet_on = FOR_GITHUB(GITHUB_AUDIENCE ","
			    GITHUB_SUBJECT("repo:o/r:*")),
		},
		.layers = LAYER_SET(TRUST),
		.principal = oidc_sub_untested,
		.value = oidc_sub_too_wide,
	},
	{
		.complaint = {
			.id = "foranyvalue-with-audience-claim-type",
			.severity = SEVERITY_SECURITY,
			.says = "an audience is tested as if it were a list",
			.why = "The claim aud holds one value; a set operator "
			    "on it hides what is demanded.  Compare it under "
			    "StringEquals.",
			.aa = "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",
			.fires_on = FOR_GITHUB("'ForAnyValue:StringEquals':{"
			    "'token.actions.githubusercontent.com:aud':"
			    "'sts.amazonaws.com'}"),
			.quiet_on = FOR_GITHUB(GITHUB_AUDIENCE),
		},
		.layers = LAYER_SET(TRUST),
		.condition = foranyvalue_with_audience_claim_type,
	},
	{
		.complaint = {
			.id = "confirm-audience-claim-type",
			.severity = SEVERITY_NOTE,
			.says = "an audience is tested under ForAllValues",
			.why = "Few providers send several audiences in one "
			    "token; for the others StringEquals says what is "
			    "meant, and is not true of an absent claim.",
			.aa = "CONFIRM_AUDIENCE_CLAIM_TYPE",
			.fires_on = FOR_GITHUB("'ForAllValues:StringEquals':{"
			    "'token.actions.githubusercontent.com:aud':"
			    "'sts.amazonaws.com'}"),
			.quiet_on = FOR_GITHUB(GITHUB_AUDIENCE),
		},
		.layers = LAYER_SET(TRUST),
		.condition = confirm_audience_claim_type,
	},
	{ .complaint = { .id = NULL } }
};
