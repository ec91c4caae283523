/* SPDX-License-Identifier: MIT */
/* `sekisho lint': options in, files through, formats out. */
#include "config.h"

#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "policy/attachment.h"
#include "simulator/import.h"
#include "simulator/rulebook.h"
#include "tools/catalog_file.h"
#include "tools/estate_file.h"
#include "tools/exit.h"
#include "tools/format.h"
#include "tools/lint.h"
#include "tools/mistake.h"
#include "tools/option.h"
#include "tools/screen.h"

/* One output: a format, and where it goes. */
struct output {
	const struct format	*format;
	const char		*file;		/* "-": standard output */
};

struct request {
	struct arena	*arena;
	struct run	 run;
	struct setting	 setting;
	LIST(struct output) outputs;
	LIST(const char *) only;		/* --rule */
	LIST(const char *) without;		/* --no-rule */
	const char	*config;		/* --config, or NULL */
	const char	*catalog;
	const char	*estate;		/* --estate, or NULL */
	const char	*used;			/* the estate to be judged, or
						 * NULL */
	bool		 faulty;		/* it has mistakes */
	size_t		 beside;		/* estates that were judged as
						 * that alone */
	const char	*color;
	const char	*today;
	bool		 no_config;
	bool		 has_fail_level;
	bool		 list_rules;
};

static void
add_output(struct request *request, const char *name)
{
	const struct format *format = format_find(name);

	if (format == NULL)
		safe_errx(EXIT_USAGE, "unknown format `%s'; there are %s", name,
		    format_names(request->arena));
	*list_add(request->arena, &request->outputs) =
	    (struct output){ format, "-" };
}

static void
set_format(void *context, const struct option_row *row, const char *name)
{
	(void)row;
	add_output(context, name);
}

static void
set_output(void *context, const struct option_row *row, const char *operand)
{
	struct request *request = context;
	const char *equals = strchr(operand, '=');
	size_t length = equals == NULL ? strlen(operand) :
	    (size_t)(equals - operand);

	(void)row;
	add_output(request, arena_copy(request->arena, operand, length));
	if (equals != NULL && equals[1] == '\0')
		safe_errx(EXIT_USAGE, "-o %s: no file name behind the `='",
		    operand);
	if (equals != NULL)
		request->outputs.items[request->outputs.count - 1].file =
		    equals + 1;
}

static void
set_type(void *context, const struct option_row *row, const char *name)
{
	struct request *request = context;

	(void)row;
	if (!layer_find(name, &request->run.options.layer))
		safe_errx(EXIT_USAGE, "unknown type `%s'; there are "
		    LAYER_NAMES, name);
	request->run.options.has_layer = true;
}

static void
set_resource(void *context, const struct option_row *row, const char *arn)
{
	struct request *request = context;

	(void)row;
	if (arn_split(arn, strlen(arn)).count != ARN_FIELD_COUNT)
		safe_errx(EXIT_USAGE, "--resource takes an ARN such as "
		    "arn:aws:s3:::bucket, not `%s'", arn);
	request->run.options.resource = arn;
}

static void
set_service(void *context, const struct option_row *row, const char *name)
{
	struct request *request = context;

	(void)row;
	request->run.options.service = name;
}

static void
set_stdin_name(void *context, const struct option_row *row, const char *name)
{
	struct request *request = context;

	(void)row;
	request->run.options.stdin_name = name;
}

static void
set_fail_level(void *context, const struct option_row *row, const char *name)
{
	struct request *request = context;

	(void)row;
	if (!severity_find(name, &request->run.fail_level))
		safe_errx(EXIT_USAGE, "unknown severity `%s'; there are note, "
		    "warning, security, error", name);
	request->has_fail_level = true;
}

static const char *
checked_rule(const char *id)
{
	const struct complaint *nearest;

	if (lint_find(rulebook, id) != NULL)
		return id;
	nearest = lint_nearest(rulebook, id);
	if (nearest != NULL)
		safe_errx(EXIT_USAGE, "unknown rule `%s'; did you mean `%s'?", id,
		    nearest->id);
	safe_errx(EXIT_USAGE, "unknown rule `%s'; --list-rules names them all", id);
}

