/* SPDX-License-Identifier: MIT */
/*
 * Ways from some rights to all rights: which actions, held together on open
 * resources, let their holder act as somebody with more.  What the roles and
 * users of an account may do is not known here, so each way is a danger, not
 * a proof.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "policy/grant.h"
#include "policy/remnant.h"
#include "policy/rules.h"

enum {
	NEEDS_MAX = 4,
	SHOWN_MAX = 3			/* ways named in a message */
};

/*
 * Every action must be allowed plainly.  Of the action in `makes' any
 * resource will do, since what it makes is the holder's own to name.  `type'
 * must be open although the first action can do without it.
 */
static const struct way {
	const char	*harm;
	const char	*needs[NEEDS_MAX];
	const char	*makes;
	const char	*type;
} ways[] = {
	/* rights by IAM itself */
	{ .harm = "writes a new version of any policy",
	    .needs = { "iam:CreatePolicyVersion" } },
	{ .harm = "brings back any older version of a policy",
	    .needs = { "iam:SetDefaultPolicyVersion" } },
	{ .harm = "attaches any policy to any user",
	    .needs = { "iam:AttachUserPolicy" } },
	{ .harm = "attaches any policy to any group",
	    .needs = { "iam:AttachGroupPolicy" } },
	{ .harm = "attaches any policy to any role",
	    .needs = { "iam:AttachRolePolicy" } },
	{ .harm = "writes any policy into any user",
	    .needs = { "iam:PutUserPolicy" } },
	{ .harm = "writes any policy into any group",
	    .needs = { "iam:PutGroupPolicy" } },
	{ .harm = "writes any policy into any role",
	    .needs = { "iam:PutRolePolicy" } },
	{ .harm = "makes anybody a member of any group",
	    .needs = { "iam:AddUserToGroup" } },
	{ .harm = "lets anybody into any role",
	    .needs = { "iam:UpdateAssumeRolePolicy" } },
	{ .harm = "makes an access key for any user",
	    .needs = { "iam:CreateAccessKey" } },
	{ .harm = "gives any user a password",
	    .needs = { "iam:CreateLoginProfile" } },
	{ .harm = "changes the password of any user",
	    .needs = { "iam:UpdateLoginProfile" } },
	{ .harm = "replaces whom a SAML provider vouches for",
	    .needs = { "iam:UpdateSAMLProvider" } },
	{ .harm = "takes the boundary off any user",
	    .needs = { "iam:DeleteUserPermissionsBoundary" } },
	{ .harm = "takes the boundary off any role",
	    .needs = { "iam:DeleteRolePermissionsBoundary" } },
	{ .harm = "widens the boundary of any user",
	    .needs = { "iam:PutUserPermissionsBoundary" } },
	{ .harm = "widens the boundary of any role",
	    .needs = { "iam:PutRolePermissionsBoundary" } },
	/* rights by the organization */
	{ .harm = "acts as the root user of member accounts",
	    .needs = { "sts:AssumeRoot" } },
	{ .harm = "gives anybody any permission set in any account",
	    .needs = { "sso:CreateAccountAssignment" } },
	{ .harm = "writes any policy into any permission set",
	    .needs = { "sso:PutInlinePolicyToPermissionSet",
	    "sso:ProvisionPermissionSet" } },
	{ .harm = "attaches any policy to any permission set",
	    .needs = { "sso:AttachManagedPolicyToPermissionSet",
	    "sso:ProvisionPermissionSet" } },
	{ .harm = "makes anybody a member of any group of the organization",
	    .needs = { "identitystore:CreateGroupMembership" } },
	{ .harm = "makes anybody a member of any group of the organization",
	    .needs = { "sso-directory:AddMemberToGroup" } },
	/* code that runs with a role already */
	{ .harm = "runs commands on any managed machine",
	    .needs = { "ssm:SendCommand" }, .type = "instance" },
	{ .harm = "opens a shell on any managed machine",
	    .needs = { "ssm:StartSession" }, .type = "instance" },
	{ .harm = "runs documents on any managed machine",
	    .needs = { "ssm:CreateAssociation" }, .type = "instance" },
	{ .harm = "logs in to any instance that it can reach",
	    .needs = { "ec2-instance-connect:SendSSHPublicKey" } },
	{ .harm = "logs in to any instance by its console",
	    .needs = { "ec2-instance-connect:SendSerialConsoleSSHPublicKey" } },
	{ .harm = "changes what any instance runs at its start",
	    .needs = { "ec2:ModifyInstanceAttribute", "ec2:StopInstances",
	    "ec2:StartInstances" } },
	{ .harm = "replaces the code of any function",
	    .needs = { "lambda:UpdateFunctionCode" } },
	{ .harm = "puts code of its own before that of any function",
	    .needs = { "lambda:UpdateFunctionConfiguration" } },
	{ .harm = "opens a shell in any container",
	    .needs = { "ecs:ExecuteCommand" } },
	{ .harm = "runs code of its own in any build",
	    .needs = { "codebuild:StartBuild" } },
	{ .harm = "runs code of its own in any batch of builds",
	    .needs = { "codebuild:StartBuildBatch" } },
	{ .harm = "logs in to any development endpoint",
	    .needs = { "glue:UpdateDevEndpoint" } },
	{ .harm = "runs code of its own in any interactive session",
	    .needs = { "glue:RunStatement" } },
	{ .harm = "opens any notebook",
	    .needs = { "sagemaker:CreatePresignedNotebookInstanceUrl" } },
	{ .harm = "opens the studio of any user",
	    .needs = { "sagemaker:CreatePresignedDomainUrl" } },
	{ .harm = "runs code of its own at the start of any notebook",
	    .needs = { "sagemaker:UpdateNotebookInstance",
	    "sagemaker:StopNotebookInstance",
	    "sagemaker:StartNotebookInstance" },
	    .makes = "sagemaker:CreateNotebookInstanceLifecycleConfig" },
	{ .harm = "runs steps of its own on any cluster",
	    .needs = { "elasticmapreduce:AddJobFlowSteps" } },
	{ .harm = "deploys code of its own to any environment",
	    .needs = { "elasticbeanstalk:CreateApplicationVersion",
	    "elasticbeanstalk:UpdateEnvironment" } },
	{ .harm = "administers any cluster",
	    .needs = { "eks:CreateAccessEntry", "eks:AssociateAccessPolicy" } },
	/* code that runs with a role of choice */
	{ .harm = "starts instances with any role",
	    .needs = { "iam:PassRole", "ec2:RunInstances" } },
	{ .harm = "starts instances with any role",
	    .needs = { "iam:PassRole", "ec2:RequestSpotInstances" } },
	{ .harm = "starts instances with any role",
	    .needs = { "iam:PassRole", "ec2:RequestSpotFleet" } },
	{ .harm = "starts instances with any role",
	    .needs = { "iam:PassRole", "autoscaling:CreateAutoScalingGroup" },
	    .makes = "autoscaling:CreateLaunchConfiguration" },
	{ .harm = "gives any instance any role",
	    .needs = { "iam:PassRole", "ec2:AssociateIamInstanceProfile" } },
	{ .harm = "gives any instance any role",
	    .needs = { "iam:PassRole",
	    "ec2:ReplaceIamInstanceProfileAssociation" } },
	{ .harm = "runs a function with any role",
	    .needs = { "iam:PassRole", "lambda:InvokeFunction" },
	    .makes = "lambda:CreateFunction" },
	{ .harm = "runs a function with any role, on an event",
	    .needs = { "iam:PassRole", "lambda:CreateEventSourceMapping" },
	    .makes = "lambda:CreateFunction" },
	{ .harm = "runs a function with any role, called by anybody",
	    .needs = { "iam:PassRole", "lambda:AddPermission" },
	    .makes = "lambda:CreateFunction" },
	{ .harm = "builds stacks with any role",
	    .needs = { "iam:PassRole" },
	    .makes = "cloudformation:CreateStack" },
	{ .harm = "changes stacks with any role",
	    .needs = { "iam:PassRole", "cloudformation:UpdateStack" } },
	{ .harm = "changes stacks with any role",
	    .needs = { "iam:PassRole", "cloudformation:ExecuteChangeSet" },
	    .makes = "cloudformation:CreateChangeSet" },
	{ .harm = "builds stacks in other accounts with any role",
	    .needs = { "iam:PassRole",
	    "cloudformation:CreateStackInstances" },
	    .makes = "cloudformation:CreateStackSet" },
	{ .harm = "runs tasks with any role",
	    .needs = { "iam:PassRole", "ecs:RunTask" },
	    .makes = "ecs:RegisterTaskDefinition" },
	{ .harm = "runs tasks with any role",
	    .needs = { "iam:PassRole", "ecs:StartTask" },
	    .makes = "ecs:RegisterTaskDefinition" },
	{ .harm = "runs services with any role",
	    .needs = { "iam:PassRole", "ecs:CreateService" },
	    .makes = "ecs:RegisterTaskDefinition" },
	{ .harm = "runs services with any role",
	    .needs = { "iam:PassRole", "ecs:UpdateService" },
	    .makes = "ecs:RegisterTaskDefinition" },
	{ .harm = "runs jobs with any role",
	    .needs = { "iam:PassRole", "batch:SubmitJob" },
	    .makes = "batch:RegisterJobDefinition" },
	{ .harm = "runs jobs with any role",
	    .needs = { "iam:PassRole", "glue:StartJobRun" },
	    .makes = "glue:CreateJob" },
	{ .harm = "runs jobs with any role",
	    .needs = { "iam:PassRole", "glue:CreateTrigger" },
	    .makes = "glue:CreateJob" },
	{ .harm = "runs jobs with any role",
	    .needs = { "iam:PassRole", "glue:UpdateJob", "glue:StartJobRun" } },
	{ .harm = "opens a development endpoint with any role",
	    .needs = { "iam:PassRole" }, .makes = "glue:CreateDevEndpoint" },
	{ .harm = "builds with any role",
	    .needs = { "iam:PassRole", "codebuild:UpdateProject",
	    "codebuild:StartBuild" } },
	{ .harm = "builds with any role",
	    .needs = { "iam:PassRole", "codebuild:StartBuild" },
	    .makes = "codebuild:CreateProject" },
	{ .harm = "runs a pipeline with any role",
	    .needs = { "iam:PassRole" },
	    .makes = "codepipeline:CreatePipeline" },
	{ .harm = "runs a pipeline with any role",
	    .needs = { "iam:PassRole", "datapipeline:PutPipelineDefinition",
	    "datapipeline:ActivatePipeline" },
	    .makes = "datapipeline:CreatePipeline" },
	{ .harm = "makes a project whose role may do nearly everything",
	    .needs = { "iam:PassRole" }, .makes = "codestar:CreateProject" },
	{ .harm = "opens a notebook with any role",
	    .needs = { "iam:PassRole",
	    "sagemaker:CreatePresignedNotebookInstanceUrl" },
	    .makes = "sagemaker:CreateNotebookInstance" },
	{ .harm = "runs code of its own with any role",
	    .needs = { "iam:PassRole" },
	    .makes = "sagemaker:CreateTrainingJob" },
	{ .harm = "runs code of its own with any role",
	    .needs = { "iam:PassRole" },
	    .makes = "sagemaker:CreateProcessingJob" },
	{ .harm = "runs code of its own with any role",
	    .needs = { "iam:PassRole" },
	    .makes = "sagemaker:CreateHyperParameterTuningJob" },
	{ .harm = "calls AWS with any role",
	    .needs = { "iam:PassRole", "states:StartExecution" },
	    .makes = "states:CreateStateMachine" },
	{ .harm = "calls AWS with any role",
	    .needs = { "iam:PassRole", "states:UpdateStateMachine",
	    "states:StartExecution" } },
	{ .harm = "calls AWS with any role",
	    .needs = { "iam:PassRole", "states:TestState" } },
	{ .harm = "calls AWS with any role, by the clock",
	    .needs = { "iam:PassRole" }, .makes = "scheduler:CreateSchedule" },
	{ .harm = "starts what it likes with any role, by a rule",
	    .needs = { "iam:PassRole", "events:PutTargets" },
	    .makes = "events:PutRule" },
	{ .harm = "runs a document with any role",
	    .needs = { "iam:PassRole", "ssm:StartAutomationExecution" } },
	{ .harm = "runs a web service with any role",
	    .needs = { "iam:PassRole" }, .makes = "apprunner:CreateService" },
	{ .harm = "runs a web service with any role",
	    .needs = { "iam:PassRole", "apprunner:UpdateService" } },
	{ .harm = "runs a web service with any role",
	    .needs = { "iam:PassRole" },
	    .makes = "elasticbeanstalk:CreateEnvironment" },
	{ .harm = "starts clusters with any role",
	    .needs = { "iam:PassRole", "elasticmapreduce:RunJobFlow" } },
	{ .harm = "runs jobs with any role",
	    .needs = { "iam:PassRole", "emr-serverless:StartJobRun" } },
	{ .harm = "runs workflows with any role",
	    .needs = { "iam:PassRole" },
	    .makes = "airflow:CreateEnvironment" },
	{ .harm = "runs applications with any role",
	    .needs = { "iam:PassRole", "kinesisanalytics:StartApplication" },
	    .makes = "kinesisanalytics:CreateApplication" },
	{ .harm = "runs code of its own with any role",
	    .needs = { "iam:PassRole",
	    "bedrock-agentcore:StartCodeInterpreterSession",
	    "bedrock-agentcore:InvokeCodeInterpreter" },
	    .makes = "bedrock-agentcore:CreateCodeInterpreter" },
	{ .harm = "gives visitors of an app any role",
	    .needs = { "iam:PassRole",
	    "cognito-identity:SetIdentityPoolRoles" } },
	{ .harm = "gives out any role that trusts the service",
	    .needs = { "iam:PassRole", "rolesanywhere:CreateTrustAnchor" },
	    .makes = "rolesanywhere:CreateProfile" },
};

