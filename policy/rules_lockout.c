/* SPDX-License-Identifier: MIT */
/*
 * Rules about what a resource policy says of the very resource it is attached
 * to: whether anybody is left who may change it, and tests on facts that the
 * resource fixes.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/rules.h"

/* Every user and role has these. */
static const char *const people_keys[] = {
	"aws:PrincipalArn", "aws:PrincipalAccount", "aws:userid",
	"aws:PrincipalType", NULL
};

/* The entry names a bucket itself, not objects in it. */
static bool
is_bucket(const struct node *entry)
{
	struct arn arn = arn_split(entry->text, entry->length);

	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_SERVICE, "s3") &&
	    memchr(arn.field[ARN_RESOURCE].text, '/',
	    arn.field[ARN_RESOURCE].length) == NULL;
}

static bool
names_bucket(const struct element *resource)
{
	for (size_t i = 0; !resource->negated && i < resource->count; i++)
		if (is_bucket(resource->items[i]))
			return true;
	return false;
}

/* Requests that users and roles make themselves, from no VPC, meet it. */
static bool
hits_outside_network(const struct condition *condition)
{
	if (condition->use.operator == OPERATOR_Null)
		return condition_is_on_one(condition, absence_public_keys) ?
		    condition_has_only(condition, "false") :
		    condition_has_only(condition, "true");
	return absence_excepts(condition);
}

/* It spares AWS services, and nobody else.  (What they do for somebody may be
 * the repair: CloudFormation changes policies.) */
static bool
spares_services(const struct condition *condition)
{
	if (condition_is_on(condition, "aws:PrincipalIsAWSService"))
		return condition_selects(condition) &&
		    condition_has(condition, "false");
	if (condition->use.operator == OPERATOR_Null)
		return condition_has_only(condition, "true");
	return absence_excepts(condition);
}

/* Every user and role has such a key with such a value. */
static bool
takes_in_people(const struct condition *condition)
{
	if (condition->use.operator == OPERATOR_Null)
		return condition_has_only(condition, "false");
	return condition_selects(condition) &&
	    condition_facts(condition)->type == VALUE_STRING &&
	    condition_facts(condition)->comparison == COMPARISON_like &&
	    condition_has(condition, "*");
}

enum whom {
	WHOM_SOME,			/* some administrator may be spared */
	WHOM_OUTSIDERS,
	WHOM_PEOPLE,
	WHOM_EVERYONE
};

/* Keys that say nothing of which user or role it is, and who is hit. */
static const struct blow {
	const char *const	*keys;
	bool			 (*meets)(const struct condition *);
	enum whom		 whom;
} blows[] = {
	{ absence_public_keys, hits_outside_network, WHOM_OUTSIDERS },
	{ absence_private_keys, hits_outside_network, WHOM_OUTSIDERS },
	{ absence_service_keys, spares_services, WHOM_PEOPLE },
	{ people_keys, takes_in_people, WHOM_PEOPLE },
};

static enum whom
find_whom(const struct condition *condition)
{
	for (size_t i = 0; condition_is_known(condition) &&
	    i < sizeof(blows) / sizeof(blows[0]); i++)
		if (condition_is_on_one(condition, blows[i].keys))
			return blows[i].meets(condition) ? blows[i].whom :
			    WHOM_SOME;
	return WHOM_SOME;
}

/* Whom the Deny hits for certain, whatever they do. */
static enum whom
statement_hits(const struct statement *statement)
{
	enum whom whom = WHOM_EVERYONE;

	for (size_t i = 0; i < statement->condition_count; i++) {
		enum whom hit = find_whom(&statement->conditions[i]);

		if (hit < whom)
			whom = hit;
	}
	return whom;
}

static const char *const lockouts[] = {
	[WHOM_OUTSIDERS] = "administrators outside the network are denied the "
	    "bucket and its policy too: if it is gone or misspelt, only the "
	    "root user of its account can repair that",
	[WHOM_PEOPLE] = "every user and role is denied the bucket and its "
	    "policy too: only the root user of its account can repair that",
	[WHOM_EVERYONE] = "everyone is denied the bucket and its policy too: "
	    "only the root user of its account can repair that",
};

/* EVAL-11: the root user of the bucket's account is the way out. */
static void
bucket_lockout(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct principal *everyone = statement_everyone(statement);
	enum whom whom;

	if (statement->effect != EFFECT_DENY || everyone == NULL)
		return;
	whom = statement_hits(statement);
	if (whom == WHOM_SOME || !names_bucket(&statement->resource) ||
	    !statement_reaches(check, statement, "s3:PutBucketPolicy") ||
	    !statement_reaches(check, statement, "s3:DeleteBucketPolicy"))
		return;
	check_help(check, check_complain_of(check, everyone->node, "%s",
	    lockouts[whom]), "spare an administrator under ArnNotEquals on "
	    "aws:PrincipalArn");
}

