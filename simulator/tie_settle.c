/* SPDX-License-Identifier: MIT */
/*
 * Slots get their texts one after the other, variables before what they stand
 * in, and when a slot has none, the one before it gets another.
 */
#include "config.h"

#include "simulator/tie_row.h"

enum {
	TRIES_MAX = 200,		/* questions for one model */
	OTHERS_MAX = 3			/* texts that nobody hinted at */
};

static bool
is_template(const struct tie *tie, int literal)
{
	return tie_claim(tie, literal)->kind == CLAIM_TEMPLATE;
}

/* All slots in the templates of this one have their place. */
static bool
pieces_ordered(const struct tie *tie, const struct slot_plan *plan)
{
	for (size_t i = 0; i < plan->literals.count; i++) {
		const struct claim *claim = tie_claim(tie,
		    plan->literals.items[i]);

		for (size_t j = 0; j < claim->piece_count; j++)
			if (claim->pieces[j].variable && !tie->plans[
			    claim->pieces[j].slot].ordered)
				return false;
	}
	return true;
}

/* False when some stand in each other, in a ring. */
static bool
order_slots(struct tie *tie)
{
	bool more = true, all = true;

	tie->order.count = 0;
	for (size_t i = 0; i < tie->slots; i++)
		tie->plans[i].ordered = !tie->plans[i].tied;
	while (more) {
		more = false;
		for (size_t i = 0; i < tie->slots; i++) {
			if (tie->plans[i].ordered ||
			    !pieces_ordered(tie, &tie->plans[i]))
				continue;
			tie->plans[i].ordered = more = true;
			*list_add(tie->arena, &tie->order) = i;
		}
	}
	for (size_t i = 0; i < tie->slots; i++)
		all &= tie->plans[i].ordered;
	return all;
}

/* The literal that leaves the slot one text; 0: it may have others. */
static int
fixing_literal(const struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];
		const struct claim *claim = tie_claim(tie, literal);

		if (literal > 0 && (claim->kind == CLAIM_WORD ||
		    (claim->kind == CLAIM_PATTERN && !claim->pattern.wild &&
		    !claim->pattern.folded)))
			return literal;
	}
	return 0;
}

static bool
pieces_present(const struct tie *tie, const struct claim *claim)
{
	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable &&
		    tie->texts[claim->pieces[i].slot].text == NULL)
			return false;
	return true;
}

/* The templates of a slot, now that their variables have texts. */
static void
demand_templates(struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	tie->demands.count = 0;
	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];

		if (is_template(tie, literal) &&
		    pieces_present(tie, tie_claim(tie, literal)))
			tie_demand(tie, claim_ground(tie->arena,
			    tie_claim(tie, literal), tie->texts), literal > 0);
	}
}

/* Texts that it had already must not come again. */
static void
demand_another(struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	for (size_t i = 0; i < plan->taken.count; i++)
		tie_demand(tie, (struct pattern){
		    plan->taken.items[i].text, plan->taken.items[i].length,
		    false, false }, false);
}

/* Whether the slot's templates hang on texts that could be no others; if so,
 * the conflict is blamed on what makes them so. */
static bool
blame_fixed(struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];
	int presence = universe_slot(tie->universe, slot)->presence;

	tie->core.count = 0;
	tie_blame_theory(tie);
	/* The templates that must not match ask nothing of an absent slot. */
	if (presence != FORMULA_TRUE)
		tie_blame(tie, presence);
	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];
		const struct claim *claim = tie_claim(tie, literal);

		if (claim->kind != CLAIM_TEMPLATE)
			continue;
		tie_blame(tie, literal);
		for (size_t j = 0; j < claim->piece_count; j++) {
			int fixing = !claim->pieces[j].variable ? 0 :
			    fixing_literal(tie, claim->pieces[j].slot);

			if (claim->pieces[j].variable && fixing == 0)
				return false;
			if (fixing != 0)
				tie_blame(tie, fixing);
		}
	}
	return true;
}

static bool
slot_holds(const struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	if (!universe_admits(tie->universe, slot, tie->texts[slot]))
		return false;
	for (size_t i = 0; i < plan->literals.count; i++)
		if (universe_holds(tie->universe, tie_claim(tie,
		    plan->literals.items[i]), tie->texts) !=
		    (plan->literals.items[i] > 0))
			return false;
	return true;
}

