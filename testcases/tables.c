/* SPDX-License-Identifier: MIT */
/*
 * Holds tables of facts against the rooms they are about, and speaks TAP.
 *
 * A table has one fact a line, in columns parted by a tab or by two or more
 * blanks.  A value may stand in double quotes; then \xHH, \\ and \" are read
 * in it.  A line, or a last column, that begins with # is a remark.  What the
 * columns are is said by the questions below: first the question's word, if
 * it has one, then what is asked about, then what the answer has to be.
 */
#include "config.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <ctype.h>
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/arn.h"
#include "policy/list.h"
#include "policy/operator.h"
#include "policy/pattern.h"
#include "policy/source.h"
#include "policy/value.h"
#include "policy/variable.h"

struct column {
	const char	*text;
	size_t		 length;
};

struct columns {
	struct column	*items;
	size_t		 count, capacity;
};

/* One row on its way through a question. */
struct trial {
	struct arena		*arena;
	const struct column	*in;		/* what is asked about */
	struct columns		 got;		/* the answer */
};

struct question {
	const char	*table;		/* stem of the file's name */
	const char	*word;		/* of the first column; NULL: none */
	size_t		 inputs;
	void		(*answer)(struct trial *);
};

struct run {
	struct arena	*arena;
	const char	*file;		/* without its directory */
	size_t		 line;
	size_t		 count, failures;
};

/* Answers. */

static void
put_text(struct trial *trial, const char *text, size_t length)
{
	*list_add(trial->arena, &trial->got) = (struct column){ text, length };
}

static void
put(struct trial *trial, const char *word)
{
	put_text(trial, word, strlen(word));
}

static void
put_claim(struct trial *trial, bool claim)
{
	put(trial, claim ? "yes" : "no");
}

static void
put_order(struct trial *trial, int order)
{
	put(trial, order < 0 ? "<" : order > 0 ? ">" : "=");
}

static struct pattern
read_glob(struct trial *trial, size_t i)
{
	return pattern_read(trial->arena, trial->in[i].text,
	    trial->in[i].length);
}

static struct pattern
read_resource(struct trial *trial, size_t i, bool pad)
{
	return arn_pattern_read(trial->arena, trial->in[i].text,
	    trial->in[i].length, pad);
}

static void
put_match(struct trial *trial, struct pattern pattern)
{
	put_claim(trial, pattern_match(&pattern, trial->in[1].text,
	    trial->in[1].length));
}

/* Overlapping is the same in both directions. */
static void
put_overlap(struct trial *trial, struct pattern a, struct pattern b)
{
	if (pattern_overlaps(&a, &b) != pattern_overlaps(&b, &a))
		put(trial, "one-sided");
	else
		put_claim(trial, pattern_overlaps(&a, &b));
}

/* One that covers another that matches anything overlaps it as well. */
static void
put_cover(struct trial *trial, struct pattern outer, struct pattern inner)
{
	if (!pattern_covers(&inner, &inner) ||
	    !pattern_covers(&outer, &outer))
		put(trial, "not-its-own");
	else if (pattern_covers(&outer, &inner) &&
	    !pattern_overlaps(&outer, &inner))
		put(trial, "covers-without-overlap");
	else
		put_claim(trial, pattern_covers(&outer, &inner));
}

static void
pattern_answer(struct trial *trial)
{
	put_match(trial, read_glob(trial, 0));
}

static void
prefix_answer(struct trial *trial)
{
	struct pattern pattern = read_glob(trial, 0);

	put(trial, arena_printf(trial->arena, "%zu",
	    pattern_literal_prefix(&pattern)));
	put(trial, pattern_is_any(&pattern) ? "any" :
	    pattern.wild ? "wild" : "literal");
}

static void
action_answer(struct trial *trial)
{
	put_match(trial, pattern_read_folded(trial->arena, trial->in[0].text,
	    trial->in[0].length));
}

static void
cover_answer(struct trial *trial)
{
	put_cover(trial, read_glob(trial, 0), read_glob(trial, 1));
}

static void
overlap_answer(struct trial *trial)
{
	put_overlap(trial, read_glob(trial, 0), read_glob(trial, 1));
}

static void
arn_answer(struct trial *trial)
{
	put_match(trial, read_resource(trial, 0, false));
}

static void
arn_pad_answer(struct trial *trial)
{
	put_match(trial, read_resource(trial, 0, true));
}

static void
arn_condition_answer(struct trial *trial)
{
	put_match(trial, arn_condition_read(trial->arena, trial->in[0].text,
	    trial->in[0].length));
}

static void
arn_cover_answer(struct trial *trial)
{
	put_cover(trial, read_resource(trial, 0, false),
	    read_resource(trial, 1, false));
}

static void
arn_overlap_answer(struct trial *trial)
{
	put_overlap(trial, read_resource(trial, 0, false),
	    read_resource(trial, 1, false));
}

