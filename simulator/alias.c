/* SPDX-License-Identifier: MIT */
/* Words for names.  The grammar around them is not known here. */
#include "config.h"

#include "simulator/alias.h"
#include "simulator/tape.h"

enum {
	BYTES_MAX = 16 << 20,
	ACCOUNT_DIGITS = 12
};

/* What a token is made of while names are put in. */
struct splice {
	struct arena		*arena;
	struct aliases		*aliases;
	const struct token	*token;
	LIST(char)		 text;
	LIST(bool)		 protected;
	bool			 quoted;
	struct question_fault	*fault;
};

static bool
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool
alias_is_name(struct word word)
{
	for (size_t i = 0; i < word.length; i++)
		if (!is_name_byte(word.text[i]))
			return false;
	return word.length > 0;
}

const struct alias *
alias_find(const struct aliases *aliases, struct word name)
{
	for (size_t i = 0; i < aliases->list.count; i++)
		if (word_equal(aliases->list.items[i].name, name))
			return &aliases->list.items[i];
	return NULL;
}

bool
alias_spend(struct aliases *aliases, size_t bytes, struct span span,
    struct question_fault *fault)
{
	aliases->spent += bytes;
	if (aliases->spent <= BYTES_MAX)
		return true;
	*fault = (struct question_fault){ "names and tables make the file "
	    "too long", span, NULL };
	return false;
}

/* The name behind a bare $, empty when there is none. */
static struct word
name_at(const struct token *token, size_t at)
{
	size_t end = at + 1;

	if (!token_has(token, at, '$'))
		return word_from(token->word.text, 0);
	while (end < token->word.length && is_name_byte(token->word.text[end]))
		end++;
	return word_from(token->word.text + at + 1, end - at - 1);
}

static bool
refuse_unknown(struct splice *splice, struct word name)
{
	const char *candidates = NULL;

	for (size_t i = 0; i < splice->aliases->list.count; i++) {
		struct word other = splice->aliases->list.items[i].name;

		candidates = arena_printf(splice->arena, "%s%s$%.*s",
		    i == 0 ? "there are " : candidates, i == 0 ? "" : ", ",
		    (int)other.length, other.text);
		if (i == 7)
			break;
	}
	*splice->fault = (struct question_fault){ arena_printf(splice->arena,
	    "there is no `$%.*s` above", (int)name.length, name.text),
	    splice->token->span, candidates != NULL ? candidates :
	    "`let NAME = WORDS` makes one" };
	return false;
}

static void
add_byte(struct splice *splice, char c, bool protected)
{
	*list_add(splice->arena, &splice->text) = c;
	*list_add(splice->arena, &splice->protected) = protected;
}

static void
add_bytes(struct splice *splice, const struct token *token, size_t start,
    size_t end)
{
	for (size_t i = start; i < end; i++)
		add_byte(splice, token->word.text[i],
		    token->protected != NULL && token->protected[i]);
}

/* A name inside a longer word. */
static bool
add_alias(struct splice *splice, struct word name)
{
	const struct alias *alias = alias_find(splice->aliases, name);
	const struct token *word;

	if (alias == NULL)
		return refuse_unknown(splice, name);
	if (alias->tokens.list.count != 1) {
		*splice->fault = (struct question_fault){ arena_printf(
		    splice->arena, "`$%.*s` is several words, and cannot be a "
		    "part of one", (int)name.length, name.text),
		    splice->token->span, "put commas between its words" };
		return false;
	}
	word = &alias->tokens.list.items[0];
	splice->quoted = splice->quoted || word->quoted;
	add_bytes(splice, word, 0, word->word.length);
	return alias_spend(splice->aliases, word->word.length,
	    splice->token->span, splice->fault);
}

static bool
fill(struct splice *splice)
{
	const struct token *token = splice->token;

	for (size_t i = 0; i < token->word.length; i++) {
		struct word name = name_at(token, i);

		if (name.length == 0)
			add_bytes(splice, token, i, i + 1);
		else if (!add_alias(splice, name))
			return false;
		i += name.length;
	}
	return true;
}

static bool
has_name(const struct token *token)
{
	for (size_t i = 0; i < token->word.length; i++)
		if (name_at(token, i).length > 0)
			return true;
	return false;
}

/* $NAME alone: all of its words. */
static bool
add_whole(struct splice *splice, const struct alias *alias,
    struct tokens *into)
{
	for (size_t i = 0; i < alias->tokens.list.count; i++) {
		struct token *token = list_add(splice->arena, &into->list);

		*token = alias->tokens.list.items[i];
		token->span = splice->token->span;
	}
	return alias_spend(splice->aliases, alias->tokens.list.count *
	    sizeof(struct token), splice->token->span, splice->fault);
}

