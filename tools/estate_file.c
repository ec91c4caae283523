/* SPDX-License-Identifier: MIT */
/* Estates as files. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/import.h"
#include "tools/estate_file.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/safe.h"

const char *
estate_file_find(struct arena *arena, const char *option,
    const struct setting *setting)
{
	if (option != NULL)
		return option;
	if (setting != NULL && setting->estate != NULL)
		return setting_beside(arena, setting, setting->estate);
	return file_above(arena, "estate.json");
}

/* The directory of a path, with its slash; empty for a bare name. */
static const char *
directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? "" :
	    arena_copy(arena, path, (size_t)(slash + 1 - path));
}

static const struct source *
load(void *context, struct arena *arena, const char *name,
    const char **error)
{
	const char *directory = context, *path = name, *bytes;
	size_t length = 0;

	if (name[0] != '/')
		path = arena_printf(arena, "%s%s", directory, name);
	bytes = file_read(arena, path, &length, error);
	return bytes == NULL ? NULL :
	    source_new(arena, setting_short(arena, path), bytes, length);
}

/* The dump of an account as the estate that it makes, without writing it. */
static const struct estate *
import(struct arena *arena, const struct text *text, const char *path,
    const struct catalog *catalog, struct report *report)
{
	const struct estate *estate;
	struct report losses;

	report_init(&losses, arena, text->source);
	estate = import_dump(arena, text, catalog, report, &losses);
	if (estate == NULL && text->usable)
		safe_errx(EXIT_NO_VERDICT, "%s is an incomplete dump of an "
		    "account, on which no decision can rest; `sekisho "
		    "import' says what is missing", path);
	if (estate != NULL)
		safe_warnx("%s is the dump of an account, and is imported in "
		    "memory, without an organization; `sekisho import' says "
		    "what is lost or guessed in it (%zu)", path,
		    losses.findings.count);
	return estate;
}

const struct estate *
estate_file_read(struct arena *arena, const struct text *text,
    const char *path, const struct catalog *catalog, struct report *report)
{
	const char *directory = directory_of(arena, path);
	struct estate_loader loader = { load,
	    arena_copy(arena, directory, strlen(directory)), NULL };

	if (import_recognises(text->root))
		return import(arena, text, path, catalog, report);
	return estate_read_text(arena, text, catalog, &loader, report);
}

static void
print_errors(const struct report *report, const struct source *source)
{
	for (size_t i = 0; i < report->findings.count; i++)
		if (report->findings.items[i].severity == SEVERITY_ERROR &&
		    source_file(report->findings.items[i].source) == source)
			mistake_print(&report->findings.items[i]);
}

/* What cannot be relied on is said at once. */
static const struct estate *
read_file(struct arena *arena, const char *path,
    const struct catalog *catalog, int *code)
{
	const char *error = NULL, *bytes;
	const struct estate *estate;
	const struct source *source;
	const struct text *text;
	struct report report;
	size_t length = 0;

	*code = EXIT_UNREADABLE;
	bytes = file_read(arena, path, &length, &error);
	if (bytes == NULL) {
		safe_warnx("%s: %s", path, error);
		return NULL;
	}
	source = source_new(arena, setting_shown(arena, path), bytes, length);
	report_init(&report, arena, source);
	text = text_read(arena, source, &report);
	estate = estate_file_read(arena, text, path, catalog, &report);
	*code = !text->usable ? EXIT_UNREADABLE :
	    estate != NULL && estate->usable ? EXIT_FINE : EXIT_USAGE;
	if (*code == EXIT_FINE)
		return estate;
	print_errors(&report, source);
	safe_warnx("%s cannot be relied on; no decision is made in it", path);
	return estate;
}

const struct estate *
estate_file_try(struct arena *arena, const char *option,
    const struct setting *setting, const struct catalog *catalog, int *code)
{
	const char *path = estate_file_find(arena, option, setting);

	return path == NULL ? estate_empty(arena, catalog) :
	    read_file(arena, path, catalog, code);
}

const struct estate *
estate_file_load(struct arena *arena, const char *option,
    const struct setting *setting, const struct catalog *catalog)
{
	int code = EXIT_FINE;
	const struct estate *estate = estate_file_try(arena, option, setting,
	    catalog, &code);

	if (code != EXIT_FINE)
		exit(code);
	return estate;
}
