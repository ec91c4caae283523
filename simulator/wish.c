/* SPDX-License-Identifier: MIT */
/* Values of conditions as values that a request could have. */
#include "config.h"

#include <string.h>

#include "simulator/wish.h"

enum { WISHES_OF_TEST = 8 };

/* Variables. */

/* The value of a variable's key, or its default. */
static struct word
value_of(struct word name, const struct request *request)
{
	const char *comma = memchr(name.text, ',', name.length);
	size_t length = comma == NULL ? name.length :
	    (size_t)(comma - name.text);
	const struct context_key *key = request_key(request, name.text,
	    length, key_hash(name.text, length));

	if (length == 1 && strchr("*?$", name.text[0]) != NULL)
		return word_from(name.text, 1);
	if (context_key_is_present(key) && key->count == 1)
		return key->values[0];
	return (struct word){ NULL, 0 };
}

struct word
wish_expand(struct arena *arena, struct word text,
    const struct request *request)
{
	const char *start, *end;
	struct word value;
	char *expanded;

	for (size_t from = 0;;) {
		start = memmem(text.text + from, text.length - from, "${", 2);
		if (start == NULL)
			return text;
		end = memchr(start, '}', (size_t)(text.text + text.length -
		    start));
		if (end == NULL)
			return text;
		value = value_of(word_from(start + 2,
		    (size_t)(end - start - 2)), request);
		if (value.text == NULL)
			return value;
		expanded = arena_printf(arena, "%.*s%.*s%.*s",
		    (int)(start - text.text), text.text, (int)value.length,
		    value.text, (int)(text.text + text.length - end - 1),
		    end + 1);
		from = (size_t)(start - text.text) + value.length;
		text = word_from(expanded, strlen(expanded));
	}
}

/* Values. */

/* Something that the wildcards stand for. */
static struct word
fill_wildcards(struct arena *arena, struct word text)
{
	char *filled = arena_copy(arena, text.text, text.length);

	for (size_t i = 0; i < text.length; i++)
		if (filled[i] == '*' || filled[i] == '?')
			filled[i] = 'x';
	return word_from(filled, text.length);
}

/* The number beside an integer; absent when it is none. */
static struct word
next_to(struct arena *arena, struct word text, int step)
{
	long number = 0;
	char *beside;

	for (size_t i = 0; i < text.length; i++) {
		if (text.text[i] < '0' || text.text[i] > '9' ||
		    number > 1000000000L)
			return (struct word){ NULL, 0 };
		number = number * 10 + (text.text[i] - '0');
	}
	beside = arena_printf(arena, "%ld", number + step);
	return word_from(beside, strlen(beside));
}

static struct word
without_prefix(struct word text)
{
	const char *slash = memchr(text.text, '/', text.length);

	return slash == NULL ? text :
	    word_from(text.text, (size_t)(slash - text.text));
}

static struct word
wanted_value(struct arena *arena, const struct operator_facts *facts,
    struct word text)
{
	if (facts->type == VALUE_IP)
		return without_prefix(text);
	if (facts->type == VALUE_NUMBER &&
	    facts->comparison == COMPARISON_less)
		return next_to(arena, text, -1);
	if (facts->type == VALUE_NUMBER &&
	    facts->comparison == COMPARISON_greater)
		return next_to(arena, text, 1);
	if (facts->comparison == COMPARISON_like || facts->type == VALUE_ARN)
		return fill_wildcards(arena, text);
	return text;
}

/* Wishes. */

static void
add(struct arena *arena, struct wishes *wishes, struct trial_change change)
{
	for (size_t i = 0; i < wishes->list.count; i++)
		if (trial_change_equal(&wishes->list.items[i], &change))
			return;
	*list_add(arena, &wishes->list) = change;
}

static void
add_value(struct arena *arena, struct wishes *wishes, const struct test *test,
    struct word value)
{
	if (value.text != NULL)
		add(arena, wishes, (struct trial_change){ TRIAL_SET, test->key,
		    value });
}

static void
add_values(struct arena *arena, struct wishes *wishes,
    const struct test *test, const struct request *request)
{
	const struct operator_facts *facts = operator_facts(
	    test->use.operator);

	for (size_t i = 0; i < test->count && i < WISHES_OF_TEST; i++) {
		struct word text = test->operands[i].variable == NULL ?
		    test->operands[i].text : wish_expand(arena,
		    test->operands[i].text, request);

		if (text.text != NULL)
			add_value(arena, wishes, test, wanted_value(arena,
			    facts, text));
	}
	if (facts->type != VALUE_BOOL)
		return;
	add_value(arena, wishes, test, word_from("true", 4));
	add_value(arena, wishes, test, word_from("false", 5));
}

void
wish_add_test(struct arena *arena, struct wishes *wishes,
    const struct test *test, const struct request *request)
{
	if (test->use.operator == OPERATOR_COUNT)
		return;
	if (test->use.operator != OPERATOR_Null)
		add_values(arena, wishes, test, request);
	add(arena, wishes, (struct trial_change){ .kind = TRIAL_REMOVE,
	    .key = test->key });
}

/* The statement is about the request, but for its conditions. */
static bool
is_about(const struct step *step, const struct scope *scope)
{
	return clause_element(step->clause, step->charter, scope,
	    ELEMENT_ACTION) != TRUTH_FALSE &&
	    clause_element(step->clause, step->charter, scope,
	    ELEMENT_RESOURCE) != TRUTH_FALSE &&
	    clause_element(step->clause, step->charter, scope,
	    ELEMENT_PRINCIPAL) != TRUTH_FALSE;
}

void
wish_add_all(struct arena *arena, struct wishes *wishes,
    const struct ruling *ruling, const struct assumptions *assumptions,
    struct word key)
{
	const struct scope scope = { &ruling->request, assumptions, NULL };

	for (size_t i = 0; i < ruling->trail.steps.count; i++) {
		const struct step *step = &ruling->trail.steps.items[i];

		if (!is_about(step, &scope))
			continue;
		for (size_t j = 0; j < step->clause->test_count; j++) {
			const struct test *test = &step->clause->tests[j];

			if (key.text == NULL ||
			    word_equal_folded(test->key, key))
				wish_add_test(arena, wishes, test,
				    &ruling->request);
		}
	}
}
