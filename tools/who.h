/* SPDX-License-Identifier: MIT */
/* `sekisho who': everybody who can do something. */
#ifndef TOOLS_WHO_H
#define TOOLS_WHO_H

#include "policy/arena.h"

/* Returns the exit code. */
int	 who_main(struct arena *, int argc, char **argv);

#endif
