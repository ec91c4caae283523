/* SPDX-License-Identifier: MIT */
/*
 * Texts worth a try.  Claims about numbers, dates and addresses cut their
 * type into cells; for each cell that such claims can tell apart there is a
 * candidate, so if none of them fits, no text does.  Knows no slots.
 */
#ifndef SIMULATOR_CANDIDATE_H
#define SIMULATOR_CANDIDATE_H

#include <stddef.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "simulator/universe.h"
#include "simulator/word.h"

struct candidates {
	struct arena		*arena;
	LIST(struct word)	 words;
	size_t			 digits;	/* of the longest fraction */
};

/* Starts anew: one text or more for each type, and some that read as none. */
void	 candidates_init(struct candidates *, struct arena *,
	    struct universe_reading);
/* A constant is going to be added; all are noted before the first is. */
void	 candidates_note(struct candidates *, const struct claim *);
/* The cells on both sides of the constant of the claim. */
void	 candidates_add(struct candidates *, const struct claim *);

#endif
