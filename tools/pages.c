/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <sys/mman.h>

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "tools/pages.h"

#if defined(M_TOP_PAD) && defined(MADV_HUGEPAGE)

enum {
	PAGE_SIZE = 2 * 1024 * 1024,
	LEAD = 64 * 1024,		/* in small pages */
	AHEAD = 512 * 1024 * 1024,	/* taken at once, not yet touched */
	STEP = 16 * 1024 * 1024		/* taken at a time after that */
};

/*
 * A large page must be whole when its first byte is touched, and malloc()
 * touches what it gets: that happens in the lead.  Where so much is not to be
 * had, all is as it would have been.
 */
void
pages_enlarge(void)
{
	uintptr_t end = (uintptr_t)sbrk(0);
	size_t lead = -(end + LEAD) & (PAGE_SIZE - 1);
	void *volatile first;		/* or compilers leave it out */

	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, 2 * AHEAD);
	mallopt(M_TOP_PAD, AHEAD);
	if (sbrk((intptr_t)lead) != (void *)-1) {
		first = malloc(1);
		free(first);
		(void)madvise((void *)(end + lead + LEAD), AHEAD - LEAD,
		    MADV_HUGEPAGE);
	}
	mallopt(M_TOP_PAD, STEP);
}

#else

void
pages_enlarge(void)
{
}

#endif
