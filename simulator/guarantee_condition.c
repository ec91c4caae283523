/* SPDX-License-Identifier: MIT */
/*
 * The conditions of a guarantee: not before and before or, brackets.  How a
 * condition is nested is bounded here, so that others may recurse.
 */
#include "config.h"

#include <string.h>

#include "policy/value.h"
#include "simulator/guarantee_reader.h"

enum { BRACKETS_MAX = 2 * GUARANTEE_DEPTH_MAX };

struct reader {
	struct tape	*tape;
	size_t		 steps;		/* of the chain */
	size_t		 count;		/* of conditions */
	size_t		 open;		/* of what is read just now */
	bool		 in_hop, in_part;
};

/* A condition, NULL after a fault, and how deep it is. */
struct branch {
	const struct guarantee_condition	*condition;
	size_t					 depth;
};

const char *const guarantee_condition_words[] = {
	"not", "first", "second", "third", "fourth", "on", "by", "through",
	"document", "named", "mfa", NULL
};

static struct branch	 read_or(struct reader *);
static struct branch	 read_unary(struct reader *);

static const struct branch nothing = { NULL, 0 };

static struct branch
fail(struct reader *reader, struct span span, const char *message,
    const char *help)
{
	tape_fail(reader->tape, span, message, help);
	return nothing;
}

static struct branch
add(struct reader *reader, struct guarantee_condition condition,
    size_t depth)
{
	struct guarantee_condition *kept = arena_alloc(reader->tape->arena,
	    sizeof(*kept));

	condition.span.end = reader->tape->tokens->list.items[
	    reader->tape->at - 1].span.end;
	if (++reader->count > GUARANTEE_CONDITIONS_MAX)
		return fail(reader, condition.span, "a promise has at most "
		    "256 conditions", NULL);
	if (depth > GUARANTEE_DEPTH_MAX)
		return fail(reader, condition.span, "conditions stand in "
		    "each other at most 24 deep", NULL);
	*kept = condition;
	return (struct branch){ kept, depth };
}

/* Tests. */

static bool
is_operator(const struct token *token)
{
	return token != NULL && !token->quoted && operator_read(
	    token->word.text, token->word.length).operator != OPERATOR_COUNT;
}

/* COND-9: a value that cannot be compared would never match. */
static bool
is_value(struct reader *reader, enum value_type type, struct word word)
{
	struct number number;
	struct date date;
	struct cidr cidr;
	const uint8_t *bytes;
	size_t count;
	bool yes;

	switch (type) {
	case VALUE_NUMBER:
		return number_read(word.text, word.length, &number);
	case VALUE_DATE:
		return date_read(word.text, word.length, false, &date);
	case VALUE_BOOL:
	case VALUE_PRESENCE:
		return bool_read(word.text, word.length, &yes);
	case VALUE_BINARY:
		return base64_read(reader->tape->arena, word.text,
		    word.length, &bytes, &count);
	case VALUE_IP:
		return cidr_read(word.text, word.length, 128, &cidr);
	case VALUE_STRING:
	case VALUE_ARN:
		break;
	}
	return true;
}

static bool
check_values(struct reader *reader, const struct guarantee_condition *test)
{
	const struct operator_facts *facts = operator_facts(
	    test->use.operator);

	for (size_t i = 0; i < test->values.list.count; i++) {
		const struct phrase *value = &test->values.list.items[i];

		if (!is_value(reader, facts->type, value->word))
			return tape_fail(reader->tape, value->span,
			    arena_printf(reader->tape->arena, "`%.*s` is no "
			    "value that %s compares", (int)value->word.length,
			    value->word.text, facts->name), NULL);
	}
	return true;
}

/* Values stand behind each other, or with commas between. */
static bool
read_values(struct reader *reader, struct phrases *values)
{
	struct tape *tape = reader->tape;
	const struct token *token;

	while ((token = tape_peek(tape)) != NULL &&
	    !tape_is_reserved(tape, token)) {
		tape->at++;
		if (token->word.length > 0)
			token_split(tape->arena, token, values);
		else
			*list_add(tape->arena, &values->list) =
			    (struct phrase){ token->word, token->span };
	}
	return values->list.count > 0 || tape_expected(tape, "a value", NULL);
}

