/* SPDX-License-Identifier: MIT */
/*
 * One run of the linter over many files, and what came of it.  A record
 * stands on its own: the document it speaks of is gone when it is printed.
 */
#ifndef TOOLS_RUN_H
#define TOOLS_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/envelope.h"
#include "policy/lint.h"
#include "policy/list.h"
#include "tools/file.h"
#include "tools/placement.h"
#include "tools/setting.h"

/* A place, with as much of its first line as a reader can take in. */
struct excerpt {
	struct place	 place;		/* columns in bytes */
	size_t		 column;	/* columns again, in code points */
	size_t		 end_column;
	const char	*line;		/* bytes of the line, no line end */
	size_t		 length;
	size_t		 skipped;	/* bytes of the line left out before */
	bool		 cut;		/* some are left out behind */
};

struct note {
	struct excerpt	 at;
	const char	*label;
};

struct record {
	const struct complaint	*complaint;
	enum severity		 severity;
	const char		*file;
	const char		*pointer;	/* JSON pointer */
	const char		*sid;		/* or NULL */
	struct excerpt		 at;
	const char		*message;
	const char		*help;		/* or NULL */
	const char		*witness;	/* or NULL */
	const struct note	*related;
	size_t			 related_count;
	const char		*ignored;	/* the reason in sekisho.json, or
						 * NULL: it counts */
};

/* One policy, or one file in which there is none. */
struct judged {
	const char	*file;
	const char	*pointer;	/* of the policy in the file */
	const char	*layer;		/* NULL: there is no policy */
	const char	*reason;	/* for the layer, or for skipping */
	bool		 skipped;
	const char	*error;		/* why it could not be read, or NULL */
};

/* What the command line says of every file. */
struct run_options {
	bool			 has_layer;
	enum layer		 layer;
	const char		*resource;	/* ARN, or NULL */
	const char		*service;	/* prefix, or NULL */
	const char		*stdin_name;	/* or NULL */
};

struct run {
	struct arena			*arena;		/* of the results */
	struct arena			*scratch;	/* of one document */
	const struct rule *const	*tables;	/* all rules there are */
	const struct catalog		*catalog;
	struct lint			*lint;
	struct setting			*setting;
	const struct placements		*placements;	/* NULL: there is no
							 * estate */
	const size_t			*pieces;	/* code points before each
							 * piece of the document;
							 * NULL: not counted */
	struct run_options		 options;
	enum severity			 fail_level;
	bool				 quiet;		/* no summary */
	bool				 color;
	size_t				 width;		/* of the output, columns */
	LIST(struct judged)		 files;
	LIST(struct record)		 records;	/* by file, then place */
	size_t				 counts[SEVERITY_COUNT];
	size_t				 ignored_count;
	size_t				 skipped_count;
	size_t				 error_count;	/* unreadable files */
};

/* Reads and lints one file; everything about it is added to the run. */
void	 run_file(struct run *, const struct path *);

/*
 * The parts of that work.  What the policy of a reading is and what it is
 * attached to, into the subject; returns the reason for its layer.  `file' is
 * the path as typed, `path' as sekisho.json sees it.
 */
const char	*run_describe(struct run *, const struct reading *,
		    const char *file, const char *path, struct subject *);
/* Judges the document if it is an estate, whatever it says of itself when it was
 * found as the one of the run; false when it is none. */
bool	 run_estate(struct run *, const struct source *,
	    const struct path *found, const char *path);
/* Settles what was found in a document, and adds it to the records. */
void	 run_record(struct run *, const struct text *const *texts, size_t count,
	    struct report *, const char *path);

/* After the last file: what the entries of `ignore' came to. */
void	 run_finish(struct run *);

/* Then, where several names may lead to one file: what was found under one of
 * them is not told again under another. */
void	 run_unite(struct run *);

/* The exit code that the run deserves. */
int	 run_verdict(const struct run *);

#endif
