/* SPDX-License-Identifier: MIT */
/* Words into a question; what they name is not known here. */
#include "config.h"

#include <string.h>

#include "simulator/sentence.h"

/* Tokens. */

static bool
fail(struct question_fault *fault, struct span span, const char *message,
    const char *help)
{
	*fault = (struct question_fault){ message, span, help };
	return false;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Where the token ends that begins at that byte. */
static size_t
token_end(struct word line, size_t at)
{
	bool open = false;

	for (; at < line.length && (open || !is_blank(line.text[at])); at++) {
		if (line.text[at] == '"')
			open = !open;
		else if (open && line.text[at] == '\\' &&
		    at + 1 < line.length)
			at += line.text[at + 1] == '"' ||
			    line.text[at + 1] == '\\';
	}
	return at;
}

/* One token from `*at' on, which goes behind it. */
static bool
read_token(struct arena *arena, struct word line, size_t *at,
    struct token *token, struct question_fault *fault)
{
	size_t length = 0, i = *at, end = token_end(line, *at);
	char *text = arena_alloc(arena, end - i + 1);
	bool *protected = arena_alloc(arena, end - i + 1);
	bool open = false;

	token->span.start = i;
	for (; i < end; i++) {
		if (line.text[i] == '"') {
			open = !open;
			token->quoted = true;
			continue;
		}
		if (open && line.text[i] == '\\' && i + 1 < line.length &&
		    (line.text[i + 1] == '"' || line.text[i + 1] == '\\'))
			i++;
		protected[length] = open;
		text[length++] = line.text[i];
	}
	token->span.end = i;
	token->word = word_from(text, length);
	token->protected = protected;
	*at = i;
	return !open || fail(fault, token->span, "the quotes are not closed",
	    NULL);
}

bool
sentence_split(struct arena *arena, struct word line, struct tokens *tokens,
    struct question_fault *fault)
{
	size_t at = 0;

	*tokens = (struct tokens){ { .count = 0 } };
	for (;;) {
		while (at < line.length && is_blank(line.text[at]))
			at++;
		if (at == line.length)
			return true;
		if (!read_token(arena, line, &at, list_add(arena,
		    &tokens->list), fault))
			return false;
	}
}

void
sentence_take(struct arena *arena, char *const *words, size_t count,
    struct tokens *tokens, struct word *line)
{
	const char *text = "";

	*tokens = (struct tokens){ { .count = 0 } };
	for (size_t i = 0; i < count; i++) {
		struct token *token = list_add(arena, &tokens->list);

		token->span.start = strlen(text) + (i > 0);
		token->span.end = token->span.start + strlen(words[i]);
		token->word = word_from(words[i], strlen(words[i]));
		text = arena_printf(arena, "%s%s%s", text, i > 0 ? " " : "",
		    words[i]);
	}
	*line = word_from(text, strlen(text));
}

bool
token_is(const struct token *token, const char *word)
{
	return !token->quoted && word_is(token->word, word);
}

bool
token_has(const struct token *token, size_t at, char c)
{
	return at < token->word.length && token->word.text[at] == c &&
	    (token->protected == NULL || !token->protected[at]);
}

void
token_split(struct arena *arena, const struct token *token,
    struct phrases *phrases)
{
	size_t start = 0, length = token->word.length;
	bool as_typed = token->span.end - token->span.start == length;

	for (size_t i = 0; i <= length; i++) {
		struct phrase phrase = { .span = token->span };

		if (i < length && !token_has(token, i, ','))
			continue;
		phrase.word = word_from(token->word.text + start, i - start);
		if (as_typed) {
			phrase.span.end = token->span.start + i;
			phrase.span.start = token->span.start + start;
		}
		if (phrase.word.length > 0)
			*list_add(arena, &phrases->list) = phrase;
		start = i + 1;
	}
}

/* Clauses. */

struct parser {
	struct arena			*arena;
	const struct tokens		*tokens;
	size_t				 at;
	struct question			*question;
	struct question_fault		*fault;
};

const char *const sentence_words[] = {
	"via ROLE,...", "through WAY,...", "mfa", "named SESSION",
	"longterm", "session", "with KEY=VALUE ...", "without KEY ...",
	"overlay FILE ...", NULL
};

bool
token_is_clause(const struct token *token)
{
	for (size_t i = 0; sentence_words[i] != NULL; i++) {
		size_t length = strcspn(sentence_words[i], " ");

		if (!token->quoted && token->word.length == length &&
		    memcmp(token->word.text, sentence_words[i], length) == 0)
			return true;
	}
	return false;
}

/* The next token if it is no word of the grammar, else NULL. */
static const struct token *
next_plain(struct parser *parser)
{
	const struct token *token;

	if (parser->at == parser->tokens->list.count)
		return NULL;
	token = &parser->tokens->list.items[parser->at];
	if (token_is_clause(token) || token->word.length == 0)
		return NULL;
	parser->at++;
	return token;
}

/* Where something is missing: behind the last word. */
static struct span
end_of(const struct parser *parser)
{
	const struct token *last;

	if (parser->at == 0)
		return (struct span){ 0, 0 };
	last = &parser->tokens->list.items[parser->at - 1];
	return (struct span){ last->span.end, last->span.end };
}

static bool
miss(struct parser *parser, const char *what)
{
	return fail(parser->fault, end_of(parser), arena_printf(parser->arena,
	    "%s is missing here", what), NULL);
}

static bool
read_one(struct parser *parser, const char *what, struct phrase *phrase)
{
	const struct token *token = next_plain(parser);

	if (token == NULL)
		return miss(parser, what);
	*phrase = (struct phrase){ token->word, token->span };
	return true;
}

/* A,B or A, B: words go on as long as they end in a comma. */
static bool
read_list(struct parser *parser, const char *what, struct phrases *phrases)
{
	const struct token *token;

	do {
		token = next_plain(parser);
		if (token == NULL)
			return miss(parser, what);
		token_split(parser->arena, token, phrases);
	} while (token_has(token, token->word.length - 1, ','));
	return phrases->list.count > 0 || miss(parser, what);
}

static bool
read_files(struct parser *parser)
{
	struct phrases *files = &parser->question->overlays;
	const struct token *token;

	while ((token = next_plain(parser)) != NULL)
		*list_add(parser->arena, &files->list) = (struct phrase){
		    token->word, token->span };
	return files->list.count > 0 || miss(parser, "a file");
}

/* Keys. */

struct values {
	LIST(struct word)	 list;
};

/* What stands between brackets from byte `at' on, split at its commas. */
static void
split_values(struct parser *parser, const struct token *token, size_t at,
    struct given_key *key)
{
	struct values values = { 0 };
	size_t last = token->word.length - 1, start = at + 1;

	for (size_t i = start; i <= last; i++) {
		if (i < last && !token_has(token, i, ','))
			continue;
		if (last > at + 1)
			*list_add(parser->arena, &values.list) = word_from(
			    token->word.text + start, i - start);
		start = i + 1;
	}
	key->values = values.list.items;
	key->count = values.list.count;
	key->listed = true;
}

static bool
ends_in(const struct token *token, char c)
{
	return token_has(token, token->word.length - 1, c);
}

/* Both, as one. */
static const struct token *
join_tokens(struct parser *parser, const struct token *one,
    const struct token *other)
{
	size_t length = one->word.length + other->word.length;
	struct token *joined = arena_alloc(parser->arena, sizeof(*joined));
	char *text = arena_alloc(parser->arena, length + 1);
	bool *protected = arena_alloc(parser->arena, length + 1);

	for (size_t i = 0; i < length; i++) {
		const struct token *from = i < one->word.length ? one : other;
		size_t at = from == one ? i : i - one->word.length;

		text[i] = from->word.text[at];
		protected[i] = from->protected != NULL && from->protected[at];
	}
	*joined = (struct token){ .word = word_from(text, length),
	    .span = { one->span.start, other->span.end },
	    .protected = protected, .quoted = one->quoted };
	return joined;
}

/* A list goes on as long as its words end in a comma. */
static const struct token *
join_list(struct parser *parser, const struct token *token, size_t at)
{
	const struct token *next;

	while (token_has(token, at, '[') && ends_in(token, ',') &&
	    (next = next_plain(parser)) != NULL)
		token = join_tokens(parser, token, next);
	return token;
}

static bool
read_value(struct parser *parser, const struct token *token, size_t at,
    struct given_key *key)
{
	struct word *only;

	if (token_has(token, at, '[')) {
		if (!ends_in(token, ']'))
			return fail(parser->fault, token->span, "the bracket "
			    "is not closed", "several values are KEY=[V,V], "
			    "and a value with a bracket is KEY=\"[V\"");
		split_values(parser, token, at, key);
		return true;
	}
	only = arena_alloc(parser->arena, sizeof(*only));
	*only = word_behind(token->word, at);
	key->values = only;
	key->count = 1;
	return true;
}

static bool
check_key(struct parser *parser, const struct token *token, struct word name,
    bool absent)
{
	const struct phrase key = { name, token->span };

	return question_has_room(parser->arena, parser->question, &key, absent,
	    parser->fault);
}

static bool
read_pair(struct parser *parser, const struct token *token)
{
	struct word word = token->word;
	const char *equals = memchr(word.text, '=', word.length);
	struct given_key key = { .name = { word, token->span } };

	if (equals == NULL)
		return fail(parser->fault, token->span, "a key wants a value: "
		    "KEY=VALUE", NULL);
	key.name.word.length = (size_t)(equals - word.text);
	if (!token->quoted)
		key.name.span.end = token->span.start + key.name.word.length;
	if (!check_key(parser, token, key.name.word, false))
		return false;
	token = join_list(parser, token, key.name.word.length + 1);
	if (!read_value(parser, token, key.name.word.length + 1, &key))
		return false;
	*list_add(parser->arena, &parser->question->keys) = key;
	return true;
}

static bool
read_pairs(struct parser *parser)
{
	const struct token *token = next_plain(parser);

	if (token == NULL)
		return miss(parser, "KEY=VALUE");
	for (; token != NULL; token = next_plain(parser))
		if (!read_pair(parser, token))
			return false;
	return true;
}

static bool
read_names(struct parser *parser)
{
	const struct token *token = next_plain(parser);

	if (token == NULL)
		return miss(parser, "a key");
	for (; token != NULL; token = next_plain(parser)) {
		if (!check_key(parser, token, token->word, true))
			return false;
		*list_add(parser->arena, &parser->question->keys) =
		    (struct given_key){ .name = { token->word, token->span },
		    .absent = true };
	}
	return true;
}

/* Sentences. */

/* An account's name for a principal begins with its number. */
bool
token_is_action(const struct token *token)
{
	struct word word = token->word;
	size_t digits = 0;

	while (digits < word.length && word.text[digits] >= '0' &&
	    word.text[digits] <= '9')
		digits++;
	return word.length > 0 && memchr(word.text, ':', word.length) !=
	    NULL && !word_starts_with(word, "arn:") &&
	    !word_starts_with(word, "federated:") && (digits == 0 ||
	    word.text[digits] != ':');
}

/* What can only be so or so, and would be the last that is said. */
static bool
check_clause(struct parser *parser, const struct token *token)
{
	const struct question *question = parser->question;
	bool named = word_is(token->word, "named");
	bool credential = word_is(token->word, "longterm") ||
	    word_is(token->word, "session");

	if (named && question->named.word.text != NULL)
		return fail(parser->fault, token->span, "the session is named "
		    "twice", NULL);
	if (credential && question->credential != CREDENTIAL_UNKNOWN)
		return fail(parser->fault, token->span, "the credentials are "
		    "said twice", "longterm or session");
	return true;
}

static bool
read_clause(struct parser *parser)
{
	const struct token *token =
	    &parser->tokens->list.items[parser->at++];
	struct question *question = parser->question;

	if (!check_clause(parser, token))
		return false;

	if (word_is(token->word, "via"))
		return read_list(parser, "a role", &question->via);
	if (word_is(token->word, "through"))
		return read_list(parser, "an endpoint, a VPC or `internet`",
		    &question->through);
	if (word_is(token->word, "named"))
		return read_one(parser, "a session's name",
		    &question->named);
	if (word_is(token->word, "with"))
		return read_pairs(parser);
	if (word_is(token->word, "without"))
		return read_names(parser);
	if (word_is(token->word, "overlay"))
		return read_files(parser);
	if (word_is(token->word, "mfa"))
		question->mfa = true;
	else
		question->credential = word_is(token->word, "longterm") ?
		    CREDENTIAL_LONG_TERM : CREDENTIAL_SESSION;
	return true;
}

bool
sentence_read(struct arena *arena, const struct tokens *tokens, size_t first,
    struct question *question, struct question_fault *fault)
{
	struct parser parser = { arena, tokens, first, question, fault };
	const struct token *token;

	*question = (struct question){ .mfa = false };
	if (!read_one(&parser, "a principal", &question->principal) ||
	    !read_one(&parser, "an action", &question->action))
		return false;
	/* no commas are looked for: names of objects may hold them */
	while ((token = next_plain(&parser)) != NULL)
		*list_add(arena, &question->resources.list) =
		    (struct phrase){ token->word, token->span };
	while (parser.at < tokens->list.count) {
		token = &tokens->list.items[parser.at];
		if (!token_is_clause(token))
			return fail(fault, token->span, "a word of the "
			    "grammar is wanted here", "via, through, mfa, "
			    "named, longterm, session, with, without, "
			    "overlay");
		if (!read_clause(&parser))
			return false;
	}
	return true;
}

static bool
read_change(struct parser *parser)
{
	const struct token *token =
	    &parser->tokens->list.items[parser->at];
	const char *equals = token->word.length == 0 ? NULL :
	    memchr(token->word.text, '=', token->word.length);

	if (token_is(token, "as")) {
		parser->at++;
		return read_one(parser, "a principal",
		    &parser->question->principal);
	}
	if (token_is_clause(token))
		return read_clause(parser);
	if (equals == NULL)
		return fail(parser->fault, token->span, arena_printf(
		    parser->arena, "`%.*s` says nothing of a question",
		    (int)token->word.length, token->word.text),
		    "KEY=VALUE, as PRINCIPAL, via, through, mfa, named, "
		    "longterm, session, without, overlay");
	parser->at++;
	return read_pair(parser, token);
}

bool
sentence_read_change(struct arena *arena, const struct tokens *tokens,
    size_t first, struct question *question, struct question_fault *fault)
{
	struct parser parser = { arena, tokens, first, question, fault };

	*question = (struct question){ .mfa = false };
	while (parser.at < tokens->list.count)
		if (!read_change(&parser))
			return false;
	return true;
}
