/* SPDX-License-Identifier: MIT */
/* Test files as the user has them. */
#include "config.h"

#include <string.h>

#include "simulator/spelling.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/safe.h"
#include "tools/suite_file.h"

int
suite_file_read(struct arena *arena, const char *path,
    struct suite_file *file)
{
	struct report *report = &file->report;
	const char *bytes;
	size_t length;
	int code = EXIT_FINE;

	file->path = path;
	bytes = file_read(arena, path, &length, &file->error);
	if (bytes == NULL) {
		safe_warnx("%s: %s", path, file->error);
		return EXIT_UNREADABLE;
	}
	report_init(report, arena, source_new(arena, path, bytes, length));
	file->suite = suite_read(arena, report->source, report);
	venue_settle(&file->venue, arena);
	spelling_check(file->venue.court.catalog, file->suite, report);
	for (size_t i = 0; i < report->findings.count; i++) {
		mistake_print_line(&report->findings.items[i]);
		if (report->findings.items[i].severity == SEVERITY_ERROR)
			code = EXIT_USAGE;
	}
	return code;
}

const char *
suite_file_beside(struct arena *arena, const char *path, struct word name)
{
	const char *slash = strrchr(path, '/');
	size_t length = slash == NULL ? 0 : (size_t)(slash - path) + 1;

	if (name.length > 0 && name.text[0] == '/')
		length = 0;
	return arena_printf(arena, "%.*s%.*s", (int)length, path,
	    (int)name.length, name.text);
}

/* As shown, for want of its path. */
static const char *
name_estate(const struct venue *venue)
{
	if (venue->sketch != NULL)
		return "the options";
	if (venue->estate != NULL)
		return venue->estate;
	return venue->deposits.count > 0 ? "no estate" : "estate.json";
}

/* Why, stands on the line before. */
static void
say_where(const struct suite_file *file)
{
	mistake_print_line(&(struct finding){
	    .severity = SEVERITY_ERROR, .source = file->suite->source,
	    .span = file->suite->estate.span,
	    .message = "this estate cannot be used" });
}

int
suite_file_open(struct arena *arena, struct suite_file *file)
{
	struct venue *venue = &file->venue;
	struct word named = file->suite == NULL ?
	    (struct word){ NULL, 0 } : file->suite->estate.word;
	bool by_name = venue->estate == NULL && named.text != NULL;
	int code;

	if (by_name)
		venue->estate = suite_file_beside(arena, file->path, named);
	code = venue_try(venue, arena);
	if (code != EXIT_FINE && by_name)
		say_where(file);
	if (code != EXIT_FINE)
		return code;
	file->estate = name_estate(venue);
	for (size_t i = 0; i < venue->remarks.count; i++)
		safe_warnx("%s", venue->remarks.items[i]);
	return EXIT_FINE;
}
