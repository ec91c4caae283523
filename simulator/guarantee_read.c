/* SPDX-License-Identifier: MIT */
/* Guarantees out of tokens: the frame around phrases and conditions. */
#include "config.h"

#include "simulator/guarantee_reader.h"

static const char *const scope_words[] = {
	"allowed", "request", "call", NULL
};

static const char *const clause_words[] = {
	"on", "by", "through", "document", "named", "mfa", "then", "assuming",
	"allowed", "where", "must", "and", NULL
};

/* Brackets. */

static void
add_part(struct arena *arena, struct tokens *tokens,
    const struct token *token, size_t start, size_t end)
{
	struct token part = *token;
	bool as_typed = token->span.end - token->span.start ==
	    token->word.length;

	if (start == end && token->word.length > 0)
		return;
	part.word = word_from(token->word.text + start, end - start);
	if (token->protected != NULL)
		part.protected = token->protected + start;
	if (as_typed) {
		part.span.start = token->span.start + start;
		part.span.end = token->span.start + end;
	}
	*list_add(arena, &tokens->list) = part;
}

static void
add_bracket(struct arena *arena, struct tokens *tokens,
    const struct token *token, size_t at)
{
	struct token bracket = *token;

	bracket.quoted = false;
	add_part(arena, tokens, &bracket, at, at + 1);
}

/* Brackets at the ends of a token are tokens of their own. */
static void
part_brackets(struct arena *arena, const struct token *token,
    struct tokens *parted)
{
	size_t start = 0, end = token->word.length;

	while (token_has(token, start, '('))
		add_bracket(arena, parted, token, start++);
	while (end > start && token_has(token, end - 1, ')'))
		end--;
	add_part(arena, parted, token, start, end);
	while (end < token->word.length)
		add_bracket(arena, parted, token, end++);
}

/* Those before `at' stay: where nothing follows, they say where that is. */
static struct tokens
part_all(struct arena *arena, const struct tokens *tokens, size_t at)
{
	struct tokens parted = { { .count = 0 } };

	for (size_t i = 0; i < at; i++)
		*list_add(arena, &parted.list) = tokens->list.items[i];
	for (size_t i = at; i < tokens->list.count; i++)
		part_brackets(arena, &tokens->list.items[i], &parted);
	return parted;
}

/* Calls. */

static bool
read_allowed(struct tape *tape, struct guarantee *guarantee)
{
	if (guarantee->allowed)
		return tape_fail(tape, tape_span(tape),
		    "`allowed` is said twice", NULL);
	tape->at++;
	guarantee->allowed = true;
	if (!tape_take(tape, "by"))
		return true;
	guarantee->by_layer = true;
	return guarantee_read_layer(tape, &guarantee->layer);
}

static bool
read_phrases(struct tape *tape, struct guarantee *guarantee,
    struct guarantee_step *step)
{
	for (;;) {
		const struct token *token = tape_peek(tape);
		bool ok;

		if (token != NULL && token_is(token, "allowed"))
			ok = read_allowed(tape, guarantee);
		else if (guarantee_is_phrase(token))
			ok = guarantee_read_phrase(tape, list_add(
			    tape->arena, &step->phrases));
		else
			return true;
		if (!ok)
			return false;
		step->span.end = tape->tokens->list.items[
		    tape->at - 1].span.end;
	}
}

static bool
read_actions(struct tape *tape, struct guarantee_step *step)
{
	if (guarantee_is_action(tape_peek(tape)))
		return guarantee_read_actions(tape, step);
	return tape_expected(tape, "`request`, `call` or an action, such as "
	    "ssm:StartSession", scope_words);
}

static bool
read_first(struct tape *tape, struct guarantee *guarantee)
{
	struct guarantee_step step = { .span = tape_span(tape) };

	if (tape_take(tape, "request"))
		step.kind = STEP_REQUEST;
	else if (tape_take(tape, "call"))
		step.kind = STEP_CALL;
	else if (!read_actions(tape, &step))
		return false;
	if (!read_phrases(tape, guarantee, &step))
		return false;
	*list_add(tape->arena, &guarantee->steps) = step;
	return true;
}

static bool
read_next(struct tape *tape, struct guarantee *guarantee)
{
	struct guarantee_step step = { .kind = STEP_ACTIONS };

	if (guarantee->steps.items[0].kind != STEP_ACTIONS)
		return tape_fail(tape, tape_span(tape), "a chain begins with "
		    "the action that makes its session",
		    "sts:AssumeRole then ...");
	if (guarantee->steps.count == GUARANTEE_STEPS_MAX)
		return tape_fail(tape, tape_span(tape),
		    "a chain has at most four calls", NULL);
	tape->at++;
	if (!read_actions(tape, &step) ||
	    !read_phrases(tape, guarantee, &step))
		return false;
	*list_add(tape->arena, &guarantee->steps) = step;
	return true;
}

/* Clauses. */

