/* SPDX-License-Identifier: MIT */
/* What the files of summons_*.c share; nobody else includes this. */
#ifndef SIMULATOR_SUMMONS_USHER_H
#define SIMULATOR_SUMMONS_USHER_H

#include "simulator/estate.h"
#include "simulator/summons.h"

struct usher {
	struct arena		*arena;
	const struct court	*court;
	const struct question	*question;
	struct summons		*summons;
	struct question_fault	*fault;
};

/* False, with the fault at the phrase; the help may be NULL. */
bool		 usher_refuse(struct usher *, const struct phrase *,
		    const char *message, const char *help);

/* One word of the user's for messages. */
const char	*usher_word(struct usher *, struct word);

/* The one thing that a word leads to, of these kinds; `what' is "no role".
 * False with the fault. */
bool		 usher_find(struct usher *, const struct phrase *,
		    unsigned kinds, const char *what, struct estate_thing *);

/* The ways of the calls, one after the other.  False with the fault. */
bool		 summons_ways(struct usher *, struct summoned_call *,
		    size_t count);

#endif
