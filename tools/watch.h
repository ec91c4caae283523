/* SPDX-License-Identifier: MIT */
/* Waiting for files to change, by looking at them again and again. */
#ifndef TOOLS_WATCH_H
#define TOOLS_WATCH_H

#include <stdbool.h>
#include <time.h>

#include "policy/arena.h"
#include "policy/list.h"

/* A file as it was. */
struct watched {
	const char	*path;
	long long	 seconds;	/* of its last change */
	long		 nanoseconds;
	long long	 size;		/* -1: it was not there */
	unsigned long long inode;
};

struct watch {
	struct arena		*arena;
	struct timespec		 began;
	LIST(struct watched)	 list;
};

/* From now on a change counts, also of what is added later. */
void		 watch_begin(struct watch *, struct arena *);

/* Notes how it is now; each path once. */
void		 watch_add(struct watch *, const char *path);

bool		 watch_knows(const struct watch *, const char *path);

/* The first that has changed since, come or gone; NULL: none has. */
const char	*watch_look(const struct watch *);

/* Sleeps for as long as nobody minds. */
void		 watch_pause(void);

#endif
