/* SPDX-License-Identifier: MIT */
/*
 * Tables of facts, and the questions that programs answer about them.
 *
 * A table has one fact a line, in columns parted by a tab or by two or more
 * blanks.  A value may stand in double quotes; then \xHH, \\ and \" are read
 * in it.  A line, or a last column, that begins with # is a remark.  What the
 * columns are is said by the questions: first the question's word, if it has
 * one, then what is asked about, then what the answer has to be.
 */
#ifndef TESTCASES_ROWS_H
#define TESTCASES_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/list.h"

enum { INPUTS_MAX = 6 };

struct column {
	const char	*text;
	size_t		 length;
};

struct columns {
	struct column	*items;
	size_t		 count, capacity;
};

/* One row on its way through a question. */
struct trial {
	struct arena		*arena;
	const struct column	*in;		/* what is asked about */
	struct columns		 got;		/* the answer */
};

struct question {
	const char	*table;		/* stem of the file's name; NULL ends */
	const char	*word;		/* of the first column; NULL: none */
	size_t		 inputs;
	void		(*answer)(struct trial *);
};

/* One more column of the answer. */
void	 put_text(struct trial *, const char *text, size_t length);
void	 put(struct trial *, const char *word);
void	 put_claim(struct trial *, bool claim);

/* What main() does: reads the tables that it was given, and prints TAP. */
int	 rows_run(const struct question *, int argc, char **argv);

#endif
