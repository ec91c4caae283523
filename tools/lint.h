/* SPDX-License-Identifier: MIT */
/* The command `sekisho lint'. */
#ifndef TOOLS_LINT_H
#define TOOLS_LINT_H

#include "policy/arena.h"

/* Returns the exit code. */
int	 lint_main(struct arena *, int argc, char **argv);

#endif
