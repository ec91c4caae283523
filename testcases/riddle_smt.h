/* SPDX-License-Identifier: MIT */
/*
 * Riddles as SMT-LIB 2, for a solver that has nothing in common with the
 * engine of the prover.
 *
 * A slot is a constant: of texts a string, of numbers and dates a real, of
 * addresses the first octet.  Leaves and nodes are Boolean functions, so that
 * a solver can be asked for the value of each.  What is written is exact: it
 * is satisfiable if and only if the riddle is.
 */
#ifndef TESTCASES_RIDDLE_SMT_H
#define TESTCASES_RIDDLE_SMT_H

#include <stdbool.h>
#include <stdio.h>

#include "simulator/word.h"
#include "testcases/riddle.h"

/* What a solver says of a riddle that it calls satisfiable. */
struct riddle_smt_model {
	struct word	texts[RIDDLE_SLOTS];	/* NULL: absent or no text */
	bool		leaves[RIDDLE_LEAVES];
	bool		said[RIDDLE_LEAVES];	/* or it left a term there */
};

/* False: it has patterns over numbers, dates or addresses. */
bool	 riddle_smt_can(const struct riddle *);
/* The slot is a string, and no number of any kind. */
bool	 riddle_smt_is_text(const struct riddle *, size_t slot);

/* Declarations and assertions. */
void	 riddle_smt_write(const struct riddle *, FILE *);
/* Asserts that the slots have these texts, as in a model of the engine. */
void	 riddle_smt_pin(const struct riddle *, const struct word *texts,
	    FILE *);
/* Asks for the values of a model, and reads them; texts lie in the arena of
 * the riddle.  False: that is no such answer. */
void	 riddle_smt_ask(const struct riddle *, FILE *);
bool	 riddle_smt_read(const struct riddle *, const char *answer,
	    struct riddle_smt_model *);

#endif