enum { WAY_COUNT = sizeof(ways) / sizeof(ways[0]) };

bool
rules_escalation_needs(const char *action)
{
	for (size_t i = 0; i < WAY_COUNT; i++)
		if (ways[i].needs[1] == NULL &&
		    strcmp(ways[i].needs[0], action) == 0)
			return true;
	return false;
}

/*
 * Entries of the policy's plain Allows that may be part of a way, and
 * NotAction as a whole.
 */
struct offer {
	const struct statement	*statement;
	const struct node	*entry;		/* NULL: NotAction */
	const struct expansion	*expansion;
	char			 letter;	/* grant_letter(), or NUL */
};

struct offers {
	LIST(struct offer)	 list;
	bool			 any_letter;
	uint32_t		 letters;	/* that their actions begin
						 * with: most ways are ruled
						 * out by them */
};

static void
add_offer(struct check *check, struct offers *offers, struct offer offer)
{
	char letter = offer.entry == NULL ? '\0' :
	    grant_letter(offer.expansion);

	offer.letter = letter;
	if (letter >= 'a' && letter <= 'z')
		offers->letters |= UINT32_C(1) << (letter - 'a');
	else
		offers->any_letter = true;
	*list_add(check->subject->arena, &offers->list) = offer;
}

static bool
may_offer(const struct offers *offers, const char *action)
{
	return offers->any_letter ||
	    (offers->letters >> (action[0] - 'a') & 1) != 0;
}

