/* SPDX-License-Identifier: MIT */
/* The lines of a test file that stand at the margin. */
#include "config.h"

#include <string.h>

#include "simulator/guarantee_reader.h"
#include "simulator/suite_reader.h"

static const char *const keywords[] = {
	"estate", "let", "test", "guarantee", "expect", NULL
};

static const char *const none[] = { NULL };

/* A line at the margin and those that are indented below. */
struct block {
	const struct suite_line	*lines;
	size_t			 count;
	struct tokens		 tokens;	/* of all */
	struct span		 span;		/* of the first line */
};

static struct tape
tape_over(struct suite_reader *reader, const struct tokens *tokens,
    struct question_fault *fault)
{
	return (struct tape){ reader->arena, tokens, 1, none, fault };
}

static bool
refuse_again(struct suite_reader *reader, struct span span,
    const char *message)
{
	struct question_fault fault = { message, span, NULL };

	reader->complaint = SUITE_DUPLICATE;
	suite_refuse(reader, &fault);
	reader->complaint = SUITE_SYNTAX;
	return false;
}

static bool
read_end(struct tape *tape)
{
	return tape_peek(tape) == NULL ||
	    tape_expected(tape, "the end of the line", NULL);
}

static void
read_estate(struct suite_reader *reader, const struct block *block)
{
	struct question_fault fault;
	struct phrase estate;
	struct tape tape;
	struct tokens tokens;

	if (!suite_replace(reader, &block->tokens, 1, &tokens))
		return;
	tape = tape_over(reader, &tokens, &fault);
	if (!tape_one(&tape, "the file of an estate", &estate) ||
	    !read_end(&tape))
		suite_refuse(reader, &fault);
	else if (reader->suite->estate.word.text != NULL)
		refuse_again(reader, block->span, "a second estate");
	else
		reader->suite->estate = estate;
}

static bool
read_let_name(struct tape *tape)
{
	static const char *const equals[] = { "=", NULL };
	const struct token *name = tape_plain(tape);

	if (name == NULL || !alias_is_name(name->word)) {
		tape->at = 1;
		return tape_expected(tape, "a name: letters, digits, `-` and "
		    "`_`", NULL);
	}
	if (!tape_take(tape, "="))
		return tape_expected(tape, "`=`", equals);
	return tape_peek(tape) != NULL ||
	    tape_expected(tape, "the words that it stands for", NULL);
}

static void
read_let(struct suite_reader *reader, const struct block *block)
{
	const struct token *name = &block->tokens.list.items[1];
	struct question_fault fault;
	struct tape tape = tape_over(reader, &block->tokens, &fault);
	struct tokens tokens, words = { { .count = 0 } };

	if (!read_let_name(&tape)) {
		suite_refuse(reader, &fault);
		return;
	}
	if (alias_find(&reader->aliases, name->word) != NULL) {
		refuse_again(reader, name->span, "this name is taken");
		return;
	}
	if (!suite_replace(reader, &block->tokens, 3, &tokens))
		return;
	for (size_t i = 3; i < tokens.list.count; i++)
		*list_add(reader->arena, &words.list) = tokens.list.items[i];
	alias_add(reader->arena, &reader->aliases, name, &words);
}

static void
read_test(struct suite_reader *reader, const struct block *block)
{
	struct suite_test test = { .span = block->span };
	struct question_fault fault;
	struct tape tape = tape_over(reader, &block->lines[0].tokens, &fault);
	struct phrase name;

	if (!tape_one(&tape, "the name of the test, in quotes", &name) ||
	    !read_end(&tape)) {
		suite_refuse(reader, &fault);
		return;
	}
	test.name = name.word;
	if (block->count == 1 && !block->lines[0].spoiled)
		suite_refuse_empty(reader, block->span);
	suite_read_test(reader, block->lines + 1, block->count - 1, &test);
	*list_add(reader->arena, &reader->suite->tests) = test;
}

