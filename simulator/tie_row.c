/* SPDX-License-Identifier: MIT */
/* What is asked of one slot, and whom a conflict is blamed on. */
#include "config.h"

#include <stdlib.h>

#include "simulator/tie_row.h"

const struct claim *
tie_claim(const struct tie *tie, int literal)
{
	return universe_claim(tie->universe, abs(literal));
}

enum theory_answer
tie_ask(struct tie *tie, size_t slot, uint64_t *budget, struct word *text)
{
	struct theory_question question = { .slot = slot,
	    .literals = tie->plans[slot].literals.items,
	    .literal_count = tie->plans[slot].literals.count,
	    .demands = tie->demands.items,
	    .demand_count = tie->demands.count };

	tie->tries++;
	return theory_ask(tie->theory, &question, budget, text);
}

void
tie_demand(struct tie *tie, struct pattern pattern, bool wanted)
{
	*list_add(tie->arena, &tie->demands) = (struct demand){ pattern,
	    wanted };
}

/* What the variable must match, as far as patterns say it. */
bool
tie_pattern(const struct tie *tie, int literal, struct pattern *pattern)
{
	const struct claim *claim = tie_claim(tie, literal);
	struct word word;

	if (claim->kind == CLAIM_WORD) {
		word = universe_slot(tie->universe, claim->slot)->words[
		    claim->index];
		*pattern = (struct pattern){ word.text, word.length, false,
		    false };
		return true;
	}
	*pattern = claim->pattern;
	return claim->kind == CLAIM_PATTERN ||
	    (claim->kind == CLAIM_TEMPLATE && literal > 0);
}

void
tie_blame(struct tie *tie, int literal)
{
	for (size_t i = 0; i < tie->core.count; i++)
		if (tie->core.items[i] == literal)
			return;
	*list_add(tie->arena, &tie->core) = literal;
}

/* The literals of the last conflict of the theory. */
void
tie_blame_theory(struct tie *tie)
{
	size_t count;
	const int *core = theory_core(tie->theory, &count);

	for (size_t i = 0; i < count; i++)
		tie_blame(tie, core[i]);
}

/* Their text is that of the slot: what the patterns of one say is true of
 * both.  True when something was added. */
static bool
demand_twin(struct tie *tie, size_t slot, size_t twin)
{
	const struct slot_plan *plan = &tie->plans[twin];
	struct pattern pattern;
	bool same = false, any = false;

	for (size_t i = 0; i < plan->literals.count; i++) {
		const struct claim *claim = tie_claim(tie,
		    plan->literals.items[i]);

		same |= plan->literals.items[i] > 0 &&
		    claim->kind == CLAIM_TEMPLATE && claim->piece_count == 1 &&
		    claim->pieces[0].variable &&
		    claim->pieces[0].slot == slot && !claim->pattern.folded;
	}
	for (size_t i = 0; same && i < plan->literals.count; i++)
		if (tie_pattern(tie, plan->literals.items[i],
		    &pattern)) {
			tie_demand(tie, pattern, plan->literals.items[i] > 0);
			any = true;
		}
	return any;
}

bool
tie_demand_twins(struct tie *tie, size_t slot)
{
	bool any = false;

	for (size_t i = 0; i < tie->order.count; i++)
		any |= tie->order.items[i] != slot && demand_twin(tie, slot,
		    tie->order.items[i]);
	return any;
}
