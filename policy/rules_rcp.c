/* SPDX-License-Identifier: MIT */
/*
 * Rules about the conditions of RCPs: whom one hits that nobody thought of
 * (RCP-4), and the keys of VPC endpoint owners, which few services send
 * (KEY-4), in whatever policy they stand.
 */
#include "config.h"

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/rules.h"

/* What a condition says of a caller that lacks its key (COND-6). */
static bool
passes_absent(const struct condition *condition)
{
	if (!condition_is_known(condition))
		return false;
	if (condition->use.operator == OPERATOR_Null)
		return condition_has(condition, "true");
	return absence_passes(condition);
}

/* The condition holds for a key of that word as its one value. */
static bool
passes_word(const struct condition *condition, const char *word)
{
	if (!condition_is_known(condition))
		return false;
	if (condition->use.operator == OPERATOR_Null)
		return condition_has(condition, "false");
	return condition_has(condition, word) !=
	    condition_facts(condition)->negated;
}

/* The first condition on one of the keys that does or does not pass. */
static const struct condition *
find_absent(const struct statement *statement, const char *const *keys,
    bool passes)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition_is_on_one(condition, keys) &&
		    passes_absent(condition) == passes)
			return condition;
	}
	return NULL;
}

/* What calls by service principals lack (KEY-5). */
static const char *const principal_keys[] = {
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount",
	"aws:PrincipalArn", "aws:PrincipalTag/", NULL
};
/* What calls for an account outside every organization lack. */
static const char *const source_org_keys[] = {
	"aws:SourceOrgID", "aws:SourceOrgPaths", NULL
};
static const char *const source_account_keys[] = {
	"aws:SourceAccount", "aws:SourceArn", NULL
};

/* Some condition on aws:PrincipalIsAWSService is false for the word. */
static bool
is_service_test_against(const struct statement *statement, const char *word)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition_is_on(condition, "aws:PrincipalIsAWSService") &&
		    !passes_word(condition, word))
			return true;
	}
	return false;
}

static bool
spares_services(const struct statement *statement)
{
	return is_service_test_against(statement, "true") ||
	    find_absent(statement, principal_keys, false) != NULL;
}

/* Callers that are no services lack all of these (KEY-5). */
static bool
spares_callers(const struct statement *statement)
{
	return is_service_test_against(statement, "false") ||
	    find_absent(statement, absence_source_keys, false) != NULL ||
	    find_absent(statement, absence_service_name_keys, false) != NULL;
}

/* RCP-4 */
static void
rcp_missing_related_principal_condition_key(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct condition *condition = find_absent(statement,
	    principal_keys, true);
	struct finding *finding;

	if (statement->effect != EFFECT_DENY || condition == NULL ||
	    spares_services(statement))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "AWS services have no `%s`, so this Deny hits their calls too",
	    condition->node->key);
	check_help(check, finding, "add `\"BoolIfExists\": "
	    "{\"aws:PrincipalIsAWSService\": \"false\"}`");
}

static void
rcp_missing_related_service_principal_condition_key(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct condition *condition = find_absent(statement,
	    absence_source_keys, true);
	struct finding *finding;

	if (statement->effect != EFFECT_DENY || condition == NULL ||
	    spares_callers(statement))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "only calls by AWS services have `%s`, so this Deny hits all "
	    "other callers", condition->node->key);
	check_help(check, finding, "add `\"Bool\": "
	    "{\"aws:PrincipalIsAWSService\": \"true\"}`");
}

static void
rcp_missing_service_condition_key_null_check(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct condition *condition = find_absent(statement,
	    absence_source_keys, true);
	struct finding *finding;

	if (statement->effect != EFFECT_DENY || condition == NULL ||
	    is_service_test_against(statement, "true") ||
	    find_absent(statement, source_account_keys, false) != NULL)
		return;
	if (find_absent(statement, source_org_keys, false) == NULL)
		finding = check_complain_of_key(check, condition->node,
		    "some services send no source, so no `%s`; this Deny cuts "
		    "them off", condition->node->key);
	else
		finding = check_complain_of_key(check, condition->node,
		    "calls for accounts outside every organization have no "
		    "`%s`; this Deny lets them through",
		    condition->node->key);
	check_help(check, finding, "test that there is a source with "
	    "`\"Null\": {\"aws:SourceAccount\": \"false\"}`");
}

