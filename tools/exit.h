/* SPDX-License-Identifier: MIT */
/* Exit codes: an interface, in the order of sekisho(1). */
#ifndef TOOLS_EXIT_H
#define TOOLS_EXIT_H

enum {
	EXIT_FINE = 0,			/* nothing at or above the fail level */
	EXIT_FINDINGS = 1,
	EXIT_USAGE = 2,			/* wrong usage or configuration */
	EXIT_NO_VERDICT = 3,
	EXIT_UNREADABLE = 4,		/* input or output */
	EXIT_BUG = 70,
	EXIT_MEMORY = 71
};

#endif
