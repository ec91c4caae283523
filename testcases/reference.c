/* SPDX-License-Identifier: MIT */
/*
 * Section 5, the algorithm of 5.10 in its order: which layers apply, what
 * they say, and what follows.
 */
#include "config.h"

#include "testcases/reference.h"
#include "testcases/reference_credential.h"
#include "testcases/reference_policy.h"

/* Everything that is known when the verdict is drawn. */
struct decision {
	struct reference_case		 about;
	const struct node		*policies;
	bool				 aws_owned;	/* EVAL-39 */
	bool				 free;		/* STS-1, STS-2 */
	struct reference_finding	 identity, boundary, session;
	struct reference_finding	 resource, scp, rcp, endpoint;
	bool				 has_session, has_endpoint;
	bool				 scp_levels_allow;
};

static const struct node *
find_documents(const struct decision *decision, const char *name)
{
	if (decision->policies == NULL ||
	    decision->policies->kind != NODE_OBJECT)
		return NULL;
	return node_find(decision->policies, name);
}

static bool
is_caller(const struct decision *decision, enum reference_caller caller)
{
	return decision->about.request.caller == caller;
}

static bool
is_action(const struct decision *decision, const char *action)
{
	return reference_request_is_action(&decision->about.request, action);
}

static bool
is_of_service(const struct decision *decision, const char *prefix)
{
	return reference_request_is_of_service(&decision->about.request,
	    prefix);
}

static bool
has_flag(const struct decision *decision, const char *flag)
{
	return reference_request_has_flag(&decision->about.request, flag);
}

/* Who calls. */

static bool
is_assumed_root(const struct decision *decision)
{
	return reference_credential_is_assumed_root(&decision->about.request);
}

static bool
is_issued_by_root(const struct decision *decision)
{
	return reference_credential_is_issued_by_root(
	    &decision->about.request);
}

static bool
takes(const struct decision *decision, enum assumption assumption)
{
	return reference_takes(decision->about.request.choices, assumption);
}

/* EVAL-39: by the flag, or by an account field that is `aws', or empty
 * though ARNs of this type have one. */
static bool
is_aws_owned(const struct decision *decision)
{
	const struct reference_arn *arn =
	    &decision->about.request.resource_arn;

	if (takes(decision, ASSUME_eval_39))
		return false;
	if (has_flag(decision, "awsOwnedResource"))
		return true;
	if (!arn->whole)
		return false;
	if (reference_string_is(arn->account, "aws"))
		return true;
	return arn->account.length == 0 && reference_facts_wants_account(
	    decision->about.facts, decision->about.request.arena, arn);
}

/* Which layers apply: the table of section 5.2. */

static bool
is_service_linked(const struct decision *decision)
{
	return reference_request_is_service_linked(&decision->about.request);
}

static bool
identity_applies(const struct decision *decision)
{
	return is_caller(decision, REFERENCE_USER) ||
	    is_caller(decision, REFERENCE_ROLE_SESSION) ||
	    (is_caller(decision, REFERENCE_FEDERATED_SESSION) &&
	    !is_issued_by_root(decision));	/* EVAL-10 */
}

static bool
boundary_applies(const struct decision *decision)
{
	return identity_applies(decision) && !is_service_linked(decision);
}

static bool
session_applies(const struct decision *decision)
{
	return (is_caller(decision, REFERENCE_ROLE_SESSION) &&
	    !is_service_linked(decision)) ||
	    is_caller(decision, REFERENCE_FEDERATED_SESSION) ||
	    is_assumed_root(decision);
}

/* EVAL-8 */
static bool
scp_applies(const struct decision *decision)
{
	return reference_request_has_account(&decision->about.request) &&
	    !is_service_linked(decision) &&
	    !has_flag(decision, "principalInManagementAccount");
}

