/* SPDX-License-Identifier: MIT */
/* What a guarantee says, held against one concrete call. */
#include "config.h"

#include <err.h>
#include <string.h>

#include "policy/reader.h"
#include "testcases/oath.h"

static bool
is_any(const struct phrases *words, bool (*says)(const struct oath_call *,
    struct word), const struct oath_call *call)
{
	for (size_t i = 0; i < words->list.count; i++)
		if (says(call, words->list.items[i].word))
			return true;
	return false;
}

static bool
acts(const struct oath_call *call, const struct request *request,
    const struct phrases *actions)
{
	for (size_t i = 0; i < actions->list.count; i++) {
		struct word word = actions->list.items[i].word;
		const struct pattern pattern = pattern_read_folded(
		    call->arena, word.text, word.length);

		if (pattern_match(&pattern, request->action.text,
		    request->action.length))
			return true;
	}
	return actions->list.count == 0;
}

/* Phrases. */

static bool
is_on(const struct oath_call *call, struct word word)
{
	const struct pattern pattern = arn_pattern_read(call->arena,
	    word.text, word.length, false);

	for (size_t i = 0; i < call->count; i++)
		if (pattern_match(&pattern, call->requests[i]->resource.text,
		    call->requests[i]->resource.length))
			return true;
	return false;
}

/* Of a session, its role's. */
static struct word
arn_of(const struct actor *actor)
{
	return actor->kind == ACTOR_ROLE_SESSION ? actor->issuer :
	    actor->principal;
}

static bool
is_by_arn(const struct oath_call *call, struct word word)
{
	const struct actor *actor = &call->caller->actor;
	const struct pattern pattern = arn_condition_read(call->arena,
	    word.text, word.length);
	struct word arn = arn_of(actor);

	if (actor->account.text == NULL)
		return false;
	return pattern_match(&pattern, arn.text, arn.length) ||
	    pattern_match(&pattern, actor->principal.text,
	    actor->principal.length);
}

