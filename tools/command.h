/* SPDX-License-Identifier: MIT */
/* The commands of the program: rows in main.c. */
#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

#include "policy/arena.h"

struct command {
	const char	*name;
	const char	*says;		/* one line */
	/* Returns the exit code.  The first word is the program's name. */
	int		(*run)(struct arena *, int argc, char **argv);
};

/* Ends with a NULL name. */
extern const struct command commands[];

#endif