/* RCP-2: of sts, only what has a role as its resource. */
static bool
is_rcp_service(const struct decision *decision)
{
	const struct reference_request *request = &decision->about.request;
	struct reference_string prefix = reference_string_first(
	    request->action, reference_string_find(request->action, ':', 0));

	if (!reference_facts_rcp_service(decision->about.facts, prefix))
		return false;
	return !is_of_service(decision, "sts") ||
	    reference_request_asks_trust(request) ||
	    reference_arn_is_role(&request->resource_arn);
}

/* EVAL-7, EVAL-9, EVAL-39. */
static bool
rcp_applies(const struct decision *decision)
{
	const struct reference_request *request = &decision->about.request;
	/* The ARN of a role has its path, so its name need not tell. */
	bool is_linked_trust = reference_request_asks_trust(request) &&
	    reference_arn_is(&request->resource_arn, "iam",
	    "role/aws-service-role/");

	return !is_service_linked(decision) && !is_linked_trust &&
	    !has_flag(decision, "resourceInManagementAccount") &&
	    !has_flag(decision, "awsManagedKmsKey") &&
	    !is_action(decision, "kms:RetireGrant") &&
	    !(takes(decision, ASSUME_rcp_3) &&
	    reference_string_is(request->resource, "*")) &&
	    !decision->aws_owned && is_rcp_service(decision);
}

/* VPCE-1, VPCE-6. */
static bool
endpoint_applies(const struct decision *decision)
{
	return !is_caller(decision, REFERENCE_SERVICE) &&
	    !reference_request_says(&decision->about.request,
	    "aws:ViaAWSService", "true");
}

/* What SQSUnlockQueuePolicy does not deny. */
static bool
unlocks_queue(const struct decision *decision)
{
	return is_action(decision, "sqs:GetQueueAttributes") ||
	    is_action(decision, "sqs:GetQueueUrl") ||
	    is_action(decision, "sqs:ListQueues") ||
	    is_action(decision, "sqs:SetQueueAttributes");
}

/*
 * EVAL-11: nothing in the bucket policy, not even that it cannot be read,
 * stops the owner's root user.  An AssumeRoot session whose task policy
 * allows an action of a queue is one with SQSUnlockQueuePolicy.
 */
static bool
resource_applies(const struct decision *decision)
{
	if (!is_caller(decision, REFERENCE_ROOT) ||
	    reference_request_crosses(&decision->about.request))
		return true;
	if (is_action(decision, "s3:GetBucketPolicy") ||
	    is_action(decision, "s3:PutBucketPolicy") ||
	    is_action(decision, "s3:DeleteBucketPolicy"))
		return false;
	return !(unlocks_queue(decision) && is_assumed_root(decision) &&
	    decision->session.allows != REFERENCE_NONE);
}

/* What the layers say. */

static void
read_layer(struct decision *decision, enum reference_layer layer,
    const char *name, struct reference_finding *finding)
{
	reference_policy_add(&decision->about, layer,
	    find_documents(decision, name), finding);
}

/* SCP-2, SCP-4: every level needs an Allow of its own; no level, no limit
 * (EVAL-2). */
static void
read_scp_levels(struct decision *decision)
{
	const struct node *levels = find_documents(decision, "scp");
	const struct node *level;

	if (!scp_applies(decision) || levels == NULL)
		return;
	for (level = levels->first; level != NULL; level = level->next) {
		struct reference_finding finding = { .allows = 0 };

		reference_policy_add(&decision->about, REFERENCE_SCP, level,
		    &finding);
		decision->scp.refused |= finding.refused;
		decision->scp.denies |= finding.denies;
		decision->scp_levels_allow &= finding.allows != 0;
	}
}

/* RCP-1: only what they deny matters. */
static void
read_rcp_levels(struct decision *decision)
{
	const struct node *levels = find_documents(decision, "rcp");
	const struct node *level;

	if (!rcp_applies(decision) || levels == NULL)
		return;
	for (level = levels->first; level != NULL; level = level->next)
		reference_policy_add(&decision->about, REFERENCE_RCP, level,
		    &decision->rcp);
}

