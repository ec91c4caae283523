/* SPDX-License-Identifier: MIT */
/*
 * Rules about VPC endpoint policies that need to know which service is behind
 * the endpoint; without that they are silent.  Whom and what a policy lets
 * through is judged in rules_perimeter.c.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/attachment.h"
#include "policy/bucket.h"
#include "policy/caller.h"
#include "policy/rules.h"

/* The endpoint serves actions of that prefix. */
static bool
serves(const struct endpoint_service *endpoint, const char *prefix)
{
	return endpoint->prefix != NULL &&
	    strcmp(endpoint->prefix, prefix) == 0;
}

/* Behind the region, which the catalogue leaves open. */
static const char *
short_name(const struct endpoint_service *endpoint)
{
	static const char region[] = "${Region}.";
	const char *at = strstr(endpoint->name, region);

	return at == NULL ? endpoint->name : at + strlen(region);
}

static void
vpce_policy_unsupported_service(struct check *check)
{
	const struct subject *subject = check->subject;

	if (subject->policy->statement_node != NULL &&
	    attachment_ignores_policies(subject))
		check_complain_of_key(check, subject->policy->statement_node,
		    "endpoints of %s take no policy: they let everything "
		    "through, whatever stands here",
		    subject->endpoint != NULL ? short_name(subject->endpoint) :
		    subject->service->prefix);
}

static bool
has_gateway(const struct catalog *catalog, const char *prefix)
{
	for (unsigned i = 0; i < catalog->endpoint_count; i++)
		if (catalog->endpoints[i].gateway &&
		    serves(&catalog->endpoints[i], prefix))
			return true;
	return false;
}

/* GRAM-31. */
static void
vpce_gateway_principal(struct check *check, const struct principal *principal)
{
	const struct subject *subject = check->subject;
	const struct node *node = principal->node;
	struct finding *finding;

	if (subject->service == NULL || principal_is_everyone(principal) ||
	    subject->endpoint_kind == ENDPOINT_KIND_INTERFACE ||
	    !has_gateway(subject->catalog, subject->service->prefix))
		return;
	if (caller_read(principal).kind == CALLER_ACCOUNT)
		finding = check_complain_of(check, node, "at a gateway "
		    "endpoint `%.*s` is the root user of the account and "
		    "nobody else; only an interface endpoint of %s reads it "
		    "as the account", (int)node->length, node->text,
		    subject->service->prefix);
	else
		finding = check_complain_of(check, node, "a gateway endpoint "
		    "takes no Principal but `*`; only an interface endpoint "
		    "of %s finds `%.*s`", subject->service->prefix,
		    (int)node->length, node->text);
	check_help(check, finding, "write `\"Principal\": \"*\"` and demand "
	    "aws:PrincipalAccount or aws:PrincipalArn");
	/* The service has interface endpoints too; it may be one of these. */
	if (subject->endpoint_kind == ENDPOINT_KIND_UNKNOWN)
		finding->severity = SEVERITY_WARNING;
}

/* Some action of the service asks for that one, too. */
static bool
asks_for(const struct service *service, const struct action *wanted)
{
	const char *prefix = wanted->service->prefix;
	size_t length = strlen(prefix);

	for (unsigned i = 0; i < service->action_count; i++) {
		const struct action *action = &service->actions[i];

		for (unsigned k = 0; k < action->dependent_count; k++) {
			const char *name = action->dependents[k];

			if (strncmp(name, prefix, length) == 0 &&
			    name[length] == ':' &&
			    strcmp(name + length + 1, wanted->name) == 0)
				return true;
		}
	}
	return false;
}

/*
 * Actions of more than one prefix that come through one endpoint, and checks
 * that a service makes in the same call.  Which those are is told of some; who
 * names one knows why.
 */
static bool
comes_along(const struct service *behind, const struct expansion *expansion)
{
	if (strcmp(expansion->service->prefix, "s3-object-lambda") == 0)
		return true;
	for (size_t i = 0; i < expansion->count; i++)
		if (expansion->actions[i]->permission_only &&
		    (!expansion->wild ||
		    asks_for(behind, expansion->actions[i])))
			return true;
	return false;
}

static void
vpce_action_foreign_service(struct check *check, const struct node *entry)
{
	const struct service *service = check->subject->service;
	const struct expansion *expansion;

	if (service == NULL || check->statement->action.negated)
		return;
	expansion = check_expand(check, entry);
	if (expansion->service == NULL || expansion->service == service ||
	    comes_along(service, expansion))
		return;
	check_complain_of(check, entry, "`%.*s` never comes through an "
	    "endpoint of %s, so this entry does nothing", (int)entry->length,
	    entry->text, service->prefix);
}

/* The first condition on who owns the resource. */
static const struct condition *
find_owner_test(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_selects(&statement->conditions[i]) &&
		    condition_is_on_one(&statement->conditions[i],
		    absence_owner_keys))
			return &statement->conditions[i];
	return NULL;
}

/* The entry takes in a bucket of AWS's, or any bucket. */
static bool
takes_in_owned(const struct node *entry)
{
	struct arn arn = arn_split(entry->text, entry->length);
	const char *bucket = arn.field[ARN_RESOURCE].text;
	const char *slash;
	size_t length;

	if (arn.count != ARN_FIELD_COUNT)
		return entry->length > 0 && entry->text[0] == '*';
	length = arn.field[ARN_RESOURCE].length;
	slash = memchr(bucket, '/', length);
	if (slash != NULL)
		length = (size_t)(slash - bucket);
	return (length > 0 && bucket[0] == '*') ||
	    bucket_is_of_aws(bucket, length);
}

