/* SPDX-License-Identifier: MIT */
/* `sekisho prove': the guarantees of test files, proved or broken. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulator/premise.h"
#include "simulator/proof.h"
#include "simulator/story.h"
#include "simulator/suite.h"
#include "tools/estate_file.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/format.h"
#include "tools/mistake.h"
#include "tools/pledge.h"
#include "tools/prove.h"
#include "tools/safe.h"
#include "tools/screen.h"
#include "tools/venue.h"

enum { BUDGET_DEFAULT = 50 * 1000 * 1000 };

struct verdict_row {
	const struct guarantee	*guarantee;
	struct proof		 proof;
	bool			 expected_broken;
};

struct prove {
	struct arena		*arena;
	struct venue		 venue;
	struct proof_options	 options;
	const char		*format;
	const char		*color;
	const char		*only;		/* an id, or NULL */
	bool			 bad_suite;
	bool			 unreadable;
	struct pledge		 pledge;
	bool			 show;		/* write them out, prove none */
	const char		*estate;	/* shown */
	LIST(struct verdict_row) rows;
	bool			 help;
};

/* Proving. */

static bool
matches(const char *name, const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(name, slash == NULL ? path : slash + 1) == 0 ||
	    strcmp(name, path) == 0;
}

/* The suite says that the promise is known to be broken in this estate. */
static bool
is_known_gap(const struct prove *prove, const struct suite *suite,
    const struct guarantee *guarantee)
{
	for (size_t i = 0; i < suite->gaps.count; i++) {
		const struct known_gap *gap = &suite->gaps.items[i];

		if (gap->estate.word.text != NULL && !matches(arena_copy(
		    prove->arena, gap->estate.word.text,
		    gap->estate.word.length), prove->estate))
			continue;
		for (size_t j = 0; j < gap->ids.list.count; j++)
			if (word_equal(gap->ids.list.items[j].word,
			    guarantee->id))
				return true;
	}
	return false;
}

static void
prove_guarantee(struct prove *prove, const struct suite *suite,
    const struct guarantee *guarantee)
{
	struct verdict_row *row = list_add(prove->arena, &prove->rows);
	struct place place;

	row->guarantee = guarantee;
	row->expected_broken = suite != NULL && is_known_gap(prove, suite,
	    guarantee);
	proof_make(prove->arena, &prove->venue.court, guarantee,
	    &prove->options, &row->proof);
	if (row->proof.fault.message == NULL || suite == NULL)
		return;
	prove->bad_suite = true;
	place = source_place(suite->source, row->proof.fault.span);
	safe_warn("%s:%zu:%zu: %s%s%s", suite->source->name, place.line,
	    place.column, row->proof.fault.message,
	    row->proof.fault.help == NULL ? "" : "; ",
	    row->proof.fault.help == NULL ? "" : row->proof.fault.help);
}

/* A file that a suite names, from where the suite stands. */
static const char *
beside(struct arena *arena, const char *path, struct word name)
{
	const char *slash = strrchr(path, '/');
	size_t length = slash == NULL ? 0 : (size_t)(slash - path) + 1;

	if (name.length > 0 && name.text[0] == '/')
		length = 0;
	return arena_printf(arena, "%.*s%.*s", (int)length, path,
	    (int)name.length, name.text);
}

static void
open_estate(struct prove *prove, const char *path, const struct suite *suite)
{
	struct venue venue = { .estate = prove->venue.estate,
	    .assumptions = prove->venue.assumptions };

	venue.sketch = sketch_text(prove->arena, &prove->pledge.sketch);
	if (venue.estate != NULL && venue.sketch != NULL)
		safe_errx(EXIT_USAGE, "accounts, partners and networks are "
		    "those of --estate; leave one of both out");
	if (venue.estate == NULL && suite != NULL &&
	    suite->estate.word.text != NULL)
		venue.estate = beside(prove->arena, path,
		    suite->estate.word);
	prove->estate = venue.sketch != NULL ? "the options" :
	    venue.estate == NULL ? "estate.json" : venue.estate;
	venue.deposits.items = prove->venue.deposits.items;
	venue.deposits.count = prove->venue.deposits.count;
	prove->venue.court = venue.court;
	venue_open(&venue, prove->arena);
	prove->venue.court = venue.court;
	prove->venue.exhibits = venue.exhibits;
	if (venue.court.exhibits != NULL)
		prove->venue.court.exhibits = &prove->venue.exhibits;
	prove->venue.court.assumptions = &prove->venue.assumptions;
}

