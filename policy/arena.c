/* SPDX-License-Identifier: MIT */
/*
 * A chain of blocks, each carved from the front.  Knows nothing of what it
 * holds; the only policy here is that exhaustion is a jump, not a value.
 */
#include "config.h"

#include <sys/mman.h>

#include <setjmp.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/arena.h"

enum {
	BLOCK_SIZE = 64 * 1024,
	SPARE_MAX = 64,			/* blocks kept for the next use */
	CLEAR_SIZE = 1024,
	/* An arena that has asked for so much will ask for more, and is given
	 * whole pages of the largest sort: to be handed small ones one by one
	 * can take as long as all that is done with them. */
	PAGES_FROM = 1024 * 1024,
	PAGE_SIZE = 2 * 1024 * 1024
};

struct block {
	struct block	*older;
	size_t		 size;		/* bytes in `bytes' */
	size_t		 used;
	size_t		 clean;		/* bytes that were cleared */
	alignas(max_align_t) unsigned char bytes[];
};

struct recovery {
	jmp_buf		 point;
	struct recovery	*outer;
};

struct arena {
	struct block	*newest;
	struct block	*spare;		/* of BLOCK_SIZE, empty */
	struct recovery	*recovery;
	size_t		 footprint;
	struct well	 well;
};

void *
well_draw(const struct well *well, size_t size)
{
	return well->allocate == NULL ? malloc(size) :
	    well->allocate(well->context, size);
}

void
well_return(const struct well *well, void *memory, size_t size)
{
	if (well->allocate == NULL)
		free(memory);
	else if (memory != NULL)
		well->release(well->context, memory, size);
}

struct arena *
arena_new(void)
{
	const struct well system = { .allocate = NULL };

	return arena_new_from(&system);
}

struct arena *
arena_new_from(const struct well *well)
{
	struct arena *arena = well_draw(well, sizeof(*arena));

	if (arena != NULL)
		*arena = (struct arena){ .well = *well };
	return arena;
}

static void
free_block(const struct well *well, struct block *block)
{
	well_return(well, block, sizeof(*block) + block->size);
}

static void
free_blocks(const struct well *well, struct block *block)
{
	while (block != NULL) {
		struct block *older = block->older;

		free_block(well, block);
		block = older;
	}
}

void
arena_free(struct arena *arena)
{
	struct well well;

	if (arena == NULL)
		return;
	well = arena->well;
	free_blocks(&well, arena->newest);
	free_blocks(&well, arena->spare);
	well_return(&well, arena, sizeof(*arena));
}

/*
 * Giving every block back to the system, and asking for it again, would cost
 * more than reading a small document.
 */
void
arena_reset(struct arena *arena)
{
	size_t kept = 0;

	for (struct block *block = arena->spare; block != NULL;
	    block = block->older)
		kept++;
	while (arena->newest != NULL) {
		struct block *block = arena->newest;

		arena->newest = block->older;
		if (block->size != BLOCK_SIZE || kept >= SPARE_MAX) {
			arena->footprint -= block->size;
			free_block(&arena->well, block);
			continue;
		}
		block->older = arena->spare;
		arena->spare = block;
		kept++;
	}
}

bool
arena_protect(struct arena *arena, void (*work)(void *), void *argument)
{
	struct recovery here = { .outer = arena->recovery };

	if (setjmp(here.point) != 0) {
		arena->recovery = here.outer;
		return false;
	}
	arena->recovery = &here;
	work(argument);
	arena->recovery = here.outer;
	return true;
}

void
arena_exhausted(struct arena *arena)
{
	if (arena->recovery == NULL)
		abort();
	longjmp(arena->recovery->point, 1);
}

static struct block *
add_block(struct arena *arena, struct block *block, size_t room, size_t clean)
{
	if (block == NULL)
		arena_exhausted(arena);
	block->size = room;
	block->clean = clean;
	arena->footprint += room;
	return block;
}