static void
arn_split_answer(struct trial *trial)
{
	struct arn arn = arn_split(trial->in[0].text, trial->in[0].length);

	for (size_t i = 0; i < arn.count; i++)
		put_text(trial, arn.field[i].text, arn.field[i].length);
}

static void
arn_wild_answer(struct trial *trial)
{
	static const char *const names[ARN_FIELD_COUNT] = { "prefix",
	    "partition", "service", "region", "account", "resource" };
	struct arn arn = arn_split(trial->in[0].text, trial->in[0].length);

	for (size_t i = 0; i < ARN_FIELD_COUNT; i++)
		if (arn_field_is_wild(&arn, (enum arn_field)i))
			put(trial, names[i]);
	if (trial->got.count == 0)
		put(trial, "none");
}

static void
account_answer(struct trial *trial)
{
	put_claim(trial, account_id_is_valid(trial->in[0].text,
	    trial->in[0].length));
}

static void
operator_answer(struct trial *trial)
{
	static const char *const quantifiers[] = { "-", "all", "any" };
	struct operator_use use = operator_read(trial->in[0].text,
	    trial->in[0].length);

	if (use.operator == OPERATOR_COUNT) {
		put(trial, use.canonical ? "none-canonical" : "none");
		return;
	}
	put(trial, operator_facts(use.operator)->name);
	put(trial, quantifiers[use.quantifier]);
	put(trial, use.if_exists ? "if-exists" : "-");
	put(trial, use.canonical ? "canonical" : "other-case");
}

static void
operator_facts_answer(struct trial *trial)
{
	static const char *const types[] = { "string", "arn", "number",
	    "date", "bool", "binary", "ip", "presence" };
	static const char *const comparisons[] = { "equals", "equals-folded",
	    "like", "less", "less-equals", "greater", "greater-equals",
	    "within" };
	struct operator_use use = operator_read(trial->in[0].text,
	    trial->in[0].length);
	const struct operator_facts *facts = operator_facts(use.operator);

	put(trial, types[facts->type]);
	put(trial, comparisons[facts->comparison]);
	put(trial, facts->negated ? "negated" : "positive");
}

static void
operator_nearest_answer(struct trial *trial)
{
	const char *nearest = operator_nearest(trial->in[0].text,
	    trial->in[0].length);

	put(trial, nearest == NULL ? "none" : nearest);
}

static void
put_variable(struct trial *trial, const struct variable *variable)
{
	static const char *const kinds[] = { "key", "literal", "empty",
	    "unclosed", "spaced", "unquoted" };

	put(trial, kinds[variable->kind]);
	put_text(trial, trial->in[0].text + variable->start,
	    variable->end - variable->start);
	put_text(trial, variable->key, variable->key_length);
	if (variable->fallback == NULL)
		put(trial, "-");
	else
		put(trial, arena_printf(trial->arena, "'%.*s'",
		    (int)variable->fallback_length, variable->fallback));
}

static void
variable_answer(struct trial *trial)
{
	struct column in = trial->in[0];
	struct variable variable;
	size_t at = 0;

	while (variable_find(in.text, in.length, at, &variable)) {
		put_variable(trial, &variable);
		at = variable.end;
	}
	if (trial->got.count == 0)
		put(trial, "none");
}

static void
variable_occurs_answer(struct trial *trial)
{
	put_claim(trial, variable_occurs(trial->in[0].text,
	    trial->in[0].length));
}

static void
number_answer(struct trial *trial)
{
	struct number number;

	if (!number_read(trial->in[0].text, trial->in[0].length, &number)) {
		put(trial, "invalid");
		return;
	}
	put(trial, arena_printf(trial->arena, "%s%.*s.%.*s",
	    number.negative ? "-" : "",
	    (int)number.whole_length, number.whole,
	    (int)number.fraction_length, number.fraction));
}

static void
number_compare_answer(struct trial *trial)
{
	struct number a, b;

	if (!number_read(trial->in[0].text, trial->in[0].length, &a) ||
	    !number_read(trial->in[1].text, trial->in[1].length, &b)) {
		put(trial, "invalid");
		return;
	}
	put_order(trial, number_compare(&a, &b));
}

static void
put_date(struct trial *trial, bool four_digit_years)
{
	struct date date;

	if (!date_read(trial->in[0].text, trial->in[0].length,
	    four_digit_years, &date)) {
		put(trial, "invalid");
		return;
	}
	put(trial, arena_printf(trial->arena, "%" PRId64, date.seconds));
	put(trial, arena_printf(trial->arena, ".%.*s",
	    (int)date.fraction.fraction_length, date.fraction.fraction));
	put(trial, date.epoch ? "epoch" : "calendar");
}

static void
date_answer(struct trial *trial)
{
	put_date(trial, false);
}

