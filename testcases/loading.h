/* SPDX-License-Identifier: MIT */
/* Files for programs that test: one that cannot be read ends them. */
#ifndef TESTCASES_LOADING_H
#define TESTCASES_LOADING_H

#include "policy/source.h"

const struct source	*loading_read(struct arena *, const char *path);

#endif