/* What it holds, nobody knows. */
static struct block *
draw_block(struct arena *arena, size_t room)
{
	return add_block(arena, well_draw(&arena->well,
	    sizeof(struct block) + room), room, 0);
}

/* As whole pages of the largest sort: it would be many small ones. */
static void
enlarge_pages(void *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
	uintptr_t start = ((uintptr_t)memory + PAGE_SIZE - 1) &
	    ~(uintptr_t)(PAGE_SIZE - 1);
	uintptr_t end = ((uintptr_t)memory + size) &
	    ~(uintptr_t)(PAGE_SIZE - 1);

	if (start < end)
		(void)madvise((void *)start, end - start, MADV_HUGEPAGE);
#else
	(void)memory;
	(void)size;
#endif
}

/* The system's memory is clear already, and is not touched to find out. */
static struct block *
new_large_block(struct arena *arena, size_t room)
{
	struct block *block = calloc(1, sizeof(struct block) + room);

	if (block != NULL && room >= PAGE_SIZE)
		enlarge_pages(block, sizeof(struct block) + room);
	return add_block(arena, block, room, room);
}

static struct block *
new_page(struct arena *arena)
{
	void *page = aligned_alloc(PAGE_SIZE, PAGE_SIZE);

	if (page != NULL)
		enlarge_pages(page, PAGE_SIZE);
	return add_block(arena, page, PAGE_SIZE - sizeof(struct block), 0);
}

/* A block that holds at least `size' bytes; large objects get their own. */
static void
grow(struct arena *arena, size_t size)
{
	struct block *block = arena->spare;

	if (size > SIZE_MAX - sizeof(struct block))
		arena_exhausted(arena);
	if (size <= BLOCK_SIZE && block != NULL) {
		arena->spare = block->older;
		block->clean = 0;
	} else if (size <= BLOCK_SIZE && (arena->well.allocate != NULL ||
	    arena->footprint < PAGES_FROM)) {
		block = draw_block(arena, BLOCK_SIZE);
	} else if (arena->well.allocate != NULL) {
		block = draw_block(arena, size);
	} else if (size > BLOCK_SIZE) {
		block = new_large_block(arena, size);
	} else {
		block = new_page(arena);
	}
	block->used = 0;
	block->older = arena->newest;
	arena->newest = block;
}

/* Clears what is used next, and some more: most objects are small, and a call
 * for each of them would cost more than the clearing. */
static void
clear_ahead(struct block *block)
{
	size_t end = block->used;

	if (block->size - end > CLEAR_SIZE)
		end += CLEAR_SIZE;
	else
		end = block->size;
	memset(block->bytes + block->clean, 0, end - block->clean);
	block->clean = end;
}

/* The next bytes, aligned; `clean' is the caller's to mend. */
static inline void *
carve(struct arena *arena, size_t size)
{
	const size_t mask = alignof(max_align_t) - 1;
	struct block *block;
	void *object;

	if (size > SIZE_MAX - mask)
		arena_exhausted(arena);
	size = (size + mask) & ~mask;
	block = arena->newest;
	if (block == NULL || block->size - block->used < size) {
		grow(arena, size);
		block = arena->newest;
	}
	object = block->bytes + block->used;
	block->used += size;
	return object;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	void *object = carve(arena, size);
	struct block *block = arena->newest;

	if (block->used > block->clean)
		clear_ahead(block);
	return object;
}

void *
arena_room(struct arena *arena, size_t size)
{
	void *room = carve(arena, size);
	struct block *block = arena->newest;

	if (block->used > block->clean)
		block->clean = block->used;
	return room;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		arena_exhausted(arena);
	return arena_alloc(arena, total);
}

char *
arena_copy(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_room(arena, length + 1);

	if (length > 0)
		memcpy(copy, bytes, length);
	copy[length] = '\0';
	return copy;
}

char *
arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		arena_exhausted(arena);
	text = arena_room(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return text;
}

size_t
arena_footprint(const struct arena *arena)
{
	return arena->footprint;
}