static const struct suite *
read_suite(struct prove *prove, const char *path)
{
	const struct suite *suite;
	struct report report;
	const char *error, *bytes;
	size_t length;

	bytes = file_read(prove->arena, path, &length, &error);
	if (bytes == NULL) {
		safe_warn("%s: %s", path, error);
		prove->unreadable = true;
		return NULL;
	}
	report_init(&report, prove->arena, source_new(prove->arena, path,
	    bytes, length));
	suite = suite_read(prove->arena, report.source, &report);
	for (size_t i = 0; i < report.findings.count; i++) {
		mistake_print(&report.findings.items[i]);
		prove->bad_suite |= report.findings.items[i].severity ==
		    SEVERITY_ERROR;
	}
	return suite;
}

static void
prove_file(struct prove *prove, const char *path)
{
	const struct suite *suite = read_suite(prove, path);

	if (suite == NULL || prove->bad_suite)
		return;
	open_estate(prove, path, suite);
	for (size_t i = 0; i < suite->guarantees.count; i++) {
		const struct guarantee *guarantee =
		    &suite->guarantees.items[i];

		if (prove->only == NULL || word_is(guarantee->id,
		    prove->only))
			prove_guarantee(prove, suite, guarantee);
	}
}

/* Named guarantees. */

static void
show(struct prove *prove, const struct guarantee *guarantee,
    const char *reason)
{
	const char *text = reason == NULL ? guarantee_text(prove->arena,
	    guarantee) : arena_printf(prove->arena, "# %.*s %.*s: %s\n",
	    (int)guarantee->id.length, guarantee->id.text,
	    (int)guarantee->name.length, guarantee->name.text, reason);

	for (size_t length; *text != '\0'; text += length + 1) {
		length = strcspn(text, "\n");
		safe_print(stdout, text, length);
		fputc('\n', stdout);
	}
}

static void
prove_named(struct prove *prove, const struct named *named)
{
	struct guarantee *guarantee = arena_alloc(prove->arena,
	    sizeof(*guarantee));
	const char *reason = NULL;
	struct verdict_row *row;

	if (named_make(prove->arena, &prove->venue.court, named, guarantee,
	    &reason))
		reason = NULL;
	if (prove->show) {
		show(prove, guarantee, reason);
		return;
	}
	if (reason == NULL) {
		prove_guarantee(prove, NULL, guarantee);
		return;
	}
	row = list_add(prove->arena, &prove->rows);
	row->guarantee = guarantee;
	row->proof = (struct proof){ .verdict = PROOF_UNDECIDED,
	    .reason = reason };
}

static void
prove_all_named(struct prove *prove)
{
	if (prove->pledge.named.count == 0)
		return;
	open_estate(prove, NULL, NULL);
	for (size_t i = 0; i < prove->pledge.named.count; i++)
		prove_named(prove, prove->pledge.named.items[i]);
}

/* Text. */

static const char *
color_of(const struct verdict_row *row)
{
	if (row->proof.verdict == PROOF_HOLDS)
		return "\033[1;32m";
	return row->proof.verdict == PROOF_BROKEN && !row->expected_broken ?
	    "\033[1;31m" : "\033[1;33m";
}

static void
print_word(struct word word)
{
	safe_print(stdout, word.text, word.length);
}

