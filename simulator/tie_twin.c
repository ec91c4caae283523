/* SPDX-License-Identifier: MIT */
/*
 * Twins: slots that have one text, because a template that is to match is the
 * value of the other alone, or because such templates lead from each to the
 * next.  What is asked of one is asked of all, and none differs from another.
 */
#include "config.h"

#include "simulator/automaton.h"
#include "simulator/tie_row.h"

/* That two slots have one text, and so both have one. */
struct equality {
	size_t	 a, b;
	int	 literal;
};

/* A slot among its twins, and the equality that led to it. */
struct twin {
	size_t	 slot;
	size_t	 from;			/* its place among them */
	int	 literal;		/* 0: it is the first */
};

/* What is asked of a twin of the first. */
struct wanted {
	size_t		 twin;		/* its place */
	int		 literal;	/* 0: its shape */
	struct pattern	 pattern;
	bool		 without;	/* the conflict can do without it */
};

struct twins {
	struct tie		*tie;
	LIST(struct equality)	 equalities;
	LIST(struct twin)	 list;
	LIST(struct wanted)	 wanted;
	bool			*seen;		/* by slot */
};

static bool
is_value_alone(const struct claim *claim)
{
	return claim->kind == CLAIM_TEMPLATE && claim->piece_count == 1 &&
	    claim->pieces[0].variable;
}

/* Blind to case, two texts may still differ. */
static void
note_equalities(struct twins *twins, size_t slot)
{
	const struct slot_plan *plan = &twins->tie->plans[slot];

	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];
		const struct claim *claim = tie_claim(twins->tie, literal);

		if (literal > 0 && is_value_alone(claim) &&
		    !claim->pattern.folded)
			*list_add(twins->tie->arena, &twins->equalities) =
			    (struct equality){ slot, claim->pieces[0].slot,
			    literal };
	}
}

static void
add_twin(struct twins *twins, size_t slot, size_t from, int literal)
{
	if (twins->seen[slot])
		return;
	twins->seen[slot] = true;
	*list_add(twins->tie->arena, &twins->list) = (struct twin){ slot,
	    from, literal };
}

static void
find_twins(struct twins *twins, size_t slot)
{
	twins->list.count = 0;
	add_twin(twins, slot, 0, 0);
	for (size_t at = 0; at < twins->list.count; at++) {
		size_t here = twins->list.items[at].slot;

		for (size_t i = 0; i < twins->equalities.count; i++) {
			const struct equality *equality =
			    &twins->equalities.items[i];

			if (equality->a == here)
				add_twin(twins, equality->b, at,
				    equality->literal);
			if (equality->b == here)
				add_twin(twins, equality->a, at,
				    equality->literal);
		}
	}
}

/* What makes it have the text of the first. */
static void
blame_way(const struct twins *twins, size_t at)
{
	while (twins->list.items[at].literal != 0) {
		tie_blame(twins->tie, twins->list.items[at].literal);
		at = twins->list.items[at].from;
	}
}

/* The place of the slot among the twins; their number: it is none. */
static size_t
place_of(const struct twins *twins, size_t slot)
{
	size_t at = 0;

	while (at < twins->list.count && twins->list.items[at].slot != slot)
		at++;
	return at;
}

/* The literal says that the twin differs from another one.  A value that must
 * keep to a field differs from itself when it does not. */
static bool
is_difference(const struct twins *twins, int literal, size_t *other)
{
	const struct claim *claim = tie_claim(twins->tie, literal);

	if (literal > 0 || !is_value_alone(claim) ||
	    (claim->pieces[0].confined && !universe_keeps_to_field(
	    twins->tie->universe, claim->pieces[0].slot)))
		return false;
	*other = place_of(twins, claim->pieces[0].slot);
	return *other < twins->list.count;
}

