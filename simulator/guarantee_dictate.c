/* SPDX-License-Identifier: MIT */
/*
 * Guarantees out of JSON: said in the words of the text form, whose reader
 * makes all the checks.  Here stands only which member is which word.
 */
#include "config.h"

#include <string.h>

#include "simulator/dictation.h"
#include "simulator/guarantee_reader.h"

static bool	 dictate_condition(struct dictation *, const struct node *);

/* Phrases. */

static bool
is_bare(enum phrase_kind kind)
{
	return kind == PHRASE_MFA || kind == PHRASE_ON_OWN_SESSION;
}

/* `on own session' is three tokens. */
static void
dictate_words(struct dictation *dictation, const char *words,
    struct span span)
{
	struct tokens tokens;
	struct question_fault fault;

	sentence_split(dictation->arena, word_from(words, strlen(words)),
	    &tokens, &fault);
	for (size_t i = 0; i < tokens.list.count; i++)
		dictate_keyword(dictation, arena_copy(dictation->arena,
		    tokens.list.items[i].word.text,
		    tokens.list.items[i].word.length), span);
}

static bool
dictate_phrase(struct dictation *dictation, const struct node *member)
{
	for (size_t i = 0; i < PHRASE_COUNT; i++) {
		if (!word_is(word_from(member->key, member->key_length),
		    guarantee_phrase_members[i]))
			continue;
		dictate_words(dictation, guarantee_phrase_words[i],
		    member->key_span);
		if (is_bare((enum phrase_kind)i))
			return dictate_true(dictation, member);
		return i == PHRASE_NAMED ? dictate_word(dictation, member) :
		    dictate_list(dictation, member);
	}
	return dictate_refuse(dictation, member->key_span, "a phrase is one "
	    "of on, onOwnSession, by, bySessionOf, through, document, named "
	    "and mfa");
}

static bool
dictate_phrases(struct dictation *dictation, const struct node *array)
{
	if (array == NULL)
		return true;
	if (!dictate_array(dictation, array, 1))
		return false;
	for (const struct node *item = array->first; item != NULL;
	    item = item->next)
		if (!dictate_object(dictation, item,
		    guarantee_phrase_members) || (item->count != 1 &&
		    !dictate_refuse(dictation, item->span,
		    "a phrase has one member")) ||
		    !dictate_phrase(dictation, item->first))
			return false;
	return true;
}

/* Conditions. */

static bool
dictate_inner(struct dictation *dictation, const struct node *node)
{
	bool ok;

	dictate_keyword(dictation, "(", node->span);
	ok = dictate_condition(dictation, node);
	dictate_keyword(dictation, ")", node->span);
	return ok;
}

static bool
dictate_test(struct dictation *dictation, const struct node *object)
{
	static const char *const members[] = { "operator", "key", "values",
	    NULL };
	const struct node *operator = node_find(object, "operator");
	const struct node *key, *values;

	if (!dictate_object(dictation, object, members) ||
	    (key = dictate_member(dictation, object, "key")) == NULL ||
	    (values = dictate_member(dictation, object, "values")) == NULL)
		return false;
	if (operator->kind != NODE_STRING || operator_read(operator->text,
	    operator->length).operator == OPERATOR_COUNT)
		return dictate_refuse(dictation, operator->span,
		    "this is no operator of IAM");
	dictate_keyword(dictation, operator->text, operator->span);
	return dictate_word(dictation, key) && dictate_row(dictation, values);
}

static bool
dictate_action(struct dictation *dictation, const struct node *object)
{
	static const char *const members[] = { "actions", "phrases", NULL };

	return dictate_object(dictation, object, members) &&
	    dictate_list(dictation, node_find(object, "actions")) &&
	    dictate_phrases(dictation, node_find(object, "phrases"));
}

static bool
dictate_hop(struct dictation *dictation, const struct node *object)
{
	static const char *const members[] = { "hop", "holds", NULL };
	const struct node *holds;

	return dictate_object(dictation, object, members) &&
	    (holds = dictate_member(dictation, object, "holds")) != NULL &&
	    dictate_choice(dictation, node_find(object, "hop"),
	    guarantee_hops) && dictate_inner(dictation, holds);
}

