/* SPDX-License-Identifier: MIT */
/*
 * Other texts for an estate of which it is known how they relate to it: that
 * mean the same, or that can only allow less.
 */
#ifndef TESTCASES_VARIANT_H
#define TESTCASES_VARIANT_H

#include <stdbool.h>

#include "policy/arena.h"

enum variant {
	VARIANT_REVERSED,		/* statements, backwards */
	VARIANT_TURNED,			/* lists of them, backwards */
	VARIANT_NAMED,			/* every statement has a new Sid */
	VARIANT_SPLIT,			/* statements about two things are two
					 * statements */
	VARIANT_DENIED,			/* identity policies deny something */
	VARIANT_BOUNDED,		/* whoever had none has a boundary */
	VARIANT_COUNT
};

extern const char *const variant_names[VARIANT_COUNT];

/* The estate's text, which has no blanks outside of strings. */
const char	*variant_text(struct arena *, const char *estate,
		    enum variant);
/* It allows what the estate allows, no more and no less. */
bool		 variant_is_same(enum variant);

#endif
