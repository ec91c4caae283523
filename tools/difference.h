/* SPDX-License-Identifier: MIT */
/*
 * Pairs of documents, or two estates, with what came of them, and the two ways
 * of telling it.
 */
#ifndef TOOLS_DIFFERENCE_H
#define TOOLS_DIFFERENCE_H

#include "policy/json.h"
#include "simulator/change.h"
#include "simulator/change_estate.h"
#include "tools/output.h"
#include "tools/pairing.h"

/* One pair; without an answer both verdicts are undecided, with the reason. */
struct difference {
	struct pair	 pair;
	bool		 beside;	/* see change_is_beside() */
	struct change_answer	 gained, lost;
};

/* Two estates. */
struct estate_difference {
	struct court		 old, new;
	struct change_calls	 gained, lost;
};

struct differences {
	struct arena	*arena;
	const char	*old, *new;	/* as typed */
	size_t		 skipped;
	LIST(struct difference) list;
	const struct estate_difference *estates;	/* instead; or NULL */
};

/* Of all pairs: some if any has some, then undecided if any is. */
enum change_verdict	 difference_verdict(const struct differences *,
			    bool lost);
/* The same request is allowed by both documents, whatever it is. */
bool			 difference_is_none(const struct difference *);

/* Formats: the result is a struct differences. */
void	 difference_text(const void *result, const struct output_stream *);
void	 difference_json(const void *result, const struct output_stream *);

/* The same of two estates; into an array that is open, the witnesses of one
 * direction. */
void	 difference_estate_text(const struct differences *,
	    const struct output_stream *);
void	 difference_estate_json(const struct differences *, struct json *,
	    bool lost);

#endif
