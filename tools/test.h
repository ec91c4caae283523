/* SPDX-License-Identifier: MIT */
/* `sekisho test': what policies must allow and deny, tried. */
#ifndef TOOLS_TEST_H
#define TOOLS_TEST_H

#include "policy/arena.h"

int	 test_main(struct arena *, int argc, char **argv);

#endif
