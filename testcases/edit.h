/* SPDX-License-Identifier: MIT */
/*
 * Edits of JSON (RFC 6902): `add', `remove' and `replace', nothing else.  The
 * bytes around an edit stay as they are, so that places in the edited text
 * are those that a reader finds in the file, as far as its first edit.
 */
#ifndef TESTCASES_EDIT_H
#define TESTCASES_EDIT_H

#include "policy/text.h"

/*
 * The source after an array of edits, one after the other; `patch' is where
 * the array was read from.  NULL when one of them cannot be made: a path that
 * is not there, an operation that is not known, a result that is no JSON.
 */
const struct source	*edit_apply(struct arena *, const struct source *,
			    const struct text *patch,
			    const struct node *edits);

#endif
