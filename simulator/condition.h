/* SPDX-License-Identifier: MIT */
/*
 * Conditions: compiled once, tested against many requests (SPEC section 3).
 * Three-valued: a key of which nothing is known makes a test unknown, unless
 * it has the same answer whatever the key holds.
 */
#ifndef SIMULATOR_CONDITION_H
#define SIMULATOR_CONDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/assumption.h"
#include "policy/catalog.h"
#include "policy/statement.h"
#include "simulator/operand.h"
#include "simulator/request.h"
#include "simulator/scope.h"

/* One key under one operator. */
struct test {
	const struct condition	*source;	/* for the trail */
	struct operator_use	 use;
	struct word		 key;
	uint32_t		 hash;
	bool			 multivalued;	/* COND-33 */
	const struct operand	*operands;
	size_t			 count;
};

/*
 * Reads the conditions of a statement; there are as many tests.  Variables
 * exist in a document of Version 2012-10-17 only (VAR-1).  An operator that
 * is none makes a test that is false (COND-3).
 */
const struct test	*condition_compile(struct arena *,
			    const struct catalog *, const struct policy *,
			    const struct statement *,
			    const struct assumptions *);

/*
 * One test (COND-6 to COND-36), under the assumptions that it was compiled
 * for.  Allocates nothing.
 */
enum truth	 test_holds(const struct test *, const struct scope *);

#endif
