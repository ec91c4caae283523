/* SPDX-License-Identifier: MIT */
/* Copies what is asked about; everything else is shared. */
#include "config.h"

#include "policy/arn.h"
#include "policy/list.h"
#include "simulator/excerpt.h"

struct excerpt {
	struct arena			*arena;
	const struct estate		*estate;
	LIST(struct pattern)		 wanted;
	LIST(struct estate_principal)	 principals;
	LIST(struct estate_resource)	 resources;
};

static void
add_principal(struct excerpt *excerpt, const struct estate_principal *who)
{
	for (size_t i = 0; i < excerpt->principals.count; i++)
		if (word_equal(excerpt->principals.items[i].arn, who->arn))
			return;
	*list_add(excerpt->arena, &excerpt->principals) = *who;
}

static bool
is_wanted(const struct excerpt *excerpt, const struct pattern *pattern)
{
	for (size_t i = 0; i < excerpt->wanted.count; i++)
		if (pattern_overlaps(&excerpt->wanted.items[i], pattern))
			return true;
	return false;
}

static void
add_resources(struct excerpt *excerpt)
{
	const struct estate *estate = excerpt->estate;

	for (size_t i = 0; i < estate->resource_count; i++)
		if (is_wanted(excerpt, &estate->resources[i].pattern))
			*list_add(excerpt->arena, &excerpt->resources) =
			    estate->resources[i];
}

/* Roles are resources, too. */
static void
add_role(struct excerpt *excerpt, const struct estate_principal *who)
{
	struct pattern pattern;

	if (!who->is_role)
		return;
	pattern = arn_pattern_read(excerpt->arena, who->arn.text,
	    who->arn.length, false);
	if (is_wanted(excerpt, &pattern))
		add_principal(excerpt, who);
}

/* What a name stands for; an ARN, and what nothing is called, for itself. */
static struct word
arn_of(const struct excerpt *excerpt, struct word text)
{
	struct estate_matches found = { NULL, 0 };

	if (!word_starts_with(text, "arn:"))
		found = estate_find(excerpt->estate, excerpt->arena, text,
		    ESTATE_RESOURCE | ESTATE_ROLE);
	return found.count == 1 ? estate_thing_id(&found.items[0]) : text;
}

static void
add_wanted(struct excerpt *excerpt, struct word text)
{
	*list_add(excerpt->arena, &excerpt->wanted) = arn_pattern_read(
	    excerpt->arena, text.text, text.length, false);
}

/* One ARN is looked up; a pattern is held against them all. */
static void
add_named(struct excerpt *excerpt, struct word name)
{
	const struct estate *estate = excerpt->estate;
	struct word text = arn_of(excerpt, name);
	const struct estate_principal *role;
	const struct estate_resource *resource;

	if (word_is(text, "*"))
		return;
	if (word_has_wildcard(text)) {
		add_wanted(excerpt, text);
		return;
	}
	role = estate_principal(estate, text);
	if (role != NULL)
		add_principal(excerpt, role);
	resource = estate_resource(estate, text);
	if (resource != NULL)
		*list_add(excerpt->arena, &excerpt->resources) = *resource;
}

const struct estate *
excerpt_make(struct arena *arena, const struct estate *estate,
    const struct estate_principal *const *principals, size_t count,
    const struct phrases *resources)
{
	struct excerpt excerpt = { .arena = arena, .estate = estate };
	struct estate *part = arena_alloc(arena, sizeof(*part));

	for (size_t i = 0; i < count; i++)
		add_principal(&excerpt, principals[i]);
	for (size_t i = 0; i < resources->list.count; i++)
		add_named(&excerpt, resources->list.items[i].word);
	if (excerpt.wanted.count > 0) {
		add_resources(&excerpt);
		for (size_t i = 0; i < estate->principal_count; i++)
			add_role(&excerpt, &estate->principals[i]);
	}
	*part = *estate;
	part->partition = estate_partition(estate);
	part->principals = excerpt.principals.items;
	part->principal_count = excerpt.principals.count;
	part->resources = excerpt.resources.items;
	part->resource_count = excerpt.resources.count;
	return part;
}
