/* SPDX-License-Identifier: MIT */
/*
 * Rules about the trust policy of a role: which actions it may hold, and whom
 * among accounts, roles and services it lets in.  Identity providers stand in
 * rules_federation.c and rules_oidc.c.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/grant.h"
#include "policy/remnant.h"
#include "policy/rules.h"
#include "policy/wording.h"

static void
role_trust_policy_unsupported_wildcard_in_principal(struct check *check,
    const struct principal *principal)
{
	struct finding *finding;

	if (principal->kind != PRINCIPAL_EVERYONE)
		return;
	finding = check_complain_of(check, principal->node, "a trust policy "
	    "takes no bare `*` as Principal; AWS refuses it");
	check_help(check, finding, check->statement->effect == EFFECT_DENY ?
	    "write `{\"AWS\": \"*\"}`" : "name the accounts, services or "
	    "providers that are meant");
}

static bool
is_trust_pattern(struct check *check, const struct node *entry)
{
	const char *action = TRUST_ASSUMING " " TRUST_BESIDE;
	const struct expansion *expansion;

	if (entry->length < 4 || strncasecmp(entry->text, "sts:", 4) != 0)
		return false;
	expansion = check_expand(check, entry);
	while (*action != '\0') {
		size_t length = strcspn(action, " ");

		if (pattern_match(&expansion->pattern, action, length))
			return true;
		action += length + strspn(action + length, " ");
	}
	return false;
}

static void
trust_action_not_sts(struct check *check, const struct node *entry)
{
	if (check->statement->action.negated || is_trust_pattern(check, entry))
		return;
	check_complain_of(check, entry, "`%.*s` is not decided by a trust "
	    "policy; AWS refuses all but sts:AssumeRole and its kin",
	    (int)entry->length, entry->text);
}

static bool
grants_assume(struct check *check, const struct statement *statement)
{
	return statement->effect == EFFECT_ALLOW &&
	    !statement->principal.negated &&
	    statement_reaches(check, statement, "sts:AssumeRole");
}

/* PRIN-4. */
static void
trust_account_root(struct check *check, const struct principal *principal)
{
	struct caller caller = caller_read(principal);
	struct finding *finding;

	if (caller.kind != CALLER_ACCOUNT ||
	    !statement_holds(check->statement) ||
	    !grants_assume(check, check->statement))
		return;
	finding = check_complain_of(check, principal->node, "every user and "
	    "role of account %.*s may assume the role, if that account lets "
	    "them", ACCOUNT_LENGTH, caller.account);
	check_help(check, finding, "name the users or roles, or test "
	    "aws:PrincipalArn");
}

/* The first condition that is about tags sent along, other than on absence. */
static const struct condition *
find_tag_test(const struct statement *statement)
{
	static const char *const keys[] = {
		"aws:RequestTag/", "aws:TagKeys", "sts:TransitiveTagKeys", NULL
	};

	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (!condition_is_on_one(condition, keys))
			continue;
		if (condition->use.operator != OPERATOR_Null ||
		    condition_needs_key(condition))
			return condition;
	}
	return NULL;
}

static bool
grants_entry(struct check *check, const struct statement *statement)
{
	return grants_assume(check, statement) ||
	    (statement->effect == EFFECT_ALLOW &&
	    (statement_reaches(check, statement, "sts:AssumeRoleWithSAML") ||
	    statement_reaches(check, statement,
	    "sts:AssumeRoleWithWebIdentity")));
}

/* TRUST-8. */
static void
trust_tag_session_missing(struct check *check)
{
	const struct policy *policy = check->subject->policy;

	if (grant_is_made(check, "sts:TagSession"))
		return;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		const struct condition *test = find_tag_test(statement);
		const struct node *node;

		if (test == NULL || !grants_entry(check, statement))
			continue;
		node = test->node;
		check->statement = statement;
		check_complain_of_key(check, node, "`%.*s` is about session "
		    "tags, and nothing here allows sts:TagSession: a call "
		    "that sends tags fails", (int)node->key_length, node->key);
	}
	check->statement = NULL;
}