static bool
read_key(struct reader *reader, struct phrase *key)
{
	struct tape *tape = reader->tape;

	if (!tape_one(tape, "a condition key, such as aws:SourceVpce", key))
		return false;
	return memchr(key->word.text, ':', key->word.length) != NULL ||
	    tape_fail(tape, key->span, arena_printf(tape->arena,
	    "`%.*s` is no condition key", (int)key->word.length,
	    key->word.text), "write one, such as aws:SourceVpce");
}

static struct branch
read_test(struct reader *reader)
{
	struct guarantee_condition test = { .kind = CONDITION_TEST };
	const struct token *token = tape_peek(reader->tape);

	test.span = token->span;
	test.use = operator_read(token->word.text, token->word.length);
	test.use.canonical = true;
	if (test.use.operator == OPERATOR_Null && test.use.if_exists)
		return fail(reader, token->span, "Null takes no IfExists",
		    NULL);
	reader->tape->at++;
	if (!read_key(reader, &test.key) ||
	    !read_values(reader, &test.values) || !check_values(reader, &test))
		return nothing;
	return add(reader, test, 0);
}

/* Phrases, actions. */

static struct branch
read_phrase(struct reader *reader)
{
	struct guarantee_condition condition = { .kind = CONDITION_PHRASE,
	    .span = tape_span(reader->tape) };

	if (!guarantee_read_phrase(reader->tape, &condition.phrase))
		return nothing;
	return add(reader, condition, 0);
}

static struct branch
read_action(struct reader *reader)
{
	struct guarantee_condition condition = { .kind = CONDITION_ACTION,
	    .span = tape_span(reader->tape) };
	struct guarantee_step *step = &condition.action;

	if (!guarantee_read_actions(reader->tape, step))
		return nothing;
	while (guarantee_is_phrase(tape_peek(reader->tape)))
		if (!guarantee_read_phrase(reader->tape, list_add(
		    reader->tape->arena, &step->phrases)))
			return nothing;
	step->span.end = reader->tape->tokens->list.items[
	    reader->tape->at - 1].span.end;
	return add(reader, condition, 0);
}

/* What stands around others. */

static struct branch
read_inner(struct reader *reader, struct guarantee_condition condition)
{
	struct branch inner;

	reader->open++;
	inner = reader->open > BRACKETS_MAX ? fail(reader, condition.span,
	    "too many conditions stand in each other", NULL) :
	    read_unary(reader);
	reader->open--;
	if (inner.condition == NULL)
		return nothing;
	condition.one = inner.condition;
	return add(reader, condition, inner.depth + 1);
}

static struct branch
read_hop(struct reader *reader, size_t hop)
{
	struct guarantee_condition condition = { .kind = CONDITION_HOP,
	    .span = tape_span(reader->tape), .hop = hop };
	struct branch branch;

	if (reader->in_hop)
		return fail(reader, condition.span, "a call of a call: one "
		    "of first, second, ... is too many", NULL);
	if (hop >= reader->steps)
		return fail(reader, condition.span, arena_printf(
		    reader->tape->arena, "there is no %s call: the chain has "
		    "%zu", guarantee_hops[hop], reader->steps),
		    "`then ACTION` adds a call");
	reader->tape->at++;
	reader->in_hop = true;
	branch = read_inner(reader, condition);
	reader->in_hop = false;
	return branch;
}

static struct branch
read_part(struct reader *reader)
{
	const struct token *token = tape_peek(reader->tape);
	struct guarantee_condition condition = { .kind = CONDITION_PART,
	    .span = token->span, .part = { token->word, token->span } };
	struct branch branch;

	if (reader->in_part)
		return fail(reader, condition.span, "a part of a part",
		    "each part of a call is one resource");
	reader->tape->at++;
	reader->in_part = true;
	branch = read_inner(reader, condition);
	reader->in_part = false;
	return branch;
}

static struct branch
read_brackets(struct reader *reader)
{
	struct span span = tape_span(reader->tape);
	struct branch branch;

	reader->tape->at++;
	reader->open++;
	branch = reader->open > BRACKETS_MAX ? fail(reader, span,
	    "too many brackets stand in each other", NULL) : read_or(reader);
	reader->open--;
	if (branch.condition == NULL || tape_take(reader->tape, ")"))
		return branch;
	tape_expected(reader->tape, "and, or, or a closing bracket",
	    guarantee_reserved);
	return nothing;
}

