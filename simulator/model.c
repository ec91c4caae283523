/* SPDX-License-Identifier: MIT */
/*
 * Slot by slot; only templates tie slots to each other.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/model.h"

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
	model->tie = (struct tie){ .arena = model->arena,
	    .universe = model->universe, .theory = model->theory,
	    .plans = model->plans, .texts = model->texts, .slots = slots };
}

static void
clear(struct model *model)
{
	widen(model);
	model->lemmas.count = 0;
	for (size_t i = 0; i < model->slots; i++) {
		struct slot_plan *plan = &model->plans[i];

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
	struct slot_plan *plan;

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

/* What no text is true of may well be true of an absent slot. */
static void
add_slot_lemma(struct model *model, size_t slot, const int *literals,
    size_t count, bool proved)
{
	int presence = universe_slot(model->universe, slot)->presence;
	LIST(int) lemma = { .count = 0 };

	if (presence != FORMULA_TRUE)
		*list_add(model->arena, &lemma) = presence;
	for (size_t i = 0; i < count; i++) {
		if (literals[i] > 0 && presence != FORMULA_TRUE) {
			lemma.items[0] = literals[i];
			presence = FORMULA_TRUE;
			continue;
		}
		*list_add(model->arena, &lemma) = literals[i];
	}
	add_lemma(model, lemma.items, lemma.count, proved);
}

static enum theory_answer
ask(struct model *model, size_t slot, uint64_t *budget)
{
	struct slot_plan *plan = &model->plans[slot];
	struct theory_question question = { .slot = slot,
	    .literals = plan->literals.items,
	    .literal_count = plan->literals.count };
	enum theory_answer answer;
	const int *core;
	size_t count;

	answer = theory_ask(model->theory, &question, budget,
	    &model->texts[slot]);
	if (answer == THEORY_CONFLICT) {
		core = theory_core(model->theory, &count);
		add_slot_lemma(model, slot, core, count, true);
	} else if (answer == THEORY_UNKNOWN) {
		add_slot_lemma(model, slot, plan->literals.items,
		    plan->literals.count, false);
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

static enum model_answer
resolve_ties(struct model *model, uint64_t *budget)
{
	switch (tie_resolve(&model->tie, budget)) {
	case TIE_FOUND:
		return MODEL_FOUND;
	case TIE_CONFLICT:
		add_lemma(model, model->tie.core.items,
		    model->tie.core.count, true);
		return MODEL_CONFLICT;
	case TIE_UNKNOWN:
		give_up_tied(model);
		break;
	}
	return MODEL_UNKNOWN;
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
	return answer != MODEL_FOUND ? answer : resolve_ties(model, budget);
}
