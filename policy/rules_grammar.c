/* SPDX-License-Identifier: MIT */
/*
 * Rules about the shape of a policy that depend on its layer: which elements
 * stand in it, what their names may hold, and what was left empty (SPEC 1).
 * What no layer allows has been said by the reader before; what the elements
 * mean is not known here.
 */
#include "config.h"

#include <string.h>

#include "policy/grant.h"
#include "policy/rules.h"

/* Elements that are missing, or that the layer does not take. */

/* Services whose resource policies name no resource (GRAM-26). */
#define WITHOUT_RESOURCE	"ecr ecr-public elasticfilesystem"

static void
missing_principal(struct check *check)
{
	const struct statement *statement = check->statement;
	struct finding *finding;

	if (statement->principal.node != NULL)
		return;
	finding = check_complain(check, node_opening(statement->node),
	    "the statement names no principal; it has no effect");
	if (check->subject->layer == LAYER_RCP)
		check_help(check, finding, "add `\"Principal\": \"*\"`");
}

/*
 * Some services take policies without Resource, ECR must have them so and the
 * console of EFS writes them so (GRAM-26): only where the service is known is
 * the absence an error.
 */
static bool
may_lack_resource(const struct statement *statement)
{
	for (size_t i = 0; i < statement->action.count; i++) {
		const struct node *entry = statement->action.items[i];
		const char *colon = memchr(entry->text, ':', entry->length);

		if (colon == NULL || !word_is_among(entry->text,
		    (size_t)(colon - entry->text), WITHOUT_RESOURCE))
			return false;
	}
	return statement->action.count > 0 && !statement->action.negated;
}

static void
missing_resource(struct check *check)
{
	const struct statement *statement = check->statement;
	struct finding *finding;

	if (statement->resource.node != NULL ||
	    check_is_attached(check, WITHOUT_RESOURCE) ||
	    (check->subject->layer == LAYER_RESOURCE &&
	    check->subject->service == NULL && may_lack_resource(statement)))
		return;
	finding = check_complain(check, node_opening(statement->node),
	    "the statement has neither `Resource` nor `NotResource`; it "
	    "applies to nothing");
	if (check->subject->layer == LAYER_RESOURCE &&
	    !check_is_attached(check, "kms s3 sns sqs"))
		finding->severity = SEVERITY_WARNING;
}

/* What AWS itself gives to an interface endpoint that gets no policy. */
static bool
is_endpoint_default(const struct subject *subject)
{
	const struct statement *statement = subject->policy->statements;

	return subject->layer == LAYER_ENDPOINT &&
	    subject->policy->count == 1 &&
	    grant_is_star(statement) &&
	    statement->principal.count == 1 &&
	    !statement->principal.negated &&
	    principal_is_everyone(&statement->principal.items[0]);
}

static void
missing_version(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	struct finding *finding;

	/* A bare statement has been told to put a policy around itself. */
	if (policy->version_node != NULL || policy->statement_node == NULL ||
	    is_endpoint_default(check->subject))
		return;
	finding = check_complain(check, node_opening(policy->node),
	    "the policy has no `Version`, so it is read as 2008-10-17, where "
	    "variables are plain text");
	check_help(check, finding, "add `\"Version\": \"2012-10-17\"`");
}

static void
unsupported_principal(struct check *check)
{
	const struct node *node = check->statement->principal.node;

	if (node != NULL)
		check_complain_of_key(check, node,
		    "`%s` cannot stand in a policy that is attached to an "
		    "identity; IAM refuses the document", node->key);
}

static void
id_not_allowed(struct check *check)
{
	const struct node *id = check->subject->policy->id;

	if (id != NULL)
		check_complain_of_key(check, id,
		    "`Id` is for policies on resources; this one is refused "
		    "with it");
}

static void
role_trust_policy_syntax_error_notprincipal(struct check *check)
{
	const struct principals *principal = &check->statement->principal;

	if (principal->node != NULL && principal->negated)
		check_complain_of_key(check, principal->node,
		    "`NotPrincipal` cannot stand in a trust policy; IAM "
		    "refuses the document");
}

static void
role_trust_policy_syntax_error_resource(struct check *check)
{
	const struct node *node = check->statement->resource.node;

	if (node != NULL)
		check_complain_of_key(check, node,
		    "`%s` cannot stand in a trust policy, whose resource is "
		    "its role; IAM refuses the document", node->key);
}

/* What was left empty (GRAM-33 to GRAM-35). */