static void
take(struct tie *tie, size_t slot, struct word text)
{
	tie->texts[slot] = text;
	*list_add(tie->arena, &tie->plans[slot].taken) = text;
}

/* The next hint that fits. */
static bool
take_hint(struct tie *tie, size_t slot)
{
	struct slot_plan *plan = &tie->plans[slot];

	while (plan->hint < plan->hints.count) {
		struct word text = plan->hints.items[plan->hint++];

		tie->texts[slot] = text;
		if (slot_holds(tie, slot)) {
			take(tie, slot, text);
			return true;
		}
	}
	return false;
}

/* A text that nobody hinted at. */
static enum tie_answer
take_other(struct tie *tie, size_t slot, uint64_t *budget)
{
	struct slot_plan *plan = &tie->plans[slot];
	struct word text;
	size_t demands;

	if (plan->others++ >= (plan->inner ? OTHERS_MAX : 1) ||
	    tie->tries >= TRIES_MAX)
		return TIE_UNKNOWN;
	demand_templates(tie, slot);
	demand_another(tie, slot);
	demands = tie->demands.count;
	/* what those with the same text want, first; a conflict with them is
	 * none of the slot alone */
	if (tie_demand_twins(tie, slot) &&
	    tie_ask(tie, slot, budget, &text) == THEORY_TEXT) {
		take(tie, slot, text);
		return TIE_FOUND;
	}
	tie->demands.count = demands;
	switch (tie_ask(tie, slot, budget, &text)) {
	case THEORY_TEXT:
		take(tie, slot, text);
		return TIE_FOUND;
	case THEORY_CONFLICT:
		return plan->taken.count == 0 && blame_fixed(tie, slot) ?
		    TIE_CONFLICT : TIE_UNKNOWN;
	case THEORY_UNKNOWN:
		break;
	}
	return TIE_UNKNOWN;
}

/* A text that the slot has not had since those before it were settled. */
static enum tie_answer
take_text(struct tie *tie, size_t slot, uint64_t *budget)
{
	struct slot_plan *plan = &tie->plans[slot];

	if (!plan->needed) {
		tie->texts[slot] = (struct word){ NULL, 0 };
		return plan->others++ == 0 ? TIE_FOUND : TIE_UNKNOWN;
	}
	if (take_hint(tie, slot))
		return TIE_FOUND;
	return take_other(tie, slot, budget);
}

static void
begin_slot(struct tie *tie, size_t at)
{
	struct slot_plan *plan;

	if (at == tie->order.count)
		return;
	plan = &tie->plans[tie->order.items[at]];
	plan->taken.count = plan->hint = plan->others = 0;
}

static enum tie_answer
settle(struct tie *tie, uint64_t *budget)
{
	size_t at = 0;

	begin_slot(tie, at);
	while (at < tie->order.count) {
		enum tie_answer answer = take_text(tie, tie->order.items[at],
		    budget);

		if (answer == TIE_CONFLICT)
			return answer;
		if (answer == TIE_FOUND)
			begin_slot(tie, ++at);
		else if (at-- == 0)
			return TIE_UNKNOWN;
	}
	return TIE_FOUND;
}

static void
note_inner(struct tie *tie)
{
	for (size_t i = 0; i < tie->slots; i++)
		tie->plans[i].inner = false;
	for (size_t i = 0; i < tie->order.count; i++) {
		const struct slot_plan *plan = &tie->plans[tie->order.items[i]];

		for (size_t j = 0; j < plan->literals.count; j++) {
			const struct claim *claim = tie_claim(tie,
			    plan->literals.items[j]);

			for (size_t k = 0; k < claim->piece_count; k++)
				if (claim->pieces[k].variable)
					tie->plans[claim->pieces[k].slot].inner
					    = true;
		}
	}
}

enum tie_answer
tie_resolve(struct tie *tie, uint64_t *budget)
{
	bool ordered = order_slots(tie);

	if (ordered && tie->order.count == 0)
		return TIE_FOUND;
	note_inner(tie);
	for (size_t i = 0; i < tie->slots; i++)
		tie->plans[i].hints.count = 0;
	if (tie_ask_twins(tie, budget) == TIE_CONFLICT)
		return TIE_CONFLICT;
	tie->tries = 0;
	if (tie_ask_joints(tie, budget) == TIE_CONFLICT)
		return TIE_CONFLICT;
	return ordered ? settle(tie, budget) : TIE_UNKNOWN;
}
