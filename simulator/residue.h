/* SPDX-License-Identifier: MIT */
/*
 * What an answer rests on, and what it still hangs on: the statements that
 * match its requests or may match them, and of these the tests that unknown
 * keys leave open.  Two callers with equal residues are allowed the same under
 * the same conditions.
 */
#ifndef SIMULATOR_RESIDUE_H
#define SIMULATOR_RESIDUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "simulator/chain.h"

/* A statement that matches, or may. */
struct remnant {
	size_t			 hop, ruling;	/* of the answer, from 0 */
	struct step		 step;
	LIST(const struct test *) open;		/* its tests that are unknown */
	bool			 principal_open;	/* so is whether it names
						 * the caller; */
	bool			 resource_open;	/* or the resource */
};

struct residue {
	LIST(struct remnant)	 list;		/* in the order of the trails */
	bool			 personal;	/* something open is about who the
						 * caller is: callers with equal
						 * policies may differ */
};

/*
 * Decides a question about any request.  Whoever has keys that last may use
 * them: only when that is not allowed, come what may, are sessions asked for
 * as well.
 */
void		 residue_decide(struct arena *, const struct court *,
		    const struct question *, struct summons *,
		    struct answer *);

/* Everything lives in the arena, but for what the trails point to. */
void		 residue_find(struct arena *, const struct court *,
		    const struct answer *, struct residue *);

/*
 * The same of all for whom these two stand: one who is allowed, and one who is
 * not.  What tells them apart is open, and what denies only the other is there.
 */
void		 residue_contrast(struct arena *, const struct court *,
		    const struct answer *allowed, const struct answer *denied,
		    struct residue *);

/* The same statements, or such as read the same, open in the same tests. */
bool		 residue_equal(const struct residue *,
		    const struct residue *);
uint64_t	 residue_hash(const struct residue *);

/* The key is not the same for all who have the same policies. */
bool		 residue_is_personal(struct word key);

/* The statement surely matches, and allows. */
bool		 remnant_grants(const struct remnant *);
/* It belongs to a layer that grants by itself: not to one that only limits. */
bool		 remnant_is_grant(const struct remnant *);

#endif