/* EVAL-18: one session policy allows, or each, by assumption. */
static void
read_session(struct decision *decision)
{
	const struct node *documents = find_documents(decision, "session");
	const struct node *item;
	unsigned allows = REFERENCE_ANY;

	read_layer(decision, REFERENCE_SESSION, "session",
	    &decision->session);
	if (!takes(decision, ASSUME_eval_18) || documents->kind != NODE_ARRAY)
		return;
	for (item = documents->first; item != NULL; item = item->next) {
		struct reference_finding one = { .allows = 0 };

		reference_policy_add(&decision->about, REFERENCE_SESSION, item,
		    &one);
		allows &= one.allows;
	}
	decision->session.allows = allows;
}

static void
read_principal_side(struct decision *decision)
{
	if (identity_applies(decision))
		read_layer(decision, REFERENCE_IDENTITY, "identity",
		    &decision->identity);
	if (decision->about.has_boundary)
		read_layer(decision, REFERENCE_BOUNDARY, "boundary",
		    &decision->boundary);
	if (decision->has_session)
		read_session(decision);
	read_scp_levels(decision);
}

static void
read_resource_side(struct decision *decision)
{
	if (resource_applies(decision))
		read_layer(decision, reference_request_asks_trust(
		    &decision->about.request) ? REFERENCE_TRUST :
		    REFERENCE_RESOURCE, "resource", &decision->resource);
	read_rcp_levels(decision);
}

static void
read_layers(struct decision *decision)
{
	decision->scp_levels_allow = true;
	decision->about.has_boundary = boundary_applies(decision) &&
	    reference_policy_is_present(find_documents(decision, "boundary"));
	decision->has_session = session_applies(decision) &&
	    reference_policy_is_present(find_documents(decision, "session"));
	decision->has_endpoint = endpoint_applies(decision) &&
	    reference_policy_is_present(find_documents(decision, "vpce"));
	if (decision->has_endpoint)
		read_layer(decision, REFERENCE_ENDPOINT, "vpce",
		    &decision->endpoint);
	/* STS-1 */
	if (decision->free && is_action(decision, "sts:GetCallerIdentity") &&
	    takes(decision, ASSUME_sts_1))
		read_scp_levels(decision);
	if (decision->free)
		return;
	read_principal_side(decision);
	read_resource_side(decision);
}

/* EVAL-13, EVAL-15: layers that do not apply were not read. */
static bool
is_denied(const struct decision *decision)
{
	return decision->identity.denies || decision->boundary.denies ||
	    decision->session.denies || decision->resource.denies ||
	    decision->scp.denies || decision->rcp.denies ||
	    decision->endpoint.denies;
}

static bool
is_refused(const struct decision *decision)
{
	return decision->identity.refused || decision->boundary.refused ||
	    decision->session.refused || decision->resource.refused ||
	    decision->scp.refused || decision->rcp.refused ||
	    decision->endpoint.refused;
}

/* What no policy decides. */

/* EVAL-9, EVAL-41.  Of the authorization type of an API, and of what
 * EVAL-30 lists, a request has no word to say. */
static bool
is_not_modelled(const struct decision *decision)
{
	const struct reference_request *request = &decision->about.request;
	const struct reference_arn *arn = &request->resource_arn;

	return is_action(decision, "kms:RetireGrant") ||
	    (is_action(decision, "sts:AssumeRoot") &&
	    (!reference_request_has_account(request) ||
	    reference_request_crosses(request))) ||
	    (reference_string_begins(arn->service, "s3") &&
	    reference_string_begins(arn->resource, "accesspoint/"));
}

/* EVAL-40; AWS's own resources are not under the rules of EVAL-26. */
static bool
account_border_forbids(const struct decision *decision)
{
	return reference_request_crosses(&decision->about.request) &&
	    !decision->aws_owned && reference_facts_same_account_action(
	    decision->about.facts, decision->about.request.action);
}

