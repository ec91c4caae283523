/* SPDX-License-Identifier: MIT */
/*
 * Reads tables, puts their rows to the questions that they ask, and speaks
 * TAP.  What the answers are about is not known here.
 */
#include "config.h"

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/source.h"
#include "testcases/rows.h"

struct run {
	struct arena		*arena;
	const struct question	*questions;
	const char		*file;		/* without its directory */
	size_t			 line;
	size_t			 count, failures;
};

/* Answers. */

void
put_text(struct trial *trial, const char *text, size_t length)
{
	*list_add(trial->arena, &trial->got) = (struct column){ text, length };
}

void
put(struct trial *trial, const char *word)
{
	put_text(trial, word, strlen(word));
}

void
put_claim(struct trial *trial, bool claim)
{
	put(trial, claim ? "yes" : "no");
}

/* Rows. */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_parting(const char *at, const char *end)
{
	return at == end || *at == '\t' ||
	    (*at == ' ' && (at + 1 == end || is_blank(at[1])));
}

/* The value of the hexadecimal digits in \xHH; negative when there are none. */
static int
read_hex(const char *at, const char *end)
{
	char digits[3] = "";

	if (end - at < 2 || !isxdigit((unsigned char)at[0]) ||
	    !isxdigit((unsigned char)at[1]))
		return -1;
	memcpy(digits, at, 2);
	return (int)strtol(digits, NULL, 16);
}

/* A value in quotes; returns the byte behind it, or NULL when it is broken. */
static const char *
read_quoted(struct arena *arena, const char *at, const char *end,
    struct column *column)
{
	char *to = arena_alloc(arena, (size_t)(end - at));

	column->text = to;
	while (++at < end && *at != '"') {
		int byte = (unsigned char)*at;

		if (byte == '\\') {
			if (++at == end)
				return NULL;
			byte = *at == 'x' ? read_hex(at + 1, end) :
			    *at == '\\' || *at == '"' ? *at : -1;
			if (*at == 'x')
				at += 2;
		}
		if (byte < 0)
			return NULL;
		to[column->length++] = (char)byte;
	}
	return at < end && is_parting(at + 1, end) ? at + 1 : NULL;
}

/* The columns of a line; false when a quoted value is broken. */
static bool
read_row(struct arena *arena, const char *at, const char *end,
    struct columns *columns)
{
	for (;;) {
		struct column column = { 0 };

		while (at < end && is_blank(*at))
			at++;
		if (at == end || *at == '#')
			return true;
		if (*at == '"') {
			at = read_quoted(arena, at, end, &column);
			if (at == NULL)
				return false;
		} else {
			column.text = at;
			while (!is_parting(at, end))
				at++;
			column.length = (size_t)(at - column.text);
		}
		*list_add(arena, columns) = column;
	}
}

/* Trials. */

static void
print_columns(const char *title, const struct column *columns, size_t count)
{
	printf("#   %-9s", title);
	for (size_t i = 0; i < count; i++) {
		fputs("  `", stdout);
		for (size_t j = 0; j < columns[i].length; j++) {
			unsigned char byte = (unsigned char)columns[i].text[j];

			printf(isprint(byte) ? "%c" : "\\x%02x", byte);
		}
		putchar('`');
	}
	putchar('\n');
}

static void
print_point(struct run *run, bool passed, const char *remark)
{
	run->count++;
	if (!passed)
		run->failures++;
	printf("%s %zu - %s:%zu%s%s\n", passed ? "ok" : "not ok", run->count,
	    run->file, run->line, *remark == '\0' ? "" : ": ", remark);
}

static bool
is_word(struct column column, const char *word)
{
	return column.length == strlen(word) &&
	    memcmp(column.text, word, column.length) == 0;
}

