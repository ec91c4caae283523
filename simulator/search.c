/* SPDX-License-Identifier: MIT */
/*
 * The loop, and nothing else: what a formula is in clauses, what matters in a
 * model, which texts fit is each known by a file of its own.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/axiom.h"
#include "simulator/justification.h"
#include "simulator/model.h"
#include "simulator/search.h"
#include "simulator/tseitin.h"

struct search {
	struct arena		*arena;
	struct universe		*universe;
	struct formulas		*formulas;
	struct solver		*solver;
	struct tseitin		 tseitin;
	struct axioms		*axioms;
	struct justification	 justification;
	struct model		 model;
	int			 cut;		/* while assumed, what was
						 * not decided is shut off */
	LIST(int)		 goals;		/* root and assumptions */
	LIST(int)		 core;
	LIST(struct lemma)	 lemmas;	/* proved ones */
	/* The model that is kept, by slot and by formula. */
	LIST(struct word)	 texts;
	LIST(bool)		 values;
	bool			 beyond;	/* something was shut off */
};

const char *
search_says(const struct search_result *result)
{
	switch (result->reason) {
	case SEARCH_BUDGET:
		return "the budget is spent";
	case SEARCH_BEYOND:
		return "patterns meet that nobody could combine";
	case SEARCH_MISMATCH:
		return "a model was found that is none";
	case SEARCH_DECIDED:
		break;
	}
	return "nobody knows why";
}

struct search *
search_new(struct arena *arena, struct universe *universe)
{
	struct search *search = arena_alloc(arena, sizeof(*search));

	search->arena = arena;
	search->universe = universe;
	search->formulas = universe_formulas(universe);
	search->solver = solver_new(arena);
	search->axioms = axioms_new(arena, universe, search->solver);
	justification_init(&search->justification, arena, search->formulas,
	    search->solver);
	model_init(&search->model, arena, universe);
	return search;
}

void
search_trace(struct search *search, FILE *clauses, FILE *proof)
{
	solver_trace(search->solver, clauses, proof);
}

/* Clauses of the goals and axioms of what they are made of. */
static void
write_goals(struct search *search)
{
	if (search->tseitin.solver == NULL)
		tseitin_init(&search->tseitin, search->arena,
		    search->formulas, search->solver);
	for (size_t i = 0; i < search->goals.count; i++)
		tseitin_write(&search->tseitin, search->goals.items[i]);
	axioms_add(search->axioms, search->tseitin.met.items,
	    search->tseitin.met.count);
	search->tseitin.met.count = 0;
}

static enum solver_answer
propose(struct search *search, uint64_t *budget)
{
	solver_assume(search->solver, search->cut);
	for (size_t i = 0; i < search->goals.count; i++)
		solver_assume(search->solver, search->goals.items[i]);
	return solver_solve(search->solver, budget);
}

static void
learn(struct search *search, const struct lemma *lemma)
{
	int *clause = arena_array(search->arena, lemma->count + 1,
	    sizeof(*clause));
	size_t count = lemma->count;

	for (size_t i = 0; i < count; i++)
		clause[i] = -lemma->literals[i];
	if (!lemma->proved) {
		clause[count++] = -search->cut;
		search->beyond = true;
	} else {
		*list_add(search->arena, &search->lemmas) = *lemma;
	}
	solver_add(search->solver, clause, count);
}

const int *
search_lemma(const struct search *search, size_t at, size_t *count)
{
	if (at >= search->lemmas.count)
		return NULL;
	*count = search->lemmas.items[at].count;
	return search->lemmas.items[at].literals;
}

static enum model_answer
check_proposal(struct search *search, uint64_t *budget)
{
	enum model_answer answer;

	justification_clear(&search->justification);
	for (size_t i = 0; i < search->goals.count; i++)
		justification_add(&search->justification,
		    search->goals.items[i]);
	answer = model_make(&search->model,
	    search->justification.literals.items,
	    search->justification.literals.count, budget);
	if (answer != MODEL_FOUND)
		for (size_t i = 0; i < search->model.lemmas.count; i++)
			learn(search, &search->model.lemmas.items[i]);
	return answer;
}

/* Proposals and lemmas, until a proposal stands or there is none. */
static enum solver_answer
run(struct search *search, uint64_t *budget)
{
	for (;;) {
		enum solver_answer answer = propose(search, budget);

		if (answer != SOLVER_SATISFIABLE ||
		    check_proposal(search, budget) == MODEL_FOUND)
			return answer;
		if (*budget == 0)
			return SOLVER_SPENT;
	}
}

/* The value of a variable, as the texts have it, if it is about them. */
static bool
read_value(const struct search *search, int variable)
{
	const struct claim *claim = universe_claim(search->universe,
	    variable);

	if (claim != NULL)
		return universe_holds(search->universe, claim,
		    search->texts.items);
	return search->values.items[variable];
}

/* Formulas may have been added since the model was kept. */
static void
widen_values(struct search *search)
{
	size_t first = search->values.count;
	size_t count = (size_t)formulas_end(search->formulas);

	while (search->values.count < count)
		*list_add(search->arena, &search->values) = false;
	for (size_t i = first; i < count; i++)
		search->values.items[i] = read_value(search, (int)i);
}

bool
search_value(struct search *search, int formula)
{
	widen_values(search);
	return formula_holds(search->formulas, formula,
	    search->values.items);
}

/* Free variables as the solver had them, where they matter, else false;
 * all else follows from the texts. */