/* No action of a way only looks; most entries of most policies do. */
static bool
only_looks(const struct expansion *expansion)
{
	static const struct {
		const char	*text;
		size_t		 length;
	} verbs[] = { { "describe", 8 }, { "get", 3 }, { "list", 4 } };
	size_t skip = expansion->prefix_length + 1;
	const char *name = expansion->pattern.symbols + skip;

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (expansion->pattern.length >= skip + verbs[i].length &&
		    name[0] == verbs[i].text[0] &&
		    memcmp(name, verbs[i].text, verbs[i].length) == 0)
			return true;
	return false;
}

static void
add_offers(struct check *check, const struct statement *statement,
    struct offers *offers)
{
	const struct element *action = &statement->action;

	if (action->negated)
		add_offer(check, offers,
		    (struct offer){ .statement = statement });
	for (size_t i = 0; i < action->count && !action->negated; i++) {
		const struct node *entry = action->items[i];
		const struct expansion *expansion = check_expand(check, entry);

		if (!only_looks(expansion))
			add_offer(check, offers, (struct offer){ statement,
			    entry, expansion, '\0' });
	}
}

static bool
offer_span(struct check *check, const struct offer *offer,
    const char *action, struct span *span)
{
	if (offer->entry == NULL)
		return grant_span(check, offer->statement, action, span);
	*span = offer->entry->span;
	return grant_matches(offer->expansion, action);
}

