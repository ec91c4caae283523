/* SPDX-License-Identifier: MIT */
/*
 * Rows for people about a request that is decided.  Whether it was asked for
 * (story.h) or found by a proof (testimony.h) is not known here.
 */
#ifndef SIMULATOR_TELLER_H
#define SIMULATOR_TELLER_H

#include "simulator/chain.h"
#include "simulator/page.h"

enum {
	TELLER_LABEL = 2,		/* where rows begin */
	TELLER_BODY = 13,		/* and go on behind the label */
	TELLER_NARROW = 60,		/* columns: then indent less */
	TELLER_HANG = 4
};

struct teller {
	struct arena		*arena;
	const struct court	*court;
	struct page		 page;
	layer_set		 silent;	/* layers that are left out */
	bool			 found;		/* by a proof, not asked for:
						 * leave out layers that put no
						 * limit, and where keys come
						 * from; show the Deny that came
						 * nearest where one allows */
};

/* A row with that label; "" for more of the one above. */
void		 teller_begin(struct teller *, const char *label);
/* In the arena, with a NUL. */
const char	*teller_quote(struct teller *, struct word);

/* A row for each layer: its stance, and the statement behind it. */
void		 teller_layers(struct teller *, const struct ruling *);
/* Rows of the keys that statements asked for, by how they are known. */
void		 teller_keys(struct teller *, const struct ruling *);
/* Whose ARN it is, and of a federated session whose it is besides. */
void		 teller_caller(struct teller *, const struct actor *);
/* "through internet" */
void		 teller_way(struct teller *, const struct way *);
/* The assumptions, as they are turned; nothing of none. */
void		 teller_rests(struct teller *, assumption_set);

#endif
