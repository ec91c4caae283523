/* SPDX-License-Identifier: MIT */
/* `sekisho can': may this be done, and why. */
#ifndef TOOLS_CAN_H
#define TOOLS_CAN_H

#include "policy/arena.h"

/* Returns the exit code. */
int	 can_main(struct arena *, int argc, char **argv);

#endif
