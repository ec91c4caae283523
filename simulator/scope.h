/* SPDX-License-Identifier: MIT */
/*
 * Answers of three values, and what they are given under: a request and a
 * choice for everything that AWS's documentation leaves open.
 */
#ifndef SIMULATOR_SCOPE_H
#define SIMULATOR_SCOPE_H

#include "policy/assumption.h"

enum truth {
	TRUTH_FALSE = 0,
	TRUTH_TRUE,
	TRUTH_UNKNOWN			/* depends on what is not known */
};

enum truth	 truth_of(bool);
enum truth	 truth_and(enum truth, enum truth);
enum truth	 truth_or(enum truth, enum truth);
enum truth	 truth_not(enum truth);

struct request;

/*
 * What a test is made under.  `rests', when not NULL, collects the
 * assumptions that the answer used.
 */
struct scope {
	const struct request		*request;
	const struct assumptions	*assumptions;
	assumption_set			*rests;
};

/* The word chosen for an assumption, noted as used; 0 is the default. */
unsigned	 scope_assume(const struct scope *, enum assumption);
/* Notes assumptions that were followed when something was compiled. */
void		 scope_note(const struct scope *, assumption_set);

#endif
