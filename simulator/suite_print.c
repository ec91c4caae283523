/* SPDX-License-Identifier: MIT */
/* A suite in either of its forms. */
#include "config.h"

#include "simulator/script.h"
#include "simulator/suite_reader.h"

/* Text. */

static void
add_lint(struct script *script, const struct expectation *expectation)
{
	script_text(script, " finds");
	if (expectation->rules.list.count == 0)
		script_text(script, " nothing");
	script_words(script, &expectation->rules);
	if (expectation->severity != SEVERITY_NOTE) {
		script_text(script, " from ");
		script_text(script, severity_name(expectation->severity));
	}
	if (expectation->file.word.text != NULL) {
		script_text(script, " in");
		script_word(script, expectation->file.word);
	}
}

static void
add_expectation(struct script *script, const struct expectation *expectation)
{
	script_text(script, suite_verdicts[expectation->kind]);
	if (expectation->kind == EXPECT_LINT) {
		add_lint(script, expectation);
		return;
	}
	script_question(script, &expectation->question);
	if (expectation->has_layer) {
		script_text(script, " because ");
		script_text(script, layer_name(expectation->layer));
		if (expectation->sid.word.text != NULL)
			script_word(script, expectation->sid.word);
	}
	if (expectation->keys.list.count > 0) {
		script_text(script, " on");
		script_words(script, &expectation->keys);
	}
}

const char *
expectation_text(struct arena *arena, const struct expectation *expectation)
{
	struct script script;

	script_init(&script, arena);
	add_expectation(&script, expectation);
	return script_finish(&script);
}

static void
add_test(struct script *script, const struct suite_test *test)
{
	script_text(script, "\ntest");
	script_quoted(script, test->name);
	script_text(script, "\n");
	for (size_t i = 0; i < test->expectations.count; i++) {
		script_text(script, "  ");
		add_expectation(script, &test->expectations.items[i]);
		script_text(script, "\n");
	}
}

static void
add_gap(struct script *script, const struct known_gap *gap)
{
	script_text(script, "\nexpect broken");
	script_words(script, &gap->ids);
	if (gap->estate.word.text != NULL) {
		script_text(script, " in");
		script_word(script, gap->estate.word);
	}
	script_text(script, "\n");
}

const char *
suite_text(struct arena *arena, const struct suite *suite)
{
	struct script script;

	script_init(&script, arena);
	if (suite->estate.word.text != NULL) {
		script_text(&script, "estate");
		script_word(&script, suite->estate.word);
		script_text(&script, "\n");
	}
	for (size_t i = 0; i < suite->tests.count; i++)
		add_test(&script, &suite->tests.items[i]);
	for (size_t i = 0; i < suite->guarantees.count; i++) {
		script_text(&script, "\n");
		script_text(&script, guarantee_text(arena,
		    &suite->guarantees.items[i]));
	}
	for (size_t i = 0; i < suite->gaps.count; i++)
		add_gap(&script, &suite->gaps.items[i]);
	return script_finish(&script);
}

/* JSON. */

static void
print_word(struct json *json, const char *key, struct word word)
{
	json_key(json, key);
	json_string(json, word.text, word.length);
}

static void
print_words(struct json *json, const char *key, const struct phrases *words)
{
	if (words->list.count == 0)
		return;
	json_key(json, key);
	json_open_array(json);
	for (size_t i = 0; i < words->list.count; i++)
		json_string(json, words->list.items[i].word.text,
		    words->list.items[i].word.length);
	json_close_array(json);
}

static void
print_value(struct json *json, const struct given_key *key)
{
	if (key->listed)
		json_open_array(json);
	for (size_t i = 0; i < key->count; i++)
		json_string(json, key->values[i].text, key->values[i].length);
	if (key->listed)
		json_close_array(json);
}

static bool
has_keys(const struct question *question, bool absent)
{
	for (size_t i = 0; i < question->keys.count; i++)
		if (question->keys.items[i].absent == absent)
			return true;
	return false;
}

