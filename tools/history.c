/* SPDX-License-Identifier: MIT */
/* The XDG state directory. */
#include "config.h"

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>

#include "tools/history.h"
#include "tools/safe.h"

/* The directory and those above it. */
static bool
make_directories(struct arena *arena, const char *path)
{
	for (size_t i = 1; ; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		if (mkdir(arena_copy(arena, path, i), 0700) != 0 &&
		    errno != EEXIST)
			return false;
		if (path[i] == '\0')
			return true;
	}
}

/* A relative path is to be ignored, says the XDG specification. */
static const char *
state_directory(struct arena *arena)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state != NULL && state[0] == '/')
		return arena_printf(arena, "%s/sekisho", state);
	if (home != NULL && home[0] == '/')
		return arena_printf(arena, "%s/.local/state/sekisho", home);
	return NULL;
}

const char *
history_file(struct arena *arena)
{
	const char *directory = state_directory(arena);

	if (directory == NULL)
		return NULL;
	if (!make_directories(arena, directory)) {
		safe_warn("%s: no history is kept", directory);
		return NULL;
	}
	return arena_printf(arena, "%s/history", directory);
}
