/* SPDX-License-Identifier: MIT */
/* `sekisho test': the tests and guarantees of test files. */
#include "config.h"

#include <getopt.h>
#include <stdlib.h>

#include "tools/drill.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/safe.h"
#include "tools/setting.h"
#include "tools/test.h"

enum { BUDGET_DEFAULT = 50 * 1000 * 1000 };

struct testing {
	struct drill	 drill;
	struct brood_use mutants;
	struct outputs	 outputs;
	regex_t		 wanted;
	bool		 watching;
	char		**operands;
	size_t		 operand_count;
};

/* Options. */

/* What a regex_t holds is not the arena's. */
static void
forget_wanted(struct testing *test)
{
	if (test->drill.wanted != NULL)
		regfree(&test->wanted);
	test->drill.wanted = NULL;
}

static void
set_wanted(void *context, const struct option_row *row, const char *regex)
{
	struct testing *test = context;
	char reason[128];
	int error;

	(void)row;
	forget_wanted(test);
	error = regcomp(&test->wanted, regex, REG_EXTENDED | REG_NOSUB);
	regerror(error, &test->wanted, reason, sizeof(reason));
	if (error != 0)
		safe_errx(EXIT_USAGE, "-r %s: no regular expression: %s",
		    regex, reason);
	test->drill.wanted = &test->wanted;
}

/* Digits up to that character; 0 is none. */
static size_t
read_count(const char **text, char end)
{
	char *rest;
	unsigned long count = **text < '0' || **text > '9' ? 0 :
	    strtoul(*text, &rest, 10);

	if (count == 0 || *rest != end)
		return 0;
	*text = rest + 1;
	return count;
}

static void
set_shard(void *context, const struct option_row *row, const char *text)
{
	struct testing *test = context;
	struct drill *drill = &test->drill;
	const char *rest = text;

	(void)row;
	drill->shard = read_count(&rest, '/');
	drill->shards = drill->shard == 0 ? 0 : read_count(&rest, '\0');
	if (drill->shards == 0 || drill->shard > drill->shards)
		safe_errx(EXIT_USAGE, "--shard takes a part of a whole such "
		    "as 1/4, not `%s'", text);
}

static void
set_budget(void *context, const struct option_row *row, const char *text)
{
	struct testing *test = context;

	test->drill.proof.budget = option_number(row, text, 0,
	    "a number of steps");
}

static void
set_coverage(void *context, const struct option_row *row, const char *unused)
{
	struct testing *test = context;

	(void)row;
	(void)unused;
	test->drill.covering = true;
}

static void
set_spare(void *context, const struct option_row *row, const char *unused)
{
	struct testing *test = context;

	(void)row;
	(void)unused;
	test->drill.covering = test->drill.sparing = true;
}

static void
set_least(void *context, const struct option_row *row, const char *text)
{
	struct testing *test = context;
	const char *rest = text;

	(void)row;
	test->drill.least = read_count(&rest, '\0');
	test->drill.covering = true;
	if (test->drill.least == 0 || test->drill.least > 100)
		safe_errx(EXIT_USAGE, "--min-coverage takes a number from 1 "
		    "to 100, not `%s'", text);
}

static void
set_watching(void *context, const struct option_row *row, const char *unused)
{
	struct testing *test = context;

	(void)row;
	(void)unused;
	test->watching = true;
}

static void
set_quiet(void *context, const struct option_row *row, const char *unused)
{
	struct testing *test = context;

	(void)row;
	(void)unused;
	test->drill.quiet = true;
}

static const struct option_row test_options[] = {
	{ "run", 'r', "REGEX", "only tests and guarantees with such a name",
	    set_wanted },
	{ "shard", 0, "I/N", "only the I-th of N parts of them", set_shard },
	{ "quiet", 'q', NULL, "print as text only what has not passed",
	    set_quiet },
	{ "watch", 0, NULL, "again whenever a file changes, until "
	    "interrupted", set_watching },
	{ "coverage", 0, NULL, "say which parts of policies have decided",
	    set_coverage },
	{ "spare", 0, NULL, "the same, and prove which need not; slow",
	    set_spare },
	{ "min-coverage", 0, "PERCENT", "fail when fewer have",
	    set_least },
	{ "budget", 0, "STEPS", "give up on a guarantee after so many",
	    set_budget },
	{ .name = NULL }
};

static const struct output_format test_formats[] = {
	{ "text", drill_print_text },
	{ "tap", drill_print_tap },
	{ "junit", drill_print_junit },
	{ "json", drill_print_json },
	{ "lcov", drill_print_lcov },
	{ .name = NULL }
};

static bool
wants_lcov(const struct outputs *outputs)
{
	for (size_t i = 0; i < outputs->list.count; i++)
		if (outputs->list.items[i].format->print == drill_print_lcov)
			return true;
	return false;
}

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho test [options] [PATH...]\n\n"
	    "Runs the tests and proves the guarantees of test files.  A "
	    "directory stands for\nall *.sekisho and *.sekisho.json below "
	    "it; without a path, the working directory.\n\n");
	option_print(tables, stdout);
	printf("\nExit: 0 all passed, 1 some failed, 2 wrong usage or a "
	    "faulty file, 3 some are\nundecided, 4 unreadable input.\n");
}

/* Files. */

/* False when nothing is there.  What is left out is said; a fault is found
 * again by whoever opens the file. */
static bool
find(struct arena *arena, const char *path, struct path_list *paths)
{
	static const char *const endings[] = { ".sekisho", ".sekisho.json",
	    NULL };
	size_t before = paths->list.count, kept = before;

	file_find_ending(arena, path, endings, paths);
	for (size_t i = before; i < paths->list.count; i++) {
		const struct path *found = &paths->list.items[i];
		bool fault;
		const char *why = file_obstacle(found, &fault);

		if (why == NULL || fault)
			paths->list.items[kept++] = *found;
		else
			safe_warnx("%s: %s", found->name, why);
	}
	paths->list.count = kept;
	return kept > before;
}

