/* SPDX-License-Identifier: MIT */
/*
 * What a test does to requests that lack its key: an Allow lets in strangers,
 * a Deny misses them or hits bystanders (SPEC COND-6 to 8, 26 to 30, KEY-7).
 * Which keys can be lacking is written in absence.c.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/rules.h"

static const char mfa_key[] = "aws:MultiFactorAuthPresent";

static bool
is_mfa_test(const struct condition *condition, enum operator operator,
    const char *word)
{
	return condition->use.operator == operator &&
	    condition_is_on(condition, mfa_key) &&
	    condition_has_only(condition, word);
}

/* Some Deny of the policy has such a test of MFA. */
static bool
is_denied_by(const struct policy *policy, enum operator operator,
    const char *word)
{
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		for (size_t j = 0; j < statement->condition_count; j++)
			if (statement->effect == EFFECT_DENY && is_mfa_test(
			    &statement->conditions[j], operator, word))
				return true;
	}
	return false;
}

/* KEY-7 */
static void
mfa_bool_false_deny(struct check *check, const struct condition *condition)
{
	struct finding *finding;

	if (check->statement->effect != EFFECT_DENY ||
	    condition->use.if_exists ||
	    condition->use.quantifier == QUANTIFIER_ALL ||
	    !is_mfa_test(condition, OPERATOR_Bool, "false") ||
	    is_denied_by(check->subject->policy, OPERATOR_Null, "true"))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "requests made with long-term access keys have no `%.*s`, so this "
	    "Deny misses them", (int)condition->node->key_length,
	    condition->node->key);
	check_help(check, finding, "write `BoolIfExists`");
}

static void
mfa_ifexists_allow(struct check *check, const struct condition *condition)
{
	struct finding *finding;

	if (check->statement->effect != EFFECT_ALLOW ||
	    (!condition->use.if_exists &&
	    condition->use.quantifier != QUANTIFIER_ALL) ||
	    !is_mfa_test(condition, OPERATOR_Bool, "true") ||
	    absence_is_guarded(check->statement, condition))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "requests made with long-term access keys have no `%.*s`, and "
	    "`%.*s` lets them in", (int)condition->node->key_length,
	    condition->node->key, (int)condition->block->key_length,
	    condition->block->key);
	check_help(check, finding, "write `Bool`");
}

static bool
wants_mfa(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (is_mfa_test(&statement->conditions[i], OPERATOR_Bool,
		    "true"))
			return true;
	return false;
}

static void
mfa_null_test(struct check *check, const struct condition *condition)
{
	const struct statement *statement = check->statement;
	bool denies = statement->effect == EFFECT_DENY;
	struct finding *finding;

	if (statement->effect == EFFECT_INVALID ||
	    !is_mfa_test(condition, OPERATOR_Null, denies ? "true" : "false"))
		return;
	if (denies ? is_denied_by(check->subject->policy, OPERATOR_Bool,
	    "false") : wants_mfa(statement))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "temporary credentials have `%.*s` without MFA too, as false, so "
	    "%s", (int)condition->node->key_length, condition->node->key,
	    denies ? "this Deny misses them" : "they are let in");
	check_help(check, finding, denies ?
	    "write `\"BoolIfExists\": {\"%s\": \"false\"}`" :
	    "write `\"Bool\": {\"%s\": \"true\"}`", mfa_key);
}

/* RES-10: some actions lack the key of their own, so IfExists is needed. */
static bool
is_for_all_actions(struct check *check, const struct condition *condition)
{
	const struct element *action = &check->statement->action;

	for (size_t i = 0; i < action->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    action->items[i]);

		if (expansion->count == 0)
			return false;
		for (size_t j = 0; j < expansion->count; j++)
			if (!action_has_key(expansion->actions[j],
			    condition->node->key, condition->node->key_length))
				return false;
	}
	return action->count > 0 && !action->negated;
}

/* KEY-3: a request has the one address or the other. */
static bool
is_half_of_network(const struct statement *statement,
    enum absence_family family)
{
	if (family == FAMILY_PUBLIC)
		return statement_tests_family(statement, FAMILY_PRIVATE);
	return family == FAMILY_PRIVATE &&
	    statement_tests_family(statement, FAMILY_PUBLIC);
}