static void
read_guarantee(struct suite_reader *reader, const struct block *block)
{
	struct question_fault fault;
	struct guarantee guarantee;
	struct tokens tokens;

	if (!suite_replace(reader, &block->tokens, 1, &tokens))
		return;
	if (!guarantee_read(reader->arena, &tokens, 1, &guarantee, &fault)) {
		suite_refuse(reader, &fault);
		return;
	}
	guarantee.span = block->span;
	*list_add(reader->arena, &reader->suite->guarantees) = guarantee;
}

/* ID ID or ID,ID, up to `in'. */
static bool
read_ids(struct tape *tape, struct known_gap *gap)
{
	static const char *const broken[] = { "broken", NULL };

	if (!tape_take(tape, "broken"))
		return tape_expected(tape, "`broken`", broken);
	do {
		if (!tape_list(tape, "the id of a guarantee", &gap->ids))
			return false;
	} while (tape_peek(tape) != NULL && !tape_is(tape, "in"));
	return true;
}

bool
suite_read_gap(struct suite_reader *reader, const struct tokens *tokens,
    struct span span)
{
	static const char *const reserved[] = { "in", NULL };
	struct question_fault fault;
	struct tape tape = tape_over(reader, tokens, &fault);
	struct known_gap gap = { .span = span };

	tape.reserved = reserved;
	if (!read_ids(&tape, &gap) || (tape_take(&tape, "in") &&
	    !tape_one(&tape, "the file of an estate", &gap.estate)) ||
	    !read_end(&tape))
		return suite_refuse(reader, &fault);
	*list_add(reader->arena, &reader->suite->gaps) = gap;
	return true;
}

static void
read_expect(struct suite_reader *reader, const struct block *block)
{
	struct tokens tokens;

	if (suite_replace(reader, &block->tokens, 1, &tokens))
		suite_read_gap(reader, &tokens, block->span);
}

static void (*const readers[])(struct suite_reader *,
    const struct block *) = {
	read_estate, read_let, read_test, read_guarantee, read_expect
};

static void
read_block(struct suite_reader *reader, struct block *block)
{
	const struct token *first = &block->lines[0].tokens.list.items[0];
	struct question_fault fault;
	struct tape tape = tape_over(reader, &block->lines[0].tokens, &fault);
	size_t which;

	block->span = block->lines[0].span;
	if (block->lines[0].indent > 0 ||
	    !guarantee_is_one(first, keywords, &which)) {
		tape.at = 0;
		tape_expected(&tape, "estate, let, test, guarantee or expect "
		    "at the beginning of a line", keywords);
		suite_refuse(reader, &fault);
		return;
	}
	for (size_t i = 0; i < block->count; i++)
		for (size_t j = 0; j < block->lines[i].tokens.list.count; j++)
			*list_add(reader->arena, &block->tokens.list) =
			    block->lines[i].tokens.list.items[j];
	readers[which](reader, block);
}

static void
read_text(struct suite_reader *reader)
{
	struct suite_lines lines = suite_split(reader);

	for (size_t start = 0, end; start < lines.list.count; start = end) {
		struct block block = { .lines = &lines.list.items[start] };

		end = start + 1;
		while (end < lines.list.count &&
		    lines.list.items[end].indent > 0)
			end++;
		block.count = end - start;
		read_block(reader, &block);
	}
}

size_t
suite_mark_length(const struct source *source)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t length = sizeof(mark) - 1;

	return source->length >= length && memcmp(source->bytes, mark,
	    length) == 0 ? length : 0;
}

static bool
is_json(const struct source *source)
{
	size_t at = suite_mark_length(source);

	while (at < source->length && (source->bytes[at] == ' ' ||
	    source->bytes[at] == '\t' || source->bytes[at] == '\r' ||
	    source->bytes[at] == '\n'))
		at++;
	return at < source->length && source->bytes[at] == '{';
}

const struct suite *
suite_read(struct arena *arena, const struct source *source,
    struct report *report)
{
	struct suite_reader reader = { .arena = arena, .source = source,
	    .report = report, .complaint = SUITE_SYNTAX };

	report->source = source;
	reader.suite = arena_alloc(arena, sizeof(*reader.suite));
	reader.suite->source = source;
	if (is_json(source))
		suite_read_json(&reader);
	else
		read_text(&reader);
	suite_check(&reader);
	return reader.suite;
}
