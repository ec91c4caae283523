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
	void			*places;	/* tsearch()'s, of struct place */
};

/*
 * A directory that has been walked, by device and inode: links may lead to one
 * of them on very many ways.
 */
struct place {
	dev_t	 device;
	ino_t	 inode;
	bool	 inside;		/* it is being walked now */
};

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

	if (strncmp(name, "./", 2) == 0 && name[2] != '\0')
		name += 2;
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
visit_directory(struct search *search, const char *path, bool named)
{
	struct place *here = arena_alloc(search->arena, sizeof(*here));
	struct place **found;
	struct stat facts;

	if (stat(path, &facts) != 0) {
		add(search, path, named)->error = reason(search);
		return;
	}
	*here = (struct place){ facts.st_dev, facts.st_ino, true };
	found = tsearch(here, &search->places, compare_places);
	if (found == NULL)
		arena_exhausted(search->arena);
	if (*found == here)
		visit_entries(search, path, named);
	else if ((*found)->inside)
		add(search, path, named)->skip =
		    "a loop of directories, not followed";
	here->inside = false;
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

	if (kind == 0 || S_ISLNK(kind))
		kind = find_kind(search, path, name);
	if (S_ISDIR(kind)) {
		if (named || name[0] != '.')
			visit_directory(search, path, named);
	} else if (kind != 0 && (named || is_sought(search, name))) {
		struct path *found = add(search, path, named);

		if (!named && !S_ISREG(kind))
			found->skip = "no regular file";
	}
}

void
file_find_ending(struct arena *arena, const char *path,
    const char *const *endings, struct path_list *paths)
{
	struct search search = { arena, endings, paths, NULL };

	if (strcmp(path, "-") == 0)
		*list_add(arena, &paths->list) =
		    (struct path){ .name = path, .named = true };
	else
		visit(&search, path, NULL, 0);
	tdestroy(search.places, keep_place);
}

void
file_find(struct arena *arena, const char *path, struct path_list *paths)
{
	static const char *const endings[] = { ".json", NULL };

	file_find_ending(arena, path, endings, paths);
}
