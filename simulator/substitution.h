/* SPDX-License-Identifier: MIT */
/*
 * Texts with policy variables (VAR-2 to VAR-11), read once and matched
 * against values without writing the expanded text anywhere.
 */
#ifndef SIMULATOR_SUBSTITUTION_H
#define SIMULATOR_SUBSTITUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/catalog.h"
#include "policy/pattern.h"
#include "simulator/request.h"
#include "simulator/scope.h"

/* How the text around the variables reads. */
struct substitution_use {
	bool	 like;			/* `*' and `?' are wildcards */
	bool	 arn;			/* confined to fields (COND-22) */
	bool	 resource;		/* an entry of Resource: RES-6, and
					 * variables in the sixth field only */
	bool	 folded;		/* ASCII case does not count */
	bool	 strict;		/* of an ARN's resource part, too, no
					 * wildcard in the middle crosses a
					 * colon: RES-6 by assumption */
};

/* Text between variables, or a variable. */
struct fragment {
	struct word	 text;		/* symbols of a pattern; when not
					 * `like', bytes; of a variable the
					 * name of its key */
	bool		 variable;
	bool		 confined;	/* in an ARN's first five fields */
	bool		 multivalued;	/* its key is, by the catalogue */
	uint32_t	 hash;		/* of the key's name */
	struct word	 fallback;	/* VAR-4; absent when it has none */
};

struct substitution {
	struct substitution_use	 use;
	const struct fragment	*fragments;
	size_t			 count;
	size_t			 plain;		/* bytes that are themselves, at
						 * the beginning */
	size_t			 variables;	/* among them */
	size_t			 fields;	/* of an ARN, variables aside */
	bool			 never;		/* matches nothing: VAR-2, in
						 * Resource VAR-8 */
};

/*
 * Reads a text of a document whose variables count (VAR-1).  ${*}, ${?} and
 * ${$} become plain characters; with no other variable the one fragment is
 * all there is to match.
 */
const struct substitution	*substitution_read(struct arena *,
				    const struct catalog *, struct word text,
				    struct substitution_use);

/* The text has ${...}, of whatever kind. */
bool		 substitution_occurs(struct word text);

/*
 * The expanded text matches the value.  A variable that has no value, or
 * several, matches nothing (VAR-5, VAR-6).  TRUTH_UNKNOWN when that hangs on
 * a variable whose key is unknown.  In the first `folded' bytes of the value
 * ASCII case does not count.
 */
enum truth	 substitution_match(const struct substitution *,
		    struct word value, size_t folded, const struct scope *);

#endif
