/* SPDX-License-Identifier: MIT */
/* What the parts of plan.c share; nobody else includes this. */
#ifndef SIMULATOR_PLAN_ROW_H
#define SIMULATOR_PLAN_ROW_H

#include "simulator/plan.h"
#include "simulator/repertoire.h"

/* Notes what is wrong with the guarantee; false, always. */
bool		 plan_fail(struct plan *, struct span, const char *message,
		    const char *help);
/* Notes what somebody will not have meant. */
void		 plan_doubt(struct plan *, struct span, const char *message);
/* The words that a list counts for: all, or the one that is chosen. */
struct phrases	 plan_words(const struct plan *, size_t step,
		    const struct guarantee_phrase *, const struct phrases *);

/*
 * The documents of which one must allow whatever the step speaks of; false
 * when others could as well.
 */
bool		 plan_find_granting(struct plan *, size_t step,
		    struct charters *);
/* The keys that conditions of the guarantee test. */
void		 plan_list_keys(const struct plan *, struct words *);
/* Patterns of the actions that they name. */
void		 plan_list_actions(const struct plan *, struct phrases *);
/* The request makes a role's session: always, never, or by its action. */
int		 plan_makes_session(const struct supposed_request *);
/* What a step says of its call. */
int		 plan_step(struct plan *, size_t step);
int		 plan_condition(struct plan *,
		    const struct guarantee_condition *);
/* The thing of the estate that a word names; notes what is wrong otherwise. */
bool		 plan_find_thing(struct plan *, const struct phrase *,
		    unsigned kinds, struct estate_thing *);
/* The word behind `by', or `by session of', names the caller. */
int		 plan_by(struct plan *, struct supposition *,
		    const struct phrase *);
int		 plan_by_session_of(struct plan *, struct supposition *,
		    const struct phrase *);
/* A phrase, said of a call; the first with the request that it is about when
 * that is one alone. */
int		 plan_phrase(struct plan *, size_t step,
		    struct supposed_request *,
		    const struct guarantee_phrase *);

#endif
