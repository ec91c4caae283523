/* SPDX-License-Identifier: MIT */
/*
 * Tests that a request can go round, because the key does not mean what it
 * seems to mean by itself.  Each rule knows one key or one pair.
 */
#include "config.h"

#include "policy/absence.h"
#include "policy/rules.h"

/* Some statement of that effect tests the key. */
static bool
is_tested_by(const struct policy *policy, enum effect effect,
    const char *key)
{
	for (size_t i = 0; i < policy->count; i++)
		if (policy->statements[i].effect == effect &&
		    statement_condition(&policy->statements[i], key) != NULL)
			return true;
	return false;
}

/*
 * Keys that say little without another.  Two Denies may test one each; one
 * Allow must test both.
 */
static const struct {
	const char	*key;
	const char	*other;
	const char	*reason;
} pairs[] = {
	{ "aws:Ec2InstanceSourcePrivateIPv4", "aws:Ec2InstanceSourceVpc",
	    "the same private address exists in many networks" },
};

static void
missing_paired_condition_keys(struct check *check,
    const struct condition *condition)
{
	const struct statement *statement = check->statement;
	struct finding *finding;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (!condition_is_on(condition, pairs[i].key) ||
		    condition->use.operator == OPERATOR_Null ||
		    statement_condition(statement, pairs[i].other) != NULL ||
		    (statement->effect == EFFECT_DENY && is_tested_by(
		    check->subject->policy, EFFECT_DENY, pairs[i].other)))
			continue;
		finding = check_complain_of_key(check, condition->node,
		    "`%s` is tested without `%s`, but %s", pairs[i].key,
		    pairs[i].other, pairs[i].reason);
		check_help(check, finding, "test `%s` as well",
		    pairs[i].other);
	}
}

static bool
policy_pins_select(const struct policy *policy)
{
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		for (size_t j = 0; j < statement->condition_count; j++)
			if (condition_pins_select(&statement->conditions[j]))
				return true;
	}
	return false;
}

static bool
reaches_select(struct check *check)
{
	return statement_reaches(check, check->statement, "dynamodb:Query") ||
	    statement_reaches(check, check->statement, "dynamodb:Scan");
}

static void
dynamodb_attributes_without_select(struct check *check,
    const struct condition *condition)
{
	struct finding *finding;

	if (!condition_is_on(condition, "dynamodb:Attributes") ||
	    condition->use.operator == OPERATOR_Null ||
	    !reaches_select(check) ||
	    policy_pins_select(check->subject->policy))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "a query that names no attributes is not caught by `%.*s`, and "
	    "returns them all", (int)condition->node->key_length,
	    condition->node->key);
	check_help(check, finding, "test `dynamodb:Select` for "
	    "`SPECIFIC_ATTRIBUTES` as well");
}

/* No prefix is shorter than the empty one, and a lone star is any. */
static bool
names_prefix(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (condition->values[i]->length > 0 &&
		    !node_is(condition->values[i], "*"))
			return true;
	return false;
}

static void
s3_prefix_in_negative_context(struct check *check,
    const struct condition *condition)
{
	enum effect effect = check->statement->effect;
	bool negated = condition_facts(condition)->negated;

	if (!condition_is_on(condition, "s3:prefix") ||
	    condition->use.operator == OPERATOR_Null ||
	    effect == EFFECT_INVALID || negated != (effect == EFFECT_ALLOW) ||
	    !names_prefix(condition) ||
	    (!statement_reaches(check, check->statement, "s3:ListBucket") &&
	    !statement_reaches(check, check->statement,
	    "s3:ListBucketVersions")))
		return;
	check_complain_of_key(check, condition->node,
	    "`%.*s` is what the caller asks for: a shorter prefix lists the "
	    "same objects and is %s", (int)condition->node->key_length,
	    condition->node->key, effect == EFFECT_DENY ? "not denied" :
	    "allowed");
}

#define STATEMENT(EFFECT, ACTION, CONDITION)				\
	"{'Effect':'" EFFECT "','Action':'" ACTION "','Resource':'*',"	\
	"'Condition':" CONDITION "}"

const struct rule bypass_rules[] = {
	{
		.complaint = {
			.id = "missing-paired-condition-keys",
			.severity = SEVERITY_SECURITY,
			.says = "a key that identifies nothing by itself is "
			    "tested without the key that completes it",
			.why = "A private address is unique only within its "
			    "network, so anybody may have the same one in "
			    "theirs.  Test both keys.",
			.aa = "MISSING_PAIRED_CONDITION_KEYS",
			.fires_on = STATEMENT("Allow", "s3:GetObject",
			    "{'IpAddress':{'aws:Ec2InstanceSourcePrivateIPv4'"
			    ":'10.0.0.8'}}"),
			.quiet_on = STATEMENT("Allow", "s3:GetObject",
			    "{'IpAddress':{'aws:Ec2InstanceSourcePrivateIPv4'"
			    ":'10.0.0.8'},'StringEquals':{"
			    "'aws:Ec2InstanceSourceVpc':'vpc-0a1b2c3d'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = missing_paired_condition_keys,
	},
	{
		.complaint = {
			.id = "dynamodb-attributes-without-select",
			.severity = SEVERITY_SECURITY,
			.says = "attributes of DynamoDB items are restricted, "
			    "but asking for all of them is not",
			.why = "dynamodb:Attributes holds the attributes "
			    "that a request names.  One that names none "
			    "gets everything, unless dynamodb:Select must be "
			    "SPECIFIC_ATTRIBUTES.",
			.aa = "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",
			.fires_on = STATEMENT("Allow", "dynamodb:Query",
			    "{'ForAllValues:StringEquals':"
			    "{'dynamodb:Attributes':['Name']}}"),
			.quiet_on = STATEMENT("Allow", "dynamodb:Query",
			    "{'ForAllValues:StringEquals':"
			    "{'dynamodb:Attributes':['Name']},"
			    "'StringEqualsIfExists':"
			    "{'dynamodb:Select':'SPECIFIC_ATTRIBUTES'}}"),
		},
		.layers = LAYERS_ATTACHED | LAYER_SET(RESOURCE),
		.condition = dynamodb_attributes_without_select,
	},
	{
		.complaint = {
			.id = "s3-prefix-in-negative-context",
			.severity = SEVERITY_SECURITY,
			.says = "listing is forbidden by prefix, but a "
			    "shorter prefix lists the same objects",
			.why = "s3:prefix is what the caller asks for.  Who "
			    "may not list private/ asks for priv, or for "
			    "nothing.  Allow the prefixes that are wanted "
			    "instead.",
			.aa = "S3_PREFIX_IN_NEGATIVE_CONTEXT",
			.fires_on = STATEMENT("Deny", "s3:ListBucket",
			    "{'StringLike':{'s3:prefix':'private/*'}}"),
			.quiet_on = STATEMENT("Deny", "s3:ListBucket",
			    "{'StringNotLike':{'s3:prefix':'public/*'}}"),
		},
		.layers = LAYERS_ATTACHED | LAYER_SET(RESOURCE),
		.condition = s3_prefix_in_negative_context,
	},
	{ .complaint = { .id = NULL } }
};
