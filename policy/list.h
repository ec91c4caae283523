/* SPDX-License-Identifier: MIT */
/*
 * Growing arrays in an arena: LIST(struct finding) findings;
 * *list_add(arena, &findings) = finding.  `items' may move when the list
 * grows, so pointers into it are good only once it is complete.
 */
#ifndef POLICY_LIST_H
#define POLICY_LIST_H

#include <stddef.h>

#include "policy/arena.h"

#define LIST(TYPE)	struct { TYPE *items; size_t count, capacity; }

/* A pointer to one more item, zeroed. */
#define list_add(arena, list)						\
	((list)->count < (list)->capacity ? (void)0 :			\
	    list_grow((arena), (void **)&(list)->items, (list)->count,	\
	    &(list)->capacity, sizeof(*(list)->items)),			\
	    &(list)->items[(list)->count++])

/* Behind the last item; what an empty list may have, NULL, has no behind. */
#define list_end(list)							\
	((list)->count == 0 ? (list)->items : (list)->items + (list)->count)

/* Makes room where there is none any more; the work behind list_add(). */
void	 list_grow(struct arena *, void **items, size_t count,
	    size_t *capacity, size_t size);

#endif
