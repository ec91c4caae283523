/* SPDX-License-Identifier: MIT */
/* The command: its options, the comparing, and the exit code. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "simulator/import.h"
#include "simulator/premise.h"
#include "tools/catalog_file.h"
#include "tools/diff.h"
#include "tools/difference.h"
#include "tools/estate_file.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/option.h"
#include "tools/output.h"
#include "tools/safe.h"
#include "tools/venue.h"

enum {
	BUDGET_DEFAULT = 10 * 1000 * 1000,
	MOST_DEFAULT = 8
};

struct diff {
	struct arena		*arena;
	struct venue		 venue;		/* assumptions, and the court */
	struct pairing_use	 use;
	struct change_options	 options;
	premise_set		 without;
	const char		*directory;	/* of the catalogue, or NULL */
	const struct catalog	*catalog;
	struct differences	 all;
};

/* Comparing. */

static const struct charter *
compile(const struct diff *diff, const struct half *half, enum layer layer)
{
	if (half->file == NULL)
		return NULL;
	if (half->policy == NULL)
		return charter_unknown(diff->arena, layer);
	mistake_print_idle(half->policy, layer);
	return charter_compile(diff->arena, diff->catalog, half->policy,
	    layer, &diff->venue.assumptions, 0);
}

/* Requests of nobody's estate. */
static void
open_court(struct diff *diff)
{
	const struct estate *estate = estate_empty(diff->arena,
	    diff->catalog);

	diff->venue.court = (struct court){ .catalog = diff->catalog,
	    .assumptions = &diff->venue.assumptions, .estate = estate,
	    .archive = archive_new(diff->arena, estate,
	    &diff->venue.assumptions, 0) };
}

static void
compare(struct diff *diff, const struct pair *pair)
{
	struct difference *difference = list_add(diff->arena,
	    &diff->all.list);
	struct change_options options = diff->options;
	const struct charter *old, *new;

	difference->pair = *pair;
	difference->gained.reason = difference->lost.reason = pair->reason;
	if (!pair->fits)
		return;
	old = compile(diff, &pair->old, pair->layer);
	new = compile(diff, &pair->new, pair->layer);
	difference->beside = change_is_beside(old, new);
	options.premises = (options.real ? ~(premise_set)0 :
	    change_premises(pair->layer)) & ~diff->without;
	change_find(diff->arena, &diff->venue.court, pair->layer, old, new,
	    &options, &difference->gained);
	change_find(diff->arena, &diff->venue.court, pair->layer, new, old,
	    &options, &difference->lost);
}

/* Estates. */

/* What a file holds, or NULL when it is no JSON, or cannot be read. */
static const struct node *
peek(struct diff *diff, const char *path)
{
	const char *error, *bytes;
	struct report report;
	size_t length;

	bytes = file_read(diff->arena, path, &length, &error);
	if (bytes == NULL)
		return NULL;
	report_init(&report, diff->arena, source_new(diff->arena, path,
	    bytes, length));
	return text_read(diff->arena, report.source, &report)->root;
}

/* Standard input, which can be read once, is none. */
static bool
is_estate(struct diff *diff, const char *path)
{
	const struct node *root = strcmp(path, "-") == 0 ? NULL :
	    peek(diff, path);

	return root != NULL && (estate_recognises(root) ||
	    import_recognises(root));
}

static struct court
hold_court(struct diff *diff, const char *path)
{
	const struct estate *estate = estate_file_load(diff->arena, path,
	    NULL, diff->catalog);

	return (struct court){ .catalog = diff->catalog,
	    .assumptions = &diff->venue.assumptions, .estate = estate,
	    .archive = archive_new(diff->arena, estate,
	    &diff->venue.assumptions, 0) };
}

static void
compare_estates(struct diff *diff, const char *old, const char *new)
{
	struct estate_difference *estates = arena_alloc(diff->arena,
	    sizeof(*estates));
	struct change_options options = diff->options;

	options.premises = ~diff->without;
	estates->old = hold_court(diff, old);
	estates->new = hold_court(diff, new);
	change_find_calls(diff->arena, &estates->old, &estates->new,
	    &options, &estates->gained);
	change_find_calls(diff->arena, &estates->new, &estates->old,
	    &options, &estates->lost);
	diff->all.estates = estates;
}

static int
exit_code(const struct diff *diff, bool unreadable)
{
	const struct differences *all = &diff->all;
	enum change_verdict gained = difference_verdict(all, false);
	enum change_verdict lost = difference_verdict(all, true);

	for (size_t i = 0; i < all->list.count; i++)
		if (all->list.items[i].gained.bug ||
		    all->list.items[i].lost.bug)
			return EXIT_BUG;
	if (all->estates != NULL && (all->estates->gained.bug ||
	    all->estates->lost.bug))
		return EXIT_BUG;
	if (unreadable)
		return EXIT_UNREADABLE;
	for (size_t i = 0; i < all->list.count; i++)
		if (!all->list.items[i].pair.fits)
			return EXIT_USAGE;
	if (gained == CHANGE_SOMETHING)
		return EXIT_FINDINGS;
	return gained == CHANGE_UNDECIDED || lost == CHANGE_UNDECIDED ?
	    EXIT_NO_VERDICT : EXIT_FINE;
}

