/* SPDX-License-Identifier: MIT */
/* Section 3: whether a Condition element is true of a request context. */
#ifndef TESTCASES_REFERENCE_CONDITION_H
#define TESTCASES_REFERENCE_CONDITION_H

#include "testcases/reference_pattern.h"

/* NULL, the element that is not there, is true. */
bool	 reference_condition_holds(const struct reference_scope *,
	    const struct node *condition);

#endif
