/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cJSON.h>

#include "tools/heap.h"

enum {
	SMALLEST = 256 * 1024,
	KEPT_MAX = 1024 * 1024		/* of a block, for the next tree */
};

struct block {
	struct block	*older;
	size_t		 size;		/* bytes in `bytes' */
	size_t		 used;
	alignas(max_align_t) unsigned char bytes[];
};

static struct block *newest;
static size_t live;			/* pieces that were not given back */

/* Each block is twice as large as the last. */
static int
grow(size_t piece)
{
	size_t size = newest == NULL ? SMALLEST : 2 * newest->size;
	struct block *block;

	if (size < piece)
		size = piece;
	block = malloc(sizeof(*block) + size);
	if (block == NULL)
		return 0;
	*block = (struct block){ .older = newest, .size = size };
	newest = block;
	return 1;
}

static void *
give(size_t size)
{
	const size_t step = alignof(max_align_t);
	size_t piece = (size + step - 1) / step * step;
	void *memory;

	if (piece < size || piece > SIZE_MAX / 4)
		return NULL;
	if ((newest == NULL || newest->size - newest->used < piece) &&
	    !grow(piece))
		return NULL;
	memory = newest->bytes + newest->used;
	newest->used += piece;
	live++;
	return memory;
}

static void
take_back(void *memory)
{
	struct block *block;

	if (memory == NULL || --live > 0)
		return;
	block = newest;
	newest = NULL;
	if (block->size <= KEPT_MAX) {
		newest = block;
		block = block->older;
		newest->older = NULL;
		newest->used = 0;
	}
	while (block != NULL) {
		struct block *older = block->older;

		free(block);
		block = older;
	}
}

void
heap_take_over(void)
{
	cJSON_InitHooks(&(cJSON_Hooks){ give, take_back });
}