static void
read_values(struct search *search)
{
	const struct justification *why = &search->justification;

	search->values.count = 0;
	while (search->values.count < (size_t)formulas_end(search->formulas))
		*list_add(search->arena, &search->values) = false;
	for (size_t i = 0; i < why->literals.count; i++)
		search->values.items[abs(why->literals.items[i])] =
		    why->literals.items[i] > 0;
	for (size_t i = 0; i < search->texts.count; i++)
		search->values.items[universe_slot(search->universe,
		    i)->presence] = search->texts.items[i].text != NULL;
	for (size_t i = 2; i < search->values.count; i++)
		search->values.items[i] = read_value(search, (int)i);
}

static void
keep_model(struct search *search)
{
	search->texts.count = 0;
	for (size_t i = 0; i < universe_slots(search->universe); i++)
		*list_add(search->arena, &search->texts) =
		    search->model.texts[i];
	read_values(search);
}

/* The model is one: every text may be, and every goal is true. */
static bool
model_stands(struct search *search)
{
	for (size_t i = 0; i < search->texts.count; i++) {
		const struct slot *slot = universe_slot(search->universe, i);
		struct word text = search->texts.items[i];

		if (text.text == NULL ? slot->presence == FORMULA_TRUE :
		    !universe_admits(search->universe, i, text))
			return false;
	}
	for (size_t i = 0; i < search->goals.count; i++)
		if (!search_value(search, search->goals.items[i]))
			return false;
	return true;
}

/* A slot of the model that could be absent, and whether it is. */
static bool
is_optional(const struct search *search, size_t slot, bool present)
{
	return universe_slot(search->universe, slot)->presence !=
	    FORMULA_TRUE &&
	    (search->texts.items[slot].text != NULL) == present;
}

/* What is absent stays so; of the rest, which of them is is left to the solver.
 * False when nothing is left. */
static bool
want_less(struct search *search)
{
	int less = FORMULA_FALSE;

	for (size_t i = 0; i < search->texts.count; i++) {
		int absent = -universe_slot(search->universe, i)->presence;

		if (is_optional(search, i, false))
			*list_add(search->arena, &search->goals) = absent;
		else if (is_optional(search, i, true))
			less = formula_or(search->formulas, less, absent);
	}
	*list_add(search->arena, &search->goals) = less;
	return less != FORMULA_FALSE;
}

/*
 * A witness is read by people: there is no model with fewer slots of those
 * that could be absent.  Whatever this may cost, the model at hand stands.
 */
static bool
lessen_model(struct search *search, uint64_t *budget)
{
	size_t goals = search->goals.count;

	while (*budget > 0 && want_less(search)) {
		write_goals(search);
		if (run(search, budget) != SOLVER_SATISFIABLE)
			return true;
		keep_model(search);
		if (!model_stands(search))
			return false;
		search->goals.count = goals;
	}
	return true;
}

static struct search_result
conclude_model(struct search *search, uint64_t *budget, bool lessen)
{
	struct search_result result = { .reason = SEARCH_MISMATCH };

	keep_model(search);
	if (!model_stands(search) || (lessen && !lessen_model(search,
	    budget)))
		return result;
	result.answer = SEARCH_SATISFIABLE;
	result.reason = SEARCH_DECIDED;
	result.texts = search->texts.items;
	return result;
}

/* The assumptions among the goals that the solver needed. */
static void
read_core(struct search *search)
{
	search->core.count = 0;
	for (size_t i = 1; i < search->goals.count; i++)
		if (solver_failed(search->solver, search->goals.items[i]))
			*list_add(search->arena, &search->core) =
			    search->goals.items[i];
}

static struct search_result
conclude(struct search *search, enum solver_answer answer, uint64_t *budget,
    bool lessen)
{
	struct search_result result = { .reason = SEARCH_BUDGET };

	if (answer == SOLVER_SATISFIABLE)
		return conclude_model(search, budget, lessen);
	if (answer == SOLVER_SPENT)
		return result;
	if (solver_failed(search->solver, search->cut)) {
		result.reason = SEARCH_BEYOND;
		return result;
	}
	read_core(search);
	result.answer = SEARCH_UNSATISFIABLE;
	result.reason = SEARCH_DECIDED;
	result.core = search->core.items;
	result.core_count = search->core.count;
	return result;
}

static struct search_result
ask(struct search *search, int root, const int *assumptions, size_t count,
    uint64_t budget, bool lessen)
{
	struct search_result result;
	uint64_t left = budget;

	search->goals.count = 0;
	*list_add(search->arena, &search->goals) = root;
	for (size_t i = 0; i < count; i++)
		*list_add(search->arena, &search->goals) = assumptions[i];
	if (search->cut == 0 || search->beyond)
		search->cut = formula_variable(search->formulas);
	search->beyond = false;
	write_goals(search);
	result = conclude(search, run(search, &left), &left, lessen);
	result.steps = budget - left;
	return result;
}

struct search_result
search_solve(struct search *search, int root, const int *assumptions,
    size_t count, uint64_t budget)
{
	return ask(search, root, assumptions, count, budget, true);
}

struct search_result
search_decide(struct search *search, int root, const int *assumptions,
    size_t count, uint64_t budget)
{
	return ask(search, root, assumptions, count, budget, false);
}

/* Moves the part of a core that is still needed to the front. */
size_t
search_minimise(struct search *search, int root, int *core, size_t count,
    uint64_t *budget, bool *minimal)
{
	*minimal = true;
	for (size_t i = count; i-- > 0;) {
		int left_out = core[i];
		struct search_result result;

		memmove(core + i, core + i + 1,
		    (count - i - 1) * sizeof(*core));
		result = search_decide(search, root, core, count - 1,
		    *budget);
		*budget -= result.steps;
		*minimal &= result.answer != SEARCH_UNDECIDED;
		if (result.answer == SEARCH_UNSATISFIABLE) {
			count--;
			continue;
		}
		memmove(core + i + 1, core + i,
		    (count - i - 1) * sizeof(*core));
		core[i] = left_out;
	}
	return count;
}
