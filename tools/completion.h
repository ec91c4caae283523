/* SPDX-License-Identifier: MIT */
/*
 * `sekisho completion': scripts that make shells ask, and the answers, which
 * come from the tables that the program works with.
 */
#ifndef TOOLS_COMPLETION_H
#define TOOLS_COMPLETION_H

#include "policy/arena.h"
#include "policy/list.h"
#include "simulator/proposal.h"
#include "tools/command.h"

/* An option, as --help of its command has it. */
struct completion_option {
	const char	*name;		/* "--rule" */
	char		 letter;	/* or 0 */
	const char	*operand;	/* "RULE", or NULL */
	const char	*says;
};

struct completion_options {
	LIST(struct completion_option)	 list;
	LIST(const char *)		 formats;	/* for -f */
};

/*
 * What --help of the command prints, taken apart: there is no other list of
 * all options.  It runs in a process of its own.
 */
struct completion_options	 completion_read_options(struct arena *,
				    const struct command *);
/* The option that a word is, with or without =VALUE; or NULL. */
const struct completion_option	*completion_find_option(
				    const struct completion_options *,
				    struct word);

/* Values of an option. */
void	 completion_values(struct proposals *, const struct completion_option *,
	    const struct completion_options *);

/* The script of a shell; NULL when there is none. */
const char	*completion_script(const char *shell);
/* A line for each shell. */
extern const char *const completion_shells[];

/* Returns the exit code. */
int	 completion_main(struct arena *, int argc, char **argv);

#endif
