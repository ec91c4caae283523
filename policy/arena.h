/* SPDX-License-Identifier: MIT */
/*
 * Memory for everything that is learned from one set of documents, or that
 * one query needs.  Nothing is freed alone: objects live until arena_free().
 *
 * There is no "out of memory" return value anywhere in this project.  Whoever
 * starts a piece of work runs it under arena_protect(); when memory is gone,
 * arena_alloc() abandons that work and arena_protect() returns false.
 */
#ifndef POLICY_ARENA_H
#define POLICY_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * Where memory comes from: all zero is malloc().  Memory is aligned for any
 * type, and is given back with the size that was asked for.
 */
struct well {
	void	*(*allocate)(void *context, size_t size);	/* or NULL */
	void	 (*release)(void *context, void *memory, size_t size);
	void	*context;
};

/* NULL when there is none; not cleared. */
void		*well_draw(const struct well *, size_t);
void		 well_return(const struct well *, void *, size_t);

/* A new, empty arena; NULL when there is no memory even for that. */
struct arena	*arena_new(void);
/* The same out of a well, which is copied. */
struct arena	*arena_new_from(const struct well *);
void		 arena_free(struct arena *);

/* Forgets every object but keeps some memory, for the next document. */
void		 arena_reset(struct arena *);

/*
 * An arena for a part of the work, which may be freed before the other is and
 * is freed with it at the latest, or when that one is reset.  When it runs out
 * of memory, so has the other: the innermost arena_protect() of either is
 * told.  Its memory goes back to the other, for the next branch.
 */
struct arena	*arena_branch(struct arena *);

/*
 * Runs work(argument).  Returns false when the arena ran out of memory on the
 * way; the arena may then only be freed or reset.  Calls may nest: the
 * innermost one is told.
 */
bool		 arena_protect(struct arena *, void (*work)(void *),
		    void *argument);

/* Zeroed memory, aligned for any type.  Never NULL; outside arena_protect()
 * an exhausted arena aborts the process. */
void		*arena_alloc(struct arena *, size_t);

/* The same, but not zeroed: for what is written over at once. */
void		*arena_room(struct arena *, size_t);

/* Room for `count' objects of `size' bytes; an overflow counts as exhausted. */
void		*arena_array(struct arena *, size_t count, size_t size);

/* For libraries that allocate by themselves: their "no memory" is ours. */
_Noreturn void	 arena_exhausted(struct arena *);

/* A copy with a NUL behind it. */
char		*arena_copy(struct arena *, const char *bytes, size_t length);
char		*arena_printf(struct arena *, const char *format, ...)
		    __attribute__((format(printf, 2, 3)));
char		*arena_vprintf(struct arena *, const char *format, va_list)
		    __attribute__((format(printf, 2, 0)));

/* Bytes asked of the system so far. */
size_t		 arena_footprint(const struct arena *);

#endif
