/* SPDX-License-Identifier: MIT */
/* Reading, and telling files apart.  Never waits for a fifo that nobody writes
 * to. */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/file.h"
#include "tools/path.h"

char *
file_here(struct arena *arena)
{
	char here[PATH_MAX];

	return getcwd(here, sizeof(here)) == NULL ? NULL :
	    arena_copy(arena, here, strlen(here));
}

bool
file_rise(char *directory)
{
	char *slash = strrchr(directory, '/');

	if (slash == NULL || slash == directory)
		return false;
	*slash = '\0';
	return true;
}

/* The path of a file in a directory; NULL when it is not there. */
static const char *
find_in(struct arena *arena, const char *directory, const char *name)
{
	const char *path = arena_printf(arena, "%s/%s", directory, name);

	return access(path, F_OK) == 0 ? path : NULL;
}

const char *
file_absolute(struct arena *arena, const char *path)
{
	const char *here;

	if (path[0] == '/')
		return path_normalise(arena, path);
	here = file_here(arena);
	return here == NULL ? NULL : path_normalise(arena,
	    arena_printf(arena, "%s/%s", here, path));
}

const char *
file_above(struct arena *arena, const char *name)
{
	char *here = file_here(arena);
	const char *path;

	if (here == NULL)
		return NULL;
	do {
		path = find_in(arena, here, name);
	} while (path == NULL && find_in(arena, here, ".git") == NULL &&
	    file_rise(here));
	return path;
}

const char *
file_repository(struct arena *arena)
{
	char *here = file_here(arena);

	if (here == NULL)
		return NULL;
	do {
		if (find_in(arena, here, ".git") != NULL)
			return here;
	} while (file_rise(here));
	return file_here(arena);
}

const char *
file_obstacle(const struct path *path, bool *fault)
{
	*fault = path->error != NULL;
	return *fault ? path->error : path->skip;
}

/* A path without dots and slashes to spare, and where it came from. */
struct spelling {
	const char	*full;
	size_t		 at;
};

static int
compare_spellings(const void *left, const void *right)
{
	const struct spelling *a = left, *b = right;
	int order = strcmp(a->full, b->full);

	return order != 0 ? order : a->at < b->at ? -1 : 1;
}

static struct spelling *
sort_spellings(struct arena *arena, const struct path_list *paths)
{
	size_t count = paths->list.count;
	struct spelling *sorted = arena_array(arena, count, sizeof(*sorted));

	for (size_t i = 0; i < count; i++) {
		const char *name = paths->list.items[i].name;

		sorted[i].at = i;
		sorted[i].full = strcmp(name, "-") == 0 ? name :
		    file_absolute(arena, name);
		if (sorted[i].full == NULL)
			sorted[i].full = path_normalise(arena, name);
	}
	qsort(sorted, count, sizeof(*sorted), compare_spellings);
	return sorted;
}

/* What is known of a path by another spelling. */
static void
join(struct path *path, const struct path *other)
{
	path->named = path->named || other->named;
	path->estate = path->estate || other->estate;
	path->beside = path->beside && other->beside;
}

void
file_unite(struct arena *arena, struct path_list *paths)
{
	size_t count = paths->list.count, first = 0, kept = 0;
	struct spelling *sorted;
	bool *repeated;

	if (count < 2)
		return;
	sorted = sort_spellings(arena, paths);
	repeated = arena_array(arena, count, sizeof(*repeated));
	for (size_t i = 1; i < count; i++) {
		size_t at = sorted[i].at;

		if (strcmp(sorted[first].full, sorted[i].full) != 0) {
			first = i;
			continue;
		}
		repeated[at] = true;
		join(&paths->list.items[sorted[first].at],
		    &paths->list.items[at]);
	}
	for (size_t i = 0; i < count; i++)
		if (!repeated[i])
			paths->list.items[kept++] = paths->list.items[i];
	paths->list.count = kept;
}

/* A pipe of the shell's (`<(...)', /dev/stdin) has a writer already. */
static bool
is_descriptor(const char *path)
{
	return strncmp(path, "/dev/fd/", 8) == 0 ||
	    strncmp(path, "/proc/self/fd/", 14) == 0 ||
	    strcmp(path, "/dev/stdin") == 0;
}