static void
set_rule(void *context, const struct option_row *row, const char *id)
{
	struct request *request = context;

	(void)row;
	*list_add(request->arena, &request->only) =
	    checked_rule(id);
}

static void
set_no_rule(void *context, const struct option_row *row, const char *id)
{
	struct request *request = context;

	(void)row;
	*list_add(request->arena, &request->without) =
	    checked_rule(id);
}

static void
set_exclude(void *context, const struct option_row *row, const char *glob)
{
	struct request *request = context;

	(void)row;
	*list_add(request->arena, &request->setting.exclude.list) = glob;
}

static void
set_config(void *context, const struct option_row *row, const char *path)
{
	struct request *request = context;

	(void)row;
	request->config = path;
}

static void
set_no_config(void *context, const struct option_row *row, const char *unused)
{
	struct request *request = context;

	(void)row;
	(void)unused;
	request->no_config = true;
}

static void
set_catalog(void *context, const struct option_row *row, const char *directory)
{
	struct request *request = context;

	(void)row;
	request->catalog = directory;
}

static void
set_estate(void *context, const struct option_row *row, const char *path)
{
	struct request *request = context;

	(void)row;
	request->estate = path;
}

static void
set_color(void *context, const struct option_row *row, const char *when)
{
	struct request *request = context;

	(void)row;
	request->color = screen_word(when);
}

static void
set_today(void *context, const struct option_row *row, const char *date)
{
	struct request *request = context;

	(void)row;
	if (!setting_is_day(date))
		safe_errx(EXIT_USAGE, "--at takes a date such as 2027-03-31, "
		    "not `%s'", date);
	request->today = date;
}

static void
set_quiet(void *context, const struct option_row *row, const char *unused)
{
	struct request *request = context;

	(void)row;
	(void)unused;
	request->run.quiet = true;
}

static void
set_list_rules(void *context, const struct option_row *row, const char *unused)
{
	struct request *request = context;

	(void)row;
	(void)unused;
	request->list_rules = true;
}

static const struct option_row lint_options[] = {
	{ "format", 'f', "FORMAT", "print in this format", set_format },
	{ "output", 'o', "FORMAT[=FILE]", "the same, into a file; may be "
	    "repeated", set_output },
	{ "type", 't', "LAYER", "what the documents are: " LAYER_NAMES,
	    set_type },
	{ "resource", 0, "ARN", "what resource policies are attached to",
	    set_resource },
	{ "service", 0, "NAME", "the service behind the endpoint or resource",
	    set_service },
	{ "fail-level", 0, "SEVERITY", "exit 1 from here on: note, warning "
	    "(default), security, error", set_fail_level },
	{ "rule", 0, "RULE", "run this rule alone; may be repeated",
	    set_rule },
	{ "no-rule", 0, "RULE", "leave this rule out; may be repeated",
	    set_no_rule },
	{ "list-rules", 0, NULL, "print every rule and stop",
	    set_list_rules },
	{ "exclude", 0, "GLOB", "leave these files out when walking; may be "
	    "repeated", set_exclude },
	{ "config", 0, "FILE", "this sekisho.json, not one found by looking "
	    "upwards", set_config },
	{ "no-config", 0, NULL, "no sekisho.json at all", set_no_config },
	{ "catalog", 0, "DIR", "service facts from this directory",
	    set_catalog },
	{ "estate", 0, "FILE", "the estate that says which policy is what",
	    set_estate },
	{ "stdin-filename", 0, "NAME", "what standard input is called",
	    set_stdin_name },
	{ "at", 0, "DATE", "today, for suppressions that expire",
	    set_today },
	{ "color", 0, "WHEN", "auto, always or never", set_color },
	{ "quiet", 'q', NULL, "no summary line", set_quiet },
	{ .name = NULL }
};