static bool
is_liveness(const struct verdict_row *row)
{
	return row->guarantee->quantifier == GUARANTEE_SOME ||
	    row->guarantee->quantifier == GUARANTEE_EACH;
}

static void
print_witness(const struct prove *prove, const struct verdict_row *row)
{
	struct story story = { .court = &prove->venue.court };
	struct word text;

	if (row->proof.verdict != PROOF_BROKEN || is_liveness(row) ||
	    row->proof.witness == NULL)
		return;
	story.answer = *row->proof.witness;
	text = story_text(prove->arena, &story, screen_width() - 6);
	while (text.length > 0) {
		const char *end = memchr(text.text, '\n', text.length);
		size_t length = (size_t)(end - text.text);

		fputs("      ", stdout);
		safe_print(stdout, text.text, length);
		fputc('\n', stdout);
		text = word_behind(text, length + 1);
	}
}

static void
print_remark(const struct verdict_row *row)
{
	if (row->proof.verdict == PROOF_UNDECIDED)
		printf("  (%s)", row->proof.reason);
	else if (row->proof.verdict == PROOF_BROKEN && row->expected_broken)
		fputs("  (expected)", stdout);
	else if (row->proof.verdict == PROOF_BROKEN && is_liveness(row))
		fputs("  (no such call is allowed)", stdout);
	else if (row->expected_broken)
		fputs("  (it was expected to be broken)", stdout);
	else if (row->proof.vacuous)
		fputs("  (vacuous: no allowed call is of that kind)", stdout);
}

static void
print_text(const struct prove *prove)
{
	bool color = screen_has_color(prove->color);

	for (size_t i = 0; i < prove->rows.count; i++) {
		const struct verdict_row *row = &prove->rows.items[i];

		printf("%-5.*s", (int)row->guarantee->id.length,
		    row->guarantee->id.text);
		fputs(color ? color_of(row) : "", stdout);
		printf("%-10s", proof_verdict_name(row->proof.verdict));
		fputs(color ? "\033[0m" : "", stdout);
		print_word(row->guarantee->name);
		print_remark(row);
		fputc('\n', stdout);
		print_witness(prove, row);
	}
}

static size_t
count(const struct prove *prove, enum proof_verdict verdict)
{
	size_t many = 0;

	for (size_t i = 0; i < prove->rows.count; i++)
		many += prove->rows.items[i].proof.verdict == verdict;
	return many;
}

static void
print_summary(const struct prove *prove)
{
	printf("\n%zu hold, %zu broken, %zu undecided (%s)\n",
	    count(prove, PROOF_HOLDS), count(prove, PROOF_BROKEN),
	    count(prove, PROOF_UNDECIDED), prove->estate);
}

/* JSON. */

static void
print_rests(struct json *json, const struct proof *proof)
{
	json_key(json, "restsOn");
	json_open_object(json);
	json_key(json, "premises");
	json_open_array(json);
	for (enum premise premise = 0; premise < PREMISE_COUNT; premise++)
		if ((proof->rests >> premise & 1) != 0)
			json_text(json, premise_name(premise));
	json_close_array(json);
	json_close_object(json);
}

static void
print_row_json(const struct prove *prove, struct json *json,
    const struct verdict_row *row)
{
	const struct proof *proof = &row->proof;
	struct story story = { .court = &prove->venue.court };

	json_open_object(json);
	json_key(json, "guarantee");
	json_string(json, row->guarantee->id.text, row->guarantee->id.length);
	json_key(json, "name");
	json_string(json, row->guarantee->name.text,
	    row->guarantee->name.length);
	json_member_text(json, "verdict", proof_verdict_name(proof->verdict));
	json_member_boolean(json, "expectedBroken", row->expected_broken);
	json_member_boolean(json, "vacuous", proof->vacuous);
	json_member_text(json, "reason", proof->verdict == PROOF_UNDECIDED ?
	    proof->reason : NULL);
	json_member_number(json, "steps", proof->steps);
	print_rests(json, proof);
	json_key(json, "witness");
	if (proof->witness == NULL) {
		json_null(json);
	} else {
		story.answer = *proof->witness;
		json_open_object(json);
		story_json(prove->arena, json, &story);
		json_close_object(json);
	}
	json_close_object(json);
}

