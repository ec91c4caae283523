/* SPDX-License-Identifier: MIT */
/*
 * The bytes of one document and where its lines begin.  Everything that is
 * later said about a document is said of a span of its source.
 *
 * A policy may itself stand inside a JSON string of another document (the
 * output of get-bucket-policy, say).  Its source is then an inner source:
 * the decoded bytes, with a map back to the bytes of the outer one, so that
 * places always speak of the file that the user has on disk.
 */
#ifndef POLICY_SOURCE_H
#define POLICY_SOURCE_H

#include <stddef.h>

#include "policy/arena.h"

/* Byte offsets into one source; `end' is exclusive. */
struct span {
	size_t	 start;
	size_t	 end;
};

/* Lines and byte columns count from 1; the end is exclusive. */
struct place {
	size_t	 line, column;
	size_t	 end_line, end_column;
};

struct source {
	const char		*name;		/* as the user named it */
	const char		*bytes;		/* NUL-terminated, may hold NULs */
	size_t			 length;
	const size_t		*lines;		/* offset of each line's start */
	size_t			 line_count;
	const struct source	*outer;		/* NULL for a file */
	const size_t		*origin;	/* length + 1 offsets in outer */
};

/*
 * A source of a file's bytes; neither name nor bytes are copied.  Lines end
 * at LF, CR LF or CR.
 */
const struct source	*source_new(struct arena *, const char *name,
			    const char *bytes, size_t length);

/* An inner source; origin[i] is where byte i came from in `outer'. */
const struct source	*source_inside(struct arena *,
			    const struct source *outer, const char *bytes,
			    size_t length, const size_t *origin);

/* The file that the source came from, at last. */
const struct source	*source_file(const struct source *);

/* The span as a span of that file, and as lines and columns of that file. */
struct span		 source_outward(const struct source *, struct span);
struct place		 source_place(const struct source *, struct span);

/* Line `line' (from 1) of a file, without its line end. */
struct span		 source_line(const struct source *, size_t line);

#endif
