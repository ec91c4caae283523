/* SPDX-License-Identifier: MIT */
/*
 * A directory that the user named, to write files below.  Nothing is written
 * outside of it: no link in it is followed.  What cannot be written ends the
 * command.
 */
#ifndef TOOLS_DIRECTORY_H
#define TOOLS_DIRECTORY_H

#include <stdbool.h>
#include <stdio.h>

#include "policy/arena.h"

struct directory {
	struct arena	*arena;
	const char	*name;
	bool		 force;		/* files may be written over */
	int		 descriptor;
};

/* It is not there yet, or nothing is in it; else, unless it is forced, ends
 * the command. */
void	 directory_check(const struct directory *);
/* Makes it when it is not there. */
void	 directory_open(struct directory *);
void	 directory_close(struct directory *);

/* A file below it; the directories on the path are made. */
FILE	*directory_create(const struct directory *, const char *path);
void	 directory_finish(const struct directory *, FILE *, const char *path);

#endif
