/* SPDX-License-Identifier: MIT */
/* The command `sekisho batch'. */
#ifndef TOOLS_BATCH_H
#define TOOLS_BATCH_H

#include "policy/arena.h"

/* Returns the exit code. */
int	 batch_main(struct arena *, int argc, char **argv);

#endif
