/* SPDX-License-Identifier: MIT */
/*
 * No output goes where it would undo something: what was read is known by
 * device and inode, whatever it was called.
 */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/exit.h"
#include "tools/file.h"
#include "tools/safe.h"

struct identity {
	dev_t	 device;
	ino_t	 inode;
};

static void *identities;		/* tsearch()'s */

static int
compare_identities(const void *left, const void *right)
{
	const struct identity *a = left, *b = right;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return a->inode < b->inode ? -1 : a->inode > b->inode;
}

/* Devices and pipes are not written over. */
static bool
find_identity(const char *path, struct identity *identity)
{
	struct stat facts;

	if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode))
		return false;
	*identity = (struct identity){ facts.st_dev, facts.st_ino };
	return true;
}

static bool
was_read(const char *path)
{
	struct identity identity;

	return find_identity(path, &identity) && tfind(&identity,
	    &identities, compare_identities) != NULL;
}

void
file_count_as_read(const char *path)
{
	struct identity identity, *kept;

	if (!find_identity(path, &identity) || tfind(&identity, &identities,
	    compare_identities) != NULL)
		return;
	kept = malloc(sizeof(*kept));
	if (kept == NULL)
		return;
	*kept = identity;
	if (tsearch(kept, &identities, compare_identities) == NULL)
		free(kept);
}

static bool
is_same(struct arena *arena, const char *one, const char *other)
{
	struct identity a, b;

	if (find_identity(one, &a) && find_identity(other, &b))
		return compare_identities(&a, &b) == 0;
	one = file_absolute(arena, one);
	other = file_absolute(arena, other);
	return one != NULL && other != NULL && strcmp(one, other) == 0 &&
	    access(one, F_OK) != 0;
}

void
file_protect(struct arena *arena, const char *const *files, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(files[i], "-") == 0)
			continue;
		if (was_read(files[i]))
			safe_errx(EXIT_USAGE, "-o %s: this is an input, and "
			    "is not written over", files[i]);
		for (size_t j = 0; j < i; j++)
			if (is_same(arena, files[j], files[i]))
				safe_errx(EXIT_USAGE, "-o %s: two outputs "
				    "cannot go to one file", files[i]);
	}
}
