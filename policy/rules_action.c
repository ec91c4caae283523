/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with an Action entry as such: its form, and names that the
 * catalogue does not know, or knows better.  Whether an action fits the
 * resources beside it is asked in rules_resource.c, whether it reaches too
 * far in rules_breadth.c.
 */
#include "config.h"

#include <string.h>

#include "policy/rules.h"
#include "policy/template.h"
#include "policy/variable.h"

/* Variables and samples to be filled in are other rules' business. */
static bool
is_plain(const struct node *entry)
{
	return !variable_occurs(entry->text, entry->length) &&
	    !node_has_placeholder(entry);
}

static bool
equals_folded(const struct node *entry, const char *text)
{
	return name_compare(entry->text, entry->length, text,
	    strlen(text)) == 0;
}

static void
invalid_action_format(struct check *check, const struct node *entry)
{
	const char *fault = check_expand(check, entry)->fault;

	if (fault != NULL && is_plain(entry) && !node_is(entry, "*"))
		check_complain_of(check, entry, "`%.*s` %s, so it matches no "
		    "action", (int)entry->length, entry->text, fault);
}

/* AWS uses it without listing it: its own policies do. */
static bool
is_used_unlisted(const struct catalog *catalog, const struct node *entry)
{
	for (unsigned i = 0; i < catalog->unlisted_count; i++)
		if (equals_folded(entry, catalog->unlisted[i].pattern))
			return true;
	return false;
}

static bool
is_prefix_used_unlisted(const struct catalog *catalog,
    const struct node *entry, size_t length)
{
	for (unsigned i = 0; i < catalog->unlisted_count; i++) {
		const struct unlisted_action *unlisted = &catalog->unlisted[i];
		size_t prefix = strcspn(unlisted->pattern, ":");

		if (!unlisted->prefix_known && name_compare(entry->text,
		    length, unlisted->pattern, prefix) == 0)
			return true;
	}
	return false;
}

static void
invalid_service_in_action(struct check *check, const struct node *entry)
{
	const struct expansion *expansion = check_expand(check, entry);
	const struct catalog *catalog = check->subject->catalog;
	size_t length = expansion->prefix_length;
	struct finding *finding;
	const char *nearest;

	if (expansion->service != NULL || expansion->prefix_wild ||
	    expansion->fault != NULL || !is_plain(entry) ||
	    is_prefix_used_unlisted(catalog, entry, length))
		return;
	finding = check_complain_of(check, entry, "no service listed on "
	    "%s has the prefix `%.*s`, so `%.*s` matches no action",
	    catalog->date, (int)length, entry->text, (int)entry->length,
	    entry->text);
	nearest = catalog_nearest_service(catalog, entry->text, length);
	if (nearest != NULL)
		check_help(check, finding, "write `%s%.*s`", nearest,
		    (int)(entry->length - length), entry->text + length);
}

/* Calls of the API that are authorized as an action of another name. */
static const struct {
	const char	*call;
	const char	*action;
} call_names[] = {
	{ "lambda:Invoke", "lambda:InvokeFunction" },
	{ "s3:CompleteMultipartUpload", "s3:PutObject" },
	{ "s3:CopyObject", "s3:GetObject` and `s3:PutObject" },
	{ "s3:CreateMultipartUpload", "s3:PutObject" },
	{ "s3:DeleteObjects", "s3:DeleteObject" },
	{ "s3:GetBucketEncryption", "s3:GetEncryptionConfiguration" },
	{ "s3:GetBucketLifecycle", "s3:GetLifecycleConfiguration" },
	{ "s3:GetBucketLifecycleConfiguration",
	    "s3:GetLifecycleConfiguration" },
	{ "s3:GetBucketReplication", "s3:GetReplicationConfiguration" },
	{ "s3:HeadBucket", "s3:ListBucket" },
	{ "s3:HeadObject", "s3:GetObject" },
	{ "s3:ListBuckets", "s3:ListAllMyBuckets" },
	{ "s3:ListMultipartUploads", "s3:ListBucketMultipartUploads" },
	{ "s3:ListObjectVersions", "s3:ListBucketVersions" },
	{ "s3:ListObjects", "s3:ListBucket" },
	{ "s3:ListObjectsV2", "s3:ListBucket" },
	{ "s3:ListParts", "s3:ListMultipartUploadParts" },
	{ "s3:PutBucketEncryption", "s3:PutEncryptionConfiguration" },
	{ "s3:PutBucketLifecycle", "s3:PutLifecycleConfiguration" },
	{ "s3:PutBucketLifecycleConfiguration",
	    "s3:PutLifecycleConfiguration" },
	{ "s3:PutBucketReplication", "s3:PutReplicationConfiguration" },
	{ "s3:UploadPart", "s3:PutObject" },
};

