/* SPDX-License-Identifier: MIT */
/*
 * Rules about the policies of an organization: what SCPs and RCPs may hold
 * (GRAM-27, GRAM-28).  SCPs take the whole language, so little is left to
 * forbid there.
 */
#include "config.h"

#include "policy/grant.h"
#include "policy/rules.h"

static void
scp_rcp_missing_version(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const struct node *version = policy->version_node;
	const char *name = check->subject->layer == LAYER_SCP ? "SCP" : "RCP";
	struct finding *finding;

	if (policy->statement_node == NULL)
		return;
	if (version == NULL)
		finding = check_complain(check, node_opening(policy->node),
		    "an %s without `Version` is refused", name);
	else if (node_is(version, "2008-10-17"))
		finding = check_complain_of(check, version,
		    "an %s of version `2008-10-17` is refused", name);
	else
		return;
	check_help(check, finding, "write `\"Version\": \"2012-10-17\"`");
}

static void
scp_syntax_error_principal(struct check *check)
{
	const struct node *node = check->statement->principal.node;

	if (node != NULL)
		check_complain_of_key(check, node,
		    "`%s` cannot stand in an SCP, which binds the principals "
		    "of the accounts below it; the document is refused",
		    node->key);
}

/* What Organizations took before September 2025. */
static void
scp_syntax_error_action_wildcard(struct check *check,
    const struct node *action)
{
	for (size_t i = 0; i + 1 < action->length; i++) {
		if (action->text[i] != '*' && action->text[i] != '?')
			continue;
		check_complain_of(check, action,
		    "`%s` has a wildcard before its end, which older tools "
		    "refuse in an SCP", action->text);
		return;
	}
}

/* RCPs (GRAM-28). */

static bool
names_everyone(const struct principals *principal)
{
	return !principal->negated && principal->count == 1 &&
	    principal->items[0].kind == PRINCIPAL_EVERYONE;
}

/* The statement of RCPFullAWSAccess, the one Allow that AWS writes. */
static bool
is_full_access(const struct statement *statement)
{
	return grant_is_star(statement) &&
	    names_everyone(&statement->principal);
}

static void
rcp_syntax_error_principal(struct check *check)
{
	const struct principals *principal = &check->statement->principal;

	if (principal->node == NULL || names_everyone(principal))
		return;
	if (principal->negated)
		check_complain_of_key(check, principal->node,
		    "`NotPrincipal` cannot stand in an RCP; the document is "
		    "refused");
	else
		check_complain_of(check, principal->node,
		    "the principal of an RCP is `\"*\"`; the document is "
		    "refused with another");
}

static void
rcp_syntax_error_allow(struct check *check)
{
	const struct statement *statement = check->statement;

	if (statement->effect == EFFECT_ALLOW && !is_full_access(statement))
		check_complain_of(check, statement->effect_node,
		    "an RCP can only deny; the one that allows is AWS's own "
		    "RCPFullAWSAccess, and this is refused");
}

static void
rcp_syntax_error_notaction(struct check *check)
{
	const struct element *action = &check->statement->action;

	if (action->node != NULL && action->negated)
		check_complain_of_key(check, action->node,
		    "`NotAction` cannot stand in an RCP; the document is "
		    "refused");
}

static void
rcp_syntax_error_action(struct check *check, const struct node *action)
{
	const struct expansion *expansion = check_expand(check, action);
	struct finding *finding;

	if (check->statement->action.negated ||
	    is_full_access(check->statement) ||
	    (!expansion->any && !expansion->prefix_wild))
		return;
	finding = check_complain_of(check, action,
	    "`%s` names no service; an RCP is refused with it", action->text);
	check_help(check, finding, "name each service, as in `s3:*`");
}

/*
 * That a service takes no RCPs is a fact of today (GRAM-29): a warning.  Of
 * entries that stand together only the first is complained of.
 */
static void
service_without_rcps(struct check *check)
{
	const struct element *action = &check->statement->action;
	const struct service *service, *last = NULL;

	for (size_t i = 0; !action->negated && i < action->count; i++) {
		service = check_expand(check, action->items[i])->service;
		if (service != NULL && service != last && !service->rcp)
			check_complain_of(check, action->items[i],
			    "RCPs do not reach `%s` (catalogue of %s); `%s` "
			    "denies nothing here", service->prefix,
			    check->subject->catalog->date,
			    action->items[i]->text)->severity =
			    SEVERITY_WARNING;
		last = service;
	}
}

