/* SPDX-License-Identifier: MIT */
/*
 * public-principal, for the cases that the text alone makes certain: everyone
 * is allowed, and any stranger can meet every condition there is.  Whatever
 * needs a proof is not judged here; a doubt is silence.
 */
#include "config.h"

#include "policy/caller.h"
#include "policy/rules.h"
#include "policy/value.h"

/* The caller chooses the value, or it is a fact of the resource. */
static const char *const free_keys[] = {
	"aws:SecureTransport", "aws:UserAgent", "aws:Referer",
	"aws:CurrentTime", "aws:EpochTime", "aws:RequestedRegion",
	"aws:TagKeys", "aws:RequestTag/", "aws:PrincipalTag/",
	"aws:PrincipalType", "aws:MultiFactorAuthPresent",
	"aws:MultiFactorAuthAge", "aws:TokenIssueTime", "aws:username",
	"aws:ResourceTag/", "aws:ResourceAccount", "aws:ResourceOrgID",
	"aws:ResourceOrgPaths", "s3:authType", "s3:delimiter",
	"s3:ExistingObjectTag/", "s3:max-keys", "s3:prefix",
	"s3:RequestObjectTag/", "s3:RequestObjectTagKeys",
	"s3:ResourceAccount", "s3:signatureAge", "s3:signatureversion",
	"s3:TlsVersion", "s3:versionid", "s3:x-amz-acl",
	"s3:x-amz-copy-source", "s3:x-amz-grant-full-control",
	"s3:x-amz-server-side-encryption", "s3:x-amz-storage-class",
	"lambda:FunctionUrlAuthType", "lambda:InvokedViaFunctionUrl",
	"sns:Endpoint", "sns:Protocol", "sts:DurationSeconds",
	"sts:RoleSessionName", "sts:SourceIdentity", NULL
};

/* A request from the internet lacks these (KEY-3, KEY-5). */
static const char *const absent_keys[] = {
	"aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce",
	"aws:VpcSourceIp", "aws:VpceAccount", "aws:VpceOrgID",
	"aws:VpceOrgPaths", "aws:SourceArn", "aws:SourceAccount",
	"aws:SourceOrgID", "aws:SourceOrgPaths", "aws:PrincipalServiceName",
	"aws:PrincipalServiceNamesList", NULL
};

static bool
all_values_are(const struct condition *condition, const char *word)
{
	for (size_t i = 0; i < condition->count; i++)
		if (!node_is(condition->values[i], word))
			return false;
	return condition->count > 0;
}

/* One of the ranges holds every address. */
static bool
covers_internet(const struct condition *condition)
{
	struct cidr cidr;

	if (condition->use.operator != OPERATOR_IpAddress)
		return false;
	for (size_t i = 0; i < condition->count; i++)
		if (cidr_read(condition->values[i]->text,
		    condition->values[i]->length, 128, &cidr) &&
		    cidr.prefix == 0)
			return true;
	return false;
}

/*
 * A negated test spares everyone whom it does not name; only the one on
 * whether the caller is a service leaves nobody else over.
 */
static bool
negation_is_idle(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (node_is(condition->values[i], "*"))
			return false;
	return !condition_is_on(condition, "aws:PrincipalIsAWSService");
}

/* Any stranger can make a request that meets it. */
static bool
is_idle(const struct condition *condition)
{
	bool absent;

	if (!condition_is_known(condition))
		return false;
	absent = condition_is_on_one(condition, absent_keys);
	if (condition->use.operator == OPERATOR_Null)
		return absent && all_values_are(condition, "true");
	if (condition_facts(condition)->negated)
		return negation_is_idle(condition);
	if (condition->use.if_exists ||
	    condition->use.quantifier == QUANTIFIER_ALL)
		return absent || condition_is_on_one(condition, free_keys);
	return covers_internet(condition) ||
	    condition_is_on_one(condition, free_keys);
}

static bool
all_are_idle(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (!is_idle(&statement->conditions[i]))
			return false;
	return true;
}

/*
 * A Deny may take back from strangers what an Allow gives to everyone, as in
 * the common pair of Allow `*` and Deny unless it comes from our network.
 */
static bool
takes_back(const struct statement *statement)
{
	if (statement->effect != EFFECT_DENY)
		return false;
	if (statement->principal.negated)
		return true;
	if (statement_everyone(statement) == NULL)
		return false;
	for (size_t i = 0; i < statement->condition_count; i++)
		if (!condition_is_on_one(&statement->conditions[i], free_keys))
			return true;
	return false;
}

static void
complain_of(struct check *check, const struct principal *everyone)
{
	const struct statement *statement = check->statement;
	const struct node *key;

	if (statement->condition_count == 0) {
		check_complain_of(check, everyone->node, "everyone is allowed, "
		    "in every account and without credentials: no condition "
		    "says who may call");
		return;
	}
	key = statement->conditions[0].node;
	check_complain_of(check, everyone->node, "everyone is allowed: any "
	    "stranger can meet the condition on `%.*s`%s",
	    (int)key->key_length, key->key,
	    statement->condition_count == 1 ? "" : " and the others");
}

static void
public_principal(struct check *check)
{
	const struct policy *policy = check->subject->policy;

	for (size_t i = 0; i < policy->count; i++)
		if (takes_back(&policy->statements[i]))
			return;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		const struct principal *everyone =
		    statement_everyone(statement);

		if (statement->effect != EFFECT_ALLOW || everyone == NULL ||
		    !all_are_idle(statement))
			continue;
		check->statement = statement;
		complain_of(check, everyone);
	}
	check->statement = NULL;
}

const struct rule public_rules[] = {
	{
		.complaint = {
			.id = "public-principal",
			.severity = SEVERITY_SECURITY,
			.says = "everyone is allowed and no condition binds "
			    "the caller",
			.why = "Whoever finds the resource may use it.  Name "
			    "the accounts that are meant, or demand "
			    "aws:PrincipalOrgID, aws:SourceVpce or another "
			    "key whose value a stranger cannot choose.",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'Bool':{'aws:SecureTransport':'true'}}}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':{'aws:PrincipalOrgID':"
			    "'o-a1b2c3d4e5'}}}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(TRUST),
		.document = public_principal,
	},
	{ .complaint = { .id = NULL } }
};
