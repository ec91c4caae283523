/* SPDX-License-Identifier: MIT */
/*
 * One slot at a time: is there a text of which some claims are true and some
 * false?  Either a text, or a few claims that contradict each other, which
 * makes a lemma; or nobody knows.  Knows no formulas.
 */
#ifndef SIMULATOR_THEORY_H
#define SIMULATOR_THEORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "policy/pattern.h"
#include "simulator/universe.h"
#include "simulator/word.h"

enum theory_answer {
	THEORY_UNKNOWN = 0,	/* spent, or beyond what is understood */
	THEORY_CONFLICT,	/* no text; `core' says why */
	THEORY_TEXT
};

/* A pattern that must match, or must not, beside the claims. */
struct demand {
	struct pattern	 pattern;
	bool		 wanted;
};

struct question {
	size_t			 slot;
	/* Claims by their variables, negative when they are to be false.
	 * Templates among them count by their relaxed pattern when true, and
	 * not at all when false. */
	const int		*literals;
	size_t			 literal_count;
	const struct demand	*demands;
	size_t			 demand_count;
};

/* Scratch memory and what was learned of pairs; lies in the arena. */
struct theory;

struct theory		*theory_new(struct arena *, const struct universe *);

/*
 * THEORY_TEXT: `*text' is a text that the slot admits.  THEORY_CONFLICT:
 * theory_core() are literals of the question that no text has at once, and
 * none of which can be left out; with demands, they may rest on those, too.
 */
enum theory_answer	 theory_ask(struct theory *, const struct question *,
			    uint64_t *budget, struct word *text);
const int		*theory_core(const struct theory *, size_t *count);
/* The core of the last conflict rests on demands. */
bool			 theory_core_demands(const struct theory *);

#endif