/* What of an action must be open. */
enum width {
	WIDTH_ANY,			/* one resource will do */
	WIDTH_REQUIRED,
	WIDTH_TYPED			/* and the type of the way */
};

static bool
is_wide(struct check *check, const struct statement *statement,
    const char *name, enum width width, const char *type)
{
	const struct action *action = catalog_action(check->subject->catalog,
	    name, strlen(name));

	if (width == WIDTH_ANY || resource_is_everything(statement))
		return true;
	return action != NULL && grant_is_open(check, statement, action) &&
	    (width == WIDTH_REQUIRED ||
	    grant_is_open_of(check, statement, action, type));
}

/*
 * It is wide, and Denies leave it so.  Later steps act on what the holder may
 * name and tag as he likes, so that only a Deny of all closes them.
 */
static bool
stays_wide(struct check *check, const struct statement *statement,
    const char *name, enum width width, const char *type, bool first)
{
	const struct claim claim = { .action = name,
	    .is_enough = first ? remnant_is_narrow : NULL };
	const struct statement *left;
	struct statement room;

	if (!is_wide(check, statement, name, width, type))
		return false;
	left = remnant_read(check, statement, &claim, &room);
	return left == statement || (left != NULL &&
	    (!first || is_wide(check, left, name, width, type)));
}