/* The keys of VPC endpoint owners, and who sends them (KEY-4). */

static enum vpc_key
find_vpc_key(const struct condition *condition)
{
	enum vpc_key key = VPC_KEY_ARN;

	while (key < VPC_KEY_COUNT && !condition_is_on(condition,
	    vpc_key_name(key)))
		key++;
	return key;
}

/* Whoever tests for presence knows that the key may be absent. */
static bool
tests_presence(const struct statement *statement, enum vpc_key key)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (statement->conditions[i].use.operator == OPERATOR_Null &&
		    condition_is_on(&statement->conditions[i],
		    vpc_key_name(key)))
			return true;
	return false;
}

/* The service sends the key, or another one that is tested beside it. */
static bool
is_told_owner(const struct statement *statement,
    const struct service *service, enum vpc_key key)
{
	if (service_sends_vpc_key(service, key))
		return true;
	for (enum vpc_key other = VPC_KEY_ARN; other < VPC_KEY_COUNT; other++)
		if (service_sends_vpc_key(service, other) &&
		    statement_condition(statement, vpc_key_name(other)) != NULL)
			return true;
	return false;
}

static const struct service *
service_of_arn(const struct check *check, const struct node *resource)
{
	struct arn arn = arn_split(resource->text, resource->length);

	if (arn.count < ARN_FIELD_COUNT)
		return NULL;
	return catalog_service(check->subject->catalog,
	    arn.field[ARN_SERVICE].text, arn.field[ARN_SERVICE].length);
}

/*
 * What an action of every service reaches.  Resource may still hold it to
 * services that send the key, as does what the policy is attached to.
 */
static bool
reaches_untold(const struct check *check, enum vpc_key key)
{
	const struct statement *statement = check->statement;
	const struct element *resource = &statement->resource;
	layer_set narrow = LAYER_SET(RESOURCE) | LAYER_SET(TRUST) |
	    LAYER_SET(ENDPOINT);

	if ((1u << check->subject->layer & narrow) != 0)
		return check->subject->service != NULL &&
		    !is_told_owner(statement, check->subject->service, key);
	if (resource->negated || resource->count == 0)
		return true;
	for (size_t i = 0; i < resource->count; i++) {
		const struct service *service = service_of_arn(check,
		    resource->items[i]);

		if (service == NULL || !is_told_owner(statement, service,
		    key))
			return true;
	}
	return false;
}

/* The first action entry with requests that lack the key; NULL if none. */
static const struct node *
find_untold(struct check *check, enum vpc_key key)
{
	const struct statement *statement = check->statement;
	const struct element *action = &statement->action;

	if (action->negated)
		return reaches_untold(check, key) ? action->node : NULL;
	for (size_t i = 0; i < action->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    action->items[i]);
		const struct service *service = expansion->service;

		if (service != NULL ? !is_told_owner(statement, service, key) :
		    (expansion->any || expansion->prefix_wild) &&
		    reaches_untold(check, key))
			return action->items[i];
	}
	return NULL;
}

/* Whom the requests without the key go to. */
static const char *
untold_text(struct check *check, const struct node *action)
{
	struct arena *arena = check->report->arena;
	const struct service *service = check->statement->action.negated ?
	    NULL : check_expand(check, action)->service;

	if (service != NULL)
		return arena_printf(arena, "requests to `%s`",
		    service->prefix);
	return arena_printf(arena, "all requests that `%s` reaches",
	    check->statement->action.negated ? action->key : action->text);
}

static void
use_condition_key_only_with_supported_services(struct check *check,
    const struct condition *condition)
{
	enum vpc_key key = find_vpc_key(condition);
	const struct node *action;
	struct finding *finding;

	if (key == VPC_KEY_COUNT || tests_presence(check->statement, key))
		return;
	action = find_untold(check, key);
	if (action == NULL)
		return;
	finding = check_complain_of_key(check, condition->node,
	    "`%s` is not in %s (catalogue of %s); without it this test is "
	    "always %s", condition->node->key, untold_text(check, action),
	    check->subject->catalog->date,
	    passes_absent(condition) ? "true" : "false");
	report_relate(check->report, finding, action->span,
	    "reaches a service that does not send it");
	check_help(check, finding, "name only actions of services that send "
	    "it, or test `aws:SourceVpc` or `aws:SourceVpce`");
}

