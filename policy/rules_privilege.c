/* SPDX-License-Identifier: MIT */
/*
 * Rights that may be handed on: roles, to the services that act with them,
 * and buckets, by their own policies.  What a role may do is not known here.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/caller.h"
#include "policy/grant.h"
#include "policy/remnant.h"
#include "policy/rules.h"
#include "policy/wording.h"

/* How many roles a Resource part takes in. */
enum width {
	WIDTH_NAMED,			/* some, or those of a service */
	WIDTH_BEGUN,			/* all whose name looks like that */
	WIDTH_ALL
};

/* Tests that say which role, or for which service. */
static const char *const pass_keys[] = {
	"iam:PassedToService", "iam:AssociatedResourceArn",
	"iam:ResourceTag/", "aws:ResourceTag/", "aws:CalledVia",
	"aws:CalledViaFirst", "aws:CalledViaLast", NULL
};
static const char *const linked_keys[] = { "iam:AWSServiceName", NULL };

static bool
starts_with(const char *text, size_t length, const char *word)
{
	return length >= strlen(word) &&
	    strncasecmp(text, word, strlen(word)) == 0;
}

static bool
is_all_wild(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] != '*' && text[i] != '?')
			return false;
	return true;
}

/* The name of the role, with its path; the whole field if it is no role. */
static const char *
role_name(const struct arn *arn, size_t *length)
{
	static const char type[] = "role/";
	const char *text = arn->field[ARN_RESOURCE].text;
	size_t skip;

	*length = arn->field[ARN_RESOURCE].length;
	skip = starts_with(text, *length, type) ? strlen(type) : 0;
	*length -= skip;
	return text + skip;
}

/* As AWS writes it: `AWSGlueServiceRole', but neither `AWS*' nor `awsadmin'. */
static bool
begins_as_of_aws(const char *name, size_t length, const char *start)
{
	size_t skip = strlen(start);

	return length > skip && memcmp(name, start, skip) == 0 &&
	    name[skip] >= 'A' && name[skip] <= 'Z';
}

