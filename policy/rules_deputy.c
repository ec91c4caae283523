/* SPDX-License-Identifier: MIT */
/*
 * Rules about for whom an AWS service comes: it acts for all its customers,
 * and only the aws:Source* keys say for which (KEY-5).
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/absence.h"
#include "policy/bound.h"
#include "policy/caller.h"
#include "policy/remnant.h"
#include "policy/rules.h"
#include "policy/wording.h"

/* Older ways to say for whom it acts, one service each. */
static const char *const weaker_keys[] = {
	"aws:Referer", "aws:SourceOwner", NULL
};

/* What ties a call to its owner by the service's own means. */
static const char *const other_keys[] = {
	"kms:CallerAccount", "lambda:EventSourceToken", NULL
};

/* COND-22: an empty or wild account field says nothing of the owner. */
static bool
names_no_account(const struct node *value)
{
	struct arn arn = arn_split(value->text, value->length);

	return arn.count == ARN_FIELD_COUNT &&
	    (arn.field[ARN_ACCOUNT].length == 0 ||
	    arn_field_is(&arn, ARN_ACCOUNT, "*"));
}

/*
 * Any source will do: the value is a star, or the source's own.  An ARN that
 * only lacks the account is source-arn-account-missing's.
 */
static bool
takes_any_source(struct check *check, const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (condition_value_is_open(check, condition,
		    condition->values[i]) &&
		    !names_no_account(condition->values[i]))
			return true;
	return false;
}

/* It restricts for whom the service may act, in one way or another; or no call
 * of a service passes at all. */
static bool
ties_service(struct check *check, const struct condition *condition)
{
	static const char context[] = "kms:EncryptionContext:";
	const struct node *node = condition->node;

	if (condition_needs_key(condition) &&
	    condition_is_on_one(condition, absence_person_keys))
		return true;
	if (!condition_selects(condition))
		return false;
	if (condition_is_on_one(condition, absence_source_keys))
		return !takes_any_source(check, condition);
	return condition_is_on_one(condition, weaker_keys) ||
	    condition_is_on_one(condition, other_keys) ||
	    (node->key_length > strlen(context) &&
	    strncasecmp(node->key, context, strlen(context)) == 0);
}

/* Of an ARN, the account is in it; buckets alone have names that are nobody
 * else's. */
static bool
binds_owner(const struct node *value)
{
	struct arn arn = arn_split(value->text, value->length);

	if (!arn_field_is(&arn, ARN_PREFIX, "arn"))
		return value->length > 0 && value->text[0] != '*' &&
		    value->text[0] != '?';
	if (arn.count < ARN_FIELD_COUNT)
		return false;
	return account_id_is_valid(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length) ||
	    (arn_field_is(&arn, ARN_SERVICE, "s3") &&
	    !wording_value_is_wild(value));
}

/* As one that is left by a Deny, whose values no other rule looks at. */
static bool
is_tie(struct check *check, const struct condition *condition,
    const struct claim *claim)
{
	(void)claim;
	for (size_t i = 0; i < condition->count; i++)
		if (!binds_owner(condition->values[i]))
			return false;
	return ties_service(check, condition) &&
	    !condition_is_idle(check, condition);
}

/* Of everyone, it lets in AWS services alone. */
static bool
selects_services(const struct condition *condition)
{
	if (condition_is_on(condition, "aws:PrincipalIsAWSService"))
		return condition_selects(condition) &&
		    condition_has_only(condition, "true");
	return condition_demands(condition) &&
	    condition_is_on_one(condition, absence_service_name_keys);
}

/* A service, or everyone who is one. */
static bool
is_service(const struct statement *statement,
    const struct principal *principal)
{
	if (principal->kind == PRINCIPAL_SERVICE)
		return true;
	for (size_t i = 0; i < statement->condition_count; i++)
		if (principal_is_everyone(principal) &&
		    selects_services(&statement->conditions[i]))
			return true;
	return false;
}

static bool
has_tie(struct check *check)
{
	const struct statement *statement = check->statement;

	for (size_t i = 0; i < statement->condition_count; i++)
		if (ties_service(check, &statement->conditions[i]))
			return true;
	return false;
}

static void
confused_deputy(struct check *check, const struct principal *principal)
{
	const struct statement *statement = check->statement;
	const struct node *node = principal->node;
	const struct claim claim = { .who = principal, .is_enough = is_tie };
	struct finding *finding;

	if (statement->effect != EFFECT_ALLOW || statement->principal.negated ||
	    !is_service(statement, principal) || has_tie(check) ||
	    !remnant_stands(check, statement, &claim))
		return;
	finding = principal_is_everyone(principal) ?
	    check_complain_of(check, node, "AWS services are let in "
	    "for whoever asks them to come, from any account") :
	    check_complain_of(check, node, "`%.*s` is let in for whoever "
	    "asks it to come, from any account", (int)node->length,
	    node->text);
	check_help(check, finding, "demand aws:SourceAccount or "
	    "aws:SourceOrgID with your own, and aws:SourceArn where the "
	    "resource is known");
}

static void
recommended_condition_key_for_service_principal(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;

	if (check->statement->effect == EFFECT_ALLOW &&
	    condition_is_on_one(condition, weaker_keys) &&
	    statement_is_for_services(check->statement) &&
	    !statement_selects(check->statement, absence_source_keys))
		check_complain_of_key(check, node, "`%.*s` is this service's "
		    "older way to say for whom it acts; aws:SourceArn and "
		    "aws:SourceAccount say it for all", (int)node->key_length,
		    node->key);
}

