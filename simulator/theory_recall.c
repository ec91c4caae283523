/* SPDX-License-Identifier: MIT */
/* What has been asked is not asked again. */
#include "config.h"

#include <stdlib.h>

#include "simulator/theory_row.h"

struct theory *
theory_new(struct arena *arena, const struct universe *universe)
{
	struct theory *theory = arena_alloc(arena, sizeof(*theory));

	theory->arena = arena;
	theory->universe = universe;
	theory->product = product_new(arena);
	theory->recall = recall_new(arena);
	return theory;
}

const int *
theory_core(const struct theory *theory, size_t *count)
{
	*count = theory->core.count;
	return theory->core.items;
}

bool
theory_core_demands(const struct theory *theory)
{
	return theory->core_demands;
}

static void
add_number(struct theory *theory, size_t number)
{
	*list_add(theory->arena, &theory->numbers) = (int)number;
}

static void
number_demand(struct theory *theory, const struct demand *demand)
{
	const struct pattern *pattern = &demand->pattern;

	add_number(theory, (size_t)demand->wanted | (size_t)pattern->folded <<
	    1 | (size_t)pattern->wild << 2);
	add_number(theory, pattern->length);
	for (size_t i = 0; i < pattern->length; i++)
		add_number(theory, (unsigned char)pattern->symbols[i]);
}

static int
compare_literals(const void *one, const void *other)
{
	const int *a = one, *b = other;

	return (*a > *b) - (*a < *b);
}

/* Literals in whatever order are one question. */
static void
number_question(struct theory *theory, const struct theory_question *question)
{
	theory->literals.count = theory->numbers.count = 0;
	for (size_t i = 0; i < question->literal_count; i++)
		*list_add(theory->arena, &theory->literals) =
		    question->literals[i];
	if (question->literal_count > 1)
		qsort(theory->literals.items, theory->literals.count,
		    sizeof(int), compare_literals);
	add_number(theory, question->slot);
	add_number(theory, question->literal_count);
	for (size_t i = 0; i < theory->literals.count; i++)
		*list_add(theory->arena, &theory->numbers) =
		    theory->literals.items[i];
	for (size_t i = 0; i < question->demand_count; i++)
		number_demand(theory, &question->demands[i]);
}

static enum theory_answer
recollect(struct theory *theory, const struct recollection *known,
    struct word *text)
{
	theory->core.count = 0;
	theory->core_demands = known->core_demands;
	for (size_t i = 0; i < known->core_count; i++)
		*list_add(theory->arena, &theory->core) = known->core[i];
	*text = known->text;
	return text->text != NULL ? THEORY_TEXT : THEORY_CONFLICT;
}

/* What was not known for want of steps may be known another time. */
enum theory_answer
theory_ask(struct theory *theory, const struct theory_question *question,
    uint64_t *budget, struct word *text)
{
	const struct recollection *known;
	struct recollection fresh = { .core_demands = false };
	enum theory_answer answer;

	number_question(theory, question);
	known = recall_find(theory->recall, theory->numbers.items,
	    theory->numbers.count);
	if (known != NULL)
		return theory_pay(budget, 1) ? recollect(theory, known, text) :
		    THEORY_UNKNOWN;
	answer = theory_decide(theory, question, budget, text);
	if (answer == THEORY_TEXT)
		fresh.text = *text;
	fresh.core = theory->core.items;
	fresh.core_count = theory->core.count;
	fresh.core_demands = theory->core_demands;
	if (answer != THEORY_UNKNOWN)
		recall_add(theory->recall, theory->numbers.items,
		    theory->numbers.count, &fresh);
	return answer;
}
