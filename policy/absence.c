/* SPDX-License-Identifier: MIT */
/*
 * The table of keys, and whether a statement keeps those out who lack one.
 * Keys that are left out are always there, or tags of requests, which whoever
 * makes the request gives or does not give.
 */
#include "config.h"

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/value.h"
#include "policy/variable.h"

/* Policies of endpoints see only requests that have these keys (KEY-3). */
#define OUTSIDE_ENDPOINTS	(LAYERS_ALL & ~LAYER_SET(ENDPOINT))
/* Where the caller may be of another account. */
#define FACING	(LAYER_SET(RESOURCE) | LAYER_SET(TRUST) | \
		 LAYER_SET(ENDPOINT) | LAYER_SET(RCP))
#define SERVED	(LAYER_SET(RESOURCE) | LAYER_SET(TRUST))
/* Where the resource may be of another account. */
#define REACHING	(LAYERS_ATTACHED | LAYER_SET(ENDPOINT) | LAYER_SET(SCP))

const char *const absence_organization_keys[] = {
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", NULL
};
const char *const absence_owner_keys[] = {
	"aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:ResourceAccount",
	"s3:ResourceAccount", NULL
};
const char *const absence_public_keys[] = { "aws:SourceIp", NULL };
const char *const absence_private_keys[] = {
	"aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce",
	"aws:VpcSourceIp", "aws:VpceAccount", "aws:VpceOrgID",
	"aws:VpceOrgPaths", NULL
};
const char *const absence_source_keys[] = {
	"aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID",
	"aws:SourceOrgPaths", NULL
};
const char *const absence_service_keys[] = {
	"aws:PrincipalIsAWSService", "aws:PrincipalServiceName",
	"aws:PrincipalServiceNamesList", NULL
};
const char *const absence_service_name_keys[] = {
	"aws:PrincipalServiceName", "aws:PrincipalServiceNamesList", NULL
};
const char *const absence_forward_keys[] = {
	"aws:ViaAWSService", "aws:CalledVia", "aws:CalledViaFirst",
	"aws:CalledViaLast", NULL
};
/* A service's call has no value for these (KEY-1). */
const char *const absence_person_keys[] = {
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalTag/",
	"aws:PrincipalArn", "aws:AssumedRoot", "aws:FederatedProvider",
	"aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent",
	"aws:SourceIdentity", "aws:TokenIssueTime", "aws:userid",
	"aws:username", NULL
};

static const char internet[] = "requests from the internet";
static const char organizations[] = "callers outside every organization";
static const char owners[] = "resources of accounts outside every "
    "organization";
static const char sourceless[] = "calls that name no source";

