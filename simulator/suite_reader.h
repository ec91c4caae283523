/* SPDX-License-Identifier: MIT */
/* What the readers of both forms of a test file share. */
#ifndef SIMULATOR_SUITE_READER_H
#define SIMULATOR_SUITE_READER_H

#include "simulator/alias.h"
#include "simulator/suite.h"
#include "simulator/tape.h"

/* Rows of suite_complaints[]. */
enum suite_complaint {
	SUITE_SYNTAX,
	SUITE_BYTES,
	SUITE_NAME,
	SUITE_DUPLICATE,
	SUITE_GAP,
	SUITE_EMPTY
};

/* A line without its comment.  Empty ones are left out. */
struct suite_line {
	struct tokens	 tokens;	/* at least one */
	struct span	 span;		/* from the first to the last */
	size_t		 indent;	/* bytes before the first */
	bool		 spoiled;	/* the next line could not be read, and
					 * is left out */
};

struct suite_lines {
	LIST(struct suite_line)	 list;
};

struct suite_reader {
	struct arena		*arena;
	const struct source	*source;
	struct report		*report;
	struct suite		*suite;
	struct aliases		 aliases;
	enum suite_complaint	 complaint;	/* of a fault just now */
};

/* Makes a finding of a fault.  Always false. */
bool	 suite_refuse(struct suite_reader *, const struct question_fault *);

/* Of the byte order mark at the beginning, which is no part of the text; 0 when
 * there is none. */
size_t	 suite_mark_length(const struct source *);

/* The lines of a text; those that are no text are complained of. */
struct suite_lines	 suite_split(struct suite_reader *);

/* A test in which nothing is expected. */
void	 suite_refuse_empty(struct suite_reader *, struct span);

/* Tokens with the words of names put in, from that token on. */
bool	 suite_replace(struct suite_reader *, const struct tokens *, size_t at,
	    struct tokens *);

/*
 * `VERDICT SENTENCE ...' with names put in, which is added to a test; false
 * when it was complained of instead.
 */
bool	 suite_read_expectation(struct suite_reader *, const struct tokens *,
	    struct span, struct suite_test *);

/* What stands behind `lint', up to the end; false with the fault. */
bool	 suite_read_lint(struct tape *, struct expectation *);

/* The lines of a test, its own first line left out. */
void	 suite_read_test(struct suite_reader *, const struct suite_line *lines,
	    size_t count, struct suite_test *);

/* `expect broken ID... [in FILE]'. */
bool	 suite_read_gap(struct suite_reader *, const struct tokens *,
	    struct span);

/* The JSON form, whole. */
void	 suite_read_json(struct suite_reader *);

/* What is wrong with all of it together. */
void	 suite_check(struct suite_reader *);

/* Each ends with NULL. */
extern const char *const suite_verdicts[];
extern const char *const suite_severities[];

#endif
