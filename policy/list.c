/* SPDX-License-Identifier: MIT */
/* Growing arrays in an arena.  Outgrown copies stay behind until the end. */
#include "config.h"

#include <string.h>

#include "policy/list.h"

void
list_grow(struct arena *arena, void **items, size_t count, size_t *capacity,
    size_t size)
{
	size_t wanted = *capacity == 0 ? 8 : 2 * *capacity;
	void *larger;

	larger = arena_array(arena, wanted, size);
	if (count > 0)
		memcpy(larger, *items, count * size);
	*items = larger;
	*capacity = wanted;
}
