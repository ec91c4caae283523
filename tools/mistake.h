/* SPDX-License-Identifier: MIT */
/* A mistake in a file that a command rests on, as a line for people. */
#ifndef TOOLS_MISTAKE_H
#define TOOLS_MISTAKE_H

#include "policy/layer.h"
#include "policy/report.h"
#include "policy/statement.h"
#include "simulator/word.h"

struct question_fault;

/* FILE:LINE:COLUMN: SEVERITY: MESSAGE, on standard error. */
void	 mistake_print(const struct finding *);
/* The same, and the line of the file with a mark under the words at fault. */
void	 mistake_print_line(const struct finding *);
/* SOURCE: SEVERITY: MESSAGE, of a text that nobody has before his eyes. */
void	 mistake_print_option(const struct finding *);
/* A question that cannot be asked, with the line; ends the program. */
_Noreturn void	 mistake_refuse(const struct question_fault *,
		    struct word line, int code);
/* Statements that are not faulty, but have no effect in that layer: without a
 * Principal where there must be one (GRAM-22). */
void	 mistake_print_idle(const struct policy *, enum layer);

#endif
