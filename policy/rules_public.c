/* SPDX-License-Identifier: MIT */
/*
 * public-principal, for the cases that the text alone makes certain: everyone
 * is allowed, and any stranger can meet every condition there is.  Whatever
 * needs a proof is not judged here; a doubt is silence.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "policy/absence.h"
#include "policy/arn.h"
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
	"sts:ExternalId", "sts:RoleSessionName", "sts:SourceIdentity", NULL
};

/* A request from the internet lacks the key (KEY-3, KEY-5). */
static bool
is_on_absent_key(const struct condition *condition)
{
	return condition_is_on_one(condition, absence_private_keys) ||
	    condition_is_on_one(condition, absence_source_keys) ||
	    condition_is_on_one(condition, absence_service_name_keys);
}

/* Addresses by their first four bytes. */
struct range {
	uint64_t	 start, end;
};

/* False for a range within one such address, which adds nothing. */
static bool
read_range(const struct node *value, bool v6, struct range *range)
{
	struct cidr cidr;

	if (!cidr_read(value->text, value->length, 128, &cidr) ||
	    cidr.v6 != v6 || cidr.prefix > 32)
		return false;
	range->start = 0;
	for (size_t i = 0; i < 4; i++)
		range->start = range->start << 8 | cidr.address[i];
	range->end = range->start + (UINT64_C(1) << (32 - cidr.prefix));
	return true;
}

static int
compare_ranges(const void *left, const void *right)
{
	const struct range *a = left, *b = right;

	return (a->start > b->start) - (a->start < b->start);
}

/* The ranges of that kind together hold every address of it. */
static bool
covers_kind(struct check *check, const struct condition *condition, bool v6)
{
	struct range *ranges = arena_array(check->subject->arena,
	    condition->count, sizeof(*ranges));
	uint64_t end = 0;
	size_t count = 0;

	for (size_t i = 0; i < condition->count; i++)
		if (read_range(condition->values[i], v6, &ranges[count]))
			count++;
	if (count > 0)
		qsort(ranges, count, sizeof(*ranges), compare_ranges);
	for (size_t i = 0; i < count && ranges[i].start <= end; i++)
		if (ranges[i].end > end)
			end = ranges[i].end;
	return end >> 32 != 0;
}

static bool
covers_internet(struct check *check, const struct condition *condition)
{
	return condition->use.operator == OPERATOR_IpAddress &&
	    (covers_kind(check, condition, false) ||
	    covers_kind(check, condition, true));
}

/* The text is an ARN, or the beginning of one, in whatever account. */
static bool
is_in_any_account(const struct node *value)
{
	const struct arn arn = arn_split(value->text, value->length);

	return arn.count > ARN_ACCOUNT &&
	    arn_field_is(&arn, ARN_ACCOUNT, "*") &&
	    (arn_field_is(&arn, ARN_SERVICE, "iam") ||
	    arn_field_is_wild(&arn, ARN_SERVICE));
}

/* Whoever has an account can make a user or role that is called so. */
static bool
is_any_callers_name(const struct condition *condition)
{
	const struct operator_facts *facts = condition_facts(condition);

	if (!condition_is_on(condition, "aws:PrincipalArn") ||
	    (facts->type != VALUE_ARN && facts->comparison != COMPARISON_like))
		return false;
	for (size_t i = 0; i < condition->count; i++)
		if (is_in_any_account(condition->values[i]))
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
	return !condition_has(condition, "*") &&
	    !condition_is_on(condition, "aws:PrincipalIsAWSService");
}

/* Any stranger can make a request that meets it. */
static bool
is_idle(struct check *check, const struct condition *condition)
{
	bool absent;

	if (!condition_is_known(condition))
		return false;
	absent = is_on_absent_key(condition);
	if (condition->use.operator == OPERATOR_Null)
		return absent && condition_has_only(condition, "true");
	if (condition_facts(condition)->negated)
		return negation_is_idle(condition);
	if (condition->use.if_exists ||
	    condition->use.quantifier == QUANTIFIER_ALL)
		return absent || condition_is_on_one(condition, free_keys);
	return covers_internet(check, condition) ||
	    is_any_callers_name(condition) ||
	    condition_is_on_one(condition, free_keys);
}

static bool
all_are_idle(struct check *check, const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (!is_idle(check, &statement->conditions[i]))
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
		    !all_are_idle(check, statement))
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
			    "{'ArnLike':{'aws:PrincipalArn':"
			    "'arn:aws:iam::*:role/app'}}}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'ArnLike':{'aws:PrincipalArn':"
			    "'arn:aws:iam::111122223333:role/app'}}}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(TRUST),
		.document = public_principal,
	},
	{ .complaint = { .id = NULL } }
};
