/* SPDX-License-Identifier: MIT */
/*
 * The parts that a policy is made of, one by one, and the policy without one
 * of them: whoever asks what a part is for decides again without it.
 */
#ifndef SIMULATOR_PART_H
#define SIMULATOR_PART_H

#include <stddef.h>

#include "policy/arena.h"
#include "policy/statement.h"

enum part_kind {
	PART_STATEMENT,
	PART_PRINCIPAL,			/* an item of its list, as are the
					 * next two */
	PART_ACTION,
	PART_RESOURCE,
	PART_CONDITION,			/* one key under one operator */
	PART_VALUE			/* of a condition; not the only one of
					 * an operator that negates */
};

struct part {
	enum part_kind		 kind;
	size_t			 statement;	/* in its policy */
	size_t			 condition;	/* of the last two kinds */
	size_t			 item;		/* in its list */
	const struct node	*node;		/* where it stands */
};

struct parts {
	const struct part	*items;
	size_t			 count;
};

/* All of a policy: a statement, then what is in it, in the order of kinds. */
struct parts	 parts_list(struct arena *, const struct policy *);

/* The same policy, but for that part.  What is left may share its memory. */
const struct policy	*policy_without(struct arena *,
			    const struct policy *, const struct part *);

/* "statement", "action", ... */
const char	*part_kind_name(enum part_kind);

#endif
