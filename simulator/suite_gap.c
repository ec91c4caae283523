/* SPDX-License-Identifier: MIT */
/* Gaps that a test file knows of. */
#include "config.h"

#include <string.h>

#include "simulator/suite.h"

static bool
is_estate(const char *path, struct word name)
{
	const char *slash = strrchr(path, '/');

	return word_is(name, path) || (slash != NULL &&
	    word_is(name, slash + 1));
}

static bool
names_guarantee(const struct known_gap *gap,
    const struct guarantee *guarantee)
{
	for (size_t i = 0; i < gap->ids.list.count; i++)
		if (word_equal(gap->ids.list.items[i].word, guarantee->id))
			return true;
	return false;
}

bool
suite_expects_broken(const struct suite *suite,
    const struct guarantee *guarantee, const char *estate)
{
	for (size_t i = 0; i < suite->gaps.count; i++) {
		const struct known_gap *gap = &suite->gaps.items[i];

		if (gap->estate.word.text != NULL && (estate == NULL ||
		    !is_estate(estate, gap->estate.word)))
			continue;
		if (names_guarantee(gap, guarantee))
			return true;
	}
	return false;
}
