/* SPDX-License-Identifier: MIT */
/*
 * Action, NotAction, Resource and NotResource of a statement, compiled (SPEC
 * 2.2, 2.3).  Whether the statement applies otherwise is not known here.
 */
#ifndef SIMULATOR_ELEMENT_H
#define SIMULATOR_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/catalog.h"
#include "policy/layer.h"
#include "policy/pattern.h"
#include "policy/statement.h"
#include "simulator/request.h"
#include "simulator/scope.h"
#include "simulator/substitution.h"

/* Bits of actions by action_index(); those outside the words are not set. */
struct action_bits {
	const struct catalog	*catalog;	/* NULL: no bits were made */
	const uint64_t		*words;
	size_t			 first, count;	/* words */
};

/* Action or NotAction. */
struct action_element {
	bool			 negated;
	bool			 empty;		/* an empty list: GRAM-33, 34 */
	bool			 everything;	/* "*" is in the list */
	const struct pattern	*patterns;	/* that can match something */
	size_t			 count;
	size_t			 literal;	/* so many of them, the first,
						 * have no wildcard in front
						 * of the colon (ACT-4) */
	struct action_bits	 bits;		/* of these */
};

/* An entry of Resource or NotResource. */
struct resource_entry {
	struct word		 text;
	bool			 everything;	/* it is "*" */
	bool			 never;		/* matches nothing: VAR-2,
						 * VAR-8, GRAM-37 */
	bool			 wild_type;	/* RES-7 */
	bool			 escaped;	/* it has ${*} and the like, and
						 * no variables: the text is not
						 * that of the pattern */
	const struct substitution *variable;	/* it has variables: instead
						 * of the patterns */
	struct pattern		 pattern;
	const struct pattern	*padded;	/* RES-5, where it is open
						 * whether to pad; or NULL */
	const struct resource_entry *strict;	/* RES-6, read so that no
						 * wildcard in the middle
						 * crosses a colon; or NULL
						 * when none is there */
};

/* Resource or NotResource. */
struct resource_element {
	bool			 negated;
	bool			 there;
	bool			 empty;
	bool			 everything;	/* "*" is in the list */
	bool			 incomplete;	/* has a short ARN (RES-5) */
	const struct resource_entry *entries;
	size_t			 count;
};

/* What elements are read with. */
struct element_reader {
	struct arena		*arena;
	const struct catalog	*catalog;
	enum layer		 layer;
	bool			 variables;	/* VAR-1 */
	uint64_t		*scratch;	/* a bit for every action; NULL:
						 * make no bits */
	const struct action	**found;	/* room for a service's */
};

struct element_reader	 element_reader_new(struct arena *,
			    const struct catalog *, const struct policy *,
			    enum layer, bool bits);

struct action_element	 action_element_read(const struct element_reader *,
			    const struct element *);
struct resource_element	 resource_element_read(const struct element_reader *,
			    const struct element *);

/* ACT-1 to ACT-5. */
bool		 action_element_matches(const struct action_element *,
		    const struct scope *);
/*
 * Of elements with bits: some pattern may match an action of that service
 * whose prefix it spells out; and the element matches the action or may do
 * so, by assumption or by other patterns.  NULL is an action of a service
 * that nobody spells out.
 */
bool		 action_element_may_name(const struct action_element *,
		    const struct service *);
bool		 action_element_may_match(const struct action_element *,
		    const struct action *);
/* RES-1 to RES-9; of an element that is there. */
enum truth	 resource_element_matches(const struct resource_element *,
		    const struct scope *);

#endif