/* EVAL-32: few services accept anonymous calls, and these do not. */
static bool
signature_is_missing(const struct decision *decision)
{
	static const char *const services[] = { "cloudtrail", "dynamodb",
	    "ec2", "ec2messages", "iam", "kms", "logs", "organizations",
	    "secretsmanager", "ssm", "ssmmessages" };
	static const char *const actions[] = { "sts:AssumeRole",
	    "sts:AssumeRoot", "sts:GetFederationToken",
	    "sts:DecodeAuthorizationMessage", "sts:GetAccessKeyInfo" };
	const struct reference_request *request = &decision->about.request;
	bool wanted = false;

	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		wanted |= reference_request_is_of_service(request,
		    services[i]);
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		wanted |= reference_request_is_action(request, actions[i]);
	return wanted && is_caller(decision, REFERENCE_ANONYMOUS);
}

/* RES-11; services and the pseudo-resource have no partition. */
static bool
partition_border_forbids(const struct decision *decision)
{
	struct reference_string here =
	    decision->about.request.principal_arn.partition;
	struct reference_string there =
	    decision->about.request.resource_arn.partition;

	return here.length > 0 && there.length > 0 &&
	    !reference_strings_equal(here, there);
}

static bool
is_one_of(const struct decision *decision, const char *const *actions,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_action(decision, actions[i]))
			return true;
	return false;
}

/* EVAL-38, by assumption: what AWS keeps for itself. */
static bool
service_forbids(const struct decision *decision)
{
	static const char *const of_policies[] = { "iam:CreatePolicyVersion",
	    "iam:DeletePolicy", "iam:DeletePolicyVersion",
	    "iam:SetDefaultPolicyVersion", "iam:TagPolicy",
	    "iam:UntagPolicy" };
	static const char *const of_roles[] = { "iam:AttachRolePolicy",
	    "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary",
	    "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PassRole",
	    "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
	    "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy",
	    "iam:UpdateRole", "iam:UpdateRoleDescription" };
	static const char *const of_aliases[] = { "kms:CreateAlias",
	    "kms:DeleteAlias", "kms:UpdateAlias" };
	const struct reference_arn *arn =
	    &decision->about.request.resource_arn;

	if (!takes(decision, ASSUME_eval_38))
		return false;
	if (reference_arn_is(arn, "iam", "policy/") &&
	    reference_string_is(arn->account, "aws"))
		return is_one_of(decision, of_policies, 6);
	if (reference_arn_is(arn, "iam", "role/aws-reserved/"))
		return is_one_of(decision, of_roles, 13);
	return reference_arn_is(arn, "kms", "alias/aws/") &&
	    is_one_of(decision, of_aliases, 3);
}

/* Grants. */

static bool
boundary_allows(const struct decision *decision)
{
	return !decision->about.has_boundary || decision->boundary.allows != 0;
}

/* EVAL-17, EVAL-18; STS-5: a federated session must have session policies. */
static bool
session_allows(const struct decision *decision)
{
	if (!decision->has_session)
		return !is_caller(decision, REFERENCE_FEDERATED_SESSION);
	return decision->session.allows != 0;
}

/* EVAL-17 */
static bool
identity_path_allows(const struct decision *decision)
{
	return (decision->identity.allows != 0 ||
	    is_issued_by_root(decision)) &&
	    boundary_allows(decision) && session_allows(decision);
}

/* EVAL-12: without its task policy an AssumeRoot session may do nothing. */
static bool
task_allows(const struct decision *decision)
{
	return !is_assumed_root(decision) ||
	    (decision->has_session && decision->session.allows != 0);
}

/* TRUST-1, KMS-1. */
static bool
resource_policy_must_speak(const struct decision *decision)
{
	const struct reference_request *request = &decision->about.request;

	return reference_request_asks_trust(request) ||
	    reference_request_is_on_key(request);
}

/* EVAL-10, EVAL-29, KMS-2. */
static bool
root_is_granted(const struct decision *decision)
{
	if (!task_allows(decision))
		return false;
	if (decision->aws_owned || decision->resource.allows != 0)
		return true;
	return !reference_request_crosses(&decision->about.request) &&
	    !resource_policy_must_speak(decision);
}

