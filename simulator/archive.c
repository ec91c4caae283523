/* SPDX-License-Identifier: MIT */
/* A slot for each policy and layer; empty until somebody asks. */
#include "config.h"

#include "simulator/archive.h"

struct archive {
	struct arena			*arena;
	const struct catalog		*catalog;
	const struct assumptions	*assumptions;
	const struct charter		**slots;	/* LAYER_COUNT for each
							 * reference */
};

struct archive *
archive_new(struct arena *arena, const struct estate *estate,
    const struct assumptions *assumptions)
{
	struct archive *archive = arena_alloc(arena, sizeof(*archive));

	archive->arena = arena;
	archive->catalog = estate->catalog;
	archive->assumptions = assumptions;
	archive->slots = arena_array(arena,
	    estate->reference_count * LAYER_COUNT, sizeof(*archive->slots));
	return archive;
}

static const struct charter *
compile(const struct archive *archive, const struct reference *reference,
    enum layer layer)
{
	if (reference->policy == NULL)
		return charter_unknown(archive->arena, layer);
	return charter_compile(archive->arena, archive->catalog,
	    reference->policy, layer, archive->assumptions, CHARTER_INDEXED);
}

const struct charter *
archive_charter(struct archive *archive, const struct reference *reference,
    enum layer layer)
{
	const struct charter **slot = &archive->slots[reference->number *
	    LAYER_COUNT + layer];

	if (*slot == NULL)
		*slot = compile(archive, reference, layer);
	return *slot;
}

struct charters
archive_charters(struct archive *archive, struct arena *arena,
    const struct references *references, enum layer layer)
{
	const struct charter **items = arena_array(arena, references->count,
	    sizeof(*items));

	for (size_t i = 0; i < references->count; i++)
		items[i] = archive_charter(archive, references->items[i],
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