static bool
read_everything(struct tape *tape)
{
	static const char *const verbs[] = { "allows", "allow", NULL };
	static const char *const objects[] = { "everything", NULL };
	size_t which;

	if (!guarantee_is_one(tape_peek(tape), verbs, &which))
		return tape_expected(tape, "`allows everything`", verbs);
	tape->at++;
	return tape_take(tape, "everything") ||
	    tape_expected(tape, "`everything`", objects);
}

/* LAYER,LAYER allow everything */
static bool
read_assuming(struct tape *tape, struct guarantee *guarantee)
{
	struct phrases names = { { .count = 0 } };
	struct tokens tokens = { { .count = 0 } };
	struct tape layers = *tape;
	enum layer layer;

	if (!tape_list(tape, "a layer", &names))
		return false;
	for (size_t i = 0; i < names.list.count; i++)
		*list_add(tape->arena, &tokens.list) = (struct token){
		    .word = names.list.items[i].word,
		    .span = names.list.items[i].span };
	layers.tokens = &tokens;
	for (layers.at = 0; layers.at < tokens.list.count;) {
		if (!guarantee_read_layer(&layers, &layer))
			return false;
		guarantee->assuming |= 1u << layer;
	}
	return read_everything(tape);
}

/* What stands in the place of `must' may be a misspelt one. */
static bool
refuse_idle(struct tape *tape)
{
	if (tape_peek(tape) != NULL && !tape_is(tape, "and"))
		return tape_expected(tape, "`must`, or another clause before "
		    "it", clause_words);
	return tape_fail(tape, tape_span(tape), "`every` without `must` "
	    "promises nothing", "say what they must");
}

static bool
read_conditions(struct tape *tape, struct guarantee *guarantee)
{
	size_t steps = guarantee->steps.count;
	bool every = guarantee->quantifier == GUARANTEE_EVERY;

	if (tape_take(tape, "where")) {
		guarantee->where = guarantee_read_condition(tape, steps);
		if (guarantee->where == NULL)
			return false;
	}
	if (!tape_is(tape, "must"))
		return !every || refuse_idle(tape);
	if (!every)
		return tape_fail(tape, tape_span(tape), arena_printf(
		    tape->arena, "`%s` takes no `must`",
		    guarantee_quantifiers[guarantee->quantifier]),
		    "say it with `where`");
	tape->at++;
	guarantee->must = guarantee_read_condition(tape, steps);
	return guarantee->must != NULL;
}

static bool
read_promise(struct tape *tape, struct guarantee *guarantee)
{
	size_t which;

	guarantee->span = tape_span(tape);
	if (!guarantee_is_one(tape_peek(tape), guarantee_quantifiers, &which))
		return tape_expected(tape, "every, never, some or each",
		    guarantee_quantifiers);
	tape->at++;
	guarantee->quantifier = (enum quantifier_kind)which;
	if (tape_is(tape, "allowed") && !read_allowed(tape, guarantee))
		return false;
	if (!read_first(tape, guarantee))
		return false;
	while (tape_is(tape, "then"))
		if (!read_next(tape, guarantee))
			return false;
	while (tape_take(tape, "assuming"))
		if (!read_assuming(tape, guarantee))
			return false;
	return read_conditions(tape, guarantee);
}

static bool
read_promises(struct tape *tape, struct guarantee *guarantee)
{
	struct guarantee *promise = guarantee;

	for (;;) {
		struct guarantee *also;

		if (!read_promise(tape, promise))
			return false;
		if (tape_peek(tape) == NULL)
			return true;
		if (!tape_take(tape, "and"))
			return tape_expected(tape, "the end of the guarantee, "
			    "or another clause", clause_words);
		also = arena_alloc(tape->arena, sizeof(*also));
		also->id = guarantee->id;
		also->name = guarantee->name;
		promise->also = also;
		promise = also;
	}
}

/* Names. */

static bool
is_name(struct word word)
{
	for (size_t i = 0; i < word.length; i++) {
		char c = word.text[i];

		if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') &&
		    (c < '0' || c > '9') && c != '-' && c != '_' && c != '.')
			return false;
	}
	return word.length > 0;
}

static bool
read_name(struct tape *tape, const char *what, struct word *name)
{
	const struct token *token = tape_peek(tape);
	size_t which;

	/* one that is left out must not swallow what comes next */
	if (token == NULL || !is_name(token->word) ||
	    guarantee_is_one(token, guarantee_quantifiers, &which))
		return tape_expected(tape, what, NULL);
	*name = token->word;
	tape->at++;
	return true;
}

bool
guarantee_read(struct arena *arena, const struct tokens *tokens, size_t at,
    struct guarantee *guarantee, struct question_fault *fault)
{
	struct tokens parted = part_all(arena, tokens, at);
	struct tape tape = { arena, &parted, at, guarantee_reserved, fault };
	struct span span = tape_span(&tape);

	*guarantee = (struct guarantee){ .allowed = false };
	if (!read_name(&tape, "an id of letters, digits, `.`, `-` and `_`",
	    &guarantee->id) || !read_name(&tape,
	    "a name (such as assume-only-here)", &guarantee->name) ||
	    !read_promises(&tape, guarantee))
		return false;
	guarantee->span = span;
	return true;
}
