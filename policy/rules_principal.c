/* SPDX-License-Identifier: MIT */
/*
 * Rules about the entries of Principal and NotPrincipal: whether they name
 * anybody, and whom they name without saying so (SPEC 2.5).  Who may be a
 * principal of a role's trust policy, and what AWS services need, stands in
 * files of its own.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "policy/caller.h"
#include "policy/rules.h"

/* A resource side policy that names who may call. */
#define LAYERS_NAMING	(LAYER_SET(RESOURCE) | LAYER_SET(TRUST) | \
			 LAYER_SET(ENDPOINT))

static void
help_with_pattern(struct check *check, struct finding *finding,
    const struct node *node)
{
	struct arn arn = arn_split(node->text, node->length);

	if (arn.count != ARN_FIELD_COUNT || !account_id_is_valid(
	    arn.field[ARN_ACCOUNT].text, arn.field[ARN_ACCOUNT].length))
		return;
	check_help(check, finding, "name the account `%.*s` and compare "
	    "aws:PrincipalArn with the pattern under ArnLike",
	    ACCOUNT_LENGTH, arn.field[ARN_ACCOUNT].text);
}

/* PRIN-2. */
static void
unsupported_wildcard_in_principal(struct check *check,
    const struct principal *principal)
{
	const struct node *node = principal->node;
	struct finding *finding;

	if (caller_read(principal).kind != CALLER_WILD)
		return;
	finding = check_complain_of(check, node, node->length == 1 ?
	    "`%.*s` is a wildcard under AWS only; here it is refused" :
	    "`%.*s` is no pattern: a principal takes no wildcard but a lone "
	    "`*`, so this is refused", (int)node->length, node->text);
	help_with_pattern(check, finding, node);
}

/* PRIN-16. */
static void
complain_of_id(struct check *check, const struct principal *principal,
    enum caller_kind kind, const char *what)
{
	const struct node *node = principal->node;

	if (caller_read(principal).kind != kind)
		return;
	check_complain_of(check, node, "`%.*s` is the unique id of a %s, which "
	    "stands here once the %s is deleted; nobody new matches it",
	    (int)node->length, node->text, what, what);
}

static void
invalid_role_reference(struct check *check, const struct principal *principal)
{
	complain_of_id(check, principal, CALLER_ROLE_ID, "role");
}

static void
invalid_user_reference(struct check *check, const struct principal *principal)
{
	complain_of_id(check, principal, CALLER_USER_ID, "user");
}

static bool
starts_with(const struct node *node, const char *start)
{
	return node->length >= strlen(start) &&
	    memcmp(node->text, start, strlen(start)) == 0;
}

static bool
is_number(const struct node *node)
{
	for (size_t i = 0; i < node->length; i++)
		if (!isdigit((unsigned char)node->text[i]))
			return false;
	return node->length > 0;
}

static bool
is_service_name(const struct node *node)
{
	return memmem(node->text, node->length, ".amazonaws.", 11) != NULL &&
	    memchr(node->text, ':', node->length) == NULL;
}

static const char *
fault_of_arn(const struct node *node)
{
	struct arn arn = arn_split(node->text, node->length);

	if (arn.count < ARN_FIELD_COUNT)
		return "an ARN has six fields, and that of a principal begins "
		    "with `arn:aws:iam::`";
	if (!arn_field_is(&arn, ARN_SERVICE, "iam") &&
	    !arn_field_is(&arn, ARN_SERVICE, "sts"))
		return "only ARNs of iam and sts are principals";
	if (arn.field[ARN_REGION].length > 0)
		return "the ARN of a principal has no region";
	if (!account_id_is_valid(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length))
		return "its account is not 12 digits";
	return "it is neither the root of an account, nor a user, a role or "
	    "a named session";
}

