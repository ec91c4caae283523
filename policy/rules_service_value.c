/* SPDX-License-Identifier: MIT */
/*
 * Values that name a service, a KMS key or anything by its ARN.  Knows the
 * form of each and the suffixes of the partitions, not which of them exist;
 * names of accounts, organizations and regions are in rules_identifier.c.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/caller.h"
#include "policy/region.h"
#include "policy/rules.h"
#include "policy/wording.h"

static const char service_keys[] = "aws:CalledVia aws:CalledViaFirst "
    "aws:CalledViaLast aws:PrincipalServiceName "
    "aws:PrincipalServiceNamesList iam:AWSServiceName "
    "iam:PassedToService";
static const char kms_key_keys[] = "bedrock-agentcore:KmsKeyArn "
    "quicksight:KmsKeyArns s3:x-amz-server-side-encryption-aws-kms-key-id "
    "s3express:x-amz-server-side-encryption-aws-kms-key-id "
    "s3tables:KMSKeyArn s3vectors:kmsKeyArn secretsmanager:KmsKeyArn";

static bool
is_lower_or_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* COND-23.  A variable may bring the missing fields (COND-24 is unsure). */
static void
invalid_arn_value(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct finding *finding;
	struct arn arn;

	if (condition_facts(condition)->type != VALUE_ARN)
		return;
	arn = arn_split(value->text, value->length);
	if ((arn.count == ARN_FIELD_COUNT &&
	    (arn_field_is(&arn, ARN_PREFIX, "arn") ||
	    arn_field_is_wild(&arn, ARN_PREFIX))) ||
	    wording_value_is_open(value))
		return;
	if (node_is(value, "*")) {
		finding = check_complain_of(check, value,
		    "`*` has one field and an ARN has six, so it may match "
		    "nothing");
		check_help(check, finding, "to ask for presence, test "
		    "`Null` for `false`");
		return;
	}
	check_complain_of(check, value,
	    "`%.*s` is no ARN of six fields, so it never matches",
	    (int)value->length, value->text);
}

/* Wildcards pass too where there can be some. */
static bool
is_host_character(char c, bool pattern)
{
	return is_lower_or_digit(c) || c == '-' || c == '.' ||
	    (pattern && (c == '*' || c == '?'));
}

/* Lower-case labels, at least so many of them, before the suffix. */
static bool
is_service_name(const struct node *value, size_t labels, bool pattern)
{
	size_t stem = caller_service_stem(value), count = 1;

	for (size_t i = 0; i < stem; i++) {
		if (!is_host_character(value->text[i], pattern))
			return false;
		count += value->text[i] == '.';
	}
	return stem > 0 && count >= labels;
}

/* A pattern is right if it matches anything of the form. */
static bool
may_be_service_name(struct check *check, const struct node *value,
    size_t labels)
{
	struct pattern pattern = pattern_read(check->subject->arena,
	    value->text, value->length);

	for (size_t i = 0; caller_service_suffixes[i] != NULL; i++) {
		const char *form = arena_printf(check->subject->arena,
		    "%s%s", labels > 1 ? "?*.?*" : "?*",
		    caller_service_suffixes[i]);
		struct pattern wanted = pattern_read(check->subject->arena,
		    form, strlen(form));

		if (pattern_overlaps(&pattern, &wanted))
			return true;
	}
	return false;
}

/* The region, which comes behind the service, stands before it. */
static bool
begins_with_region(const struct node *value)
{
	const char *dot = memchr(value->text, '.', value->length);
	size_t length = dot == NULL ? 0 : (size_t)(dot - value->text);

	for (size_t i = 0; i < REGION_COUNT; i++)
		if (strlen(region_names[i]) == length &&
		    memcmp(region_names[i], value->text, length) == 0)
			return true;
	return false;
}

static void
check_service_name(struct check *check, const struct condition *condition,
    const struct node *value, bool regional)
{
	size_t labels = regional ? 2 : 1;
	bool pattern = wording_value_is_wild(value);
	struct finding *finding;

	if ((is_service_name(value, labels, pattern) &&
	    !(regional && begins_with_region(value))) ||
	    wording_value_is_open(value) ||
	    (pattern && may_be_service_name(check, value, labels)))
		return;
	finding = check_complain_of(check, value,
	    "`%.*s` is not of the form that `%.*s` holds, so it never "
	    "matches", (int)value->length, value->text,
	    (int)condition->node->key_length, condition->node->key);
	check_help(check, finding, "write it as `%s`", regional ?
	    "s3.us-east-1.amazonaws.com" : "s3.amazonaws.com");
}

