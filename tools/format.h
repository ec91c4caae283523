/* SPDX-License-Identifier: MIT */
/*
 * The formats in which a run is printed.  A new format is a file with one
 * `struct format', and a row in format.c.
 */
#ifndef TOOLS_FORMAT_H
#define TOOLS_FORMAT_H

#include <stdio.h>

#include "policy/json.h"
#include "tools/run.h"

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
/* "text, concise, ..." for messages. */
const char		*format_names(struct arena *);

/* A sink for policy/json.h that writes to a stream. */
struct json_sink	 format_sink(FILE *);

/*
 * Untrusted text on a terminal: control characters, and anything else that
 * could move the cursor or turn text round, come out as visible escapes.
 */
void	 print_safe(FILE *, const char *text, size_t length);
/*
 * The same as words on lines of at most `width' columns; the lines after the
 * first begin with `indent' blanks, where the first begins already.
 */
void	 print_wrapped(FILE *, const char *text, size_t indent, size_t width);
/* The same on one line of an excerpt: a tab is four blanks.  Returns the
 * columns taken; prints nothing when the stream is NULL. */
size_t	 print_columns(FILE *, const char *text, size_t length);

#endif
