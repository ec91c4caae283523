/* SPDX-License-Identifier: MIT */
/*
 * JUnit's XML: a suite for each file, a case for each test and guarantee; and
 * suites of what is demanded of the tests themselves.
 * There are no times in it: the same run prints the same bytes.
 */
#include "config.h"

#include <string.h>

#include "tools/drill.h"
#include "tools/exit.h"
#include "tools/xml.h"

enum { DETAIL_WIDTH = 80 };

static void
print_number(FILE *out, const char *name, size_t number)
{
	fprintf(out, " %s=\"%zu\"", name, number);
}

/* What did not come to an end, and what could not be asked, is an error. */
static const char *
element_of(enum outcome outcome)
{
	return outcome == OUTCOME_FAILED ? "failure" : "error";
}

static void
print_case(const struct drill *drill, const struct drill_file *file,
    const struct rehearsal_case *one, FILE *out)
{
	const char *element = element_of(one->outcome);
	const char *message = drill_message(drill->arena, one);
	struct place place = drill_place(file, one);
	struct word detail = drill_detail(drill->arena, one, DETAIL_WIDTH);

	fprintf(out, "      <%s", element);
	xml_attribute(out, "message", message);
	xml_attribute(out, "type", outcome_name(one->outcome));
	fputc('>', out);
	xml_text(out, file->file.path, strlen(file->file.path));
	fprintf(out, ":%zu:%zu: ", place.line, place.column);
	xml_text(out, message, strlen(message));
	fputc('\n', out);
	xml_text(out, detail.text, detail.length);
	fprintf(out, "</%s>\n", element);
}

static void
print_item(const struct drill *drill, const struct drill_file *file,
    const struct drill_item *item, FILE *out)
{
	const struct rehearsal_case *cases =
	    &file->rehearsal.cases.items[item->first];

	fputs("    <testcase", out);
	xml_attribute(out, "classname", file->file.path);
	xml_attribute(out, "name", item->name);
	xml_attribute(out, "file", file->file.path);
	print_number(out, "line", item->line);
	print_number(out, "assertions", item->count);
	if (item->outcome == OUTCOME_PASSED) {
		fputs("/>\n", out);
		return;
	}
	fputs(">\n", out);
	for (size_t i = 0; i < item->count; i++)
		if (cases[i].outcome != OUTCOME_PASSED)
			print_case(drill, file, &cases[i], out);
	fputs("    </testcase>\n", out);
}

/* A file that was not run is a case that is an error. */
static void
print_unrun(const struct drill_file *file, FILE *out)
{
	fputs("    <testcase", out);
	xml_attribute(out, "classname", file->file.path);
	xml_attribute(out, "name", file->file.path);
	xml_attribute(out, "file", file->file.path);
	fputs(">\n      <error", out);
	xml_attribute(out, "message", drill_why(file));
	xml_attribute(out, "type", "not run");
	fputs("/>\n    </testcase>\n", out);
}

static void
print_counts(FILE *out, size_t tests, size_t failures, size_t errors)
{
	print_number(out, "tests", tests);
	print_number(out, "failures", failures);
	print_number(out, "errors", errors);
}

static void
print_file(const struct drill *drill, const struct drill_file *file,
    FILE *out)
{
	bool unrun = file->code != EXIT_FINE;
	size_t failures = 0, errors = unrun;

	for (size_t i = 0; i < file->items.count; i++) {
		enum outcome outcome = file->items.items[i].outcome;

		failures += outcome == OUTCOME_FAILED;
		errors += outcome == OUTCOME_UNDECIDED ||
		    outcome == OUTCOME_FAULTY;
	}
	fputs("  <testsuite", out);
	xml_attribute(out, "name", file->file.path);
	xml_attribute(out, "file", file->file.path);
	print_counts(out, file->items.count + unrun, failures, errors);
	fputs(">\n", out);
	for (size_t i = 0; i < file->items.count; i++)
		print_item(drill, file, &file->items.items[i], out);
	if (unrun)
		print_unrun(file, out);
	fputs("  </testsuite>\n", out);
}

static void
print_demand(const struct drill_demand *demand, FILE *out)
{
	const char *element = element_of(demand->outcome);

	fputs("    <testcase", out);
	xml_attribute(out, "classname", demand->suite);
	xml_attribute(out, "name", demand->name);
	if (demand->path != NULL) {
		xml_attribute(out, "file", demand->path);
		print_number(out, "line", demand->place.line);
	}
	if (demand->outcome == OUTCOME_PASSED) {
		fputs("/>\n", out);
		return;
	}
	fprintf(out, ">\n      <%s", element);
	xml_attribute(out, "message", demand->message);
	xml_attribute(out, "type", outcome_name(demand->outcome));
	fputs("/>\n    </testcase>\n", out);
}

/* Those with the name of the first; how many they are. */
static size_t
print_demands(const struct drill_demand *demands, size_t count, FILE *out)
{
	size_t end = 0, counts[OUTCOME_COUNT] = { 0 };

	while (end < count && strcmp(demands[end].suite,
	    demands[0].suite) == 0)
		counts[demands[end++].outcome]++;
	fputs("  <testsuite", out);
	xml_attribute(out, "name", demands[0].suite);
	print_counts(out, end, counts[OUTCOME_FAILED],
	    counts[OUTCOME_UNDECIDED]);
	fputs(">\n", out);
	for (size_t i = 0; i < end; i++)
		print_demand(&demands[i], out);
	fputs("  </testsuite>\n", out);
	return end;
}

static void
print_all_counts(const struct drill *drill, FILE *out)
{
	const size_t *counts = drill->counts;
	size_t errors = counts[OUTCOME_UNDECIDED] + counts[OUTCOME_FAULTY] +
	    drill_count_unrun(drill) + drill_count_demands(drill,
	    OUTCOME_UNDECIDED);
	size_t failures = counts[OUTCOME_FAILED] + drill_count_demands(drill,
	    OUTCOME_FAILED);

	print_counts(out, counts[OUTCOME_PASSED] + drill_count_demands(drill,
	    OUTCOME_PASSED) + failures + errors, failures, errors);
}

void
drill_print_junit(const void *result, const struct output_stream *out)
{
	const struct drill *drill = result;
	const struct drill_demand *demands = drill->demands.items;
	size_t count = drill->demands.count;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites",
	    out->file);
	xml_attribute(out->file, "name", "sekisho");
	print_all_counts(drill, out->file);
	fputs(">\n", out->file);
	for (size_t i = 0; i < drill->files.count; i++)
		print_file(drill, drill->files.items[i], out->file);
	for (size_t i = 0; i < count;)
		i += print_demands(demands + i, count - i, out->file);
	fputs("</testsuites>\n", out->file);
}