static bool
is_empty(const struct node *node, enum node_kind kind)
{
	return node != NULL && node->kind == kind && node->count == 0;
}

/*
 * An empty list in Action or Resource names nothing; in the Not form it
 * leaves out nothing, so the statement is as wide as it can be (GRAM-34).
 */
static void
check_list(struct check *check, const struct element *element,
    const char *things)
{
	struct finding *finding;

	if (!is_empty(element->node, NODE_ARRAY))
		return;
	if (!element->negated) {
		check_complain_of(check, element->node,
		    "`%s` is empty; the statement applies to no %s",
		    element->node->key, things);
		return;
	}
	finding = check_complain_of(check, element->node,
	    "`%s` is empty and leaves out nothing; the statement applies to "
	    "every %s", element->node->key, things);
	finding->severity = SEVERITY_ERROR;
}

static void
empty_array_action(struct check *check)
{
	check_list(check, &check->statement->action, "action");
}

static void
empty_array_resource(struct check *check)
{
	check_list(check, &check->statement->resource, "resource");
}

static void
empty_array_principal(struct check *check)
{
	const struct principals *principal = &check->statement->principal;

	if (principal->node == NULL || principal->node->kind != NODE_OBJECT)
		return;
	for (const struct node *kind = principal->node->first; kind != NULL;
	    kind = kind->next)
		if (is_empty(kind, NODE_ARRAY))
			check_complain_of(check, kind, "the list of `%s` "
			    "principals is empty and %s nobody", kind->key,
			    principal->negated ? "excepts" : "names");
}

static void
empty_object_principal(struct check *check)
{
	const struct principals *principal = &check->statement->principal;

	if (is_empty(principal->node, NODE_OBJECT))
		check_complain_of(check, principal->node,
		    "`%s` is empty and %s nobody", principal->node->key,
		    principal->negated ? "excepts" : "names");
}

static void
empty_object_condition(struct check *check)
{
	const struct node *node = check->statement->condition_node;

	if (node == NULL || node->kind != NODE_OBJECT)
		return;
	if (node->count == 0)
		check_complain_of(check, node,
		    "`Condition` is empty; the statement applies always");
	for (const struct node *block = node->first; block != NULL;
	    block = block->next)
		if (is_empty(block, NODE_OBJECT))
			check_complain_of(check, block,
			    "`%s` tests no key; it is no condition",
			    block->key);
}