static void
date_year_answer(struct trial *trial)
{
	put_date(trial, true);
}

static void
date_compare_answer(struct trial *trial)
{
	struct date a, b;

	if (!date_read(trial->in[0].text, trial->in[0].length, false, &a) ||
	    !date_read(trial->in[1].text, trial->in[1].length, false, &b)) {
		put(trial, "invalid");
		return;
	}
	put_order(trial, date_compare(&a, &b));
}

static void
put_cidr(struct trial *trial, unsigned bare_v6)
{
	char text[INET6_ADDRSTRLEN];
	struct cidr cidr;

	if (!cidr_read(trial->in[0].text, trial->in[0].length, bare_v6,
	    &cidr)) {
		put(trial, "invalid");
		return;
	}
	inet_ntop(cidr.v6 ? AF_INET6 : AF_INET, cidr.address, text,
	    sizeof(text));
	put(trial, arena_printf(trial->arena, "%s/%u", text, cidr.prefix));
	put(trial, cidr.has_prefix ? "range" : "address");
	put(trial, cidr.host_bits ? "host-bits" : "-");
	put(trial, cidr_is_private(&cidr) ? "private" : "public");
}

static void
cidr_answer(struct trial *trial)
{
	put_cidr(trial, 128);
}

static void
cidr_bare_answer(struct trial *trial)
{
	put_cidr(trial, 32);
}

static void
cidr_covers_answer(struct trial *trial)
{
	struct cidr outer, inner;

	if (!cidr_read(trial->in[0].text, trial->in[0].length, 128, &outer) ||
	    !cidr_read(trial->in[1].text, trial->in[1].length, 128, &inner))
		put(trial, "invalid");
	else
		put_claim(trial, cidr_covers(&outer, &inner));
}

static void
base64_answer(struct trial *trial)
{
	const uint8_t *bytes;
	size_t count;
	char *text;

	if (!base64_read(trial->arena, trial->in[0].text,
	    trial->in[0].length, &bytes, &count)) {
		put(trial, "invalid");
		return;
	}
	text = arena_alloc(trial->arena, 2 * count + 1);
	for (size_t i = 0; i < count; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	put(trial, text);
}

static void
bool_answer(struct trial *trial)
{
	bool value;

	if (!bool_read(trial->in[0].text, trial->in[0].length, &value))
		put(trial, "invalid");
	else
		put(trial, value ? "true" : "false");
}

static const struct question questions[] = {
	{ "pattern",		NULL,		2, pattern_answer },
	{ "prefix",		NULL,		1, prefix_answer },
	{ "action",		NULL,		2, action_answer },
	{ "cover",		NULL,		2, cover_answer },
	{ "overlap",		NULL,		2, overlap_answer },
	{ "arn",		NULL,		2, arn_answer },
	{ "arn-pad",		NULL,		2, arn_pad_answer },
	{ "arn-condition",	NULL,		2, arn_condition_answer },
	{ "arn-cover",		NULL,		2, arn_cover_answer },
	{ "arn-overlap",	NULL,		2, arn_overlap_answer },
	{ "arn-split",		"split",	1, arn_split_answer },
	{ "arn-split",		"wild",		1, arn_wild_answer },
	{ "account",		NULL,		1, account_answer },
	{ "operator",		"read",		1, operator_answer },
	{ "operator",		"facts",	1, operator_facts_answer },
	{ "operator",		"nearest",	1, operator_nearest_answer },
	{ "variable",		"find",		1, variable_answer },
	{ "variable",		"occurs",	1, variable_occurs_answer },
	{ "number",		"read",		1, number_answer },
	{ "number",		"compare",	2, number_compare_answer },
	{ "date",		"read",		1, date_answer },
	{ "date",		"year",		1, date_year_answer },
	{ "date",		"compare",	2, date_compare_answer },
	{ "cidr",		"read",		1, cidr_answer },
	{ "cidr",		"bare32",	1, cidr_bare_answer },
	{ "cidr",		"covers",	2, cidr_covers_answer },
	{ "base64",		NULL,		1, base64_answer },
	{ "bool",		NULL,		1, bool_answer },
};

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
find_question(const char *file, const struct columns *columns)
{
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		const struct question *question = &questions[i];
		size_t stem = strlen(question->table);

		if (strncmp(file, question->table, stem) != 0 ||
		    strcmp(file + stem, ".table") != 0)
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
	struct column in[2] = { 0 };
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
	question = find_question(run->file, &columns);
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
main(int argc, char **argv)
{
	struct run run = { .arena = arena_new() };

	if (run.arena == NULL)
		err(71, NULL);
	for (int i = 1; i < argc; i++)
		try_table(&run, argv[i]);
	printf("1..%zu\n", run.count);
	arena_free(run.arena);
	return run.failures > 0;
}
