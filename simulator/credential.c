/* SPDX-License-Identifier: MIT */
/* One row for each credential: the key, who is asked for it, and the answer. */
#include "config.h"

#include "simulator/credential.h"

static bool
is_user_or_root(const struct request *request)
{
	return request->actor.kind == ACTOR_USER ||
	    request->actor.kind == ACTOR_ROOT;
}

static bool
asks_token(const struct request *request, bool endpoint)
{
	(void)endpoint;
	return is_user_or_root(request) &&
	    (request->call & (CALL_OF_STS | CALL_OF_IAM)) != 0;
}

static bool
asks_mfa(const struct request *request, bool endpoint)
{
	(void)endpoint;
	return is_user_or_root(request) && (request->call & CALL_OF_IAM) != 0;
}

static bool
asks_assumed_root(const struct request *request, bool endpoint)
{
	(void)endpoint;
	return request->actor.kind == ACTOR_ROOT;
}

static bool
asks_service(const struct request *request, bool endpoint)
{
	return endpoint && request->actor.kind != ACTOR_SERVICE;
}

/* Only roles are: the flag says nothing of other callers. */
static bool
asks_linked(const struct request *request, bool endpoint)
{
	(void)endpoint;
	return request->actor.kind == ACTOR_ROLE_SESSION;
}

/* actor_read() has looked at the role, if there is one to look at. */
static bool
is_linked(const struct request *request, const char *key)
{
	(void)key;
	return request->actor.service_linked ||
	    (request->flags & REQUEST_SERVICE_LINKED) != 0;
}

static const struct {
	const char	*key;
	bool		(*is_asked)(const struct request *, bool endpoint);
	bool		(*is_held)(const struct request *, const char *key);
} rows[CREDENTIAL_COUNT] = {
	[CREDENTIAL_TEMPORARY] = { "aws:TokenIssueTime", asks_token,
	    request_has },
	[CREDENTIAL_ASSUMED_ROOT] = { "aws:AssumedRoot", asks_assumed_root,
	    request_says_true },
	[CREDENTIAL_MFA] = { "aws:MultiFactorAuthPresent", asks_mfa,
	    request_says_true },
	[CREDENTIAL_BY_SERVICE] = { "aws:ViaAWSService", asks_service,
	    request_says_true },
	[CREDENTIAL_LINKED] = { "aws:PrincipalArn", asks_linked, is_linked },
};

/* Where the role of a session is known, aws:PrincipalArn tells nothing. */
static bool
is_open(const struct request *request, enum credential_fact credential)
{
	if (credential == CREDENTIAL_LINKED &&
	    request->actor.issuer.text != NULL)
		return false;
	return request_is_unknown(request, rows[credential].key);
}

struct credentials
credential_read(const struct request *request, bool endpoint, bool whole)
{
	struct credentials credentials = { 0, 0 };

	for (size_t i = 0; i < CREDENTIAL_COUNT; i++) {
		if (!rows[i].is_asked(request, endpoint))
			continue;
		if (rows[i].is_held(request, rows[i].key))
			credentials.held |= CREDENTIAL_SET(i);
		else if (!whole && is_open(request, (enum credential_fact)i))
			credentials.open |= CREDENTIAL_SET(i);
	}
	return credentials;
}

const char *
credential_key(enum credential_fact credential)
{
	return rows[credential].key;
}