static const struct absence absences[] = {
	{ "aws:PrincipalOrgID", FAMILY_CALLER, FACING, true, true,
	    organizations },
	{ "aws:PrincipalOrgPaths", FAMILY_CALLER, FACING, true, true,
	    organizations },
	{ "aws:PrincipalArn", FAMILY_CALLER, FACING, true, true,
	    "anonymous callers" },
	{ "aws:PrincipalTag/", FAMILY_CALLER, LAYERS_ALL, false, true,
	    "callers without the tag" },
	{ "aws:ResourceTag/", FAMILY_TAG, LAYERS_ALL, false, false,
	    "resources without the tag" },
	{ "aws:SourceIp", FAMILY_PUBLIC, LAYERS_ALL, false, true,
	    "requests through a VPC endpoint, anybody's," },
	{ "aws:SourceVpc", FAMILY_PRIVATE, OUTSIDE_ENDPOINTS, false, true,
	    internet },
	{ "aws:SourceVpcArn", FAMILY_PRIVATE, OUTSIDE_ENDPOINTS, false, true,
	    internet },
	{ "aws:SourceVpce", FAMILY_PRIVATE, OUTSIDE_ENDPOINTS, false, true,
	    internet },
	{ "aws:VpcSourceIp", FAMILY_PRIVATE, OUTSIDE_ENDPOINTS, false, true,
	    internet },
	{ "aws:VpceAccount", FAMILY_PRIVATE, OUTSIDE_ENDPOINTS, false, true,
	    internet },
	{ "aws:VpceOrgID", FAMILY_PRIVATE, OUTSIDE_ENDPOINTS, false, true,
	    internet },
	{ "aws:VpceOrgPaths", FAMILY_PRIVATE, OUTSIDE_ENDPOINTS, false, true,
	    internet },
	{ "aws:ResourceOrgID", FAMILY_OWNER, REACHING, false, true, owners },
	{ "aws:ResourceOrgPaths", FAMILY_OWNER, REACHING, false, true,
	    owners },
	{ "aws:SourceArn", FAMILY_SOURCE, SERVED, false, true, sourceless },
	{ "aws:SourceAccount", FAMILY_SOURCE, SERVED, false, true,
	    sourceless },
	{ "aws:SourceOrgID", FAMILY_SOURCE, SERVED, false, true, sourceless },
	{ "aws:SourceOrgPaths", FAMILY_SOURCE, SERVED, false, true,
	    sourceless },
	{ "aws:MultiFactorAuthAge", FAMILY_MFA, LAYERS_ALL, false, true,
	    "callers without MFA" },
	{ "aws:SourceIdentity", FAMILY_SIGN_IN, LAYERS_ALL, false, false,
	    "sessions without a source identity" },
	{ "sts:ExternalId", FAMILY_CALLER, LAYER_SET(TRUST), false, true,
	    "callers who give no external id" },
	{ "kms:ViaService", FAMILY_ROUTE, LAYERS_ALL, false, false,
	    "direct calls to KMS" },
	{ "lambda:SourceFunctionArn", FAMILY_ROUTE, LAYERS_ALL, false, false,
	    "calls that come from no function" },
	{ "ec2:SourceInstanceArn", FAMILY_ROUTE, LAYERS_ALL, false, false,
	    "calls that come from no instance" },
	{ "aws:Ec2InstanceSourceVpc", FAMILY_ROUTE, LAYERS_ALL, false, false,
	    "calls that come from no instance" },
	{ "aws:Ec2InstanceSourcePrivateIPv4", FAMILY_ROUTE, LAYERS_ALL, false,
	    false, "calls that come from no instance" },
};

const struct absence *
absence_find(const struct condition *condition)
{
	for (size_t i = 0; i < sizeof(absences) / sizeof(absences[0]); i++)
		if (condition_is_on(condition, absences[i].key))
			return &absences[i];
	return NULL;
}

bool
absence_matters(const struct absence *absence, enum layer layer,
    const struct statement *statement)
{
	if ((absence->layers >> layer & 1) == 0)
		return false;
	return !absence->strangers || statement->principal.negated ||
	    statement_everyone(statement) != NULL;
}

/* The value holds the key as a variable, and nothing in its place. */
static bool
value_needs(const struct node *value, const struct node *key)
{
	struct variable variable;
	size_t at = 0;

	while (variable_find(value->text, value->length, at, &variable)) {
		at = variable.end;
		if (variable_is_of(&variable, key->key, key->key_length) &&
		    variable.fallback == NULL)
			return true;
	}
	return false;
}

/* VAR-6: none of the texts can match without the key. */
static bool
all_need(const struct node *const *values, size_t count,
    const struct node *key)
{
	for (size_t i = 0; i < count; i++)
		if (!value_needs(values[i], key))
			return false;
	return count > 0;
}

bool
condition_pins_select(const struct condition *condition)
{
	if (!condition_is_on(condition, "dynamodb:Select") ||
	    condition->count == 0)
		return false;
	for (size_t i = 0; i < condition->count; i++)
		if (!node_is(condition->values[i], "SPECIFIC_ATTRIBUTES") &&
		    !node_is(condition->values[i], "COUNT"))
			return false;
	return true;
}

/* KEY-7: there is an age where there was MFA, and nowhere else. */
static const char mfa_key[] = "aws:MultiFactorAuthPresent";
static const char mfa_age_key[] = "aws:MultiFactorAuthAge";

/* Only requests made with MFA pass. */
static bool
proves_mfa(const struct condition *condition)
{
	return condition_is_on(condition, mfa_key) ?
	    condition_demands(condition) &&
	    condition_has_only(condition, "true") :
	    condition_is_on(condition, mfa_age_key) &&
	    condition_needs_key(condition);
}