static void
print_json(const struct prove *prove)
{
	struct json json;

	json_init(&json, format_sink(stdout), true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.prove/1");
	json_member_text(&json, "estate", prove->estate);
	json_key(&json, "guarantees");
	json_open_array(&json);
	for (size_t i = 0; i < prove->rows.count; i++)
		print_row_json(prove, &json, &prove->rows.items[i]);
	json_close_array(&json);
	json_key(&json, "counts");
	json_open_object(&json);
	json_member_number(&json, "holds", count(prove, PROOF_HOLDS));
	json_member_number(&json, "broken", count(prove, PROOF_BROKEN));
	json_member_number(&json, "undecided", count(prove,
	    PROOF_UNDECIDED));
	json_close_object(&json);
	json_close_object(&json);
	fputc('\n', stdout);
}

/* The command. */

static int
exit_code(const struct prove *prove)
{
	bool broken = false, undecided = false;

	for (size_t i = 0; i < prove->rows.count; i++) {
		const struct verdict_row *row = &prove->rows.items[i];

		if (row->proof.bug)
			return EXIT_BUG;
		broken |= row->expected_broken ?
		    row->proof.verdict == PROOF_HOLDS :
		    row->proof.verdict == PROOF_BROKEN;
		undecided |= row->proof.verdict == PROOF_UNDECIDED;
	}
	if (prove->unreadable)
		return EXIT_UNREADABLE;
	if (prove->bad_suite)
		return EXIT_USAGE;
	return broken ? EXIT_FINDINGS : undecided ? EXIT_NO_VERDICT :
	    EXIT_FINE;
}

static void
print_usage(FILE *out)
{
	fprintf(out, "usage: sekisho prove [options] FILE.sekisho...\n"
	    "       sekisho prove [options] --guarantee NAME...\n\n"
	    "Proves the guarantees of test files, or those of a name "
	    "(`sekisho explain\nguarantees'), for all requests, or shows "
	    "the request that breaks them.\n\n%s"
	    "      --show              write them out, and prove nothing\n"
	    "      --LAYER FILE        judge that document in place of the "
	    "estate's:\n"
	    "                          --identity, --boundary, --session, "
	    "--resource,\n"
	    "                          --trust, --endpoint, --scp, --rcp\n"
	    "      --estate FILE       the estate, in place of the suite's\n"
	    "      --only ID           prove that guarantee alone\n"
	    "      --budget STEPS      give up on a guarantee after so many\n"
	    "      --without PREMISE   take it not to be true of requests\n"
	    "      --assume NAME=WORD  turn an assumption; may be repeated\n"
	    "  -f, --format FORMAT     text or json\n"
	    "      --color WHEN        auto, always or never\n"
	    "  -h, --help              print this and stop\n\n"
	    "Exit: 0 all hold, 1 some are broken, 2 wrong usage or a faulty "
	    "file, 3 some are\nundecided, 4 unreadable input.\n",
	    pledge_usage);
}

static void
set_budget(struct prove *prove, const char *text)
{
	char *end;

	prove->options.budget = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end != '\0')
		safe_errx(EXIT_USAGE, "--budget takes a number of steps, not "
		    "`%s'", text);
}

static void
set_without(struct prove *prove, const char *name)
{
	enum premise premise;

	if (!premise_find(name, &premise))
		safe_errx(EXIT_USAGE, "--without %s: no such premise; `sekisho "
		    "explain premises' lists them", name);
	prove->options.without |= (premise_set)1 << premise;
}

