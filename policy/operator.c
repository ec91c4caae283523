/* SPDX-License-Identifier: MIT */
/*
 * Reading the names of operators, and finding the one that a misspelled name
 * was meant to be.  The rows themselves are in operators.def.
 */
#include "config.h"

#include <assert.h>
#include <string.h>

#include "policy/character.h"
#include "policy/operator.h"

enum {
	SPELLING_MAX = 64,		/* longer than any operator in full */
	TYPING_ERRORS_MAX = 3
};

static const struct operator_facts facts[OPERATOR_COUNT] = {
#define OPERATOR(name, value, comparison, negated)			\
	[OPERATOR_##name] = { #name, VALUE_##value,			\
	    COMPARISON_##comparison, negated },
#include "policy/operators.def"
#undef OPERATOR
};

static const char if_exists[] = "IfExists";

static const char *const prefixes[] = {
	[QUANTIFIER_NONE] = "",
	[QUANTIFIER_ALL] = "ForAllValues:",
	[QUANTIFIER_ANY] = "ForAnyValue:",
};

/* Every legal spelling: set prefix, name, suffix (COND-2, COND-4). */
static const char *const spellings[] = {
#define OPERATOR(name, value, comparison, negated)			\
	#name, "ForAllValues:" #name, "ForAnyValue:" #name,		\
	VALUE_##value == VALUE_PRESENCE ? NULL : #name "IfExists",	\
	VALUE_##value == VALUE_PRESENCE ? NULL :			\
	    "ForAllValues:" #name "IfExists",				\
	VALUE_##value == VALUE_PRESENCE ? NULL :			\
	    "ForAnyValue:" #name "IfExists",
#include "policy/operators.def"
#undef OPERATOR
};

const struct operator_facts *
operator_facts(enum operator operator)
{
	assert(operator < OPERATOR_COUNT);
	return &facts[operator];
}

const char *
quantifier_prefix(enum quantifier quantifier)
{
	return prefixes[quantifier];
}

static bool
is_same(const char *text, const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!character_equals(text[i], word[i]))
			return false;
	return true;
}

/* A word of the operator's name was recognised; notes how it is spelled. */
static void
note_capitals(struct operator_use *use, const char *text, const char *word)
{
	if (memcmp(text, word, strlen(word)) != 0)
		use->canonical = false;
}

/* The length of the set prefix. */
static size_t
read_quantifier(const char *text, size_t length, struct operator_use *use)
{
	for (int i = QUANTIFIER_ALL; i <= QUANTIFIER_ANY; i++) {
		size_t size = strlen(prefixes[i]);

		if (length < size || !is_same(text, prefixes[i], size))
			continue;
		use->quantifier = (enum quantifier)i;
		note_capitals(use, text, prefixes[i]);
		return size;
	}
	return 0;
}

/* The length of the suffix. */
static size_t
read_if_exists(const char *text, size_t length, struct operator_use *use)
{
	const size_t size = sizeof(if_exists) - 1;

	if (length < size || !is_same(text + length - size, if_exists, size))
		return 0;
	use->if_exists = true;
	note_capitals(use, text + length - size, if_exists);
	return size;
}

struct operator_use
operator_read(const char *text, size_t length)
{
	struct operator_use use = { OPERATOR_COUNT, QUANTIFIER_NONE, false,
	    true };
	size_t prefix = read_quantifier(text, length, &use);

	text += prefix;
	length -= prefix;
	length -= read_if_exists(text, length, &use);
	for (size_t i = 0; i < OPERATOR_COUNT; i++) {
		if (strlen(facts[i].name) != length ||
		    !is_same(text, facts[i].name, length))
			continue;
		use.operator = (enum operator)i;
		note_capitals(&use, text, facts[i].name);
		return use;
	}
	use.canonical = false;
	return use;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t less = a < b ? a : b;

	return less < c ? less : c;
}

/* Letters to insert, drop or change, to get from the text to the word. */
static size_t
count_errors(const char *text, size_t length, const char *word)
{
	size_t row[SPELLING_MAX + 1];
	size_t width = strlen(word);

	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	for (size_t i = 0; i < length; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 1; j <= width; j++) {
			size_t above = row[j];
			bool same = character_equals(text[i], word[j - 1]);

			row[j] = least(above + 1, row[j - 1] + 1,
			    diagonal + !same);
			diagonal = above;
		}
	}
	return row[width];
}

static bool
says_not(const char *text, size_t length)
{
	for (size_t i = 0; i + 3 <= length; i++)
		if (is_same(text + i, "not", 3))
			return true;
	return false;
}

/* Who wrote `Not' is never told to use an operator that lacks it. */
const char *
operator_nearest(const char *text, size_t length)
{
	bool negated = says_not(text, length);
	size_t best = length / 6 + 2;
	const char *nearest = NULL;

	if (length > SPELLING_MAX)
		return NULL;
	if (best > TYPING_ERRORS_MAX + 1)
		best = TYPING_ERRORS_MAX + 1;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		const char *word = spellings[i];
		size_t errors;

		if (word == NULL || (negated && !says_not(word, strlen(word))))
			continue;
		errors = count_errors(text, length, word);
		if (errors < best) {
			best = errors;
			nearest = word;
		}
	}
	return nearest;
}