static bool
refute_difference(const struct twins *twins, size_t at)
{
	const struct slot_plan *plan = &twins->tie->plans[
	    twins->list.items[at].slot];
	size_t other;

	for (size_t i = 0; i < plan->literals.count; i++) {
		if (!is_difference(twins, plan->literals.items[i], &other))
			continue;
		twins->tie->core.count = 0;
		tie_blame(twins->tie, plan->literals.items[i]);
		blame_way(twins, at);
		blame_way(twins, other);
		return true;
	}
	return false;
}

static bool
refute_differences(const struct twins *twins)
{
	for (size_t at = 0; at < twins->list.count; at++)
		if (refute_difference(twins, at))
			return true;
	return false;
}

static void
want(struct twins *twins, size_t at)
{
	struct tie *tie = twins->tie;
	size_t slot = twins->list.items[at].slot;
	const struct slot_plan *plan = &tie->plans[slot];
	const struct pattern *shape = universe_slot(tie->universe,
	    slot)->shape;
	struct wanted wanted = { .twin = at };

	for (size_t i = 0; i < plan->literals.count; i++) {
		wanted.literal = plan->literals.items[i];
		if (tie_pattern(tie, wanted.literal, &wanted.pattern))
			*list_add(tie->arena, &twins->wanted) = wanted;
	}
	if (shape == NULL)
		return;
	wanted.literal = 0;
	wanted.pattern = shape_outline(tie->arena, shape);
	*list_add(tie->arena, &twins->wanted) = wanted;
}

/* No text of the first is what is asked of it and of its twins. */
static bool
is_refuted(const struct twins *twins, uint64_t *budget)
{
	struct tie *tie = twins->tie;
	struct word text;

	tie->demands.count = 0;
	for (size_t i = 0; i < twins->wanted.count; i++) {
		const struct wanted *wanted = &twins->wanted.items[i];

		if (!wanted->without)
			tie_demand(tie, wanted->pattern,
			    wanted->literal >= 0);
	}
	return tie_ask(tie, twins->list.items[0].slot, budget, &text) ==
	    THEORY_CONFLICT;
}

/* The last that was refuted, and why these are twins. */
static void
blame_wanted(const struct twins *twins)
{
	twins->tie->core.count = 0;
	tie_blame_theory(twins->tie);
	for (size_t i = 0; i < twins->wanted.count; i++) {
		const struct wanted *wanted = &twins->wanted.items[i];

		if (wanted->without)
			continue;
		blame_way(twins, wanted->twin);
		if (wanted->literal != 0)
			tie_blame(twins->tie, wanted->literal);
	}
}

/* Whatever the conflict can do without is left out of the blame. */
static bool
refute_wanted(struct twins *twins, uint64_t *budget)
{
	twins->wanted.count = 0;
	for (size_t at = 1; at < twins->list.count; at++)
		want(twins, at);
	if (!is_refuted(twins, budget))
		return false;
	for (size_t i = 0; i < twins->wanted.count; i++) {
		struct wanted *wanted = &twins->wanted.items[i];

		wanted->without = true;
		wanted->without = is_refuted(twins, budget);
	}
	if (!is_refuted(twins, budget))
		return false;
	blame_wanted(twins);
	return true;
}

enum tie_answer
tie_ask_twins(struct tie *tie, uint64_t *budget)
{
	struct twins twins = { .tie = tie };

	for (size_t i = 0; i < tie->slots; i++)
		note_equalities(&twins, i);
	if (twins.equalities.count == 0)
		return TIE_FOUND;
	twins.seen = arena_array(tie->arena, tie->slots, sizeof(bool));
	for (size_t i = 0; i < twins.equalities.count; i++) {
		if (twins.seen[twins.equalities.items[i].a])
			continue;
		find_twins(&twins, twins.equalities.items[i].a);
		if (refute_differences(&twins) ||
		    refute_wanted(&twins, budget))
			return TIE_CONFLICT;
	}
	return TIE_FOUND;
}
