/* SPDX-License-Identifier: MIT */
/*
 * What can be said about the text of a slot, and about the texts that stand
 * in it.  Whether it is true, and which formula it is, the universe knows.
 */
#ifndef SIMULATOR_CLAIM_H
#define SIMULATOR_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/pattern.h"
#include "policy/value.h"
#include "simulator/word.h"

/* A text that holds the values of other slots: ${aws:username} (VAR-5). */
struct piece {
	struct pattern		 pattern;	/* when it is no variable */
	bool			 variable;
	size_t			 slot;		/* whose value stands here */
	bool			 confined;	/* and must not have a colon
						 * (COND-24) */
};

enum claim_kind {
	CLAIM_PATTERN,		/* matches `pattern' */
	CLAIM_LESS,		/* reads as a number below `number' */
	CLAIM_AT_MOST,		/* ... or equal to it */
	CLAIM_BEFORE,		/* reads as a date before `date' */
	CLAIM_UNTIL,		/* ... or the same instant */
	CLAIM_WITHIN,		/* reads as an address within `cidr' */
	CLAIM_TRUE,		/* reads as true (COND-17) */
	CLAIM_READS,		/* reads as `type' */
	CLAIM_WORD,		/* is words[index] of a closed slot */
	CLAIM_TEMPLATE		/* matches `pieces', all of which are there */
};

struct claim {
	enum claim_kind		 kind;
	size_t			 slot;
	int			 variable;	/* its formula */
	struct pattern		 pattern;	/* of a template the relaxed
						 * one: variables are `*' */
	struct number		 number;
	struct date		 date;
	struct cidr		 cidr;
	enum value_type		 type;
	size_t			 index;
	const struct piece	*pieces;
	size_t			 piece_count;
};

/* Of the same claims it is the same. */
uint64_t	 claim_hash(const struct claim *);
/* They say the same of the same slot. */
bool		 claim_equals(const struct claim *, const struct claim *);

/* The pattern that a template is once its variables have these texts, all of
 * them there. */
struct pattern	 claim_ground(struct arena *, const struct claim *,
		    const struct word *texts);
/* The pattern that it is while nothing is known of them. */
struct pattern	 claim_relaxed(struct arena *, const struct claim *);

#endif
