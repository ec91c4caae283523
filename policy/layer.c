/* SPDX-License-Identifier: MIT */
/* Layers: their names, and which of them a document may be. */
#include "config.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "policy/layer.h"

static const char *const layer_names[LAYER_COUNT] = {
	[LAYER_IDENTITY] = "identity",
	[LAYER_BOUNDARY] = "boundary",
	[LAYER_SESSION] = "session",
	[LAYER_RESOURCE] = "resource",
	[LAYER_TRUST] = "trust",
	[LAYER_ENDPOINT] = "endpoint",
	[LAYER_SCP] = "scp",
	[LAYER_RCP] = "rcp",
};

/* What people call their files and folders; a `-' is any mark or blank. */
static const struct {
	const char	*word;
	enum layer	 layer;
} path_words[] = {
	{ "service-control", LAYER_SCP },
	{ "resource-control", LAYER_RCP },
	{ "scp", LAYER_SCP },
	{ "scps", LAYER_SCP },
	{ "rcp", LAYER_RCP },
	{ "rcps", LAYER_RCP },
	{ "endpoint", LAYER_ENDPOINT },
	{ "endpoints", LAYER_ENDPOINT },
	{ "vpce", LAYER_ENDPOINT },
	{ "trust", LAYER_TRUST },
	{ "assume", LAYER_TRUST },
	{ "boundary", LAYER_BOUNDARY },
	{ "boundaries", LAYER_BOUNDARY },
	{ "session", LAYER_SESSION },
	{ "identity", LAYER_IDENTITY },
	{ "resource", LAYER_RESOURCE },
	{ "bucket", LAYER_RESOURCE },
	{ "buckets", LAYER_RESOURCE },
};

const char *
layer_name(enum layer layer)
{
	return layer_names[layer];
}

bool
layer_find(const char *name, enum layer *layer)
{
	if (strcmp(name, "vpce") == 0)
		name = layer_names[LAYER_ENDPOINT];
	for (size_t i = 0; i < LAYER_COUNT; i++) {
		if (strcmp(layer_names[i], name) == 0) {
			*layer = (enum layer)i;
			return true;
		}
	}
	return false;
}

enum layer
layer_first(layer_set layers)
{
	unsigned layer = 0;

	while ((layers & 1u << layer) == 0)
		layer++;
	return (enum layer)layer;
}

struct layer_guess
layer_given(enum layer layer, const char *reason)
{
	return (struct layer_guess){ layer, 1u << layer, reason };
}

/* What the statements of a policy have in common. */
struct features {
	bool	 principal;		/* some statement has one */
	bool	 named;			/* some principal is not everyone */
	bool	 provider;		/* some is a service or a provider */
	bool	 resource;		/* some statement has Resource */
	bool	 narrow;		/* some resource is not "*" */
	bool	 allow;			/* some statement allows */
	bool	 trust_only;		/* actions are those of role trust */
	bool	 rcp_shape;		/* Deny, Principal "*", Action */
	bool	 owner;			/* some condition asks who owns the
					 * resource, which a resource's own
					 * policy knows */
	bool	 inward;		/* something that only a resource's
					 * own policy has reason to say */
};

static bool
is_trust_action(const struct node *action)
{
	return (action->length >= 14 &&
	    strncasecmp(action->text, "sts:AssumeRole", 14) == 0) ||
	    node_is(action, "sts:TagSession") ||
	    node_is(action, "sts:SetSourceIdentity") ||
	    node_is(action, "sts:SetContext");
}

static void
see_principals(struct features *features, const struct statement *statement)
{
	const struct principals *principals = &statement->principal;

	if (principals->node == NULL)
		features->rcp_shape = false;
	else
		features->principal = true;
	if (principals->negated)
		features->rcp_shape = false;
	for (size_t i = 0; i < principals->count; i++) {
		enum principal_kind kind = principals->items[i].kind;

		if (!principal_is_everyone(&principals->items[i]))
			features->named = true;
		if (kind == PRINCIPAL_SERVICE || kind == PRINCIPAL_FEDERATED)
			features->provider = true;
		if (kind != PRINCIPAL_EVERYONE)
			features->rcp_shape = false;
	}
}

static bool
some_begins(const struct element *element, const char *start)
{
	size_t length = strlen(start);

	for (size_t i = 0; i < element->count; i++)
		if (element->items[i]->length >= length && strncasecmp(
		    element->items[i]->text, start, length) == 0)
			return true;
	return false;
}

/*
 * An endpoint's policy need not ask by which endpoint a request comes, and
 * `execute-api:/stage/...' is short for the API that the policy belongs to.
 * Clients of a file system come by its mount targets, not by the endpoint,
 * which is for those who manage file systems.
 */
static bool
looks_inward(const struct statement *statement)
{
	return some_begins(&statement->resource, "execute-api:/") ||
	    some_begins(&statement->action, "elasticfilesystem:Client") ||
	    statement_condition(statement, "aws:SourceVpce") != NULL ||
	    statement_condition(statement, "aws:SourceVpc") != NULL ||
	    statement_condition(statement, "aws:SourceVpcArn") != NULL;
}

static void
see_statement(struct features *features, const struct statement *statement)
{
	see_principals(features, statement);
	if (statement->effect != EFFECT_DENY || statement->action.negated)
		features->rcp_shape = false;
	if (statement->effect == EFFECT_ALLOW)
		features->allow = true;
	if (statement->action.count == 0 || statement->action.negated)
		features->trust_only = false;
	for (size_t i = 0; i < statement->action.count &&
	    features->trust_only; i++)
		if (!is_trust_action(statement->action.items[i]))
			features->trust_only = false;
	if (statement->resource.node != NULL)
		features->resource = true;
	for (size_t i = 0; i < statement->resource.count; i++)
		if (!node_is(statement->resource.items[i], "*"))
			features->narrow = true;
	if (statement_condition(statement, "aws:ResourceAccount") != NULL ||
	    statement_condition(statement, "aws:ResourceOrgID") != NULL ||
	    statement_condition(statement, "aws:ResourceOrgPaths") != NULL)
		features->owner = true;
	if (looks_inward(statement))
		features->inward = true;
}

