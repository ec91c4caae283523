/* SPDX-License-Identifier: MIT */
/* What the files of tie_*.c share; nobody else includes this. */
#ifndef SIMULATOR_TIE_ROW_H
#define SIMULATOR_TIE_ROW_H

#include "simulator/tie.h"

/* The claim that a literal is of, which is true when the literal is. */
const struct claim	*tie_claim(const struct tie *, int literal);
/* What a literal asks, as far as one pattern says it. */
bool			 tie_pattern(const struct tie *, int literal,
			    struct pattern *);

/* To be asked beside the literals of a slot, until demands.count is reset. */
void			 tie_demand(struct tie *, struct pattern, bool wanted);
/* What those ask that have the same text as the slot; false: nothing. */
bool			 tie_demand_twins(struct tie *, size_t slot);
enum theory_answer	 tie_ask(struct tie *, size_t slot, uint64_t *budget,
			    struct word *text);

/* Adds to the core: a literal, or those of the theory's last conflict. */
void			 tie_blame(struct tie *, int literal);
void			 tie_blame_theory(struct tie *);

/* Slots that have one text, and what is asked of them together. */
enum tie_answer		 tie_ask_twins(struct tie *, uint64_t *budget);
/* Every template that is to match, with each of its variables. */
enum tie_answer		 tie_ask_joints(struct tie *, uint64_t *budget);

#endif
