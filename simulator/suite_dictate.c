/* SPDX-License-Identifier: MIT */
/*
 * The JSON form of a test file, said in the words of the text form, whose
 * readers make all the checks.
 */
#include "config.h"

#include <string.h>

#include "simulator/dictation.h"
#include "simulator/suite_reader.h"

static const char *const suite_members[] = {
	"$schema", "schema", "estate", "tests", "guarantees", "gaps", NULL
};

static const char *const test_members[] = { "name", "expectations", NULL };

static const char *const gap_members[] = { "ids", "estate", NULL };

static const char *const because_members[] = { "layer", "sid", NULL };

static const char *const expectation_members[] = {
	"expect", "principal", "action", "resource", "resources", "via",
	"through", "mfa", "named", "credential", "with", "without", "overlay",
	"because", "on", NULL
};

static const char *const lint_members[] = {
	"expect", "finds", "from", "in", NULL
};

/* Keys. */

static void
add_text(struct dictation *dictation, struct token *token,
    struct word text, bool quoted)
{
	size_t length = token->word.length;
	char *bytes = arena_alloc(dictation->arena, length + text.length + 1);
	bool *protected = arena_alloc(dictation->arena,
	    length + text.length + 1);

	if (length > 0) {
		memcpy(bytes, token->word.text, length);
		memcpy(protected, token->protected, length);
	}
	if (text.length > 0)
		memcpy(bytes + length, text.text, text.length);
	memset(protected + length, quoted, text.length);
	token->word = word_from(bytes, length + text.length);
	token->protected = protected;
}

static bool
is_scalar(const struct node *node)
{
	return node->kind == NODE_STRING || node->kind == NODE_NUMBER ||
	    node->kind == NODE_BOOLEAN;
}

static bool
add_value(struct dictation *dictation, struct token *token,
    const struct node *value)
{
	if (!is_scalar(value) || (value->kind == NODE_STRING &&
	    !dictate_is_printable(word_of_node(value))))
		return dictate_refuse(dictation, value->span, "the value of a "
		    "key is a string without control characters, or an array "
		    "of them");
	add_text(dictation, token, word_of_node(value), true);
	return true;
}

/* What reads text cannot tell [""] from []. */
static bool
add_values(struct dictation *dictation, struct token *token,
    const struct node *array)
{
	if (array->count == 1 && array->first->length == 0)
		return dictate_refuse(dictation, array->span,
		    "an empty value stands in no array of its own");
	add_text(dictation, token, word_from("[", 1), false);
	for (const struct node *item = array->first; item != NULL;
	    item = item->next) {
		if (item != array->first)
			add_text(dictation, token, word_from(",", 1), false);
		if (!add_value(dictation, token, item))
			return false;
	}
	add_text(dictation, token, word_from("]", 1), false);
	return true;
}

static bool
dictate_pair(struct dictation *dictation, const struct node *member)
{
	struct token token = { .span = member->key_span, .quoted = true };
	struct word key = word_from(member->key, member->key_length);
	bool ok;

	if (memchr(key.text, '=', key.length) != NULL ||
	    !dictate_is_printable(key))
		return dictate_refuse(dictation, member->key_span,
		    "no key with `=` or control characters can be given");
	add_text(dictation, &token, key, true);
	add_text(dictation, &token, word_from("=", 1), false);
	ok = member->kind == NODE_ARRAY ?
	    add_values(dictation, &token, member) :
	    add_value(dictation, &token, member);
	*list_add(dictation->arena, &dictation->tokens.list) = token;
	return ok;
}

static bool
dictate_with(struct dictation *dictation, const struct node *object)
{
	if (object->kind != NODE_OBJECT || object->count == 0)
		return dictate_refuse(dictation, object->span,
		    "`with` takes an object with the values of keys");
	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		if (!dictate_pair(dictation, member))
			return false;
	return true;
}

/* Questions. */

static bool
dictate_credential(struct dictation *dictation, const struct node *node)
{
	static const char *const credentials[] = { "longterm", "session",
	    NULL };

	return dictate_choice(dictation, node, credentials);
}

static const struct {
	const char	*member;
	bool		 says;		/* its name begins a clause */
	bool		(*dictate)(struct dictation *, const struct node *);
} clauses[] = {
	{ "resource", false, dictate_row },
	{ "resources", false, dictate_row },
	{ "via", true, dictate_list },
	{ "through", true, dictate_list },
	{ "mfa", true, dictate_true },
	{ "named", true, dictate_word },
	{ "credential", false, dictate_credential },
	{ "with", true, dictate_with },
	{ "without", true, dictate_row },
	{ "overlay", true, dictate_row },
};

