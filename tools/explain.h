/* SPDX-License-Identifier: MIT */
/* The command `sekisho explain'. */
#ifndef TOOLS_EXPLAIN_H
#define TOOLS_EXPLAIN_H

#include "policy/arena.h"

/* Returns the exit code. */
int	 explain_main(struct arena *, int argc, char **argv);

#endif
