/* SPDX-License-Identifier: MIT */
/*
 * Where the estate is, and reading it: --estate FILE, else `estate' in
 * sekisho.json, else estate.json found upwards, else none.
 */
#ifndef TOOLS_ESTATE_FILE_H
#define TOOLS_ESTATE_FILE_H

#include "simulator/estate.h"
#include "tools/setting.h"

/* The path of the estate, or NULL.  `option' is what --estate says, or NULL;
 * the setting may be NULL, or of no file. */
const char		*estate_file_find(struct arena *, const char *option,
			    const struct setting *);

/*
 * Reads an estate out of its text, with the policies that it names relative
 * to its own file; a path of "-" is the working directory's.  The dump of an
 * account is imported in memory, which standard error says.  As
 * estate_read_text() in all else.
 */
const struct estate	*estate_file_read(struct arena *,
			    const struct text *, const char *path,
			    const struct catalog *, struct report *);

/*
 * Finds and reads the estate that requests are to be decided in.  Faults of
 * policies are left to whoever meets their layers.  Without any estate, the
 * empty one.  Otherwise than with EXIT_FINE its mistakes are on standard error,
 * and the estate only tells what was read; NULL if that is nothing.
 */
const struct estate	*estate_file_try(struct arena *, const char *option,
			    const struct setting *, const struct catalog *,
			    int *code);
/* The same; an estate that is not usable ends the command. */
const struct estate	*estate_file_load(struct arena *, const char *option,
			    const struct setting *, const struct catalog *);

#endif
