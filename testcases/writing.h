/* SPDX-License-Identifier: MIT */
/* Text that grows at its end.  Nothing is escaped: the alphabets of random
 * worlds need no escapes. */
#ifndef TESTCASES_WRITING_H
#define TESTCASES_WRITING_H

#include "policy/arena.h"
#include "policy/list.h"

struct writing {
	struct arena	*arena;
	LIST(char)	 text;
};

void	 writing_add(struct writing *, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

#endif
