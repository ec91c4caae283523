/* SPDX-License-Identifier: MIT */
/* The files on which the results of a run hang. */
#include "config.h"

#include <string.h>

#include "tools/drill.h"
#include "tools/estate_file.h"

/* Files of the estate, also those that could not be read: whoever mends one
 * wants to see it. */
static void
watch_estate(struct watch *watch, const struct venue *venue)
{
	const struct estate *estate = venue->refused != NULL ?
	    venue->refused : venue->court.estate;
	const char *path = estate_file_find(watch->arena, venue->estate,
	    &venue->setting);

	if (path != NULL)
		watch_add(watch, path);
	if (estate == NULL || estate->text == NULL)
		return;
	path = source_file(estate->text->source)->name;
	watch_add(watch, path);
	for (size_t i = 0; i < estate->reference_count; i++)
		if (estate->references[i]->name.length > 0)
			watch_add(watch, suite_file_beside(watch->arena, path,
			    estate->references[i]->name));
}

static void
watch_expectation(struct watch *watch, const struct drill_file *file,
    const struct expectation *expectation)
{
	const struct phrases *overlays = &expectation->question.overlays;

	if (expectation->file.word.text != NULL)
		watch_add(watch, suite_file_beside(watch->arena,
		    file->file.path, expectation->file.word));
	for (size_t i = 0; i < overlays->list.count; i++)
		watch_add(watch, drill_overlay(watch->arena, file,
		    overlays->list.items[i].word));
}

static void
watch_suite(struct watch *watch, const struct drill_file *file)
{
	const struct suite *suite = file->file.suite;

	for (size_t i = 0; suite != NULL && i < suite->tests.count; i++)
		for (size_t j = 0; j < suite->tests.items[i].expectations
		    .count; j++)
			watch_expectation(watch, file,
			    &suite->tests.items[i].expectations.items[j]);
}

static void
watch_deposits(struct watch *watch, const struct venue *venue)
{
	for (size_t i = 0; i < venue->deposits.count; i++) {
		const char *rest = venue->deposits.items[i].files;

		do {
			size_t length = strcspn(rest, ",");

			watch_add(watch, arena_copy(watch->arena, rest,
			    length));
			rest += length + (rest[length] == ',');
		} while (*rest != '\0');
	}
}

void
drill_watch(const struct drill *drill, struct watch *watch)
{
	const char *setting = setting_find(watch->arena);

	if (setting != NULL)
		watch_add(watch, setting);
	watch_deposits(watch, &drill->venue);
	for (size_t i = 0; i < drill->files.count; i++) {
		const struct drill_file *file = drill->files.items[i];

		watch_add(watch, file->file.path);
		watch_estate(watch, &file->file.venue);
		watch_suite(watch, file);
	}
}
