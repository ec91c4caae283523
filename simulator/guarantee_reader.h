/* SPDX-License-Identifier: MIT */
/*
 * What the readers of a guarantee's clauses share.  Each reads on from where
 * the tape stands, and is false with the fault.
 */
#ifndef SIMULATOR_GUARANTEE_READER_H
#define SIMULATOR_GUARANTEE_READER_H

#include "simulator/guarantee.h"
#include "simulator/tape.h"

/* The words that a list or a row of values does not run over. */
extern const char *const guarantee_reserved[];

/* The token begins a phrase; it is an action, or a pattern of actions. */
bool	 guarantee_is_phrase(const struct token *);
bool	 guarantee_is_action(const struct token *);

/* A phrase, ACTION,... and a layer. */
bool	 guarantee_read_phrase(struct tape *, struct guarantee_phrase *);
bool	 guarantee_read_actions(struct tape *, struct guarantee_step *);
bool	 guarantee_read_layer(struct tape *, enum layer *);

/* A condition over calls of a chain that has that many. */
const struct guarantee_condition	*guarantee_read_condition(struct tape *,
					    size_t steps);

/* The token is one of the words of a NULL-ended list; which. */
bool	 guarantee_is_one(const struct token *, const char *const *words,
	    size_t *which);

#endif
