/* SPDX-License-Identifier: MIT */
/* Walking and reading.  Never waits for a fifo that nobody writes to. */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/file.h"
#include "tools/path.h"

/* What a walk is for. */
struct search {
	struct arena		*arena;
	const char *const	*endings;	/* ends with NULL */
	struct path_list	*paths;
};

/* More than the ending alone. */
static bool
is_sought(const struct search *search, const char *name)
{
	size_t length = strlen(name);

	for (const char *const *ending = search->endings; *ending != NULL;
	    ending++) {
		size_t tail = strlen(*ending);

		if (length > tail && strcmp(name + length - tail,
		    *ending) == 0)
			return true;
	}
	return false;
}

static bool
is_hidden(const FTSENT *entry)
{
	return entry->fts_level > 0 && entry->fts_name[0] == '.' &&
	    strcmp(entry->fts_name, ".") != 0 &&
	    strcmp(entry->fts_name, "..") != 0;
}

static int
compare_names(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static struct path *
add(struct search *search, const FTSENT *entry)
{
	struct path *path = list_add(search->arena, &search->paths->list);
	const char *name = entry->fts_path;

	if (strncmp(name, "./", 2) == 0 && name[2] != '\0')
		name += 2;
	path->name = arena_copy(search->arena, name, strlen(name));
	path->named = entry->fts_level == 0;
	return path;
}

static void
visit(struct search *search, FTSENT *entry)
{
	switch (entry->fts_info) {
	case FTS_F:
		if (entry->fts_level == 0 || is_sought(search, entry->fts_name))
			add(search, entry);
		break;
	case FTS_DEFAULT:
		if (entry->fts_level == 0)
			add(search, entry);
		else if (is_sought(search, entry->fts_name))
			add(search, entry)->skip = "no regular file";
		break;
	case FTS_DC:
		add(search, entry)->skip =
		    "a loop of directories, not followed";
		break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		add(search, entry)->error = arena_printf(search->arena, "%s",
		    strerror(entry->fts_errno));
		break;
	case FTS_SLNONE:
		if (entry->fts_level == 0 || is_sought(search, entry->fts_name))
			add(search, entry)->error =
			    "the link points nowhere";
		break;
	default:
		break;
	}
}

/*
 * Directories already walked, by device and inode: links may lead to one of
 * them on very many ways.
 */
struct place {
	dev_t	 device;
	ino_t	 inode;
};

static int
compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return a->inode < b->inode ? -1 : a->inode > b->inode;
}

static bool
is_walked(struct arena *arena, void **walked, const FTSENT *entry)
{
	struct place *here = arena_alloc(arena, sizeof(*here));
	struct place **found;

	here->device = entry->fts_statp->st_dev;
	here->inode = entry->fts_statp->st_ino;
	found = tsearch(here, walked, compare_places);
	if (found == NULL)
		arena_exhausted(arena);
	return *found != here;
}

static void
keep_place(void *place)
{
	(void)place;		/* the arena's */
}

/* Every entry of the tree; errno tells how it ended. */
static void
walk(struct search *search, FTS *tree)
{
	void *walked = NULL;
	FTSENT *entry;

	while (errno = 0, (entry = fts_read(tree)) != NULL) {
		if (entry->fts_info == FTS_D && (is_hidden(entry) ||
		    is_walked(search->arena, &walked, entry)))
			fts_set(tree, entry, FTS_SKIP);
		else
			visit(search, entry);
	}
	tdestroy(walked, keep_place);
}

void
file_find_ending(struct arena *arena, const char *path,
    const char *const *endings, struct path_list *paths)
{
	char *names[] = { arena_copy(arena, path, strlen(path)), NULL };
	struct search search = { arena, endings, paths };
	FTS *tree;

	if (strcmp(path, "-") == 0) {
		*list_add(arena, &paths->list) =
		    (struct path){ .name = path, .named = true };
		return;
	}
	tree = fts_open(names, FTS_LOGICAL | FTS_NOCHDIR, compare_names);
	if (tree == NULL) {
		*list_add(arena, &paths->list) = (struct path){ .name = path,
		    .named = true, .error = strerror(errno) };
		return;
	}
	walk(&search, tree);
	if (errno != 0)
		*list_add(arena, &paths->list) = (struct path){ .name = path,
		    .named = true, .error = strerror(errno) };
	fts_close(tree);
}

void
file_find(struct arena *arena, const char *path, struct path_list *paths)
{
	static const char *const endings[] = { ".json", NULL };

	file_find_ending(arena, path, endings, paths);
}

const char *
file_above(struct arena *arena, const char *name)
{
	char here[PATH_MAX];

	if (getcwd(here, sizeof(here)) == NULL)
		return NULL;
	for (;;) {
		const char *path = arena_printf(arena, "%s/%s", here, name);
		char *slash = strrchr(here, '/');

		if (access(path, F_OK) == 0)
			return path;
		path = arena_printf(arena, "%s/.git", here);
		if (access(path, F_OK) == 0 || slash == NULL || slash == here)
			return NULL;
		*slash = '\0';
	}
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
	char here[PATH_MAX];

	if (getcwd(here, sizeof(here)) == NULL)
		here[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		const char *name = paths->list.items[i].name;

		sorted[i].at = i;
		sorted[i].full = strcmp(name, "-") == 0 ? name :
		    path_normalise(arena, name[0] == '/' ? name :
		    arena_printf(arena, "%s/%s", here, name));
	}
	qsort(sorted, count, sizeof(*sorted), compare_spellings);
	return sorted;
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
		if (paths->list.items[at].named)
			paths->list.items[sorted[first].at].named = true;
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

const char *
file_read(struct arena *arena, const char *path, size_t *length,
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
