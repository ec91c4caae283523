/* SPDX-License-Identifier: MIT */
/*
 * sekisho.json: what a repository says of its own policies (sekisho.json(5)).
 * Policies themselves cannot hold comments, so types, choices and exceptions
 * stand here.
 */
#ifndef TOOLS_SETTING_H
#define TOOLS_SETTING_H

#include <stdbool.h>

#include "policy/layer.h"
#include "policy/lint.h"
#include "policy/list.h"
#include "policy/report.h"
#include "tools/path.h"

struct suppression {
	const char		*rule;
	const char		*file;		/* glob */
	const char		*at;		/* "Sid:NAME", JSON pointer, NULL */
	const char		*reason;
	const char		*expires;	/* YYYY-MM-DD, or NULL */
	struct span		 span;		/* of the entry */
	bool			 expired;
	bool			 used;
	bool			 relevant;	/* some file matched the glob */
};

struct setting {
	const char		*path;		/* of the file; NULL: none */
	const char		*directory;	/* absolute */
	const struct source	*source;
	struct path_facts	 type, resource, service;
	struct globs		 include, exclude;
	bool			 has_fail_level;
	enum severity		 fail_level;
	const char		*catalog;
	const char		*estate;
	LIST(struct lint_choice) choices;
	LIST(struct suppression) suppressions;
};

/* YYYY-MM-DD, of a day that there is; ten digits are seconds, and no day. */
bool		 setting_is_day(const char *);

/* A day on which no suppression has ended. */
extern const char	 setting_no_day[];

/* The path of sekisho.json here or above, up to the repository's root. */
const char	*setting_find(struct arena *);

/*
 * Reads it; mistakes go to the report, and then false is returned.  `today'
 * is YYYY-MM-DD.
 */
bool		 setting_read(struct arena *, const char *path,
		    const struct rule *const *tables, const char *today,
		    struct setting *, struct report *);

/* The same with the rulebook; mistakes in it end the command. */
void		 setting_follow_file(struct arena *, const char *path,
		    const char *today, struct setting *);
/* The same of the one that is here or above, if any, for a command that asks
 * for no suppressions. */
void		 setting_follow(struct arena *, struct setting *);

/* A path that a member says, which is relative to sekisho.json. */
const char	*setting_beside(struct arena *, const struct setting *,
		    const char *path);

/* A path as short as it is from where the user stands. */
const char	*setting_shown(struct arena *, const char *path);
/* The same, and without going down and up again. */
const char	*setting_short(struct arena *, const char *path);
/* A path as typed, seen from the directory of sekisho.json. */
const char	*setting_path(struct arena *, const struct setting *,
		    const char *path);

#endif
