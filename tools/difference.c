/* SPDX-License-Identifier: MIT */
/* What all pairs come to together. */
#include "config.h"

#include "tools/difference.h"

enum change_verdict
difference_verdict(const struct differences *all, bool lost)
{
	enum change_verdict verdict = CHANGE_NOTHING;

	if (all->estates != NULL)
		return lost ? all->estates->lost.verdict :
		    all->estates->gained.verdict;
	for (size_t i = 0; i < all->list.count; i++) {
		const struct difference *difference = &all->list.items[i];
		enum change_verdict one = lost ? difference->lost.verdict :
		    difference->gained.verdict;

		if (one == CHANGE_SOMETHING)
			return one;
		if (one == CHANGE_UNDECIDED)
			verdict = one;
	}
	return verdict;
}

bool
difference_is_none(const struct difference *difference)
{
	return difference->gained.verdict == CHANGE_NOTHING &&
	    difference->lost.verdict == CHANGE_NOTHING;
}