const struct rule grammar_rules[] = {
	{
		.complaint = {
			.id = "missing-principal",
			.severity = SEVERITY_ERROR,
			.says = "a statement of a policy on a resource names "
			    "no principal",
			.why = "Policies on resources, roles and endpoints "
			    "must say whom they are about; such a statement "
			    "is refused or has no effect. Add Principal.",
			.aa = "MISSING_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':'111122223333'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_PRINCIPAL,
		.statement = missing_principal,
	},
	{
		.complaint = {
			.id = "missing-resource",
			.severity = SEVERITY_ERROR,
			.says = "a statement names no resource",
			.why = "Without Resource or NotResource a statement "
			    "applies to nothing, and most kinds of policy are "
			    "refused. Name the resources.",
			.aa = "MISSING_RESOURCE",
			.fires_on = "{'Effect':'Allow','Action':'s3:Get*'}",
			.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL & ~LAYER_SET(TRUST),
		.statement = missing_resource,
	},
	{
		.complaint = {
			.id = "missing-version",
			.severity = SEVERITY_WARNING,
			.says = "the policy does not say which version of the "
			    "language it is written in",
			.why = "Without Version the language of 2008 applies, "
			    "in which variables are plain text. Write "
			    "2012-10-17.",
			.aa = "MISSING_VERSION",
			.fires_on = "{'Statement':{'Effect':'Deny',"
			    "'Action':'*','Resource':'*'}}",
			.quiet_on = "{'Version':'2012-10-17','Statement':"
			    "{'Effect':'Deny','Action':'*','Resource':'*'}}",
		},
		.layers = LAYERS_ALL,
		.document = missing_version,
	},
	{
		.complaint = {
			.id = "unsupported-principal",
			.severity = SEVERITY_ERROR,
			.says = "a policy that is attached to an identity "
			    "names a principal",
			.why = "Its principal is whoever it is attached to, "
			    "and IAM refuses Principal and NotPrincipal there "
			    "(GRAM-21). Leave the element out.",
			.aa = "UNSUPPORTED_PRINCIPAL",
			.fires_on = "identity {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:Get*',"
			    "'Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow',"
			    "'Action':'s3:Get*','Resource':'*'}",
		},
		.layers = LAYERS_ATTACHED,
		.statement = unsupported_principal,
	},
	{
		.complaint = {
			.id = "id-not-allowed",
			.severity = SEVERITY_ERROR,
			.says = "`Id` stands in a policy that takes none",
			.why = "Only policies on resources, roles and "
			    "endpoints have an Id (GRAM-20); others are "
			    "refused with it. Leave it out.",
			.fires_on = "identity {'Version':'2012-10-17',"
			    "'Id':'mine','Statement':{'Effect':'Deny',"
			    "'Action':'*','Resource':'*'}}",
			.quiet_on = "identity {'Version':'2012-10-17',"
			    "'Statement':{'Effect':'Deny','Action':'*',"
			    "'Resource':'*'}}",
		},
		.layers = LAYERS_ATTACHED | LAYER_SET(SCP) | LAYER_SET(RCP),
		.document = id_not_allowed,
	},
	{
		.complaint = {
			.id = "role-trust-policy-syntax-error-notprincipal",
			.severity = SEVERITY_ERROR,
			.says = "a trust policy uses NotPrincipal",
			.why = "IAM refuses it (GRAM-23). Name whom the role "
			    "trusts, or deny with a condition on "
			    "aws:PrincipalArn.",
			.aa = "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
			.fires_on = "trust {'Effect':'Deny','NotPrincipal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Deny','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(TRUST),
		.statement = role_trust_policy_syntax_error_notprincipal,
	},
	{
		.complaint = {
			.id = "role-trust-policy-syntax-error-resource",
			.severity = SEVERITY_ERROR,
			.says = "a trust policy names a resource",
			.why = "The resource of a trust policy is the role it "
			    "belongs to, and IAM refuses another (GRAM-24). "
			    "Leave the element out.",
			.aa = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole','Resource':'*'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(TRUST),
		.statement = role_trust_policy_syntax_error_resource,
	},
	{
		.complaint = {
			.id = "empty-array-action",
			.severity = SEVERITY_NOTE,
			.says = "Action or NotAction is an empty list",
			.why = "Without an action a statement does nothing "
			    "(GRAM-33); an empty NotAction leaves out nothing "
			    "and is an error (GRAM-34). Name the actions.",
			.aa = "EMPTY_ARRAY_ACTION",
			.fires_on = "{'Effect':'Allow','Action':[],"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Allow','Action':['s3:Get*'],"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_array_action,
	},
	{
		.complaint = {
			.id = "empty-array-resource",
			.severity = SEVERITY_NOTE,
			.says = "Resource or NotResource is an empty list",
			.why = "Without a resource a statement does nothing "
			    "(GRAM-33); an empty NotResource leaves out "
			    "nothing and is an error (GRAM-34). Name the "
			    "resources.",
			.aa = "EMPTY_ARRAY_RESOURCE",
			.fires_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':[]}",
			.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':['*']}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_array_resource,
	},
	{
		.complaint = {
			.id = "empty-array-principal",
			.severity = SEVERITY_NOTE,
			.says = "a list of principals is empty",
			.why = "An empty list names nobody; if it is the only "
			    "one, the statement does nothing (GRAM-33). Name "
			    "a principal or leave the list out.",
			.aa = "EMPTY_ARRAY_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':[]},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':['111122223333']},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_PRINCIPAL,
		.statement = empty_array_principal,
	},
	{
		.complaint = {
			.id = "empty-object-principal",
			.severity = SEVERITY_NOTE,
			.says = "Principal or NotPrincipal is an empty object",
			.why = "It names nobody, so the statement does nothing "
			    "or excepts nobody. Name a principal.",
			.aa = "EMPTY_OBJECT_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Principal':{},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':'111122223333'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_PRINCIPAL,
		.statement = empty_object_principal,
	},
	{
		.complaint = {
			.id = "empty-object-condition",
			.severity = SEVERITY_NOTE,
			.says = "Condition or one of its operators is an "
			    "empty object",
			.why = "It is no condition: the statement applies as "
			    "if it were not there (GRAM-35). Fill it in or "
			    "leave it out.",
			.aa = "EMPTY_OBJECT_CONDITION",
			.fires_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*','Condition':{'StringEquals':{}}}",
			.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*','Condition':{'StringEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_object_condition,
	},
	{ .complaint = { .id = NULL } },
};