static bool
begins_condition(const struct token *token)
{
	size_t which;

	return token != NULL && (is_operator(token) ||
	    guarantee_is_one(token, guarantee_condition_words,
	    &which) || token_is(token, "("));
}

/* A plain word with a condition behind it: which parts there are, the
 * catalogue knows. */
static bool
is_part(const struct tape *tape)
{
	const struct token *token = tape_peek(tape);

	if (token == NULL || token->quoted || token->word.length == 0)
		return false;
	for (size_t i = 0; i < token->word.length; i++)
		if ((token->word.text[i] < 'a' || token->word.text[i] > 'z') &&
		    token->word.text[i] != '-')
			return false;
	return (token_is(token, "document") ||
	    !tape_is_reserved(tape, token)) &&
	    begins_condition(tape_look(tape, 1));
}

/* A misspelt operator is told from a misspelt word by its capitals. */
static struct branch
refuse(struct reader *reader)
{
	const struct token *token = tape_peek(reader->tape);
	const char *nearest = token == NULL || token->quoted ? NULL :
	    operator_nearest(token->word.text, token->word.length);

	if (nearest != NULL)
		return fail(reader, token->span, arena_printf(
		    reader->tape->arena, "`%.*s` is no operator",
		    (int)token->word.length, token->word.text),
		    arena_printf(reader->tape->arena, "did you mean `%s`?",
		    nearest));
	tape_expected(reader->tape, "a condition: an operator, an action, a "
	    "phrase, not, a call, a part or a bracket",
	    guarantee_condition_words);
	return nothing;
}

static struct branch
read_leaf(struct reader *reader)
{
	const struct token *token = tape_peek(reader->tape);
	bool operator = is_operator(token);
	bool phrase = guarantee_is_phrase(token);

	if (!operator && !phrase && !guarantee_is_action(token))
		return refuse(reader);
	if (reader->steps > 1 && !reader->in_hop)
		return fail(reader, token->span, "of which call of the chain",
		    "begin with first, second, ...");
	if (operator)
		return read_test(reader);
	return phrase ? read_phrase(reader) : read_action(reader);
}

static struct branch
read_unary(struct reader *reader)
{
	struct guarantee_condition not = { .kind = CONDITION_NOT,
	    .span = tape_span(reader->tape) };
	size_t hop;

	if (tape_take(reader->tape, "not"))
		return read_inner(reader, not);
	if (tape_is(reader->tape, "("))
		return read_brackets(reader);
	if (guarantee_is_one(tape_peek(reader->tape), guarantee_hops, &hop))
		return read_hop(reader, hop);
	return is_part(reader->tape) ? read_part(reader) : read_leaf(reader);
}

/* The next promise begins with `and' too. */
static bool
goes_on(const struct tape *tape, const char *word)
{
	size_t which;

	return tape_is(tape, word) && !guarantee_is_one(tape_look(tape, 1),
	    guarantee_quantifiers, &which);
}

/* A row of one kind counts once, however long it is. */
static struct branch
join(struct reader *reader, enum condition_kind kind, struct branch left,
    struct branch right)
{
	struct guarantee_condition condition = { .kind = kind };
	size_t depth;

	if (left.condition == NULL || right.condition == NULL)
		return nothing;
	condition.span = left.condition->span;
	condition.one = left.condition;
	condition.other = right.condition;
	depth = left.depth + (left.condition->kind != kind);
	return add(reader, condition, depth > right.depth ? depth :
	    right.depth + 1);
}

static struct branch
read_and(struct reader *reader)
{
	struct branch branch = read_unary(reader);

	while (branch.condition != NULL && goes_on(reader->tape, "and")) {
		reader->tape->at++;
		branch = join(reader, CONDITION_AND, branch,
		    read_unary(reader));
	}
	return branch;
}

static struct branch
read_or(struct reader *reader)
{
	struct branch branch = read_and(reader);

	while (branch.condition != NULL && goes_on(reader->tape, "or")) {
		reader->tape->at++;
		branch = join(reader, CONDITION_OR, branch,
		    read_and(reader));
	}
	return branch;
}

const struct guarantee_condition *
guarantee_read_condition(struct tape *tape, size_t steps)
{
	struct reader reader = { .tape = tape, .steps = steps };

	return read_or(&reader).condition;
}