/* What the text's reader would take for another word is no part. */
static bool
is_part(const struct node *node)
{
	struct token token = { .word = word_of_node(node) };
	struct tape tape = { .reserved = guarantee_reserved };
	size_t which;

	for (size_t i = 0; i < token.word.length; i++)
		if ((token.word.text[i] < 'a' || token.word.text[i] > 'z') &&
		    token.word.text[i] != '-')
			return false;
	return node->kind == NODE_STRING && token.word.length > 0 &&
	    !guarantee_is_one(&token, guarantee_hops, &which) &&
	    (token_is(&token, "document") || !tape_is_reserved(&tape, &token));
}

static bool
dictate_part(struct dictation *dictation, const struct node *object)
{
	static const char *const members[] = { "part", "holds", NULL };
	const struct node *part = node_find(object, "part");
	const struct node *holds;

	if (!dictate_object(dictation, object, members) ||
	    (holds = dictate_member(dictation, object, "holds")) == NULL)
		return false;
	if (!is_part(part))
		return dictate_refuse(dictation, part->span,
		    "this is no part of a call, such as instance");
	dictate_keyword(dictation, part->text, part->span);
	return dictate_inner(dictation, holds);
}

static bool
dictate_not(struct dictation *dictation, const struct node *object)
{
	static const char *const members[] = { "not", NULL };

	if (!dictate_object(dictation, object, members))
		return false;
	dictate_keyword(dictation, "not", object->first->key_span);
	return dictate_inner(dictation, object->first);
}

static bool
dictate_items(struct dictation *dictation, const struct node *object,
    const char *word)
{
	const char *const members[] = { word, NULL };
	const struct node *array = node_find(object, word);

	if (!dictate_object(dictation, object, members) ||
	    !dictate_array(dictation, array, 2))
		return false;
	for (const struct node *item = array->first; item != NULL;
	    item = item->next) {
		if (item != array->first)
			dictate_keyword(dictation, word, array->key_span);
		if (!dictate_inner(dictation, item))
			return false;
	}
	return true;
}

static bool
dictate_and(struct dictation *dictation, const struct node *object)
{
	return dictate_items(dictation, object, "and");
}

static bool
dictate_or(struct dictation *dictation, const struct node *object)
{
	return dictate_items(dictation, object, "or");
}

static const struct {
	const char	*member;	/* by which it is known */
	bool		(*dictate)(struct dictation *, const struct node *);
} conditions[] = {
	{ "operator", dictate_test },
	{ "actions", dictate_action },
	{ "hop", dictate_hop },
	{ "part", dictate_part },
	{ "not", dictate_not },
	{ "and", dictate_and },
	{ "or", dictate_or },
};

static bool
dictate_condition(struct dictation *dictation, const struct node *node)
{
	if (node->kind != NODE_OBJECT)
		return dictate_refuse(dictation, node->span,
		    "a condition is an object");
	for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]);
	    i++)
		if (node_find(node, conditions[i].member) != NULL)
			return conditions[i].dictate(dictation, node);
	if (node->count != 1)
		return dictate_refuse(dictation, node->span, "a condition has "
		    "one of operator, actions, hop, part, not, and, or, or is "
		    "a phrase");
	return dictate_phrase(dictation, node->first);
}

/* Promises. */

static bool
dictate_step(struct dictation *dictation, const struct node *object)
{
	static const char *const members[] = { "any", "actions", "phrases",
	    NULL };
	static const char *const any_words[] = { "request", "call", NULL };
	const struct node *any, *actions;

	if (!dictate_object(dictation, object, members))
		return false;
	any = node_find(object, "any");
	actions = node_find(object, "actions");
	if ((any == NULL) == (actions == NULL))
		return dictate_refuse(dictation, object->span,
		    "a step has one of `any` and `actions`");
	return (any != NULL ? dictate_choice(dictation, any, any_words) :
	    dictate_list(dictation, actions)) &&
	    dictate_phrases(dictation, node_find(object, "phrases"));
}

