/* SPDX-License-Identifier: MIT */
/*
 * Resources that AWS holds actions against, though the catalogue lists no type
 * of such ARNs for them: a table of exceptions to RES-9.
 */
#ifndef SIMULATOR_GUISE_H
#define SIMULATOR_GUISE_H

#include <stdbool.h>

#include "policy/catalog.h"
#include "simulator/word.h"

struct guise {
	const char	*prefix;
	const char	*name;		/* of the action; NULL: of any */
	const char	*type;		/* that the action takes; or NULL */
	const char	*form;		/* of the resource: `~' is any text
					 * without a colon, `*' any text */
	const char	*sample;	/* to show of them, or NULL */
	bool		 anonymous;	/* no account stands in it */
};

/* The next row of the action, behind the one given, or the first one; NULL
 * when there is none. */
const struct guise	*guise_next(const struct action *,
			    const struct guise *);

/* Its resources are no ARNs, and so nobody's: a telephone number is the
 * resource of a message to it. */
bool			 guise_is_bare(const struct guise *);

/* The action lists what the caller's account has, and is held against an ARN
 * of all of these, whose name is empty or the path that it asks for. */
bool			 guise_is_list(const struct guise *);

/* The form, with its wildcards. */
struct pattern		 guise_pattern(struct arena *, const struct guise *);
/* Some row of the action has the resource. */
bool			 guise_fits(struct arena *, const struct action *,
			    struct word resource);

/* The row names the action, and so is not of all that take some type. */
bool			 guise_is_named(const struct guise *);
bool			 guise_is_anonymous(const struct guise *);

/* Some row of the action says so. */
bool			 guise_any(const struct action *,
			    bool (*says)(const struct guise *));

#endif
