/* SPDX-License-Identifier: MIT */
/*
 * A Deny for all but some, and who is hit beside those who were meant: whoever
 * never has the key.  Only the statement at hand is looked at; what other
 * policies allow or deny is not known here.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/arn.h"
#include "policy/caller.h"
#include "policy/rules.h"

static const char *const user_keys[] = { "aws:username", NULL };
static const char *const no_keys[] = { NULL };

static bool
tests_one(const struct statement *statement, const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_is_on_one(&statement->conditions[i], keys))
			return true;
	return false;
}

/* The first test that excepts some values of one of the keys; or NULL. */
static const struct condition *
find_exception(const struct statement *statement, const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (absence_excepts(&statement->conditions[i]) &&
		    condition_is_on_one(&statement->conditions[i], keys))
			return &statement->conditions[i];
	return NULL;
}

static bool
excepts_others(const struct statement *statement, const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (absence_excepts(&statement->conditions[i]) &&
		    !condition_is_on_one(&statement->conditions[i], keys))
			return true;
	return false;
}

/* A Deny for all but some values of a key that bystanders never have. */
static const struct bystander {
	const char *const	*keys;
	const char *const	*known;		/* tested too: thought of */
	layer_set		 layers;
	bool			 alone;		/* any other exception may be
						 * theirs */
	const char		*harm;
	const char		*cure;
} bystanders[] = {
	{
		absence_source_keys, absence_service_keys,
		LAYER_SET(RESOURCE) | LAYER_SET(TRUST), true,
		"users and roles never have it, so all of them are denied",
		"add `\"Bool\": {\"aws:PrincipalIsAWSService\": \"true\"}`"
	},
	{
		user_keys, no_keys, LAYERS_PRINCIPAL | LAYER_SET(SCP), true,
		"only IAM users have one, so every role is denied too",
		"test `aws:PrincipalArn` instead"
	},
	{
		absence_private_keys, absence_forward_keys,
		LAYERS_ATTACHED | LAYER_SET(SCP), false,
		"calls that AWS services make for the caller lack it, so they "
		"are denied too",
		"add `\"Bool\": {\"aws:ViaAWSService\": \"false\"}`"
	},
	{
		absence_public_keys, absence_forward_keys,
		LAYERS_ATTACHED | LAYER_SET(SCP), false,
		"requests through a VPC endpoint lack it, so they are denied "
		"too",
		"add `\"Null\": {\"aws:SourceIp\": \"false\"}`, or name the "
		"endpoints too"
	},
};

static const struct bystander *
find_bystander(const struct check *check, const struct condition *condition)
{
	for (size_t i = 0; i < sizeof(bystanders) / sizeof(bystanders[0]); i++)
		if ((bystanders[i].layers >> check->subject->layer & 1) != 0 &&
		    condition_is_on_one(condition, bystanders[i].keys))
			return &bystanders[i];
	return NULL;
}

/* They were thought of, or come off some other way. */
static bool
is_spared(const struct statement *statement, const struct bystander *bystander,
    const struct condition *condition)
{
	const struct absence *absence = absence_find(condition);

	if (tests_one(statement, bystander->known) ||
	    absence_is_guarded(statement, condition) ||
	    (bystander->alone && excepts_others(statement, bystander->keys)) ||
	    statement_is_for_services(statement))
		return true;
	if (absence == NULL)
		return false;
	return statement_demands_family(statement, absence->family) ||
	    (absence->family == FAMILY_PUBLIC &&
	    tests_one(statement, absence_private_keys));
}

static void
negated_missing_key_deny(struct check *check,
    const struct condition *condition)
{
	const struct statement *statement = check->statement;
	const struct node *key = condition->node;
	const struct bystander *bystander;

	if (statement->effect != EFFECT_DENY || !absence_excepts(condition))
		return;
	bystander = find_bystander(check, condition);
	if (bystander == NULL ||
	    find_exception(statement, bystander->keys) != condition ||
	    is_spared(statement, bystander, condition))
		return;
	check_help(check, check_complain_of_key(check, key, "`%.*s` need not "
	    "be there: %s", (int)key->key_length, key->key, bystander->harm),
	    "%s", bystander->cure);
}

