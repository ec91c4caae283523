/* SPDX-License-Identifier: MIT */
/* Section 5.9, and the callers of 5.2 who are more than they seem. */
#include "config.h"

#include "testcases/reference_credential.h"

/* EVAL-12 */
bool
reference_credential_is_assumed_root(const struct reference_request *request)
{
	return request->caller == REFERENCE_ROOT &&
	    reference_request_says(request, "aws:AssumedRoot", "true");
}

/* EVAL-17: a federated session that the root user issued. */
bool
reference_credential_is_issued_by_root(const struct reference_request *request)
{
	const struct reference_arn *issuer = &request->issuer;

	return request->caller == REFERENCE_FEDERATED_SESSION &&
	    reference_string_is(issuer->service, "iam") &&
	    reference_string_is(issuer->resource, "root");
}

static bool
is_user_or_root(const struct reference_request *request)
{
	return request->caller == REFERENCE_USER ||
	    request->caller == REFERENCE_ROOT;
}

static bool
has_token(const struct reference_request *request)
{
	return reference_request_has_key(request, "aws:TokenIssueTime");
}

/* STS-3: the user or root user itself, and not AssumeRoot. */
static bool
is_itself(const struct reference_request *request)
{
	return is_user_or_root(request) &&
	    !reference_credential_is_assumed_root(request);
}

/* STS-1; STS-2, for long-term keys: an AssumeRoot session has none of
 * these.  A provider vouches for a caller who has no credentials
 * yet, so such a caller is not authenticated. */
bool
reference_credential_is_free(const struct reference_request *request)
{
	if (reference_request_is_action(request, "sts:GetCallerIdentity"))
		return request->caller != REFERENCE_ANONYMOUS &&
		    request->caller != REFERENCE_PROVIDER;
	return reference_request_is_action(request, "sts:GetSessionToken") &&
	    is_itself(request) && !has_token(request);
}

/* A call of IAM, which IAM refuses unless it is the console's. */
static bool
is_refused_by_iam(const struct reference_request *request)
{
	return reference_request_is_of_service(request, "iam") &&
	    !reference_takes(request->choices, ASSUME_sts_3);
}

/* STS-3 */
static bool
session_token_forbids(const struct reference_request *request)
{
	if (!is_itself(request) || !has_token(request))
		return false;
	if (is_refused_by_iam(request) && !reference_request_says(request,
	    "aws:MultiFactorAuthPresent", "true"))
		return true;
	return reference_request_is_of_service(request, "sts") &&
	    !reference_request_is_action(request, "sts:AssumeRole") &&
	    !reference_request_is_action(request, "sts:TagSession") &&
	    !reference_request_is_action(request, "sts:SetSourceIdentity") &&
	    !reference_request_is_action(request, "sts:SetContext") &&
	    !reference_request_is_action(request, "sts:GetCallerIdentity");
}

/* STS-4 */
static bool
federation_forbids(const struct reference_request *request)
{
	return request->caller == REFERENCE_FEDERATED_SESSION &&
	    (is_refused_by_iam(request) ||
	    reference_request_is_of_service(request, "sts")) &&
	    !reference_request_is_action(request, "sts:GetCallerIdentity");
}

/* STS-3, STS-4, STS-7, TRUST-13. */
bool
reference_credential_forbids(const struct reference_request *request)
{
	if (request->caller == REFERENCE_ROLE_SESSION &&
	    (reference_request_is_action(request, "sts:GetFederationToken") ||
	    reference_request_is_action(request, "sts:GetSessionToken")))
		return true;
	if (request->caller == REFERENCE_ROOT &&
	    reference_request_is_action(request, "sts:AssumeRole"))
		return true;
	return session_token_forbids(request) || federation_forbids(request);
}
