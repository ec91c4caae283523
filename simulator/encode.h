/* SPDX-License-Identifier: MIT */
/*
 * Compiled policies as formulas over a supposed call: what condition.c,
 * element.c, actor.c and clause.c do with a request, done with an unknown one.
 * The rows of operators.def expand here once more, into encode_<type>_
 * <comparison>, so that an operator without its encoding does not compile.
 */
#ifndef SIMULATOR_ENCODE_H
#define SIMULATOR_ENCODE_H

#include "simulator/clause.h"
#include "simulator/hearing.h"
#include "simulator/supposition.h"

/* What the statements of a layer come to. */
struct encoded {
	int	 deny;			/* some Deny matches */
	int	 allow;			/* some Allow matches, of any class */
	int	 classes[MATCH_ANY + 1];	/* ... of that class */
};

/* Counts the keys that the documents test, before any is encoded. */
void		 encode_expect(struct supposed_request *,
		    const struct charters *);

/* One test; of the same meaning as test_holds(). */
int		 encode_test(struct supposed_request *, const struct test *);
/* The statement's Action part, its Resource part. */
int		 encode_actions(struct supposed_request *,
		    const struct action_element *);
int		 encode_resources(struct supposed_request *,
		    const struct resource_element *);

/*
 * All statements of a layer.  `bounded': formula, the caller has a permissions
 * boundary (PRIN-22).  An unknown document allows everything and denies
 * nothing when `hopeful', which is what safety must assume, else the other way
 * round.  The selector of each statement, when `selectors' is not NULL, is
 * made and noted there: a statement counts only while its selector holds.
 */
struct encoded	 encode_layer(struct supposed_request *,
		    const struct charters *, int bounded, bool hopeful);

#endif
