/* SPDX-License-Identifier: MIT */
/*
 * A question, its answer, and everything that explains it.  story_text() is
 * for people, story_json() for machines; both tell the same facts.
 */
#ifndef SIMULATOR_STORY_H
#define SIMULATOR_STORY_H

#include "policy/json.h"
#include "simulator/flip.h"
#include "simulator/hinge.h"
#include "simulator/terms.h"

struct story {
	const struct court	*court;
	const struct question	*question;
	struct summons		 summons;
	struct answer		 answer;
	struct flips		 flips;
	struct hinges		 hinges;
	struct terms		 terms;
	LIST(const char *)	 notes;		/* sentences, lower case, no
						 * stop */
};

/*
 * Asks, of the simulator alone: what unknown keys may turn is Depends.  False
 * with the fault when it cannot be asked.
 */
bool		 story_ask(struct arena *, const struct court *,
		    const struct question *, struct story *,
		    struct question_fault *);

/*
 * The same, but where the keys that are unknown do not matter after all, the
 * verdict is what it is in any case: the prover is asked of what depends,
 * which takes milliseconds.
 */
bool		 story_settle(struct arena *, const struct court *,
		    const struct question *, struct story *,
		    struct question_fault *);

/* Finds out, of a story that was asked for or settled, on what terms it is
 * allowed, and what would turn the verdict; and settles it. */
void		 story_explain(struct arena *, struct story *);

/* Both in one. */
bool		 story_find(struct arena *, const struct court *,
		    const struct question *, struct story *,
		    struct question_fault *);

/* Lines of at most so many columns, where words allow it. */
struct word	 story_text(struct arena *, const struct story *,
		    size_t width);

/* The verdict and what would turn it, without the calls and their layers. */
struct word	 story_brief(struct arena *, const struct story *,
		    size_t width);
const char	*story_verdict_word(enum verdict);

/* The members of an object that is open: verdict, decidedBy, hops, ... */
void		 story_json(struct arena *, struct json *,
		    const struct story *);

/* The layer that decided, or "" when none did; its level's name. */
const char	*story_layer(const struct story *);
/* Why, lower case, no stop. */
const char	*story_reason(const struct story *);

/* The name of a level of SCPs or RCPs: "root", a unit, an account. */
struct word	 story_level(struct arena *, const struct court *,
		    const struct ruling *, enum layer, size_t level);

/* Where a statement stands: "file:line:column"; AWS's own have a name only. */
const char	*story_place(struct arena *, const struct step *);

#endif
