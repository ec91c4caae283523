/* SPDX-License-Identifier: MIT */
/*
 * Test files as the library reads them.  Of a *.sekisho file: no finding, and
 * text, JSON and text again are the same.  A *.cases file is a list of cases,
 * each of which begins with its name:
 *	# what is shown
 *	| a line of a suite
 *	> LINE:COLUMN-LINE:COLUMN COMPLAINT: MESSAGE	each finding, in order
 *	? HELP						of the finding before
 *	= a line of its text again, once names are put in
 * Speaks TAP.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulator/suite.h"

struct lines {
	LIST(char)	 text;
};

struct test {
	struct arena	*arena;
	const char	*name;
	struct lines	 suite, findings, text;
};

static unsigned points, failures;

static void
point(bool ok, const char *name, const char *what, const char *got,
    const char *wanted)
{
	printf("%s %u - %s%s\n", ok ? "ok" : "not ok", ++points, name, what);
	if (ok)
		return;
	failures++;
	printf("# got:\n");
	for (; *got != '\0'; got += strcspn(got, "\n"), got += *got != '\0')
		printf("#   %.*s\n", (int)strcspn(got, "\n"), got);
	printf("# wanted:\n");
	for (; *wanted != '\0'; wanted += strcspn(wanted, "\n"),
	    wanted += *wanted != '\0')
		printf("#   %.*s\n", (int)strcspn(wanted, "\n"), wanted);
}

static void
add_text(struct arena *arena, struct lines *lines, const char *text,
    size_t length)
{
	for (size_t i = 0; i < length; i++)
		*list_add(arena, &lines->text) = text[i];
}

static const char *
text_of(struct arena *arena, const struct lines *lines)
{
	return arena_copy(arena, lines->text.count == 0 ? "" :
	    lines->text.items, lines->text.count);
}

/* What was found, in the form of the cases. */
static void
print_findings(struct arena *arena, const struct report *report,
    struct lines *lines)
{
	for (size_t i = 0; i < report->findings.count; i++) {
		const struct finding *finding = &report->findings.items[i];
		struct place place = source_place(finding->source,
		    finding->span);
		const char *text = arena_printf(arena,
		    "> %zu:%zu-%zu:%zu %s: %s\n", place.line, place.column,
		    place.end_line, place.end_column, finding->complaint->id,
		    finding->message);

		add_text(arena, lines, text, strlen(text));
		if (finding->help == NULL)
			continue;
		text = arena_printf(arena, "? %s\n", finding->help);
		add_text(arena, lines, text, strlen(text));
	}
}

static const struct suite *
read_suite(struct arena *arena, const char *text, size_t length,
    struct lines *findings)
{
	const struct source *source = source_new(arena, "suite", text,
	    length);
	const struct suite *suite;
	struct report report;

	report_init(&report, arena, source);
	suite = suite_read(arena, source, &report);
	print_findings(arena, &report, findings);
	return suite;
}

/* Forms. */

static const char *
json_of(struct arena *arena, const struct suite *suite)
{
	struct json_sheet sheet = { .arena = arena };
	struct json json;

	json_init(&json, json_sheet_sink(&sheet), true);
	suite_print_json(&json, suite);
	return json_sheet_text(&sheet);
}

/* Read in a form, it is written as the same text, and nothing is found. */
static void
check_form(struct arena *arena, const char *name, const char *what,
    const char *form, const char *wanted)
{
	struct lines findings = { { .count = 0 } };
	const struct suite *suite = read_suite(arena, form, strlen(form),
	    &findings);

	add_text(arena, &findings, suite_text(arena, suite),
	    strlen(suite_text(arena, suite)));
	point(strcmp(text_of(arena, &findings), wanted) == 0, name, what,
	    text_of(arena, &findings), wanted);
}

static void
check_forms(struct arena *arena, const char *name, const struct suite *suite)
{
	const char *text = suite_text(arena, suite);

	check_form(arena, name, ", as text again", text, text);
	check_form(arena, name, ", as JSON", json_of(arena, suite), text);
}

