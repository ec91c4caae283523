/* SPDX-License-Identifier: MIT */
/*
 * The formats in which a run is printed.  A new format is a file with one
 * `struct format', and a row in format.c.
 */
#ifndef TOOLS_FORMAT_H
#define TOOLS_FORMAT_H

#include <stdio.h>

#include "tools/run.h"
#include "tools/safe.h"

struct format {
	const char	*name;
	const char	*says;		/* for --help, one line */
	void		(*print)(const struct run *, FILE *);
};

extern const struct format text_format;
extern const struct format concise_format;
extern const struct format github_format;
extern const struct format sarif_format;
extern const struct format json_format;

/* All of them; ends with NULL. */
extern const struct format *const formats[];

const struct format	*format_find(const char *name);
/* ":LINE:COLUMN: severity[rule] message" behind the name of the file, and the
 * line's end. */
void			 format_rest(FILE *, const struct record *);
/* The file as GitHub knows it, which hides all else: relative to the root of
 * the repository (file_repository()), links resolved.  As it is where it is
 * not in there. */
const char		*format_path(struct arena *, const char *root,
			    const char *file);
/* "text, concise, ..." for messages. */
const char		*format_names(struct arena *);

#endif