static bool
dictate_steps(struct dictation *dictation, const struct node *array)
{
	if (array == NULL || !dictate_array(dictation, array, 1))
		return false;
	for (const struct node *item = array->first; item != NULL;
	    item = item->next) {
		if (item != array->first)
			dictate_keyword(dictation, "then", item->span);
		if (!dictate_step(dictation, item))
			return false;
	}
	return true;
}

static bool
dictate_allowed(struct dictation *dictation, const struct node *promise)
{
	const char *names[LAYER_COUNT + 1] = { NULL };
	const struct node *allowed = node_find(promise, "allowed");
	const struct node *by = node_find(promise, "by");

	for (size_t i = 0; i < LAYER_COUNT; i++)
		names[i] = layer_name((enum layer)i);
	if (allowed != NULL && allowed->kind != NODE_BOOLEAN)
		return dictate_refuse(dictation, allowed->span,
		    "`allowed` is true or false");
	if (allowed == NULL || word_is(word_of_node(allowed), "false"))
		return by == NULL || dictate_refuse(dictation, by->key_span,
		    "`by` stands where `allowed` is true");
	dictate_keyword(dictation, "allowed", allowed->key_span);
	if (by == NULL)
		return true;
	dictate_keyword(dictation, "by", by->key_span);
	return dictate_choice(dictation, by, names);
}

static bool
dictate_assuming(struct dictation *dictation, const struct node *layers)
{
	if (layers == NULL)
		return true;
	dictate_keyword(dictation, "assuming", layers->key_span);
	if (!dictate_list(dictation, layers))
		return false;
	dictate_keyword(dictation, "allow", layers->span);
	dictate_keyword(dictation, "everything", layers->span);
	return true;
}

static bool
dictate_clause(struct dictation *dictation, const struct node *promise,
    const char *word)
{
	const struct node *condition = node_find(promise, word);

	if (condition == NULL)
		return true;
	dictate_keyword(dictation, word, condition->key_span);
	return dictate_condition(dictation, condition);
}

static bool
dictate_promise(struct dictation *dictation, const struct node *promise)
{
	const struct node *quantifier = dictate_member(dictation, promise,
	    "quantifier");
	const struct node *steps = dictate_member(dictation, promise,
	    "steps");

	return quantifier != NULL && steps != NULL &&
	    dictate_choice(dictation, quantifier, guarantee_quantifiers) &&
	    dictate_allowed(dictation, promise) &&
	    dictate_steps(dictation, steps) &&
	    dictate_assuming(dictation, node_find(promise, "assuming")) &&
	    dictate_clause(dictation, promise, "where") &&
	    dictate_clause(dictation, promise, "must");
}

static bool
dictate_others(struct dictation *dictation, const struct node *array)
{
	static const char *const members[] = { "quantifier", "allowed", "by",
	    "steps", "assuming", "where", "must", NULL };

	if (array == NULL)
		return true;
	if (!dictate_array(dictation, array, 1))
		return false;
	for (const struct node *item = array->first; item != NULL;
	    item = item->next) {
		dictate_keyword(dictation, "and", item->span);
		if (!dictate_object(dictation, item, members) ||
		    !dictate_promise(dictation, item))
			return false;
	}
	return true;
}

static bool
dictate_guarantee(struct dictation *dictation, const struct node *object)
{
	static const char *const members[] = { "id", "name", "quantifier",
	    "allowed", "by", "steps", "assuming", "where", "must", "and",
	    NULL };
	const struct node *id, *name;

	return dictate_object(dictation, object, members) &&
	    (id = dictate_member(dictation, object, "id")) != NULL &&
	    (name = dictate_member(dictation, object, "name")) != NULL &&
	    dictate_word(dictation, id) && dictate_word(dictation, name) &&
	    dictate_promise(dictation, object) &&
	    dictate_others(dictation, node_find(object, "and"));
}

bool
guarantee_read_json(struct arena *arena, const struct node *object,
    struct guarantee *guarantee, struct question_fault *fault)
{
	struct dictation dictation = { .arena = arena, .fault = fault };

	return dictate_guarantee(&dictation, object) &&
	    guarantee_read(arena, &dictation.tokens, 0, guarantee, fault);
}
