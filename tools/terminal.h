/* SPDX-License-Identifier: MIT */
/*
 * A line of the user's at a terminal: editing, history and completion.  No
 * other file knows which library does it.
 */
#ifndef TOOLS_TERMINAL_H
#define TOOLS_TERMINAL_H

#include <stddef.h>

#include "policy/arena.h"
#include "simulator/proposal.h"

struct terminal;

/* What the terminal asks of whoever reads from it. */
struct terminal_use {
	const char	*(*prompt)(void *context);
	/* What may stand at the cursor, which is behind the line. */
	void		 (*propose)(void *context, struct word line,
			    struct proposals *);
	void		*context;
};

/*
 * Standard input and output, which are a terminal.  The history is read from
 * the file, NULL for none, and goes there line by line.  The struct outlives
 * the terminal.
 */
struct terminal	*terminal_open(struct arena *, const struct terminal_use *,
		    const char *history);
/* As it was found. */
void		 terminal_close(struct terminal *);

/*
 * The next line without its end, good until the next call; NULL at the end of
 * the input.  What was interrupted is an empty line.
 */
const char	*terminal_read(struct terminal *, size_t *length);

#endif