/* The key as one that lets strangers in by being absent; or NULL. */
static const struct absence *
find_gap(struct check *check, const struct condition *condition)
{
	const struct statement *statement = check->statement;
	const struct absence *absence = absence_find(condition);

	if (absence == NULL || !absence_matters(absence,
	    check->subject->layer, statement) ||
	    absence_is_guarded(statement, condition) ||
	    statement_demands_family(statement, absence->family) ||
	    is_half_of_network(statement, absence->family))
		return NULL;
	return absence;
}

static void
ifexists_weakens_allow(struct check *check, const struct condition *condition)
{
	const struct node *key = condition->node, *block = condition->block;
	const struct absence *absence;
	struct finding *finding;

	if (check->statement->effect != EFFECT_ALLOW ||
	    !condition->use.if_exists || !condition_selects(condition) ||
	    condition->use.quantifier == QUANTIFIER_ALL)
		return;
	absence = find_gap(check, condition);
	if (absence == NULL || (absence->family == FAMILY_TAG &&
	    !is_for_all_actions(check, condition)))
		return;
	finding = check_complain_of_key(check, key, "%s lack `%.*s`, and "
	    "`%.*s` lets them in", absence->lacking, (int)key->key_length,
	    key->key, (int)block->key_length, block->key);
	check_help(check, finding, "drop `IfExists`");
}

static void
negated_missing_key_allow(struct check *check,
    const struct condition *condition)
{
	const struct node *key = condition->node, *block = condition->block;
	const struct absence *absence;

	if (check->statement->effect != EFFECT_ALLOW ||
	    !condition_facts(condition)->negated ||
	    condition->use.quantifier != QUANTIFIER_NONE)
		return;
	absence = find_gap(check, condition);
	if (absence == NULL || !absence->negatable)
		return;
	check_help(check, check_complain_of_key(check, key,
	    "%s lack `%.*s`, and what is absent differs from any value, so "
	    "`%.*s` lets them in", absence->lacking, (int)key->key_length,
	    key->key, (int)block->key_length, block->key),
	    "demand `\"Null\": {\"%.*s\": \"false\"}` as well, or list who "
	    "may", (int)key->key_length, key->key);
}

/* A tag that must be there makes the list of tags longer than none. */
static bool
demands_tag(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_is_on(&statement->conditions[i],
		    "aws:RequestTag/") &&
		    condition_needs_key(&statement->conditions[i]))
			return true;
	return false;
}

/*
 * Keys that every request for an action has which lists them, but for these
 * actions: who scans a table, or selects from it, need not name an item.
 */
static const struct {
	const char	*key;
	const char	*spared;
} sure_keys[] = {
	{ "dynamodb:LeadingKeys", "Scan PartiQLSelect" },
	{ "kms:GrantOperations", "" },
	{ "route53:ChangeResourceRecordSetsActions", "" },
	{ "route53:ChangeResourceRecordSetsNormalizedRecordNames", "" },
	{ "route53:ChangeResourceRecordSetsRecordTypes", "" },
};

/* Who gives no tags gets none wrong. */
static const char *const given_keys[] = {
	"aws:TagKeys", "s3:RequestObjectTagKeys", "sts:TransitiveTagKeys", NULL
};

/* Some action of the entry may come without the key. */
static bool
may_lack(const struct expansion *expansion, const char *key,
    const char *spared)
{
	for (size_t i = 0; i < expansion->count; i++) {
		const struct action *action = expansion->actions[i];

		if (!action_lists_key(action, key, strlen(key)) ||
		    word_is_among(action->name, strlen(action->name), spared))
			return true;
	}
	return expansion->count == 0;
}

/* All requests that the statement is about carry the key. */
static bool
is_always_there(struct check *check, const struct condition *condition)
{
	const struct element *action = &check->statement->action;
	size_t row = 0, count = sizeof(sure_keys) / sizeof(sure_keys[0]);

	while (row < count && !condition_is_on(condition, sure_keys[row].key))
		row++;
	if (row == count || action->negated)
		return false;
	for (size_t i = 0; i < action->count; i++)
		if (may_lack(check_expand(check, action->items[i]),
		    sure_keys[row].key, sure_keys[row].spared))
			return false;
	return action->count > 0;
}