/* Names that AWS itself gives to the roles of its services. */
static bool
is_of_service(const char *name, size_t length)
{
	static const char *const starts[] = {
		"service-role/", "aws-service-role/", "aws-reserved/",
		"aws-opsworks-cm-"
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (starts_with(name, length, starts[i]))
			return true;
	return begins_as_of_aws(name, length, "AWS") ||
	    begins_as_of_aws(name, length, "Amazon");
}

static enum width
width_for_passing(const char *name, size_t length)
{
	if (is_of_service(name, length))
		return WIDTH_NAMED;
	return memchr(name, '*', length) == NULL &&
	    memchr(name, '?', length) == NULL ? WIDTH_NAMED : WIDTH_BEGUN;
}

/* What follows the path is the service's own business. */
static enum width
width_for_linking(const char *name, size_t length)
{
	static const char path[] = "aws-service-role/";

	if (!starts_with(name, length, path))
		return WIDTH_NAMED;
	name += strlen(path);
	length -= strlen(path);
	return is_all_wild(name, length) || name[0] == '*' ? WIDTH_ALL :
	    WIDTH_NAMED;
}

/* An action that hands power on, and what limits it. */
struct handing {
	const char		*action;
	const char *const	*keys;
	enum width		(*width)(const char *, size_t);
};

static enum width
entry_width(const struct handing *handing, const struct node *entry)
{
	struct arn arn = arn_split(entry->text, entry->length);
	const char *name;
	size_t length;

	if (arn.count < ARN_FIELD_COUNT)
		return entry->length > 0 &&
		    entry->text[entry->length - 1] == '*' ? WIDTH_ALL :
		    WIDTH_NAMED;
	name = role_name(&arn, &length);
	if (length > 0 && is_all_wild(name, length))
		return WIDTH_ALL;
	return handing->width(name, length);
}

/* It is of some other type, which what hands roles on does not act on. */
static bool
is_no_role(struct check *check, const struct node *entry)
{
	const struct address *address = check_locate(check, entry);

	for (size_t i = 0; i < address->type_count; i++)
		if (strcmp(address->types[i]->name, "role") == 0)
			return false;
	return address->type_count > 0;
}

/* The entry of Resource that takes in the most; NULL if roles are named. */
static const struct node *
find_widest(struct check *check, const struct handing *handing,
    const struct element *resource, enum width *width)
{
	const struct node *widest = NULL;

	*width = WIDTH_NAMED;
	for (size_t i = 0; i < resource->count; i++) {
		const struct node *entry = resource->items[i];
		enum width other = entry_width(handing, entry);

		if (other > *width && !is_no_role(check, entry)) {
			widest = entry;
			*width = other;
		}
	}
	return widest;
}

/* A service that nobody named has such a value. */
static bool
is_any(struct check *check, const struct condition *condition,
    const struct node *value)
{
	static const char improbable[] = "~.amazonaws.com";
	const struct pattern pattern = pattern_read(check->subject->arena,
	    value->text, value->length);

	if (wording_value_is_open(value))
		return true;
	return condition_facts(condition)->comparison == COMPARISON_like &&
	    (is_all_wild(value->text, value->length) ||
	    pattern_match(&pattern, improbable, strlen(improbable)));
}

/* Tags limit in either way; of services, only a list of some does. */
static bool
limits(struct check *check, const struct condition *condition)
{
	if (condition->use.operator == OPERATOR_Null)
		return false;
	if (wording_key_is_tag(condition->node) ||
	    !condition_is_known(condition))
		return true;
	for (size_t i = 0; i < condition->count; i++)
		if (is_any(check, condition, condition->values[i]))
			return false;
	return condition_selects(condition);
}

static bool
is_limit(struct check *check, const struct condition *condition,
    const struct handing *handing)
{
	return condition_is_on_one(condition, handing->keys) &&
	    limits(check, condition);
}

static bool
is_enough(struct check *check, const struct condition *condition,
    const struct claim *claim)
{
	return is_limit(check, condition, claim->context);
}

static bool
is_limited(struct check *check, const struct handing *handing)
{
	const struct statement *statement = check->statement;

	for (size_t i = 0; i < statement->condition_count; i++)
		if (is_limit(check, &statement->conditions[i], handing))
			return true;
	return false;
}

/* How many roles the Resource part takes in, and where it says so. */
static bool
find_target(struct check *check, const struct handing *handing,
    const struct element *resource, struct span *target, enum width *width)
{
	const struct node *widest;

	if (resource->negated) {
		*width = WIDTH_ALL;
		*target = resource->node->key_span;
		return !resource->partial;
	}
	widest = find_widest(check, handing, resource, width);
	if (widest != NULL)
		*target = widest->span;
	return widest != NULL;
}

/* Where and how widely the statement hands on; false if it does not. */
static bool
find_handing(struct check *check, const struct handing *handing,
    struct span *span, struct span *target, enum width *width)
{
	const struct statement *statement = check->statement;
	const struct claim claim = { .action = handing->action,
	    .is_enough = is_enough, .context = handing };
	const struct statement *left;
	struct statement room;

	if (statement->effect != EFFECT_ALLOW ||
	    !grant_span(check, statement, handing->action, span) ||
	    is_limited(check, handing) || resource_is_nothing(statement) ||
	    !find_target(check, handing, &statement->resource, target,
	    width) ||
	    grant_is_denied(check, handing->action))
		return false;
	left = remnant_read(check, statement, &claim, &room);
	return left == statement || (left != NULL &&
	    find_target(check, handing, &left->resource, target, width));
}

static void
pass_role_broad(struct check *check)
{
	static const struct handing handing = {
		"iam:PassRole", pass_keys, width_for_passing
	};
	struct finding *finding;
	struct span span, target;
	enum width width;

	if (!find_handing(check, &handing, &span, &target, &width))
		return;
	finding = check_complain(check, span, width == WIDTH_ALL ?
	    "any role may be passed to any service, so whoever may use one "
	    "has the rights of every role that trusts it" :
	    "many roles may be passed to any service: whatever gets such a "
	    "name later may be passed too");
	report_relate(check->report, finding, target, "these roles");
	check_help(check, finding, "name the roles, or demand "
	    "`iam:PassedToService`");
	if (width != WIDTH_ALL)
		finding->severity = SEVERITY_NOTE;
}

static void
create_slr_broad(struct check *check)
{
	static const struct handing handing = {
		"iam:CreateServiceLinkedRole", linked_keys, width_for_linking
	};
	struct finding *finding;
	struct span span, target;
	enum width width;

	if (!find_handing(check, &handing, &span, &target, &width))
		return;
	finding = check_complain(check, span, "any service of AWS may be given "
	    "its role in the account, and with it what that role may do");
	report_relate(check->report, finding, target, "these roles");
	check_help(check, finding, "demand `iam:AWSServiceName`, or name the "
	    "role under `role/aws-service-role/SERVICE/`");
}

/*
 * The policy of a bucket is as good as an identity policy for whoever is of
 * its account (EVAL-21); no Deny of this policy must stand against it.
 */
static void
s3_put_policy_escalation(struct check *check)
{
	static const char writes[] = "s3:PutBucketPolicy";
	static const char reads[] = "s3:GetObject";
	const struct statement *statement = check->statement;
	struct finding *finding;
	struct span span;

	if (!grant_is_plain(statement) ||
	    !grant_span(check, statement, writes, &span) ||
	    grant_is_vain(check, statement, writes) ||
	    grant_is_made(check, reads) || grant_is_denied(check, reads) ||
	    grant_is_denied(check, writes))
		return;
	finding = check_complain(check, span, "`%s` is enough to get `%s` "
	    "too, which this policy does not allow", writes, reads);
	check_help(check, finding, "leave out `%s`, or deny `%s`", writes,
	    reads);
}

const struct rule privilege_rules[] = {
	{
		.complaint = {
			.id = "pass-role-broad",
			.severity = SEVERITY_SECURITY,
			.says = "roles that nobody named may be passed to any "
			    "service",
			.why = "A service that was passed a role acts with "
			    "it, for whoever uses the service.  Name the "
			    "roles, and demand with iam:PassedToService which "
			    "service gets them.",
			.aa = "PASS_ROLE_WITH_NOT_RESOURCE "
			    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE "
			    "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE "
			    "PASS_ROLE_WITH_STAR_IN_RESOURCE "
			    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE "
			    "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
			.supersedes = "write-unscoped",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'iam:PassRole','Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow','Action':"
			    "'iam:PassRole','Resource':'*','Condition':"
			    "{'StringEquals':{'iam:PassedToService':"
			    "'ecs-tasks.amazonaws.com'}}}",
		},
		.layers = LAYER_SET(IDENTITY),
		.statement = pass_role_broad,
	},
	{
		.complaint = {
			.id = "create-slr-broad",
			.severity = SEVERITY_WARNING,
			.says = "the linked role of any service may be made",
			.why = "A service-linked role opens the account to "
			    "its service, also to services that nobody here "
			    "uses.  Say which with iam:AWSServiceName.",
			.aa = "CREATE_SLR_WITH_NOT_RESOURCE "
			    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE "
			    "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE "
			    "CREATE_SLR_WITH_STAR_IN_RESOURCE "
			    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE "
			    "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
			.supersedes = "write-unscoped",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'iam:CreateServiceLinkedRole','Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow','Action':"
			    "'iam:CreateServiceLinkedRole','Resource':'*',"
			    "'Condition':{'StringEquals':"
			    "{'iam:AWSServiceName':'ecs.amazonaws.com'}}}",
		},
		.layers = LAYER_SET(IDENTITY),
		.statement = create_slr_broad,
	},
	{
		.complaint = {
			.id = "s3-put-policy-escalation",
			.severity = SEVERITY_SECURITY,
			.says = "who may not read a bucket may rewrite its "
			    "policy",
			.why = "In the account of the bucket its policy alone "
			    "is enough to let somebody in, so whoever writes "
			    "it has all that is in the bucket.",
			.supersedes = "permissions-management-unscoped "
			    "write-unscoped",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "['s3:PutBucketPolicy','s3:ListBucket'],"
			    "'Resource':'arn:aws:s3:::b'}",
			.quiet_on = "identity {'Statement':["
			    "{'Effect':'Allow','Action':'s3:PutBucketPolicy',"
			    "'Resource':'arn:aws:s3:::b'},{'Effect':'Allow',"
			    "'Action':'s3:GetObject','Resource':"
			    "'arn:aws:s3:::b/*'}]}",
		},
		.layers = LAYER_SET(IDENTITY),
		.statement = s3_put_policy_escalation,
	},
	{ .complaint = { .id = NULL } }
};