enum { COLUMN = 32 };	/* there is room for longer names */

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho lint [options] [PATH...]\n\n"
	    "Finds mistakes in AWS policies.  A PATH is a file, a directory "
	    "(every *.json\nbelow it) or `-' for standard input.\n\n");
	option_print_at(tables, COLUMN, stdout);
	printf("\nFormats:\n");
	for (size_t i = 0; formats[i] != NULL; i++)
		printf("  %-10s %s\n", formats[i]->name, formats[i]->says);
	printf("\nExit: 0 nothing at the fail level, 1 findings, "
	    "2 wrong usage, 4 unreadable input.\n");
}

static void
print_rules(void)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(rulebook, &cursor)) != NULL)
		printf("%-8s  %-44s  %s%s\n",
		    severity_name(complaint->severity), complaint->id,
		    complaint->says,
		    complaint->configured ? " [off until configured]" : "");
}

static const char *
today(struct arena *arena)
{
	char text[16];
	time_t now = time(NULL);
	struct tm parts;

	gmtime_r(&now, &parts);
	strftime(text, sizeof(text), "%Y-%m-%d", &parts);
	return arena_copy(arena, text, strlen(text));
}

static void
read_setting(struct request *request)
{
	const char *path = request->config;

	if (request->today == NULL)
		request->today = today(request->arena);
	if (path == NULL && !request->no_config)
		path = setting_find(request->arena);
	if (path == NULL)
		return;
	if (access(path, R_OK) != 0)
		safe_err(EXIT_USAGE, "%s", path);
	setting_follow_file(request->arena, path, request->today,
	    &request->setting);
	if (!request->has_fail_level && request->setting.has_fail_level)
		request->run.fail_level = request->setting.fail_level;
}

/* "; did you mean `s3`?", or nothing. */
static const char *
guess_service(struct request *request, const char *name)
{
	const char *nearest = catalog_nearest_service(request->run.catalog,
	    name, strlen(name));

	return nearest == NULL ? "" : arena_printf(request->arena,
	    "; did you mean `%s`?", nearest);
}

static void
check_service(struct request *request)
{
	const char *name = request->run.options.service;

	if (name != NULL && !attachment_is_known(request->run.catalog, name))
		safe_errx(EXIT_USAGE, "--service: unknown service `%s'%s",
		    name, guess_service(request, name));
}

/* What is not listed may be new, and the run goes on. */
static void
doubt_services(struct request *request)
{
	const struct path_facts *facts = &request->setting.service;

	for (size_t i = 0; i < facts->list.count; i++) {
		const struct path_fact *fact = &facts->list.items[i];

		if (attachment_is_known(request->run.catalog, fact->says))
			continue;
		mistake_print(&(struct finding){
		    .severity = SEVERITY_WARNING,
		    .source = request->setting.source, .span = fact->span,
		    .message = arena_printf(request->arena, "no service `%s` "
		    "is listed on %s, so rules that ask for it are silent%s",
		    fact->says, request->run.catalog->date,
		    guess_service(request, fact->says)) });
	}
}

static void
choose_catalog(struct request *request)
{
	request->run.catalog = catalog_file_load(request->arena,
	    request->catalog, &request->setting);
	check_service(request);
	doubt_services(request);
}

/* Of what is read but once. */
static void
refuse_estate(const struct report *report)
{
	for (size_t i = 0; i < report->findings.count; i++)
		if (report->findings.items[i].severity == SEVERITY_ERROR)
			mistake_print(&report->findings.items[i]);
	exit(EXIT_USAGE);
}

/*
 * An estate with mistakes still says of most files what they are; the mistakes
 * are findings, as it is judged itself.  The dump of an account is no estate
 * to be judged.
 */