static bool
is_kms_action(const struct node *entry)
{
	return entry->length > 4 && strncasecmp(entry->text, "kms:", 4) == 0;
}

static bool
has_kms_shape(const struct statement *statement)
{
	for (size_t i = 0; i < statement->action.count; i++)
		if (!is_kms_action(statement->action.items[i]))
			return false;
	return statement->action.count > 0 && resource_is_everything(statement);
}

/* Somebody who may hold the policy's administration. */
static bool
may_administer(const struct check *check, const struct principal *principal)
{
	const char *attached = check->subject->attached;
	struct arn arn = arn_split(attached == NULL ? "" : attached,
	    attached == NULL ? 0 : strlen(attached));
	bool known = arn.count == ARN_FIELD_COUNT &&
	    arn.field[ARN_ACCOUNT].length == ACCOUNT_LENGTH;
	struct caller caller = caller_read(principal);

	return caller.kind == CALLER_OPEN || (caller.account != NULL &&
	    (!known || memcmp(caller.account, arn.field[ARN_ACCOUNT].text,
	    ACCOUNT_LENGTH) == 0));
}

static bool
names_somebody(const struct check *check, const struct statement *statement)
{
	for (size_t i = 0; i < statement->principal.count; i++)
		if (may_administer(check, &statement->principal.items[i]))
			return true;
	return false;
}

/*
 * It is the policy of a key: said to be, or every statement is about this key
 * and some Allow names an account.  An endpoint policy may look alike but
 * for the last.
 */
static bool
is_key_policy(const struct check *check)
{
	const struct subject *subject = check->subject;
	const struct policy *policy = subject->policy;
	bool names_account = false;

	if (subject->service != NULL)
		return strcmp(subject->service->prefix, "kms") == 0;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		if (!has_kms_shape(statement))
			return false;
		if (statement->effect == EFFECT_ALLOW &&
		    names_somebody(check, statement))
			names_account = true;
	}
	return names_account;
}

static bool
denies_change(struct check *check, const struct statement *statement)
{
	return statement->effect == EFFECT_DENY &&
	    statement_holds(statement) && !statement->principal.negated &&
	    !statement->action.partial &&
	    resource_is_everything(statement) &&
	    statement_reaches(check, statement, "kms:PutKeyPolicy");
}

/* A Deny takes the change from everyone, or from that principal if any. */
static bool
is_taken(struct check *check, const struct principal *principal)
{
	const struct policy *policy = check->subject->policy;

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		const struct principals *denied = &statement->principal;

		if (!denies_change(check, statement))
			continue;
		if (statement_everyone(statement) != NULL)
			return true;
		for (size_t j = 0; principal != NULL && j < denied->count; j++)
			if (principal_is_denied_by(principal,
			    &denied->items[j]))
				return true;
	}
	return false;
}

static bool
names_everyone(const struct statement *statement)
{
	return statement->principal.negated || statement->principal.partial ||
	    statement_everyone(statement) != NULL;
}

/* The value of kms:ViaService is a service that uses keys for what it stores,
 * and changes none for anybody. */
static bool
is_of_user(const struct node *value)
{
	static const char users[] = "dynamodb ec2 elasticfilesystem kinesis "
	    "lambda logs rds redshift s3 secretsmanager sns sqs ssm";
	const char *dot = memchr(value->text, '.', value->length);

	return dot != NULL && word_is_among(value->text,
	    (size_t)(dot - value->text), users);
}

/* Only calls that services make with the key pass. */
static bool
is_for_use(const struct condition *condition)
{
	if (!condition_is_on(condition, "kms:ViaService") ||
	    !condition_demands(condition) || condition->partial)
		return false;
	for (size_t i = 0; i < condition->count; i++)
		if (!is_of_user(condition->values[i]))
			return false;
	return condition->count > 0;
}

/* Nobody who passes its tests asks for the change. */
static bool
is_out_of_reach(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (is_for_use(&statement->conditions[i]))
			return true;
	return false;
}

/* It does, or what could not be read of it may. */
static bool
grants_change(struct check *check, const struct statement *statement)
{
	const struct principals *principals = &statement->principal;

	if (statement->effect != EFFECT_ALLOW ||
	    !statement_may_reach(check, statement, "kms:PutKeyPolicy") ||
	    is_out_of_reach(statement))
		return false;
	if (names_everyone(statement))
		return !is_taken(check, NULL);
	for (size_t i = 0; i < principals->count; i++)
		if (may_administer(check, &principals->items[i]) &&
		    !is_taken(check, &principals->items[i]))
			return true;
	return false;
}

