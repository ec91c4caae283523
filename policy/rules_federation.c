/* SPDX-License-Identifier: MIT */
/*
 * Rules about identity providers in the trust policy of a role: how they are
 * named, which action goes with which, and the audience of SAML.  What the
 * claims of OIDC tokens are worth stands in rules_oidc.c.
 */
#include "config.h"

#include <string.h>

#include "policy/caller.h"
#include "policy/rules.h"

/* PRIN-13. */
static void
invalid_federated_principal_syntax_in_role_trust_policy(struct check *check,
    const struct principal *principal)
{
	const struct node *node = principal->node;
	enum caller_kind kind = caller_read(principal).kind;
	struct finding *finding;

	if (principal->kind != PRINCIPAL_FEDERATED || kind == CALLER_SAML ||
	    kind == CALLER_OIDC || kind == CALLER_OPEN || kind == CALLER_WILD)
		return;
	finding = check_complain_of(check, node, "`%.*s` is no identity "
	    "provider that IAM knows; AWS refuses it", (int)node->length,
	    node->text);
	if (memchr(node->text, ':', node->length) == NULL &&
	    memchr(node->text, '.', node->length) != NULL)
		check_help(check, finding, "write the provider's ARN, "
		    "`arn:aws:iam::ACCOUNT:oidc-provider/%.*s`",
		    (int)node->length, node->text);
	else
		check_help(check, finding, "write "
		    "`arn:aws:iam::ACCOUNT:saml-provider/NAME` or "
		    "`arn:aws:iam::ACCOUNT:oidc-provider/HOST`");
}

/* Who can make a call: TRUST-7. */
enum maker {
	MAKER_AWS = 1,			/* accounts, users, roles, services */
	MAKER_SAML = 2,
	MAKER_OIDC = 4,
	MAKER_ANY = MAKER_AWS | MAKER_SAML | MAKER_OIDC
};

static unsigned
makers_named(const struct principal *principal)
{
	if (principal->kind == PRINCIPAL_EVERYONE)
		return MAKER_ANY;
	if (principal->kind != PRINCIPAL_FEDERATED)
		return MAKER_AWS;
	switch ((int)caller_read(principal).kind) {
	case CALLER_SAML:
		return MAKER_SAML;
	case CALLER_OIDC:
		return MAKER_OIDC;
	default:
		return MAKER_ANY;
	}
}

/* Actions that only come beside another belong to anybody. */
static unsigned
makers_of_action(struct check *check, const struct node *entry)
{
	static const struct {
		const char	*action;
		unsigned	 maker;
	} calls[] = {
		{ "sts:AssumeRole", MAKER_AWS },
		{ "sts:AssumeRoleWithSAML", MAKER_SAML },
		{ "sts:AssumeRoleWithWebIdentity", MAKER_OIDC },
	};
	const struct expansion *expansion = check_expand(check, entry);
	unsigned makers = 0;

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (pattern_match(&expansion->pattern, calls[i].action,
		    strlen(calls[i].action)))
			makers |= calls[i].maker;
	return makers == 0 ? MAKER_ANY : makers;
}

static const char *
makers_name(unsigned makers)
{
	switch (makers) {
	case MAKER_SAML:
		return "a SAML provider";
	case MAKER_OIDC:
		return "an OIDC provider";
	default:
		return "an AWS principal";
	}
}

static bool
is_misplaced_provider(const struct principal *principal)
{
	enum caller_kind kind = caller_read(principal).kind;

	return principal->kind == PRINCIPAL_AWS &&
	    (kind == CALLER_SAML || kind == CALLER_OIDC);
}

/* A provider that stands under AWS is the whole fault. */
static bool
complain_of_misplaced(struct check *check)
{
	const struct principals *principals = &check->statement->principal;
	bool found = false;

	for (size_t i = 0; i < principals->count; i++) {
		const struct node *node = principals->items[i].node;

		if (!is_misplaced_provider(&principals->items[i]))
			continue;
		check_complain_of(check, node, "the provider `%.*s` stands "
		    "under `AWS`; it is found only under `Federated`",
		    (int)node->length, node->text);
		found = true;
	}
	return found;
}

/* Actions that nobody named can call; returns all who can call something. */
static unsigned
complain_of_actions(struct check *check, unsigned named)
{
	const struct element *actions = &check->statement->action;
	unsigned makers = 0;

	for (size_t i = 0; i < actions->count; i++) {
		const struct node *entry = actions->items[i];
		unsigned those = makers_of_action(check, entry);

		makers |= those;
		if ((those & named) != 0)
			continue;
		check_complain_of(check, entry, "`%.*s` is called by %s, and "
		    "`Principal` names none", (int)entry->length, entry->text,
		    makers_name(those));
		makers = MAKER_ANY;
	}
	return actions->partial ? MAKER_ANY : makers;
}

