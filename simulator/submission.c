/* SPDX-License-Identifier: MIT */
/* Documents into layers, and SCPs and RCPs into levels. */
#include "config.h"

#include <string.h>

#include "simulator/stock.h"
#include "simulator/submission.h"

/* References while they are gathered, and their numbers. */
struct gathering {
	struct arena			*arena;
	struct submissions		*submissions;
	size_t				 number;	/* of the next */
	LIST(const struct reference *)	 references;
};

static struct references
take_references(struct gathering *gathering)
{
	struct references taken = { gathering->references.items,
	    gathering->references.count };

	memset(&gathering->references, 0, sizeof(gathering->references));
	return taken;
}

static void
add_reference(struct gathering *gathering, const char *name,
    const struct policy *policy)
{
	struct reference *reference = arena_alloc(gathering->arena,
	    sizeof(*reference));

	reference->name = word_from(name, strlen(name));
	reference->number = gathering->number++;
	reference->policy = policy;
	reference->unknown = policy == NULL;
	*list_add(gathering->arena, &gathering->references) = reference;
}

static bool
has_allow(const struct policy *policy)
{
	if (policy == NULL)
		return true;		/* who knows */
	for (size_t i = 0; i < policy->count; i++)
		if (policy->statements[i].effect == EFFECT_ALLOW)
			return true;
	return false;
}

/* How many documents, from this one on, are one level with it. */
static size_t
count_beside(const struct submissions *submissions, size_t first)
{
	const struct submission *items = submissions->list.items;
	size_t count = 1;

	while (first + count < submissions->list.count &&
	    items[first + count].beside &&
	    items[first + count].layer == items[first].layer)
		count++;
	return count;
}

/* A,B */
static const char *
join_names(struct arena *arena, const struct submission *items, size_t count)
{
	const char *names = items[0].name;

	for (size_t i = 1; i < count; i++)
		names = arena_printf(arena, "%s,%s", names, items[i].name);
	return names;
}

static struct references
read_level(struct gathering *gathering, size_t first, size_t count)
{
	struct submissions *submissions = gathering->submissions;
	const struct submission *items = &submissions->list.items[first];
	struct arena *arena = gathering->arena;
	const struct stock *stock = stock_of(LAYER_SCP);
	bool allows = false;

	for (size_t i = 0; i < count; i++) {
		allows = has_allow(items[i].policy) || allows;
		add_reference(gathering, items[i].name, items[i].policy);
	}
	if (items[0].layer == LAYER_SCP && !allows) {
		add_reference(gathering, stock->name, stock_read(arena,
		    stock));
		*list_add(arena, &submissions->remarks) = arena_printf(arena,
		    "%s is understood beside %s, which allows nothing",
		    stock->name, join_names(arena, items, count));
	}
	return take_references(gathering);
}

/* In the order in which they came: the root first. */
static const struct references *
read_levels(struct gathering *gathering, enum layer layer, size_t *count)
{
	const struct submissions *submissions = gathering->submissions;
	struct references *levels = arena_array(gathering->arena,
	    submissions->list.count, sizeof(*levels));
	size_t beside;

	*count = 0;
	for (size_t i = 0; i < submissions->list.count; i += beside) {
		beside = count_beside(submissions, i);
		if (submissions->list.items[i].layer == layer)
			levels[(*count)++] = read_level(gathering, i, beside);
	}
	return levels;
}

/* All documents of a layer that has no levels. */
static struct references
read_layer(struct gathering *gathering, enum layer layer)
{
	const struct submissions *submissions = gathering->submissions;

	for (size_t i = 0; i < submissions->list.count; i++)
		if (submissions->list.items[i].layer == layer)
			add_reference(gathering,
			    submissions->list.items[i].name,
			    submissions->list.items[i].policy);
	return take_references(gathering);
}

size_t
submissions_exhibit(struct arena *arena, struct submissions *submissions,
    size_t number, struct exhibits *exhibits)
{
	struct gathering gathering = { .arena = arena,
	    .submissions = submissions, .number = number };

	for (int layer = 0; layer < LAYER_COUNT; layer++)
		if (layer != LAYER_SCP && layer != LAYER_RCP)
			exhibits->layers[layer] = read_layer(&gathering,
			    (enum layer)layer);
	exhibits->scps = read_levels(&gathering, LAYER_SCP,
	    &exhibits->scp_count);
	exhibits->rcps = read_levels(&gathering, LAYER_RCP,
	    &exhibits->rcp_count);
	return gathering.number;
}
