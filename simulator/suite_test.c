/* SPDX-License-Identifier: MIT */
/* Expectations, one by one or as the rows of a table. */
#include "config.h"

#include "simulator/guarantee_reader.h"
#include "simulator/suite_reader.h"

const char *const suite_verdicts[] = {
	[EXPECT_ALLOW] = "allow",
	[EXPECT_DENY] = "deny",
	[EXPECT_DEPENDS] = "depends",
	[EXPECT_LINT] = "lint",
	NULL
};

static const char *const begins[] = {
	"allow", "deny", "depends", "lint", "table", NULL
};

static const char *const reserved[] = { "because", "on", NULL };

bool
suite_replace(struct suite_reader *reader, const struct tokens *tokens,
    size_t at, struct tokens *replaced)
{
	struct question_fault fault;
	bool ok = alias_replace(reader->arena, &reader->aliases, tokens, at,
	    replaced, &fault);

	reader->complaint = SUITE_NAME;
	if (!ok)
		suite_refuse(reader, &fault);
	reader->complaint = SUITE_SYNTAX;
	return ok;
}

/* Expectations. */

/* Where the question ends and what is said of its answer begins. */
static size_t
find_reason(const struct tokens *tokens)
{
	size_t which, at = 0;

	while (at < tokens->list.count && !guarantee_is_one(
	    &tokens->list.items[at], reserved, &which))
		at++;
	return at;
}

static bool
read_because(struct tape *tape, struct expectation *expectation)
{
	const struct token *sid;

	expectation->has_layer = true;
	if (!guarantee_read_layer(tape, &expectation->layer))
		return false;
	sid = tape_plain(tape);
	if (sid != NULL)
		expectation->sid = (struct phrase){ sid->word, sid->span };
	return true;
}

static bool
read_reason(struct tape *tape, struct expectation *expectation)
{
	if (tape_is(tape, "because") && !expectation->has_layer) {
		tape->at++;
		return read_because(tape, expectation);
	}
	if (!tape_is(tape, "on") || expectation->keys.list.count > 0)
		return tape_expected(tape, "the end of the line, `because` or "
		    "`on`, once each", reserved);
	if (expectation->kind != EXPECT_DEPENDS)
		return tape_fail(tape, tape_span(tape), "only what `depends` "
		    "does so `on` keys", NULL);
	tape->at++;
	return tape_list(tape, "a condition key", &expectation->keys);
}

static bool
read_parts(struct suite_reader *reader, const struct tokens *tokens,
    struct expectation *expectation, struct question_fault *fault)
{
	struct tape tape = { reader->arena, tokens, 0, reserved, fault };
	struct tokens sentence = *tokens;
	size_t which;

	if (!guarantee_is_one(tape_peek(&tape), suite_verdicts, &which))
		return tape_expected(&tape, "allow, deny, depends, lint or "
		    "table", begins);
	expectation->kind = (enum expectation_kind)which;
	if (expectation->kind == EXPECT_LINT)
		return suite_read_lint(&tape, expectation);
	sentence.list.count = find_reason(tokens);
	if (!sentence_read(reader->arena, &sentence, 1,
	    &expectation->question, fault))
		return false;
	tape.at = sentence.list.count;
	while (tape_peek(&tape) != NULL)
		if (!read_reason(&tape, expectation))
			return false;
	return true;
}

bool
suite_read_expectation(struct suite_reader *reader,
    const struct tokens *tokens, struct span span, struct suite_test *test)
{
	struct expectation expectation = { .span = span };
	struct question_fault fault;

	if (!read_parts(reader, tokens, &expectation, &fault))
		return suite_refuse(reader, &fault);
	*list_add(reader->arena, &test->expectations) = expectation;
	return true;
}

/* Tables. */

struct table {
	struct suite_reader	*reader;
	struct suite_test	*test;
	struct tokens		 header;	/* without `table' */
	size_t			 columns;
};

/* A word in capitals is a column. */
static bool
is_column(const struct token *token)
{
	const char *text = token->word.text;

	if (token->quoted || token->word.length == 0)
		return false;
	for (size_t i = 0; i < token->word.length; i++)
		if ((text[i] < 'A' || text[i] > 'Z') && text[i] != '-' &&
		    text[i] != '_' && (text[i] < '0' || text[i] > '9'))
			return false;
	return text[0] >= 'A' && text[0] <= 'Z';
}

static void
add(struct table *table, struct tokens *tokens, struct token token)
{
	*list_add(table->reader->arena, &tokens->list) = token;
}

/* Clauses of one word, then those of any number of words. */
static const char *const clauses[] = {
	"via", "through", "named", "with", "without", "overlay", NULL
};

enum { ONE_WORD_CLAUSES = 3 };

/* What stands behind would be taken for something else. */
static bool
can_be_left_out(const struct table *table, size_t at, size_t clause)
{
	const struct token *next = &table->header.list.items[at + 1];
	size_t which;

	if (at < 2)
		return false;		/* who, and what */
	return clauses[clause] == NULL || clause < ONE_WORD_CLAUSES ||
	    at + 1 == table->header.list.count ||
	    guarantee_is_one(next, clauses, &which);
}