/* COND-28 */
static void
forallvalues_allow_no_null(struct check *check,
    const struct condition *condition)
{
	const struct statement *statement = check->statement;
	const struct node *key = condition->node;
	bool given = condition_is_on_one(condition, given_keys);
	struct finding *finding;

	if (statement->effect != EFFECT_ALLOW ||
	    condition->use.quantifier != QUANTIFIER_ALL ||
	    condition->use.operator == OPERATOR_Null ||
	    is_always_there(check, condition) ||
	    absence_is_guarded(statement, condition) ||
	    (given && demands_tag(statement)))
		return;
	finding = check_complain_of_key(check, key, "requests without `%.*s` "
	    "pass: of no values, all are as ForAllValues: wants them",
	    (int)key->key_length, key->key);
	check_help(check, finding, "add `\"Null\": {\"%.*s\": \"false\"}`",
	    (int)key->key_length, key->key);
	if (given)
		finding->severity = SEVERITY_NOTE;
}

/* Keys of a call by way of a service; a direct call has none. */
static const char *const via_keys[] = {
	"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", NULL
};

static const char *
who_lacks(struct check *check, const struct condition *condition)
{
	const struct absence *absence = absence_find(condition);

	if (condition_is_on_one(condition, via_keys))
		return "direct calls";
	if (absence == NULL || !absence->negatable || !absence_matters(absence,
	    check->subject->layer, check->statement))
		return NULL;
	return absence->lacking;
}

/* COND-29 */
static void
foranyvalue_deny_negated(struct check *check,
    const struct condition *condition)
{
	const struct node *key = condition->node;
	const char *who;
	struct finding *finding;

	if (check->statement->effect != EFFECT_DENY ||
	    condition->use.quantifier != QUANTIFIER_ANY ||
	    condition->use.if_exists || !condition_facts(condition)->negated)
		return;
	who = who_lacks(check, condition);
	if (who == NULL)
		return;
	finding = check_complain_of_key(check, key, "%s lack `%.*s`, so none "
	    "of its values is outside the list, and this Deny misses them",
	    who, (int)key->key_length, key->key);
	check_help(check, finding, "write `ForAllValues:%s`",
	    condition_facts(condition)->name);
}

/* Headers that the caller writes. */
static const char *const free_keys[] = {
	"aws:Referer", "aws:UserAgent", NULL
};

/* Services write aws:Referer themselves; another rule speaks of that. */
static void
untrustworthy_condition_key(struct check *check,
    const struct condition *condition)
{
	const struct statement *statement = check->statement;
	const struct node *key = condition->node;

	if (statement->effect == EFFECT_INVALID ||
	    !condition_is_on_one(condition, free_keys) ||
	    statement_is_for_services(statement))
		return;
	check_complain_of_key(check, key, "`%.*s` is whatever the caller "
	    "writes there, so anybody can %s this statement",
	    (int)key->key_length, key->key,
	    statement->effect == EFFECT_DENY ? "slip past" : "use");
}

#define STATEMENT(EFFECT, CONDITION)					\
	"{'Effect':'" EFFECT "','Action':'s3:GetObject','Resource':"	\
	"'arn:aws:s3:::b/*','Condition':" CONDITION "}"
#define OPEN(EFFECT, CONDITION)						\
	"resource {'Effect':'" EFFECT "','Principal':'*',"		\
	"'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*',"	\
	"'Condition':" CONDITION "}"