static void
read_estate(struct request *request)
{
	const char *path = estate_file_find(request->arena, request->estate,
	    &request->setting), *bytes, *error = NULL;
	const struct estate *estate;
	const struct source *source;
	const struct text *text;
	struct report report;
	size_t length = 0;

	if (path == NULL)
		return;
	bytes = file_read(request->arena, path, &length, &error);
	if (bytes == NULL)
		safe_errx(EXIT_UNREADABLE, "%s: %s", path, error);
	source = source_new(request->arena, path, bytes, length);
	report_init(&report, request->arena, source);
	text = text_read(request->arena, source, &report);
	estate = estate_file_read(request->arena, text, path,
	    request->run.catalog, &report);
	request->faulty = estate == NULL || !estate->usable;
	if (request->faulty && strcmp(path, "-") == 0)
		refuse_estate(&report);
	if (strcmp(path, "-") != 0 && !import_recognises(text->root))
		request->used = setting_short(request->arena, path);
	if (estate != NULL)
		request->run.placements = placements_new(request->arena,
		    estate, path);
}

static bool
is_listed(const char *id, const char *const *ids, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(ids[i], id) == 0)
			return true;
	return false;
}

static void
switch_off(struct request *request, const char *id)
{
	*list_add(request->arena, &request->setting.choices) =
	    (struct lint_choice){ .id = id, .off = true };
}

/* What a rule cannot do without, and sekisho.json does not say of one that is
 * off. */
static void
demand_options(struct request *request, const struct rule *rule,
    const struct lint_choice *choice)
{
	struct option_fault fault;

	if (rule == NULL || rule->find_fault == NULL)
		return;
	fault = rule->find_fault(request->arena, choice->options);
	if (fault.says != NULL)
		safe_errx(EXIT_USAGE, "--rule %s needs options in "
		    "sekisho.json: %s", choice->id, fault.says);
}

/* With the options and the severity that sekisho.json gives the rule. */
static void
switch_on(struct request *request, const char *id, const struct rule *rule)
{
	struct lint_choice choice = { .id = id };

	for (size_t i = 0; i < request->setting.choices.count; i++)
		if (strcmp(request->setting.choices.items[i].id, id) == 0)
			choice = request->setting.choices.items[i];
	choice.off = false;
	demand_options(request, rule, &choice);
	*list_add(request->arena, &request->setting.choices) = choice;
}

/* --rule and --no-rule, behind what sekisho.json says. */
static void
choose_rules(struct request *request)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(rulebook, &cursor)) != NULL) {
		const char *id = complaint->id;
		bool named = is_listed(id, request->only.items,
		    request->only.count);

		if (is_listed(id, request->without.items,
		    request->without.count) ||
		    (request->only.count > 0 && !named))
			switch_off(request, id);
		else if (named)
			switch_on(request, id, cursor.rule);
	}
	request->run.lint = lint_new(request->arena, rulebook,
	    request->run.catalog, request->setting.choices.items,
	    request->setting.choices.count);
}

static bool
is_excluded(struct request *request, const struct path *path)
{
	const struct setting *setting = &request->setting;

	return !path->named && (globs_match(&setting->exclude,
	    setting_path(request->arena, setting, path->name)) ||
	    globs_match(&setting->exclude, path->name));
}

static bool
is_included(struct request *request, const struct path *path)
{
	const struct setting *setting = &request->setting;

	return path->named || setting->include.list.count == 0 ||
	    globs_match(&setting->include, setting_path(request->arena,
	    setting, path->name));
}

/* Whether the path is to be judged; the estate is, too, where it is not among
 * the files that are. */
static bool
is_due(struct request *request, struct path *path)
{
	bool excluded = is_excluded(request, path);

	if (path->estate && request->faulty &&
	    (excluded || request->only.count > 0))
		safe_warnx("%s has mistakes; lint it", path->name);
	if (path->estate && !is_included(request, path))
		path->beside = true;
	request->beside += path->beside && !excluded;
	return !excluded && (path->beside || is_included(request, path));
}

/* Somebody is looking, and it has taken longer than a second. */
static void
show_progress(size_t done, size_t total, const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec - start->tv_sec >= 1 && isatty(STDERR_FILENO))
		fprintf(stderr, "\r%zu of %zu files\033[K", done, total);
}

