/* SPDX-License-Identifier: MIT */
/* Paths and globs as text; the file system is not asked. */
#include "config.h"

#include <string.h>

#include "tools/path.h"

char *
path_normalise(struct arena *arena, const char *path)
{
	char *out = arena_alloc(arena, strlen(path) + 2);
	size_t length = 0;

	while (*path != '\0') {
		size_t part = strcspn(path, "/");

		if (part == 2 && path[0] == '.' && path[1] == '.') {
			while (length > 0 && out[--length] != '/')
				continue;
		} else if (part > 0 && !(part == 1 && path[0] == '.')) {
			out[length++] = '/';
			memcpy(out + length, path, part);
			length += part;
		}
		path += part;
		path += strspn(path, "/");
	}
	out[length] = '\0';
	return out;
}

/* Where matching goes on when a `*' or a `**' has to take more. */
struct retry {
	const char	*glob;		/* behind it; NULL: none met yet */
	const char	*path;
	bool		 parts;		/* a `**' before a slash: takes whole
					 * names only */
};

static bool
extend_name(struct retry *retry)
{
	if (retry->glob == NULL || *retry->path == '\0' || *retry->path == '/')
		return false;
	retry->path++;
	return true;
}

static bool
extend_deep(struct retry *retry)
{
	if (retry->glob == NULL || *retry->path == '\0')
		return false;
	if (!retry->parts) {
		retry->path++;
		return true;
	}
	retry->path += strcspn(retry->path, "/");
	if (*retry->path == '\0')
		return false;
	retry->path++;
	return true;
}

static struct retry
open_deep(const char *glob, const char *path)
{
	bool parts = glob[2] == '/';

	return (struct retry){ glob + (parts ? 3 : 2), path, parts };
}

bool
path_matches(const char *glob, const char *path)
{
	struct retry name = { 0 }, deep = { 0 };

	for (;;) {
		if (glob[0] == '*' && glob[1] == '*') {
			deep = open_deep(glob, path);
			name.glob = NULL;
			glob = deep.glob;
		} else if (glob[0] == '*') {
			name = (struct retry){ ++glob, path, false };
		} else if (*path != '\0' && (*glob == *path ||
		    (*glob == '?' && *path != '/'))) {
			glob++;
			path++;
		} else if (*path == '\0' && *glob == '\0') {
			return true;
		} else if (extend_name(&name)) {
			glob = name.glob;
			path = name.path;
		} else if (extend_deep(&deep)) {
			name.glob = NULL;
			glob = deep.glob;
			path = deep.path;
		} else {
			return false;
		}
	}
}

bool
globs_match(const struct globs *globs, const char *path)
{
	for (size_t i = 0; i < globs->list.count; i++)
		if (path_matches(globs->list.items[i], path))
			return true;
	return false;
}

const char *
path_facts_find(const struct path_facts *facts, const char *path)
{
	for (size_t i = facts->list.count; i > 0; i--)
		if (path_matches(facts->list.items[i - 1].glob, path))
			return facts->list.items[i - 1].says;
	return NULL;
}