/* An Allow for objects that nobody of the organization owns. */
static bool
excepts_owned(const struct statement *statement)
{
	if (statement->effect != EFFECT_ALLOW ||
	    find_owner_test(statement) != NULL)
		return false;
	for (size_t i = 0; i < statement->resource.count; i++)
		if (takes_in_owned(statement->resource.items[i]))
			return true;
	return statement->resource.negated;
}

/*
 * SSM Agent, package managers and image pulls read buckets that AWS owns; a
 * policy for our own resources alone cuts them off (EVAL-39).
 */
static void
vpce_aws_owned_resources(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const struct condition *test = NULL;
	struct finding *finding;

	if (check->subject->service == NULL ||
	    strcmp(check->subject->service->prefix, "s3") != 0)
		return;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		if (excepts_owned(statement))
			return;
		if (test == NULL && statement->effect == EFFECT_ALLOW)
			test = find_owner_test(statement);
	}
	if (test == NULL)
		return;
	finding = check_complain_of_key(check, test->node, "buckets that AWS "
	    "owns are kept out too: instances behind this endpoint get no "
	    "packages, no updates of SSM Agent and no image layers of ECR");
	check_help(check, finding, "if they need them, allow s3:GetObject on "
	    "those buckets by name, such as `arn:aws:s3:::aws-ssm-REGION/*`, "
	    "`arn:aws:s3:::al2023-repos-REGION-de612dc2/*` and "
	    "`arn:aws:s3:::prod-REGION-starport-layer-bucket/*`");
}

const struct rule endpoint_rules[] = {
	{
		.complaint = {
			.id = "vpce-policy-unsupported-service",
			.severity = SEVERITY_ERROR,
			.says = "the service behind the endpoint takes no "
			    "endpoint policy",
			.why = "Everything passes such an endpoint; a policy "
			    "for it only looks like protection.  Guard the "
			    "resources themselves, or the identities.",
			.fires_on = "endpoint for appstream "
			    "{'Effect':'Allow','Principal':'*',"
			    "'Action':'appstream:Stream','Resource':'*'}",
			.quiet_on = "endpoint for athena "
			    "{'Effect':'Allow','Principal':'*',"
			    "'Action':'athena:GetWorkGroup','Resource':'*'}",
		},
		.layers = LAYER_SET(ENDPOINT),
		.document = vpce_policy_unsupported_service,
	},
	{
		.complaint = {
			.id = "vpce-gateway-principal",
			.severity = SEVERITY_ERROR,
			.says = "the policy of a gateway endpoint names a "
			    "principal",
			.why = "Gateway endpoints (S3, DynamoDB) take `*` "
			    "only; an account there means its root user "
			    "alone.  Say who is meant with "
			    "aws:PrincipalAccount or aws:PrincipalArn, which "
			    "an interface endpoint reads as well.",
			.fires_on = "endpoint for s3 {'Effect':'Allow',"
			    "'Principal':{'AWS':'111122223333'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "endpoint for s3 {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':"
			    "{'aws:PrincipalAccount':'111122223333'}}}",
		},
		.layers = LAYER_SET(ENDPOINT),
		.principal = vpce_gateway_principal,
	},
	{
		.complaint = {
			.id = "vpce-action-foreign-service",
			.severity = SEVERITY_ERROR,
			.says = "an action belongs to another service than the "
			    "endpoint",
			.why = "Only calls to its own service go through an "
			    "endpoint; the entry never matches.  Put it into "
			    "the policy of that service's endpoint.",
			.fires_on = "endpoint for s3 {'Effect':'Allow',"
			    "'Principal':'*','Action':'sqs:SendMessage',"
			    "'Resource':'*'}",
			.quiet_on = "endpoint for sqs {'Effect':'Allow',"
			    "'Principal':'*','Action':'sqs:SendMessage',"
			    "'Resource':'*'}",
		},
		.layers = LAYER_SET(ENDPOINT),
		.action = vpce_action_foreign_service,
	},
	{
		.complaint = {
			.id = "vpce-aws-owned-resources",
			.severity = SEVERITY_NOTE,
			.says = "the endpoint of S3 lets no AWS-owned bucket "
			    "through",
			.why = "Agents, package managers and image pulls read "
			    "buckets of AWS, which are in no organization of "
			    "yours.  Where they are used, allow reading those "
			    "buckets by their full names.",
			.fires_on = "endpoint for s3 {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:*','Resource':'*',"
			    "'Condition':{'StringEquals':"
			    "{'aws:ResourceOrgID':'o-a1b2c3d4e5',"
			    "'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}}",
			.quiet_on = "endpoint for s3 "
			    "{'Version':'2012-10-17','Statement':["
			    "{'Effect':'Allow','Principal':'*',"
			    "'Action':'s3:*','Resource':'*',"
			    "'Condition':{'StringEquals':"
			    "{'aws:ResourceOrgID':'o-a1b2c3d4e5',"
			    "'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}},"
			    "{'Effect':'Allow','Principal':'*',"
			    "'Action':'s3:GetObject','Resource':"
			    "'arn:aws:s3:::aws-ssm-eu-west-1/*'}]}",
		},
		.layers = LAYER_SET(ENDPOINT),
		.document = vpce_aws_owned_resources,
	},
	{ .complaint = { .id = NULL } }
};
