/* SPDX-License-Identifier: MIT */
/*
 * Claims need a value to be true of, and a closed slot has one word.
 */
#include "config.h"

#include "policy/list.h"
#include "simulator/axiom.h"

struct axioms {
	struct arena		*arena;
	struct universe		*universe;
	struct formulas		*formulas;
	struct solver		*solver;
	LIST(bool)		 closed;	/* was told, by slot */
};

struct axioms *
axioms_new(struct arena *arena, struct universe *universe,
    struct solver *solver)
{
	struct axioms *axioms = arena_alloc(arena, sizeof(*axioms));

	axioms->arena = arena;
	axioms->universe = universe;
	axioms->formulas = universe_formulas(universe);
	axioms->solver = solver;
	return axioms;
}

static void
imply(struct axioms *axioms, int premise, int conclusion)
{
	if (conclusion != FORMULA_TRUE)
		solver_add(axioms->solver, (int[]){ -premise, conclusion }, 2);
}

static void
exclude(struct axioms *axioms, int a, int b)
{
	imply(axioms, a, -b);
}

/* At most one, by a chain of "one of those up to here". */
static void
exclude_all(struct axioms *axioms, const int *literals, size_t count)
{
	int before = literals[0];

	for (size_t i = 1; i < count; i++) {
		int here;

		exclude(axioms, before, literals[i]);
		if (i + 1 == count)
			break;
		here = formula_variable(axioms->formulas);
		imply(axioms, before, here);
		imply(axioms, literals[i], here);
		before = here;
	}
}

static bool
is_told(struct axioms *axioms, size_t slot)
{
	while (axioms->closed.count <= slot)
		*list_add(axioms->arena, &axioms->closed) = false;
	return axioms->closed.items[slot];
}

/* A closed slot that is there has exactly one of its words. */
static void
tell_words(struct axioms *axioms, size_t number)
{
	const struct slot slot = *universe_slot(axioms->universe, number);
	int *words = arena_array(axioms->arena, slot.word_count + 1,
	    sizeof(*words));

	if (is_told(axioms, number))
		return;
	axioms->closed.items[number] = true;
	for (size_t i = 0; i < slot.word_count; i++) {
		words[i] = universe_word(axioms->universe, number, i);
		imply(axioms, words[i], slot.presence);
	}
	words[slot.word_count] = -slot.presence;
	solver_add(axioms->solver, words, slot.word_count + 1);
	if (slot.word_count > 1)
		exclude_all(axioms, words, slot.word_count);
}

/* A value that is made of others is there only when they are. */
static void
tell_pieces(struct axioms *axioms, const struct claim *claim)
{
	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable)
			imply(axioms, claim->variable, universe_slot(
			    axioms->universe,
			    claim->pieces[i].slot)->presence);
}

void
axioms_add(struct axioms *axioms, int variable)
{
	const struct claim *claim = universe_claim(axioms->universe, variable);
	const struct slot *slot;

	if (claim == NULL)
		return;
	slot = universe_slot(axioms->universe, claim->slot);
	imply(axioms, variable, slot->presence);
	if (claim->kind == CLAIM_TEMPLATE)
		tell_pieces(axioms, claim);
	if (slot->words != NULL)
		tell_words(axioms, claim->slot);
}
