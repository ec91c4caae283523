/* SPDX-License-Identifier: MIT */
/* The files that a test names: documents in place of others, and the linter's
 * view of policies. */
#include "config.h"

#include <string.h>

#include "simulator/rulebook.h"
#include "simulator/stock.h"
#include "tools/drill.h"
#include "tools/exit.h"
#include "tools/run.h"

/* Overlays. */

/* NEW or OLD=NEW: where NEW begins. */
static size_t
find_new(struct word word)
{
	const char *equals = memchr(word.text, '=', word.length);

	return equals == NULL ? 0 : (size_t)(equals - word.text) + 1;
}

const char *
drill_overlay(struct arena *arena, const struct drill_file *file,
    struct word word)
{
	return suite_file_beside(arena, file->file.path, word_behind(word,
	    find_new(word)));
}

static struct phrase
move_overlay(struct arena *arena, const struct drill_file *file,
    struct phrase phrase)
{
	const char *text = arena_printf(arena, "%.*s%s",
	    (int)find_new(phrase.word), phrase.word.text, drill_overlay(arena,
	    file, phrase.word));

	return (struct phrase){ word_from(text, strlen(text)), phrase.span };
}

static const struct court *
overlay(void *context, const struct phrases *overlays,
    struct question_fault *fault)
{
	struct drill_file *file = context;
	struct arena *arena = file->file.venue.arena;
	struct venue *venue = arena_alloc(arena, sizeof(*venue));
	struct phrases moved = { .list = { .count = 0 } };

	*venue = file->file.venue;
	memset(&venue->remarks, 0, sizeof(venue->remarks));
	venue->court.archive = archive_copy(arena, venue->court.archive);
	for (size_t i = 0; i < overlays->list.count; i++)
		*list_add(arena, &moved.list) = move_overlay(arena,
		    file, overlays->list.items[i]);
	return venue_overlay(venue, &moved, fault) == EXIT_FINE ?
	    &venue->court : NULL;
}

/* The linter. */

/* What judges the policies of one expectation. */
struct inspection {
	struct arena			*arena;
	const struct drill_file		*file;
	struct setting			 setting;
	struct run			 run;
};

static bool
read_setting(struct inspection *inspection, struct question_fault *fault)
{
	struct arena *arena = inspection->arena;
	const char *path = setting_find(arena);
	struct report report;

	report_init(&report, arena, NULL);
	/* whether a test passes is no matter of the day */
	if (path == NULL || setting_read(arena, path, rulebook,
	    setting_no_day, &inspection->setting, &report))
		return true;
	fault->message = "sekisho.json has mistakes, and cannot be followed";
	return false;
}

static void
begin(struct inspection *inspection)
{
	const struct venue *venue = &inspection->file->file.venue;
	const struct catalog *catalog = venue->court.catalog;
	struct arena *arena = inspection->arena;

	inspection->run = (struct run){ .arena = arena,
	    .tables = rulebook, .catalog = catalog,
	    .setting = &inspection->setting };
	inspection->run.lint = lint_new(arena, rulebook, catalog,
	    inspection->setting.choices.items,
	    inspection->setting.choices.count);
	if (venue->court.estate->text != NULL)
		inspection->run.placements = placements_new(arena,
		    venue->court.estate, source_file(
		    venue->court.estate->text->source)->name);
	inspection->run.scratch = arena_new();
	if (inspection->run.scratch == NULL)
		arena_exhausted(arena);
}

/* The rules are those that there are. */
static bool
check_rules(struct arena *arena, const struct expectation *expectation,
    struct question_fault *fault)
{
	for (size_t i = 0; i < expectation->rules.list.count; i++) {
		const struct phrase *rule = &expectation->rules.list.items[i];
		const char *id = arena_copy(arena, rule->word.text,
		    rule->word.length);
		const struct complaint *nearest;

		if (lint_find(rulebook, id) != NULL)
			continue;
		nearest = lint_nearest(rulebook, id);
		*fault = (struct question_fault){ arena_printf(arena,
		    "unknown rule `%s`", id), rule->span, nearest == NULL ?
		    "`sekisho lint --list-rules` names them all" :
		    arena_printf(arena, "did you mean `%s`?", nearest->id) };
		return false;
	}
	return true;
}

static bool
is_listed(const struct path_list *paths, const char *name)
{
	for (size_t i = 0; i < paths->list.count; i++)
		if (strcmp(paths->list.items[i].name, name) == 0)
			return true;
	return false;
}

/* The documents of the estate that are files, each once. */
static void
find_policies(struct arena *arena, const struct estate *estate,
    struct path_list *paths)
{
	for (size_t i = 0; i < estate->reference_count; i++) {
		const struct policy *policy = estate->references[i]->policy;
		const char *name;

		if (policy == NULL)
			continue;
		name = source_file(policy->text->source)->name;
		if (!stock_has(name) && !is_listed(paths, name))
			*list_add(arena, &paths->list) = (struct path){
			    .name = name, .named = true };
	}
}

static bool
judge(struct inspection *inspection, const struct path_list *paths,
    struct question_fault *fault)
{
	struct run *run = &inspection->run;

	for (size_t i = 0; i < paths->list.count; i++)
		run_file(run, &paths->list.items[i]);
	for (size_t i = 0; i < run->files.count; i++) {
		const struct judged *judged = &run->files.items[i];

		if (judged->error == NULL)
			continue;
		fault->message = arena_printf(inspection->arena, "%s: %s",
		    judged->file, judged->error);
		return false;
	}
	return true;
}

static void
keep_findings(const struct inspection *inspection,
    struct rehearsal_findings *findings)
{
	const struct run *run = &inspection->run;

	for (size_t i = 0; i < run->records.count; i++) {
		const struct record *record = &run->records.items[i];

		if (record->ignored != NULL)
			continue;
		*list_add(inspection->arena, &findings->list) =
		    (struct rehearsal_finding){ record->complaint->id,
		    record->severity, arena_printf(inspection->arena,
		    "%s:%zu:%zu", record->file, record->at.place.line,
		    record->at.place.column), record->message };
	}
}

static bool
lint(void *context, const struct expectation *expectation,
    struct rehearsal_findings *findings, struct question_fault *fault)
{
	struct drill_file *file = context;
	struct arena *arena = file->file.venue.arena;
	struct inspection inspection = { .arena = arena, .file = file };
	struct path_list paths = { .list = { .count = 0 } };
	bool sound;

	*fault = (struct question_fault){ .span =
	    expectation->file.word.text == NULL ? expectation->span :
	    expectation->file.span };
	if (!read_setting(&inspection, fault) ||
	    !check_rules(arena, expectation, fault))
		return false;
	if (expectation->file.word.text == NULL)
		find_policies(arena, file->file.venue.court.estate, &paths);
	else
		*list_add(arena, &paths.list) = (struct path){ .name =
		    suite_file_beside(arena, file->file.path,
		    expectation->file.word), .named = true };
	begin(&inspection);
	sound = judge(&inspection, &paths, fault);
	keep_findings(&inspection, findings);
	arena_free(inspection.run.scratch);
	return sound;
}

const struct rehearsal_stage drill_stage = { NULL, overlay, lint };
