/* SPDX-License-Identifier: MIT */
/*
 * A statement as patterns, to be held against other statements.  What covers
 * what is read off the text: an entry is covered when one other entry covers
 * it alone, and conditions are equal or different and never reasoned about.
 * `true' is certain, and `false' only means that it is not plain to see, which
 * is also the answer when a policy has had its share of comparisons.
 */
#ifndef POLICY_OUTLINE_H
#define POLICY_OUTLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "policy/rule.h"

/*
 * No quota of AWS's lets a policy have more statements, for 1,024 of the
 * shortest ones are longer than the longest policy; others are not compared.
 */
enum { OUTLINE_MAX = 1024 };

enum entry_kind {
	ENTRY_ACTION,
	ENTRY_RESOURCE,
	ENTRY_KIND_COUNT
};

struct outline {
	const struct statement	*statement;
	const struct pattern	*patterns[ENTRY_KIND_COUNT];	/* read when
								 * asked for */
	uint64_t		 services;	/* a bit for each that an action
						 * is of; all for an unknown */
	size_t			*left;		/* comparisons, of all outlines
						 * of the policy together */
};

/* Outlines of the policy's statements, OUTLINE_MAX at most. */
struct outlines {
	struct outline		*items;
	size_t			 count;
};

struct outlines		 outlines_read(struct check *);

/* An entry as a pattern: RES-5 is heeded, variables stay as they are. */
struct pattern		 outline_read(struct check *, const struct node *entry,
			    enum entry_kind);

/* The outer statement takes in all that the inner one does; their effects do
 * not count. */
bool			 outline_covers(struct check *, struct outline *outer,
			    struct outline *inner);
/* The same for one part of them, and for one entry of the inner one's. */
bool			 outline_covers_part(struct check *,
			    struct outline *outer, struct outline *inner,
			    enum entry_kind);
bool			 outline_covers_entry(struct check *,
			    struct outline *outer, struct outline *inner,
			    enum entry_kind, size_t index);
bool			 outline_covers_principals(const struct outline *outer,
			    const struct outline *inner);

#endif
