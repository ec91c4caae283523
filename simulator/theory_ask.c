/* SPDX-License-Identifier: MIT */
/*
 * Numbers, dates and addresses alone are decided by their candidates, exactly,
 * as patterns are by their product.  Where a question mixes them, texts are
 * tried, and what does not fit is not called a conflict unless one sort of
 * claims contradicts itself.
 */
#include "config.h"

#include <string.h>

#include "simulator/theory_row.h"

static unsigned
sort_of_type(enum value_type type)
{
	switch (type) {
	case VALUE_NUMBER:
		return SORT_NUMBER;
	case VALUE_DATE:
		return SORT_DATE;
	case VALUE_BOOL:
		return SORT_TRUTH;
	case VALUE_IP:
		return SORT_ADDRESS;
	case VALUE_STRING:
	case VALUE_ARN:
	case VALUE_BINARY:
	case VALUE_PRESENCE:
		break;
	}
	return 0;
}

static unsigned
sort_of_claim(const struct claim *claim)
{
	switch (claim->kind) {
	case CLAIM_PATTERN:
	case CLAIM_TEMPLATE:
	case CLAIM_WORD:
		return SORT_PATTERN;
	case CLAIM_LESS:
	case CLAIM_AT_MOST:
		return SORT_NUMBER;
	case CLAIM_BEFORE:
	case CLAIM_UNTIL:
		return SORT_DATE;
	case CLAIM_WITHIN:
		return SORT_ADDRESS;
	case CLAIM_TRUE:
		return SORT_TRUTH;
	case CLAIM_READS:
		return sort_of_type(claim->type);
	}
	return 0;
}

static void
add_literal(struct theory *theory, int literal)
{
	const struct claim *claim = universe_claim(theory->universe,
	    literal < 0 ? -literal : literal);

	if (claim->kind == CLAIM_TEMPLATE && literal < 0)
		return;
	*list_add(theory->arena, &theory->wishes) = (struct wish){
	    .literal = literal, .wanted = literal > 0,
	    .sort = sort_of_claim(claim), .claim = claim,
	    .pattern = &claim->pattern };
}

static void
read_question(struct theory *theory, const struct theory_question *question)
{
	theory->slot = universe_slot(theory->universe, question->slot);
	theory->wishes.count = 0;
	theory->core.count = 0;
	theory->core_demands = false;
	for (size_t i = 0; i < theory->literals.count; i++)
		add_literal(theory, theory->literals.items[i]);
	for (size_t i = 0; i < question->demand_count; i++)
		*list_add(theory->arena, &theory->wishes) = (struct wish){
		    .wanted = question->demands[i].wanted,
		    .sort = SORT_PATTERN,
		    .pattern = &question->demands[i].pattern };
}

bool
theory_grants(const struct theory *theory, const struct wish *wish,
    struct word text)
{
	bool holds;

	if (wish->claim == NULL || wish->claim->kind == CLAIM_TEMPLATE)
		holds = pattern_match(wish->pattern, text.text, text.length);
	else
		holds = universe_text_holds(theory->universe, wish->claim,
		    text);
	return holds == wish->wanted;
}

/* The text fits all wishes but one; `but' at the end: all of them. */
static bool
fits(const struct theory *theory, struct word text, size_t but)
{
	for (size_t i = 0; i < theory->wishes.count; i++)
		if (i != but && !theory_grants(theory,
		    &theory->wishes.items[i], text))
			return false;
	return true;
}

bool
theory_pay(uint64_t *budget, uint64_t price)
{
	bool enough = *budget >= price;

	*budget = enough ? *budget - price : 0;
	return enough;
}

void
theory_drop(struct theory *theory, size_t at)
{
	theory->wishes.count--;
	memmove(&theory->wishes.items[at], &theory->wishes.items[at + 1],
	    (theory->wishes.count - at) * sizeof(struct wish));
}

enum theory_answer
theory_conclude(struct theory *theory)
{
	for (size_t i = 0; i < theory->wishes.count; i++) {
		const struct wish *wish = &theory->wishes.items[i];

		if (wish->literal == 0)
			theory->core_demands = true;
		else
			*list_add(theory->arena, &theory->core) =
			    wish->literal;
	}
	return THEORY_CONFLICT;
}

