/* SPDX-License-Identifier: MIT */
/*
 * A solver of SMT-LIB 2 that runs beside the test: what is written to it is
 * answered by it.  It counts its own steps and gives up, the same on every
 * machine; as it is a program of somebody else, one that says nothing for a
 * minute is ended, and the next one is started when it is wanted.
 */
#ifndef TESTCASES_ORACLE_H
#define TESTCASES_ORACLE_H

#include <stdio.h>
#include <sys/types.h>

struct oracle {
	char	*const *command;
	pid_t	 process;	/* 0: there is none */
	FILE	*question;
	int	 answer;
	char	 text[65536];
};

enum oracle_verdict {
	ORACLE_UNKNOWN,
	ORACLE_UNSATISFIABLE,
	ORACLE_SATISFIABLE,
	ORACLE_CONFUSED		/* it does not understand the question */
};

/* The command, NULL behind it, must live as long. */
void			 oracle_init(struct oracle *, char *const *command);
void			 oracle_close(struct oracle *);
/* Where to write; what was asked before is forgotten.  Ends the program when
 * there is no such solver. */
FILE			*oracle_begin(struct oracle *);
/* What it says to all that; good until the next.  NULL: nothing in time. */
const char		*oracle_listen(struct oracle *);
/* Is what was asserted satisfiable? */
enum oracle_verdict	 oracle_judge(struct oracle *);

#endif
