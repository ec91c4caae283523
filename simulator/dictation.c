/* SPDX-License-Identifier: MIT */
/* Strings become words in quotes, so that none is taken for grammar. */
#include "config.h"

#include <string.h>

#include "policy/character.h"
#include "simulator/dictation.h"
#include "simulator/tape.h"

bool
dictate_refuse(struct dictation *dictation, struct span span,
    const char *message)
{
	*dictation->fault = (struct question_fault){ .message = message,
	    .span = span };
	return false;
}

/* Members have their name in the message, the items of arrays have none. */
static bool
refuse_kind(struct dictation *dictation, const struct node *node,
    const char *what)
{
	const char *key = node->key;
	const char *article = "";

	if (key == NULL && node->parent != NULL) {
		key = node->parent->key;
		article = "an item of ";
	}
	return dictate_refuse(dictation, node->span, key == NULL ?
	    arena_printf(dictation->arena, "the document %s", what) :
	    arena_printf(dictation->arena, "%s`%s` %s", article, key, what));
}

void
dictate_keyword(struct dictation *dictation, const char *word,
    struct span span)
{
	*list_add(dictation->arena, &dictation->tokens.list) = (struct token){
	    .word = word_from(word, strlen(word)), .span = span };
}

/* A word of the text form has no line ends and the like. */
bool
dictate_is_printable(struct word word)
{
	for (size_t i = 0, length; i < word.length; i += length) {
		unsigned char c = (unsigned char)word.text[i];

		length = character_length(word.text + i, word.length - i);
		if (length == 0 || (c < ' ' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

/* The word, and a comma that is not in quotes. */
static bool
add_word(struct dictation *dictation, const struct node *node, bool comma)
{
	struct token token = { .span = node->span, .quoted = true };
	bool *protected = arena_alloc(dictation->arena, node->length + 1);
	char *text;

	if (node->kind != NODE_STRING ||
	    !dictate_is_printable(word_of_node(node)))
		return refuse_kind(dictation, node,
		    "takes a string without control characters");
	text = arena_copy(dictation->arena, node->text, node->length);
	memset(protected, true, node->length);
	text[node->length] = comma ? ',' : '\0';
	token.word = word_from(text, node->length + comma);
	token.protected = protected;
	*list_add(dictation->arena, &dictation->tokens.list) = token;
	return true;
}

bool
dictate_word(struct dictation *dictation, const struct node *node)
{
	return add_word(dictation, node, false);
}

bool
dictate_choice(struct dictation *dictation, const struct node *node,
    const char *const *words)
{
	const char *all = "";

	for (size_t i = 0; words[i] != NULL; i++) {
		if (node->kind == NODE_STRING &&
		    word_is(word_of_node(node), words[i])) {
			dictate_keyword(dictation, words[i], node->span);
			return true;
		}
		all = arena_printf(dictation->arena, "%s%s%s", all,
		    i == 0 ? "" : ", ", words[i]);
	}
	return refuse_kind(dictation, node, arena_printf(dictation->arena,
	    "is one of %s", all));
}

static bool
add_all(struct dictation *dictation, const struct node *node, bool commas)
{
	const struct node *item = node->kind == NODE_ARRAY ? node->first :
	    node;

	if (item == NULL)
		return refuse_kind(dictation, node, "is empty");
	if (node->kind != NODE_ARRAY)
		return add_word(dictation, node, false);
	for (; item != NULL; item = item->next)
		if (!add_word(dictation, item, commas && item->next != NULL))
			return false;
	return true;
}

bool
dictate_list(struct dictation *dictation, const struct node *node)
{
	return add_all(dictation, node, true);
}

bool
dictate_row(struct dictation *dictation, const struct node *node)
{
	return add_all(dictation, node, false);
}

bool
dictate_true(struct dictation *dictation, const struct node *node)
{
	return (node->kind == NODE_BOOLEAN &&
	    word_is(word_of_node(node), "true")) || refuse_kind(dictation,
	    node, "is true, or is not there");
}

static bool
check_member(struct dictation *dictation, const struct node *member,
    const char *const *members)
{
	struct word key = word_from(member->key, member->key_length);
	const char *nearest;

	for (size_t i = 0; members[i] != NULL; i++)
		if (word_is(key, members[i]))
			return true;
	nearest = tape_nearest(key, members);
	dictate_refuse(dictation, member->key_span, arena_printf(
	    dictation->arena, "unknown member `%s`", member->key));
	if (nearest != NULL)
		dictation->fault->help = arena_printf(dictation->arena,
		    "did you mean `%s`?", nearest);
	return false;
}

bool
dictate_object(struct dictation *dictation, const struct node *node,
    const char *const *members)
{
	if (node->kind != NODE_OBJECT)
		return refuse_kind(dictation, node, "is no object");
	for (const struct node *member = node->first; member != NULL;
	    member = member->next)
		if (!check_member(dictation, member, members))
			return false;
	return true;
}

bool
dictate_array(struct dictation *dictation, const struct node *node,
    size_t at_least)
{
	if (node->kind != NODE_ARRAY)
		return refuse_kind(dictation, node, "is no array");
	return node->count >= at_least || refuse_kind(dictation, node,
	    at_least == 1 ? "is empty" : arena_printf(dictation->arena,
	    "has fewer than %zu items", at_least));
}

const struct node *
dictate_member(struct dictation *dictation, const struct node *object,
    const char *name)
{
	const struct node *member = node_find(object, name);

	if (member == NULL)
		dictate_refuse(dictation, node_opening(object), arena_printf(
		    dictation->arena, "`%s` is missing", name));
	return member;
}
