/* SPDX-License-Identifier: MIT */
/* Whether a name belongs to a family; what follows is known elsewhere. */
#include "config.h"

#include <string.h>

#include "simulator/family.h"

static const char *const prefixes[FAMILY_COUNT] = {
	[FAMILY_PRINCIPAL_TAG] = "aws:PrincipalTag/",
	[FAMILY_REQUEST_TAG] = "aws:RequestTag/",
	[FAMILY_RESOURCE_TAG] = "aws:ResourceTag/",
	[FAMILY_IAM_RESOURCE_TAG] = "iam:ResourceTag/",
	[FAMILY_SSM_RESOURCE_TAG] = "ssm:resourceTag/",
	[FAMILY_REQUEST_CONTEXT] = "sts:RequestContext/",
};

const char *
family_prefix(enum family family)
{
	return prefixes[family];
}

static bool
has_prefix(struct word key, const char *prefix)
{
	size_t length = strlen(prefix);

	return key.length > length &&
	    name_compare(key.text, length, prefix, length) == 0;
}

struct word
family_member(enum family family, struct word key)
{
	return has_prefix(key, prefixes[family]) ?
	    word_behind(key, strlen(prefixes[family])) :
	    (struct word){ NULL, 0 };
}

/* A provider is a host, which has a dot; no service's prefix has one. */
static bool
is_claim(struct word key)
{
	const char *colon = memchr(key.text, ':', key.length);

	if (colon == NULL)
		return false;
	return has_prefix(key, "saml:") ||
	    memchr(key.text, '.', (size_t)(colon - key.text)) != NULL;
}

/*
 * What no catalogue knows may be newer than the catalogue, and a request may
 * carry it whatever is listed for the action.
 */
static bool
is_uncarried(const struct action *action, struct word key)
{
	return action != NULL &&
	    !action_has_key(action, key.text, key.length) &&
	    catalog_key(action->service->catalog, key.text, key.length) !=
	    NULL;
}

/*
 * Tags that AWS sets itself, as aws:cloudformation:stack-name, stand in
 * nobody's list, so that no list of tags says that they are absent.
 */
static bool
is_set_by_aws(struct word key, const char *prefix)
{
	return has_prefix(word_behind(key, strlen(prefix)), "aws:");
}

static bool
has_kin(family_set set, struct word key)
{
	for (size_t i = 0; i < FAMILY_COUNT; i++)
		if ((set & FAMILY_SET(i)) != 0 && prefixes[i] != NULL &&
		    has_prefix(key, prefixes[i]))
			return !is_set_by_aws(key, prefixes[i]);
	return false;
}

bool
family_set_has(family_set set, const struct action *action, struct word key)
{
	if (has_kin(set, key))
		return true;
	if ((set & FAMILY_SET(FAMILY_CLAIM)) != 0 && is_claim(key))
		return true;
	return (set & FAMILY_SET(FAMILY_UNCARRIED)) != 0 &&
	    is_uncarried(action, key);
}
