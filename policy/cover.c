/* SPDX-License-Identifier: MIT */
/* Entry by entry; of a wildcard of actions, each action that is listed. */
#include "config.h"

#include <string.h>

#include "policy/cover.h"
#include "policy/grant.h"
#include "policy/layer.h"

/* Something of the Allow. */
struct piece {
	const struct expansion	*entry;		/* NULL: its NotAction */
	const struct action	*action;	/* one of the entry's, or NULL:
						 * all of it */
	const struct node	*resource;	/* NULL: nothing that says it */
};

/* Something has yet to be filled in. */
static bool
is_open(const struct node *entry)
{
	return node_has_placeholder(entry) ||
	    memchr(entry->text, '$', entry->length) != NULL;
}

/* It takes in whole services. */
static bool
is_broad(const struct expansion *expansion)
{
	const struct pattern *pattern = &expansion->pattern;

	return expansion->any ||
	    (expansion->prefix_length + 2 == pattern->length &&
	    (unsigned char)pattern->symbols[pattern->length - 1] ==
	    PATTERN_ANY);
}

static bool
entry_takes(struct check *check, const struct node *node,
    const struct piece *piece)
{
	const struct expansion *entry = check_expand(check, node);

	if (piece->entry == NULL || piece->entry->prefix_wild ||
	    piece->entry->any)
		return is_broad(entry);
	if (piece->action == NULL)
		return pattern_covers(&entry->pattern, &piece->entry->pattern);
	for (size_t i = 0; i < entry->count; i++)
		if (entry->actions[i] == piece->action)
			return true;
	return entry->any || pattern_covers(&entry->pattern,
	    &piece->entry->pattern);
}

static bool
takes_action(struct check *check, const struct element *actions,
    const struct piece *piece)
{
	for (size_t i = 0; i < actions->count; i++) {
		if (is_open(actions->items[i]))
			return true;
		if ((piece->entry != NULL || !actions->negated) &&
		    entry_takes(check, actions->items[i], piece))
			return !actions->negated;
	}
	/* what a function supplies may be what is missing */
	return actions->negated || actions->count == 0 || actions->partial;
}

/* A policy of a resource speaks of that, whatever its `*' takes in. */
static bool
speaks_of_one(const struct check *check)
{
	return check->subject->layer == LAYER_RESOURCE ||
	    check->subject->layer == LAYER_TRUST;
}

static bool
takes_resource(struct check *check, const struct statement *statement,
    const struct node *resource)
{
	const struct element *own = &statement->resource;

	if (own->count == 0 || own->partial ||
	    resource_is_everything(statement) || resource == NULL ||
	    is_open(resource))
		return true;
	if (entry_is_everything(resource))
		return own->negated || speaks_of_one(check);
	for (size_t i = 0; i < own->count; i++)
		if (is_open(own->items[i]) || pattern_covers(
		    check_resource_pattern(check, own->items[i], false),
		    check_resource_pattern(check, resource, false)))
			return is_open(own->items[i]) || !own->negated;
	return own->negated;
}

/* The action acts on nothing that the entry can be. */
static bool
is_void(struct check *check, const struct piece *piece)
{
	return piece->action != NULL && piece->resource != NULL &&
	    !is_open(piece->resource) &&
	    grant_is_void(check, piece->action, piece->resource);
}

static bool
piece_is_covered(struct check *check, const struct cover *cover,
    const struct piece *piece)
{
	for (size_t i = 0; i < cover->count; i++)
		if (takes_action(check, &cover->statements[i]->action,
		    piece) && takes_resource(check, cover->statements[i],
		    piece->resource))
			return true;
	return is_void(check, piece);
}

static bool
entry_is_covered(struct check *check, const struct cover *cover,
    const struct expansion *entry, const struct node *resource)
{
	struct piece piece = { entry, NULL, resource };

	if (entry == NULL || entry->count == 0)
		return piece_is_covered(check, cover, &piece);
	for (size_t i = 0; i < entry->count; i++) {
		piece.action = entry->actions[i];
		if (!piece_is_covered(check, cover, &piece))
			return false;
	}
	return true;
}

static bool
covers_on(struct check *check, const struct cover *cover,
    const struct element *actions, const struct node *resource)
{
	if (actions->negated)
		return entry_is_covered(check, cover, NULL, resource);
	for (size_t i = 0; i < actions->count; i++)
		if (!is_open(actions->items[i]) && !entry_is_covered(check,
		    cover, check_expand(check, actions->items[i]), resource))
			return false;
	return true;
}

bool
cover_holds(struct check *check, const struct cover *cover,
    const struct statement *allow)
{
	const struct element *resource = &allow->resource;

	if (cover->count == 0)
		return false;
	if (resource->negated || resource->count == 0)
		return covers_on(check, cover, &allow->action, NULL);
	for (size_t i = 0; i < resource->count; i++)
		if (!covers_on(check, cover, &allow->action,
		    resource->items[i]))
			return false;
	return true;
}
