/* SPDX-License-Identifier: MIT */
/* Where in a sentence the cursor is, and so which kinds of words fit. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/proposal_row.h"
#include "simulator/script.h"

/* The line. */

static bool
split(struct arena *arena, struct word line, struct tokens *tokens)
{
	struct question_fault fault;
	const char *closed;

	if (sentence_split(arena, line, tokens, &fault))
		return true;
	closed = arena_printf(arena, "%.*s\"", (int)line.length, line.text);
	return sentence_split(arena, word_from(closed, line.length + 1),
	    tokens, &fault);
}

void
proposal_begin(struct arena *arena, const struct proposal_scene *scene,
    struct word line, struct proposals *proposals)
{
	const struct token *last;

	*proposals = (struct proposals){ .arena = arena, .scene = scene,
	    .partial = { "", 0 }, .action = scene->action,
	    .span = { line.length, line.length } };
	if (!split(arena, line, &proposals->tokens) ||
	    proposals->tokens.list.count == 0)
		return;
	last = list_end(&proposals->tokens.list) - 1;
	if (last->span.end < line.length)
		return;
	proposals->partial = last->word;
	proposals->span.start = last->span.start;
	proposals->tokens.list.count--;
}

/* Only what stands behind the last comma is begun. */
static void
cut_list(struct proposals *proposals)
{
	struct word *partial = &proposals->partial;
	size_t start = partial->length;

	if (proposals->span.end - proposals->span.start != partial->length)
		return;			/* it has quotes */
	while (start > 0 && partial->text[start - 1] != ',')
		start--;
	*partial = word_behind(*partial, start);
	proposals->span.start += start;
}

/* Candidates. */

bool
proposal_fits(const struct proposals *proposals, struct word word)
{
	struct word partial = proposals->partial;

	return word.length >= partial.length && (partial.length == 0 ||
	    word_equal_folded(word_from(word.text, partial.length),
	    partial));
}

static void
add(struct proposals *proposals, const char *text, const char *says,
    bool open)
{
	*list_add(proposals->arena, &proposals->list) = (struct proposal){
	    text, says, open };
}

void
proposal_add_behind(struct proposals *proposals, const char *text,
    struct word word)
{
	struct script script;
	const char *spelled;

	script_init(&script, proposals->arena);
	script_word(&script, word);
	spelled = script_finish(&script) + 1;	/* behind its blank */
	add(proposals, text[0] == '\0' ? spelled : arena_printf(
	    proposals->arena, "%s%s", text, spelled), NULL, false);
}

void
proposal_add(struct proposals *proposals, struct word word,
    struct word says, bool open)
{
	if (open)
		add(proposals, arena_copy(proposals->arena, word.text,
		    word.length), NULL, true);
	else
		proposal_add_behind(proposals, "", word);
	if (says.text != NULL)
		list_end(&proposals->list)[-1].says = arena_copy(
		    proposals->arena, says.text, says.length);
}

void
proposal_word(struct proposals *proposals, const char *text,
    const char *says)
{
	if (proposal_fits(proposals, word_from(text, strlen(text))))
		add(proposals, text, says, false);
}

void
proposal_open_word(struct proposals *proposals, const char *text,
    const char *says)
{
	if (proposal_fits(proposals, word_from(text, strlen(text))))
		add(proposals, text, says, true);
}

static void
propose_clauses(struct proposals *proposals)
{
	for (size_t i = 0; sentence_words[i] != NULL; i++) {
		const char *word = sentence_words[i];
		size_t length = strcspn(word, " ");

		proposal_word(proposals, arena_copy(proposals->arena, word,
		    length), word[length] == '\0' ? NULL : word);
	}
}

static void
note_files(struct proposals *proposals)
{
	proposals->files = true;
}

/* In the order of enum proposal_kind. */
static void (*const rows[])(struct proposals *) = {
	proposal_principals, proposal_roles, proposal_actions,
	proposal_resources, proposal_ways, proposal_keys, proposal_pairs,
	propose_clauses, proposal_policies, note_files
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

void
proposal_of(struct proposals *proposals, unsigned kinds)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if ((kinds >> i & 1) != 0)
			rows[i](proposals);
}

static int
compare(const void *a, const void *b)
{
	const struct proposal *left = a, *right = b;

	return strcmp(left->text, right->text);
}

void
proposal_finish(struct proposals *proposals)
{
	struct proposal *items = proposals->list.items;
	size_t count = 0;

	if (proposals->list.count == 0)
		return;
	qsort(items, proposals->list.count, sizeof(*items), compare);
	for (size_t i = 0; i < proposals->list.count; i++)
		if (count == 0 || strcmp(items[count - 1].text,
		    items[i].text) != 0)
			items[count++] = items[i];
	proposals->list.count = count;
}