/* EVAL-16 to EVAL-27, TRUST-2, TRUST-3, KMS-2, KMS-3. */
static bool
identity_is_granted(const struct decision *decision)
{
	unsigned classes = decision->resource.allows;

	if (decision->aws_owned)		/* EVAL-39 */
		return identity_path_allows(decision);
	if (reference_request_crosses(&decision->about.request))
		return identity_path_allows(decision) && classes != 0;
	if ((classes & REFERENCE_DIRECT) != 0)
		return true;			/* EVAL-21 */
	if ((classes & REFERENCE_ANY) != 0 && !takes(decision, ASSUME_eval_23))
		return true;			/* EVAL-23 */
	if ((classes & (REFERENCE_ISSUER | REFERENCE_ANY)) != 0 && boundary_allows(decision) &&
	    session_allows(decision))
		return true;			/* EVAL-22 */
	if (resource_policy_must_speak(decision))
		return identity_path_allows(decision) && classes != 0;
	return identity_path_allows(decision);	/* EVAL-19 */
}

static bool
is_granted(const struct decision *decision)
{
	switch (decision->about.request.caller) {
	case REFERENCE_USER:
	case REFERENCE_ROLE_SESSION:
	case REFERENCE_FEDERATED_SESSION:
		return identity_is_granted(decision);
	case REFERENCE_ROOT:
		return root_is_granted(decision);
	case REFERENCE_SERVICE:
	case REFERENCE_PROVIDER:
	case REFERENCE_ANONYMOUS:
		/* EVAL-31, EVAL-32, TRUST-7.  EVAL-39 lets the identity path
		 * decide, and these have none, so a policy has to speak. */
		return (decision->resource.allows &
		    (REFERENCE_DIRECT | REFERENCE_ANY)) != 0;
	case REFERENCE_UNRECOGNIZED:
		break;
	}
	return false;
}

/*
 * Section 5.10.  EVAL-41: an explicit deny wins over what is not modelled,
 * and so it does over documents that cannot be used.
 */
static enum reference_verdict
draw_verdict(const struct decision *decision)
{
	if (is_denied(decision))
		return REFERENCE_EXPLICITLY_DENIED;
	if (is_refused(decision))
		return REFERENCE_UNKNOWN;
	if (!decision->free && is_not_modelled(decision))
		return REFERENCE_UNKNOWN;
	if (decision->has_endpoint && decision->endpoint.allows == 0)
		return REFERENCE_IMPLICITLY_DENIED;	/* VPCE-1 */
	if (decision->free)
		return REFERENCE_ALLOWED;
	if (reference_credential_forbids(&decision->about.request) ||
	    account_border_forbids(decision) ||
	    signature_is_missing(decision) ||
	    partition_border_forbids(decision) || service_forbids(decision) ||
	    !decision->scp_levels_allow || !is_granted(decision))
		return REFERENCE_IMPLICITLY_DENIED;
	return REFERENCE_ALLOWED;
}

enum reference_verdict
reference_decide(struct arena *arena, const struct node *line,
    const struct reference_facts *facts, const struct assumptions *choices)
{
	struct decision decision = { .about = { .facts = facts } };

	if (line->kind != NODE_OBJECT)
		return REFERENCE_UNKNOWN;
	decision.policies = node_find(line, "policies");
	decision.about.request = reference_request_read(arena,
	    node_find(line, "request"), choices);
	/* Of a caller who is none of section 2.5 nothing can be said. */
	if (is_caller(&decision, REFERENCE_UNRECOGNIZED))
		return REFERENCE_UNKNOWN;
	decision.aws_owned = is_aws_owned(&decision);
	decision.free = reference_credential_is_free(&decision.about.request);
	read_layers(&decision);
	return draw_verdict(&decision);
}

const char *
reference_verdict_name(enum reference_verdict verdict)
{
	switch (verdict) {
	case REFERENCE_IMPLICITLY_DENIED:
		return "ImplicitlyDenied";
	case REFERENCE_EXPLICITLY_DENIED:
		return "ExplicitlyDenied";
	case REFERENCE_ALLOWED:
		return "Allowed";
	case REFERENCE_UNKNOWN:
		break;
	}
	return "Unknown";
}
