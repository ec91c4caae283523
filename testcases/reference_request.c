/* SPDX-License-Identifier: MIT */
/* Who calls, from the text of the principal and of its issuer. */
#include "config.h"

#include <string.h>

#include "testcases/reference_pattern.h"
#include "testcases/reference_request.h"

static struct reference_string
find_string(const struct node *object, const char *name)
{
	const struct node *member = NULL;

	if (object != NULL && object->kind == NODE_OBJECT)
		member = node_find(object, name);
	if (member == NULL || member->kind != NODE_STRING)
		return reference_string_new("");
	return reference_string_get(member);
}

static enum reference_caller
find_arn_caller(const struct reference_arn *arn)
{
	if (reference_arn_is(arn, "iam", "user/"))
		return REFERENCE_USER;
	if (reference_arn_is(arn, "iam", "role/") ||
	    reference_arn_is(arn, "sts", "assumed-role/"))
		return REFERENCE_ROLE_SESSION;
	if (reference_arn_is(arn, "sts", "federated-user/"))
		return REFERENCE_FEDERATED_SESSION;
	if (reference_string_is(arn->service, "iam") &&
	    reference_string_is(arn->resource, "root"))
		return REFERENCE_ROOT;
	return REFERENCE_UNRECOGNIZED;
}

static enum reference_caller
find_caller(struct reference_string text)
{
	struct reference_arn arn = reference_arn_read(text);

	if (text.length == 0)
		return REFERENCE_UNRECOGNIZED;
	if (reference_string_is(text, "*"))
		return REFERENCE_ANONYMOUS;
	if (reference_string_begins(text, "federated:"))
		return REFERENCE_PROVIDER;
	if (reference_string_begins(text, "arn:"))
		return find_arn_caller(&arn);
	return REFERENCE_SERVICE;
}

static void
read_principal(struct reference_request *request)
{
	request->caller = find_caller(request->principal);
	if (request->caller == REFERENCE_PROVIDER)
		request->principal = reference_string_rest(request->principal,
		    strlen("federated:"));
	request->principal_arn = reference_arn_read(request->principal);
}

struct reference_strings
reference_request_values(const struct reference_request *request,
    const char *key)
{
	return reference_context_get(request->arena, request->context,
	    reference_string_new(key));
}

/* A role that the session can be of. */
static bool
is_role_of_session(const struct reference_request *request,
    const struct reference_arn *role)
{
	const struct reference_arn *session = &request->principal_arn;

	return reference_arn_is_role(role) &&
	    reference_strings_equal(role->partition, session->partition) &&
	    reference_strings_equal(role->account, session->account) &&
	    reference_strings_equal_folded(reference_arn_name(role),
	    request->role_name);
}

/* PRIN-9: the request's issuer, or else aws:PrincipalArn. */
static void
read_role_issuer(struct reference_request *request)
{
	struct reference_strings arns = reference_request_values(request,
	    "aws:PrincipalArn");
	struct reference_arn role;

	if (reference_arn_is_role(&request->issuer) || arns.count != 1)
		return;
	role = reference_arn_read(arns.items[0]);
	if (!is_role_of_session(request, &role))
		return;
	request->issuer_name = arns.items[0];
	request->issuer = role;
}

/* ROLE of assumed-role/ROLE/SESSION. */
static struct reference_string
read_role_name(const struct reference_arn *session)
{
	struct reference_string name = reference_string_rest(
	    session->resource, strlen("assumed-role/"));

	return reference_string_first(name,
	    reference_string_find(name, '/', 0));
}

static void
read_issuer(struct reference_request *request)
{
	request->issuer = reference_arn_read(request->issuer_name);
	if (request->caller != REFERENCE_ROLE_SESSION)
		return;
	if (reference_arn_is_role(&request->principal_arn)) {
		/* EVAL-1: a session without a name. */
		request->issuer_name = request->principal;
		request->issuer = request->principal_arn;
		request->role_name = reference_arn_name(&request->issuer);
		return;
	}
	request->role_name = read_role_name(&request->principal_arn);
	read_role_issuer(request);
}

