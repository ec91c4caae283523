/* SPDX-License-Identifier: MIT */
/* The text of an estate, which names no files, as questions are asked of it. */
#include "config.h"

#include <string.h>

#include "testcases/hamlet.h"

static const struct source *
load(void *context, struct arena *arena, const char *name,
    const char **error)
{
	(void)context;
	(void)arena;
	(void)name;
	*error = "there are no files here";
	return NULL;
}

bool
hamlet_court(struct arena *arena, const char *text, struct court *court)
{
	static const struct estate_loader loader = { .load = load };
	const struct source *source = source_new(arena, "estate", text,
	    strlen(text));
	struct report report;

	report_init(&report, arena, source);
	court->estate = estate_read(arena, source, court->catalog, &loader,
	    &report);
	if (court->estate == NULL || !court->estate->usable)
		return false;
	court->archive = archive_new(arena, court->estate,
	    court->assumptions, 0);
	return true;
}
