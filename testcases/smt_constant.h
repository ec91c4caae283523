/* SPDX-License-Identifier: MIT */
/*
 * Constants of SMT-LIB 2.  Its strings are code points up to U+2FFFF; what is
 * not plain ASCII is written \u{e9}.
 */
#ifndef TESTCASES_SMT_CONSTANT_H
#define TESTCASES_SMT_CONSTANT_H

#include <stdbool.h>
#include <stdio.h>

#include "policy/arena.h"
#include "simulator/word.h"

/* The string of one code point. */
void	 smt_constant_letter(int point, FILE *);
void	 smt_constant_string(struct word, FILE *);
/* The real that a number is, or the seconds of a date since 1970.  False, and
 * nothing is written, when the text reads as none. */
bool	 smt_constant_number(struct word, FILE *);
bool	 smt_constant_date(struct word, FILE *);

/* Reads a string, as UTF-8, and moves behind it.  False: there is none. */
bool	 smt_constant_read(const char **cursor, struct arena *, struct word *);

#endif
