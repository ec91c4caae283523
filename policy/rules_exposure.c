/* SPDX-License-Identifier: MIT */
/*
 * Actions that a policy allows plainly on open resources, and that are worth
 * a second look: they hand out credentials or contents, or change who may do
 * what.  Whole services are left to service-wildcard.
 */
#include "config.h"

#include <string.h>

#include "policy/grant.h"
#include "policy/remnant.h"
#include "policy/roster.h"
#include "policy/rules.h"

/*
 * Actions whose answer is a credential of somebody else, or a session that
 * is already open.
 */
static const char *const credential_actions[] = {
	"airflow:CreateCliToken", "appstream:CreateStreamingURL",
	"bedrock-agentcore:GetResourceApiKey",
	"bedrock-agentcore:GetResourceOauth2Token",
	"codepipeline:PollForJobs",
	"cognito-identity:GetOpenIdTokenForDeveloperIdentity",
	"connect:GetFederationToken", "deadline:AssumeFleetRoleForRead",
	"deadline:AssumeQueueRoleForRead", "deadline:AssumeQueueRoleForUser",
	"dsql:DbConnectAdmin", "ec2:GetPasswordData", "elasticache:Connect",
	"elasticmapreduce:GetClusterSessionCredentials",
	"emr-containers:GetManagedEndpointSessionCredentials",
	"finspace-api:GetProgrammaticAccessCredentials",
	"gamelift:GetComputeAccess", "gamelift:GetInstanceAccess",
	"gamelift:RequestUploadCredentials", "grafana:CreateWorkspaceApiKey",
	"grafana:CreateWorkspaceServiceAccountToken", "iam:CreateAccessKey",
	"iam:CreateLoginProfile", "iam:CreateServiceSpecificCredential",
	"iam:ResetServiceSpecificCredential", "iam:UpdateLoginProfile",
	"lightsail:CreateBucketAccessKey",
	"lightsail:GetInstanceAccessDetails",
	"lightsail:GetRelationalDatabaseMasterUserPassword",
	"mediapackage:RotateChannelCredentials",
	"mediapackage:RotateIngestEndpointCredentials", "memorydb:Connect",
	"rds-db:connect", "redshift-serverless:GetCredentials",
	"redshift:GetClusterCredentials",
	"sagemaker:CreatePresignedDomainUrl",
	"sagemaker:CreatePresignedNotebookInstanceUrl", "sts:AssumeRole",
	"sts:AssumeRoot",
};

/* Actions whose answer is what others keep to themselves. */
static const char *const content_actions[] = {
	"s3:GetObject", "s3:GetObjectVersion",
	"secretsmanager:GetSecretValue", "ssm:GetParameter",
	"ssm:GetParameterHistory", "ssm:GetParameters",
	"ssm:GetParametersByPath",
};

/* What the entry means, if it is a part of a service that is allowed without a
 * Condition; else NULL. */
static const struct expansion *
read_candidate(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;
	const struct expansion *expansion;

	if (!grant_is_plain(statement) || statement->action.negated)
		return NULL;
	expansion = check_expand(check, entry);
	if (expansion->service == NULL || (expansion->wild &&
	    entry->length == expansion->prefix_length + 2))
		return NULL;
	return expansion;
}

/* Denies leave the action so. */
static bool
is_left_open(struct check *check, const struct action *action,
    const char *name)
{
	const struct claim claim = { .action = name,
	    .is_enough = remnant_is_narrow };
	struct statement room;
	const struct statement *left = remnant_read(check, check->statement,
	    &claim, &room);

	return left == check->statement ||
	    (left != NULL && grant_is_open(check, left, action));
}

/* Adds the action if it is allowed openly. */
static void
add_exposed(struct check *check, struct roster *roster,
    const struct action *action)
{
	const char *name;

	if (!grant_is_open(check, check->statement, action))
		return;
	name = arena_printf(check->report->arena, "%s:%s",
	    action->service->prefix, action->name);
	if (!grant_is_denied(check, name) && is_left_open(check, action, name))
		roster_add(roster, name, strlen(name));
}

/* Those of the names that the entry allows openly. */
static struct roster
list_exposed(struct check *check, const struct node *entry,
    const char *const *names, size_t count)
{
	const struct expansion *expansion = read_candidate(check, entry);
	struct roster roster = { .count = 0 };

	if (expansion == NULL)
		return roster;
	for (size_t i = grant_next(expansion, names, count, 0); i < count;
	    i = grant_next(expansion, names, count, i + 1)) {
		const struct action *action = catalog_action(
		    check->subject->catalog, names[i], strlen(names[i]));

		if (action != NULL)
			add_exposed(check, &roster, action);
	}
	return roster;
}

/*
 * Those of the level that could be limited.  What only looks is none, though
 * AWS counts a few of these as management of permissions.
 */
static bool
counts(const struct action *action, enum access_level level)
{
	return action->level == level && action->target_count > 0 &&
	    strncmp(action->name, "List", 4) != 0 &&
	    strncmp(action->name, "Get", 3) != 0;
}