/* What services are known to do by themselves, for a witness. */
static const struct deed {
	const char	*action;
	const char	*service;
	const char	*resource;	/* where none is named */
	const char	*object;	/* what to write for a final star */
} deeds[] = {
	{ "s3:PutObject", "cloudtrail.amazonaws.com",
	    "arn:aws:s3:::bucket/AWSLogs/x", "AWSLogs/x" },
	{ "s3:GetObject", "cloudfront.amazonaws.com",
	    "arn:aws:s3:::bucket/index.html", "index.html" },
	{ "sqs:SendMessage", "sns.amazonaws.com",
	    "arn:aws:sqs:us-east-1:111122223333:queue", "queue" },
	{ "sns:Publish", "cloudwatch.amazonaws.com",
	    "arn:aws:sns:us-east-1:111122223333:topic", "topic" },
	{ "kms:GenerateDataKey", "cloudtrail.amazonaws.com",
	    "arn:aws:kms:us-east-1:111122223333:key/k", "k" },
	{ "lambda:InvokeFunction", "events.amazonaws.com",
	    "arn:aws:lambda:us-east-1:111122223333:function:f", "f" },
	{ "logs:PutLogEvents", "delivery.logs.amazonaws.com",
	    "arn:aws:logs:us-east-1:111122223333:log-group:g:log-stream:s",
	    "s" },
	{ "sts:AssumeRole", "ec2.amazonaws.com",
	    "arn:aws:iam::111122223333:role/app", "app" },
};

static const struct deed *
find_deed(struct check *check)
{
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (statement_reaches(check, check->statement,
		    deeds[i].action))
			return &deeds[i];
	return NULL;
}

/*
 * Something else is demanded, that a service's request need not have; then
 * nothing is certain of it.
 */
static bool
demands_more(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_needs_key(&statement->conditions[i]) &&
		    !condition_is_on_one(&statement->conditions[i],
		    absence_forward_keys))
			return true;
	return false;
}

/* Whose the caller is; services are nobody's (KEY-5). */
static const char *const owner_keys[] = {
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount",
	NULL
};
static const char *const arn_keys[] = { "aws:PrincipalArn", NULL };

/* A whole account, or all its roles or users; not some that are named. */
static bool
is_of_account(const struct node *value)
{
	struct arn arn = arn_split(value->text, value->length);

	return arn.count == ARN_FIELD_COUNT &&
	    !arn_field_is_wild(&arn, ARN_ACCOUNT) &&
	    (arn_field_is(&arn, ARN_RESOURCE, "*") ||
	    arn_field_is(&arn, ARN_RESOURCE, "role/*") ||
	    arn_field_is(&arn, ARN_RESOURCE, "user/*"));
}

/* The exception is for everybody of some account. */
static const struct condition *
find_account_exception(const struct statement *statement)
{
	const struct condition *found = find_exception(statement, arn_keys);

	for (size_t i = 0; found != NULL && i < found->count; i++)
		if (is_of_account(found->values[i]))
			return found;
	return NULL;
}

static const struct condition *
find_owner_perimeter(const struct statement *statement)
{
	const struct condition *found = find_exception(statement, owner_keys);

	return found != NULL ? found : find_account_exception(statement);
}

static const struct condition *
find_perimeter(const struct check *check)
{
	const struct statement *statement = check->statement;
	const struct condition *found = find_exception(statement,
	    absence_private_keys);

	if (found == NULL)
		found = find_exception(statement, absence_public_keys);
	/* of RCPs, rules of their own speak of this */
	if (found == NULL && check->subject->layer == LAYER_RESOURCE)
		found = find_owner_perimeter(statement);
	return found;
}

/* The exception for services, the wrong way round; NULL if there is none. */
static const struct condition *
find_turned_exception(const struct check *check)
{
	const struct condition *found = statement_condition(check->statement,
	    "aws:PrincipalIsAWSService");

	if (check->subject->layer != LAYER_RESOURCE || found == NULL ||
	    !condition_selects(found) || !condition_has_only(found, "true") ||
	    find_exception(check->statement, absence_source_keys) != NULL ||
	    find_owner_perimeter(check->statement) == NULL)
		return NULL;
	for (size_t i = 0; i < check->statement->condition_count; i++)
		if (&check->statement->conditions[i] != found &&
		    condition_needs_key(&check->statement->conditions[i]))
			return NULL;
	return found;
}

/* A resource that the statement names, in full. */
static const char *
witness_resource(struct check *check, const struct deed *deed)
{
	struct arena *arena = check->report->arena;
	const struct element *resource = &check->statement->resource;

	for (size_t i = 0; !resource->negated && i < resource->count; i++) {
		const struct node *entry = resource->items[i];
		const char *star = memchr(entry->text, '*', entry->length);

		if (entry->length < 2 || node_has_placeholder(entry) ||
		    (star == NULL && strncmp(deed->action, "s3:", 3) == 0))
			continue;
		if (star == NULL)
			return entry->text;
		if (star == entry->text + entry->length - 1)
			return arena_printf(arena, "%.*s%s",
			    (int)entry->length - 1, entry->text,
			    deed->object);
	}
	return deed->resource;
}