static const char *
find_action_of_call(const struct node *entry)
{
	for (size_t i = 0; i < sizeof(call_names) / sizeof(*call_names); i++)
		if (equals_folded(entry, call_names[i].call))
			return call_names[i].action;
	return NULL;
}

/* The nearest name of the service; wildcards at the end do not count. */
static const char *
find_near_action(const struct node *entry, const struct expansion *expansion)
{
	const char *name = entry->text + expansion->prefix_length + 1;
	size_t length = entry->length - expansion->prefix_length - 1;

	while (length > 0 && name[length - 1] == '*')
		length--;
	return service_nearest_action(expansion->service, name, length);
}

static void
invalid_action(struct check *check, const struct node *entry)
{
	const struct expansion *expansion = check_expand(check, entry);
	const struct catalog *catalog = check->subject->catalog;
	struct finding *finding;
	const char *other, *nearest;

	if (expansion->service == NULL || expansion->count > 0 ||
	    expansion->fault != NULL || !is_plain(entry))
		return;
	other = find_action_of_call(entry);
	if (other == NULL && is_used_unlisted(catalog, entry))
		return;
	finding = check_complain_of(check, entry, "`%.*s` matches none of the "
	    "%u actions of `%s` listed on %s", (int)entry->length,
	    entry->text, expansion->service->action_count,
	    expansion->service->prefix, catalog->date);
	nearest = find_near_action(entry, expansion);
	if (other != NULL)
		check_help(check, finding, "the call is authorized as "
		    "`%s`: write that", other);
	else if (nearest != NULL)
		check_help(check, finding, "write `%s:%s`",
		    expansion->service->prefix, nearest);
}

/*
 * Beginnings of actions that AWS renamed or split, or whose service it has
 * closed; `*' is that character here.
 */
static const struct {
	const char	*beginning;
	const char	*successor;		/* NULL: nothing came after */
} deprecated[] = {
	{ "aws-portal:*", "`account:`, `billing:`, `payments:` and `tax:` "
	    "actions" },
	{ "aws-portal:ModifyAccount", "`account:Put*` and "
	    "`account:CloseAccount`" },
	{ "aws-portal:ModifyBilling", "`billing:Put*`, `billing:Update*` and "
	    "`tax:Update*`" },
	{ "aws-portal:ModifyPaymentMethods", "`payments:*`" },
	{ "aws-portal:Modify*", "`account:Put*`, `billing:Update*` and "
	    "`payments:*`" },
	{ "aws-portal:ViewAccount", "`account:Get*` and `billing:Get*`" },
	{ "aws-portal:ViewBilling", "`billing:Get*`, `payments:Get*` and "
	    "`invoicing:Get*`" },
	{ "aws-portal:ViewPaymentMethods", "`payments:Get*` and "
	    "`payments:List*`" },
	{ "aws-portal:ViewUsage", "`cur:GetUsageReport`" },
	{ "aws-portal:View*", "`account:Get*`, `billing:Get*` and "
	    "`payments:Get*`" },
	{ "codestar:", NULL },
	{ "deeplens:", NULL },
	{ "elastic-inference:", NULL },
	{ "honeycode:", NULL },
	{ "iot1click:", NULL },
	{ "macie:", "`macie2:` actions" },
	{ "mobilehub:", NULL },
	{ "purchase-orders:ModifyPurchaseOrders",
	    "`purchase-orders:AddPurchaseOrder`, "
	    "`purchase-orders:UpdatePurchaseOrder` and "
	    "`purchase-orders:DeletePurchaseOrder`" },
	{ "purchase-orders:ViewPurchaseOrders",
	    "`purchase-orders:GetPurchaseOrder` and "
	    "`purchase-orders:ListPurchaseOrders`" },
	{ "sumerian:", NULL },
	{ "worklink:", NULL },
	{ "zocalo:", "`workdocs:` actions" },
};

