/* SPDX-License-Identifier: MIT */
/*
 * Statements against statements: whether a Deny reaches all that an Allow
 * gives, by what their actions and resources can be.  Read off the text; where
 * that does not say it, what is asked for is taken to hold.
 */
#ifndef POLICY_COVER_H
#define POLICY_COVER_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/rule.h"

struct cover {
	const struct statement *const	*statements;
	size_t				 count;
};

/*
 * Each action of the Allow on each of its resources is of one of the
 * statements; their conditions are not looked at.
 */
bool	 cover_holds(struct check *, const struct cover *,
	    const struct statement *allow);

#endif
