/* SPDX-License-Identifier: MIT */
/* Work that is shared among processes, one for each processor. */
#ifndef TESTCASES_CREW_H
#define TESTCASES_CREW_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed memory, the same one in all of them; what is to be known afterwards
 * must be there.  Never freed; ends the program when there is none. */
void	*crew_memory(size_t size);

/*
 * Calls `work' with each index below the count, in whatever order and
 * process.  False when a process has broken down.
 */
bool	 crew_work(size_t count, void (*work)(void *context, size_t index),
	    void *context);

#endif