struct reference_request
reference_request_read(struct arena *arena, const struct node *node,
    const struct assumptions *choices)
{
	struct reference_request request = {
		.arena = arena,
		.choices = choices,
		.principal = find_string(node, "principal"),
		.issuer_name = find_string(node, "issuer"),
		.role_name = reference_string_new(""),
		.action = find_string(node, "action"),
		.resource = find_string(node, "resource"),
		.resource_account = find_string(node, "resourceAccount"),
	};

	if (node != NULL && node->kind == NODE_OBJECT) {
		request.context = node_find(node, "context");
		request.flags = node_find(node, "flags");
	}
	request.gateway = reference_string_is(
	    find_string(node, "endpointKind"), "gateway");
	request.resource_arn = reference_arn_read(request.resource);
	if (request.resource_account.length == 0)
		request.resource_account = request.resource_arn.account;
	read_principal(&request);
	read_issuer(&request);
	return request;
}

bool
reference_request_has_key(const struct reference_request *request,
    const char *key)
{
	return reference_request_values(request, key).count > 0;
}

bool
reference_request_says(const struct reference_request *request,
    const char *key, const char *value)
{
	struct reference_strings values = reference_request_values(request,
	    key);

	return values.count == 1 &&
	    reference_string_is_folded(values.items[0], value);
}

bool
reference_request_has_flag(const struct reference_request *request,
    const char *flag)
{
	const struct node *item;

	if (request->flags == NULL)
		return false;
	for (item = request->flags->first; item != NULL; item = item->next)
		if (reference_string_is(reference_string_get(item), flag))
			return true;
	return false;
}

bool
reference_request_is_action(const struct reference_request *request,
    const char *action)
{
	return reference_string_is_folded(request->action, action);
}

bool
reference_request_is_of_service(const struct reference_request *request,
    const char *prefix)
{
	return reference_string_is_folded(reference_string_first(
	    request->action, reference_string_find(request->action, ':', 0)),
	    prefix);
}

bool
reference_request_has_account(const struct reference_request *request)
{
	return request->caller == REFERENCE_USER ||
	    request->caller == REFERENCE_ROLE_SESSION ||
	    request->caller == REFERENCE_FEDERATED_SESSION ||
	    request->caller == REFERENCE_ROOT;
}

bool
reference_request_crosses(const struct reference_request *request)
{
	if (request->caller == REFERENCE_ANONYMOUS)
		return true;
	return reference_request_has_account(request) &&
	    !reference_strings_equal(request->principal_arn.account,
	    request->resource_account);
}

/* The row of section 5.2 is one of sessions: on others the flag is idle. */
bool
reference_request_is_service_linked(const struct reference_request *request)
{
	return request->caller == REFERENCE_ROLE_SESSION &&
	    (reference_request_has_flag(request, "serviceLinkedRole") ||
	    reference_arn_is_service_linked_role(&request->issuer) ||
	    reference_string_begins(request->role_name, "AWSServiceRoleFor"));
}

bool
reference_request_asks_trust(const struct reference_request *request)
{
	if (reference_request_is_action(request, "sts:AssumeRole") ||
	    reference_request_is_action(request, "sts:AssumeRoleWithSAML") ||
	    reference_request_is_action(request,
	    "sts:AssumeRoleWithWebIdentity"))
		return true;
	/* The others are trust actions `on that role'; a tag may also be put
	 * on a federated session. */
	return reference_arn_is_role(&request->resource_arn) &&
	    (reference_request_is_action(request, "sts:TagSession") ||
	    reference_request_is_action(request, "sts:SetSourceIdentity") ||
	    reference_request_is_action(request, "sts:SetContext"));
}

bool
reference_request_is_on_key(const struct reference_request *request)
{
	return reference_arn_is(&request->resource_arn, "kms", "key/");
}
