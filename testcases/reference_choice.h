/* SPDX-License-Identifier: MIT */
/*
 * Section 8: which alternative is taken where the text leaves a choice.  Only
 * the names and the order of the words are shared with the program.
 */
#ifndef TESTCASES_REFERENCE_CHOICE_H
#define TESTCASES_REFERENCE_CHOICE_H

#include "policy/assumption.h"

/* Another word than the first was chosen. */
static inline bool
reference_takes(const struct assumptions *choices, enum assumption assumption)
{
	return choices->choice[assumption] != 0;
}

#endif
