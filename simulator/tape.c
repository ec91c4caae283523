/* SPDX-License-Identifier: MIT */
/* Tokens in a row; which may follow which, their grammar knows. */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "simulator/tape.h"

enum { TYPING_ERRORS_MAX = 2 };

const struct token *
tape_look(const struct tape *tape, size_t ahead)
{
	if (ahead >= tape->tokens->list.count - tape->at)
		return NULL;
	return &tape->tokens->list.items[tape->at + ahead];
}

const struct token *
tape_peek(const struct tape *tape)
{
	return tape_look(tape, 0);
}

bool
tape_is(const struct tape *tape, const char *word)
{
	const struct token *token = tape_peek(tape);

	return token != NULL && token_is(token, word);
}

bool
tape_take(struct tape *tape, const char *word)
{
	if (!tape_is(tape, word))
		return false;
	tape->at++;
	return true;
}

bool
tape_is_reserved(const struct tape *tape, const struct token *token)
{
	for (size_t i = 0; tape->reserved[i] != NULL; i++)
		if (token_is(token, tape->reserved[i]))
			return true;
	return false;
}

const struct token *
tape_plain(struct tape *tape)
{
	const struct token *token = tape_peek(tape);

	if (token == NULL || token->word.length == 0 ||
	    tape_is_reserved(tape, token))
		return NULL;
	tape->at++;
	return token;
}

bool
tape_one(struct tape *tape, const char *what, struct phrase *phrase)
{
	const struct token *token = tape_plain(tape);

	if (token == NULL)
		return tape_expected(tape, what, NULL);
	*phrase = (struct phrase){ token->word, token->span };
	return true;
}

/* Words go on as long as they end in a comma. */
bool
tape_list(struct tape *tape, const char *what, struct phrases *phrases)
{
	const struct token *token;

	do {
		token = tape_plain(tape);
		if (token == NULL)
			return tape_expected(tape, what, NULL);
		token_split(tape->arena, token, phrases);
	} while (token_has(token, token->word.length - 1, ','));
	return phrases->list.count > 0 || tape_fail(tape, token->span,
	    arena_printf(tape->arena, "expected %s before the comma", what),
	    NULL);
}

bool
tape_fail(struct tape *tape, struct span span, const char *message,
    const char *help)
{
	*tape->fault = (struct question_fault){ message, span, help };
	return false;
}

struct span
tape_span(const struct tape *tape)
{
	const struct token *token = tape_peek(tape);

	if (token != NULL)
		return token->span;
	if (tape->tokens->list.count == 0)
		return (struct span){ 0, 0 };
	token = &tape->tokens->list.items[tape->tokens->list.count - 1];
	return (struct span){ token->span.end, token->span.end };
}

const char *
tape_nearest(struct word word, const char *const *words)
{
	const char *nearest = NULL;
	size_t best = TYPING_ERRORS_MAX + 1;

	for (; words != NULL && *words != NULL; words++) {
		size_t length = strlen(*words);
		size_t limit = length < 4 ? length / 2 : TYPING_ERRORS_MAX;
		size_t errors = edit_distance(word.text, word.length, *words,
		    length, limit);

		if (errors == 0)
			return NULL;
		if (errors <= limit && errors < best) {
			best = errors;
			nearest = *words;
		}
	}
	return nearest;
}

bool
tape_expected(struct tape *tape, const char *what, const char *const *words)
{
	const struct token *token = tape_peek(tape);
	const char *nearest = NULL;

	if (token == NULL)
		return tape_fail(tape, tape_span(tape), arena_printf(
		    tape->arena, "expected %s here, where it ends", what),
		    NULL);
	if (!token->quoted)
		nearest = tape_nearest(token->word, words);
	return tape_fail(tape, token->span, arena_printf(tape->arena,
	    "expected %s, found `%.*s`", what, (int)token->word.length,
	    token->word.text), nearest == NULL ? NULL : arena_printf(
	    tape->arena, "did you mean `%s`?", nearest));
}