static bool
is_of_kind(const struct actor *actor, struct word word, bool *known)
{
	static const char *const words[] = {
		[ACTOR_ANONYMOUS] = "anonymous",
		[ACTOR_USER] = "user",
		[ACTOR_ROLE_SESSION] = "role",
		[ACTOR_FEDERATED_SESSION] = "federated",
		[ACTOR_ROOT] = "root",
		[ACTOR_SERVICE] = "service",
		[ACTOR_PROVIDER] = "provider",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (word_is(word, words[i])) {
			*known = true;
			return actor->kind == (enum actor_kind)i;
		}
	*known = false;
	return false;
}

static bool
is_by(const struct oath_call *call, struct word word)
{
	const struct actor *actor = &call->caller->actor;
	bool known, is = is_of_kind(actor, word, &known);

	if (known)
		return is;
	if (word_is(word, "foreign"))
		return actor->account.text != NULL && estate_account(
		    call->court->estate, actor->account) == NULL;
	if (word_starts_with(word, "arn:"))
		return is_by_arn(call, word);
	if (word.text[0] >= '0' && word.text[0] <= '9')
		return word_equal(actor->account, word);
	return actor->kind != ACTOR_FEDERATED_SESSION &&
	    call->caller->principal != NULL &&
	    word_equal(call->caller->principal->name, word);
}

static bool
is_by_session_of(const struct oath_call *call, struct word word)
{
	return call->caller->actor.kind == ACTOR_ROLE_SESSION &&
	    is_by(call, word);
}

static bool
is_through(const struct oath_call *call, struct word word)
{
	const struct way *way = call->way;

	if (word_is(word, "internet"))
		return way->kind == WAY_INTERNET &&
		    call->caller->actor.kind != ACTOR_SERVICE;
	if (way->kind != WAY_ENDPOINT || way->endpoint == NULL)
		return false;
	return word_is(word, "endpoints") ||
	    word_equal(way->endpoint->id, word) ||
	    word_equal(way->endpoint->vpc->id, word);
}

static bool
says(const struct oath_call *call, const struct guarantee_phrase *phrase)
{
	switch (phrase->kind) {
	case PHRASE_ON:
		return is_any(&phrase->words, is_on, call);
	case PHRASE_BY:
		return is_any(&phrase->words, is_by, call);
	case PHRASE_BY_SESSION_OF:
		return is_any(&phrase->words, is_by_session_of, call);
	case PHRASE_THROUGH:
		return is_any(&phrase->words, is_through, call);
	case PHRASE_MFA:
		return request_says_true(call->requests[0],
		    "aws:MultiFactorAuthPresent");
	case PHRASE_ON_OWN_SESSION:
	case PHRASE_DOCUMENT:
	case PHRASE_NAMED:
	case PHRASE_COUNT:
		break;
	}
	errx(1, "no oath says that");
}

/* Conditions. */

static const char *
print_test(struct arena *arena, const struct guarantee_condition *test)
{
	struct writing writing = { .arena = arena };
	char operator[GUARANTEE_OPERATOR_SIZE];

	guarantee_operator_name(&test->use, operator);
	writing_add(&writing, "{\"Version\":\"2012-10-17\",\"Statement\":"
	    "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\","
	    "\"Condition\":{\"%s\":{\"%.*s\":[", operator,
	    (int)test->key.word.length, test->key.word.text);
	for (size_t i = 0; i < test->values.list.count; i++)
		writing_add(&writing, "%s\"%.*s\"", i == 0 ? "" : ",",
		    (int)test->values.list.items[i].word.length,
		    test->values.list.items[i].word.text);
	writing_add(&writing, "]}}}}");
	*list_add(arena, &writing.text) = '\0';
	return writing.text.items;
}

static const struct test *
compile_test(const struct oath_call *call,
    const struct guarantee_condition *test)
{
	struct arena *arena = call->tests->arena;
	const char *bytes = print_test(arena, test);
	const struct source *source = source_new(arena, "", bytes,
	    strlen(bytes));
	const struct charter *charter;
	const struct text *text;
	struct report report;

	report_init(&report, arena, source);
	text = text_read(arena, source, &report);
	charter = charter_compile(arena, call->court->catalog,
	    reader_read_policy(arena, text, text->root, &report),
	    LAYER_IDENTITY, call->court->assumptions, 0);
	if (charter->count != 1 || charter->clauses[0].test_count != 1)
		errx(1, "no condition: %s", bytes);
	return charter->clauses[0].tests;
}

static const struct test *
find_test(const struct oath_call *call,
    const struct guarantee_condition *condition)
{
	struct oath_tests *tests = call->tests;
	const struct test *test;

	for (size_t i = 0; i < tests->list.count; i++)
		if (tests->list.items[i].source == condition)
			return tests->list.items[i].test;
	test = compile_test(call, condition);
	*list_add(tests->arena, &tests->list) =
	    (struct oath_test){ condition, test };
	return test;
}

static bool
meets(const struct oath_call *call, const struct guarantee_condition *test)
{
	assumption_set rests = 0;
	struct scope scope = { call->requests[0], call->court->assumptions,
	    &rests };

	return test_holds(find_test(call, test), &scope) == TRUTH_TRUE;
}

static bool
is_step(const struct oath_call *call, const struct guarantee_step *step)
{
	if (!acts(call, call->requests[0], &step->actions))
		return false;
	for (size_t i = 0; i < step->phrases.count; i++)
		if (!says(call, &step->phrases.items[i]))
			return false;
	return true;
}

/* Recursion is bounded by GUARANTEE_DEPTH_MAX. */
static bool
holds(const struct oath_call *call,
    const struct guarantee_condition *condition)
{
	switch (condition->kind) {
	case CONDITION_TEST:
		return meets(call, condition);
	case CONDITION_ACTION:
		return is_step(call, &condition->action);
	case CONDITION_PHRASE:
		return says(call, &condition->phrase);
	case CONDITION_NOT:
		return !holds(call, condition->one);
	case CONDITION_AND:
		return holds(call, condition->one) &&
		    holds(call, condition->other);
	case CONDITION_OR:
		return holds(call, condition->one) ||
		    holds(call, condition->other);
	case CONDITION_HOP:
	case CONDITION_PART:
		break;
	}
	errx(1, "no oath says that");
}

bool
oath_concerns(const struct oath_call *call,
    const struct guarantee *guarantee)
{
	return is_step(call, &guarantee->steps.items[0]) &&
	    (guarantee->where == NULL || holds(call, guarantee->where));
}

bool
oath_is_kept(const struct oath_call *call, const struct guarantee *guarantee)
{
	return guarantee->must != NULL && holds(call, guarantee->must);
}