/* Options. */

static void
set_type(void *context, const struct option_row *row, const char *name)
{
	struct diff *diff = context;

	(void)row;
	if (!layer_find(name, &diff->use.layer))
		safe_errx(EXIT_USAGE, "unknown type `%s'; there are "
		    LAYER_NAMES, name);
	diff->use.has_layer = true;
}

static void
set_real(void *context, const struct option_row *row, const char *unused)
{
	struct diff *diff = context;

	(void)row;
	(void)unused;
	diff->options.real = true;
}

static void
set_without(void *context, const struct option_row *row, const char *name)
{
	struct diff *diff = context;
	enum premise premise;

	(void)row;
	if (!premise_find(name, &premise))
		safe_errx(EXIT_USAGE, "--without %s: no such premise; `sekisho "
		    "explain premises' lists them", name);
	diff->without |= (premise_set)1 << premise;
}

static void
set_most(void *context, const struct option_row *row, const char *text)
{
	struct diff *diff = context;

	diff->options.most = option_number(row, text, 1, "a number above 0");
}

static void
set_budget(void *context, const struct option_row *row, const char *text)
{
	struct diff *diff = context;

	diff->options.budget = option_number(row, text, 1, "a number above 0");
}

static void
set_assume(void *context, const struct option_row *row, const char *text)
{
	struct diff *diff = context;

	(void)row;
	venue_assume(&diff->venue, text);
}

static void
set_catalog(void *context, const struct option_row *row,
    const char *directory)
{
	struct diff *diff = context;

	(void)row;
	diff->directory = directory;
}

static const struct option_row diff_options[] = {
	{ "type", 0, "LAYER", "what the documents are, such as identity or "
	    "scp", set_type },
	{ "real", 0, NULL, "count only requests that AWS could see",
	    set_real },
	{ "without", 0, "PREMISE", "take it not to be true of requests",
	    set_without },
	{ "most", 0, "N", "show at most N ways in of a pair (8)", set_most },
	{ "budget", 0, "STEPS", "give up on a direction after so many",
	    set_budget },
	{ "assume", 0, "NAME=WORD", "turn an assumption; may be repeated",
	    set_assume },
	{ "catalog", 0, "DIR", "service facts from this directory",
	    set_catalog },
	{ .name = NULL }
};

static const struct output_format diff_formats[] = {
	{ "text", difference_text },
	{ "json", difference_json },
	{ .name = NULL }
};

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho diff [options] OLD NEW\n\n"
	    "Says what NEW allows and OLD does not, and the other way round: "
	    "a request for each\nstatement that lets something in, or that "
	    "there is none.  OLD and NEW are two\npolicies, two directories "
	    "whose files are paired by name, or two estates.\n\n");
	option_print(tables, stdout);
	printf("\nExit: 0 nothing is gained, 1 access is gained, 2 wrong "
	    "usage, 3 undecided,\n4 unreadable input.\n");
}

static _Noreturn void
refuse_other(struct diff *diff, const char *estate, const char *other)
{
	/* says why, and ends it */
	if (strcmp(other, "-") != 0 && peek(diff, other) == NULL)
		estate_file_load(diff->arena, other, NULL, diff->catalog);
	safe_errx(EXIT_USAGE, "%s is an estate, and %s is none", estate,
	    other);
}

static bool
run(struct diff *diff, const char *old, const char *new)
{
	struct pairing pairing = { .skipped = 0 };
	bool estates = is_estate(diff, old);

	if (estates != is_estate(diff, new))
		refuse_other(diff, estates ? old : new, estates ? new : old);
	if (estates)
		compare_estates(diff, old, new);
	else
		pairing_find(diff->arena, old, new, &diff->use, &pairing);
	open_court(diff);
	diff->all.arena = diff->arena;
	diff->all.old = old;
	diff->all.new = new;
	diff->all.skipped = pairing.skipped;
	for (size_t i = 0; i < pairing.list.count; i++)
		compare(diff, &pairing.list.items[i]);
	return !pairing.unreadable;
}

int
diff_main(struct arena *arena, int argc, char **argv)
{
	struct diff diff = { .arena = arena, .options = {
	    .budget = BUDGET_DEFAULT, .most = MOST_DEFAULT } };
	struct outputs outputs = { .arena = arena, .formats = diff_formats };
	const struct option_tables tables = { "diff", 2, {
	    { diff_options, &diff },
	    { output_rows(&outputs), &outputs } } };
	bool readable;

	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	if (argc - optind != 2)
		safe_errx(EXIT_USAGE, "name what was and what is; see `sekisho "
		    "diff --help'");
	diff.catalog = catalog_file_find(arena, diff.directory);
	readable = run(&diff, argv[optind], argv[optind + 1]);
	output_print(&outputs, &diff.all);
	return exit_code(&diff, !readable);
}
