/* SPDX-License-Identifier: MIT */
/*
 * Patterns alone are decided by their product, exactly.  Cores are shrunk by
 * leaving out.  A pattern lies within a union, as a rule, only if it lies
 * within one member (PROOF 2.4), so the negatives are tried one by one first.
 */
#include "config.h"

#include <stdint.h>

#include "simulator/theory_row.h"

/* The product of the patterns among the wishes, one negative and one wish
 * left out when they are asked for. */
static enum product_answer
multiply(struct theory *theory, size_t but, size_t only_negative,
    uint64_t *budget, struct word *text)
{
	struct automaton_query query = { .shape = theory->slot->shape };

	theory->positives.count = theory->negatives.count = 0;
	for (size_t i = 0; i < theory->wishes.count; i++) {
		const struct wish *wish = &theory->wishes.items[i];

		if (i == but || wish->sort != SORT_PATTERN)
			continue;
		if (wish->wanted)
			*list_add(theory->arena, &theory->positives) =
			    wish->pattern;
		else if (only_negative == SIZE_MAX || only_negative == i)
			*list_add(theory->arena, &theory->negatives) =
			    wish->pattern;
	}
	query.positives = theory->positives.items;
	query.positive_count = theory->positives.count;
	query.negatives = theory->negatives.items;
	query.negative_count = theory->negatives.count;
	return product_search(theory->product, &query, budget, text);
}

/* Two positive patterns without a common text, or one within a negative. */
static bool
clash(const struct wish *a, const struct wish *b)
{
	if (a->wanted && b->wanted)
		return !pattern_overlaps(a->pattern, b->pattern);
	if (!a->wanted && !b->wanted)
		return false;
	return a->wanted ? pattern_covers(b->pattern, a->pattern) :
	    pattern_covers(a->pattern, b->pattern);
}

static size_t
count_wanted(const struct theory *theory)
{
	size_t count = 0;

	for (size_t i = 0; i < theory->wishes.count; i++)
		count += theory->wishes.items[i].wanted;
	return count;
}

/* Two negatives never clash, and there may be thousands. */
static bool
find_clash(struct theory *theory)
{
	const struct wish *wishes = theory->wishes.items;

	for (size_t i = 0; i < theory->wishes.count; i++)
		for (size_t j = 0; wishes[i].wanted &&
		    j < theory->wishes.count; j++)
			if ((j > i || !wishes[j].wanted) &&
			    clash(&wishes[i], &wishes[j])) {
				theory_keep_pair(theory, i < j ? i : j,
				    i < j ? j : i);
				return true;
			}
	return false;
}

static bool
is_near(const struct theory *theory, const struct wish *negative)
{
	for (size_t i = 0; i < theory->wishes.count; i++)
		if (theory->wishes.items[i].wanted && !pattern_overlaps(
		    theory->wishes.items[i].pattern, negative->pattern))
			return false;
	return true;
}

/* What has no text in common with a positive asks nothing of its texts. */
static void
drop_far_negatives(struct theory *theory)
{
	size_t kept = 0;

	for (size_t i = 0; i < theory->wishes.count; i++) {
		struct wish wish = theory->wishes.items[i];

		if (wish.wanted || is_near(theory, &wish))
			theory->wishes.items[kept++] = wish;
	}
	theory->wishes.count = kept;
}

static void
remove_other_negatives(struct theory *theory, size_t kept)
{
	for (size_t i = theory->wishes.count; i-- > 0;)
		if (i != kept && !theory->wishes.items[i].wanted)
			theory_drop(theory, i);
}

/* Keeps the positives and one negative, if that is enough for a conflict. */
static void
keep_one_negative(struct theory *theory, uint64_t *budget)
{
	struct word text;

	for (size_t i = 0; i < theory->wishes.count; i++)
		if (!theory->wishes.items[i].wanted &&
		    multiply(theory, SIZE_MAX, i, budget, &text) ==
		    PRODUCT_EMPTY) {
			remove_other_negatives(theory, i);
			return;
		}
}

/* An empty product, made as small as the budget allows. */
static enum theory_answer
shrink_product(struct theory *theory, uint64_t *budget)
{
	struct word text;

	keep_one_negative(theory, budget);
	for (size_t i = theory->wishes.count; i-- > 0;)
		if (multiply(theory, i, SIZE_MAX, budget, &text) ==
		    PRODUCT_EMPTY)
			theory_drop(theory, i);
	return theory_conclude(theory);
}

enum theory_answer
theory_ask_product(struct theory *theory, uint64_t *budget, struct word *text)
{
	if (!theory_pay(budget, theory->wishes.count *
	    (count_wanted(theory) + 1)))
		return THEORY_UNKNOWN;
	if (find_clash(theory))
		return theory_conclude(theory);
	drop_far_negatives(theory);
	switch (multiply(theory, SIZE_MAX, SIZE_MAX, budget, text)) {
	case PRODUCT_WORD:
		return THEORY_TEXT;
	case PRODUCT_EMPTY:
		return shrink_product(theory, budget);
	case PRODUCT_SPENT:
		break;
	}
	return THEORY_UNKNOWN;
}

bool
theory_multiply(struct theory *theory, uint64_t *budget, struct word *text)
{
	return multiply(theory, SIZE_MAX, SIZE_MAX, budget, text) ==
	    PRODUCT_WORD;
}
