/* SPDX-License-Identifier: MIT */
/*
 * What the Denies of a policy leave of an Allow beside them, as far as that is
 * certain: of some action, for somebody, on which resources still, and only by
 * requests that pass which test.  Where the text does not say that a Deny takes
 * something away, it is taken to be left.
 */
#ifndef POLICY_REMNANT_H
#define POLICY_REMNANT_H

#include <stdbool.h>

#include "policy/rule.h"

/*
 * The test of a Deny turned round: "unless it is one of these" of a Deny is
 * "if it is one of these" of what is left.  True when nothing is left to be
 * complained of where that is demanded.
 */
struct claim;
typedef bool remnant_test(struct check *, const struct condition *,
    const struct claim *);

/* What a rule is about to complain of. */
struct claim {
	const char		*action;	/* "iam:PassRole"; NULL: ... */
	const struct pattern	*actions;	/* ... all of these; NULL: all
						 * that the Allow allows */
	const struct principal	*who;		/* NULL: all of the Allow's */
	remnant_test		*is_enough;	/* NULL: no test is */
	const void		*context;
};

/*
 * The Allow itself, when Denies leave it as it is; or, in `room', with the
 * resources that they leave.  NULL when they take it away, or leave what passes
 * a test that is enough.
 */
const struct statement	*remnant_read(struct check *,
			    const struct statement *allow,
			    const struct claim *, struct statement *room);

/* The same, where resources do not matter. */
bool	 remnant_stands(struct check *, const struct statement *allow,
	    const struct claim *);

/* The test says how the resource is tagged, or which rights may be given. */
bool	 remnant_is_narrow(struct check *, const struct condition *,
	    const struct claim *);

/* Of an entry that is every action: the Allow is plain and on everything, and
 * Denies do not leave some actions or resources only. */
bool	 remnant_is_everything(struct check *, const struct statement *allow,
	    const struct node *entry);

#endif
