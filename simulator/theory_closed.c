/* SPDX-License-Identifier: MIT */
/*
 * A slot that has one of a few thousand words at most, such as the name of an
 * action: each word is counted how many wishes refuse it.  One that no wish
 * refuses is the text; when there is none, a wish is needed that alone refuses
 * some word.
 */
#include "config.h"

#include <string.h>

#include "simulator/theory_row.h"

/* It is about one of the words, which are all different. */
static bool
names_word(const struct wish *wish)
{
	return wish->claim != NULL && wish->claim->kind == CLAIM_WORD;
}

static bool
refuses(const struct theory *theory, const struct wish *wish, size_t word)
{
	if (names_word(wish))
		return (wish->claim->index == word) != wish->wanted;
	return !theory_grants(theory, wish, theory->slot->words[word]);
}

/* The words that a wish may refuse: that one, or any. */
static size_t
first_word(const struct wish *wish)
{
	return names_word(wish) && !wish->wanted ? wish->claim->index : 0;
}

static size_t
end_word(const struct theory *theory, const struct wish *wish)
{
	return names_word(wish) && !wish->wanted ? wish->claim->index + 1 :
	    theory->slot->word_count;
}

static void
count_refusals(struct theory *theory)
{
	theory->refusals.count = 0;
	for (size_t i = 0; i < theory->slot->word_count; i++)
		*list_add(theory->arena, &theory->refusals) = 0;
	for (size_t i = 0; i < theory->wishes.count; i++) {
		const struct wish *wish = &theory->wishes.items[i];
		size_t end = end_word(theory, wish);

		for (size_t j = first_word(wish); j < end; j++)
			theory->refusals.items[j] += refuses(theory, wish, j);
	}
}

static bool
admits(const struct theory *theory, size_t slot, size_t word)
{
	return universe_fits(theory->universe, slot,
	    theory->slot->words[word]);
}

static const struct word *
find_word(const struct theory *theory, size_t slot)
{
	for (size_t i = 0; i < theory->slot->word_count; i++)
		if (theory->refusals.items[i] == 0 && admits(theory, slot, i))
			return &theory->slot->words[i];
	return NULL;
}

/* Without it, some word would do. */
static bool
is_needed(const struct theory *theory, const struct wish *wish, size_t slot)
{
	size_t end = end_word(theory, wish);

	for (size_t i = first_word(wish); i < end; i++)
		if (theory->refusals.items[i] == 1 &&
		    refuses(theory, wish, i) && admits(theory, slot, i))
			return true;
	return false;
}

static void
take_back(struct theory *theory, const struct wish *wish)
{
	size_t end = end_word(theory, wish);

	for (size_t i = first_word(wish); i < end; i++)
		theory->refusals.items[i] -= refuses(theory, wish, i);
}

/* Keeps the wishes that are needed, the last of them looked at first. */
static void
shrink(struct theory *theory, size_t slot)
{
	size_t count = theory->wishes.count, first = count;
	struct wish *wishes = theory->wishes.items;

	for (size_t i = count; i-- > 0;)
		if (is_needed(theory, &wishes[i], slot))
			wishes[--first] = wishes[i];
		else
			take_back(theory, &wishes[i]);
	memmove(wishes, wishes + first, (count - first) * sizeof(*wishes));
	theory->wishes.count = count - first;
}

enum theory_answer
theory_ask_closed(struct theory *theory, size_t slot, struct word *text)
{
	const struct word *found;

	count_refusals(theory);
	found = find_word(theory, slot);
	if (found == NULL) {
		shrink(theory, slot);
		return theory_conclude(theory);
	}
	*text = *found;
	return THEORY_TEXT;
}