static struct roster
list_level(struct check *check, const struct node *entry,
    enum access_level level)
{
	const struct expansion *expansion = read_candidate(check, entry);
	struct roster roster = { .count = 0 };

	if (expansion == NULL)
		return roster;
	for (size_t i = 0; i < expansion->count; i++)
		if (counts(expansion->actions[i], level))
			add_exposed(check, &roster, expansion->actions[i]);
	return roster;
}

static void
complain_of(struct check *check, const struct node *entry,
    const struct roster *roster, const char *harm)
{
	if (roster->count == 0)
		return;
	check_help(check, check_complain_of(check, entry, "%s on %s %s",
	    roster_print(check->report->arena, roster),
	    check->statement->resource.negated ? "all that `NotResource` "
	    "leaves in" : "any resource", harm),
	    "name the resources, or add a Condition");
}

static void
credentials_exposure(struct check *check, const struct node *entry)
{
	struct roster roster = list_exposed(check, entry, credential_actions,
	    sizeof(credential_actions) / sizeof(credential_actions[0]));

	complain_of(check, entry, &roster, "may hand out credentials of "
	    "others");
}

/* What an action of the service reads. */
static const char *
content_of(const struct service *service)
{
	if (strcmp(service->prefix, "s3") == 0)
		return "may read every object";
	return strcmp(service->prefix, "ssm") == 0 ?
	    "may read every parameter" : "may read every secret";
}

static void
data_exfiltration(struct check *check, const struct node *entry)
{
	struct roster roster = list_exposed(check, entry, content_actions,
	    sizeof(content_actions) / sizeof(content_actions[0]));

	if (roster.count > 0)
		complain_of(check, entry, &roster,
		    content_of(check_expand(check, entry)->service));
}

static void
permissions_management_unscoped(struct check *check, const struct node *entry)
{
	struct roster roster = list_level(check, entry, LEVEL_PERMISSIONS);

	complain_of(check, entry, &roster, "may change who can do what");
}

static void
write_unscoped(struct check *check, const struct node *entry)
{
	struct roster roster = list_level(check, entry, LEVEL_WRITE);

	complain_of(check, entry, &roster, "may change what others made");
}

#define ALLOW(ACTION, RESOURCE)						\
	"identity {'Effect':'Allow','Action':'" ACTION "',"		\
	"'Resource':'" RESOURCE "'}"

const struct rule exposure_rules[] = {
	{
		.complaint = {
			.id = "credentials-exposure",
			.severity = SEVERITY_NOTE,
			.says = "credentials of anybody may be had",
			.why = "Who gets a credential acts as its owner, and "
			    "goes on doing so after this policy is gone.  "
			    "Name whose may be had.",
			.supersedes = "permissions-management-unscoped "
			    "write-unscoped",
			.fires_on = ALLOW("rds-db:connect", "*"),
			.quiet_on = ALLOW("rds-db:connect",
			    "arn:aws:rds-db:us-east-1:111122223333:dbuser:"
			    "db-ABC/app"),
		},
		.layers = LAYER_SET(IDENTITY),
		.action = credentials_exposure,
	},
	{
		.complaint = {
			.id = "data-exfiltration",
			.severity = SEVERITY_NOTE,
			.says = "all objects, parameters or secrets may be "
			    "read",
			.why = "One leaked credential then leaks them all.  "
			    "Name the buckets, paths or secrets that the work "
			    "needs.",
			.fires_on = ALLOW("s3:GetObject", "*"),
			.quiet_on = ALLOW("s3:GetObject", "arn:aws:s3:::b/*"),
		},
		.layers = LAYER_SET(IDENTITY),
		.action = data_exfiltration,
	},
	{
		.complaint = {
			.id = "permissions-management-unscoped",
			.severity = SEVERITY_NOTE,
			.says = "who may use a resource may be changed for "
			    "every resource",
			.why = "Such actions open resources to others, in "
			    "other accounts too.  Name the resources.",
			.supersedes = "write-unscoped",
			.fires_on = ALLOW("sqs:AddPermission", "*"),
			.quiet_on = ALLOW("sqs:AddPermission",
			    "arn:aws:sqs:us-east-1:111122223333:q"),
		},
		.layers = LAYER_SET(IDENTITY),
		.action = permissions_management_unscoped,
	},
	{
		.complaint = {
			.id = "write-unscoped",
			.severity = SEVERITY_NOTE,
			.configured = true,
			.says = "every resource of a kind may be changed",
			.why = "A mistake, or a leaked credential, then "
			    "reaches what other people made.  Name the "
			    "resources.",
			.fires_on = ALLOW("sqs:DeleteQueue", "*"),
			.quiet_on = ALLOW("sqs:DeleteQueue",
			    "arn:aws:sqs:us-east-1:111122223333:q"),
		},
		.layers = LAYER_SET(IDENTITY),
		.action = write_unscoped,
	},
	{ .complaint = { .id = NULL } }
};