static bool
dictate_clauses(struct dictation *dictation, const struct node *object)
{
	for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++) {
		const struct node *member = node_find(object,
		    clauses[i].member);

		if (member == NULL)
			continue;
		if (clauses[i].says)
			dictate_keyword(dictation, clauses[i].member,
			    member->key_span);
		if (!clauses[i].dictate(dictation, member))
			return false;
	}
	return true;
}

static bool
dictate_because(struct dictation *dictation, const struct node *because)
{
	const char *names[LAYER_COUNT + 1] = { NULL };
	const struct node *layer, *sid;

	for (size_t i = 0; i < LAYER_COUNT; i++)
		names[i] = layer_name((enum layer)i);
	if (because == NULL)
		return true;
	dictate_keyword(dictation, "because", because->key_span);
	if (!dictate_object(dictation, because, because_members) ||
	    (layer = dictate_member(dictation, because, "layer")) == NULL ||
	    !dictate_choice(dictation, layer, names))
		return false;
	sid = node_find(because, "sid");
	return sid == NULL || dictate_word(dictation, sid);
}

static bool
dictate_finds(struct dictation *dictation, const struct node *finds)
{
	dictate_keyword(dictation, "finds", finds->key_span);
	if (finds->kind != NODE_STRING ||
	    !word_is(word_of_node(finds), "nothing"))
		return dictate_list(dictation, finds);
	dictate_keyword(dictation, "nothing", finds->span);
	return true;
}

static bool
dictate_lint(struct dictation *dictation, const struct node *object)
{
	const struct node *finds, *from, *in;

	if (!dictate_object(dictation, object, lint_members) ||
	    (finds = dictate_member(dictation, object, "finds")) == NULL)
		return false;
	dictate_keyword(dictation, "lint", object->span);
	if (!dictate_finds(dictation, finds))
		return false;
	from = node_find(object, "from");
	if (from != NULL)
		dictate_keyword(dictation, "from", from->key_span);
	if (from != NULL && !dictate_choice(dictation, from,
	    suite_severities))
		return false;
	in = node_find(object, "in");
	if (in == NULL)
		return true;
	dictate_keyword(dictation, "in", in->key_span);
	return dictate_word(dictation, in);
}

/* It tells what members there are. */
static bool
expects_lint(const struct node *object)
{
	const struct node *expect = object->kind == NODE_OBJECT ?
	    node_find(object, "expect") : NULL;

	return expect != NULL && expect->kind == NODE_STRING &&
	    word_is(word_of_node(expect), suite_verdicts[EXPECT_LINT]);
}

static bool
dictate_expectation(struct dictation *dictation, const struct node *object)
{
	const struct node *expect, *principal, *action, *on;

	if (expects_lint(object))
		return dictate_lint(dictation, object);
	if (!dictate_object(dictation, object, expectation_members) ||
	    (expect = dictate_member(dictation, object, "expect")) == NULL ||
	    (principal = dictate_member(dictation, object,
	    "principal")) == NULL ||
	    (action = dictate_member(dictation, object, "action")) == NULL)
		return false;
	if (!dictate_choice(dictation, expect, suite_verdicts) ||
	    !dictate_word(dictation, principal) ||
	    !dictate_word(dictation, action) ||
	    !dictate_clauses(dictation, object) ||
	    !dictate_because(dictation, node_find(object, "because")))
		return false;
	on = node_find(object, "on");
	if (on == NULL)
		return true;
	dictate_keyword(dictation, "on", on->key_span);
	return dictate_list(dictation, on);
}

/* The parts of a suite. */

static void
read_expectation(struct suite_reader *reader, const struct node *object,
    struct suite_test *test)
{
	struct question_fault fault;
	struct dictation dictation = { .arena = reader->arena,
	    .fault = &fault };

	if (dictate_expectation(&dictation, object))
		suite_read_expectation(reader, &dictation.tokens,
		    object->span, test);
	else
		suite_refuse(reader, &fault);
}

