/* SPDX-License-Identifier: MIT */
/*
 * Workflow commands that GitHub shows as annotations.  Data and properties
 * are escaped, so that no policy can forge a command; GitHub shows about ten
 * annotations of a level, so the rest is printed as plain lines.
 */
#include "config.h"

#include <string.h>

#include "tools/file.h"
#include "tools/format.h"

enum { SHOWN_OF_A_LEVEL = 10 };

enum level {
	LEVEL_NOTICE,
	LEVEL_CAUTION,
	LEVEL_FAILURE,
	LEVEL_COUNT
};

static const char *const level_names[LEVEL_COUNT] = {
	[LEVEL_NOTICE] = "notice",
	[LEVEL_CAUTION] = "warning",
	[LEVEL_FAILURE] = "error",
};

static enum level
level_of(enum severity severity)
{
	return severity == SEVERITY_NOTE ? LEVEL_NOTICE :
	    severity == SEVERITY_WARNING ? LEVEL_CAUTION : LEVEL_FAILURE;
}

/* The runner decodes %0A, %0D and %25, and in properties %3A and %2C. */
static bool
is_encoded(char c, const char *also)
{
	return c == '\n' || c == '\r' || c == '%' || strchr(also, c) != NULL;
}

static void
print_escaped(FILE *out, const char *text, const char *also)
{
	while (*text != '\0') {
		size_t length = 0;

		while (text[length] != '\0' && !is_encoded(text[length], also))
			length++;
		safe_print(out, text, length);
		text += length;
		if (*text != '\0')
			fprintf(out, "%%%02X", (unsigned char)*text++);
	}
}

static void
print_annotation(FILE *out, const struct record *record, const char *path)
{
	const struct place *place = &record->at.place;

	fprintf(out, "::%s file=", level_names[level_of(record->severity)]);
	print_escaped(out, path, ":,");
	fprintf(out, ",line=%zu,endLine=%zu", place->line, place->end_line);
	if (place->line == place->end_line)
		fprintf(out, ",col=%zu,endColumn=%zu", record->at.column,
		    record->at.end_column);
	fprintf(out, ",title=%s[%s]::", severity_name(record->severity),
	    record->complaint->id);
	print_escaped(out, record->message, "");
	if (record->help != NULL) {
		fputs("%0Ahelp: ", out);
		print_escaped(out, record->help, "");
	}
	fputc('\n', out);
}

/* No line may start with what a file or a message says. */
static void
print_line(FILE *out, const struct record *record)
{
	fputs("sekisho: ", out);
	safe_print(out, record->file, strlen(record->file));
	format_rest(out, record);
}

static void
print(const struct run *run, FILE *out)
{
	const char *root = file_repository(run->arena);
	size_t shown[LEVEL_COUNT] = { 0 };
	bool more = false;

	for (size_t i = 0; i < run->records.count; i++) {
		const struct record *record = &run->records.items[i];

		if (record->ignored == NULL &&
		    shown[level_of(record->severity)]++ < SHOWN_OF_A_LEVEL)
			print_annotation(out, record, format_path(
			    run->arena, root, record->file));
	}
	memset(shown, 0, sizeof(shown));
	for (size_t i = 0; i < run->records.count; i++) {
		const struct record *record = &run->records.items[i];

		if (record->ignored != NULL ||
		    shown[level_of(record->severity)]++ < SHOWN_OF_A_LEVEL)
			continue;
		if (!more)
			fputs("sekisho: GitHub shows ten annotations of a "
			    "level; the others are:\n", out);
		more = true;
		print_line(out, record);
	}
}

const struct format github_format = {
	.name = "github",
	.says = "annotations of a GitHub workflow",
	.print = print,
};
