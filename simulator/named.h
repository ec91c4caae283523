/* SPDX-License-Identifier: MIT */
/*
 * Guarantees that have a name: the control objectives of a data perimeter and
 * the promises around them.  Their parameters are the estate's accounts,
 * organization and endpoints, and its `perimeter'; each is written out as a
 * guarantee in the words of the grammar, so that anyone can read what is
 * proved.
 */
#ifndef SIMULATOR_NAMED_H
#define SIMULATOR_NAMED_H

#include <stdbool.h>

#include "simulator/guarantee.h"
#include "simulator/summons.h"

struct named_script;

struct named {
	const char	*id;		/* "G1"; NULL ends the table */
	const char	*name;
	const char	*says;		/* the promise; a sentence, no stop */
	const char	*parameters;	/* members of the perimeter, in words */
	const char	*elsewhere;	/* how it is proved when not here; or
					 * NULL */
	void		(*write)(struct named_script *);
};

extern const struct named named_guarantees[];

/* By its id or its name, without regard to case; NULL: there is none. */
const struct named	*named_find(struct word);

/*
 * The guarantee for the estate of the court.  Where the court has exhibits,
 * layers that grant and have none are taken to allow everything.  False with
 * the reason when it cannot be stated: then nothing is known of it.
 */
bool	 named_make(struct arena *, const struct court *,
	    const struct named *, struct guarantee *, const char **reason);

#endif