static void
run_all(struct request *request, const struct path_list *paths)
{
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (size_t i = 0; i < paths->list.count; i++) {
		if (!is_due(request, &paths->list.items[i]))
			continue;
		run_file(&request->run, &paths->list.items[i]);
		if (i % 64 == 63)
			show_progress(i + 1, paths->list.count, &start);
	}
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K");
	run_finish(&request->run);
	if (paths->linked)
		run_unite(&request->run);
}

/* Standard error first: what is wrong with the run, not with a policy. */
static void
print_unreadable(const struct run *run)
{
	for (size_t i = 0; i < run->files.count; i++) {
		const struct judged *judged = &run->files.items[i];

		if (judged->error == NULL)
			continue;
		fprintf(stderr, "sekisho: ");
		safe_print(stderr, judged->file, strlen(judged->file));
		fprintf(stderr, ": %s\n", judged->error);
	}
}

/* What a walk has met and left aside may be the output of the run before. */
static void
protect_inputs(struct request *request)
{
	size_t count = request->outputs.count;
	const char **files = arena_array(request->arena, count,
	    sizeof(*files));
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		files[i] = request->outputs.items[i].file;
		any = any || strcmp(files[i], "-") != 0;
	}
	for (size_t i = 0; any && i < request->run.files.count; i++)
		if (!request->run.files.items[i].skipped)
			file_count_as_read(request->run.files.items[i].file);
	file_protect(request->arena, files, count);
}

static void
print_output(struct request *request, const struct output *output)
{
	bool standard = strcmp(output->file, "-") == 0;
	FILE *out = standard ? stdout : fopen(output->file, "w");

	if (out == NULL)
		safe_err(EXIT_UNREADABLE, "%s", output->file);
	request->run.color = standard && screen_has_color(request->color);
	output->format->print(&request->run, out);
	if (fflush(out) != 0 || ferror(out))
		safe_err(EXIT_UNREADABLE, "%s", standard ? "standard output" :
		    output->file);
	if (!standard && fclose(out) != 0)
		safe_err(EXIT_UNREADABLE, "%s", output->file);
}

static void
find_paths(struct request *request, int argc, char **argv,
    struct path_list *paths)
{
	if (argc == 0 && request->setting.include.list.count == 0)
		safe_errx(EXIT_USAGE, "nothing to lint; name files or directories, "
		    "or `-' for standard input");
	if (argc == 0)
		file_find(request->arena, setting_shown(request->arena,
		    request->setting.directory), paths);
	for (int i = 0; i < argc; i++)
		file_find(request->arena, argv[i], paths);
	paths->linked |= argc > 1;
	if (request->used != NULL)
		*list_add(request->arena, &paths->list) = (struct path){
		    .name = request->used, .estate = true, .beside = true,
		    .named = request->estate != NULL };
	if (argc > 1 || request->used != NULL)
		file_unite(request->arena, paths);
}

int
lint_main(struct arena *arena, int argc, char **argv)
{
	struct request *request = arena_alloc(arena, sizeof(*request));
	const struct option_tables tables = { "lint", 1,
	    { { lint_options, request } } };
	struct path_list paths = { .list = { 0 } };

	request->arena = request->run.arena = arena;
	request->run.setting = &request->setting;
	request->run.fail_level = SEVERITY_WARNING;
	request->color = "auto";
	request->run.tables = rulebook;
	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	if (request->list_rules) {
		print_rules();
		return EXIT_FINE;
	}
	read_setting(request);
	choose_catalog(request);
	read_estate(request);
	choose_rules(request);
	find_paths(request, argc - optind, argv + optind, &paths);
	if (request->outputs.count == 0)
		add_output(request, "text");
	request->run.scratch = arena_new();
	if (request->run.scratch == NULL)
		arena_exhausted(arena);
	request->run.width = screen_width();
	run_all(request, &paths);
	if (request->run.files.count == request->run.skipped_count +
	    request->beside)
		warnx("no policy was found");
	print_unreadable(&request->run);
	protect_inputs(request);
	for (size_t i = 0; i < request->outputs.count; i++)
		print_output(request, &request->outputs.items[i]);
	arena_free(request->run.scratch);
	return run_verdict(&request->run);
}