static bool
begins_folded(const struct node *entry, const char *beginning)
{
	size_t length;

	/* most do not even begin with these letters, in either case */
	if (entry->length < 2 || (entry->text[0] | 0x20) != beginning[0] ||
	    (entry->text[1] | 0x20) != beginning[1])
		return false;
	length = strlen(beginning);
	return entry->length >= length && name_compare(entry->text, length,
	    beginning, length) == 0;
}

static void
complain_of_deprecated(struct check *check, const struct node *entry,
    const char *successor)
{
	const int length = (int)entry->length;

	if (successor == NULL)
		check_complain_of(check, entry, "`%.*s` is of a service that "
		    "AWS has closed, so it reaches nothing", length,
		    entry->text);
	else
		check_help(check, check_complain_of(check, entry, "`%.*s` is "
		    "an old name, which AWS has replaced", length,
		    entry->text), "write %s", successor);
}

static void
check_deprecated(struct check *check, const struct node *entry)
{
	for (size_t i = 0; i < sizeof(deprecated) / sizeof(*deprecated); i++)
		if (begins_folded(entry, deprecated[i].beginning)) {
			complain_of_deprecated(check, entry,
			    deprecated[i].successor);
			return;
		}
}

/* Some old name is of that service. */
static bool
has_deprecated(const struct service *service)
{
	size_t length = strlen(service->prefix);

	for (size_t i = 0; i < sizeof(deprecated) / sizeof(*deprecated); i++) {
		const char *beginning = deprecated[i].beginning;

		if (beginning[0] == service->prefix[0] &&
		    strncmp(beginning, service->prefix, length) == 0 &&
		    beginning[length] == ':')
			return true;
	}
	return false;
}

/* Actions of one service mostly stand together, and few have old names. */
static void
deprecated_action(struct check *check)
{
	const struct element *action = &check->statement->action;
	const struct service *spared = NULL;

	for (size_t i = 0; i < action->count; i++) {
		const struct node *entry = action->items[i];
		const struct service *service =
		    check_expand(check, entry)->service;

		if (service != NULL && service == spared)
			continue;
		if (service != NULL && !has_deprecated(service))
			spared = service;
		else
			check_deprecated(check, entry);
	}
}

/* Some matched action takes resources under the ARN's service. */
static bool
takes_service_of(const struct expansion *expansion, const struct arn *arn)
{
	for (size_t i = 0; i < expansion->count; i++) {
		const struct action *action = expansion->actions[i];

		for (unsigned j = 0; j < action->target_count; j++)
			if (template_is_of_service(action->targets[j].type,
			    arn))
				return true;
	}
	return false;
}

