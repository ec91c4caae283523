/* SPDX-License-Identifier: MIT */
/*
 * A chain of blocks, each carved from the front.  Knows nothing of what it
 * holds; the only policy here is that exhaustion is a jump, not a value.
 */
#include "config.h"

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
	CLEAR_SIZE = 1024
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
	struct block	*spare;		/* empty ones of BLOCK_SIZE */
	size_t		 spare_count;
	struct recovery	*recovery;
	struct arena	*parent;	/* NULL: it is no branch */
	struct arena	*branches;	/* the first */
	struct arena	*next;		/* of the parent's, or NULL */
	struct arena	**link;		/* what leads here among them */
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

struct arena *
arena_branch(struct arena *parent)
{
	struct arena *branch = arena_new_from(&parent->well);

	if (branch == NULL)
		arena_exhausted(parent);
	branch->parent = parent;
	branch->next = parent->branches;
	branch->link = &parent->branches;
	if (branch->next != NULL)
		branch->next->link = &branch->next;
	parent->branches = branch;
	return branch;
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

/* Blocks that nobody uses any more: a few are kept for the next use. */
static void
take_over(struct arena *arena, struct block *block)
{
	while (block != NULL) {
		struct block *older = block->older;

		if (block->size == BLOCK_SIZE &&
		    arena->spare_count < SPARE_MAX) {
			block->older = arena->spare;
			arena->spare = block;
			arena->spare_count++;
			arena->footprint += block->size;
		} else {
			free_block(&arena->well, block);
		}
		block = older;
	}
}

static void
leave_parent(struct arena *branch)
{
	*branch->link = branch->next;
	if (branch->next != NULL)
		branch->next->link = branch->link;
	take_over(branch->parent, branch->newest);
	take_over(branch->parent, branch->spare);
}

void
arena_free(struct arena *arena)
{
	struct well well;

	if (arena == NULL)
		return;
	while (arena->branches != NULL)
		arena_free(arena->branches);
	well = arena->well;
	if (arena->parent != NULL) {
		leave_parent(arena);
	} else {
		free_blocks(&well, arena->newest);
		free_blocks(&well, arena->spare);
	}
	well_return(&well, arena, sizeof(*arena));
}

/*
 * Giving every block back to the system, and asking for it again, would cost
 * more than reading a small document.
 */
void
arena_reset(struct arena *arena)
{
	struct block *used;

	while (arena->branches != NULL)
		arena_free(arena->branches);
	used = arena->newest;
	arena->newest = NULL;
	arena->footprint = arena->spare_count * BLOCK_SIZE;
	take_over(arena, used);
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
	while (arena->recovery == NULL && arena->parent != NULL)
		arena = arena->parent;
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

/* The system's memory is clear already, and is not touched to find out. */
static struct block *
new_large_block(struct arena *arena, size_t room)
{
	if (arena->well.allocate != NULL)
		return draw_block(arena, room);
	return add_block(arena, calloc(1, sizeof(struct block) + room), room,
	    room);
}

/* What the arena, or one that it is a branch of, has to spare. */
static struct block *
take_spare(struct arena *arena)
{
	struct arena *owner = arena;
	struct block *block;

	while (owner != NULL && owner->spare == NULL)
		owner = owner->parent;
	if (owner == NULL)
		return NULL;
	block = owner->spare;
	owner->spare = block->older;
	owner->spare_count--;
	owner->footprint -= block->size;
	return add_block(arena, block, block->size, 0);
}

/* A block that holds at least `size' bytes; large objects get their own. */
static void
grow(struct arena *arena, size_t size)
{
	struct block *block;

	if (size > SIZE_MAX - sizeof(struct block))
		arena_exhausted(arena);
	if (size > BLOCK_SIZE)
		block = new_large_block(arena, size);
	else if ((block = take_spare(arena)) == NULL)
		block = draw_block(arena, BLOCK_SIZE);
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

/* Bytes left in the block that is carved now. */
static size_t
room_left(const struct arena *arena)
{
	const struct block *block = arena->newest;

	return block == NULL ? 0 : block->size - block->used;
}

/* Most texts are short, and are printed to where they will lie at once. */
char *
arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	enum { SHORT = 256 };
	size_t room = room_left(arena) < SHORT ? 0 : SHORT;
	char *text = room == 0 ? NULL :
	    (char *)arena->newest->bytes + arena->newest->used;
	va_list again;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(text, room, format, again);
	va_end(again);
	if (length < 0)
		arena_exhausted(arena);
	/* carved from where it was printed, when it fits */
	text = arena_room(arena, (size_t)length + 1);
	if ((size_t)length >= room)
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
