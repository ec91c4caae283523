/* SPDX-License-Identifier: MIT */
/*
 * The options of a command, each said once: getopt's table and --help are made
 * from the rows.  What an option means, its own function knows.
 */
#ifndef TOOLS_OPTION_H
#define TOOLS_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct option_row {
	const char	*name;
	char		 letter;		/* or 0 */
	const char	*operand;		/* or NULL */
	const char	*says;			/* one line, for --help; NULL:
						 * it is not listed there */
	void		(*set)(void *context, const struct option_row *,
			    const char *operand);
};

/* Rows that share a context; `rows' ends with a NULL name. */
struct option_table {
	const struct option_row	*rows;
	void			*context;
};

enum { OPTION_TABLES_MAX = 4, OPTION_ROWS_MAX = 96 };

/* The tables of a command, in the order of --help; --help itself is in none of
 * them. */
struct option_tables {
	const char		*command;	/* "can", for messages */
	size_t			 count;
	struct option_table	 items[OPTION_TABLES_MAX];
};

/*
 * Follows every option; getopt's optind is then where the operands begin.
 * False when --help is asked for.  What is no option ends the command.
 */
bool	 option_read(const struct option_tables *, int argc, char **argv);

/*
 * The operand as a number that is not below the least one.  What should stand
 * there ("a number of steps") is said, and ends the command, when it is none.
 */
uint64_t	 option_number(const struct option_row *, const char *operand,
		    uint64_t least, const char *what);

/* A line for each option. */
void	 option_print(const struct option_tables *, FILE *);
/* The same; what is said of the options begins at that column. */
void	 option_print_at(const struct option_tables *, int column, FILE *);

#endif
