/* SPDX-License-Identifier: MIT */
/* A slot for each policy and layer; empty until somebody asks. */
#include "config.h"

#include "simulator/archive.h"
#include "simulator/estate_use.h"

struct archive {
	struct arena			*arena;
	const struct catalog		*catalog;
	const struct assumptions	*assumptions;
	const struct charter		**slots;	/* LAYER_COUNT for each
							 * reference */
	size_t				 count;
	bool				 closed;
};

struct archive *
archive_new(struct arena *arena, const struct estate *estate,
    const struct assumptions *assumptions, size_t more)
{
	struct archive *archive = arena_alloc(arena, sizeof(*archive));

	archive->arena = arena;
	archive->catalog = estate->catalog;
	archive->assumptions = assumptions;
	archive->count = (estate->reference_count + more) * LAYER_COUNT;
	archive->slots = arena_array(arena, archive->count,
	    sizeof(*archive->slots));
	return archive;
}

struct archive *
archive_copy(struct arena *arena, const struct archive *archive)
{
	struct archive *copy = arena_alloc(arena, sizeof(*copy));

	*copy = *archive;
	copy->arena = arena;
	copy->closed = false;
	copy->slots = arena_array(arena, archive->count,
	    sizeof(*copy->slots));
	for (size_t i = 0; i < archive->count; i++)
		copy->slots[i] = archive->slots[i];
	return copy;
}

struct archive *
archive_replace(struct arena *arena, const struct archive *archive,
    const struct charter *old, const struct charter *other)
{
	struct archive *changed = archive_copy(arena, archive);

	for (size_t i = 0; i < changed->count; i++)
		if (changed->slots[i] == old)
			changed->slots[i] = other;
	return changed;
}

static const struct charter *
compile(const struct archive *archive, struct arena *arena,
    const struct policy *policy, enum layer layer)
{
	if (policy == NULL)
		return charter_unknown(arena, layer);
	return charter_compile(arena, archive->catalog, policy, layer,
	    archive->assumptions, CHARTER_INDEXED);
}

struct archive *
archive_under(struct arena *arena, const struct archive *archive,
    const struct assumptions *assumptions)
{
	struct archive *other = archive_copy(arena, archive);

	other->assumptions = assumptions;
	for (size_t i = 0; i < other->count; i++)
		if (other->slots[i] != NULL)
			other->slots[i] = compile(other, arena,
			    other->slots[i]->policy, other->slots[i]->layer);
	return other;
}

void
archive_overlay(struct archive *archive, const struct reference *reference,
    const struct policy *policy)
{
	for (int layer = 0; layer < LAYER_COUNT; layer++)
		archive->slots[reference->number * LAYER_COUNT +
		    (size_t)layer] = compile(archive, archive->arena, policy,
		    (enum layer)layer);
}

const struct charter *
archive_charter(struct archive *archive, struct arena *arena,
    const struct reference *reference, enum layer layer)
{
	const struct charter **slot = &archive->slots[reference->number *
	    LAYER_COUNT + layer];

	if (*slot != NULL)
		return *slot;
	if (archive->closed)
		return compile(archive, arena, reference->policy, layer);
	*slot = compile(archive, archive->arena, reference->policy, layer);
	return *slot;
}

void
archive_close(struct archive *archive, const struct estate *estate)
{
	const struct estate_use *uses = estate_uses(archive->arena, estate);

	for (size_t i = 0; i < estate->reference_count; i++)
		for (int layer = 0; layer < LAYER_COUNT; layer++)
			if ((uses[i].layers >> layer & 1) != 0)
				archive_charter(archive, archive->arena,
				    estate->references[i], (enum layer)layer);
	archive->closed = true;
}

struct charters
archive_charters(struct archive *archive, struct arena *arena,
    const struct references *references, enum layer layer)
{
	const struct charter **items = arena_array(arena, references->count,
	    sizeof(*items));

	for (size_t i = 0; i < references->count; i++)
		items[i] = archive_charter(archive, arena, references->items[i],
		    layer);
	return (struct charters){ items, references->count };
}

struct charters
archive_only(struct archive *archive, struct arena *arena,
    const struct reference *reference, enum layer layer)
{
	const struct reference **items = arena_alloc(arena, sizeof(*items));
	const struct references one = { items, reference != NULL };

	*items = reference;
	return archive_charters(archive, arena, &one, layer);
}

struct levels
archive_levels(struct archive *archive, struct arena *arena,
    const struct estate_account *account, enum layer layer)
{
	const struct references *references[ESTATE_LEVELS_MAX];
	size_t count = account == NULL ? 0 :
	    estate_levels(account, layer, references);
	struct charters *items = arena_array(arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = archive_charters(archive, arena, references[i],
		    layer);
	return (struct levels){ items, count };
}
