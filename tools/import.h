/* SPDX-License-Identifier: MIT */
/* `sekisho import': an estate out of what the AWS command line prints. */
#ifndef TOOLS_IMPORT_H
#define TOOLS_IMPORT_H

#include "policy/arena.h"

int	 import_main(struct arena *, int argc, char **argv);

#endif