/* Where the actions of a way are allowed; as many as it has. */
struct trail {
	struct span	 spans[NEEDS_MAX + 1];
	const char	*actions[NEEDS_MAX + 1];
	size_t		 count;
};

static bool
add_step(struct check *check, const struct offers *offers,
    struct trail *trail, const char *action, enum width width,
    const char *type)
{
	struct span *span = &trail->spans[trail->count];

	trail->actions[trail->count++] = action;
	if (!may_offer(offers, action))
		return false;
	for (size_t i = 0; i < offers->list.count; i++) {
		const struct offer *offer = &offers->list.items[i];

		if (offer->letter != '\0' && offer->letter != action[0])
			continue;
		if (offer_span(check, offer, action, span) &&
		    stays_wide(check, offer->statement, action, width, type,
		    trail->count == 1))
			return !grant_is_denied(check, action);
	}
	return false;
}

static bool
is_passable(struct check *check, const struct offers *offers,
    const struct way *way, struct trail *trail)
{
	trail->count = 0;
	for (size_t i = 0; i < NEEDS_MAX && way->needs[i] != NULL; i++)
		if (!add_step(check, offers, trail, way->needs[i],
		    i == 0 && way->type != NULL ? WIDTH_TYPED :
		    WIDTH_REQUIRED, way->type))
			return false;
	return way->makes == NULL ||
	    add_step(check, offers, trail, way->makes, WIDTH_ANY, NULL);
}

/* "`iam:PassRole` with `lambda:CreateFunction` and `lambda:InvokeFunction`" */
static const char *
name_way(struct check *check, const struct trail *trail)
{
	struct arena *arena = check->report->arena;
	const char *text = "";

	for (size_t i = 0; i < trail->count; i++)
		text = arena_printf(arena, "%s%s`%s`", text,
		    i == 0 ? "" : i == 1 ? " with " : " and ",
		    trail->actions[i]);
	return text;
}

/* What was found, and what is left to say of it. */
struct outcome {
	const struct way	*first;
	struct trail		 trail;		/* of the first */
	size_t			 count;
	const char		*others;	/* the next few, by name */
};

