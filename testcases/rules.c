/* SPDX-License-Identifier: MIT */
/*
 * Every complaint's two examples: the one must be complained of, its innocent
 * neighbour must not.  rule.h says how examples are written.  Speaks TAP.
 *
 *	rules [FILE ...]
 *
 * A file has more of them, one a line: the rule, `fires' or `quiet', and the
 * example, parted by tabs.  A line that begins with # is a remark.
 */
#include "config.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/lint.h"
#include "policy/envelope.h"
#include "simulator/estate.h"
#include "simulator/rulebook.h"

struct example {
	struct arena		*arena;
	bool			 estate;		/* else a policy */
	enum layer		 layer;
	const char		*attached;
	const char		*service;
	const char		*options;	/* JSON, or NULL */
	const char		*bytes;
	size_t			 length;
};

static unsigned points, failures;

static const char *
double_quotes(struct arena *arena, const char *text)
{
	char *copy = arena_copy(arena, text, strlen(text));

	for (char *at = copy; *at != '\0'; at++)
		if (*at == '\'')
			*at = '"';
	return copy;
}

static int
unescape_one(const char **text)
{
	const char *at = *text + 1;
	char digits[3] = { 0 };

	*text += 2;
	switch (*at) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case '\\':
		return '\\';
	case 'x':
		memcpy(digits, at + 1, 2);
		*text += 2;
		return (int)strtol(digits, NULL, 16);
	default:
		*text -= 1;
		return '\\';
	}
}

static void
set_raw(struct example *example, const char *text)
{
	char *bytes = arena_alloc(example->arena, strlen(text) + 1);

	while (*text != '\0') {
		int c = *text == '\\' ? unescape_one(&text) : *text++;

		bytes[example->length++] = (char)c;
	}
	example->bytes = bytes;
}

static void
set_document(struct example *example, const char *text)
{
	if (strstr(text, "\"Statement\"") == NULL)
		text = arena_printf(example->arena, "{\"Version\":"
		    "\"2012-10-17\",\"Statement\":[%s]}", text);
	example->bytes = text;
	example->length = strlen(text);
}

/* `schema' goes without saying, unless it is said. */
static void
set_estate(struct example *example, const char *text)
{
	if (strstr(text, "\"schema\"") == NULL)
		text = arena_printf(example->arena, "{\"schema\":"
		    "\"sekisho.estate/1\",%s", text + 1);
	example->estate = true;
	example->bytes = text;
	example->length = strlen(text);
}

/* The word at the front, and the text moved behind it. */
static const char *
take_word(struct arena *arena, const char **text, const char *ends)
{
	size_t length = strcspn(*text, ends);
	const char *word = arena_copy(arena, *text, length);

	*text += length;
	*text += strspn(*text, " ;");
	return word;
}

static void
read_example(struct example *example, const char *written)
{
	const char *text = double_quotes(example->arena, written);

	while (*text != '{' && *text != '\0') {
		const char *word = take_word(example->arena, &text, " ");

		if (strcmp(word, "raw") == 0) {
			set_raw(example, text);
			return;
		}
		if (strcmp(word, "estate") == 0) {
			set_estate(example, text);
			return;
		}
		if (strcmp(word, "on") == 0)
			example->attached = take_word(example->arena, &text,
			    " ");
		else if (strcmp(word, "for") == 0)
			example->service = take_word(example->arena, &text,
			    " ");
		else if (strcmp(word, "with") == 0)
			example->options = take_word(example->arena, &text,
			    ";");
		else if (!layer_find(word, &example->layer))
			printf("# unknown word `%s' in an example\n", word);
	}
	set_document(example, text);
}

static const struct node *
read_options(struct arena *arena, const char *options, struct report *report)
{
	if (options == NULL)
		return NULL;
	return text_read(arena, source_new(arena, "options", options,
	    strlen(options)), report)->root;
}

static void
set_subject(struct subject *subject, const struct example *example)
{
	const char *service = example->service;
	size_t length = service == NULL ? 0 : strlen(service);
	struct arn arn;

	subject->attached = example->attached;
	if (service == NULL && example->attached != NULL) {
		arn = arn_split(example->attached, strlen(example->attached));
		service = arn.field[ARN_SERVICE].text;
		length = arn.field[ARN_SERVICE].length;
	}
	if (service != NULL)
		subject->service = catalog_service(&catalog_builtin, service,
		    length);
	subject->layer = example->layer;
	subject->candidates = 1u << example->layer;
	subject->arena = example->arena;
}