static const char *
fault_of(const struct node *node, enum caller_kind kind)
{
	if (kind == CALLER_GROUP)
		return "a group is never a principal";
	if (kind == CALLER_SAML || kind == CALLER_OIDC)
		return "an identity provider stands under `Federated`";
	if (is_number(node))
		return "an account has 12 digits";
	if (is_service_name(node))
		return "an AWS service stands under `Service`";
	if (starts_with(node, "AKIA") || starts_with(node, "ASIA"))
		return "an access key is never a principal";
	if (starts_with(node, "arn:"))
		return fault_of_arn(node);
	return "it is neither an account, an ARN nor a unique id";
}

static void
invalid_principal_value(struct check *check,
    const struct principal *principal)
{
	const struct node *node = principal->node;
	enum caller_kind kind = caller_read(principal).kind;

	if (principal->kind != PRINCIPAL_AWS || (kind != CALLER_UNKNOWN &&
	    kind != CALLER_GROUP && kind != CALLER_SAML && kind != CALLER_OIDC))
		return;
	check_complain_of(check, node, "`%.*s` is refused as a principal: %s",
	    (int)node->length, node->text, fault_of(node, kind));
}

/* PRIN-13. */
static void
federated_principal_not_supported(struct check *check,
    const struct principal *principal)
{
	const struct node *node = principal->node;

	if (principal->kind == PRINCIPAL_FEDERATED)
		check_complain_of(check, node, "the identity provider `%.*s` "
		    "calls nothing but sts; only a role's trust policy may "
		    "name it", (int)node->length, node->text);
}

/* GRAM-23. */
static void
allow_not_principal(struct check *check)
{
	const struct statement *statement = check->statement;
	struct finding *finding;

	if (statement->effect != EFFECT_ALLOW || !statement->principal.negated)
		return;
	finding = check_complain_of_key(check, statement->principal.node,
	    "everyone but those listed is allowed, callers without "
	    "credentials too");
	check_help(check, finding, "name in `Principal` who is allowed");
}

/*
 * PRIN-20: a session is exempt only when it is listed itself, beside its
 * role.  The first role whose sessions are all forgotten.
 */
static const struct principal *
find_bare_role(const struct principals *principals)
{
	const struct principal *role = NULL;

	for (size_t i = 0; i < principals->count; i++) {
		enum caller_kind kind =
		    caller_read(&principals->items[i]).kind;

		if (kind == CALLER_SESSION)
			return NULL;
		if (kind == CALLER_ROLE && role == NULL)
			role = &principals->items[i];
	}
	return role;
}

static bool
has_everyone(const struct principals *principals)
{
	for (size_t i = 0; i < principals->count; i++)
		if (principal_is_everyone(&principals->items[i]))
			return true;
	return false;
}

/* PRIN-19 to PRIN-24. */
static void
not_principal_deny(struct check *check)
{
	const struct principals *principals = &check->statement->principal;
	const struct principal *role;
	struct finding *finding;

	if (check->statement->effect != EFFECT_DENY || !principals->negated ||
	    principals_are_services(principals))
		return;
	if (has_everyone(principals)) {
		check_complain_of_key(check, principals->node, "`NotPrincipal` "
		    "with `*` excepts everyone, so the statement denies "
		    "nobody");
		return;
	}
	role = find_bare_role(principals);
	if (role == NULL)
		finding = check_complain_of_key(check, principals->node,
		    "a listed user or role that has a permissions boundary is "
		    "denied all the same");
	else
		finding = check_complain_of(check, role->node,
		    "sessions of `%.*s` are denied all the same: each of them "
		    "would have to be listed by its own ARN",
		    (int)role->node->length, role->node->text);
	check_help(check, finding, "write `\"Principal\": \"*\"` and list the "
	    "exempt ARNs under ArnNotEquals on aws:PrincipalArn");
}

static void
complain_of_account(struct check *check, const struct node *node,
    const struct caller *caller)
{
	if (caller_is_foreign(caller, check->options))
		check_complain_of(check, node, "account %.*s, which is not one "
		    "of those configured, is let in", ACCOUNT_LENGTH,
		    caller->account);
}

