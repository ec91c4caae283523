/* SPDX-License-Identifier: MIT */
/* `sekisho import': reads documents, and writes an estate where the user says. */
#include "config.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "policy/region.h"
#include "simulator/import.h"
#include "tools/catalog_file.h"
#include "tools/directory.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/import.h"
#include "tools/mistake.h"
#include "tools/option.h"
#include "tools/output.h"
#include "tools/safe.h"

struct order {
	struct arena			*arena;
	struct directory		 directory;	/* no name: write
							 * nothing */
	const struct catalog		*catalog;
	const char			*region;	/* or NULL */
	bool				 closed;
	struct import			*import;
	struct report			 report;
	size_t				 documents;	/* imported */
	size_t				 skipped;
	bool				 unreadable;
	bool				 refused;	/* the estate has faults */
	const struct import_result	*result;
	const struct finding		**findings;	/* by place */
};

/* Options. */

static void
set_directory(void *context, const struct option_row *row, const char *name)
{
	struct order *order = context;

	(void)row;
	order->directory.name = name;
}

static void
set_force(void *context, const struct option_row *row, const char *unused)
{
	struct order *order = context;

	(void)row;
	(void)unused;
	order->directory.force = true;
}

static bool
is_region(const char *name)
{
	for (size_t i = 1; i < REGION_COUNT; i++)
		if (strcmp(region_names[i], name) == 0)
			return true;
	return false;
}

static void
set_region(void *context, const struct option_row *row, const char *name)
{
	struct order *order = context;

	(void)row;
	if (*name == '\0' || name[strspn(name,
	    "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		safe_errx(EXIT_USAGE, "--region takes a region such as "
		    "eu-west-1, not `%s'", name);
	if (!is_region(name))
		safe_warnx("no region `%s' is known; it is taken all the same",
		    name);
	order->region = name;
}

static void
set_closed(void *context, const struct option_row *row, const char *unused)
{
	struct order *order = context;

	(void)row;
	(void)unused;
	order->closed = true;
}

static const struct option_row import_options[] = {
	{ "directory", 'd', "DIR", "write the estate and its policies there; "
	    "without it, nothing is written", set_directory },
	{ "force", 0, NULL, "write over what is in DIR", set_force },
	{ "region", 0, "REGION", "where requests are made, and where "
	    "resources are whose path does not say it", set_region },
	{ "closed", 0, NULL, "resources that no document names have no "
	    "policy, rather than one that is unknown", set_closed },
	{ .name = NULL }
};

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho import [options] FILE|DIR...\n\n"
	    "Makes an estate of what the AWS command line prints: "
	    "get-account-authorization-details,\nOrganizations, VPC "
	    "endpoints, policies of resources.\n\n");
	option_print(tables, stdout);
	printf("\nExit: 0 imported, 2 wrong usage or nothing to import, 3 "
	    "the documents are incomplete,\n4 a file cannot be read or "
	    "written.\n");
}

/* Reading. */

/* What an earlier import has written is no input. */
static bool
is_own(const struct order *order, const char *path)
{
	const char *directory = order->directory.name;
	size_t length;

	if (directory == NULL)
		return false;
	directory = file_absolute(order->arena, directory);
	path = file_absolute(order->arena, path);
	if (directory == NULL || path == NULL)
		return false;
	length = strlen(directory);
	return strncmp(path, directory, length) == 0 && path[length] == '/';
}

static void
read_document(struct order *order, const struct path *path)
{
	const char *bytes = NULL, *error;
	const struct text *text;
	size_t length = 0;
	bool fault;

	error = file_obstacle(path, &fault);
	if (error == NULL) {
		bytes = file_read_found(order->arena, path, &length, &error);
		fault = bytes == NULL;
	}
	if (bytes == NULL) {
		safe_warnx("%s: %s", path->name, error);
		order->unreadable |= fault;
		return;
	}
	text = text_read(order->arena, source_new(order->arena, path->name,
	    bytes, length), &order->report);
	if (!text->usable)
		order->unreadable = true;
	if (import_add(order->import, text, path->name))
		order->documents++;
	else
		order->skipped++;
}

