/* SPDX-License-Identifier: MIT */
/*
 * Paths, and globs over them: `*' and `?' stop at a slash, `**' does not, and
 * `**' with a slash behind it stands for any number of whole directories.
 */
#ifndef TOOLS_PATH_H
#define TOOLS_PATH_H

#include <stdbool.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "policy/source.h"

/* What is known of the files that a glob matches. */
struct path_fact {
	const char	*glob;
	const char	*says;		/* a layer, an ARN or a service */
	struct span	 span;		/* of that */
};

struct path_facts {
	LIST(struct path_fact)	 list;
};

struct globs {
	LIST(const char *)	 list;
};

/* Without "." and "..", resolved by text alone; the path is absolute. */
char		*path_normalise(struct arena *, const char *path);
bool		 path_matches(const char *glob, const char *path);
/* Some glob of the list matches. */
bool		 globs_match(const struct globs *, const char *path);
/* What the last matching glob says; NULL when none matches. */
const char	*path_facts_find(const struct path_facts *, const char *path);

#endif