/* Cases. */

static void
check_test(struct test *test)
{
	struct lines findings = { { .count = 0 } };
	const char *wanted = text_of(test->arena, &test->findings);
	const char *said = text_of(test->arena, &test->text);
	const struct suite *suite = read_suite(test->arena, text_of(
	    test->arena, &test->suite), test->suite.text.count, &findings);
	const char *got = text_of(test->arena, &findings);

	point(strcmp(got, wanted) == 0, test->name, ": findings", got,
	    wanted);
	if (test->text.text.count > 0)
		point(strcmp(suite_text(test->arena, suite), said) == 0,
		    test->name, ": text", suite_text(test->arena, suite),
		    said);
	if (*wanted == '\0')
		check_forms(test->arena, test->name, suite);
}

static void
end_test(struct test *test)
{
	if (test->name != NULL)
		check_test(test);
	*test = (struct test){ .arena = test->arena };
}

static void
take_line(struct test *test, const char *line, size_t length)
{
	struct lines *lines = line[0] == '|' ? &test->suite :
	    line[0] == '=' ? &test->text : &test->findings;
	size_t start = length < 2 ? length : 2;

	if (length == 0)
		return;
	if (line[0] == '#') {
		end_test(test);
		test->name = arena_copy(test->arena, line + start,
		    length - start);
		return;
	}
	if (lines == &test->findings)
		start = 0;
	add_text(test->arena, lines, line + start, length - start);
	add_text(test->arena, lines, "\n", 1);
}

static void
check_cases(struct arena *arena, const char *bytes)
{
	struct test test = { .arena = arena };

	while (*bytes != '\0') {
		size_t length = strcspn(bytes, "\n");

		take_line(&test, bytes, length);
		bytes += length + (bytes[length] != '\0');
	}
	end_test(&test);
}

/* Files. */

static const char *
read_file(struct arena *arena, const char *name)
{
	struct lines lines = { { .count = 0 } };
	FILE *file = fopen(name, "rb");
	int c;

	if (file == NULL) {
		printf("Bail out! no %s\n", name);
		exit(1);
	}
	while ((c = getc(file)) != EOF)
		*list_add(arena, &lines.text) = (char)c;
	fclose(file);
	return text_of(arena, &lines);
}

static void
check_file(const char *name)
{
	struct arena *arena = arena_new();
	const char *bytes = read_file(arena, name);
	const char *dot = strrchr(name, '.');
	struct lines findings = { { .count = 0 } };
	const struct suite *suite;

	if (dot != NULL && strcmp(dot, ".cases") == 0) {
		check_cases(arena, bytes);
	} else {
		suite = read_suite(arena, bytes, strlen(bytes), &findings);
		point(findings.text.count == 0, name, ": findings",
		    text_of(arena, &findings), "");
		check_forms(arena, name, suite);
	}
	arena_free(arena);
}

/* Every complaint has a suite that it is about, and one that it is not. */
static void
check_example(const struct complaint *complaint, const char *suite,
    bool expected)
{
	struct arena *arena = arena_new();
	struct lines findings = { { .count = 0 } };
	const char *id = arena_printf(arena, " %s: ", complaint->id);
	const char *found;

	read_suite(arena, suite, strlen(suite), &findings);
	found = text_of(arena, &findings);
	point((strstr(found, id) != NULL) == expected &&
	    (expected || *found == '\0'), complaint->id, expected ?
	    " fires" : " is quiet", found, expected ? complaint->id : "");
	arena_free(arena);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		check_file(argv[i]);
	for (const struct complaint *complaint = suite_complaints;
	    complaint->id != NULL; complaint++) {
		check_example(complaint, complaint->fires_on, true);
		check_example(complaint, complaint->quiet_on, false);
	}
	printf("1..%u\n", points);
	return failures > 0;
}