static const char *
refuse(const char *path, const struct stat *facts)
{
	if (S_ISDIR(facts->st_mode))
		return "is a directory";
	if (S_ISFIFO(facts->st_mode) && !is_descriptor(path))
		return "is a fifo; give it to standard input, as `-`";
	if (S_ISBLK(facts->st_mode) || S_ISSOCK(facts->st_mode))
		return "is no regular file";
	if (S_ISREG(facts->st_mode) && facts->st_size > FILE_SIZE_MAX)
		return "is larger than 64 MiB, which no policy is";
	return NULL;
}

static int
open_regular(const char *path, const char **error, size_t *size)
{
	struct stat facts;
	int descriptor;

	descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY |
	    (is_descriptor(path) ? 0 : O_NONBLOCK));
	if (descriptor < 0 || fstat(descriptor, &facts) != 0) {
		*error = strerror(errno);
	} else if ((*error = refuse(path, &facts)) == NULL) {
		*size = S_ISREG(facts.st_mode) ? (size_t)facts.st_size : 0;
		return descriptor;
	}
	if (descriptor >= 0)
		close(descriptor);
	return -1;
}

struct contents {
	char	*bytes;
	size_t	 length, capacity;
};

static void
enlarge(struct arena *arena, struct contents *contents)
{
	char *larger = arena_room(arena, 2 * contents->capacity + 1);

	memcpy(larger, contents->bytes, contents->length);
	contents->bytes = larger;
	contents->capacity *= 2;
}

static const char *
read_all(struct arena *arena, int descriptor, size_t hint, size_t *length,
    const char **error)
{
	struct contents contents = { .capacity = hint == 0 ? 4096 : hint + 1 };

	contents.bytes = arena_room(arena, contents.capacity + 1);
	for (;;) {
		size_t room = contents.capacity - contents.length;
		ssize_t count = read(descriptor,
		    contents.bytes + contents.length, room);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			*error = strerror(errno);
			return NULL;
		}
		if (count == 0)
			break;
		contents.length += (size_t)count;
		if (contents.length == hint)
			break;		/* all that the file has */
		if (contents.length > FILE_SIZE_MAX) {
			*error = "is larger than 64 MiB, which no policy is";
			return NULL;
		}
		if (contents.length == contents.capacity)
			enlarge(arena, &contents);
	}
	contents.bytes[contents.length] = '\0';
	*length = contents.length;
	return contents.bytes;
}

static const char *
read_any(struct arena *arena, const char *path, size_t *length,
    const char **error)
{
	bool standard = strcmp(path, "-") == 0;
	size_t hint = 0;
	const char *bytes;
	int descriptor;

	descriptor = standard ? STDIN_FILENO :
	    open_regular(path, error, &hint);
	if (descriptor < 0)
		return NULL;
	bytes = read_all(arena, descriptor, hint, length, error);
	if (!standard)
		close(descriptor);
	return bytes;
}

const char *
file_read(struct arena *arena, const char *path, size_t *length,
    const char **error)
{
	const char *bytes = read_any(arena, path, length, error);

	if (bytes != NULL)
		file_count_as_read(path);
	return bytes;
}

/* Nearly all policies are smaller. */
enum { SMALL = 16 * 1024 };

/* NULL when it is not small, or something is wrong with it. */
static const char *
read_small(struct arena *arena, const char *path, size_t *length)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY |
	    O_NONBLOCK);
	char *bytes;
	ssize_t count;

	if (descriptor < 0)
		return NULL;
	bytes = arena_room(arena, SMALL + 1);
	count = read(descriptor, bytes, SMALL);
	close(descriptor);
	if (count <= 0 || count == SMALL)
		return NULL;
	bytes[count] = '\0';
	*length = (size_t)count;
	return bytes;
}

/* Among thousands of files it counts that the system is not asked for the
 * size of each: a regular file is at its end when it has less than was asked
 * for. */
const char *
file_read_found(struct arena *arena, const struct path *path, size_t *length,
    const char **error)
{
	const char *bytes = path->regular && !is_descriptor(path->name) ?
	    read_small(arena, path->name, length) : NULL;

	return bytes != NULL ? bytes : read_any(arena, path->name, length,
	    error);
}