static void
set_witness(struct check *check, struct finding *finding,
    const struct deed *deed)
{
	const struct node *sid = check->statement->sid;

	finding->witness = arena_printf(check->report->arena,
	    "%s  %s  %s  -> explicitly denied%s%s%s", deed->service,
	    deed->action, witness_resource(check, deed),
	    sid == NULL ? "" : " (Sid ", sid == NULL ? "" : sid->text,
	    sid == NULL ? "" : ")");
}

static void
complain_of_turned(struct check *check, const struct condition *turned)
{
	struct finding *finding = check_complain_of_key(check, turned->node,
	    "this Deny is for calls that AWS services make by themselves, "
	    "and for all of them: none has `%s`",
	    find_owner_perimeter(check->statement)->node->key);

	check_help(check, finding, "write `\"BoolIfExists\": "
	    "{\"aws:PrincipalIsAWSService\": \"false\"}` to spare them");
}

static void
complain_of_perimeter(struct check *check, const struct condition *perimeter,
    const struct deed *deed)
{
	struct finding *finding = check_complain_of_key(check,
	    perimeter->node, "calls that AWS services make by themselves need "
	    "not have `%.*s`, so this Deny hits them too",
	    (int)perimeter->node->key_length, perimeter->node->key);

	set_witness(check, finding, deed);
	check_help(check, finding, "add `\"BoolIfExists\": "
	    "{\"aws:PrincipalIsAWSService\": \"false\"}`%s",
	    condition_is_on_one(perimeter, owner_keys) ||
	    condition_is_on_one(perimeter, arn_keys) ||
	    tests_one(check->statement, absence_forward_keys) ? "" :
	    ", and `\"aws:ViaAWSService\": \"false\"` for calls that they "
	    "make for others");
}

/* KEY-5: a service's own calls have no network and no organization. */
static void
deny_hits_aws_services(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct condition *perimeter, *turned;
	const struct deed *deed;

	if (statement->effect != EFFECT_DENY ||
	    statement_everyone(statement) == NULL ||
	    (deed = find_deed(check)) == NULL)
		return;
	perimeter = find_perimeter(check);
	turned = find_turned_exception(check);
	if (turned != NULL)
		complain_of_turned(check, turned);
	else if (perimeter != NULL && !demands_more(statement) &&
	    !tests_one(statement, absence_service_keys) &&
	    find_exception(statement, absence_source_keys) == NULL)
		complain_of_perimeter(check, perimeter, deed);
}

#define OPEN(LAYER, CONDITION)						\
	LAYER " {'Effect':'Deny','Principal':'*','Action':'s3:*',"	\
	"'Resource':'*','Condition':" CONDITION "}"

const struct rule bystander_rules[] = {
	{
		.complaint = {
			.id = "negated-missing-key-deny",
			.severity = SEVERITY_WARNING,
			.says = "a Deny for all but some values hits those "
			    "whose requests lack the key",
			.why = "What is not there differs from every value, "
			    "and IfExists does not change that.  Except the "
			    "calls that never have the key, or test a key "
			    "that all have.",
			.fires_on = "identity {'Effect':'Deny','Action':"
			    "'s3:*','Resource':'*','Condition':"
			    "{'StringNotEquals':"
			    "{'aws:SourceVpc':'vpc-0a1b2c3d'}}}",
			.quiet_on = "identity {'Effect':'Deny','Action':"
			    "'s3:*','Resource':'*','Condition':"
			    "{'StringNotEquals':"
			    "{'aws:SourceVpc':'vpc-0a1b2c3d'},"
			    "'Bool':{'aws:ViaAWSService':'false'}}}",
		},
		.layers = LAYERS_ALL,
		.condition = negated_missing_key_deny,
	},
	{
		.complaint = {
			.id = "deny-hits-aws-services",
			.severity = SEVERITY_SECURITY,
			.says = "this Deny also blocks AWS services acting for "
			    "you",
			.why = "CloudTrail, SNS, CloudFront and others call "
			    "from no network and no organization of yours.  "
			    "Logs and notifications stop, silently.  Except "
			    "them with aws:PrincipalIsAWSService, and calls "
			    "that they make for a user with "
			    "aws:ViaAWSService.",
			.fires_on = OPEN("resource", "{'StringNotEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}"),
			.quiet_on = OPEN("resource", "{'StringNotEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'},"
			    "'BoolIfExists':"
			    "{'aws:PrincipalIsAWSService':'false'}}"),
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(RCP),
		.statement = deny_hits_aws_services,
	},
	{ .complaint = { .id = NULL } }
};
