/* SPDX-License-Identifier: MIT */
/*
 * A second opinion: AWS policy decisions computed straight from the written
 * semantics, by code that is slow, recursive and obvious, and that shares no
 * evaluation with the program.  Ids such as EVAL-13 in these files name the
 * rules of that text.  It answers one request and explains nothing;
 * where the text leaves a choice, it makes the one that it is told.
 */
#ifndef TESTCASES_REFERENCE_H
#define TESTCASES_REFERENCE_H

#include "policy/arena.h"
#include "policy/text.h"
#include "testcases/reference_choice.h"
#include "testcases/reference_facts.h"

enum reference_verdict {
	REFERENCE_IMPLICITLY_DENIED = 0,
	REFERENCE_EXPLICITLY_DENIED,
	REFERENCE_ALLOWED,
	REFERENCE_UNKNOWN
};

/*
 * Decides one line of examples: an object with the members `policies' and
 * `request'.  Whether the line itself was read without fault is for the
 * caller to know.
 */
enum reference_verdict	 reference_decide(struct arena *,
			    const struct node *line,
			    const struct reference_facts *,
			    const struct assumptions *choices);

/* The verdict as the examples spell it. */
const char		*reference_verdict_name(enum reference_verdict);

#endif
