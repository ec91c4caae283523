/* SPDX-License-Identifier: MIT */
/* Files and directories, as the commands read them. */
#ifndef TOOLS_FILE_H
#define TOOLS_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/list.h"

/* A file larger than this is no policy; the largest real ones are 20 KB. */
enum { FILE_SIZE_MAX = 64 * 1024 * 1024 };

struct path {
	const char	*name;		/* as shown: the user's spelling */
	bool		 named;		/* on the command line, not found by
					 * walking a directory */
	bool		 regular;	/* the walk saw a regular file */
	bool		 estate;	/* the estate that the command uses */
	bool		 beside;	/* there as that alone: no operand has
					 * led to it */
	const char	*error;		/* why it cannot be read, or NULL */
	const char	*skip;		/* why it is left out, or NULL */
};

struct path_list {
	LIST(struct path)	 list;
	bool			 linked;	/* a walk went through a link */
};

/*
 * Adds the path, or every *.json below it when it is a directory, sorted by
 * bytes.  Hidden directories are left out, and so is a directory that another
 * link has led to.  What cannot be opened, and a loop of links, is added with
 * the reason.
 */
void		 file_find(struct arena *, const char *path,
		    struct path_list *);
/* The same with other endings than ".json"; the last one is NULL. */
void		 file_find_ending(struct arena *, const char *path,
		    const char *const *endings, struct path_list *);
/* For whom names matter: *.json under every name that links give it, as long
 * as they do not give it very many. */
void		 file_find_names(struct arena *, const char *path,
		    struct path_list *);

/* Why the path is not to be opened, or NULL: that is either a fault, or it is
 * only left out. */
const char	*file_obstacle(const struct path *, bool *fault);

/* The path from the root on, path_normalise()d; NULL when where we are is not
 * known and would matter. */
const char	*file_absolute(struct arena *, const char *path);

/* The working directory; NULL when it is not known. */
char		*file_here(struct arena *);
/* Cuts a directory's last name off; false when only the root is above. */
bool		 file_rise(char *directory);
/* The directory that holds .git here or above, else the working directory;
 * NULL when that is not known. */
const char	*file_repository(struct arena *);

/* The path of a file of that name here or above, up to the repository's root;
 * NULL when there is none. */
const char	*file_above(struct arena *, const char *name);

/* Leaves each path in once, where it stands first, however it is spelt; it
 * stays named, or the estate, if it was that at all.  Links are files of their
 * own. */
void		 file_unite(struct arena *, struct path_list *);

/*
 * The contents of a regular file, or of standard input for "-".  NULL with a
 * reason in *error: it cannot be read, is no regular file, or is too large.
 */
const char	*file_read(struct arena *, const char *path, size_t *length,
		    const char **error);
/* The same of what a walk has found; it does not count as read. */
const char	*file_read_found(struct arena *, const struct path *,
		    size_t *length, const char **error);

/* It is an input, as is whatever file_read() has read. */
void		 file_count_as_read(const char *path);
/*
 * Ends the command when one of the files that are to be written is an input, or
 * another of them.  "-" may come several times.
 */
void		 file_protect(struct arena *, const char *const *files,
		    size_t count);

#endif