/* What a stranger who goes by way of the account cannot show. */
static const char *const external_keys[] = {
	"sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", NULL
};

static bool
names_external_id(struct check *check, const struct condition *condition,
    const struct claim *claim)
{
	(void)check;
	(void)claim;
	for (size_t i = 0; i < condition->count; i++)
		if (wording_value_is_wild(condition->values[i]) ||
		    wording_value_is_open(condition->values[i]))
			return false;
	return condition_is_on_one(condition, external_keys);
}

static void
check_external_id(struct check *check, const struct caller *caller,
    const struct principal *who, const struct node *node)
{
	const struct claim claim = { .action = "sts:AssumeRole", .who = who,
	    .is_enough = names_external_id };
	struct finding *finding;

	if (!caller_is_foreign(caller, check->options) ||
	    statement_demands(check->statement, external_keys) ||
	    !grants_assume(check, check->statement) ||
	    !remnant_stands(check, check->statement, &claim))
		return;
	finding = check_complain_of(check, node, "account %.*s may assume the "
	    "role for any of its own customers: no external id is demanded",
	    ACCOUNT_LENGTH, caller->account);
	check_help(check, finding, "add `\"StringEquals\": "
	    "{\"sts:ExternalId\": \"...\"}` with an id that only you and they "
	    "use");
}

static void
external_id_missing(struct check *check, const struct principal *principal)
{
	struct caller caller = caller_read(principal);

	check_external_id(check, &caller, principal, principal->node);
}

/* Where Principal names everyone, the condition says who is meant. */
static void
external_id_missing_of_value(struct check *check,
    const struct condition *condition, const struct node *value)
{
	const struct principal *everyone = statement_everyone(
	    check->statement);
	struct caller caller = caller_of_value(condition, value);

	if (everyone != NULL)
		check_external_id(check, &caller, everyone, value);
}

/* A wildcard that is none of ${*} and ${?} (VAR-3). */
static bool
has_wildcard(const struct node *node)
{
	for (size_t i = 0; i < node->length; i++) {
		if (node->text[i] != '*' && node->text[i] != '?')
			continue;
		if (i < 2 || memcmp(node->text + i - 2, "${", 2) != 0)
			return true;
	}
	return false;
}

static void
external_id_wildcard(struct check *check, const struct condition *condition,
    const struct node *value)
{
	if (check->statement->effect != EFFECT_ALLOW ||
	    !condition_selects(condition) ||
	    !condition_is_on(condition, "sts:ExternalId"))
		return;
	if (condition_facts(condition)->comparison == COMPARISON_like &&
	    has_wildcard(value))
		check_complain_of(check, value, "`%.*s` takes many external "
		    "ids; it is as good as none", (int)value->length,
		    value->text);
	else if (value->length < 2)
		check_complain_of(check, value, "`%.*s` is too short: AWS "
		    "takes external ids of 2 to 1,224 characters",
		    (int)value->length, value->text);
}

static const struct principal *
find_roles_anywhere(const struct statement *statement)
{
	const struct principals *principals = &statement->principal;

	for (size_t i = 0; !principals->negated && i < principals->count; i++)
		if (principals->items[i].kind == PRINCIPAL_SERVICE &&
		    node_is(principals->items[i].node,
		    "rolesanywhere.amazonaws.com"))
			return &principals->items[i];
	return NULL;
}

/* The first action of the three that nobody may allow to Roles Anywhere. */
static const char *
find_missing_action(struct check *check)
{
	static const char *const needed[] = {
		"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"
	};
	const struct policy *policy = check->subject->policy;
	bool allowed[3] = { false, false, false };

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		if (statement->effect != EFFECT_ALLOW ||
		    (find_roles_anywhere(statement) == NULL &&
		    !statement->principal.partial))
			continue;
		for (size_t k = 0; k < 3; k++)
			allowed[k] = allowed[k] || statement_may_reach(check,
			    statement, needed[k]);
	}
	for (size_t k = 0; k < 3; k++)
		if (!allowed[k])
			return needed[k];
	return NULL;
}

