/* SPDX-License-Identifier: MIT */
/* Writes guarantees as JSON; suite.schema.json says what the members are. */
#include "config.h"

#include "simulator/guarantee.h"

static void
print_word(struct json *json, const char *key, struct word word)
{
	json_key(json, key);
	json_string(json, word.text, word.length);
}

static void
print_words(struct json *json, const char *key, const struct phrases *words)
{
	json_key(json, key);
	json_open_array(json);
	for (size_t i = 0; i < words->list.count; i++)
		json_string(json, words->list.items[i].word.text,
		    words->list.items[i].word.length);
	json_close_array(json);
}

/* A member of the object that is open. */
static void
print_phrase(struct json *json, const struct guarantee_phrase *phrase)
{
	const char *key = guarantee_phrase_members[phrase->kind];

	if (phrase->kind == PHRASE_MFA ||
	    phrase->kind == PHRASE_ON_OWN_SESSION)
		json_member_boolean(json, key, true);
	else if (phrase->kind == PHRASE_NAMED)
		print_word(json, key, phrase->words.list.items[0].word);
	else
		print_words(json, key, &phrase->words);
}

static void
print_phrases(struct json *json, const struct guarantee_step *step)
{
	if (step->phrases.count == 0)
		return;
	json_key(json, "phrases");
	json_open_array(json);
	for (size_t i = 0; i < step->phrases.count; i++) {
		json_open_object(json);
		print_phrase(json, &step->phrases.items[i]);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_steps(struct json *json, const struct guarantee *promise)
{
	json_key(json, "steps");
	json_open_array(json);
	for (size_t i = 0; i < promise->steps.count; i++) {
		const struct guarantee_step *step = &promise->steps.items[i];

		json_open_object(json);
		if (step->kind == STEP_ACTIONS)
			print_words(json, "actions", &step->actions);
		else
			json_member_text(json, "any", step->kind ==
			    STEP_REQUEST ? "request" : "call");
		print_phrases(json, step);
		json_close_object(json);
	}
	json_close_array(json);
}

/* Conditions. */

static void	 print_condition(struct json *,
		    const struct guarantee_condition *);

static void
print_inner(struct json *json, const char *key,
    const struct guarantee_condition *inner)
{
	json_key(json, key);
	print_condition(json, inner);
}

/* (a and b) and c is one array of three. */
static void
print_row(struct json *json, const struct guarantee_condition *row)
{
	const struct guarantee_condition *items[GUARANTEE_CONDITIONS_MAX];
	enum condition_kind kind = row->kind;
	size_t count = 0;

	for (; row->kind == kind; row = row->one)
		items[count++] = row->other;
	json_key(json, kind == CONDITION_AND ? "and" : "or");
	json_open_array(json);
	print_condition(json, row);
	while (count > 0)
		print_condition(json, items[--count]);
	json_close_array(json);
}

static void
print_test(struct json *json, const struct guarantee_condition *test)
{
	char name[GUARANTEE_OPERATOR_SIZE];

	guarantee_operator_name(&test->use, name);
	json_member_text(json, "operator", name);
	print_word(json, "key", test->key.word);
	print_words(json, "values", &test->values);
}

static void
print_members(struct json *json, const struct guarantee_condition *condition)
{
	switch (condition->kind) {
	case CONDITION_TEST:
		print_test(json, condition);
		break;
	case CONDITION_ACTION:
		print_words(json, "actions", &condition->action.actions);
		print_phrases(json, &condition->action);
		break;
	case CONDITION_PHRASE:
		print_phrase(json, &condition->phrase);
		break;
	case CONDITION_HOP:
		json_member_text(json, "hop", guarantee_hops[condition->hop]);
		print_inner(json, "holds", condition->one);
		break;
	case CONDITION_PART:
		print_word(json, "part", condition->part.word);
		print_inner(json, "holds", condition->one);
		break;
	case CONDITION_NOT:
		print_inner(json, "not", condition->one);
		break;
	case CONDITION_AND:
	case CONDITION_OR:
		print_row(json, condition);
		break;
	}
}

static void
print_condition(struct json *json,
    const struct guarantee_condition *condition)
{
	json_open_object(json);
	print_members(json, condition);
	json_close_object(json);
}

/* Promises. */

static void
print_layers(struct json *json, layer_set layers)
{
	if (layers == 0)
		return;
	json_key(json, "assuming");
	json_open_array(json);
	for (size_t i = 0; i < LAYER_COUNT; i++)
		if ((layers >> i & 1) != 0)
			json_text(json, layer_name((enum layer)i));
	json_close_array(json);
}

static void
print_promise(struct json *json, const struct guarantee *promise)
{
	json_member_text(json, "quantifier",
	    guarantee_quantifiers[promise->quantifier]);
	json_member_boolean(json, "allowed", promise->allowed);
	if (promise->by_layer)
		json_member_text(json, "by", layer_name(promise->layer));
	print_steps(json, promise);
	print_layers(json, promise->assuming);
	if (promise->where != NULL)
		print_inner(json, "where", promise->where);
	if (promise->must != NULL)
		print_inner(json, "must", promise->must);
}

void
guarantee_print_json(struct json *json, const struct guarantee *guarantee)
{
	json_open_object(json);
	print_word(json, "id", guarantee->id);
	print_word(json, "name", guarantee->name);
	print_promise(json, guarantee);
	if (guarantee->also != NULL) {
		json_key(json, "and");
		json_open_array(json);
		for (guarantee = guarantee->also; guarantee != NULL;
		    guarantee = guarantee->also) {
			json_open_object(json);
			print_promise(json, guarantee);
			json_close_object(json);
		}
		json_close_array(json);
	}
	json_close_object(json);
}
