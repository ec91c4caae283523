/* SPDX-License-Identifier: MIT */
/*
 * TAP 14: a point for each test and guarantee, for each file that was not run,
 * and for each demand on the tests themselves.  What has not passed has a list of diagnostics in YAML.
 */
#include "config.h"

#include <string.h>

#include "tools/drill.h"
#include "tools/exit.h"
#include "tools/safe.h"

enum { DETAIL = 6 };			/* columns */

struct tap {
	const struct drill		*drill;
	const struct output_stream	*out;
	size_t				 point;
};

/* `#' would begin a directive. */
static void
print_name(FILE *out, const char *name)
{
	for (size_t length; *name != '\0'; name += length) {
		length = strcspn(name, "#\\");
		safe_print(out, name, length);
		if (name[length] != '\0')
			fprintf(out, "\\%c", name[length++]);
	}
}

static void
print_point(struct tap *tap, bool ok, const char *path, const char *name)
{
	fprintf(tap->out->file, "%sok %zu - ", ok ? "" : "not ",
	    ++tap->point);
	print_name(tap->out->file, path);
	fputs(": ", tap->out->file);
	print_name(tap->out->file, name);
}

/* A string in quotes: the escapes of safe.h mean the same in YAML. */
static void
print_string(FILE *out, const char *key, const char *text)
{
	fprintf(out, "%s: \"", key);
	for (size_t length; *text != '\0'; text += length) {
		length = strcspn(text, "\"\\");
		safe_print(out, text, length);
		if (text[length] != '\0')
			fprintf(out, "\\%c", text[length++]);
	}
	fputs("\"\n", out);
}

static void
print_case(struct tap *tap, const struct drill_file *file,
    const struct rehearsal_case *one)
{
	struct arena *arena = tap->drill->arena;
	FILE *out = tap->out->file;
	struct place place = drill_place(file, one);
	struct word detail = drill_detail(arena, one, tap->out->width -
	    DETAIL);

	if (one->outcome == OUTCOME_PASSED)
		return;
	print_string(out, "  - message", drill_message(arena, one));
	fprintf(out, "    outcome: %s\n", outcome_name(one->outcome));
	print_string(out, "    file", file->file.path);
	fprintf(out, "    line: %zu\n    column: %zu\n", place.line,
	    place.column);
	if (detail.length == 0)
		return;
	fputs("    decision: |2\n", out);
	output_lines(tap->out, detail.text, detail.length, DETAIL, NULL);
}

static void
print_item(struct tap *tap, const struct drill_file *file,
    const struct drill_item *item)
{
	const struct rehearsal_case *cases = file->rehearsal.cases.items;
	const char *remark = item->count != 1 ? "" :
	    drill_remark(&cases[item->first]);
	bool ok = item->outcome == OUTCOME_PASSED;

	print_point(tap, ok, file->file.path, item->name);
	if (remark[0] != '\0')
		fprintf(tap->out->file, " (%s)", remark);
	fputc('\n', tap->out->file);
	if (ok)
		return;
	fputs("  ---\n", tap->out->file);
	for (size_t i = 0; i < item->count; i++)
		print_case(tap, file, &cases[item->first + i]);
	fputs("  ...\n", tap->out->file);
}

static void
print_file(struct tap *tap, const struct drill_file *file)
{
	for (size_t i = 0; i < file->items.count; i++)
		print_item(tap, file, &file->items.items[i]);
	if (file->code == EXIT_FINE)
		return;
	print_point(tap, false, file->file.path, "was not run");
	fputc('\n', tap->out->file);
}

static void
print_demand(struct tap *tap, const struct drill_demand *demand)
{
	FILE *out = tap->out->file;

	print_point(tap, demand->outcome == OUTCOME_PASSED, demand->suite,
	    demand->name);
	fputc('\n', out);
	if (demand->outcome == OUTCOME_PASSED)
		return;
	fputs("  ---\n", out);
	print_string(out, "  - message", demand->message);
	fprintf(out, "    outcome: %s\n", outcome_name(demand->outcome));
	if (demand->path != NULL) {
		print_string(out, "    file", demand->path);
		fprintf(out, "    line: %zu\n    column: %zu\n",
		    demand->place.line, demand->place.column);
	}
	fputs("  ...\n", out);
}

void
drill_print_tap(const void *result, const struct output_stream *out)
{
	struct tap tap = { .drill = result, .out = out };
	const struct drill *drill = result;
	size_t points = drill->demands.count;

	for (size_t i = 0; i < drill->files.count; i++)
		points += drill->files.items[i]->items.count +
		    (drill->files.items[i]->code != EXIT_FINE);
	fprintf(out->file, "TAP version 14\n1..%zu\n", points);
	for (size_t i = 0; i < drill->files.count; i++)
		print_file(&tap, drill->files.items[i]);
	for (size_t i = 0; i < drill->demands.count; i++)
		print_demand(&tap, &drill->demands.items[i]);
}