static void
print_with(struct json *json, const struct question *question)
{
	if (!has_keys(question, false))
		return;
	json_key(json, "with");
	json_open_object(json);
	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];

		if (key->absent)
			continue;
		json_key_bytes(json, key->name.word.text,
		    key->name.word.length);
		print_value(json, key);
	}
	json_close_object(json);
}

static void
print_without(struct json *json, const struct question *question)
{
	if (!has_keys(question, true))
		return;
	json_key(json, "without");
	json_open_array(json);
	for (size_t i = 0; i < question->keys.count; i++)
		if (question->keys.items[i].absent)
			json_string(json,
			    question->keys.items[i].name.word.text,
			    question->keys.items[i].name.word.length);
	json_close_array(json);
}

static void
print_question(struct json *json, const struct question *question)
{
	print_word(json, "principal", question->principal.word);
	print_word(json, "action", question->action.word);
	print_words(json, "resources", &question->resources);
	print_words(json, "via", &question->via);
	print_words(json, "through", &question->through);
	if (question->mfa)
		json_member_boolean(json, "mfa", true);
	if (question->named.word.text != NULL)
		print_word(json, "named", question->named.word);
	if (question->credential != CREDENTIAL_UNKNOWN)
		json_member_text(json, "credential", question->credential ==
		    CREDENTIAL_LONG_TERM ? "longterm" : "session");
	print_with(json, question);
	print_without(json, question);
	print_words(json, "overlay", &question->overlays);
}

static void
print_lint(struct json *json, const struct expectation *expectation)
{
	if (expectation->rules.list.count == 0)
		json_member_text(json, "finds", "nothing");
	print_words(json, "finds", &expectation->rules);
	if (expectation->severity != SEVERITY_NOTE)
		json_member_text(json, "from",
		    severity_name(expectation->severity));
	if (expectation->file.word.text != NULL)
		print_word(json, "in", expectation->file.word);
}

static void
print_expectation(struct json *json, const struct expectation *expectation)
{
	json_open_object(json);
	json_member_text(json, "expect", suite_verdicts[expectation->kind]);
	if (expectation->kind == EXPECT_LINT) {
		print_lint(json, expectation);
		json_close_object(json);
		return;
	}
	print_question(json, &expectation->question);
	if (expectation->has_layer) {
		json_key(json, "because");
		json_open_object(json);
		json_member_text(json, "layer",
		    layer_name(expectation->layer));
		if (expectation->sid.word.text != NULL)
			print_word(json, "sid", expectation->sid.word);
		json_close_object(json);
	}
	print_words(json, "on", &expectation->keys);
	json_close_object(json);
}

static void
print_tests(struct json *json, const struct suite *suite)
{
	json_key(json, "tests");
	json_open_array(json);
	for (size_t i = 0; i < suite->tests.count; i++) {
		const struct suite_test *test = &suite->tests.items[i];

		json_open_object(json);
		print_word(json, "name", test->name);
		json_key(json, "expectations");
		json_open_array(json);
		for (size_t j = 0; j < test->expectations.count; j++)
			print_expectation(json, &test->expectations.items[j]);
		json_close_array(json);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_gaps(struct json *json, const struct suite *suite)
{
	json_key(json, "gaps");
	json_open_array(json);
	for (size_t i = 0; i < suite->gaps.count; i++) {
		const struct known_gap *gap = &suite->gaps.items[i];

		json_open_object(json);
		print_words(json, "ids", &gap->ids);
		if (gap->estate.word.text != NULL)
			print_word(json, "estate", gap->estate.word);
		json_close_object(json);
	}
	json_close_array(json);
}

void
suite_print_json(struct json *json, const struct suite *suite)
{
	json_open_object(json);
	json_member_text(json, "schema", "sekisho.suite/1");
	if (suite->estate.word.text != NULL)
		print_word(json, "estate", suite->estate.word);
	print_tests(json, suite);
	json_key(json, "guarantees");
	json_open_array(json);
	for (size_t i = 0; i < suite->guarantees.count; i++)
		guarantee_print_json(json, &suite->guarantees.items[i]);
	json_close_array(json);
	print_gaps(json, suite);
	json_close_object(json);
}