static void
begin(struct order *order)
{
	order->catalog = catalog_file_find(order->arena, NULL);
	order->import = import_new(order->arena, order->catalog,
	    &order->report);
	if (order->region != NULL)
		import_set_region(order->import, order->region);
	if (order->closed)
		import_set_closed(order->import);
}

static void
read_documents(struct order *order, char **names)
{
	struct path_list paths = { .list = { NULL, 0, 0 } };

	for (; *names != NULL; names++)
		file_find(order->arena, *names, &paths);
	file_unite(order->arena, &paths);
	for (size_t i = 0; i < paths.list.count; i++) {
		const struct path *path = &paths.list.items[i];

		if (path->named || !is_own(order, path->name))
			read_document(order, path);
	}
}

/* Writing. */

static void
write_files(struct order *order)
{
	const struct import_result *result = order->result;
	struct directory *directory = &order->directory;
	FILE *stream;

	directory_open(directory);
	for (size_t i = 0; i < result->document_count; i++) {
		const struct import_document *document =
		    result->documents[i];

		stream = directory_create(directory, document->name);
		import_print(document, output_sink(stream));
		directory_finish(directory, stream, document->name);
	}
	stream = directory_create(directory, "estate.json");
	fwrite(result->estate.text, 1, result->estate.length, stream);
	directory_finish(directory, stream, "estate.json");
	directory_close(directory);
}

/* Whoever reads the estate next would complain of this. */
static void
check_estate(struct order *order)
{
	const char *name = order->directory.name == NULL ? "estate.json" :
	    arena_printf(order->arena, "%s/estate.json",
	    order->directory.name);
	const struct estate *estate;
	struct report report;

	report_init(&report, order->arena, NULL);
	estate = import_estate(order->arena, order->result, name,
	    order->catalog, &report);
	order->refused = estate == NULL || !estate->usable;
	for (size_t i = 0; i < report.findings.count; i++) {
		const struct finding *finding = &report.findings.items[i];

		if (strcmp(source_file(finding->source)->name, name) == 0 &&
		    finding->severity != SEVERITY_NOTE)
			mistake_print(finding);
	}
}

/* What is said of them, in the order of files and places. */

