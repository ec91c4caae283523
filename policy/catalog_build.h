/* SPDX-License-Identifier: MIT */
/*
 * A catalogue while it is being read.  Only the files that read one include
 * this; to everybody else a catalogue is const.
 */
#ifndef POLICY_CATALOG_BUILD_H
#define POLICY_CATALOG_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/catalog.h"
#include "policy/catalog_table.h"

struct build {
	struct arena		*arena;
	const char		*error;		/* the first one */
	struct catalog		*catalog;
	/* what the catalogue points to, while it may still change */
	struct service		*services;
	struct action		*actions;
	const struct table	*service_table;
};

/* Part of a cell. */
struct piece {
	const char	*text;
	size_t		 length;
};

/* Notes what is wrong with the row.  False, always. */
bool		 build_fail(struct build *, const struct row *,
		    const char *format, ...)
		    __attribute__((format(printf, 3, 4)));

struct piece	 piece_whole(const char *cell);
/* Takes what is before the separator off the front; false at the end. */
bool		 piece_next(struct piece *rest, char separator,
		    struct piece *);
/* How many there are; a cell that says `-' has none. */
unsigned	 piece_count(struct piece list, char separator);

/* Which of two words the cell is. */
bool		 build_read_choice(struct build *, const struct row *,
		    const char *cell, const char *no, const char *yes,
		    bool *value);
/* "String", "ArrayOfARN". */
bool		 build_read_type(struct build *, const struct row *,
		    const char *cell, struct key *);

/* What the first cell, or the first two, name; NULL after a failure. */
struct service	*build_find_service(struct build *, const struct row *);
struct action	*build_find_action(struct build *, const struct row *);

/* The large files, one function each. */
bool		 build_read_services(struct build *, const struct table *);
bool		 build_read_keys(struct build *, const struct table *);
bool		 build_read_types(struct build *, const struct table *);
bool		 build_read_actions(struct build *, const struct table *);
bool		 build_read_scenarios(struct build *, const struct table *);
bool		 build_read_dependents(struct build *, const struct table *);
bool		 build_read_calls(struct build *, const struct table *);
/* services.tsv says how long the other files are: none was cut short. */
bool		 build_totals_agree(struct build *);

#endif