const struct rule guard_rules[] = {
	{
		.complaint = {
			.id = "mfa-bool-false-deny",
			.severity = SEVERITY_SECURITY,
			.says = "a Deny for those without MFA misses "
			    "long-term access keys",
			.why = "aws:MultiFactorAuthPresent is false only in "
			    "temporary credentials; with an access key of a "
			    "user it is not there at all, and Bool is not "
			    "true of what is not there.  Write BoolIfExists.",
			.fires_on = STATEMENT("Deny", "{'Bool':"
			    "{'aws:MultiFactorAuthPresent':'false'}}"),
			.quiet_on = STATEMENT("Deny", "{'BoolIfExists':"
			    "{'aws:MultiFactorAuthPresent':'false'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = mfa_bool_false_deny,
	},
	{
		.complaint = {
			.id = "mfa-ifexists-allow",
			.severity = SEVERITY_SECURITY,
			.says = "an Allow for those with MFA lets in "
			    "long-term access keys",
			.why = "With an access key of a user there is no "
			    "aws:MultiFactorAuthPresent, and IfExists passes "
			    "what is not there.  Write Bool.",
			.fires_on = STATEMENT("Allow", "{'BoolIfExists':"
			    "{'aws:MultiFactorAuthPresent':'true'}}"),
			.quiet_on = STATEMENT("Allow", "{'Bool':"
			    "{'aws:MultiFactorAuthPresent':'true'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = mfa_ifexists_allow,
	},
	{
		.complaint = {
			.id = "mfa-null-test",
			.severity = SEVERITY_SECURITY,
			.says = "whether aws:MultiFactorAuthPresent is there "
			    "is taken for whether it is true",
			.why = "Temporary credentials carry the key whether "
			    "or not MFA was used.  Test its value, or test "
			    "aws:MultiFactorAuthAge, which is there only "
			    "after MFA.",
			.fires_on = STATEMENT("Deny", "{'Null':"
			    "{'aws:MultiFactorAuthPresent':'true'}}"),
			.quiet_on = STATEMENT("Deny", "{'Null':"
			    "{'aws:MultiFactorAuthAge':'true'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = mfa_null_test,
	},
	{
		.complaint = {
			.id = "ifexists-weakens-allow",
			.severity = SEVERITY_SECURITY,
			.says = "IfExists lets in those whose requests lack "
			    "the key",
			.why = "The test was to keep strangers out, and "
			    "strangers are just those without the key.  Drop "
			    "IfExists, or give those who lack the key a "
			    "statement of their own.",
			.fires_on = OPEN("Allow", "{'StringEqualsIfExists':"
			    "{'aws:SourceVpce':'vpce-0a1b2c3d'}}"),
			.quiet_on = OPEN("Allow", "{'StringEquals':"
			    "{'aws:SourceVpce':'vpce-0a1b2c3d'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = ifexists_weakens_allow,
	},
	{
		.complaint = {
			.id = "negated-missing-key-allow",
			.severity = SEVERITY_SECURITY,
			.says = "an Allow for all but some values lets in "
			    "those whose requests lack the key",
			.why = "What is not there differs from every value, "
			    "so a negated test passes it.  List the values "
			    "that are wanted, or demand with Null that the "
			    "key is there.",
			.fires_on = OPEN("Allow", "{'StringNotEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}"),
			.quiet_on = OPEN("Allow", "{'StringNotEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'},'Null':"
			    "{'aws:PrincipalOrgID':'false'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = negated_missing_key_allow,
	},
	{
		.complaint = {
			.id = "forallvalues-allow-no-null",
			.severity = SEVERITY_SECURITY,
			.says = "ForAllValues lets in requests that have no "
			    "value at all",
			.why = "All of no values are in any list.  Demand "
			    "with Null that the key is there.",
			.fires_on = STATEMENT("Allow",
			    "{'ForAllValues:StringEquals':"
			    "{'kms:EncryptionContextKeys':'Team'}}"),
			.quiet_on = STATEMENT("Allow",
			    "{'ForAllValues:StringEquals':"
			    "{'kms:EncryptionContextKeys':'Team'},'Null':"
			    "{'kms:EncryptionContextKeys':'false'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = forallvalues_allow_no_null,
	},
	{
		.complaint = {
			.id = "foranyvalue-deny-negated",
			.severity = SEVERITY_WARNING,
			.says = "a Deny under ForAnyValue with a negated test "
			    "misses requests that lack the key",
			.why = "It asks for some value outside the list, and "
			    "a request without the key has none.  "
			    "ForAllValues with the same test is true when no "
			    "value is in the list, and also of no values.",
			.fires_on = OPEN("Deny", "{'ForAnyValue:StringNotLike'"
			    ":{'aws:PrincipalOrgPaths':'o-a1b2c3d4e5/*'}}"),
			.quiet_on = OPEN("Deny", "{'ForAllValues:StringNotLike'"
			    ":{'aws:PrincipalOrgPaths':'o-a1b2c3d4e5/*'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = foranyvalue_deny_negated,
	},
	{
		.complaint = {
			.id = "untrustworthy-condition-key",
			.severity = SEVERITY_SECURITY,
			.says = "the test rests on a header that the caller "
			    "writes",
			.why = "Any program can set aws:Referer and "
			    "aws:UserAgent to anything.  Test who calls, or "
			    "from where.",
			.aa = "UNTRUSTWORTHY_CONDITION_KEY",
			.fires_on = STATEMENT("Allow", "{'StringLike':"
			    "{'aws:Referer':'https://www.example.test/*'}}"),
			.quiet_on = STATEMENT("Allow", "{'StringLike':"
			    "{'aws:PrincipalArn':"
			    "'arn:aws:iam::111122223333:role/app-*'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = untrustworthy_condition_key,
	},
	{ .complaint = { .id = NULL } }
};
