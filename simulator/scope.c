/* SPDX-License-Identifier: MIT */
/* Kleene's three values, and the notes of what an answer rests on. */
#include "config.h"

#include "simulator/scope.h"

enum truth
truth_of(bool claim)
{
	return claim ? TRUTH_TRUE : TRUTH_FALSE;
}

enum truth
truth_and(enum truth a, enum truth b)
{
	if (a == TRUTH_FALSE || b == TRUTH_FALSE)
		return TRUTH_FALSE;
	return a == TRUTH_UNKNOWN ? a : b;
}

enum truth
truth_or(enum truth a, enum truth b)
{
	if (a == TRUTH_TRUE || b == TRUTH_TRUE)
		return TRUTH_TRUE;
	return a == TRUTH_UNKNOWN ? a : b;
}

enum truth
truth_not(enum truth a)
{
	if (a == TRUTH_UNKNOWN)
		return a;
	return a == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

void
scope_note(const struct scope *scope, assumption_set used)
{
	if (scope->rests != NULL)
		*scope->rests |= used;
}

unsigned
scope_assume(const struct scope *scope, enum assumption assumption)
{
	scope_note(scope, (assumption_set)1 << assumption);
	return scope->assumptions->choice[assumption];
}
