/* SPDX-License-Identifier: MIT */
/*
 * Slot by slot; only templates tie slots to each other.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/model.h"

/* What is asked of a slot. */
struct plan {
	LIST(int)		 literals;	/* of claims */
	bool			 needed;	/* it must have a value */
	bool			 tied;		/* has or is in a template */
};

void
model_init(struct model *model, struct arena *arena,
    const struct universe *universe)
{
	*model = (struct model){ .arena = arena, .universe = universe,
	    .theory = theory_new(arena, universe) };
}

static void
widen(struct model *model)
{
	size_t slots = universe_slots(model->universe);

	if (slots <= model->slots)
		return;
	model->plans = arena_array(model->arena, slots,
	    sizeof(*model->plans));
	model->texts = arena_array(model->arena, slots,
	    sizeof(*model->texts));
	model->slots = slots;
}

static void
clear(struct model *model)
{
	widen(model);
	model->lemmas.count = 0;
	for (size_t i = 0; i < model->slots; i++) {
		struct plan *plan = &model->plans[i];

		plan->literals.count = 0;
		plan->needed = universe_slot(model->universe, i)->presence ==
		    FORMULA_TRUE;
		plan->tied = false;
		model->texts[i] = (struct word){ NULL, 0 };
	}
}

static void
need_pieces(struct model *model, const struct claim *claim)
{
	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable)
			model->plans[claim->pieces[i].slot].needed = true;
}

static void
tie_pieces(struct model *model, const struct claim *claim)
{
	model->plans[claim->slot].tied = true;
	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable)
			model->plans[claim->pieces[i].slot].tied = true;
}

static void
add_literal(struct model *model, int literal)
{
	const struct claim *claim = universe_claim(model->universe,
	    abs(literal));
	struct plan *plan;

	if (claim == NULL)
		return;
	plan = &model->plans[claim->slot];
	*list_add(model->arena, &plan->literals) = literal;
	plan->needed |= literal > 0;
	if (claim->kind != CLAIM_TEMPLATE)
		return;
	tie_pieces(model, claim);
	if (literal > 0)
		need_pieces(model, claim);
}

static void
need_present(struct model *model, int literal)
{
	for (size_t i = 0; literal > 0 && i < model->slots; i++)
		if (universe_slot(model->universe, i)->presence == literal)
			model->plans[i].needed = true;
}

static void
add_lemma(struct model *model, const int *literals, size_t count, bool proved)
{
	int *copy = arena_array(model->arena, count, sizeof(*copy));

	if (count > 0)
		memcpy(copy, literals, count * sizeof(*copy));
	*list_add(model->arena, &model->lemmas) = (struct lemma){ copy, count,
	    proved };
}

static enum theory_answer
ask(struct model *model, size_t slot, uint64_t *budget)
{
	struct plan *plan = &model->plans[slot];
	struct question question = { .slot = slot,
	    .literals = plan->literals.items,
	    .literal_count = plan->literals.count };
	enum theory_answer answer;
	const int *core;
	size_t count;

	answer = theory_ask(model->theory, &question, budget,
	    &model->texts[slot]);
	if (answer == THEORY_CONFLICT) {
		core = theory_core(model->theory, &count);
		add_lemma(model, core, count, true);
	} else if (answer == THEORY_UNKNOWN) {
		add_lemma(model, plan->literals.items, plan->literals.count,
		    false);
	}
	return answer;
}

/* Each slot for itself. */
static enum model_answer
ask_all(struct model *model, uint64_t *budget)
{
	enum model_answer answer = MODEL_FOUND;

	for (size_t i = 0; i < model->slots; i++) {
		if (!model->plans[i].needed)
			continue;
		switch (ask(model, i, budget)) {
		case THEORY_TEXT:
			break;
		case THEORY_CONFLICT:
			answer = MODEL_CONFLICT;
			break;
		case THEORY_UNKNOWN:
			if (answer == MODEL_FOUND)
				answer = MODEL_UNKNOWN;
			break;
		}
	}
	return answer;
}

/* The literals of all slots that are tied to others could not be combined. */
static void
give_up_tied(struct model *model)
{
	LIST(int) literals = { .count = 0 };

	for (size_t i = 0; i < model->slots; i++)
		for (size_t j = 0; model->plans[i].tied &&
		    j < model->plans[i].literals.count; j++)
			*list_add(model->arena, &literals) =
			    model->plans[i].literals.items[j];
	add_lemma(model, literals.items, literals.count, false);
}

static bool
ties_hold(const struct model *model)
{
	for (size_t i = 0; i < model->slots; i++)
		for (size_t j = 0; model->plans[i].tied &&
		    j < model->plans[i].literals.count; j++) {
			int literal = model->plans[i].literals.items[j];

			if (universe_holds(model->universe, universe_claim(
			    model->universe, abs(literal)), model->texts) !=
			    (literal > 0))
				return false;
		}
	return true;
}

enum model_answer
model_make(struct model *model, const int *literals, size_t count,
    uint64_t *budget)
{
	enum model_answer answer;

	clear(model);
	for (size_t i = 0; i < count; i++) {
		add_literal(model, literals[i]);
		need_present(model, literals[i]);
	}
	answer = ask_all(model, budget);
	if (answer != MODEL_FOUND || ties_hold(model))
		return answer;
	give_up_tied(model);
	return MODEL_UNKNOWN;
}
