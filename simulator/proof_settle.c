/* SPDX-License-Identifier: MIT */
/*
 * Of all that breaks a promise, what is shown should be as ordinary as can
 * be: callers, ways, actions and resources are listed with the most ordinary
 * first, and each is settled on the first that will do.
 */
#include "config.h"

#include "simulator/proof_row.h"

enum { TRIES_MAX = 24 };

struct settling {
	struct prover		*prover;
	struct inquiry		*inquiry;
	int			 root;
	const struct word	*texts;		/* of the model so far */
};

static bool
settle_on(struct settling *settling, int bit)
{
	const struct inquiry *inquiry = settling->inquiry;
	int root = formula_and(inquiry->plan.formulas, settling->root, bit);
	struct search_result result = search_decide(inquiry->search, root,
	    inquiry->selectors, inquiry->count,
	    prover_budget(settling->prover));

	settling->prover->proof->steps += result.steps;
	if (result.answer != SEARCH_SATISFIABLE)
		return false;
	settling->root = root;
	settling->texts = result.texts;
	return true;
}

/* Where the model has one of the words that are tried, else behind them. */
static size_t
find_own(const struct settling *settling, size_t number)
{
	const struct slot *slot = universe_slot(
	    settling->inquiry->plan.universe, number);
	size_t at = 0;

	while (at < slot->word_count && at < TRIES_MAX &&
	    !word_equal(slot->words[at], settling->texts[number]))
		at++;
	return at;
}

/* One of the words before that place. */
static int
any_before(const struct settling *settling, size_t number, size_t end)
{
	const struct plan *plan = &settling->inquiry->plan;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < end; i++)
		any = formula_or(plan->formulas, any, universe_word(
		    plan->universe, number, i));
	return any;
}

/*
 * The first of the slot's words that a model has: whether there is one before
 * the word at hand is one question for all of them, and the answer is mostly
 * that there is none.
 */
static void
settle_slot(struct settling *settling, size_t number)
{
	const struct plan *plan = &settling->inquiry->plan;
	const struct slot *slot = universe_slot(plan->universe, number);
	int root = settling->root;
	size_t own;

	while ((own = find_own(settling, number)) > 0 &&
	    settle_on(settling, any_before(settling, number, own)))
		settling->root = root;
	if (own < slot->word_count && own < TRIES_MAX)
		settling->root = formula_and(plan->formulas, root,
		    universe_word(plan->universe, number, own));
}

struct search_result
inquiry_settle(struct prover *prover, struct inquiry *inquiry, int root,
    const struct word *texts)
{
	struct settling settling = { prover, inquiry, root, texts };

	for (size_t i = 0; i < inquiry->plan.count; i++) {
		const struct supposition *call = inquiry->plan.calls[i];

		settle_slot(&settling, call->caller);
		settle_slot(&settling, call->path);
		for (size_t j = 0; j < call->requests.count; j++) {
			settle_on(&settling,
			    -call->requests.items[j]->there);
			settle_slot(&settling,
			    call->requests.items[j]->action);
			settle_slot(&settling, call->requests.items[j]->sort);
		}
	}
	/* only this one is shown */
	return search_solve(inquiry->search, settling.root,
	    inquiry->selectors, inquiry->count, prover_budget(prover));
}
