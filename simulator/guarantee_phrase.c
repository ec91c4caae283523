/* SPDX-License-Identifier: MIT */
/*
 * What can be said of one call: the phrases of a guarantee, actions, layers.
 * Whether anything is called so is not known here.
 */
#include "config.h"

#include <string.h>

#include "simulator/guarantee_reader.h"

const char *const guarantee_reserved[] = {
	"on", "by", "through", "document", "named", "mfa", "then", "assuming",
	"allowed", "where", "must", "and", "or", "not", "(", ")", NULL
};

/* A phrase's first word: `on', not `on own session'. */
static const char *const first_words[] = {
	"on", "by", "through", "document", "named", "mfa", NULL
};

static const char *const expected[] = {
	[PHRASE_ON] = "a resource",
	[PHRASE_ON_OWN_SESSION] = NULL,
	[PHRASE_BY] = "a principal, an account, or one of anonymous, service, "
	    "service-linked, provider, root, user, role, federated, foreign",
	[PHRASE_BY_SESSION_OF] = "a role",
	[PHRASE_THROUGH] = "an endpoint, a VPC, `endpoints` or `internet`",
	[PHRASE_DOCUMENT] = "a document",
	[PHRASE_NAMED] = "the name of a session",
	[PHRASE_MFA] = NULL,
	[PHRASE_COUNT] = NULL
};

bool
guarantee_is_one(const struct token *token, const char *const *words,
    size_t *which)
{
	for (*which = 0; words[*which] != NULL; (*which)++)
		if (token != NULL && token_is(token, words[*which]))
			return true;
	return false;
}

bool
guarantee_is_phrase(const struct token *token)
{
	size_t which;

	return guarantee_is_one(token, first_words, &which);
}

static enum phrase_kind
read_kind(struct tape *tape)
{
	const struct token *token = tape_peek(tape);
	const struct token *next = tape_look(tape, 1);
	const struct token *last = tape_look(tape, 2);
	size_t which;

	tape->at++;
	if (last != NULL && token_is(token, "on") && token_is(next, "own") &&
	    token_is(last, "session")) {
		tape->at += 2;
		return PHRASE_ON_OWN_SESSION;
	}
	if (last != NULL && token_is(token, "by") &&
	    token_is(next, "session") && token_is(last, "of")) {
		tape->at += 2;
		return PHRASE_BY_SESSION_OF;
	}
	guarantee_is_one(token, guarantee_phrase_words, &which);
	return (enum phrase_kind)which;
}

bool
guarantee_read_phrase(struct tape *tape, struct guarantee_phrase *phrase)
{
	struct span start = tape_span(tape);
	bool ok = true;

	*phrase = (struct guarantee_phrase){ .kind = read_kind(tape) };
	if (phrase->kind == PHRASE_NAMED)
		ok = tape_one(tape, expected[PHRASE_NAMED],
		    list_add(tape->arena, &phrase->words.list));
	else if (expected[phrase->kind] != NULL)
		ok = tape_list(tape, expected[phrase->kind], &phrase->words);
	phrase->span.start = start.start;
	phrase->span.end = tape->tokens->list.items[tape->at - 1].span.end;
	return ok;
}

/* Or any of them. */
static bool
is_action(struct word word)
{
	return word_is(word, "*") || word_names_action(word);
}

/* The first of a list says what the list is. */
bool
guarantee_is_action(const struct token *token)
{
	struct word word;
	const char *comma;

	if (token == NULL || token->word.length == 0)
		return false;
	word = token->word;
	comma = memchr(word.text, ',', word.length);
	if (comma != NULL)
		word.length = (size_t)(comma - word.text);
	return is_action(word);
}

bool
guarantee_read_actions(struct tape *tape, struct guarantee_step *step)
{
	const struct phrases *actions = &step->actions;

	step->kind = STEP_ACTIONS;
	step->span = tape_span(tape);
	if (!tape_list(tape, "an action, such as ssm:StartSession",
	    &step->actions))
		return false;
	for (size_t i = 0; i < actions->list.count; i++) {
		const struct phrase *action = &actions->list.items[i];

		if (!is_action(action->word))
			return tape_fail(tape, action->span, arena_printf(
			    tape->arena, "`%.*s` is no action",
			    (int)action->word.length, action->word.text),
			    "write the service and the name: ssm:StartSession");
	}
	return true;
}

bool
guarantee_read_layer(struct tape *tape, enum layer *layer)
{
	const char *names[LAYER_COUNT + 1] = { NULL };
	const struct token *token = tape_peek(tape);

	for (size_t i = 0; i < LAYER_COUNT; i++)
		names[i] = layer_name((enum layer)i);
	if (token == NULL || token->quoted || !layer_find(arena_copy(
	    tape->arena, token->word.text, token->word.length), layer))
		return tape_expected(tape, "a layer: identity, boundary, "
		    "session, resource, trust, endpoint, scp or rcp", names);
	tape->at++;
	return true;
}
