/* SPDX-License-Identifier: MIT */
/* `sekisho prove'. */
#ifndef TOOLS_PROVE_H
#define TOOLS_PROVE_H

#include "policy/arena.h"

int	 prove_main(struct arena *, int argc, char **argv);

#endif