static int
compare_findings(const void *left, const void *right)
{
	const struct finding *a = *(const struct finding *const *)left;
	const struct finding *b = *(const struct finding *const *)right;
	int order = strcmp(source_file(a->source)->name,
	    source_file(b->source)->name);
	size_t x = source_outward(a->source, a->span).start;
	size_t y = source_outward(b->source, b->span).start;

	if (order != 0 || x != y)
		return order != 0 ? order : x < y ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void
sort_findings(struct order *order)
{
	struct report *report = &order->report;

	order->findings = arena_array(order->arena, report->findings.count,
	    sizeof(*order->findings));
	for (size_t i = 0; i < report->findings.count; i++)
		order->findings[i] = &report->findings.items[i];
	if (report->findings.count > 1)
		qsort(order->findings, report->findings.count,
		    sizeof(*order->findings), compare_findings);
	for (size_t i = 0; i < report->findings.count; i++)
		mistake_print(order->findings[i]);
}

static size_t
count_findings(const struct order *order, enum severity severity)
{
	size_t count = 0;

	for (size_t i = 0; i < order->report.findings.count; i++)
		count += order->findings[i]->severity == severity;
	return count;
}

/* Printing. */

struct tally {
	const char	*name;		/* as a member */
	const char	*one, *many;
	size_t		 count;
};

enum { TALLY_COUNT = 10 };

static void
take_tallies(const struct order *order, struct tally tallies[TALLY_COUNT])
{
	const struct import_result *result = order->result;
	const struct tally all[TALLY_COUNT] = {
		{ "documents", "document imported", "documents imported",
		    order->documents },
		{ "skipped", "skipped", "skipped", order->skipped },
		{ "accounts", "account", "accounts", result->accounts },
		{ "units", "root or unit", "roots and units", result->units },
		{ "vpcs", "VPC", "VPCs", result->vpcs },
		{ "endpoints", "endpoint", "endpoints", result->endpoints },
		{ "groups", "group", "groups", result->groups },
		{ "principals", "user or role", "users and roles",
		    result->principals },
		{ "resources", "resource", "resources", result->resources },
		{ "policies", "policy", "policies", result->document_count },
	};

	memcpy(tallies, all, sizeof(all));
}

static void
print_text(const void *context, const struct output_stream *stream)
{
	const struct order *order = context;
	struct tally tallies[TALLY_COUNT];
	size_t notes = count_findings(order, SEVERITY_NOTE);
	size_t others = order->report.findings.count - notes;

	take_tallies(order, tallies);
	for (size_t i = 0; i < TALLY_COUNT; i++)
		if (tallies[i].count > 0)
			fprintf(stream->file, "%8zu %s\n", tallies[i].count,
			    tallies[i].count == 1 ? tallies[i].one :
			    tallies[i].many);
	fprintf(stream->file, "%8zu %s, and %zu note%s\n", others,
	    others == 1 ? "loss or guess" : "losses or guesses", notes,
	    notes == 1 ? "" : "s");
	if (order->directory.name == NULL) {
		fprintf(stream->file, "nothing is written: give -d DIR\n");
		return;
	}
	fprintf(stream->file, "written: ");
	safe_print(stream->file, order->directory.name,
	    strlen(order->directory.name));
	fprintf(stream->file, "/estate.json\n");
}

static void
print_finding(struct json *json, const struct finding *finding)
{
	struct place place = source_place(finding->source, finding->span);

	json_open_object(json);
	json_member_text(json, "rule", finding->complaint->id);
	json_member_text(json, "severity",
	    severity_name(finding->severity));
	json_member_text(json, "file", source_file(finding->source)->name);
	output_place(json, &place);
	json_member_text(json, "message", finding->message);
	json_close_object(json);
}

static void
print_json(const void *context, const struct output_stream *stream)
{
	const struct order *order = context;
	struct tally tallies[TALLY_COUNT];
	struct json json;

	take_tallies(order, tallies);
	json_init(&json, output_sink(stream->file), true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.import/1");
	json_member_text(&json, "directory", order->directory.name);
	json_member_boolean(&json, "complete", !order->result->incomplete &&
	    !order->unreadable && !order->refused);
	json_key(&json, "counts");
	json_open_object(&json);
	for (size_t i = 0; i < TALLY_COUNT; i++)
		json_member_number(&json, tallies[i].name, tallies[i].count);
	json_close_object(&json);
	json_key(&json, "findings");
	json_open_array(&json);
	for (size_t i = 0; i < order->report.findings.count; i++)
		print_finding(&json, order->findings[i]);
	json_close_array(&json);
	json_close_object(&json);
	fputc('\n', stream->file);
}

static const struct output_format import_formats[] = {
	{ "text", print_text },
	{ "json", print_json },
	{ .name = NULL }
};

static int
exit_code(const struct order *order)
{
	if (order->unreadable)
		return EXIT_UNREADABLE;
	return order->result->incomplete || order->refused ?
	    EXIT_NO_VERDICT : EXIT_FINE;
}

int
import_main(struct arena *arena, int argc, char **argv)
{
	struct order order = { .arena = arena };
	struct outputs outputs = { .arena = arena,
	    .formats = import_formats };
	const struct option_tables tables = { "import", 2, {
	    { import_options, &order }, { output_rows(&outputs), &outputs } } };

	order.directory.arena = arena;
	report_init(&order.report, arena, NULL);
	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	if (optind == argc)
		safe_errx(EXIT_USAGE, "name the files to import, or a "
		    "directory of them; see `sekisho import --help'");
	if (order.directory.name != NULL)
		directory_check(&order.directory);
	begin(&order);
	read_documents(&order, argv + optind);
	order.result = import_finish(order.import);
	sort_findings(&order);
	if (order.result->empty)
		safe_errx(order.unreadable ? EXIT_UNREADABLE : EXIT_USAGE,
		    "there is nothing that can be imported; no estate is "
		    "made");
	check_estate(&order);
	if (order.directory.name != NULL)
		write_files(&order);
	output_print(&outputs, &order);
	return exit_code(&order);
}
