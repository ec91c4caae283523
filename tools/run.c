/* SPDX-License-Identifier: MIT */
/* From paths to records. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "policy/envelope.h"
#include "tools/exit.h"
#include "tools/run.h"

enum {
	LINE_MAX_SHOWN = 240,		/* bytes of a line kept for excerpts */
	LINE_BEFORE = 80,		/* of these, before the place */
	PIECE_LENGTH = 512		/* in which columns are counted */
};

static const char *
keep(struct run *run, const char *text)
{
	return text == NULL ? NULL :
	    arena_copy(run->arena, text, strlen(text));
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t
count_points(const struct source *file, size_t start, size_t end)
{
	size_t points = 0;

	for (; start < end; start++)
		points += !is_continuation(file->bytes[start]);
	return points;
}

/* How many code points stand before each piece of the file. */
static const size_t *
count_pieces(struct arena *arena, const struct source *file)
{
	size_t count = file->length / PIECE_LENGTH + 1;
	size_t *before = arena_array(arena, count, sizeof(*before));

	for (size_t i = 1; i < count; i++)
		before[i] = before[i - 1] + count_points(file,
		    (i - 1) * PIECE_LENGTH, i * PIECE_LENGTH);
	return before;
}

static size_t
count_before(const struct run *run, const struct source *file, size_t offset)
{
	size_t piece = offset / PIECE_LENGTH;

	return run->pieces[piece] +
	    count_points(file, piece * PIECE_LENGTH, offset);
}

/*
 * The column of an offset, in code points, from 1.  A whole document may stand
 * on one line, and findings are many: there the line is not counted anew for
 * each of them.
 */
static size_t
count_column(struct run *run, const struct source *file, size_t line,
    size_t offset)
{
	if (offset - line <= PIECE_LENGTH)
		return count_points(file, line, offset) + 1;
	if (run->pieces == NULL)
		run->pieces = count_pieces(run->scratch, file);
	return count_before(run, file, offset) -
	    count_before(run, file, line) + 1;
}

/* The bytes of the line around the place that are worth showing. */
static struct span
choose_window(const struct source *file, struct span line, size_t column)
{
	struct span window = line;

	if (line.end - line.start <= LINE_MAX_SHOWN)
		return line;
	if (column > LINE_BEFORE)
		window.start += column - LINE_BEFORE;
	if (window.end - window.start > LINE_MAX_SHOWN)
		window.end = window.start + LINE_MAX_SHOWN;
	while (window.start < window.end &&
	    is_continuation(file->bytes[window.start]))
		window.start++;
	while (window.end > window.start && window.end < line.end &&
	    is_continuation(file->bytes[window.end]))
		window.end--;
	return window;
}

static struct excerpt
make_excerpt(struct run *run, const struct source *source, struct span span)
{
	const struct source *file = source_file(source);
	struct excerpt excerpt = { .place = source_place(source, span) };
	struct span line = source_line(file, excerpt.place.line);
	struct span last = source_line(file, excerpt.place.end_line);
	struct span window = choose_window(file, line, excerpt.place.column);

	excerpt.column = count_column(run, file, line.start,
	    line.start + excerpt.place.column - 1);
	excerpt.end_column = count_column(run, file, last.start,
	    last.start + excerpt.place.end_column - 1);
	excerpt.length = window.end - window.start;
	excerpt.line = arena_copy(run->arena, file->bytes + window.start,
	    excerpt.length);
	excerpt.skipped = window.start - line.start;
	excerpt.cut = window.end < line.end;
	return excerpt;
}

static void
keep_related(struct run *run, struct record *record,
    const struct finding *finding)
{
	struct note *notes = arena_array(run->arena, finding->related.count,
	    sizeof(*notes));

	for (size_t i = 0; i < finding->related.count; i++) {
		const struct related *related = &finding->related.items[i];

		notes[i].at = make_excerpt(run, finding->source,
		    related->span);
		notes[i].label = keep(run, related->label);
	}
	record->related = notes;
	record->related_count = finding->related.count;
}

static bool
is_at(const struct suppression *entry, const struct record *record)
{
	size_t length;

	if (entry->at == NULL)
		return true;
	if (strncmp(entry->at, "Sid:", 4) == 0)
		return record->sid != NULL &&
		    strcmp(entry->at + 4, record->sid) == 0;
	length = strlen(entry->at);
	return strncmp(record->pointer, entry->at, length) == 0 &&
	    (record->pointer[length] == '\0' ||
	    record->pointer[length] == '/');
}

/* `path' is the file as sekisho.json sees it. */
static void
suppress(struct run *run, struct record *record, const char *path)
{
	struct setting *setting = run->setting;

	for (size_t i = 0; i < setting->suppressions.count; i++) {
		struct suppression *entry = &setting->suppressions.items[i];

		if (entry->expired || !path_matches(entry->file, path) ||
		    strcmp(entry->rule, record->complaint->id) != 0 ||
		    !is_at(entry, record))
			continue;
		entry->used = true;
		record->ignored = entry->reason;
	}
}

static struct record *
add_record(struct run *run, const struct finding *finding)
{
	struct record *record = list_add(run->arena, &run->records);

	record->complaint = finding->complaint;
	record->severity = finding->severity;
	record->file = source_file(finding->source)->name;
	record->pointer = keep(run, finding->pointer);
	record->sid = keep(run, finding->sid);
	record->at = make_excerpt(run, finding->source, finding->span);
	record->message = keep(run, finding->message);
	record->help = keep(run, finding->help);
	record->witness = keep(run, finding->witness);
	keep_related(run, record, finding);
	return record;
}

static void
count_record(struct run *run, const struct record *record)
{
	if (record->ignored != NULL)
		run->ignored_count++;
	else
		run->counts[record->severity]++;
}

static void
add_error(struct run *run, const char *file, const char *error)
{
	struct judged *judged = list_add(run->arena, &run->files);

	judged->file = file;
	judged->pointer = "";
	judged->error = keep(run, error);
	run->error_count++;
}

static void
add_skipped(struct run *run, const char *file, const char *reason)
{
	struct judged *judged = list_add(run->arena, &run->files);

	judged->file = file;
	judged->pointer = "";
	judged->skipped = true;
	judged->reason = reason;
	run->skipped_count++;
}

static void
judge(struct run *run, const struct document *document,
    const struct reading *reading, struct report *report, const char *path)
{
	const char *file = document->text->source->name;
	struct subject subject = {
		.policy = reading->policy,
		.arena = run->scratch,
	};
	struct judged *judged = list_add(run->arena, &run->files);
	struct span span = source_outward(reading->policy->text->source,
	    reading->policy->node->span);

	judged->file = file;
	judged->pointer = keep(run, text_pointer(document->text,
	    run->scratch, span));
	judged->reason = keep(run, run_describe(run, reading, file, path,
	    &subject));
	judged->layer = layer_name(subject.layer);
	lint_check(run->lint, &subject, report);
}

/* NULs between its letters, as in UTF-16, do not count. */
static bool
mentions(const struct source *source, const char *word)
{
	size_t found = 0;

	for (size_t i = 0; i < source->length && word[found] != '\0'; i++)
		if (source->bytes[i] == word[found])
			found++;
		else if (source->bytes[i] != '\0')
			found = source->bytes[i] == word[0];
	return word[found] == '\0';
}

/*
 * A file that is no JSON was perhaps meant as a policy; what was found by
 * walking and shows no trace of one is somebody else's.
 */
static bool
may_be_policy(const struct source *source)
{
	return strspn(source->bytes, " \t\r\n") == source->length ||
	    mentions(source, "Statement") || mentions(source, "\"Effect\"");
}

static bool
is_no_policy(const struct document *document, enum vouch vouch,
    const struct report *report)
{
	if (document->count > 0 || document->broken || document->unjudged)
		return false;
	if (document->text->root == NULL)
		return vouch == VOUCH_NONE &&
		    !may_be_policy(document->text->source);
	return vouch == VOUCH_NONE ||
	    (document->empty && report->findings.count == 0);
}

static void
mark_relevant(struct run *run, const char *path)
{
	struct setting *setting = run->setting;

	for (size_t i = 0; i < setting->suppressions.count; i++) {
		struct suppression *entry = &setting->suppressions.items[i];

		if (path_matches(entry->file, path))
			entry->relevant = true;
	}
}

void
run_record(struct run *run, const struct text *const *texts, size_t count,
    struct report *report, const char *path)
{
	lint_settle(run->lint, texts, count, report);
	mark_relevant(run, path);
	for (size_t i = 0; i < report->findings.count; i++) {
		struct record *record = add_record(run,
		    &report->findings.items[i]);

		suppress(run, record, path);
		count_record(run, record);
	}
}

static void
lint_source(struct run *run, const struct source *source,
    const struct path *found, const char *path)
{
	enum vouch vouch = found->named || run->options.has_layer ||
	    path_facts_find(&run->setting->type, path) != NULL ?
	    VOUCH_NAMED : VOUCH_NONE;
	struct document document;
	struct report report;

	run->pieces = NULL;
	if (run_estate(run, source, found, path))
		return;
	report_init(&report, run->scratch, source);
	document = envelope_read(run->scratch, source, vouch, &report);
	if (is_no_policy(&document, vouch, &report)) {
		add_skipped(run, source->name, document.empty ?
		    "an envelope without policies" :
		    "neither a policy nor a known envelope of one");
		return;
	}
	if (document.count == 0)
		*list_add(run->arena, &run->files) =
		    (struct judged){ .file = source->name, .pointer = "" };
	for (size_t i = 0; i < document.count; i++)
		judge(run, &document, &document.items[i], &report, path);
	run_record(run, document.texts, document.text_count, &report, path);
}

static void
lint_file(struct run *run, const struct path *path)
{
	bool standard = strcmp(path->name, "-") == 0;
	const char *name = path->name, *bytes, *error = NULL;
	size_t length = 0;
	bool fault;

	if (standard)
		name = run->options.stdin_name == NULL ? "<stdin>" :
		    run->options.stdin_name;
	error = file_obstacle(path, &fault);
	if (error != NULL) {
		(fault ? add_error : add_skipped)(run, name, error);
		return;
	}
	arena_reset(run->scratch);
	bytes = file_read_found(run->scratch, path, &length, &error);
	if (bytes == NULL) {
		add_error(run, name, error);
		return;
	}
	lint_source(run, source_new(run->scratch, name, bytes, length), path,
	    setting_path(run->scratch, run->setting, name));
}

struct errand {
	struct run		*run;
	const struct path	*path;
};

static void
run_errand(void *argument)
{
	struct errand *errand = argument;

	lint_file(errand->run, errand->path);
}

/* When one document takes all memory, there is none left for the run. */
void
run_file(struct run *run, const struct path *path)
{
	struct errand errand = { run, path };

	if (!arena_protect(run->scratch, run_errand, &errand))
		arena_exhausted(run->arena);
}

static void
complain_of_suppression(struct run *run, const struct suppression *entry)
{
	const struct complaint *complaint = lint_find(run->tables,
	    entry->expired ? "expired-suppression" : "unused-suppression");
	struct finding finding = {
		.complaint = complaint,
		.severity = complaint->severity,
		.source = run->setting->source,
		.span = { entry->span.start, entry->span.start + 1 },
		.pointer = "",
	};

	run->pieces = NULL;
	finding.message = arena_printf(run->arena, entry->expired ?
	    "the suppression of `%s` in `%s` has expired and is not followed" :
	    "the suppression of `%s` in `%s` matched nothing",
	    entry->rule, entry->file);
	if (lint_choose(run->lint, &finding))
		count_record(run, add_record(run, &finding));
}

void
run_finish(struct run *run)
{
	const struct setting *setting = run->setting;

	for (size_t i = 0; i < setting->suppressions.count; i++) {
		const struct suppression *entry =
		    &setting->suppressions.items[i];

		if (entry->relevant && (entry->expired || !entry->used) &&
		    lint_runs(run->lint, lint_find(run->tables, entry->rule)))
			complain_of_suppression(run, entry);
	}
}

int
run_verdict(const struct run *run)
{
	if (run->error_count > 0)
		return EXIT_UNREADABLE;
	for (size_t i = run->fail_level; i < SEVERITY_COUNT; i++)
		if (run->counts[i] > 0)
			return EXIT_FINDINGS;
	return EXIT_FINE;
}