static void
add_way(struct check *check, struct outcome *outcome, const struct way *way,
    const struct trail *trail)
{
	if (outcome->count++ == 0) {
		outcome->first = way;
		outcome->trail = *trail;
		outcome->others = "";
	} else if (outcome->count <= SHOWN_MAX) {
		outcome->others = arena_printf(check->report->arena, "%s%s%s",
		    outcome->others, outcome->count == 2 ?
		    "; other ways: " : ", ", name_way(check, trail));
	}
}

static void
complain_of(struct check *check, const struct outcome *outcome)
{
	const struct trail *trail = &outcome->trail;
	const char *more = "";
	struct finding *finding;

	if (outcome->count > SHOWN_MAX)
		more = arena_printf(check->report->arena, " and %zu more",
		    outcome->count - SHOWN_MAX);
	finding = check_complain(check, trail->spans[0],
	    "%s %s, so its holder can get rights that this policy does not "
	    "give%s%s",
	    name_way(check, trail), outcome->first->harm, outcome->others,
	    more);
	for (size_t i = 1; i < trail->count; i++)
		if (trail->spans[i].start != trail->spans[0].start)
			report_relate(check->report, finding, trail->spans[i],
			    "allows `%s`", trail->actions[i]);
	check_help(check, finding, "name the resources, or add a Condition");
}

/*
 * Without the first action of a way, the next ways that begin with it are
 * closed too; its trail ends where it failed.
 */
static void
try_ways(struct check *check, const struct offers *offers,
    struct outcome *outcome)
{
	const char *missing = "";

	for (size_t i = 0; i < WAY_COUNT; i++) {
		struct trail trail;

		if (!may_offer(offers, ways[i].needs[0]) ||
		    strcmp(ways[i].needs[0], missing) == 0)
			continue;
		if (is_passable(check, offers, &ways[i], &trail))
			add_way(check, outcome, &ways[i], &trail);
		else if (trail.count == 1)
			missing = ways[i].needs[0];
	}
}

/* That, full-admin says. */
static bool
allows_everything(struct check *check)
{
	const struct policy *policy = check->subject->policy;

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		if (!grant_is_everywhere(statement))
			continue;
		for (size_t j = 0; j < statement->action.count; j++)
			if (action_is_everything(statement->action.items[j]) &&
			    remnant_is_everything(check, statement,
			    statement->action.items[j]))
				return true;
	}
	return false;
}

static void
priv_esc_combination(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	struct offers offers = { .list = { .count = 0 } };
	struct outcome outcome = { .count = 0 };

	if (allows_everything(check))
		return;
	for (size_t i = 0; i < policy->count; i++)
		if (grant_is_plain(&policy->statements[i]))
			add_offers(check, &policy->statements[i], &offers);
	if (offers.list.count > 0)
		try_ways(check, &offers, &outcome);
	if (outcome.count > 0)
		complain_of(check, &outcome);
}

const struct rule escalation_rules[] = {
	{
		.complaint = {
			.id = "priv-esc-combination",
			.severity = SEVERITY_SECURITY,
			.says = "the policy allows what leads to all other "
			    "rights",
			.why = "Who may write policies, hand out credentials, "
			    "or run code as somebody else, has the rights of "
			    "that somebody.  Each of these actions needs "
			    "named resources or a Condition, and roles are "
			    "passed only to the service that needs them.",
			.supersedes = "credentials-exposure "
			    "permissions-management-unscoped write-unscoped",
			.fires_on = "identity {'Statement':["
			    "{'Effect':'Allow','Action':'iam:PassRole',"
			    "'Resource':'*'},{'Effect':'Allow','Action':"
			    "'ec2:RunInstances','Resource':'*'}]}",
			.quiet_on = "identity {'Statement':["
			    "{'Effect':'Allow','Action':'iam:PassRole',"
			    "'Resource':'arn:aws:iam::111122223333:role/app'},"
			    "{'Effect':'Allow','Action':"
			    "'ec2:RunInstances','Resource':'*'}]}",
		},
		.layers = LAYER_SET(IDENTITY),
		.document = priv_esc_combination,
	},
	{ .complaint = { .id = NULL } }
};