/* Of the wishes only these two; of one with itself, that one. */
void
theory_keep_pair(struct theory *theory, size_t a, size_t b)
{
	struct wish first = theory->wishes.items[a];
	struct wish second = theory->wishes.items[b];

	theory->wishes.items[0] = first;
	if (a != b)
		theory->wishes.items[1] = second;
	theory->wishes.count = a == b ? 1 : 2;
}

/* One of these texts that the slot admits fits all wishes but one. */
static const struct word *
find_among(const struct theory *theory, const struct word *words,
    size_t count, size_t slot, size_t but)
{
	for (size_t i = 0; i < count; i++)
		if (fits(theory, words[i], but) &&
		    universe_admits(theory->universe, slot, words[i]))
			return &words[i];
	return NULL;
}

/* There are no other texts than these, and none of them fits. */
static enum theory_answer
shrink_among(struct theory *theory, const struct word *words, size_t count,
    size_t slot)
{
	for (size_t i = theory->wishes.count; i-- > 0;)
		if (find_among(theory, words, count, slot, i) == NULL)
			theory_drop(theory, i);
	return theory_conclude(theory);
}

static void
add_candidate(struct theory *theory, struct word text)
{
	*list_add(theory->arena, &theory->candidates.words) = text;
}

/* What patterns name outright may well be what is looked for. */
static void
add_literals(struct theory *theory)
{
	for (size_t i = 0; i < theory->wishes.count; i++) {
		const struct pattern *pattern =
		    theory->wishes.items[i].pattern;

		if (theory->wishes.items[i].sort == SORT_PATTERN &&
		    !pattern->wild)
			add_candidate(theory, word_from(pattern->symbols,
			    pattern->length));
	}
}

static void
list_candidates(struct theory *theory)
{
	candidates_init(&theory->candidates, theory->arena,
	    universe_reading(theory->universe));
	for (size_t i = 0; i < theory->wishes.count; i++)
		if (theory->wishes.items[i].claim != NULL)
			candidates_note(&theory->candidates,
			    theory->wishes.items[i].claim);
	for (size_t i = 0; i < theory->wishes.count; i++)
		if (theory->wishes.items[i].claim != NULL)
			candidates_add(&theory->candidates,
			    theory->wishes.items[i].claim);
	add_literals(theory);
}

/* Only the wishes of one sort. */
static void
keep_sort(struct theory *theory, unsigned sort)
{
	for (size_t i = theory->wishes.count; i-- > 0;)
		if (theory->wishes.items[i].sort != sort)
			theory_drop(theory, i);
}

static unsigned
sorts_of(const struct theory *theory)
{
	unsigned sorts = sort_of_type(theory->slot->type);

	for (size_t i = 0; i < theory->wishes.count; i++)
		sorts |= theory->wishes.items[i].sort;
	return sorts;
}

static bool
is_one_sort(unsigned sorts)
{
	return (sorts & (sorts - 1)) == 0;
}

static bool
is_literal(const struct wish *wish)
{
	return wish->sort == SORT_PATTERN && wish->wanted &&
	    !wish->pattern->wild && !wish->pattern->folded;
}

/* A wish that names the text leaves it no other; what else it breaks, if the
 * slot admits it at all, makes a pair. */
static bool
refute_literal(struct theory *theory, size_t literal, size_t slot)
{
	const struct wish *wishes = theory->wishes.items;
	struct word text = word_from(wishes[literal].pattern->symbols,
	    wishes[literal].pattern->length);

	if (!universe_admits(theory->universe, slot, text)) {
		theory_keep_pair(theory, literal, literal);
		return true;
	}
	for (size_t i = 0; i < theory->wishes.count; i++)
		if (!theory_grants(theory, &wishes[i], text)) {
			theory_keep_pair(theory, literal, i);
			return true;
		}
	return false;
}

