/* SPDX-License-Identifier: MIT */
/*
 * Pairs of documents with what came of them, and the two ways of telling it.
 */
#ifndef TOOLS_DIFFERENCE_H
#define TOOLS_DIFFERENCE_H

#include "simulator/change.h"
#include "tools/pairing.h"

/* One pair; without an answer both verdicts are undecided, with the reason. */
struct difference {
	struct pair	 pair;
	bool		 beside;	/* see change_is_beside() */
	struct change	 gained, lost;
};

struct differences {
	struct arena	*arena;
	const char	*old, *new;	/* as typed */
	bool		 color;
	size_t		 width;
	size_t		 skipped;
	LIST(struct difference) list;
};

/* Of all pairs: some if any has some, then undecided if any is. */
enum change_verdict	 difference_verdict(const struct differences *,
			    bool lost);
const char		*difference_verdict_name(enum change_verdict);
/* The same request is allowed by both documents, whatever it is. */
bool			 difference_is_none(const struct difference *);

void	 difference_text(const struct differences *);
void	 difference_json(const struct differences *);

#endif