const struct rule rcp_rules[] = {
	{
		.complaint = {
			.id = "rcp-missing-related-principal-condition-key",
			.severity = SEVERITY_WARNING,
			.says = "an RCP that tells callers apart by their "
			    "account or organization forgets AWS services",
			.why = "Services that call by themselves have none of "
			    "these keys, and a negated or ...IfExists test of "
			    "an absent key is true (COND-6), so their calls "
			    "are denied. Test aws:PrincipalIsAWSService too.",
			.aa = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
			.fires_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}}",
			.quiet_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'},"
			    "'BoolIfExists':"
			    "{'aws:PrincipalIsAWSService':'false'}}}",
		},
		.layers = LAYER_SET(RCP),
		.statement = rcp_missing_related_principal_condition_key,
	},
	{
		.complaint = {
			.id = "rcp-missing-related-service-principal-"
			    "condition-key",
			.severity = SEVERITY_WARNING,
			.says = "an RCP that tells AWS services apart by their "
			    "source forgets all other callers",
			.why = "Users and roles have none of these keys "
			    "(KEY-5), and a negated or ...IfExists test of an "
			    "absent key is true (COND-6), so every call of "
			    "theirs is denied. Test aws:PrincipalIsAWSService "
			    "too.",
			.aa = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_"
			    "CONDITION_KEY",
			.fires_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:SourceOrgID':'o-a1b2c3d4e5'}}}",
			.quiet_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:SourceOrgID':'o-a1b2c3d4e5'},"
			    "'Bool':{'aws:PrincipalIsAWSService':'true'}}}",
		},
		.layers = LAYER_SET(RCP),
		.statement =
		    rcp_missing_related_service_principal_condition_key,
	},
	{
		.complaint = {
			.id = "rcp-missing-service-condition-key-null-check",
			.severity = SEVERITY_WARNING,
			.says = "an RCP denies calls of AWS services that send "
			    "no source",
			.why = "Not every integration sends aws:SourceAccount "
			    "and its kin. Test with Null that "
			    "aws:SourceAccount or aws:SourceArn is there; "
			    "aws:SourceOrgID is also absent for accounts "
			    "outside every organization.",
			.aa = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
			.fires_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:SourceOrgID':'o-a1b2c3d4e5'},"
			    "'Bool':{'aws:PrincipalIsAWSService':'true'}}}",
			.quiet_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:SourceOrgID':'o-a1b2c3d4e5'},"
			    "'Null':{'aws:SourceAccount':'false'},"
			    "'Bool':{'aws:PrincipalIsAWSService':'true'}}}",
		},
		.layers = LAYER_SET(RCP),
		.statement = rcp_missing_service_condition_key_null_check,
	},
	{
		.complaint = {
			.id = "use-condition-key-only-with-supported-services",
			.severity = SEVERITY_WARNING,
			.says = "a key of the VPC endpoint's owner is tested "
			    "for services that do not send it",
			.why = "For requests to such a service the key is "
			    "always absent (KEY-4): a negated Deny blocks all "
			    "of them, an Allow or a positive Deny does "
			    "nothing. Name only actions of services that "
			    "send it.",
			.aa = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",
			.fires_on = "scp {'Effect':'Deny','Action':"
			    "['s3:*','ec2:*'],'Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:VpceOrgID':'o-a1b2c3d4e5'}}}",
			.quiet_on = "scp {'Effect':'Deny','Action':"
			    "['s3:*','kms:*'],'Resource':'*','Condition':"
			    "{'StringNotEqualsIfExists':"
			    "{'aws:VpceOrgID':'o-a1b2c3d4e5'}}}",
		},
		.layers = LAYERS_ALL,
		.condition = use_condition_key_only_with_supported_services,
	},
	{ .complaint = { .id = NULL } },
};