static bool
add_token(struct splice *splice, struct tokens *into)
{
	struct token token = *splice->token;
	struct word name = name_at(&token, 0);
	const struct alias *alias;

	if (!has_name(&token)) {
		*list_add(splice->arena, &into->list) = token;
		return true;
	}
	alias = alias_find(splice->aliases, name);
	if (alias != NULL && name.length + 1 == token.word.length)
		return add_whole(splice, alias, into);
	if (!fill(splice))
		return false;
	token.word = word_from(splice->text.items, splice->text.count);
	token.protected = splice->protected.items;
	token.quoted = splice->quoted;
	*list_add(splice->arena, &into->list) = token;
	return true;
}

/* Accounts and names. */

static bool
is_account_name(struct word word, size_t at)
{
	if (word.length < at + ACCOUNT_DIGITS + 2)
		return false;
	for (size_t i = at; i < at + ACCOUNT_DIGITS; i++)
		if (word.text[i] < '0' || word.text[i] > '9')
			return false;
	return word.text[at + ACCOUNT_DIGITS] == '/';
}

static void
add_text(struct splice *splice, const char *text)
{
	while (*text != '\0')
		add_byte(splice, *text++, false);
}

/* 222222222222/A,222222222222/B as 222222222222:role/A,... */
static struct token
name_things(struct splice *splice, const char *kind)
{
	struct token token = *splice->token;
	bool begins = true;

	for (size_t i = 0; i < token.word.length; i++) {
		if (begins && is_account_name(token.word, i)) {
			add_bytes(splice, &token, i, i + ACCOUNT_DIGITS);
			add_text(splice, kind);
			i += ACCOUNT_DIGITS;
		} else {
			add_bytes(splice, &token, i, i + 1);
		}
		begins = token_has(&token, i, ',');
	}
	token.word = word_from(splice->text.items, splice->text.count);
	token.protected = splice->protected.items;
	return token;
}

static const struct {
	const char	*word, *infix;
} kinds[] = {
	{ "role", ":role/" },
	{ "user", ":user/" },
	{ "resource", ":" },
};

static const char *
kind_infix(const struct token *token)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (token_is(token, kinds[i].word))
			return kinds[i].infix;
	return NULL;
}

static void
join_names(struct arena *arena, const struct tokens *tokens,
    struct tokens *into)
{
	for (size_t i = 0; i < tokens->list.count; i++) {
		const struct token *token = &tokens->list.items[i];
		const char *infix = kind_infix(token);
		struct splice splice = { .arena = arena, .token = token + 1 };
		struct token joined = *token;

		if (infix != NULL && i + 1 < tokens->list.count &&
		    is_account_name(token[1].word, 0)) {
			joined = name_things(&splice, infix);
			joined.span.start = token->span.start;
			i++;
		}
		*list_add(arena, &into->list) = joined;
	}
}

bool
alias_replace(struct arena *arena, struct aliases *aliases,
    const struct tokens *tokens, size_t at, struct tokens *into,
    struct question_fault *fault)
{
	struct tokens replaced = { { .count = 0 } };

	for (size_t i = 0; i < tokens->list.count; i++) {
		struct splice splice = { .arena = arena, .aliases = aliases,
		    .token = &tokens->list.items[i], .fault = fault };

		splice.quoted = splice.token->quoted;
		if (i < at)
			*list_add(arena, &replaced.list) = *splice.token;
		else if (!add_token(&splice, &replaced))
			return false;
	}
	*into = (struct tokens){ { .count = 0 } };
	join_names(arena, &replaced, into);
	return true;
}

/* A, B as A,B: a list that a name stands for is one word. */
void
alias_add(struct arena *arena, struct aliases *aliases,
    const struct token *name, const struct tokens *words)
{
	struct alias alias = { .name = name->word, .span = name->span };

	for (size_t i = 0; i < words->list.count; i++) {
		struct splice splice = { .arena = arena };
		struct token token = words->list.items[i];

		splice.token = &token;
		add_bytes(&splice, &token, 0, token.word.length);
		while (token_has(&words->list.items[i],
		    words->list.items[i].word.length - 1, ',') &&
		    i + 1 < words->list.count) {
			i++;
			add_bytes(&splice, &words->list.items[i], 0,
			    words->list.items[i].word.length);
			token.quoted |= words->list.items[i].quoted;
		}
		token.word = word_from(splice.text.items, splice.text.count);
		token.protected = splice.protected.items;
		*list_add(arena, &alias.tokens.list) = token;
	}
	*list_add(arena, &aliases->list) = alias;
}
