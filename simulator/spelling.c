/* SPDX-License-Identifier: MIT */
/* Walks tests and guarantees; catalog.h says what is listed, and what is near. */
#include "config.h"

#include <string.h>

#include "simulator/spelling.h"

struct speller {
	const struct catalog	*catalog;
	struct report		*report;
};

static const struct complaint unlisted = {
	.id = "suite-unlisted",
	.severity = SEVERITY_WARNING,
	.says = "a test file names an action or a key that is not listed",
	.why = "What it says of such requests may hold because there are none.",
};

static void
complain(struct speller *speller, const struct phrase *phrase,
    const char *kind, const char *nearest)
{
	struct finding *finding = report_add(speller->report, &unlisted,
	    phrase->span, "no %s `%.*s` is listed, so this may speak of "
	    "nothing", kind, (int)phrase->word.length, phrase->word.text);

	if (nearest != NULL)
		report_help(speller->report, finding, "did you mean `%s`?",
		    nearest);
}

/* Actions. */

static bool
matches_some(const struct speller *speller, struct word word)
{
	const struct catalog *catalog = speller->catalog;
	const char *colon = memchr(word.text, ':', word.length);
	const struct action **found;
	const struct service *service;
	struct pattern pattern;

	if (colon == NULL || word_has_wildcard(word_from(word.text,
	    (size_t)(colon - word.text))))
		return true;
	service = catalog_service(catalog, word.text, (size_t)(colon -
	    word.text));
	if (service == NULL)
		return false;
	found = arena_array(speller->report->arena, service->action_count,
	    sizeof(*found));
	pattern = pattern_read_folded(speller->report->arena, colon + 1,
	    word.length - (size_t)(colon - word.text) - 1);
	return service_match(service, &pattern, found) > 0;
}

static void
check_action(struct speller *speller, const struct phrase *phrase)
{
	struct word word = phrase->word;

	if (catalog_action(speller->catalog, word.text, word.length) == NULL &&
	    catalog_call(speller->catalog, word.text, word.length) == NULL &&
	    !(word_has_wildcard(word) && matches_some(speller, word)))
		complain(speller, phrase, "action", catalog_nearest_action(
		    speller->report->arena, speller->catalog, word.text,
		    word.length));
}

static void
check_actions(struct speller *speller, const struct phrases *actions)
{
	for (size_t i = 0; i < actions->list.count; i++)
		check_action(speller, &actions->list.items[i]);
}

/* Keys. */

static void
check_key(struct speller *speller, const struct phrase *phrase)
{
	struct word word = phrase->word;

	if (catalog_key(speller->catalog, word.text, word.length) == NULL &&
	    catalog_claim(speller->catalog, word.text, word.length) == NULL)
		complain(speller, phrase, "condition key",
		    catalog_nearest_key(speller->catalog, word.text,
		    word.length));
}

/* Recursion is bounded by GUARANTEE_DEPTH_MAX and GUARANTEE_CONDITIONS_MAX. */
static void
check_condition(struct speller *speller,
    const struct guarantee_condition *condition)
{
	if (condition == NULL)
		return;
	if (condition->kind == CONDITION_TEST)
		check_key(speller, &condition->key);
	if (condition->kind == CONDITION_ACTION)
		check_actions(speller, &condition->action.actions);
	check_condition(speller, condition->one);
	check_condition(speller, condition->other);
}

static void
check_promise(struct speller *speller, const struct guarantee *promise)
{
	for (size_t i = 0; i < promise->steps.count; i++)
		check_actions(speller, &promise->steps.items[i].actions);
	check_condition(speller, promise->where);
	check_condition(speller, promise->must);
}

static void
check_question(struct speller *speller, const struct question *question)
{
	check_action(speller, &question->action);
	for (size_t i = 0; i < question->keys.count; i++)
		check_key(speller, &question->keys.items[i].name);
}

static void
check_expectation(struct speller *speller,
    const struct expectation *expectation)
{
	if (expectation->kind == EXPECT_LINT)
		return;
	check_question(speller, &expectation->question);
	for (size_t i = 0; i < expectation->keys.list.count; i++)
		check_key(speller, &expectation->keys.list.items[i]);
}

static void
check_test(struct speller *speller, const struct suite_test *test)
{
	for (size_t i = 0; i < test->expectations.count; i++)
		check_expectation(speller, &test->expectations.items[i]);
}

void
spelling_check(const struct catalog *catalog, const struct suite *suite,
    struct report *report)
{
	struct speller speller = { catalog, report };

	report->source = suite->source;
	for (size_t i = 0; i < suite->tests.count; i++)
		check_test(&speller, &suite->tests.items[i]);
	for (size_t i = 0; i < suite->guarantees.count; i++)
		for (const struct guarantee *promise =
		    &suite->guarantees.items[i]; promise != NULL;
		    promise = promise->also)
			check_promise(&speller, promise);
}