/* The question that a row asks, or NULL. */
static const struct question *
find_question(const struct run *run, const struct columns *columns)
{
	const struct question *question = run->questions;

	for (; question->table != NULL; question++) {
		size_t stem = strlen(question->table);

		if (strncmp(run->file, question->table, stem) != 0 ||
		    strcmp(run->file + stem, ".table") != 0)
			continue;
		if (question->word == NULL ||
		    is_word(columns->items[0], question->word))
			return question;
	}
	return NULL;
}

static bool
same_columns(const struct columns *got, const struct column *wanted,
    size_t count)
{
	if (got->count != count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (got->items[i].length != wanted[i].length ||
		    memcmp(got->items[i].text, wanted[i].text,
		    wanted[i].length) != 0)
			return false;
	return true;
}

/*
 * Memory of exactly the value's size, so that a sanitizer sees whoever reads
 * a byte behind it.
 */
static struct column
copy_column(struct column column)
{
	char *copy = malloc(column.length);

	if (copy == NULL && column.length > 0)
		err(71, "no memory for a column");
	if (column.length > 0)
		memcpy(copy, column.text, column.length);
	return (struct column){ copy, column.length };
}

static void
try_row(struct run *run, const struct question *question,
    const struct column *columns, size_t count)
{
	struct column in[INPUTS_MAX] = { 0 };
	struct trial trial = { .arena = run->arena, .in = in };
	const struct column *wanted = columns + question->inputs;
	size_t wanted_count = count - question->inputs;
	bool passed;

	for (size_t i = 0; i < question->inputs; i++)
		in[i] = copy_column(columns[i]);
	question->answer(&trial);
	passed = same_columns(&trial.got, wanted, wanted_count);
	print_point(run, passed, "");
	if (!passed) {
		printf("# %s:%zu:\n", run->file, run->line);
		print_columns("asked", columns, question->inputs);
		print_columns("expected", wanted, wanted_count);
		print_columns("got", trial.got.items, trial.got.count);
	}
	for (size_t i = 0; i < question->inputs; i++)
		free((void *)in[i].text);
}

static void
try_line(struct run *run, const char *at, const char *end)
{
	struct columns columns = { 0 };
	const struct question *question;
	size_t words;

	if (!read_row(run->arena, at, end, &columns)) {
		print_point(run, false, "a value's quotes are broken");
		return;
	}
	if (columns.count == 0)
		return;
	question = find_question(run, &columns);
	words = question != NULL && question->word != NULL;
	if (question == NULL)
		print_point(run, false, "no such question");
	else if (columns.count <= words + question->inputs)
		print_point(run, false, "no answer is given");
	else
		try_row(run, question, columns.items + words,
		    columns.count - words);
}

/* Tables. */

static const struct source *
read_table(struct arena *arena, const char *name)
{
	LIST(char) bytes = { 0 };
	FILE *file = fopen(name, "r");
	int byte;

	if (file == NULL)
		err(4, "%s", name);
	while ((byte = getc(file)) != EOF)
		*list_add(arena, &bytes) = (char)byte;
	if (ferror(file))
		err(4, "%s", name);
	fclose(file);
	*list_add(arena, &bytes) = '\0';
	return source_new(arena, name, bytes.items, bytes.count - 1);
}

static void
try_table(struct run *run, const char *name)
{
	const struct source *source = read_table(run->arena, name);
	const char *slash = strrchr(name, '/');
	size_t before = run->count;

	run->file = slash == NULL ? name : slash + 1;
	for (size_t line = 1; line <= source->line_count; line++) {
		struct span span = source_line(source, line);

		run->line = line;
		try_line(run, source->bytes + span.start,
		    source->bytes + span.end);
	}
	if (run->count == before)
		print_point(run, false, "the table has no rows");
}

int
rows_run(const struct question *questions, int argc, char **argv)
{
	struct run run = { .arena = arena_new(), .questions = questions };

	if (run.arena == NULL)
		err(71, NULL);
	for (int i = 1; i < argc; i++)
		try_table(&run, argv[i]);
	printf("1..%zu\n", run.count);
	arena_free(run.arena);
	return run.failures > 0;
}
