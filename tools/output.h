/* SPDX-License-Identifier: MIT */
/*
 * Where the result of a command goes, and in which formats: -f, -o and
 * --color.  What is printed, the command's own formats know.
 */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

#include "policy/json.h"
#include "policy/list.h"
#include "policy/source.h"
#include "simulator/decision.h"
#include "tools/option.h"

/* The stream, and what it can show. */
struct output_stream {
	FILE		*file;
	size_t		 width;		/* columns */
	bool		 color;
};

/* A format that results are printed in. */
struct output_format {
	const char	*name;
	void		(*print)(const void *result,
			    const struct output_stream *);
};

/* One output: a format, and where it goes. */
struct output {
	const struct output_format	*format;
	const char			*file;	/* "-": standard output */
};

struct outputs {
	struct arena			*arena;
	const struct output_format	*formats;	/* ends with a NULL
							 * name; the first is
							 * the default */
	const char			*color;		/* auto, always, never;
							 * NULL: auto */
	LIST(struct output)		 list;
};

/* --format, --output and --color, for the table of the outputs, whose arena
 * and formats are known. */
const struct option_row	*output_rows(struct outputs *);

/* Prints the result everywhere; what cannot be written ends the command. */
void			 output_print(struct outputs *, const void *result);

/* A sink for policy/json.h that writes to a stream. */
struct json_sink	 output_sink(FILE *);
/* Members of an object that is open: line, column, endLine, endColumn. */
void			 output_place(struct json *, const struct place *);
/* Lines of a page (simulator/page.h), each behind the indent, through safe.h;
 * the first one in colour, if there is one.  The escape may be NULL. */
void			 output_lines(const struct output_stream *,
			    const char *text, size_t length, size_t indent,
			    const char *escape);
/* The escape for a verdict. */
const char		*output_verdict_color(enum verdict);

#endif
