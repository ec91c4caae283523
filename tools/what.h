/* SPDX-License-Identifier: MIT */
/* `sekisho what': everything that somebody can do. */
#ifndef TOOLS_WHAT_H
#define TOOLS_WHAT_H

#include "policy/arena.h"

/* Returns the exit code. */
int	 what_main(struct arena *, int argc, char **argv);

#endif
