/* SPDX-License-Identifier: MIT */
/* A plan, what is supposed of its calls, and the bits behind which that is. */
#include "config.h"

#include <string.h>

#include "simulator/proof_row.h"
#include "simulator/reservation.h"

static void
note_apart(struct prover *prover, const struct words *apart)
{
	prover->apart.list.count = 0;
	for (size_t i = 0; i < apart->list.count; i++) {
		struct word word = apart->list.items[i];

		*list_add(prover->arena, &prover->apart.list) = word_from(
		    arena_copy(prover->arena, word.text, word.length),
		    word.length);
	}
}

/* The plan will be gone. */
static void
note_doubt(struct prover *prover, const struct question_fault *doubt)
{
	if (doubt->message == NULL || prover->proof->doubt.message != NULL)
		return;
	prover->proof->doubt = *doubt;
	prover->proof->doubt.message = arena_copy(prover->arena,
	    doubt->message, strlen(doubt->message));
}

bool
inquiry_make(struct prover *prover, struct inquiry *inquiry,
    const struct plan_choices *choices, struct supposed_edits *edits)
{
	const struct judgement_use use = {
		.assuming = prover->guarantee->assuming,
		.hopeful = !prover_is_lively(prover),
	};

	*inquiry = (struct inquiry){ .arena = arena_branch(prover->arena) };
	inquiry->engine = arena_branch(inquiry->arena);
	inquiry->plan = (struct plan){ .arena = inquiry->arena,
	    .court = prover->court, .guarantee = prover->guarantee,
	    .choices = choices, .edits = edits };
	if (!plan_make(&inquiry->plan, &use)) {
		prover->proof->fault = inquiry->plan.fault;
		prover_note_undecided(prover, inquiry->plan.fault.message);
		return false;
	}
	note_doubt(prover, &inquiry->plan.doubt);
	note_apart(prover, &inquiry->plan.apart);
	plan_suppose(&inquiry->plan, (struct premise_reading){
	    .all = use.hopeful, .assumed = !use.hopeful,
	    .trusting = (use.assuming & LAYER_SET(TRUST)) != 0,
	    .endpoint = prover->guarantee->by_layer &&
	    prover->guarantee->layer == LAYER_ENDPOINT });
	for (size_t i = 0; i < inquiry->plan.count; i++)
		prover->proof->assumptions |= *inquiry->plan.calls[i]->rests;
	if (inquiry->plan.unsupported != NULL) {
		prover_note_undecided(prover, inquiry->plan.unsupported);
		return false;
	}
	return true;
}

void
inquiry_close(struct prover *prover, struct inquiry *inquiry)
{
	if (prover->kept == inquiry->arena ||
	    prover->proof->fault.message != NULL)
		arena_free(inquiry->engine);
	else
		arena_free(inquiry->arena);
}

static int
bind_reservations(struct inquiry *inquiry)
{
	struct formulas *formulas = inquiry->plan.formulas;
	int none = FORMULA_TRUE, selector;

	for (size_t i = 0; i < inquiry->plan.count; i++)
		none = formula_and(formulas, none,
		    reservation_none(inquiry->plan.calls[i]));
	if (none == FORMULA_TRUE)
		return none;
	selector = formula_variable(formulas);
	inquiry->closed = true;
	inquiry->premises[inquiry->count] = PREMISE_COUNT;
	inquiry->selectors[inquiry->count++] = selector;
	return formula_implies(formulas, selector, none);
}

void
inquiry_open(struct inquiry *inquiry)
{
	inquiry->count -= inquiry->closed;
	inquiry->closed = false;
}

int
inquiry_bind(struct prover *prover, struct inquiry *inquiry)
{
	struct formulas *formulas = inquiry->plan.formulas;
	int bound = FORMULA_TRUE;

	for (enum premise premise = 0; premise < PREMISE_COUNT; premise++) {
		int all = FORMULA_TRUE, selector;

		for (size_t i = 0; i < inquiry->plan.count; i++)
			all = formula_and(formulas, all,
			    inquiry->plan.calls[i]->premises[premise]);
		if (all == FORMULA_TRUE ||
		    (prover->options->without >> premise & 1) != 0)
			continue;
		selector = formula_variable(formulas);
		bound = formula_and(formulas, bound, formula_implies(formulas,
		    selector, all));
		inquiry->premises[inquiry->count] = premise;
		inquiry->selectors[inquiry->count++] = selector;
	}
	return formula_and(formulas, bound, bind_reservations(inquiry));
}