/* The first operand in which nothing is, or NULL. */
static const char *
find_all(struct arena *arena, const struct testing *test,
    struct path_list *paths)
{
	const char *empty = NULL;

	for (size_t i = 0; i < test->operand_count; i++)
		if (!find(arena, test->operands[i], paths))
			empty = test->operands[i];
	if (test->operand_count == 0 && !find(arena, ".", paths))
		empty = ".";
	file_unite(arena, paths);
	return empty;
}

static void
run_all(struct testing *test)
{
	struct path_list paths = { .list = { 0 } };
	const char *empty = find_all(test->drill.arena, test, &paths);

	if (empty != NULL)
		safe_errx(EXIT_USAGE, "%s: no test file (*.sekisho) is in "
		    "there", empty);
	for (size_t i = 0; i < paths.list.count; i++)
		drill_run(&test->drill, paths.list.items[i].name);
	drill_finish(&test->drill);
}

/* Whoever asks for tests by name must not take silence for success. */
static void
refuse_nothing(const struct drill *drill)
{
	if (drill_count_unrun(drill) == 0 && drill->found == 0)
		safe_errx(EXIT_USAGE, drill->wanted != NULL ? "no test and no "
		    "guarantee has such a name" : "there is nothing to test");
}

static bool
lacks_coverage(const struct drill *drill)
{
	bool lacking = false;

	for (size_t i = 0; i < drill->demands.count; i++) {
		const struct drill_demand *demand = &drill->demands.items[i];

		if (demand->path != NULL || demand->outcome == OUTCOME_PASSED)
			continue;
		safe_warnx("%s", demand->message);
		lacking = true;
	}
	return lacking;
}

static int
exit_code(const struct testing *test)
{
	const struct drill *drill = &test->drill;
	bool lacking = lacks_coverage(drill);
	bool faulty = drill->counts[OUTCOME_FAULTY] > 0;
	int code;

	if (drill->bug)
		return EXIT_BUG;
	for (size_t i = 0; i < drill->files.count; i++) {
		if (drill->files.items[i]->code == EXIT_UNREADABLE)
			return EXIT_UNREADABLE;
		faulty |= drill->files.items[i]->code != EXIT_FINE;
	}
	if (faulty)
		return EXIT_USAGE;
	if (drill->counts[OUTCOME_FAILED] > 0 || lacking)
		return EXIT_FINDINGS;
	code = drill_brood_code(drill);
	return code == EXIT_FINE && drill->counts[OUTCOME_UNDECIDED] > 0 ?
	    EXIT_NO_VERDICT : code;
}

/* Watching. */

/* A run with memory of its own, and what it hangs on. */
struct round {
	const struct testing	*test;		/* as the options say */
	struct arena		*arena;
	struct watch		 watch;
};

static void
run_round(void *argument)
{
	struct round *round = argument;
	struct testing test = *round->test;

	test.drill.arena = test.drill.venue.arena = round->arena;
	watch_begin(&round->watch, round->arena);
	run_all(&test);
	drill_watch(&test.drill, &round->watch);
	drill_demand(&test.drill);
	output_print(&test.outputs, &test.drill);
	exit_code(&test);
}

/* A test file that is new, or one that the run hangs on and has changed. */
static const char *
find_change(struct arena *arena, const struct round *round)
{
	struct path_list paths = { .list = { 0 } };

	find_all(arena, round->test, &paths);
	for (size_t i = 0; i < paths.list.count; i++)
		if (!watch_knows(&round->watch, paths.list.items[i].name))
			return paths.list.items[i].name;
	return watch_look(&round->watch);
}

static void
wait_for_change(struct arena *arena, const struct round *round)
{
	const char *changed;

	safe_warnx("watching %zu files", round->watch.list.count);
	while ((changed = find_change(arena, round)) == NULL) {
		arena_reset(arena);
		watch_pause();
	}
	safe_warnx("%s has changed", setting_short(arena, changed));
}

/* Until somebody interrupts it. */
static _Noreturn void
watch(const struct testing *test)
{
	struct arena *pause = arena_new();

	for (;;) {
		struct round round = { .test = test, .arena = arena_new() };

		if (pause == NULL || round.arena == NULL ||
		    !arena_protect(round.arena, run_round, &round))
			arena_exhausted(test->drill.arena);
		wait_for_change(pause, &round);
		arena_free(round.arena);
	}
}

static struct testing *
new_testing(struct arena *arena)
{
	struct testing *test = arena_alloc(arena, sizeof(*test));

	test->drill.arena = test->drill.venue.arena = arena;
	test->outputs.arena = test->mutants.arena = arena;
	test->outputs.formats = test_formats;
	test->drill.proof.budget = BUDGET_DEFAULT;
	return test;
}

int
test_main(struct arena *arena, int argc, char **argv)
{
	struct testing *test = new_testing(arena);
	const struct option_tables tables = { "test", 4, {
	    { venue_options, &test->drill.venue }, { test_options, test },
	    { brood_options, &test->mutants },
	    { output_rows(&test->outputs), &test->outputs } } };

	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	test->operands = argv + optind;
	test->operand_count = (size_t)(argc - optind);
	test->drill.covering |= wants_lcov(&test->outputs);
	if (test->watching)
		watch(test);
	run_all(test);
	refuse_nothing(&test->drill);
	if (test->mutants.wanted)
		drill_breed(&test->drill, &test->mutants);
	drill_demand(&test->drill);
	output_print(&test->outputs, &test->drill);
	forget_wanted(test);
	return exit_code(test);
}