static struct layer_guess
guess_by_principal(const struct features *features)
{
	layer_set open = LAYER_SET(RESOURCE) | LAYER_SET(ENDPOINT);

	if (features->trust_only && !features->resource)
		return layer_given(LAYER_TRUST,
		    "a Principal, only actions of role trust, no Resource");
	if (features->trust_only && (features->provider || features->named))
		return (struct layer_guess){ LAYER_TRUST,
		    open | LAYER_SET(TRUST),
		    "a Principal and only actions of role trust" };
	if (features->rcp_shape && !features->narrow)
		return (struct layer_guess){ LAYER_RCP, open | LAYER_SET(RCP),
		    "only Deny for every principal on every resource" };
	if (features->rcp_shape)
		return (struct layer_guess){ LAYER_RESOURCE,
		    open | LAYER_SET(RCP),
		    "a Principal and named resources" };
	if (!features->resource)
		return (struct layer_guess){ LAYER_RESOURCE, open,
		    "a Principal and no Resource" };
	if (!features->named && features->owner && !features->inward)
		return (struct layer_guess){ LAYER_ENDPOINT, open,
		    "every principal, and a condition on the resource's "
		    "owner" };
	if (!features->named && features->allow && !features->narrow &&
	    !features->inward)
		return (struct layer_guess){ LAYER_ENDPOINT, open,
		    "every principal allowed, no resource named" };
	return (struct layer_guess){ LAYER_RESOURCE, open,
	    "statements have a Principal" };
}

static struct features
see_policy(const struct policy *policy)
{
	struct features features = { .trust_only = true, .rcp_shape = true };

	for (size_t i = 0; i < policy->count; i++)
		see_statement(&features, &policy->statements[i]);
	return features;
}

static struct layer_guess
guess_by_elements(const struct features *features)
{
	if (features->principal)
		return guess_by_principal(features);
	return (struct layer_guess){ LAYER_IDENTITY,
	    LAYERS_ATTACHED | LAYER_SET(SCP), "no statement has a Principal" };
}

static bool
starts_with_word(const char *path, const char *word)
{
	while (*word != '\0' && (tolower((unsigned char)*path) == *word ||
	    (*word == '-' && *path != '\0' && strchr("-_ .", *path) != NULL))) {
		path++;
		word++;
	}
	return *word == '\0' && !isalpha((unsigned char)*path);
}

/* What the words at the front of the path say, if it fits. */
static const char *
find_path_word(const char *path, layer_set candidates, enum layer *layer)
{
	size_t count = sizeof(path_words) / sizeof(path_words[0]);

	/* words begin with a letter; most of them with another one */
	for (size_t i = 0; i < count; i++) {
		if ((*path | 0x20) != path_words[i].word[0] ||
		    (candidates & 1u << path_words[i].layer) == 0 ||
		    !starts_with_word(path, path_words[i].word))
			continue;
		*layer = path_words[i].layer;
		return path_words[i].word;
	}
	return NULL;
}

/*
 * The last word of the path that names a layer is the closest to the file.
 * Words of its own name count for the layers `in_name' alone.
 */
static const char *
find_in_path(const char *path, layer_set candidates, layer_set in_name,
    enum layer *layer)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash;
	const char *found = NULL;

	while (*path != '\0') {
		const char *word = find_path_word(path,
		    path < name ? candidates : in_name, layer);

		if (word != NULL)
			found = word;
		while (isalpha((unsigned char)*path))
			path++;
		while (*path != '\0' && !isalpha((unsigned char)*path))
			path++;
	}
	return found;
}

struct layer_guess
layer_choose(struct arena *arena, layer_set layers, const char *reason,
    const char *path)
{
	enum layer layer = layer_first(layers);
	const char *word;

	if ((layers & (layers - 1)) == 0 || path == NULL)
		return (struct layer_guess){ layer, layers, reason };
	word = find_in_path(path, layers, layers, &layer);
	if (word == NULL)
		return (struct layer_guess){ layer, layers, reason };
	return layer_given(layer, arena_printf(arena,
	    "%s, and `%s` in the path", reason, word));
}

/*
 * A file is named after an endpoint as well because it holds the policy of a
 * bucket that is open to that endpoint alone.
 */
static layer_set
find_nameable(const struct features *features, layer_set candidates)
{
	return features->named || features->inward ?
	    candidates & ~LAYER_SET(ENDPOINT) : candidates;
}

struct layer_guess
layer_guess(struct arena *arena, const struct policy *policy,
    const char *path)
{
	const layer_set controls = LAYER_SET(SCP) | LAYER_SET(RCP);
	struct features features = see_policy(policy);
	struct layer_guess guess = guess_by_elements(&features);
	enum layer layer = guess.layer;
	const char *word;

	if (path == NULL)
		return guess;
	word = find_in_path(path, guess.candidates,
	    find_nameable(&features, guess.candidates), &layer);
	if (word != NULL)
		return layer_given(layer, arena_printf(arena,
		    "%s, and `%s` in the path", guess.reason, word));
	/* Whoever files a document among SCPs means one, whatever is in it. */
	word = find_in_path(path, controls, controls, &layer);
	if (word == NULL)
		return guess;
	guess.layer = layer;
	guess.candidates |= 1u << layer;
	guess.reason = arena_printf(arena, "`%s` in the path, though %s",
	    word, guess.reason);
	return guess;
}
