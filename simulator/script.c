/* SPDX-License-Identifier: MIT */
/* Quotes where they are needed; what the words mean is not known here. */
#include "config.h"

#include <string.h>

#include "policy/operator.h"
#include "simulator/script.h"

/*
 * Words that one grammar or another keeps for itself.  Quotes that one of
 * them could do without hurt nobody.
 */
static const char *const reserved[] = {
	"(", ")", "because", "by", "document", "longterm", "mfa", "must",
	"named", "not", "and", "or", "on", "overlay", "session", "then",
	"through", "via", "where", "with", "without", "assuming", "allowed",
	"|", "-", "first", "second", "third", "fourth", "from", "in",
	"nothing", NULL
};

/* Words that say of an ACCOUNT/NAME behind them what it is. */
static const char *const kinds[] = { "role", "user", "resource", NULL };

void
script_init(struct script *script, struct arena *arena)
{
	*script = (struct script){ .arena = arena };
}

static void
add(struct script *script, char c)
{
	*list_add(script->arena, &script->text) = c;
}

void
script_text(struct script *script, const char *text)
{
	while (*text != '\0')
		add(script, *text++);
}

static bool
is_one_of(struct word word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (word_is(word, *words))
			return true;
	return false;
}

static bool
is_reserved(struct word word)
{
	return is_one_of(word, reserved) || operator_read(word.text,
	    word.length).operator != OPERATOR_COUNT;
}

/* `$' begins a name, but `${' a variable of IAM. */
static bool
is_plain(struct word word)
{
	for (size_t i = 0; i < word.length; i++) {
		if (word.text[i] == '$' && i + 1 < word.length &&
		    word.text[i + 1] != '{')
			return false;
		if (memchr(" \t\r\n\",()[]", word.text[i], 10) != NULL)
			return false;
	}
	return word.length > 0 && word.text[0] != '#' && !is_reserved(word);
}

static void
add_quoted(struct script *script, struct word word)
{
	add(script, '"');
	for (size_t i = 0; i < word.length; i++) {
		if (word.text[i] == '"' || word.text[i] == '\\')
			add(script, '\\');
		add(script, word.text[i]);
	}
	add(script, '"');
}

/* In a list, behind which no word stands that they could speak of, kinds are
 * words like others: `by user' is no caller of that name. */
static void
add_listed(struct script *script, struct word word)
{
	if (!is_plain(word)) {
		add_quoted(script, word);
		return;
	}
	for (size_t i = 0; i < word.length; i++)
		add(script, word.text[i]);
}

static void
add_word(struct script *script, struct word word)
{
	(is_one_of(word, kinds) ? add_quoted : add_listed)(script, word);
}

void
script_quoted(struct script *script, struct word word)
{
	add(script, ' ');
	add_quoted(script, word);
}

void
script_word(struct script *script, struct word word)
{
	add(script, ' ');
	add_word(script, word);
}

void
script_words(struct script *script, const struct phrases *phrases)
{
	for (size_t i = 0; i < phrases->list.count; i++) {
		add(script, i == 0 ? ' ' : ',');
		add_listed(script, phrases->list.items[i].word);
	}
}

/* Questions. */

static void
add_clause(struct script *script, const char *clause,
    const struct phrases *phrases)
{
	if (phrases->list.count == 0)
		return;
	script_text(script, clause);
	script_words(script, phrases);
}

static void
add_values(struct script *script, const struct given_key *key)
{
	add(script, '=');
	if (key->listed)
		add(script, '[');
	for (size_t i = 0; i < key->count; i++) {
		if (i > 0)
			add(script, ',');
		add_word(script, key->values[i]);
	}
	if (key->listed)
		add(script, ']');
}

/* Those that are given, or those that are said to be absent. */
static void
add_keys(struct script *script, const struct question *question, bool absent)
{
	bool first = true;

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];

		if (key->absent != absent)
			continue;
		if (first)
			script_text(script, absent ? " without" : " with");
		first = false;
		script_word(script, key->name.word);
		if (!absent)
			add_values(script, key);
	}
}

static void
add_files(struct script *script, const struct phrases *files)
{
	if (files->list.count > 0)
		script_text(script, " overlay");
	for (size_t i = 0; i < files->list.count; i++)
		script_word(script, files->list.items[i].word);
}

void
script_clauses(struct script *script, const struct question *question)
{
	add_clause(script, " via", &question->via);
	add_clause(script, " through", &question->through);
	if (question->mfa)
		script_text(script, " mfa");
	if (question->named.word.text != NULL) {
		script_text(script, " named");
		script_word(script, question->named.word);
	}
	if (question->credential != CREDENTIAL_UNKNOWN)
		script_text(script, question->credential ==
		    CREDENTIAL_LONG_TERM ? " longterm" : " session");
	add_keys(script, question, false);
	add_keys(script, question, true);
	add_files(script, &question->overlays);
}

void
script_question(struct script *script, const struct question *question)
{
	script_word(script, question->principal.word);
	script_word(script, question->action.word);
	for (size_t i = 0; i < question->resources.list.count; i++)
		script_word(script, question->resources.list.items[i].word);
	script_clauses(script, question);
}

const char *
script_finish(struct script *script)
{
	add(script, '\0');
	return script->text.items;
}
