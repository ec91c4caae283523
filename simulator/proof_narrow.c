/* SPDX-License-Identifier: MIT */
/*
 * Which documents a verdict rests on: the question is asked again with every
 * document open to doubt.  What no request can do is so whatever a document
 * says, if it is so when the document allows everything; what some request can
 * do, if it can when the document denies everything.  For what is allowed
 * grows with what each document allows, and with nothing that it denies.
 */
#include "config.h"

#include "simulator/proof_row.h"

struct narrowing {
	struct prover		*prover;
	struct inquiry		 inquiry;
	struct supposed_edits	 edits;		/* doubts */
	LIST(bool)		 doubted;	/* likewise */
	int			 root;
};

static struct search_result
ask(struct narrowing *narrowing)
{
	struct inquiry *inquiry = &narrowing->inquiry;
	struct prover *prover = narrowing->prover;
	size_t edits = narrowing->edits.list.count, count = 0;
	int *assumptions = arena_array(inquiry->arena,
	    inquiry->count + edits, sizeof(*assumptions));
	struct search_result result;

	for (size_t i = 0; i < inquiry->count; i++)
		assumptions[count++] = inquiry->selectors[i];
	for (size_t i = 0; i < edits; i++)
		if (!narrowing->doubted.items[i])
			assumptions[count++] =
			    narrowing->edits.list.items[i].bit;
		else
			assumptions[count++] =
			    -narrowing->edits.list.items[i].bit;
	result = search_decide(inquiry->search, narrowing->root, assumptions,
	    count, prover_budget(prover));
	prover->proof->steps += result.steps;
	return result;
}

static void
add_document(struct narrowing *narrowing, const struct charter *charter)
{
	struct proof *proof = narrowing->prover->proof;

	for (size_t i = 0; i < proof->documents.count; i++)
		if (proof->documents.items[i] == charter)
			return;
	*list_add(narrowing->prover->arena, &proof->documents) = charter;
}

/* Doubts them one by one, and all that could be together. */
static void
doubt_each(struct narrowing *narrowing, enum edit_kind kind,
    enum search_answer answer)
{
	for (size_t i = 0; i < narrowing->edits.list.count; i++) {
		const struct supposed_edit *edit =
		    &narrowing->edits.list.items[i];

		if (edit->kind != kind)
			continue;
		narrowing->doubted.items[i] = true;
		if (ask(narrowing).answer == answer)
			continue;
		narrowing->doubted.items[i] = false;
		add_document(narrowing, edit->charter);
	}
}

static bool
narrowing_init(struct narrowing *narrowing,
    const struct plan_choices *choices, bool found)
{
	struct prover *prover = narrowing->prover;
	struct inquiry *inquiry = &narrowing->inquiry;
	bool lively = prover_is_lively(prover);
	struct formulas *formulas;
	int promise;

	narrowing->edits.whole = true;
	if (!inquiry_make(prover, inquiry, choices, &narrowing->edits))
		return false;
	formulas = inquiry->plan.formulas;
	promise = !lively ? -inquiry->plan.must :
	    prover->guarantee->must == NULL ? FORMULA_TRUE :
	    inquiry->plan.must;
	narrowing->root = formula_and(formulas, inquiry_bind(prover, inquiry),
	    formula_and(formulas, formula_and(formulas, inquiry->plan.scope,
	    inquiry->plan.allowed), promise));
	inquiry->search = search_new(inquiry->engine,
	    inquiry->plan.universe);
	/* a document must not matter for what is left out, either */
	if (!found)
		inquiry_open(inquiry);
	for (size_t i = 0; i < narrowing->edits.list.count; i++)
		*list_add(inquiry->arena, &narrowing->doubted) = false;
	return true;
}

void
proof_narrow(struct prover *prover, const struct plan_choices *choices)
{
	struct narrowing narrowing = { .prover = prover };
	const struct proof before = *prover->proof;
	bool found = (before.verdict == PROOF_HOLDS) ==
	    prover_is_lively(prover);
	enum search_answer answer = found ? SEARCH_SATISFIABLE :
	    SEARCH_UNSATISFIABLE;

	if (before.verdict == PROOF_UNDECIDED) {
		prover->proof->narrowed = false;
		return;
	}
	if (narrowing_init(&narrowing, choices, found) &&
	    ask(&narrowing).answer == answer)
		doubt_each(&narrowing, found ? EDIT_DISTRUST : EDIT_TRUST,
		    answer);
	else
		prover->proof->narrowed = false;
	inquiry_close(prover, &narrowing.inquiry);
	/* what cannot be narrowed stands all the same */
	prover->proof->verdict = before.verdict;
	prover->proof->reason = before.reason;
}