/* `-' leaves a column out, and the word of the clause that it ends. */
static bool
leave_out(struct table *table, size_t at, struct span span,
    struct tokens *tokens)
{
	struct question_fault fault = { "this column cannot be left out",
	    span, "who and what are needed, and so is what stands before "
	    "others in a clause" };
	size_t clause = sizeof(clauses) / sizeof(clauses[0]) - 1;

	if (at > 0)
		guarantee_is_one(&table->header.list.items[at - 1], clauses,
		    &clause);
	if (!can_be_left_out(table, at, clause))
		return suite_refuse(table->reader, &fault);
	if (clauses[clause] != NULL)
		tokens->list.count--;
	return true;
}

/* The header with the cells in its columns. */
static bool
fill(struct table *table, const struct token *cells, struct tokens *tokens)
{
	for (size_t i = 0; i < table->header.list.count; i++) {
		struct token token = table->header.list.items[i];

		if (is_column(&token)) {
			token = *cells++;
			if (token_is(&token, "-")) {
				if (!leave_out(table, i, token.span, tokens))
					return false;
				continue;
			}
		}
		add(table, tokens, token);
	}
	return true;
}

static size_t
find_bar(const struct tokens *tokens)
{
	size_t at = 0;

	while (at < tokens->list.count &&
	    !token_is(&tokens->list.items[at], "|"))
		at++;
	return at;
}

static bool
check_cells(struct table *table, const struct suite_line *line,
    size_t cells, bool has_verdict)
{
	struct question_fault fault = { .span = line->span };

	if (!has_verdict)
		fault.message = "expected `|` and the verdict at the end of a "
		    "row";
	else if (cells != table->columns)
		fault.message = arena_printf(table->reader->arena,
		    "the table has %zu columns, this row %zu cells",
		    table->columns, cells);
	else
		return alias_spend(&table->reader->aliases,
		    table->header.list.count * sizeof(struct token),
		    line->span, &fault) || suite_refuse(table->reader,
		    &fault);
	fault.help = "`-` leaves a column out";
	return suite_refuse(table->reader, &fault);
}

static void
read_row(struct table *table, const struct suite_line *line)
{
	struct tokens cells, tokens = { { .count = 0 } };
	size_t bar;

	if (!suite_replace(table->reader, &line->tokens, 0, &cells))
		return;
	bar = find_bar(&cells);
	if (!check_cells(table, line, bar, bar + 1 < cells.list.count))
		return;
	add(table, &tokens, cells.list.items[bar + 1]);
	if (!fill(table, cells.list.items, &tokens))
		return;
	for (size_t i = bar + 2; i < cells.list.count; i++)
		add(table, &tokens, cells.list.items[i]);
	suite_read_expectation(table->reader, &tokens, line->span,
	    table->test);
}

/* A cell would be for one of the two, whichever was meant. */
static bool
check_column(struct table *table, const struct token *column)
{
	struct question_fault fault = { "this column stands in the table "
	    "twice", column->span, "give each a name of its own" };

	for (size_t i = 0; i < table->header.list.count; i++) {
		const struct token *before = &table->header.list.items[i];

		if (is_column(before) && word_equal(before->word,
		    column->word))
			return suite_refuse(table->reader, &fault);
	}
	return true;
}

static bool
read_header(struct table *table, const struct suite_line *line)
{
	struct question_fault fault = { "expected columns: words in capitals, "
	    "in the place of what each row says", line->span,
	    "table WHO sts:AssumeRole ROLE through WAY" };
	struct tokens tokens;

	if (!suite_replace(table->reader, &line->tokens, 1, &tokens))
		return false;
	for (size_t i = 1; i < tokens.list.count; i++) {
		const struct token *token = &tokens.list.items[i];

		if (is_column(token) && !check_column(table, token))
			return false;
		table->columns += is_column(token);
		add(table, &table->header, *token);
	}
	return table->columns > 0 || suite_refuse(table->reader, &fault);
}

static void
read_table(struct suite_reader *reader, const struct suite_line *lines,
    size_t count, struct suite_test *test)
{
	struct table table = { .reader = reader, .test = test };

	struct question_fault fault = { "the table has no rows",
	    lines[0].span, "rows are indented more than `table`" };

	if (!read_header(&table, &lines[0]))
		return;
	if (count == 1)
		suite_refuse(reader, &fault);
	for (size_t i = 1; i < count; i++)
		read_row(&table, &lines[i]);
}

/* Tests. */

static void
read_item(struct suite_reader *reader, const struct suite_line *lines,
    size_t count, struct suite_test *test)
{
	struct tokens all = { { .count = 0 } }, tokens;
	struct span span = { lines[0].span.start, lines[count - 1].span.end };

	if (token_is(&lines[0].tokens.list.items[0], "table")) {
		read_table(reader, lines, count, test);
		return;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < lines[i].tokens.list.count; j++)
			*list_add(reader->arena, &all.list) =
			    lines[i].tokens.list.items[j];
	if (suite_replace(reader, &all, 1, &tokens))
		suite_read_expectation(reader, &tokens, span, test);
}

/* What is indented more than an item's first line belongs to it. */
void
suite_read_test(struct suite_reader *reader, const struct suite_line *lines,
    size_t count, struct suite_test *test)
{
	for (size_t start = 0, end; start < count; start = end) {
		end = start + 1;
		while (end < count && lines[end].indent > lines[start].indent)
			end++;
		read_item(reader, lines + start, end - start, test);
	}
}