/* Bytes that a text of the sort may have. */
static const char *
alphabet(unsigned sort)
{
	switch (sort) {
	case SORT_NUMBER:
		return "0123456789+-.";
	case SORT_DATE:
		return "0123456789+-.:TZtz";
	case SORT_ADDRESS:
		return "0123456789abcdefABCDEF:.";
	case SORT_TRUTH:
		return "truefalsTRUEFALS";
	default:
		return NULL;
	}
}

/* The pattern has a literal byte that no text of the sort has. */
static bool
is_foreign(const struct pattern *pattern, unsigned sort)
{
	const char *bytes = alphabet(sort);

	for (size_t i = 0; bytes != NULL && i < pattern->length; i++) {
		unsigned char symbol = (unsigned char)pattern->symbols[i];

		if (symbol == '\0' || (symbol < PATTERN_ONE_FIELD &&
		    strchr(bytes, symbol) == NULL))
			return true;
	}
	return false;
}

/* A pattern and the sort that its text must read as, by the slot's type or
 * by a claim, have no byte in common. */
static bool
refute_foreign(struct theory *theory, size_t at)
{
	const struct wish *wishes = theory->wishes.items;

	if (wishes[at].sort != SORT_PATTERN || !wishes[at].wanted)
		return false;
	if (is_foreign(wishes[at].pattern, sort_of_type(theory->slot->type))) {
		theory_keep_pair(theory, at, at);
		return true;
	}
	for (size_t i = 0; i < theory->wishes.count; i++)
		if (wishes[i].wanted &&
		    is_foreign(wishes[at].pattern, wishes[i].sort)) {
			theory_keep_pair(theory, at, i);
			return true;
		}
	return false;
}

static bool
refute(struct theory *theory, size_t slot)
{
	for (size_t i = 0; i < theory->wishes.count; i++)
		if ((is_literal(&theory->wishes.items[i]) &&
		    refute_literal(theory, i, slot)) ||
		    refute_foreign(theory, i))
			return true;
	return false;
}

/* Wishes of several sorts: one of the sorts may contradict itself. */
static enum theory_answer
ask_patterns_only(struct theory *theory, uint64_t *budget)
{
	struct word text;

	keep_sort(theory, SORT_PATTERN);
	if (theory_ask_product(theory, budget, &text) == THEORY_CONFLICT)
		return THEORY_CONFLICT;
	return THEORY_UNKNOWN;
}

static enum theory_answer
ask_candidates(struct theory *theory, size_t slot, uint64_t *budget,
    struct word *text)
{
	const struct word *found;
	unsigned sorts = sorts_of(theory);
	struct word product;

	list_candidates(theory);
	if ((sorts & SORT_PATTERN) && theory_multiply(theory, budget,
	    &product))
		add_candidate(theory, product);
	if (!theory_pay(budget, theory->candidates.words.count *
	    (theory->wishes.count + 1)))
		return THEORY_UNKNOWN;
	found = find_among(theory, theory->candidates.words.items,
	    theory->candidates.words.count, slot, theory->wishes.count);
	if (found != NULL) {
		*text = *found;
		return THEORY_TEXT;
	}
	if (is_one_sort(sorts) && theory->slot->shape == NULL)
		return shrink_among(theory, theory->candidates.words.items,
		    theory->candidates.words.count, slot);
	if (refute(theory, slot))
		return theory_conclude(theory);
	return ask_patterns_only(theory, budget);
}

enum theory_answer
theory_decide(struct theory *theory, const struct theory_question *question,
    uint64_t *budget, struct word *text)
{
	const struct word *found;

	read_question(theory, question);
	if (!theory_pay(budget, theory->wishes.count + 1))
		return THEORY_UNKNOWN;
	if (theory->slot->words != NULL)
		return theory_ask_closed(theory, question->slot, text);
	found = find_among(theory, theory->slot->preferred,
	    theory->slot->preferred_count, question->slot,
	    theory->wishes.count);
	if (found != NULL) {
		*text = *found;
		return THEORY_TEXT;
	}
	if ((sorts_of(theory) & ~(unsigned)SORT_PATTERN) == 0)
		return theory_ask_product(theory, budget, text);
	return ask_candidates(theory, question->slot, budget, text);
}