static bool
some_deny_change(struct check *check)
{
	const struct policy *policy = check->subject->policy;

	for (size_t i = 0; i < policy->count; i++)
		if (denies_change(check, &policy->statements[i]))
			return true;
	return false;
}

/* KMS-1: without the key policy, no identity policy helps. */
static void
kms_lockout(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	struct finding *finding;

	if (policy->count == 0 || policy->partial || !is_key_policy(check))
		return;
	for (size_t i = 0; i < policy->count; i++)
		if (grants_change(check, &policy->statements[i]))
			return;
	finding = check_complain_of_key(check, policy->statement_node,
	    "nobody in the key's account is allowed kms:PutKeyPolicy: this "
	    "policy can never be changed again");
	check_help(check, finding, "allow kms:* to the root of the account, "
	    "`arn:aws:iam::ACCOUNT:root`%s", some_deny_change(check) ?
	    ", and take kms:PutKeyPolicy out of the Deny" : "");
}

/* The resource fixes these, so a test on them is always or never true. */
static void
irrelevant_condition_key_in_policy(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;

	if (check->subject->attached == NULL ||
	    !condition_is_on_one(condition, absence_owner_keys))
		return;
	check_complain_of_key(check, node, "`%.*s` is the same in every "
	    "request to `%s`; the test says nothing about the caller",
	    (int)node->key_length, node->key, check->subject->attached);
}

const struct rule lockout_rules[] = {
	{
		.complaint = {
			.id = "bucket-lockout",
			.severity = SEVERITY_SECURITY,
			.says = "a bucket policy denies everyone the way to "
			    "repair it",
			.why = "A Deny for everyone, or for all outside some "
			    "network, holds for administrators and at the "
			    "console too; nobody else but the root user of "
			    "the account can replace the policy.  Spare one "
			    "role.",
			.fires_on = "resource {'Effect':'Deny',"
			    "'Principal':'*','Action':'s3:*',"
			    "'Resource':['arn:aws:s3:::b',"
			    "'arn:aws:s3:::b/*'],'Condition':"
			    "{'StringNotEquals':{'aws:SourceVpce':"
			    "'vpce-0a1b2c3d'}}}",
			.quiet_on = "resource {'Effect':'Deny',"
			    "'Principal':'*','Action':'s3:*',"
			    "'Resource':['arn:aws:s3:::b',"
			    "'arn:aws:s3:::b/*'],'Condition':"
			    "{'StringNotEquals':{'aws:SourceVpce':"
			    "'vpce-0a1b2c3d'},"
			    "'ArnNotEquals':{'aws:PrincipalArn':"
			    "'arn:aws:iam::111122223333:role/admin'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.statement = bucket_lockout,
	},
	{
		.complaint = {
			.id = "kms-lockout",
			.severity = SEVERITY_SECURITY,
			.says = "a key policy lets nobody change it",
			.why = "Identity policies reach a key only where the "
			    "key policy says so.  Without kms:PutKeyPolicy for "
			    "somebody in the account, only AWS Support can "
			    "bring the key back.",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:role/app'},"
			    "'Action':'kms:Decrypt','Resource':'*'}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:root'},"
			    "'Action':'kms:*','Resource':'*'}",
		},
		.layers = LAYER_SET(RESOURCE),
		.document = kms_lockout,
	},
	{
		.complaint = {
			.id = "irrelevant-condition-key-in-policy",
			.severity = SEVERITY_NOTE,
			.says = "a condition tests what the attached resource "
			    "already fixes",
			.why = "The owner of the resource is the same in every "
			    "request to it, so the test is always true or "
			    "never.  Remove it, or test the caller.",
			.aa = "IRRELEVANT_CONDITION_KEY_IN_POLICY",
			.fires_on = "resource on arn:aws:s3:::b "
			    "{'Effect':'Allow','Principal':{'AWS':"
			    "'111122223333'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':"
			    "{'s3:ResourceAccount':'111122223333'}}}",
			.quiet_on = "resource on arn:aws:s3:::b "
			    "{'Effect':'Allow','Principal':{'AWS':"
			    "'111122223333'},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':"
			    "{'aws:PrincipalAccount':'111122223333'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.condition = irrelevant_condition_key_in_policy,
	},
	{ .complaint = { .id = NULL } }
};
