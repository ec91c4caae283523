/* SPDX-License-Identifier: MIT */
/*
 * Why a promise holds: the question is asked again with every statement open
 * to edits, and what must stand as it is is what the promise rests on.
 */
#include "config.h"

#include "simulator/proof_row.h"

struct examiner {
	struct prover		*prover;
	struct inquiry		 inquiry;
	struct supposed_edits	 edits;
	int			 root;
	bool			 spent;		/* some answer was not to be had */
};

struct edit_bits {
	LIST(int)		 list;
};

static bool
is_made(const struct edit_bits *made, int bit)
{
	for (size_t i = 0; i < made->list.count; i++)
		if (made->list.items[i] == bit)
			return true;
	return false;
}

/* Under all premises, and with none but those edits made. */
static struct search_result
ask_with(struct examiner *examiner, const struct edit_bits *made)
{
	struct prover *prover = examiner->prover;
	size_t edits = examiner->edits.list.count, count = 0;
	int *assumptions = arena_array(examiner->inquiry.arena,
	    examiner->inquiry.count + edits, sizeof(*assumptions));
	struct search_result result;

	for (size_t i = 0; i < examiner->inquiry.count; i++)
		assumptions[count++] = examiner->inquiry.selectors[i];
	for (size_t i = 0; i < edits; i++)
		if (!is_made(made, examiner->edits.list.items[i].bit))
			assumptions[count++] =
			    examiner->edits.list.items[i].bit;
	result = search_decide(examiner->inquiry.search, examiner->root,
	    assumptions, count, prover_budget(prover));
	prover->proof->steps += result.steps;
	examiner->spent |= result.answer == SEARCH_UNDECIDED;
	return result;
}

/* The edits among a core. */
static struct edit_bits
edits_of(struct examiner *examiner, const int *core, size_t count)
{
	struct edit_bits bits = { .list = { .count = 0 } };

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < examiner->edits.list.count; j++)
			if (examiner->edits.list.items[j].bit == core[i])
				*list_add(examiner->inquiry.arena,
				    &bits.list) = core[i];
	return bits;
}

static void
add_ground(struct examiner *examiner, int bit)
{
	struct proof *proof = examiner->prover->proof;

	for (size_t i = 0; i < examiner->edits.list.count; i++) {
		const struct supposed_edit *edit =
		    &examiner->edits.list.items[i];
		bool known = edit->bit != bit;

		for (size_t j = 0; j < proof->grounds.count && !known; j++)
			known = proof->grounds.items[j].clause ==
			    edit->clause;
		if (!known)
			*list_add(examiner->prover->arena,
			    &proof->grounds) = (struct proof_ground){
			    edit->charter, edit->clause };
	}
}

/* The smaller a core, the fewer edits need be tried. */
static struct edit_bits
shrink(struct examiner *examiner, const struct search_result *result)
{
	struct prover *prover = examiner->prover;
	uint64_t budget = prover_budget(prover), before = budget;
	int *core = arena_array(examiner->inquiry.arena, result->core_count,
	    sizeof(*core));
	bool minimal;
	size_t count;

	for (size_t i = 0; i < result->core_count; i++)
		core[i] = result->core[i];
	count = search_minimise(examiner->inquiry.search, examiner->root,
	    core, result->core_count, &budget, &minimal);
	prover->proof->steps += before - budget;
	examiner->spent |= !minimal;
	return edits_of(examiner, core, count);
}

/*
 * So many more edits break it.  Whatever breaks it undoes something of every
 * core, so only those of one core are tried first; the depth is bounded by
 * PROOF_EDITS_MAX.
 */
static bool
breaks_within(struct examiner *examiner, struct edit_bits *made,
    unsigned depth)
{
	struct search_result result = ask_with(examiner, made);
	struct edit_bits core;

	if (result.answer == SEARCH_SATISFIABLE)
		return true;
	if (depth == 0 || result.answer == SEARCH_UNDECIDED)
		return false;
	core = shrink(examiner, &result);
	for (size_t i = 0; i < core.list.count; i++) {
		bool broken;

		*list_add(examiner->inquiry.arena, &made->list) =
		    core.list.items[i];
		broken = breaks_within(examiner, made, depth - 1);
		made->list.count--;
		if (broken)
			return true;
	}
	return false;
}

static unsigned
count_edits(struct examiner *examiner)
{
	for (unsigned depth = 1; depth <= PROOF_EDITS_MAX; depth++) {
		struct edit_bits made = { .list = { .count = 0 } };

		if (breaks_within(examiner, &made, depth))
			return depth;
		if (examiner->spent)
			return 0;
	}
	return PROOF_EDITS_MAX + 1;
}

static bool
examiner_init(struct examiner *examiner, const struct plan_choices *choices)
{
	struct prover *prover = examiner->prover;
	struct inquiry *inquiry = &examiner->inquiry;
	struct formulas *formulas;

	if (!inquiry_make(prover, inquiry, choices, &examiner->edits))
		return false;
	formulas = inquiry->plan.formulas;
	examiner->root = formula_and(formulas, inquiry_bind(prover, inquiry),
	    formula_and(formulas, formula_and(formulas, inquiry->plan.scope,
	    inquiry->plan.allowed), -inquiry->plan.must));
	inquiry->search = search_new(inquiry->engine,
	    inquiry->plan.universe);
	return true;
}

void
proof_explain(struct prover *prover, const struct plan_choices *choices)
{
	struct examiner examiner = { .prover = prover };
	struct edit_bits none = { .list = { .count = 0 } }, core;
	enum proof_verdict verdict = prover->proof->verdict;
	struct search_result result;
	unsigned edits;

	if (examiner_init(&examiner, choices)) {
		result = ask_with(&examiner, &none);
		if (result.answer == SEARCH_UNSATISFIABLE) {
			core = shrink(&examiner, &result);
			for (size_t i = 0; i < core.list.count; i++)
				add_ground(&examiner, core.list.items[i]);
			prover->proof->explained = true;
			edits = count_edits(&examiner);
			if (prover->proof->edits == 0 ||
			    edits < prover->proof->edits)
				prover->proof->edits = edits;
		}
	}
	inquiry_close(prover, &examiner.inquiry);
	/* what cannot be explained holds all the same */
	prover->proof->verdict = verdict;
}