const struct rule organization_rules[] = {
	{
		.complaint = {
			.id = "scp-rcp-missing-version",
			.severity = SEVERITY_ERROR,
			.says = "an SCP or RCP does not say Version "
			    "2012-10-17",
			.why = "Organizations refuses policies of another "
			    "version, or of none (GRAM-27, GRAM-28).",
			.aa = "MISSING_VERSION",
			.supersedes = "missing-version",
			.fires_on = "scp {'Statement':{'Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}}",
			.quiet_on = "scp {'Version':'2012-10-17',"
			    "'Statement':{'Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}}",
		},
		.layers = LAYER_SET(SCP) | LAYER_SET(RCP),
		.document = scp_rcp_missing_version,
	},
	{
		.complaint = {
			.id = "scp-syntax-error-principal",
			.severity = SEVERITY_ERROR,
			.says = "an SCP names a principal",
			.why = "SCPs bind every principal of the accounts "
			    "below them and are refused with Principal or "
			    "NotPrincipal (GRAM-27). Test aws:PrincipalArn "
			    "in a Condition instead.",
			.aa = "SCP_SYNTAX_ERROR_PRINCIPAL",
			.fires_on = "scp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*'}",
			.quiet_on = "scp {'Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYER_SET(SCP),
		.statement = scp_syntax_error_principal,
	},
	{
		.complaint = {
			.id = "scp-syntax-error-action-wildcard",
			.severity = SEVERITY_ERROR,
			.configured = true,
			.says = "an action of an SCP has a wildcard before its "
			    "end",
			.why = "Organizations takes them since September 2025 "
			    "(GRAM-27), so this is for those whose own tools "
			    "do not. Write out the names, or end the action "
			    "with the wildcard.",
			.aa = "SCP_SYNTAX_ERROR_ACTION_WILDCARD",
			.fires_on = "scp {'Effect':'Deny','Action':"
			    "'iam:*Role','Resource':'*'}",
			.quiet_on = "scp {'Effect':'Deny','Action':"
			    "'iam:Create*','Resource':'*'}",
		},
		.layers = LAYER_SET(SCP),
		.action = scp_syntax_error_action_wildcard,
	},
	{
		.complaint = {
			.id = "rcp-syntax-error-principal",
			.severity = SEVERITY_ERROR,
			.says = "the principal of an RCP is not `\"*\"`",
			.why = "RCPs bind every caller and are refused with "
			    "another Principal or with NotPrincipal "
			    "(GRAM-28). Tell callers apart in a Condition.",
			.aa = "RCP_SYNTAX_ERROR_PRINCIPAL",
			.supersedes = "invalid-principal-format",
			.fires_on = "rcp {'Effect':'Deny','Principal':"
			    "{'AWS':'111122223333'},'Action':'s3:*',"
			    "'Resource':'*'}",
			.quiet_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYER_SET(RCP),
		.statement = rcp_syntax_error_principal,
	},
	{
		.complaint = {
			.id = "rcp-syntax-error-allow",
			.severity = SEVERITY_ERROR,
			.says = "an RCP allows something",
			.why = "RCPFullAWSAccess allows everything at every "
			    "level and cannot be detached; your own RCPs are "
			    "refused unless they only deny (GRAM-28, RCP-1).",
			.aa = "RCP_SYNTAX_ERROR_ALLOW",
			.fires_on = "rcp {'Effect':'Allow','Principal':'*',"
			    "'Action':'s3:*','Resource':'*'}",
			.quiet_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYER_SET(RCP),
		.statement = rcp_syntax_error_allow,
	},
	{
		.complaint = {
			.id = "rcp-syntax-error-notaction",
			.severity = SEVERITY_ERROR,
			.says = "an RCP uses NotAction",
			.why = "RCPs are refused with it (GRAM-28). Name the "
			    "actions.",
			.aa = "RCP_SYNTAX_ERROR_NOTACTION",
			.fires_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'NotAction':'s3:*','Resource':'*'}",
			.quiet_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYER_SET(RCP),
		.statement = rcp_syntax_error_notaction,
	},
	{
		.complaint = {
			.id = "rcp-syntax-error-action",
			.severity = SEVERITY_ERROR,
			.says = "an action of an RCP names no service that "
			    "RCPs reach",
			.why = "A bare `*` or a wildcard in the service is "
			    "refused (GRAM-28, GRAM-38), which is an error; "
			    "that a service is not reached today is a warning, "
			    "for it denies nothing (GRAM-29).",
			.aa = "RCP_SYNTAX_ERROR_ACTION",
			.supersedes = "wildcard-in-service-name",
			.fires_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'*','Resource':'*'}",
			.quiet_on = "rcp {'Effect':'Deny','Principal':'*',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYER_SET(RCP),
		.statement = service_without_rcps,
		.action = rcp_syntax_error_action,
	},
	{ .complaint = { .id = NULL } },
};