static bool
check_test(struct dictation *dictation, const struct node *object)
{
	const struct node *name, *expectations;

	return dictate_object(dictation, object, test_members) &&
	    (name = dictate_member(dictation, object, "name")) != NULL &&
	    (expectations = dictate_member(dictation, object,
	    "expectations")) != NULL && dictate_word(dictation, name) &&
	    (name->length > 0 || dictate_refuse(dictation, name->span,
	    "`name` is empty")) && dictate_array(dictation, expectations, 0);
}

static void
read_test(struct suite_reader *reader, const struct node *object)
{
	struct question_fault fault;
	struct dictation dictation = { .arena = reader->arena,
	    .fault = &fault };
	struct suite_test test = { .span = object->span };
	const struct node *expectations;

	if (!check_test(&dictation, object)) {
		suite_refuse(reader, &fault);
		return;
	}
	expectations = node_find(object, "expectations");
	test.name = word_of_node(node_find(object, "name"));
	if (expectations->count == 0)
		suite_refuse_empty(reader, object->span);
	for (const struct node *item = expectations->first; item != NULL;
	    item = item->next)
		read_expectation(reader, item, &test);
	*list_add(reader->arena, &reader->suite->tests) = test;
}

static void
read_guarantee(struct suite_reader *reader, const struct node *object)
{
	struct question_fault fault;
	struct guarantee guarantee;

	if (guarantee_read_json(reader->arena, object, &guarantee, &fault)) {
		guarantee.span = node_find(object, "id")->span;
		*list_add(reader->arena, &reader->suite->guarantees) =
		    guarantee;
	} else {
		suite_refuse(reader, &fault);
	}
}

static bool
dictate_gap(struct dictation *dictation, const struct node *object)
{
	const struct node *ids, *estate;

	dictate_keyword(dictation, "expect", object->span);
	dictate_keyword(dictation, "broken", object->span);
	if (!dictate_object(dictation, object, gap_members) ||
	    (ids = dictate_member(dictation, object, "ids")) == NULL ||
	    !dictate_list(dictation, ids))
		return false;
	estate = node_find(object, "estate");
	if (estate == NULL)
		return true;
	dictate_keyword(dictation, "in", estate->key_span);
	return dictate_word(dictation, estate);
}

static void
read_gap(struct suite_reader *reader, const struct node *object)
{
	struct question_fault fault;
	struct dictation dictation = { .arena = reader->arena,
	    .fault = &fault };

	if (dictate_gap(&dictation, object))
		suite_read_gap(reader, &dictation.tokens, object->span);
	else
		suite_refuse(reader, &fault);
}

static void
read_estate(struct suite_reader *reader, const struct node *node)
{
	struct question_fault fault;
	struct dictation dictation = { .arena = reader->arena,
	    .fault = &fault };

	if (node == NULL)
		return;
	if (!dictate_word(&dictation, node) || (node->length == 0 &&
	    !dictate_refuse(&dictation, node->span, "`estate` is empty")))
		suite_refuse(reader, &fault);
	else
		reader->suite->estate = (struct phrase){ word_of_node(node),
		    node->span };
}

static void
read_items(struct suite_reader *reader, const struct node *root,
    const char *member,
    void (*read)(struct suite_reader *, const struct node *))
{
	struct question_fault fault;
	struct dictation dictation = { .arena = reader->arena,
	    .fault = &fault };
	const struct node *array = node_find(root, member);

	if (array == NULL)
		return;
	if (!dictate_array(&dictation, array, 0)) {
		suite_refuse(reader, &fault);
		return;
	}
	for (const struct node *item = array->first; item != NULL;
	    item = item->next)
		read(reader, item);
}

static bool
check_root(struct dictation *dictation, const struct node *root)
{
	static const char *const schemas[] = { "sekisho.suite/1", NULL };
	const struct node *schema;

	return dictate_object(dictation, root, suite_members) &&
	    (schema = dictate_member(dictation, root, "schema")) != NULL &&
	    dictate_choice(dictation, schema, schemas);
}

void
suite_read_json(struct suite_reader *reader)
{
	struct question_fault fault;
	struct dictation dictation = { .arena = reader->arena,
	    .fault = &fault };
	const struct text *text = text_read(reader->arena, reader->source,
	    reader->report);

	if (text->root == NULL || !text->usable)
		return;
	if (!check_root(&dictation, text->root)) {
		suite_refuse(reader, &fault);
		return;
	}
	read_estate(reader, node_find(text->root, "estate"));
	read_items(reader, text->root, "tests", read_test);
	read_items(reader, text->root, "guarantees", read_guarantee);
	read_items(reader, text->root, "gaps", read_gap);
}
