/* SPDX-License-Identifier: MIT */
/*
 * Templates in SMT-LIB 2.  They are no regular expressions, as other slots
 * stand in them: a template is cut at its first and its last star, what is
 * before must begin the text, what is behind must end it, and the middle must
 * be contained in the rest.  That needs no quantifier, so its negation is as
 * easy.
 */
#ifndef TESTCASES_SMT_TEMPLATE_H
#define TESTCASES_SMT_TEMPLATE_H

#include <stdbool.h>
#include <stdio.h>

#include "testcases/riddle.h"

/* Declares what the terms below make use of. */
void	 smt_template_prelude(FILE *);
/* False: there are wildcards inside its middle, and that would need one. */
bool	 smt_template_can(const struct leaf *);
/* A term: the text of the slot is so, and the slots in it are there.  Slots
 * are text0 and there0, and so on. */
void	 smt_template_write(const struct leaf *, FILE *);

#endif