static void
missing_action_for_roles_anywhere_trust_policy(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const char *missing = NULL;

	if (policy->partial)
		return;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		const struct principal *service =
		    find_roles_anywhere(statement);

		if (service == NULL || statement->effect != EFFECT_ALLOW)
			continue;
		missing = find_missing_action(check);
		if (missing == NULL)
			return;
		check->statement = statement;
		check_complain_of(check, service->node, "Roles Anywhere needs "
		    "sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity "
		    "to get in, and %s is not allowed to it", missing);
		break;
	}
	check->statement = NULL;
}

/* A trust policy of at most 4,096 characters (GRAM-39) names no more. */
enum { PRINCIPALS_MAX = 256 };

static bool
is_session_of(const struct caller *session, const struct caller *role)
{
	return role->kind == CALLER_ROLE && role->length == session->length &&
	    memcmp(role->account, session->account, ACCOUNT_LENGTH) == 0 &&
	    strncasecmp(role->name, session->name, role->length) == 0;
}

/* PRIN-7, PRIN-9. */
static void
redundant_principal_in_role_trust_policy(struct check *check,
    const struct principal *principal)
{
	const struct principals *principals = &check->statement->principal;
	struct caller session = caller_read(principal);

	if (session.kind != CALLER_SESSION ||
	    check->statement->effect != EFFECT_ALLOW)
		return;
	for (size_t i = 0; i < principals->count && i < PRINCIPALS_MAX; i++) {
		const struct node *node = principals->items[i].node;
		struct caller role = caller_read(&principals->items[i]);
		struct finding *finding;

		if (!is_session_of(&session, &role))
			continue;
		finding = check_complain_of(check, principal->node, "this "
		    "session is let in already, as one of its role");
		report_relate(check->report, finding, node->span,
		    "the role stands here");
		return;
	}
}