static void
invalid_service_principal_format(struct check *check,
    const struct condition *condition)
{
	bool regional = condition_is_on(condition, "kms:ViaService");

	if (condition_facts(condition)->type != VALUE_STRING ||
	    (!regional && !condition_is_among(condition, service_keys)))
		return;
	for (size_t i = 0; i < condition->count; i++)
		check_service_name(check, condition, condition->values[i],
		    regional);
}

static void
check_kms_key(struct check *check, const struct condition *condition,
    const struct node *value)
{
	static const char form[] = "arn:?*:kms:?*:????????????:key/?*";
	struct arena *arena = check->subject->arena;
	struct pattern wanted, given;
	struct finding *finding;
	bool matches;

	wanted = pattern_read(arena, form, sizeof(form) - 1);
	matches = pattern_match(&wanted, value->text, value->length);
	if (!matches && wording_value_is_wild(value)) {
		given = pattern_read(arena, value->text, value->length);
		matches = pattern_overlaps(&wanted, &given);
	}
	if (matches || wording_value_is_open(value))
		return;
	finding = check_complain_of(check, value,
	    "`%.*s` is not the ARN of a KMS key, which `%.*s` holds, so it "
	    "never matches", (int)value->length, value->text,
	    (int)condition->node->key_length, condition->node->key);
	check_help(check, finding, "write it as "
	    "`arn:aws:kms:REGION:ACCOUNT:key/ID`; aliases and bare ids do "
	    "not match");
}

static void
invalid_kms_key_value(struct check *check, const struct condition *condition)
{
	if (condition->use.operator == OPERATOR_Null ||
	    !condition_is_among(condition, kms_key_keys))
		return;
	for (size_t i = 0; i < condition->count; i++)
		check_kms_key(check, condition, condition->values[i]);
}

#define STATEMENT(ACTION, CONDITION)					\
	"{'Effect':'Allow','Action':'" ACTION "','Resource':'*',"	\
	"'Condition':{" CONDITION "}}"

const struct rule service_value_rules[] = {
	{
		.complaint = {
			.id = "invalid-arn-value",
			.severity = SEVERITY_WARNING,
			.says = "a value under an Arn operator is no ARN of "
			    "six fields",
			.why = "Arn operators compare field by field, and a "
			    "value with fewer fields than an ARN matches "
			    "none.  Write all six, with wildcards where any "
			    "will do.",
			.fires_on = STATEMENT("s3:PutObject",
			    "'ArnLike':"
			    "{'aws:PrincipalArn':'arn:aws:iam::*'}"),
			.quiet_on = STATEMENT("s3:PutObject",
			    "'ArnLike':"
			    "{'aws:PrincipalArn':'arn:aws:iam::*:*'}"),
		},
		.layers = LAYERS_ALL,
		.value = invalid_arn_value,
	},
	{
		.complaint = {
			.id = "invalid-service-principal-format",
			.severity = SEVERITY_ERROR,
			.says = "a value of a key that holds services is not "
			    "of the key's form",
			.why = "Keys that name a service hold its principal, "
			    "such as lambda.amazonaws.com; kms:ViaService "
			    "holds service.region.amazonaws.com.  Another "
			    "form never matches.",
			.aa = "INVALID_SERVICE_PRINCIPAL_FORMAT",
			.fires_on = STATEMENT("kms:Decrypt",
			    "'StringEquals':"
			    "{'kms:ViaService':'s3.amazonaws.com'}"),
			.quiet_on = STATEMENT("kms:Decrypt",
			    "'StringEquals':"
			    "{'kms:ViaService':'s3.eu-west-1.amazonaws.com'}"
			    ),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_service_principal_format,
	},
	{
		.complaint = {
			.id = "invalid-kms-key-value",
			.severity = SEVERITY_ERROR,
			.says = "a value of a key that holds a KMS key is not "
			    "the key's ARN",
			.why = "The key holds the full ARN of the KMS key, "
			    "whatever the caller wrote.  An alias, a bare id "
			    "or half an ARN never matches.",
			.aa = "INVALID_KMS_KEY_VALUE",
			.fires_on = STATEMENT("s3:PutObject",
			    "'StringEquals':"
			    "{'s3:x-amz-server-side-encryption-aws-kms-key-id'"
			    ":'alias/ledger'}"),
			.quiet_on = STATEMENT("s3:PutObject",
			    "'StringEquals':"
			    "{'s3:x-amz-server-side-encryption-aws-kms-key-id'"
			    ":'arn:aws:kms:eu-west-1:111122223333:key/"
			    "0a1b2c3d'}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_kms_key_value,
	},
	{ .complaint = { .id = NULL } }
};
