/* SPDX-License-Identifier: MIT */
/* Making files, one directory after the other. */
#include "config.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tools/directory.h"
#include "tools/exit.h"
#include "tools/safe.h"

static bool
is_empty(DIR *stream)
{
	const struct dirent *entry;

	while ((entry = readdir(stream)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			return false;
	return true;
}

void
directory_check(const struct directory *directory)
{
	DIR *stream = opendir(directory->name);
	bool empty;

	if (stream == NULL && errno == ENOENT)
		return;
	if (stream == NULL)
		safe_err(EXIT_UNREADABLE, "%s", directory->name);
	empty = is_empty(stream);
	closedir(stream);
	if (!empty && !directory->force)
		safe_errx(EXIT_USAGE, "%s is not empty; nothing is written "
		    "over what is there without --force", directory->name);
}

void
directory_open(struct directory *directory)
{
	if (mkdir(directory->name, 0777) != 0 && errno != EEXIST)
		safe_err(EXIT_UNREADABLE, "%s", directory->name);
	directory->descriptor = open(directory->name, O_RDONLY |
	    O_DIRECTORY | O_CLOEXEC);
	if (directory->descriptor < 0)
		safe_err(EXIT_UNREADABLE, "%s", directory->name);
}

void
directory_close(struct directory *directory)
{
	close(directory->descriptor);
	directory->descriptor = -1;
}

static int
enter(int parent, const char *name)
{
	if (mkdirat(parent, name, 0777) != 0 && errno != EEXIST)
		return -1;
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
}

static FILE *
open_in(const struct directory *directory, int parent, const char *name)
{
	int flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC |
	    (directory->force ? O_TRUNC : O_EXCL);
	int file = parent < 0 ? -1 : openat(parent, name, flags, 0666);
	FILE *stream = file < 0 ? NULL : fdopen(file, "w");

	if (stream == NULL && file >= 0)
		close(file);
	return stream;
}

FILE *
directory_create(const struct directory *directory, const char *path)
{
	int parent = directory->descriptor;
	const char *rest = path;
	FILE *stream;

	while (parent >= 0 && strchr(rest, '/') != NULL) {
		size_t length = strcspn(rest, "/");
		int child = enter(parent, arena_copy(directory->arena, rest,
		    length));

		if (parent != directory->descriptor)
			close(parent);
		parent = child;
		rest += length + 1;
	}
	stream = open_in(directory, parent, rest);
	if (stream == NULL)
		safe_err(EXIT_UNREADABLE, "%s/%s", directory->name, path);
	if (parent != directory->descriptor)
		close(parent);
	return stream;
}

void
directory_finish(const struct directory *directory, FILE *stream,
    const char *path)
{
	bool failed = ferror(stream) != 0;

	if (fclose(stream) != 0 || failed)
		safe_err(EXIT_UNREADABLE, "%s/%s", directory->name, path);
}