const struct rule trust_rules[] = {
	{
		.complaint = {
			.id = "role-trust-policy-unsupported-wildcard-in-"
			    "principal",
			.severity = SEVERITY_ERROR,
			.says = "a trust policy has the bare `*` as Principal",
			.why = "AWS does not take it there.  Name who may "
			    "assume the role; `{\"AWS\": \"*\"}` is accepted "
			    "and wants a condition that binds the caller.",
			.aa = "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_"
			    "PRINCIPAL",
			.supersedes = "public-principal",
			.fires_on = "trust {'Effect':'Allow','Principal':'*',"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(TRUST),
		.principal =
		    role_trust_policy_unsupported_wildcard_in_principal,
	},
	{
		.complaint = {
			.id = "trust-action-not-sts",
			.severity = SEVERITY_ERROR,
			.says = "an action of a trust policy is not about "
			    "assuming the role",
			.why = "A trust policy decides sts:AssumeRole, "
			    "AssumeRoleWithSAML, AssumeRoleWithWebIdentity, "
			    "TagSession, SetSourceIdentity and SetContext; "
			    "AWS refuses the rest, `*` too.  What the role may "
			    "do stands in its own policies.",
			.supersedes = "wildcard-in-service-name",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},'Action':'*'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},'Action':'sts:Assume*'}",
		},
		.layers = LAYER_SET(TRUST),
		.action = trust_action_not_sts,
	},
	{
		.complaint = {
			.id = "trust-account-root",
			.severity = SEVERITY_NOTE,
			.says = "a whole account is trusted without condition",
			.why = "The account, or its root ARN, stands for every "
			    "user and role in it, not for its root user.  Name "
			    "the ones that are meant, or test "
			    "aws:PrincipalArn.",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:root'},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:role/r'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(TRUST),
		.principal = trust_account_root,
	},
	{
		.complaint = {
			.id = "trust-tag-session-missing",
			.severity = SEVERITY_WARNING,
			.says = "session tags are tested, and sts:TagSession "
			    "is not allowed",
			.why = "A call that sends tags needs sts:TagSession "
			    "beside the assume action, in the trust policy "
			    "too.  Add it to the statement.",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole','Condition':"
			    "{'StringEquals':{'aws:RequestTag/team':'blue'}}}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},'Action':"
			    "['sts:AssumeRole','sts:TagSession'],'Condition':"
			    "{'StringEquals':{'aws:RequestTag/team':'blue'}}}",
		},
		.layers = LAYER_SET(TRUST),
		.document = trust_tag_session_missing,
	},
	{
		.complaint = {
			.id = "external-id-missing",
			.severity = SEVERITY_SECURITY,
			.configured = true,
			.says = "another company's account is trusted without "
			    "an external id",
			.why = "A vendor assumes roles for all its customers; "
			    "one of them can name your role as its own.  "
			    "Demand an sts:ExternalId that the vendor ties to "
			    "you.  `accounts` in sekisho.json lists your own.",
			.fires_on = "with {'accounts':['111122223333']}; trust "
			    "{'Effect':'Allow','Principal':"
			    "{'AWS':'444455556666'},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "with {'accounts':['111122223333']}; trust "
			    "{'Effect':'Allow','Principal':"
			    "{'AWS':'444455556666'},"
			    "'Action':'sts:AssumeRole','Condition':"
			    "{'StringEquals':{'sts:ExternalId':'k7-29x'}}}",
		},
		.layers = LAYER_SET(TRUST),
		.options = "accounts",
		.find_fault = caller_find_fault,
		.principal = external_id_missing,
		.value = external_id_missing_of_value,
	},
	{
		.complaint = {
			.id = "external-id-wildcard",
			.severity = SEVERITY_SECURITY,
			.says = "an external id is a pattern, or too short to "
			    "be one",
			.why = "The id is what tells one customer of a vendor "
			    "from another; a pattern lets others pass.  "
			    "Compare one exact id under StringEquals.",
			.supersedes = "equivalent-to-null-false",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'444455556666'},"
			    "'Action':'sts:AssumeRole','Condition':"
			    "{'StringLike':{'sts:ExternalId':'k7-*'}}}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'444455556666'},"
			    "'Action':'sts:AssumeRole','Condition':"
			    "{'StringLike':{'sts:ExternalId':'k7-29x'}}}",
		},
		.layers = LAYER_SET(TRUST),
		.value = external_id_wildcard,
	},
	{
		.complaint = {
			.id = "missing-action-for-roles-anywhere-trust-policy",
			.severity = SEVERITY_ERROR,
			.says = "IAM Roles Anywhere is trusted without all "
			    "actions that it needs",
			.why = "Roles Anywhere assumes the role, tags the "
			    "session and sets its source identity in one "
			    "call; each of the three must be allowed or the "
			    "call fails.",
			.aa = "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'Service':'rolesanywhere.amazonaws.com'},"
			    "'Action':['sts:AssumeRole','sts:TagSession']}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'Service':'rolesanywhere.amazonaws.com'},"
			    "'Action':['sts:AssumeRole','sts:TagSession',"
			    "'sts:SetSourceIdentity']}",
		},
		.layers = LAYER_SET(TRUST),
		.document = missing_action_for_roles_anywhere_trust_policy,
	},
	{
		.complaint = {
			.id = "redundant-principal-in-role-trust-policy",
			.severity = SEVERITY_NOTE,
			.says = "a role and one of its own sessions are both "
			    "trusted",
			.why = "Whoever trusts a role trusts all its "
			    "sessions.  Keep the role, or keep only the "
			    "session if nobody else is meant.",
			.aa = "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':['arn:aws:iam::111122223333:role/r',"
			    "'arn:aws:sts::111122223333:assumed-role/r/s']},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':['arn:aws:iam::111122223333:role/r',"
			    "'arn:aws:sts::111122223333:assumed-role/q/s']},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(TRUST),
		.principal = redundant_principal_in_role_trust_policy,
	},
	{ .complaint = { .id = NULL } }
};
