/* SPDX-License-Identifier: MIT */
/*
 * Walking directories, links followed.  A directory tells of nearly all that
 * it holds whether it is a file or a directory: to ask for each would take a
 * good part of the time in which all of them are linted.
 */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "tools/file.h"

/* What a walk is for. */
struct search {
	struct arena		*arena;
	const char *const	*endings;	/* ends with NULL */
	struct path_list	*paths;
	unsigned		 walks;		/* of one directory, at most */
	void			*places;	/* tsearch()'s, of struct place */
};

/*
 * A directory that has been walked, by device and inode: links may lead to one
 * of them on very many ways.
 */
struct place {
	dev_t		 device;
	ino_t		 inode;
	unsigned	 walks;
	bool		 inside;	/* it is being walked now */
};

/* More links to one directory than anybody has made by hand. */
enum { NAMES_MAX = 64 };

static void	 visit(struct search *, const char *, const char *, mode_t);

static int
compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return a->inode < b->inode ? -1 : a->inode > b->inode;
}

static void
keep_place(void *place)
{
	(void)place;		/* the arena's */
}

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

static struct path *
add(struct search *search, const char *name, bool named)
{
	struct path *path = list_add(search->arena, &search->paths->list);
	size_t here = strncmp(name, "./", 2) != 0 ? 0 :
	    1 + strspn(name + 1, "/");

	if (name[here] != '\0')
		name += here;
	path->name = arena_copy(search->arena, name, strlen(name));
	path->named = named;
	return path;
}

static const char *
reason(const struct search *search)
{
	return arena_printf(search->arena, "%s", strerror(errno));
}

static int
compare_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Every entry but the directory itself and the one above. */
static int
is_below(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 &&
	    strcmp(entry->d_name, "..") != 0;
}

static void
visit_entries(struct search *search, const char *directory, bool named)
{
	const char *slash = directory[strlen(directory) - 1] == '/' ? "" : "/";
	struct dirent **entries;
	int count = scandir(directory, &entries, is_below, compare_names);

	if (count < 0) {
		add(search, directory, named)->error = reason(search);
		return;
	}
	for (int i = 0; i < count; i++) {
		const char *path = arena_printf(search->arena, "%s%s%s",
		    directory, slash, entries[i]->d_name);

		visit(search, path, path + strlen(path) -
		    strlen(entries[i]->d_name), DTTOIF(entries[i]->d_type));
		free(entries[i]);
	}
	free(entries);
}

static void
enter(struct search *search, struct place *place, const char *path, bool named)
{
	if (place->inside) {
		add(search, path, named)->skip =
		    "a loop of directories, not followed";
	} else if (place->walks < search->walks) {
		place->walks++;
		place->inside = true;
		visit_entries(search, path, named);
		place->inside = false;
	} else if (search->walks > 1) {
		add(search, path, named)->error =
		    "too many links lead to this directory";
	}
}

static void
visit_directory(struct search *search, const char *path, bool named)
{
	struct place *here = arena_alloc(search->arena, sizeof(*here));
	struct place **found;
	struct stat facts;

	if (stat(path, &facts) != 0) {
		add(search, path, named)->error = reason(search);
		return;
	}
	*here = (struct place){ facts.st_dev, facts.st_ino, 0, false };
	found = tsearch(here, &search->places, compare_places);
	if (found == NULL)
		arena_exhausted(search->arena);
	enter(search, *found, path, named);
}

/* What there is at the path; 0 when that was said, or does not matter. */
static mode_t
find_kind(struct search *search, const char *path, const char *name)
{
	struct stat facts;

	if (stat(path, &facts) == 0)
		return facts.st_mode & S_IFMT;
	if (errno != ENOENT || lstat(path, &facts) != 0)
		add(search, path, name == NULL)->error = reason(search);
	else if (name == NULL || is_sought(search, name))
		add(search, path, name == NULL)->error =
		    "the link points nowhere";
	return 0;
}

/* The name is the path's last part, or NULL when the user named the path;
 * the kind is 0 when it is not known. */
static void
visit(struct search *search, const char *path, const char *name, mode_t kind)
{
	bool named = name == NULL;

	if (kind == 0 || S_ISLNK(kind)) {
		search->paths->linked |= !named;
		kind = find_kind(search, path, name);
	}
	if (S_ISDIR(kind)) {
		if (named || name[0] != '.')
			visit_directory(search, path, named);
	} else if (kind != 0 && (named || is_sought(search, name))) {
		struct path *found = add(search, path, named);

		found->regular = S_ISREG(kind);
		if (!named && !found->regular)
			found->skip = "no regular file";
	}
}

static int
compare_paths(const void *left, const void *right)
{
	const struct path *a = left, *b = right;

	return strcmp(a->name, b->name);
}

/* The entries of each directory stand in order, but `a/b' after `a.json'. */
static void
sort_from(struct path_list *paths, size_t start)
{
	if (paths->list.count - start > 1)
		qsort(paths->list.items + start, paths->list.count - start,
		    sizeof(*paths->list.items), compare_paths);
}

static void
find(struct search *search, const char *path)
{
	size_t start = search->paths->list.count;

	if (strcmp(path, "-") == 0)
		*list_add(search->arena, &search->paths->list) =
		    (struct path){ .name = path, .named = true };
	else
		visit(search, path, NULL, 0);
	tdestroy(search->places, keep_place);
	sort_from(search->paths, start);
}

void
file_find_ending(struct arena *arena, const char *path,
    const char *const *endings, struct path_list *paths)
{
	struct search search = { arena, endings, paths, 1, NULL };

	find(&search, path);
}

static const char *const json_endings[] = { ".json", NULL };

void
file_find(struct arena *arena, const char *path, struct path_list *paths)
{
	file_find_ending(arena, path, json_endings, paths);
}

void
file_find_names(struct arena *arena, const char *path,
    struct path_list *paths)
{
	struct search search = { arena, json_endings, paths, NAMES_MAX,
	    NULL };

	find(&search, path);
}