static void
cross_account_principal(struct check *check,
    const struct principal *principal)
{
	struct caller caller = caller_read(principal);

	if (check->statement->effect == EFFECT_ALLOW &&
	    !check->statement->principal.negated)
		complain_of_account(check, principal->node, &caller);
}

/* A service that is let in comes for that account. */
static struct caller
find_source(const struct condition *condition, const struct node *value)
{
	struct caller caller = { CALLER_UNKNOWN, NULL, NULL, 0 };

	if (condition_is_on(condition, "aws:SourceAccount") &&
	    condition_demands(condition) &&
	    account_id_is_valid(value->text, value->length))
		caller = (struct caller){ CALLER_ACCOUNT, value->text, NULL,
		    0 };
	return caller;
}

/*
 * Where Principal names everyone, the condition says who is meant.  Beside
 * anybody else an ARN only narrows what was told of him.
 */
static void
cross_account_value(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct caller caller = find_source(condition, value);

	if (caller.account == NULL &&
	    (statement_everyone(check->statement) != NULL ||
	    !condition_is_on(condition, "aws:PrincipalArn")))
		caller = caller_of_value(condition, value);
	if (check->statement->effect == EFFECT_ALLOW)
		complain_of_account(check, value, &caller);
}

/* The key holds the ARN of the role, never that of the session. */
static void
principal_assumed_role_arn(struct check *check,
    const struct condition *condition, const struct node *value)
{
	static const char session[] = ":assumed-role/";
	struct finding *finding;

	if (condition->use.operator == OPERATOR_Null ||
	    !condition_is_on(condition, "aws:PrincipalArn") ||
	    memmem(value->text, value->length, session,
	    strlen(session)) == NULL)
		return;
	finding = check_complain_of(check, value, "`%.*s` is the ARN of a "
	    "session, and aws:PrincipalArn holds that of the role: %s",
	    (int)value->length, value->text,
	    condition_facts(condition)->negated ? "this excludes nobody" :
	    "this never matches");
	check_help(check, finding, "write the role, "
	    "`arn:aws:iam::ACCOUNT:role/NAME`, with its path; the session's "
	    "name is the end of aws:userid");
}