/* Two files that an estate may name; there are no others. */
static const struct source *
load(void *context, struct arena *arena, const char *name,
    const char **error)
{
	const char *one = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
	const char *bytes = strcmp(name, "one.json") == 0 ? one :
	    arena_printf(arena, "[%s,%s]", one, one);

	(void)context;
	*error = "no such file";
	return strcmp(name, "one.json") != 0 &&
	    strcmp(name, "two.json") != 0 ? NULL :
	    source_new(arena, name, bytes, strlen(bytes));
}

static void
read_estate(struct example *example, struct report *report)
{
	static const struct estate_loader loader = { .load = load };

	estate_read(example->arena, source_new(example->arena, "example",
	    example->bytes, example->length), &catalog_builtin, &loader,
	    report);
}

static void
lint_policy(struct example *example, struct lint *lint, struct report *report)
{
	struct subject subject = { 0 };
	struct document document;

	document = envelope_read(example->arena, source_new(example->arena,
	    "example", example->bytes, example->length), VOUCH_POLICY,
	    report);
	set_subject(&subject, example);
	for (size_t i = 0; i < document.count; i++) {
		subject.policy = document.items[i].policy;
		lint_check(lint, &subject, report);
	}
	lint_settle(lint, document.texts, document.text_count, report);
}

static bool
complains(struct example *example, const struct complaint *complaint)
{
	struct lint_choice choice = { .id = complaint->id };
	struct report report;
	struct lint *lint;

	report_init(&report, example->arena, NULL);
	choice.options = read_options(example->arena, example->options,
	    &report);
	lint = lint_new(example->arena, rulebook, &catalog_builtin, &choice,
	    complaint->configured);
	if (example->estate)
		read_estate(example, &report);
	else
		lint_policy(example, lint, &report);
	for (size_t i = 0; i < report.findings.count; i++)
		if (report.findings.items[i].complaint == complaint)
			return true;
	return false;
}

static enum layer
first_layer(const struct rule *rule)
{
	enum layer layer = LAYER_IDENTITY;

	while (rule != NULL && (rule->layers >> layer & 1) == 0 &&
	    layer < LAYER_RCP)
		layer++;
	return layer;
}

static void
run(const struct complaint *complaint, const struct rule *rule,
    const char *written, bool expected)
{
	struct example example = { .arena = arena_new(),
	    .layer = first_layer(rule) };
	bool ok = written != NULL;

	if (ok) {
		read_example(&example, written);
		ok = complains(&example, complaint) == expected;
	}
	printf("%s %u - %s %s\n", ok ? "ok" : "not ok", ++points,
	    complaint->id, expected ? "fires" : "is quiet");
	if (!ok) {
		printf("# example: %s\n", written == NULL ? "none" : written);
		failures++;
	}
	arena_free(example.arena);
}

static void
run_rows(void)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(rulebook, &cursor)) != NULL) {
		if (cursor.rule != NULL && cursor.rule->layers == 0 &&
		    complaint->fires_on == NULL)
			continue;	/* of a whole run */
		run(complaint, cursor.rule, complaint->fires_on, true);
		run(complaint, cursor.rule, complaint->quiet_on, false);
	}
}

static void
run_line(const char *file, char *line)
{
	const char *id = strsep(&line, "\t"), *word = strsep(&line, "\t");
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	if (line == NULL)
		errx(2, "%s: %s: an example has three columns", file, id);
	do
		complaint = lint_next(rulebook, &cursor);
	while (complaint != NULL && strcmp(complaint->id, id) != 0);
	if (complaint == NULL)
		errx(2, "%s: there is no rule %s", file, id);
	run(complaint, cursor.rule, line, strcmp(word, "fires") == 0);
}

static void
run_file(const char *name)
{
	FILE *file = fopen(name, "r");
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;

	if (file == NULL)
		err(2, "%s", name);
	while ((length = getline(&line, &capacity, file)) > 0) {
		line[length - 1] = '\0';
		if (line[0] != '\0' && line[0] != '#')
			run_line(name, line);
	}
	free(line);
	fclose(file);
}

int
main(int argc, char **argv)
{
	run_rows();
	for (int i = 1; i < argc; i++)
		run_file(argv[i]);
	printf("1..%u\n", points);
	return failures > 0;
}
