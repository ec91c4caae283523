/* SPDX-License-Identifier: MIT */
/*
 * The table of resources that the catalogue does not know.  That AWS holds
 * these against policies is seen in the errors that it answers with, and in
 * the policies that its guides show.
 */
#include "config.h"

#include <string.h>

#include "simulator/guise.h"

static const struct guise guises[] = {
	/* keys, passwords and MFA of the root user are among a user's */
	{ "iam", NULL, "user", "arn:~:iam::~:root", NULL, false },
	/* routes of a WebSocket API have one part less than a method's */
	{ "execute-api", NULL, "execute-api-general",
	    "arn:~:execute-api:~:~:*", NULL, false },
	/* of snapshots and the like, in the ARNs of their own services */
	{ "backup", NULL, "recoveryPoint", "arn:~:~:~:?*:*/*", NULL, false },
	{ "backup", NULL, "recoveryPoint", "arn:~:ec2:~::*/*", NULL, true },
	/* telephone numbers */
	{ "sns", "Publish", NULL, "+?*", "+15555550100", false },
	/* A3: Session Manager's channels are asked for on sessions, too */
	{ "ssmmessages", "OpenDataChannel", NULL,
	    "arn:~:ssm:~:~:session/*", NULL, false },
	/* what is on nothing, says the catalogue */
	{ "iam", "ListGroups", NULL, "arn:~:iam::~:group/*", NULL, false },
	{ "iam", "ListInstanceProfiles", NULL,
	    "arn:~:iam::~:instance-profile/*", NULL, false },
	{ "iam", "ListOpenIDConnectProviders", NULL,
	    "arn:~:iam::~:oidc-provider/*", NULL, false },
	{ "iam", "ListPolicies", NULL, "arn:~:iam::~:policy/*", NULL, false },
	{ "iam", "ListRoles", NULL, "arn:~:iam::~:role/*", NULL, false },
	{ "iam", "ListSAMLProviders", NULL,
	    "arn:~:iam::~:saml-provider/*", NULL, false },
	{ "iam", "ListServerCertificates", NULL,
	    "arn:~:iam::~:server-certificate/*", NULL, false },
	{ "iam", "ListUsers", NULL, "arn:~:iam::~:user/*", NULL, false },
	{ "iam", "ListVirtualMFADevices", NULL,
	    "arn:~:iam::~:mfa/*", NULL, false },
};

static bool
takes(const struct action *action, const char *type)
{
	for (unsigned i = 0; i < action->target_count; i++)
		if (strcmp(action->targets[i].type->name, type) == 0)
			return true;
	return false;
}

static bool
is_of(const struct guise *guise, const struct action *action)
{
	return guise->prefix[0] == action->service->prefix[0] &&
	    strcmp(guise->prefix, action->service->prefix) == 0 &&
	    (guise->name == NULL || name_compare(guise->name,
	    strlen(guise->name), action->name, strlen(action->name)) == 0) &&
	    (guise->type == NULL || takes(action, guise->type));
}

const struct guise *
guise_next(const struct action *action, const struct guise *guise)
{
	guise = guise == NULL ? guises : guise + 1;
	for (; guise < guises + sizeof(guises) / sizeof(guises[0]); guise++)
		if (is_of(guise, action))
			return guise;
	return NULL;
}

static char
symbol_of(char c)
{
	return c == '*' ? (char)PATTERN_ANY : c == '?' ? (char)PATTERN_ONE :
	    c == '~' ? (char)PATTERN_ANY_FIELD : c;
}

struct pattern
guise_pattern(struct arena *arena, const struct guise *guise)
{
	size_t length = strlen(guise->form);
	char *symbols = arena_copy(arena, guise->form, length);

	for (size_t i = 0; i < length; i++)
		symbols[i] = symbol_of(symbols[i]);
	return pattern_of_symbols(arena, symbols, length);
}

bool
guise_fits(struct arena *arena, const struct action *action,
    struct word resource)
{
	for (const struct guise *guise = guise_next(action, NULL);
	    guise != NULL; guise = guise_next(action, guise)) {
		struct pattern pattern = guise_pattern(arena, guise);

		if (pattern_match(&pattern, resource.text, resource.length))
			return true;
	}
	return false;
}

bool
guise_is_bare(const struct guise *guise)
{
	return strncmp(guise->form, "arn:", 4) != 0;
}

bool
guise_is_list(const struct guise *guise)
{
	return guise->name != NULL && strncmp(guise->name, "List", 4) == 0;
}

bool
guise_is_named(const struct guise *guise)
{
	return guise->name != NULL;
}

bool
guise_is_anonymous(const struct guise *guise)
{
	return guise->anonymous;
}

bool
guise_any(const struct action *action, bool (*says)(const struct guise *))
{
	for (const struct guise *guise = guise_next(action, NULL);
	    guise != NULL; guise = guise_next(action, guise))
		if (says(guise))
			return true;
	return false;
}
