/* SPDX-License-Identifier: MIT */
/* The command: its options, the comparing, and the exit code. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulator/import.h"
#include "simulator/premise.h"
#include "tools/diff.h"
#include "tools/difference.h"
#include "tools/estate_file.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/safe.h"
#include "tools/screen.h"
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
	const char		*format;
	const char		*color;
	struct differences	 all;
	bool			 help;
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
	return charter_compile(diff->arena, &catalog_builtin, half->policy,
	    layer, &diff->venue.assumptions, 0);
}

/* Requests of nobody's estate. */
static void
open_court(struct diff *diff)
{
	const struct estate *estate = estate_empty(diff->arena,
	    &catalog_builtin);

	diff->venue.court = (struct court){ .catalog = &catalog_builtin,
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

static bool
is_estate(struct diff *diff, const char *path)
{
	const char *error, *bytes;
	const struct text *text;
	struct report report;
	size_t length;

	/* standard input can be read once, and a directory not at all */
	bytes = strcmp(path, "-") == 0 ? NULL : file_read(diff->arena, path,
	    &length, &error);
	if (bytes == NULL)
		return false;
	report_init(&report, diff->arena, source_new(diff->arena, path,
	    bytes, length));
	text = text_read(diff->arena, report.source, &report);
	return text->root != NULL && (estate_recognises(text->root) ||
	    import_recognises(text->root));
}

static struct court
hold_court(struct diff *diff, const char *path)
{
	const struct estate *estate = estate_file_load(diff->arena, path,
	    NULL, &catalog_builtin);

	return (struct court){ .catalog = &catalog_builtin,
	    .templates = template_index_new(diff->arena, &catalog_builtin),
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
print_usage(FILE *out)
{
	fprintf(out, "usage: sekisho diff [options] OLD NEW\n\n"
	    "Says what NEW allows and OLD does not, and the other way round: "
	    "a request for each\nstatement that lets something in, or that "
	    "there is none.  OLD and NEW are two\npolicies, two directories "
	    "whose files are paired by name, or two estates.\n\n"
	    "      --type LAYER        what the documents are: identity, "
	    "boundary, session,\n                          resource, trust, "
	    "endpoint, scp, rcp\n"
	    "      --real              count only requests that AWS could see\n"
	    "      --without PREMISE   take it not to be true of requests\n"
	    "      --most N            show at most N ways in of a pair (%d)\n"
	    "      --budget STEPS      give up on a direction after so many\n"
	    "      --assume NAME=WORD  turn an assumption; may be repeated\n"
	    "  -f, --format FORMAT     text or json\n"
	    "      --color WHEN        auto, always or never\n"
	    "  -h, --help              print this and stop\n\n"
	    "Exit: 0 nothing is gained, 1 access is gained, 2 wrong usage, "
	    "3 undecided,\n4 unreadable input.\n", MOST_DEFAULT);
}

static uint64_t
read_number(const char *option, const char *text)
{
	char *end;
	uint64_t number = strtoull(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || number == 0)
		safe_errx(EXIT_USAGE, "--%s takes a number above 0, not "
		    "`%s'", option, text);
	return number;
}

static void
set_type(struct diff *diff, const char *name)
{
	if (!layer_find(name, &diff->use.layer))
		safe_errx(EXIT_USAGE, "unknown type `%s'; there are identity, "
		    "boundary, session, resource, trust, endpoint, scp, rcp",
		    name);
	diff->use.has_layer = true;
}

static void
set_without(struct diff *diff, const char *name)
{
	enum premise premise;

	if (!premise_find(name, &premise))
		safe_errx(EXIT_USAGE, "--without %s: no such premise; `sekisho "
		    "explain premises' lists them", name);
	diff->without |= (premise_set)1 << premise;
}

static void
set_format(struct diff *diff, const char *name)
{
	if (strcmp(name, "text") != 0 && strcmp(name, "json") != 0)
		safe_errx(EXIT_USAGE, "unknown format `%s'; there are text, "
		    "json", name);
	diff->format = name;
}

static void
set_color(struct diff *diff, const char *when)
{
	if (!screen_knows(when))
		safe_errx(EXIT_USAGE, "--color takes auto, always or never, "
		    "not `%s'", when);
	diff->color = when;
}

static void
set_option(struct diff *diff, int found)
{
	switch (found) {
	case 't':
		set_type(diff, optarg);
		break;
	case 'r':
		diff->options.real = true;
		break;
	case 'w':
		set_without(diff, optarg);
		break;
	case 'm':
		diff->options.most = read_number("most", optarg);
		break;
	case 'b':
		diff->options.budget = read_number("budget", optarg);
		break;
	case 'a':
		venue_assume(&diff->venue, optarg);
		break;
	case 'f':
		set_format(diff, optarg);
		break;
	case 'c':
		set_color(diff, optarg);
		break;
	case 'h':
		diff->help = true;
		break;
	default:
		safe_errx(EXIT_USAGE, "see `sekisho diff --help'");
	}
}

static void
read_options(struct diff *diff, int argc, char **argv)
{
	static const struct option options[] = {
		{ "type", required_argument, NULL, 't' },
		{ "real", no_argument, NULL, 'r' },
		{ "without", required_argument, NULL, 'w' },
		{ "most", required_argument, NULL, 'm' },
		{ "budget", required_argument, NULL, 'b' },
		{ "assume", required_argument, NULL, 'a' },
		{ "format", required_argument, NULL, 'f' },
		{ "color", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int found;

	while ((found = getopt_long(argc, argv, "f:h", options, NULL)) != -1)
		set_option(diff, found);
}

static int
run(struct diff *diff, const char *old, const char *new)
{
	struct pairing pairing = { .skipped = 0 };

	bool estates = is_estate(diff, old);

	if (estates != is_estate(diff, new))
		safe_errx(EXIT_USAGE, "%s is an estate, and %s is none",
		    estates ? old : new, estates ? new : old);
	if (estates)
		compare_estates(diff, old, new);
	else
		pairing_find(diff->arena, old, new, &diff->use, &pairing);
	open_court(diff);
	diff->all.arena = diff->arena;
	diff->all.old = old;
	diff->all.new = new;
	diff->all.skipped = pairing.skipped;
	diff->all.width = screen_width();
	diff->all.color = screen_has_color(diff->color);
	for (size_t i = 0; i < pairing.list.count; i++)
		compare(diff, &pairing.list.items[i]);
	if (strcmp(diff->format, "json") == 0)
		difference_json(&diff->all);
	else
		difference_text(&diff->all);
	return exit_code(diff, pairing.unreadable);
}

int
diff_main(struct arena *arena, int argc, char **argv)
{
	struct diff diff = { .arena = arena, .format = "text",
	    .color = "auto", .options = { .budget = BUDGET_DEFAULT,
	    .most = MOST_DEFAULT } };

	read_options(&diff, argc, argv);
	if (diff.help) {
		print_usage(stdout);
		return EXIT_FINE;
	}
	if (argc - optind != 2)
		safe_errx(EXIT_USAGE, "name what was and what is; see `sekisho "
		    "diff --help'");
	return run(&diff, argv[optind], argv[optind + 1]);
}
