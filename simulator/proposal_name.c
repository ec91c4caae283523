/* SPDX-License-Identifier: MIT */
/* What the estate has, by the shortest names that mean one thing. */
#include "config.h"

#include "policy/pattern.h"
#include "simulator/estate_index.h"
#include "simulator/proposal_row.h"

/* Entries of an order whose key begins as the word does. */
struct stretch {
	struct proposals			*proposals;
	unsigned				 kinds;
	LIST(struct pattern)			 fitting;	/* ARNs; none: all */
};

static bool
is_of_type(const struct stretch *stretch, struct word id)
{
	for (size_t i = 0; i < stretch->fitting.count; i++)
		if (pattern_match(&stretch->fitting.items[i], id.text,
		    id.length))
			return true;
	return stretch->fitting.count == 0;
}

static bool
is_fitting(const struct stretch *stretch, const struct estate_entry *entry)
{
	return (entry->kinds & stretch->kinds) != 0 &&
	    is_of_type(stretch, entry->id);
}

static bool
is_unique(const struct stretch *stretch, struct word word)
{
	return estate_find(stretch->proposals->scene->estate,
	    stretch->proposals->arena, word, stretch->kinds).count == 1;
}

/* There are enough names; other words still find a place. */
static bool
is_full(const struct stretch *stretch)
{
	struct proposals *proposals = stretch->proposals;

	proposals->more |= proposals->list.count >= PROPOSALS_MAX;
	return proposals->more;
}

/* By name, and by id where the name means several things. */
static void
add_named(struct stretch *stretch, const struct estate_entry *entry,
    struct word name)
{
	const struct word none = { NULL, 0 };

	if (!is_fitting(stretch, entry) || word_has_wildcard(entry->id))
		return;
	if (is_unique(stretch, name))
		proposal_add(stretch->proposals, name, entry->id, false);
	else
		proposal_add(stretch->proposals, entry->id, none, false);
}

/* A pattern is no resource, but the beginning of some. */
static void
add_beginning(struct stretch *stretch, struct word id, struct word name)
{
	struct word start = { id.text, 0 };

	while (id.text[start.length] != '*' && id.text[start.length] != '?')
		start.length++;
	if (start.length > 0)
		proposal_add(stretch->proposals, start, name, true);
}

static void
add_id(struct stretch *stretch, const struct estate_entry *entry)
{
	if (!is_fitting(stretch, entry))
		return;
	if (word_has_wildcard(entry->id))
		add_beginning(stretch, entry->id, entry->name);
	else
		proposal_add(stretch->proposals, entry->id, entry->name,
		    false);
}

static void
add_names(struct stretch *stretch, const struct estate_index *index)
{
	struct proposals *proposals = stretch->proposals;
	size_t i = estate_index_seek(index->by_name, index->name_count,
	    proposals->partial, estate_entry_name, estate_compare_folded);

	for (; i < index->name_count && !is_full(stretch) &&
	    proposal_fits(proposals, index->by_name[i]->name); i++)
		add_named(stretch, index->by_name[i],
		    index->by_name[i]->name);
}

static void
add_last_parts(struct stretch *stretch, const struct estate_index *index)
{
	struct proposals *proposals = stretch->proposals;
	size_t i = estate_index_seek(index->by_last, index->count,
	    proposals->partial, estate_entry_last, estate_compare_folded);

	for (; i < index->count && !is_full(stretch) &&
	    proposal_fits(proposals, index->by_last[i]->last); i++)
		if (index->by_last[i]->name.text == NULL)
			add_named(stretch, index->by_last[i],
			    index->by_last[i]->last);
}

static void
add_ids(struct stretch *stretch, const struct estate_index *index)
{
	struct proposals *proposals = stretch->proposals;
	size_t i = estate_index_seek(index->by_id, index->count,
	    proposals->partial, estate_entry_id, estate_compare);

	for (; i < index->count && !is_full(stretch) &&
	    proposal_fits(proposals, index->by_id[i]->id); i++)
		add_id(stretch, index->by_id[i]);
}

static void
add_patterns(struct stretch *stretch, const struct estate_index *index)
{
	for (size_t i = 0; i < index->pattern_count &&
	    (stretch->kinds & ESTATE_RESOURCE) != 0; i++) {
		const struct estate_resource *resource =
		    index->patterns[i].resource;

		if (is_of_type(stretch, resource->arn))
			add_beginning(stretch, resource->arn,
			    resource->name);
	}
}

static void
propose(struct stretch *stretch)
{
	const struct estate_index *index =
	    stretch->proposals->scene->estate->index;

	if (index == NULL)
		return;
	add_names(stretch, index);
	add_last_parts(stretch, index);
	/* ids beside names would only be in the way */
	if (stretch->proposals->partial.length == 0)
		add_patterns(stretch, index);
	else
		add_ids(stretch, index);
}

static void
propose_kinds(struct proposals *proposals, unsigned kinds)
{
	struct stretch stretch = { .proposals = proposals, .kinds = kinds };

	propose(&stretch);
}

void
proposal_principals(struct proposals *proposals)
{
	propose_kinds(proposals, ESTATE_PRINCIPAL);
}

void
proposal_roles(struct proposals *proposals)
{
	propose_kinds(proposals, ESTATE_ROLE);
}

void
proposal_ways(struct proposals *proposals)
{
	propose_kinds(proposals, ESTATE_ENDPOINT | ESTATE_VPC);
	proposal_word(proposals, "internet", "through no endpoint");
}

static void
add_pattern(struct stretch *stretch, const struct resource_type *type)
{
	*list_add(stretch->proposals->arena, &stretch->fitting) =
	    resource_type_pattern(stretch->proposals->arena, type);
}

/* Of the action's types, and of those that its call takes besides. */
void
proposal_resources(struct proposals *proposals)
{
	struct stretch stretch = { .proposals = proposals,
	    .kinds = ESTATE_RESOURCE | ESTATE_ROLE };
	struct proposal_actions actions = proposal_meant(proposals);

	for (size_t i = 0; i < actions.list.count; i++)
		for (unsigned j = 0; j < actions.list.items[i]->target_count;
		    j++)
			add_pattern(&stretch,
			    actions.list.items[i]->targets[j].type);
	if (actions.list.count > 0 && stretch.fitting.count == 0)
		return;			/* it is made on nothing */
	propose(&stretch);
}

/* What overlays replace: files, by their base names. */
void
proposal_policies(struct proposals *proposals)
{
	const struct estate *estate = proposals->scene->estate;

	for (size_t i = 0; i < estate->reference_count; i++) {
		struct word name = estate->references[i]->name, base = name;

		for (size_t j = 0; j < name.length; j++)
			if (name.text[j] == '/')
				base = word_behind(name, j + 1);
		if (base.length > 0)
			proposal_open_word(proposals, arena_printf(
			    proposals->arena, "%.*s=", (int)base.length,
			    base.text), "OLD=NEW");
	}
}