static void
set_format(struct prove *prove, const char *name)
{
	if (strcmp(name, "text") != 0 && strcmp(name, "json") != 0)
		safe_errx(EXIT_USAGE, "unknown format `%s'; there are text, "
		    "json", name);
	prove->format = name;
}

static void
add_document(struct prove *prove, enum layer layer, const char *files)
{
	*list_add(prove->arena, &prove->venue.deposits) = (struct deposit){
	    layer, files };
}

/* Options that no letter stands for: layers, and a pledge's. */
enum { OPTION_LAYER = 256 };

static void
set_numbered(struct prove *prove, int found)
{
	if (found >= PLEDGE_OPTION)
		pledge_set(&prove->pledge, found, optarg);
	else if (found >= OPTION_LAYER)
		add_document(prove, (enum layer)(found - OPTION_LAYER),
		    optarg);
	else
		safe_errx(EXIT_USAGE, "see `sekisho prove --help'");
}

static void
set_option(struct prove *prove, int found)
{
	switch (found) {
	case 's':
		prove->show = true;
		break;
	case 'e':
		prove->venue.estate = optarg;
		break;
	case 'i':
		prove->only = optarg;
		break;
	case 'b':
		set_budget(prove, optarg);
		break;
	case 'w':
		set_without(prove, optarg);
		break;
	case 'a':
		venue_assume(&prove->venue, optarg);
		break;
	case 'f':
		set_format(prove, optarg);
		break;
	case 'c':
		if (!screen_knows(optarg))
			safe_errx(EXIT_USAGE, "--color takes auto, always or "
			    "never, not `%s'", optarg);
		prove->color = optarg;
		break;
	case 'h':
		prove->help = true;
		break;
	default:
		set_numbered(prove, found);
	}
}

static const struct option plain_options[] = {
	{ "estate", required_argument, NULL, 'e' },
	{ "show", no_argument, NULL, 's' },
	{ "only", required_argument, NULL, 'i' },
	{ "budget", required_argument, NULL, 'b' },
	{ "without", required_argument, NULL, 'w' },
	{ "assume", required_argument, NULL, 'a' },
	{ "format", required_argument, NULL, 'f' },
	{ "color", required_argument, NULL, 'c' },
	{ "help", no_argument, NULL, 'h' },
};

static struct option *
list_options(struct arena *arena)
{
	struct pledge_options options = { .list = { .count = 0 } };

	for (size_t i = 0; i < sizeof(plain_options) /
	    sizeof(plain_options[0]); i++)
		*list_add(arena, &options.list) = plain_options[i];
	for (int layer = 0; layer < LAYER_COUNT; layer++)
		*list_add(arena, &options.list) = (struct option){
		    layer_name((enum layer)layer), required_argument, NULL,
		    OPTION_LAYER + layer };
	pledge_list(arena, &options);
	*list_add(arena, &options.list) = (struct option){ NULL, 0, NULL, 0 };
	return options.list.items;
}

int
prove_main(struct arena *arena, int argc, char **argv)
{
	struct prove prove = { .arena = arena, .format = "text",
	    .color = "auto", .pledge = { .arena = arena },
	    .options = { .budget = BUDGET_DEFAULT } };
	struct option *options = list_options(arena);
	int found;

	while ((found = getopt_long(argc, argv, "f:h", options, NULL)) != -1)
		set_option(&prove, found);
	if (prove.help) {
		print_usage(stdout);
		return EXIT_FINE;
	}
	if (optind == argc && prove.pledge.named.count == 0)
		safe_errx(EXIT_USAGE, "name a test file or a guarantee; see "
		    "`sekisho prove --help'");
	prove_all_named(&prove);
	if (prove.show)
		return EXIT_FINE;
	for (int i = optind; i < argc; i++)
		prove_file(&prove, argv[i]);
	if (strcmp(prove.format, "json") == 0) {
		print_json(&prove);
	} else {
		print_text(&prove);
		print_summary(&prove);
	}
	return exit_code(&prove);
}
