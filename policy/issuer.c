/* SPDX-License-Identifier: MIT */
/* The table of issuers, and the matching of subjects with their shapes. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/issuer.h"

/*
 * In a shape, `%' stands for a name without wildcards: up to what follows it
 * there, or up to a colon.  An empty shape takes every subject.
 */
static const struct issuer issuers[] = {
	{ "token.actions.githubusercontent.com", "aud",
	    "repository repository_id repository_owner "
	    "repository_owner_id job_workflow_ref", true, "repository",
	    { "repo:%/%", "repository:%/%", "repository_id:%",
	    "repository_owner:%", "repository_owner_id:%",
	    "job_workflow_ref:%/%/" } },
	{ "gitlab.com", "aud", "project_id namespace_id", true, "project",
	    { "project_path:%/%" } },
	{ "app.terraform.io", "aud", "", true, "project or workspace",
	    { "organization:%:project:%",
	    "organization:%:project:*:workspace:%" } },
	{ "agent.buildkite.com", "aud", "pipeline_id", true, "pipeline",
	    { "organization:%:pipeline:%" } },
	{ "accounts.google.com", "aud oaud", "email", false, "account",
	    { "%" } },
	{ "cognito-identity.amazonaws.com", "aud", "", false, "identity",
	    { "" } },
	{ "graph.facebook.com", "app_id", "", false, "user", { "" } },
	{ "www.amazon.com", "app_id", "", false, "user", { "" } },
	{ "oidc.circleci.com", NULL, "oidc.circleci.com/project-id", false,
	    "project", { "org/%/project/%/" } },
	{ "oidc.eks.", NULL, "", false, "namespace",
	    { "system:serviceaccount:%:" } },
	{ "api.bitbucket.org", NULL, "", false, "repository", { "%" } },
	{ "oidc.vercel.com", NULL, "", false, "project",
	    { "owner:%:project:%" } },
	{ "sts.windows.net", NULL, "", false, "identity", { "%" } },
	{ "vstoken.dev.azure.com", NULL, "", false, "project",
	    { "sc://%/%/" } },
};

static bool
host_is(const char *host, const char *text, size_t length)
{
	size_t start = strlen(host);

	return length >= start && strncasecmp(text, host, start) == 0 &&
	    (length == start || text[start] == '/' || host[start - 1] == '.');
}

const struct issuer *
issuer_find(const char *provider, size_t length)
{
	for (size_t i = 0; i < sizeof(issuers) / sizeof(issuers[0]); i++)
		if (host_is(issuers[i].host, provider, length))
			return &issuers[i];
	return NULL;
}

bool
issuer_is_github(const struct issuer *issuer)
{
	return issuer == &issuers[0];
}

static bool
is_wildcard(char c)
{
	return c == '*' || c == '?';
}

/*
 * The length of the name at the text's start, which goes past no colon; 0
 * when a wildcard is in it.
 */
static size_t
name_length(const char *text, size_t length, char stop, bool wild)
{
	size_t at = 0;

	while (at < length && text[at] != stop && text[at] != ':') {
		if (wild && is_wildcard(text[at]))
			return 0;
		at++;
	}
	return at;
}

static bool
has_shape(const char *shape, const char *text, size_t length, bool wild)
{
	size_t at = 0;

	for (; *shape != '\0'; shape++) {
		size_t name;

		if (*shape != '%') {
			if (at == length || text[at++] != *shape)
				return false;
			continue;
		}
		name = name_length(text + at, length - at,
		    shape[1] == '\0' ? ':' : shape[1], wild);
		if (name == 0)
			return false;
		at += name;
	}
	return true;
}

static bool
has_any_shape(const struct issuer *issuer, const char *text, size_t length,
    bool wild)
{
	for (size_t i = 0; i < ISSUER_SHAPES_MAX && issuer->shapes[i] != NULL;
	    i++)
		if (has_shape(issuer->shapes[i], text, length, wild))
			return true;
	return false;
}

bool
issuer_names_owner(const struct issuer *issuer, const char *subject,
    size_t length, bool wild)
{
	if (has_any_shape(issuer, subject, length, wild))
		return true;
	for (size_t i = 0; i < length; i++) {
		if (wild && is_wildcard(subject[i]))
			return false;
		if (subject[i] == ':' && has_any_shape(issuer, subject + i + 1,
		    length - i - 1, wild))
			return true;
	}
	return false;
}