bool
absence_is_guarded(const struct statement *statement,
    const struct condition *condition)
{
	bool of_mfa = condition_is_on(condition, mfa_key) ||
	    condition_is_on(condition, mfa_age_key);

	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *other = &statement->conditions[i];

		if (other == condition)
			continue;
		if (of_mfa && proves_mfa(other))
			return true;
		if (node_has_key_of(other->node, condition->node) &&
		    (condition_needs_key(other) ||
		    other->use.operator == OPERATOR_Null))
			return true;
		if (condition_is_on(condition, "dynamodb:Attributes") &&
		    condition_selects(other) && condition_pins_select(other))
			return true;
		if (condition_demands(other) && all_need(other->values,
		    other->count, condition->node))
			return true;
	}
	return !statement->resource.negated && all_need(
	    statement->resource.items, statement->resource.count,
	    condition->node);
}

bool
absence_passes(const struct condition *condition)
{
	const struct operator_use *use = &condition->use;

	return use->if_exists || use->quantifier == QUANTIFIER_ALL ||
	    (use->quantifier == QUANTIFIER_NONE &&
	    condition_facts(condition)->negated);
}

static bool
has_star(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (entry_is_everything(condition->values[i]))
			return true;
	return false;
}

bool
condition_holds(const struct condition *condition)
{
	const struct operator_use *use = &condition->use;

	if (use->operator == OPERATOR_Null)
		return condition_has(condition, "true") &&
		    condition_has(condition, "false");
	if (use->quantifier == QUANTIFIER_ANY)
		return false;
	if (use->operator == OPERATOR_StringLike)
		return absence_passes(condition) && has_star(condition);
	return condition->count == 0 && !condition->partial &&
	    condition_is_known(condition) &&
	    condition_facts(condition)->negated;
}

bool
condition_value_is_every_address(const struct condition *condition,
    const struct node *value)
{
	struct cidr cidr;

	return condition_facts(condition)->type == VALUE_IP &&
	    cidr_read(value->text, value->length, 128, &cidr) &&
	    cidr.has_prefix && cidr.prefix == 0;
}

/* Whoever has a public address passes. */
static bool
holds_outside(const struct condition *condition)
{
	if (condition->use.operator != OPERATOR_IpAddress ||
	    !condition_is_on_one(condition, absence_public_keys))
		return condition_holds(condition);
	for (size_t i = 0; i < condition->count; i++)
		if (condition_value_is_every_address(condition,
		    condition->values[i]))
			return true;
	return false;
}

/* A block that is no object, or has no key to be asked of, is not among the
 * conditions. */
static bool
is_unread(const struct node *block)
{
	return block->kind != NODE_OBJECT || (block->count == 0 &&
	    operator_read(block->key, block->key_length).operator ==
	    OPERATOR_COUNT);
}

bool
statement_is_unread(const struct statement *statement)
{
	const struct node *node = statement->condition_node;

	if (node == NULL || node->kind != NODE_OBJECT)
		return node != NULL;
	for (const struct node *block = node->first; block != NULL;
	    block = block->next)
		if (is_unread(block))
			return true;
	return false;
}

bool
statement_holds(const struct statement *statement)
{
	if (statement->condition_node == NULL)
		return true;
	for (size_t i = 0; i < statement->condition_count; i++)
		if (!condition_holds(&statement->conditions[i]))
			return false;
	return !statement_is_unread(statement);
}

bool
statement_holds_outside(const struct statement *statement)
{
	if (statement->condition_node == NULL)
		return true;
	for (size_t i = 0; i < statement->condition_count; i++)
		if (!holds_outside(&statement->conditions[i]))
			return false;
	return !statement_is_unread(statement);
}

bool
absence_excepts(const struct condition *condition)
{
	return condition_is_known(condition) &&
	    condition_facts(condition)->negated && absence_passes(condition);
}

bool
statement_demands_family(const struct statement *statement,
    enum absence_family family)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct absence *absence =
		    absence_find(&statement->conditions[i]);

		if (absence != NULL && absence->family == family &&
		    condition_needs_key(&statement->conditions[i]))
			return true;
	}
	return false;
}

bool
statement_tests_family(const struct statement *statement,
    enum absence_family family)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct absence *absence =
		    absence_find(&statement->conditions[i]);

		if (absence != NULL && absence->family == family &&
		    statement->conditions[i].use.operator != OPERATOR_Null)
			return true;
	}
	return false;
}
