/* SPDX-License-Identifier: MIT */
/* `sekisho diff': what one set of documents allows and another does not. */
#ifndef TOOLS_DIFF_H
#define TOOLS_DIFF_H

#include "policy/arena.h"

int	 diff_main(struct arena *, int argc, char **argv);

#endif
