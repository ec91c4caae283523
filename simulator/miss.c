/* SPDX-License-Identifier: MIT */
/*
 * Every element of every candidate is looked at, not only those up to the
 * first that fails: a statement with one wrong value is nearer than another
 * whose action does not fit, whatever their order.
 */
#include "config.h"

#include "simulator/miss.h"

/* How near a clause came; compared from the first member to the last. */
struct nearness {
	unsigned	 elements;	/* of action, resource, principal */
	size_t		 failed;	/* conditions */
	size_t		 agreement;	/* bytes of what fails first */
};

static unsigned
weigh(const struct miss *miss)
{
	return (miss->action != TRUTH_FALSE ? 4u : 0) |
	    (miss->resource != TRUTH_FALSE ? 2u : 0) |
	    (miss->principal != TRUTH_FALSE ? 1u : 0);
}

static size_t
common_start(struct word one, struct word other)
{
	size_t length = 0;

	while (length < one.length && length < other.length &&
	    one.text[length] == other.text[length])
		length++;
	return length;
}

/* Of the strings of an element, the one that agrees most. */
static size_t
agree_with(const struct element *element, struct word word)
{
	size_t most = 0;

	for (size_t i = 0; i < element->count; i++) {
		size_t here = common_start(word_of_node(element->items[i]),
		    word);

		most = here > most ? here : most;
	}
	return most;
}

static size_t
agree_in_test(const struct test *test, const struct request *request)
{
	const struct context_key *key = request_key(request, test->key.text,
	    test->key.length, test->hash);
	size_t most = 0;

	for (size_t i = 0; i < test->count; i++)
		for (size_t j = 0; j < key->count; j++) {
			size_t here = common_start(test->operands[i].text,
			    key->values[j]);

			most = here > most ? here : most;
		}
	return most;
}

static struct nearness
measure(const struct miss *miss, const struct request *request)
{
	const struct statement *statement = miss->step->clause->statement;
	struct nearness nearness = { weigh(miss), miss->tests.count, 0 };

	if (miss->action == TRUTH_FALSE)
		nearness.agreement = agree_with(&statement->action,
		    request->action);
	else if (miss->resource == TRUTH_FALSE)
		nearness.agreement = agree_with(&statement->resource,
		    request->resource);
	else if (miss->tests.count > 0)
		nearness.agreement = agree_in_test(miss->tests.items[0],
		    request);
	return nearness;
}

static bool
is_nearer(const struct nearness *one, const struct nearness *other)
{
	if (one->elements != other->elements)
		return one->elements > other->elements;
	if (one->failed != other->failed)
		return one->failed < other->failed;
	return one->agreement > other->agreement;
}

static struct miss
examine(struct arena *arena, const struct step *step,
    const struct scope *scope)
{
	struct miss miss = { .step = step };

	miss.action = clause_element(step->clause, step->charter, scope,
	    ELEMENT_ACTION);
	miss.resource = clause_element(step->clause, step->charter, scope,
	    ELEMENT_RESOURCE);
	miss.principal = clause_element(step->clause, step->charter, scope,
	    ELEMENT_PRINCIPAL);
	for (size_t i = 0; i < step->clause->test_count; i++)
		if (test_holds(&step->clause->tests[i], scope) != TRUTH_TRUE)
			*list_add(arena, &miss.tests) =
			    &step->clause->tests[i];
	return miss;
}

struct miss
miss_find(struct arena *arena, const struct trail *trail, enum effect effect,
    enum layer layer, size_t level, const struct scope *scope)
{
	struct miss nearest = { .step = NULL };
	struct nearness best = { 0, 0, 0 };

	for (size_t i = 0; i < trail->steps.count; i++) {
		const struct step *step = &trail->steps.items[i];
		struct nearness nearness;
		struct miss miss;

		if (step->layer != layer || step->level != level ||
		    step->clause->effect != effect)
			continue;
		miss = examine(arena, step, scope);
		nearness = measure(&miss, scope->request);
		if (nearest.step != NULL && !is_nearer(&nearness, &best))
			continue;
		nearest = miss;
		best = nearness;
	}
	return nearest;
}
