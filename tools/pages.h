/* SPDX-License-Identifier: MIT */
/* How the system hands out the memory of a whole program. */
#ifndef TOOLS_PAGES_H
#define TOOLS_PAGES_H

/*
 * From now on malloc() asks the system for much memory at a time, keeps it,
 * and gets it in pages of the largest sort where there are any.  To be handed
 * small ones one by one can take as long as all that is done with them: under
 * some hypervisors each costs twenty microseconds.  Only main() may ask for
 * this, before it does anything else.
 */
void	 pages_enlarge(void);

#endif
