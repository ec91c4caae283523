/* SPDX-License-Identifier: MIT */
/* Files by their absolute paths, so that it matters not how they are named. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tools/file.h"
#include "tools/path.h"
#include "tools/placement.h"

struct placement {
	const char		*path;
	const struct estate_use	*use;
};

struct placements {
	struct placement	*items;		/* by path */
	size_t			 count;
};

static const char *
absolute(struct arena *arena, const char *path)
{
	const char *full = file_absolute(arena, path);

	return full == NULL ? path : full;
}

static int
compare(const void *left, const void *right)
{
	const struct placement *a = left, *b = right;

	return strcmp(a->path, b->path);
}

/* Two spellings of one file: it is there for both. */
static void
merge(struct arena *arena, struct placements *placements)
{
	size_t kept = 0;

	for (size_t i = 0; i < placements->count; i++) {
		struct placement *last = kept == 0 ? NULL :
		    &placements->items[kept - 1];
		struct estate_use *both;

		if (last == NULL || compare(last, &placements->items[i]) !=
		    0) {
			placements->items[kept++] = placements->items[i];
			continue;
		}
		both = arena_alloc(arena, sizeof(*both));
		both->layers = last->use->layers |
		    placements->items[i].use->layers;
		last->use = both;
	}
	placements->count = kept;
}

const struct placements *
placements_new(struct arena *arena, const struct estate *estate,
    const char *path)
{
	const struct estate_use *uses = estate_uses(arena, estate);
	struct placements *placements = arena_alloc(arena,
	    sizeof(*placements));
	const char *own = absolute(arena, path);
	const char *slash = strrchr(own, '/');
	int directory = slash == NULL ? 0 : (int)(slash + 1 - own);

	placements->items = arena_array(arena, estate->reference_count,
	    sizeof(*placements->items));
	for (size_t i = 0; i < estate->reference_count; i++) {
		const struct reference *reference = estate->references[i];

		if (reference->name.length == 0 || reference->unknown)
			continue;
		placements->items[placements->count++] = (struct placement){
		    reference->name.text[0] == '/' ?
		    path_normalise(arena, reference->name.text) :
		    path_normalise(arena, arena_printf(arena, "%.*s%s",
		    directory, own, reference->name.text)), &uses[i] };
	}
	qsort(placements->items, placements->count,
	    sizeof(*placements->items), compare);
	merge(arena, placements);
	return placements;
}

const struct estate_use *
placements_find(const struct placements *placements, struct arena *arena,
    const char *path)
{
	struct placement key = { .path = absolute(arena, path) };
	const struct placement *found = placements == NULL ||
	    placements->count == 0 ? NULL : bsearch(&key, placements->items,
	    placements->count, sizeof(key), compare);

	return found == NULL || found->use->layers == 0 ? NULL : found->use;
}