const struct rule principal_rules[] = {
	{
		.complaint = {
			.id = "unsupported-wildcard-in-principal",
			.severity = SEVERITY_ERROR,
			.says = "a wildcard stands inside a principal",
			.why = "Principals are compared whole; only a lone "
			    "`*` under AWS means everyone.  AWS refuses the "
			    "policy.  Name the account and compare "
			    "aws:PrincipalArn with the pattern instead.",
			.aa = "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
			.supersedes = "confused-deputy",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:role/*'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:role/r'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_NAMING,
		.principal = unsupported_wildcard_in_principal,
	},
	{
		.complaint = {
			.id = "invalid-role-reference",
			.severity = SEVERITY_WARNING,
			.says = "a principal is the unique id of a role",
			.why = "AWS stores a role by its id and shows the id "
			    "once the role is gone; a new role of the same "
			    "name does not match.  Write the ARN of the role "
			    "that is meant, or remove the entry.",
			.aa = "INVALID_ROLE_REFERENCE",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'AROAEXAMPLEID12345678'},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:role/r'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYERS_NAMING,
		.principal = invalid_role_reference,
	},
	{
		.complaint = {
			.id = "invalid-user-reference",
			.severity = SEVERITY_WARNING,
			.says = "a principal is the unique id of a user",
			.why = "AWS stores a user by its id and shows the id "
			    "once the user is gone; a new user of the same "
			    "name does not match.  Write the ARN of the user "
			    "that is meant, or remove the entry.",
			.aa = "INVALID_USER_REFERENCE",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'AIDAEXAMPLEID12345678'},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:user/u'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYERS_NAMING,
		.principal = invalid_user_reference,
	},
	{
		.complaint = {
			.id = "invalid-principal-value",
			.severity = SEVERITY_ERROR,
			.says = "an AWS principal has no form that AWS knows",
			.why = "AWS refuses a policy that names somebody who "
			    "cannot exist.  A principal is an account of 12 "
			    "digits, the ARN of its root, of a user, a role, "
			    "a session or a federated user, or `*`; groups "
			    "never are.",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:group/g'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:user/g'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_NAMING,
		.principal = invalid_principal_value,
	},
	{
		.complaint = {
			.id = "federated-principal-not-supported",
			.severity = SEVERITY_ERROR,
			.says = "a resource policy names an identity provider",
			.why = "Users of a provider get credentials of a role "
			    "first and come as that role.  Name the role; the "
			    "provider belongs into its trust policy.",
			.aa = "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'Federated':'arn:aws:iam::111122223333:"
			    "saml-provider/idp'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:"
			    "role/idp'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYER_SET(RESOURCE),
		.principal = federated_principal_not_supported,
	},
	{
		.complaint = {
			.id = "allow-not-principal",
			.severity = SEVERITY_SECURITY,
			.says = "NotPrincipal with Allow lets in everyone else",
			.why = "Everybody who is not listed is allowed, in "
			    "every account and without credentials.  Name "
			    "those who are meant in Principal.",
			.aa = "ALLOW_WITH_NOT_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow',"
			    "'NotPrincipal':{'AWS':'111122223333'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Deny',"
			    "'NotPrincipal':{'AWS':'111122223333'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(ENDPOINT),
		.statement = allow_not_principal,
	},
	{
		.complaint = {
			.id = "not-principal-deny",
			.severity = SEVERITY_WARNING,
			.says = "NotPrincipal with Deny denies more than it "
			    "seems to",
			.why = "A caller is exempt only when account, role and "
			    "session are all listed, and never when it has a "
			    "permissions boundary.  Deny `*` with ArnNotEquals "
			    "on aws:PrincipalArn instead.",
			.fires_on = "resource {'Effect':'Deny',"
			    "'NotPrincipal':{'AWS':"
			    "'arn:aws:iam::111122223333:role/r'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Deny',"
			    "'Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'ArnNotEquals':{'aws:PrincipalArn':"
			    "'arn:aws:iam::111122223333:role/r'}}}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(ENDPOINT),
		.statement = not_principal_deny,
	},
	{
		.complaint = {
			.id = "cross-account-principal",
			.severity = SEVERITY_NOTE,
			.configured = true,
			.says = "an account outside the configured ones is "
			    "let in",
			.why = "A partner's account is as safe as the "
			    "partner.  Keep the list of `accounts` in "
			    "sekisho.json, so that each new one is seen in "
			    "review.",
			.fires_on = "with {'accounts':['111122223333']}; "
			    "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'444455556666'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "with {'accounts':['111122223333']}; "
			    "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(TRUST),
		.options = "accounts",
		.find_fault = caller_find_fault,
		.principal = cross_account_principal,
		.value = cross_account_value,
	},
	{
		.complaint = {
			.id = "principal-assumed-role-arn",
			.severity = SEVERITY_ERROR,
			.says = "aws:PrincipalArn is compared with the ARN of "
			    "a session",
			.why = "The key holds the ARN of the role, with its "
			    "path, whatever the session is called; an Allow "
			    "is dead and a Deny spares nobody.  Compare with "
			    "the role's ARN.",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'ArnLike':{'aws:PrincipalArn':'arn:aws:sts::"
			    "111122223333:assumed-role/r/*'}}}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::"
			    "111122223333:role/r'}}}",
		},
		.layers = LAYERS_ALL,
		.value = principal_assumed_role_arn,
	},
	{ .complaint = { .id = NULL } }
};
