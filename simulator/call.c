/* SPDX-License-Identifier: MIT */
/* Lists of actions, and beginnings of resources. */
#include "config.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "policy/layer.h"
#include "simulator/call.h"

static const struct {
	call_set	 call;
	const char	*service;
	const char	*actions;	/* NULL: any */
} by_action[] = {
	{ CALL_OF_STS, "sts", NULL },
	{ CALL_OF_IAM, "iam", NULL },
	{ CALL_UNLOCK_QUEUE, "sqs", "sqs:getqueueattributes sqs:getqueueurl "
	    "sqs:listqueues sqs:setqueueattributes" },
	{ CALL_ASSUME_ROLE, "sts", "sts:assumerole" },
	{ CALL_ASKS_TRUST, "sts", TRUST_ASSUMING },
	{ CALL_SESSION_DETAIL, "sts", TRUST_BESIDE },
	{ CALL_CALLER_IDENTITY, "sts", "sts:getcalleridentity" },
	{ CALL_SESSION_TOKEN, "sts", "sts:getsessiontoken" },
	{ CALL_FEDERATION_TOKEN, "sts", "sts:getfederationtoken" },
	{ CALL_ASSUME_ROOT, "sts", "sts:assumeroot" },
	{ CALL_RETIRE_GRANT, "kms", "kms:retiregrant" },
	{ CALL_BUCKET_POLICY, "s3", "s3:getbucketpolicy s3:putbucketpolicy "
	    "s3:deletebucketpolicy" },
};

const struct call_place call_places[CALL_PLACE_COUNT] = {
	{ CALL_ON_KEY, "kms", "key/" },
	{ CALL_ON_ROLE, "iam", "role/" },
	{ CALL_ON_LINKED_ROLE, "iam", "role/aws-service-role/" },
	{ CALL_ON_ACCESS_POINT, "s3", "accesspoint/" },
	{ CALL_ON_ACCESS_POINT, "s3express", "accesspoint/" },
	{ CALL_ON_ACCESS_POINT, "s3-object-lambda", "accesspoint/" },
};

const struct call_reserved call_reserved[CALL_RESERVED_COUNT] = {
	{ "iam", "aws", "policy/", "iam:createpolicyversion iam:deletepolicy "
	    "iam:deletepolicyversion iam:setdefaultpolicyversion "
	    "iam:tagpolicy iam:untagpolicy" },
	{ "iam", NULL, "role/aws-reserved/", "iam:attachrolepolicy "
	    "iam:deleterole iam:deleterolepermissionsboundary "
	    "iam:deleterolepolicy iam:detachrolepolicy iam:passrole "
	    "iam:putrolepermissionsboundary iam:putrolepolicy iam:tagrole "
	    "iam:untagrole iam:updateassumerolepolicy iam:updaterole "
	    "iam:updateroledescription" },
	{ "kms", NULL, "alias/aws/", "kms:createalias kms:deletealias "
	    "kms:updatealias" },
};

const char *
call_actions(call_set one)
{
	size_t i = 0, last = sizeof(by_action) / sizeof(by_action[0]) - 1;

	while (i < last && by_action[i].call != one)
		i++;
	assert(by_action[i].call == one && by_action[i].actions != NULL);
	return by_action[i].actions;
}

static call_set
read_action(const struct request *request)
{
	call_set call = 0;

	for (size_t i = 0; i < sizeof(by_action) / sizeof(by_action[0]); i++)
		if (request_action_is_of(request, by_action[i].service) &&
		    (by_action[i].actions == NULL || request_action_is_among(
		    request, by_action[i].actions)))
			call |= by_action[i].call;
	return call;
}

static bool
begins(const struct arn *arn, const char *service, const char *start)
{
	size_t length = strlen(start);

	return arn_field_is(arn, ARN_SERVICE, service) &&
	    arn->field[ARN_RESOURCE].length >= length &&
	    memcmp(arn->field[ARN_RESOURCE].text, start, length) == 0;
}

static call_set
read_resource(const struct request *request, const struct arn *arn)
{
	call_set call = 0;

	for (size_t i = 0; i < CALL_PLACE_COUNT; i++)
		if (begins(arn, call_places[i].service, call_places[i].start))
			call |= call_places[i].call;
	for (size_t i = 0; i < CALL_RESERVED_COUNT; i++) {
		const struct call_reserved *row = &call_reserved[i];

		if (begins(arn, row->service, row->start) &&
		    (row->account == NULL || arn_field_is(arn, ARN_ACCOUNT,
		    row->account)) && request_action_is_among(request,
		    row->actions))
			call |= CALL_ON_RESERVED;
	}
	return call;
}

/* Services, the pseudo-resource and the like are of no partition. */
static bool
is_abroad(const struct request *request, const struct arn *there)
{
	struct word principal = request->actor.principal;
	struct arn here;

	if (principal.text == NULL || !arn_field_is(there, ARN_PREFIX, "arn"))
		return false;
	here = arn_split(principal.text, principal.length);
	return here.count == ARN_FIELD_COUNT &&
	    !word_equal(word_from(here.field[ARN_PARTITION].text,
	    here.field[ARN_PARTITION].length),
	    word_from(there->field[ARN_PARTITION].text,
	    there->field[ARN_PARTITION].length));
}

static bool
lists(const struct action *action, const char *key)
{
	return action_lists_key(action, key, strlen(key));
}

bool
call_names_tags(const struct action *action)
{
	return lists(action, "aws:TagKeys") &&
	    lists(action, "aws:RequestTag/x");
}

bool
call_names_only_tags(const struct action *action)
{
	static const char *const starts[] = { "Add", "Assume", "Create",
	    "Run", "Tag" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncmp(action->name, starts[i], strlen(starts[i])) == 0)
			return call_names_tags(action);
	return false;
}

bool
call_wants_signature(struct word action)
{
	static const char *const prefixes[] = { "cloudtrail:", "dynamodb:",
	    "ec2:", "ec2messages:", "iam:", "kms:", "logs:", "organizations:",
	    "secretsmanager:", "ssm:", "ssmmessages:" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (action.length > strlen(prefixes[i]) && strncasecmp(
		    action.text, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return word_is_among(action.text, action.length, "sts:assumerole "
	    "sts:assumeroot sts:getfederationtoken "
	    "sts:decodeauthorizationmessage sts:getaccesskeyinfo");
}

bool
call_is_global(const struct service *service)
{
	static const char *const prefixes[] = { "iam", "organizations",
	    "route53", "cloudfront" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strcmp(service->prefix, prefixes[i]) == 0)
			return true;
	return false;
}

call_set
call_read(const struct request *request)
{
	struct arn arn = arn_split(request->resource.text,
	    request->resource.length);
	call_set call = CALL_KNOWN | read_action(request);

	if (word_is(request->resource, "*"))
		call |= CALL_ON_NOTHING;
	if (arn.count == ARN_FIELD_COUNT) {
		call |= read_resource(request, &arn);
		if (is_abroad(request, &arn))
			call |= CALL_ABROAD;
	}
	/* whoever assumes something assumes a role; the others may also be
	 * about a federated session */
	if ((call & CALL_SESSION_DETAIL) != 0 && (call & CALL_ON_ROLE) != 0)
		call |= CALL_ASKS_TRUST;
	return call;
}