static void
mismatched_action_for_principal(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct principals *principals = &statement->principal;
	unsigned named = principals->partial ? MAKER_ANY : 0, makers;

	if (statement->effect != EFFECT_ALLOW || principals->negated ||
	    statement->action.negated || principals->count == 0 ||
	    complain_of_misplaced(check))
		return;
	for (size_t i = 0; i < principals->count; i++)
		named |= makers_named(&principals->items[i]);
	makers = complain_of_actions(check, named);
	for (size_t i = 0; i < principals->count && makers != MAKER_ANY; i++) {
		const struct node *node = principals->items[i].node;
		unsigned those = makers_named(&principals->items[i]);

		if ((those & makers) == 0 && those != MAKER_AWS)
			check_complain_of(check, node, "no action here is one "
			    "that %s calls, so `%.*s` is let in by nothing",
			    makers_name(those), (int)node->length, node->text);
	}
}

/* The sign-in page of a partition, as SAML:aud holds it. */
static const char *
find_sign_in(const struct node *node)
{
	struct arn arn = arn_split(node->text, node->length);

	if (arn_field_is(&arn, ARN_PARTITION, "aws-cn"))
		return "https://signin.amazonaws.cn/saml";
	if (arn_field_is(&arn, ARN_PARTITION, "aws-us-gov"))
		return "https://signin.amazonaws-us-gov.com/saml";
	return "https://signin.aws.amazon.com/saml";
}

static void
saml_aud_missing(struct check *check, const struct principal *principal)
{
	static const char *const keys[] = { "saml:aud", NULL };
	const struct statement *statement = check->statement;
	struct finding *finding;

	if (principal->kind != PRINCIPAL_FEDERATED ||
	    caller_read(principal).kind != CALLER_SAML ||
	    statement->effect != EFFECT_ALLOW ||
	    statement_selects(statement, keys) ||
	    !statement_reaches(check, statement, "sts:AssumeRoleWithSAML"))
		return;
	finding = check_complain_of(check, principal->node, "an assertion "
	    "that the provider made for somebody else is taken too: SAML:aud "
	    "is not tested");
	check_help(check, finding, "add `\"StringEquals\": {\"SAML:aud\": "
	    "\"%s\"}`", find_sign_in(principal->node));
}

const struct rule federation_rules[] = {
	{
		.complaint = {
			.id = "invalid-federated-principal-syntax-in-role-"
			    "trust-policy",
			.severity = SEVERITY_ERROR,
			.says = "a Federated principal is no identity provider",
			.why = "It is the ARN of a SAML or OIDC provider in "
			    "IAM, or one of the built-in names "
			    "(cognito-identity.amazonaws.com and its kin "
			    "in other partitions, "
			    "accounts.google.com, graph.facebook.com, "
			    "www.amazon.com); AWS refuses the rest.",
			.aa = "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_"
			    "TRUST_POLICY",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'gitlab.com'},"
			    "'Action':'sts:AssumeRoleWithWebIdentity'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'arn:aws:iam::111122223333:"
			    "oidc-provider/gitlab.com'},"
			    "'Action':'sts:AssumeRoleWithWebIdentity'}",
		},
		.layers = LAYER_SET(TRUST),
		.principal =
		    invalid_federated_principal_syntax_in_role_trust_policy,
	},
	{
		.complaint = {
			.id = "mismatched-action-for-principal",
			.severity = SEVERITY_ERROR,
			.says = "an action does not fit who is named to call "
			    "it",
			.why = "AssumeRoleWithSAML is for SAML providers, "
			    "AssumeRoleWithWebIdentity for OIDC providers, "
			    "AssumeRole for everybody else; any other pair "
			    "never works.",
			.aa = "MISMATCHED_ACTION_FOR_PRINCIPAL",
			.supersedes = "invalid-principal-value",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'arn:aws:iam::111122223333:"
			    "saml-provider/idp'},"
			    "'Action':'sts:AssumeRoleWithWebIdentity'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'arn:aws:iam::111122223333:"
			    "saml-provider/idp'},"
			    "'Action':'sts:AssumeRoleWithSAML'}",
		},
		.layers = LAYER_SET(TRUST),
		.statement = mismatched_action_for_principal,
	},
	{
		.complaint = {
			.id = "saml-aud-missing",
			.severity = SEVERITY_WARNING,
			.says = "a SAML provider is trusted without a test on "
			    "SAML:aud",
			.why = "The key says for which sign-in page the "
			    "assertion was made; without it an assertion made "
			    "for another one opens the role.  Demand that of "
			    "your partition.",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'arn:aws:iam::111122223333:"
			    "saml-provider/idp'},"
			    "'Action':'sts:AssumeRoleWithSAML'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'Federated':'arn:aws:iam::111122223333:"
			    "saml-provider/idp'},"
			    "'Action':'sts:AssumeRoleWithSAML','Condition':"
			    "{'StringEquals':{'SAML:aud':"
			    "'https://signin.aws.amazon.com/saml'}}}",
		},
		.layers = LAYER_SET(TRUST),
		.principal = saml_aud_missing,
	},
	{ .complaint = { .id = NULL } }
};