/* Sentences. */

/* What a clause takes, and how much of it. */
static const struct clause_place {
	const char	*word;
	unsigned	 kinds;
	enum { TAKES_NOTHING, TAKES_ONE, TAKES_LIST, TAKES_MANY } takes;
} clause_places[] = {
	{ "via", PROPOSE_ROLE, TAKES_LIST },
	{ "through", PROPOSE_WAY, TAKES_LIST },
	{ "named", 0, TAKES_ONE },
	{ "as", PROPOSE_PRINCIPAL, TAKES_ONE },
	{ "with", PROPOSE_PAIR, TAKES_MANY },
	{ "without", PROPOSE_KEY, TAKES_MANY },
	{ "overlay", PROPOSE_POLICY | PROPOSE_FILE, TAKES_MANY },
	{ NULL, 0, TAKES_NOTHING },	/* mfa, longterm, session */
};

static const struct clause_place *
find_place(const struct token *token)
{
	const struct clause_place *place = clause_places;

	while (place->word != NULL && !token_is(token, place->word))
		place++;
	return place;
}

/* A clause begun with that token: what it still takes, and, when it has
 * enough, what may stand behind it. */
static void
propose_in_clause(struct proposals *proposals, size_t at, unsigned behind)
{
	const struct tokens *tokens = &proposals->tokens;
	const struct clause_place *place = find_place(
	    &tokens->list.items[at]);
	size_t taken = tokens->list.count - at - 1;
	const struct token *last = list_end(&tokens->list) - 1;
	bool wants = taken == 0 || (place->takes == TAKES_LIST &&
	    last->word.length > 0 && token_has(last, last->word.length - 1,
	    ','));

	if (place->takes == TAKES_NOTHING) {
		proposal_of(proposals, behind);
	} else if (place->takes == TAKES_MANY) {
		proposal_of(proposals, taken == 0 ? place->kinds :
		    place->kinds | behind);
	} else if (wants) {
		if (place->takes == TAKES_LIST)
			cut_list(proposals);
		proposal_of(proposals, place->kinds);
	} else {
		proposal_of(proposals, behind);
	}
}

/* The last token from there on that begins a clause; the end when none does. */
static size_t
last_clause(const struct tokens *tokens, size_t first, bool changes)
{
	for (size_t at = tokens->list.count; at > first; at--)
		if (token_is_clause(&tokens->list.items[at - 1]) ||
		    (changes && token_is(&tokens->list.items[at - 1], "as")))
			return at - 1;
	return tokens->list.count;
}

/* Resources, and clauses from there on. */
static void
propose_rest(struct proposals *proposals, size_t first)
{
	size_t at = last_clause(&proposals->tokens, first, false);

	if (at == proposals->tokens.list.count)
		proposal_of(proposals, PROPOSE_RESOURCE | PROPOSE_CLAUSE);
	else
		propose_in_clause(proposals, at, PROPOSE_CLAUSE);
}

void
proposal_call(struct proposals *proposals, size_t first)
{
	const struct tokens *tokens = &proposals->tokens;

	if (first == tokens->list.count) {
		proposal_of(proposals, PROPOSE_ACTION);
		return;
	}
	proposals->action = tokens->list.items[first].word;
	propose_rest(proposals, first + 1);
}

void
proposal_caller(struct proposals *proposals, size_t first)
{
	if (first == proposals->tokens.list.count)
		proposal_of(proposals, PROPOSE_PRINCIPAL);
	else
		propose_rest(proposals, first + 1);
}

void
proposal_question(struct proposals *proposals, size_t first)
{
	const struct tokens *tokens = &proposals->tokens;
	bool known = proposals->scene->has_principal;
	size_t at = first;

	if (at == tokens->list.count) {
		proposal_of(proposals, PROPOSE_PRINCIPAL |
		    (known ? PROPOSE_ACTION : 0));
		return;
	}
	if (!known || !token_is_action(&tokens->list.items[at]))
		at++;
	proposal_call(proposals, at);
}

void
proposal_change(struct proposals *proposals, size_t first)
{
	size_t at = last_clause(&proposals->tokens, first, true);
	size_t count = proposals->tokens.list.count;

	if (at == count) {
		proposal_word(proposals, "as", "as PRINCIPAL");
		proposal_of(proposals, PROPOSE_PAIR | PROPOSE_CLAUSE);
	} else {
		propose_in_clause(proposals, at, PROPOSE_PAIR |
		    PROPOSE_CLAUSE);
	}
}
