/* SPDX-License-Identifier: MIT */
/* What the files of proof_*.c share; nobody else includes this. */
#ifndef SIMULATOR_PROOF_ROW_H
#define SIMULATOR_PROOF_ROW_H

#include "simulator/plan.h"
#include "simulator/proof.h"
#include "simulator/search.h"

struct prover {
	struct arena			*arena;
	const struct court		*court;
	const struct guarantee		*guarantee;	/* one promise */
	const struct proof_options	*options;
	struct proof			*proof;
	struct words			 apart;		/* of the last plan */
	struct arena			*kept;		/* where the witness is, a
							 * branch; or NULL */
};

/* A question to the search: the plan under its premises.  Both take far more
 * memory than what is told of them, so they have branches of their own. */
struct inquiry {
	struct arena		*arena;		/* the plan's */
	struct arena		*engine;	/* the search's */
	struct plan		 plan;
	struct search		*search;
	int			 selectors[PREMISE_COUNT + 1];
	size_t			 count;
	enum premise		 premises[PREMISE_COUNT + 1];
	bool			 closed;	/* the last bit is no premise's:
						 * nothing of what is left out of
						 * the calls is true */
};

/* False when there is no plan, which is then noted; `edits' may be NULL.  To
 * be closed in either case. */
bool			 inquiry_make(struct prover *, struct inquiry *,
			    const struct plan_choices *,
			    struct supposed_edits *edits);
/* Gives back its memory, but for what a fault or the witness needs. */
void			 inquiry_close(struct prover *, struct inquiry *);
/* Every premise behind a bit of its own, so that a core can name it; and
 * behind the last that nothing is true of what is left out of the calls. */
int			 inquiry_bind(struct prover *, struct inquiry *);
/* From now on, that may be true. */
void			 inquiry_open(struct inquiry *);
/* The most ordinary model there is, of a root that has the one with these
 * texts. */
struct search_result	 inquiry_settle(struct prover *, struct inquiry *,
			    int root, const struct word *texts);
/* The steps that the prover may still take. */
uint64_t		 prover_budget(const struct prover *);

/* Of a promise that holds: the statements that it rests on, and how many
 * edits of them break it. */
void			 proof_explain(struct prover *,
			    const struct plan_choices *);

/* Of what holds: the readings under which it does not are added. */
void			 proof_read_otherwise(const struct prover *,
			    const struct guarantee *);

/* Of a verdict: the documents that it rests on are added to the proof. */
void			 proof_narrow(struct prover *,
			    const struct plan_choices *);

/* Something must go: it is no promise that something never is. */
bool			 prover_is_lively(const struct prover *);
void			 prover_note_undecided(struct prover *,
			    const char *reason);

#endif