static void
unsupported_action_in_policy(struct check *check, const struct node *entry)
{
	const struct subject *subject = check->subject;
	const struct expansion *expansion;
	struct arn arn;

	if (subject->attached == NULL || subject->service == NULL)
		return;
	expansion = check_expand(check, entry);
	if (expansion->service == NULL ||
	    expansion->service == subject->service)
		return;
	arn = arn_split(subject->attached, strlen(subject->attached));
	/* the policy of an API is about calls of it */
	if (arn_field_is(&arn, ARN_SERVICE, "apigateway") &&
	    strcmp(expansion->service->prefix, "execute-api") == 0)
		return;
	if (!takes_service_of(expansion, &arn))
		check_complain_of(check, entry, "`%.*s` is no action of `%s`, "
		    "so it never reaches the resource that this policy is "
		    "attached to", (int)entry->length, entry->text,
		    subject->service->prefix);
}

const struct rule action_rules[] = {
	{
		.complaint = {
			.id = "invalid-action-format",
			.severity = SEVERITY_ERROR,
			.says = "an action is not of the form service:name",
			.why = "An entry without a colon, with nothing before "
			    "or behind it, or with a blank matches no action "
			    "at all.  Write it as service:name, or \"*\" for "
			    "everything.",
			.aa = "INVALID_ACTION",
			.fires_on = "{'Effect':'Allow','Action':'GetObject',"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Allow',"
			    "'Action':'s3:GetObject','Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.action = invalid_action_format,
	},
	{
		.complaint = {
			.id = "invalid-service-in-action",
			.severity = SEVERITY_WARNING,
			.says = "the prefix of an action is that of no known "
			    "service",
			.why = "A misspelt prefix matches nothing: an Allow "
			    "grants nothing and a Deny forbids nothing.  "
			    "Correct it, unless the service is newer than the "
			    "catalogue.",
			.aa = "INVALID_SERVICE_IN_ACTION",
			.fires_on = "{'Effect':'Allow',"
			    "'Action':'dyanmodb:PutItem','Resource':'*'}",
			.quiet_on = "{'Effect':'Allow',"
			    "'Action':'dynamodb:PutItem','Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.action = invalid_service_in_action,
	},
	{
		.complaint = {
			.id = "invalid-action",
			.severity = SEVERITY_WARNING,
			.says = "an action matches none of its service's "
			    "actions",
			.why = "What matches nothing grants and denies "
			    "nothing.  Correct the name, unless the action is "
			    "newer than the catalogue.",
			.aa = "INVALID_ACTION",
			.fires_on = "{'Effect':'Allow',"
			    "'Action':'s3:GetObjekt','Resource':'*'}",
			.quiet_on = "{'Effect':'Allow',"
			    "'Action':'s3:getobject','Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.action = invalid_action,
	},
	{
		.complaint = {
			.id = "deprecated-action",
			.severity = SEVERITY_NOTE,
			.says = "an action was renamed, or its service closed",
			.why = "Old names stay in policies for years and say "
			    "less and less.  Write what took their place.",
			.supersedes = "invalid-action "
			    "invalid-service-in-action",
			.fires_on = "{'Effect':'Allow',"
			    "'Action':'aws-portal:ViewBilling',"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Allow',"
			    "'Action':'billing:GetBillingData',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = deprecated_action,
	},
	{
		.complaint = {
			.id = "unsupported-action-in-policy",
			.severity = SEVERITY_ERROR,
			.says = "an action is of another service than the "
			    "resource that the policy is attached to",
			.why = "A resource's policy is asked about calls on "
			    "that resource alone, and AWS refuses actions of "
			    "other services in it.  Move the statement to the "
			    "policy of the resource it is about.",
			.aa = "UNSUPPORTED_ACTION_IN_POLICY",
			.supersedes = "action-resource-mismatch",
			.fires_on = "resource on arn:aws:s3:::b "
			    "{'Effect':'Allow','Principal':'*',"
			    "'Action':'kms:Decrypt','Resource':'*'}",
			.quiet_on = "resource on arn:aws:s3:::b "
			    "{'Effect':'Allow','Principal':'*',"
			    "'Action':'s3:GetObject','Resource':'*'}",
		},
		.layers = LAYER_SET(RESOURCE),
		.action = unsupported_action_in_policy,
	},
	{ .complaint = { .id = NULL } }
};