/* What cannot be read is none. */
static bool
is_of_people(const struct principal *principal)
{
	enum caller_kind kind = caller_read(principal).kind;

	return principal->kind == PRINCIPAL_AWS && kind != CALLER_EVERYONE &&
	    kind != CALLER_OPEN;
}

/* The first account, user or role that is listed, and whether all are such. */
static const struct principal *
find_people(const struct statement *statement, bool *all)
{
	const struct principals *principals = &statement->principal;
	const struct principal *first = NULL;

	*all = true;
	for (size_t i = 0; !principals->negated && i < principals->count; i++) {
		if (!is_of_people(&principals->items[i]))
			*all = false;
		else if (first == NULL)
			first = &principals->items[i];
	}
	return first;
}

static void
source_keys_on_human_principal(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;
	const struct principal *people;
	struct finding *finding;
	bool all;

	if (check->statement->effect != EFFECT_ALLOW ||
	    !condition_is_on_one(condition, absence_source_keys) ||
	    !condition_needs_key(condition))
		return;
	people = find_people(check->statement, &all);
	if (people == NULL)
		return;
	if (all)
		finding = check_complain_of_key(check, node, "only calls of "
		    "AWS services carry `%.*s`; users and roles never do, so "
		    "this statement allows nothing", (int)node->key_length,
		    node->key);
	else
		finding = check_complain_of_key(check, node, "only calls of "
		    "AWS services carry `%.*s`, so `%.*s` never gets in",
		    (int)node->key_length, node->key,
		    (int)people->node->length, people->node->text);
	check_help(check, finding, "test aws:PrincipalArn, or name the service "
	    "in `Principal`");
}

/* A test of whose the source is leaves some out. */
static bool
names_owner(struct check *check)
{
	static const char *const keys[] = {
		"aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths",
		NULL
	};
	const struct statement *statement = check->statement;

	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition_selects(condition) &&
		    condition_is_on_one(condition, keys) &&
		    !condition_has_open_value(check, condition))
			return true;
	}
	return false;
}

static void
source_arn_account_missing(struct check *check,
    const struct condition *condition, const struct node *value)
{
	struct finding *finding;

	if (!names_no_account(value) ||
	    check->statement->effect != EFFECT_ALLOW ||
	    !condition_is_on(condition, "aws:SourceArn") ||
	    !condition_demands(condition) || node_has_placeholder(value) ||
	    names_owner(check))
		return;
	finding = check_complain_of(check, value, "`%.*s` names no account: "
	    "whoever owns such a resource can send the service here",
	    (int)value->length, value->text);
	check_help(check, finding, "demand aws:SourceAccount beside it");
}

const struct rule deputy_rules[] = {
	{
		.complaint = {
			.id = "confused-deputy",
			.severity = SEVERITY_SECURITY,
			.says = "an AWS service is let in for whoever sends it",
			.why = "Services act for all their customers; without "
			    "aws:SourceArn, aws:SourceAccount, aws:SourceOrgID "
			    "or aws:SourceOrgPaths a stranger can send the "
			    "service to this resource.  Demand one of them.",
			.aa = "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'sns.amazonaws.com'},"
			    "'Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q'}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'sns.amazonaws.com'},"
			    "'Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q',"
			    "'Condition':{'StringEquals':"
			    "{'aws:SourceAccount':'111122223333'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.principal = confused_deputy,
	},
	{
		.complaint = {
			.id = "recommended-condition-key-for-service-principal",
			.severity = SEVERITY_NOTE,
			.says = "a service is restricted by an older key than "
			    "the aws:Source* keys",
			.why = "aws:Referer and aws:SourceOwner are the habit "
			    "of single services; aws:SourceArn and "
			    "aws:SourceAccount mean the same everywhere.",
			.aa = "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'ses.amazonaws.com'},"
			    "'Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':{'aws:Referer':'111122223333'}}}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'ses.amazonaws.com'},"
			    "'Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':"
			    "{'aws:SourceAccount':'111122223333'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.condition = recommended_condition_key_for_service_principal,
	},
	{
		.complaint = {
			.id = "source-keys-on-human-principal",
			.severity = SEVERITY_ERROR,
			.says = "users or roles are asked for a key that only "
			    "services have",
			.why = "Only a service that acts for a resource sends "
			    "the aws:Source* keys; an Allow that demands them "
			    "of accounts, users or roles is dead.  Name the "
			    "service, or test aws:PrincipalArn.",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q',"
			    "'Condition':{'ArnLike':{'aws:SourceArn':"
			    "'arn:aws:sns:us-east-1:111122223333:t'}}}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'sns.amazonaws.com'},"
			    "'Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q',"
			    "'Condition':{'ArnLike':{'aws:SourceArn':"
			    "'arn:aws:sns:us-east-1:111122223333:t'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.condition = source_keys_on_human_principal,
	},
	{
		.complaint = {
			.id = "source-arn-account-missing",
			.severity = SEVERITY_WARNING,
			.says = "aws:SourceArn names no account, and nothing "
			    "beside it does",
			.why = "The ARN of a bucket has no account: once the "
			    "bucket is deleted anybody can own its name and "
			    "send the service here.  Demand "
			    "aws:SourceAccount too.",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'s3.amazonaws.com'},"
			    "'Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q',"
			    "'Condition':{'ArnLike':{'aws:SourceArn':"
			    "'arn:aws:s3:::b'}}}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'s3.amazonaws.com'},"
			    "'Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q',"
			    "'Condition':{'ArnLike':{'aws:SourceArn':"
			    "'arn:aws:s3:::b'},'StringEquals':"
			    "{'aws:SourceAccount':'111122223333'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.value = source_arn_account_missing,
	},
	{ .complaint = { .id = NULL } }
};
