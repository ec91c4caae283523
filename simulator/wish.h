/* SPDX-License-Identifier: MIT */
/*
 * What policies wish of a key: the values that their conditions name, as
 * changes to a question that would grant or escape them.  Only guesses;
 * trial.c finds out what comes of them.
 */
#ifndef SIMULATOR_WISH_H
#define SIMULATOR_WISH_H

#include "simulator/trial.h"

struct wishes {
	LIST(struct trial_change) list;		/* each once */
};

/* Adds what a test of a request names. */
void	 wish_add_test(struct arena *, struct wishes *, const struct test *,
	    const struct request *);
/* Adds what all statements about the request name of a key, or, when the key
 * is absent, of every key. */
void	 wish_add_all(struct arena *, struct wishes *, const struct ruling *,
	    const struct assumptions *, struct word key);

/* The text with the request's values in the place of its variables; absent
 * when one has none. */
struct word	 wish_expand(struct arena *, struct word text,
		    const struct request *);

#endif
