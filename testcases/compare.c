/* SPDX-License-Identifier: MIT */
/*
 * Holds the program's decisions against those of the reference evaluator, on
 * random lines, and speaks TAP.
 *
 *	compare [-n COUNT] [-p] [-s SEED] [CATALOGUE]
 *
 * Each line has a seed of its own: `compare -p -n 1 -s SEED' prints the line
 * again.  Without a directory the tables are those of the source directory,
 * as automake names it.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "simulator/docket.h"
#include "testcases/coverage.h"
#include "testcases/reference.h"
#include "testcases/world.h"

enum { SHOWN_MAX = 5 };

struct run {
	struct arena			*arena;		/* of one line */
	const struct reference_facts	*reference;
	struct assumptions		 assumptions;
	struct docket_facts		 facts;
	struct coverage			 coverage;
	uint64_t			 count, seed;
	bool				 print;		/* every line */
	uint64_t			 differences, wavers;
};

/* One line and what became of it. */
struct contest {
	uint64_t	 seed;
	const char	*line;
	size_t		 length;
	const char	*ours, *theirs;
	bool		 spoilt;	/* a member twice, somewhere */
	bool		 wavers;	/* a trail changes our verdict */
};

static const char *
decide(struct run *run, struct contest *contest, const struct text *text)
{
	struct trail trail = { .arena = run->arena };
	struct docket_fault fault;
	struct docket docket;
	struct decision plain, traced;

	if (!docket_read(run->arena, &run->facts, text, text->root, &docket,
	    &fault))
		return "a fault";
	plain = decision_make(&docket.request, &docket.policies,
	    &run->assumptions, NULL);
	traced = decision_make(&docket.request, &docket.policies,
	    &run->assumptions, &trail);
	contest->wavers = plain.verdict != traced.verdict;
	coverage_add(&run->coverage, &docket, &traced, &trail);
	return verdict_name(plain.verdict);
}

static struct contest
hear(struct run *run, uint64_t seed)
{
	struct contest contest = { .seed = seed };
	const struct source *source;
	const struct text *text;
	struct report report;

	contest.line = world_line(run->arena, seed, &contest.length);
	source = source_new(run->arena, "-", contest.line, contest.length);
	report_init(&report, run->arena, source);
	text = text_read(run->arena, source, &report);
	if (text->root == NULL)
		errx(1, "seed %" PRIu64 ": no JSON: %.*s", seed,
		    (int)contest.length, contest.line);
	contest.spoilt = !text->usable;
	contest.ours = decide(run, &contest, text);
	contest.theirs = reference_verdict_name(reference_decide(run->arena,
	    text->root, run->reference));
	coverage_count(&run->coverage, "verdict", contest.theirs, true);
	return contest;
}

static void
print_hearing(const struct contest *contest)
{
	printf("# seed %" PRIu64 ": the program says %s, the reference %s\n"
	    "# %.*s\n", contest->seed, contest->ours, contest->theirs,
	    (int)contest->length, contest->line);
}

/*
 * GRAM-3: a member that stands twice spoils its document for the reference,
 * but for us the whole line, and then we say less.
 */
static bool
agrees(const struct contest *contest)
{
	return strcmp(contest->ours, contest->theirs) == 0 ||
	    (contest->spoilt && strcmp(contest->ours, "Unknown") == 0);
}

static void
compare(struct run *run, uint64_t seed)
{
	struct contest contest;
	bool differs;

	arena_reset(run->arena);
	contest = hear(run, seed);
	differs = !agrees(&contest);
	if (run->print || ((differs || contest.wavers) &&
	    run->differences + run->wavers < SHOWN_MAX))
		print_hearing(&contest);
	run->differences += differs;
	run->wavers += contest.wavers;
}

static uint64_t
read_number(const char *text)
{
	char *end;
	uint64_t number = strtoull(text, &end, 10);

	if (*text == '\0' || *end != '\0')
		errx(2, "%s is no number", text);
	return number;
}

static void
read_options(struct run *run, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "n:ps:")) != -1) {
		if (option == 'n')
			run->count = read_number(optarg);
		else if (option == 's')
			run->seed = read_number(optarg);
		else if (option == 'p')
			run->print = true;
		else
			errx(2, "usage: compare [-n COUNT] [-p] [-s SEED] "
			    "[CATALOGUE]");
	}
}

static const char *
find_catalogue(struct arena *arena, const char *named)
{
	const char *root = getenv("srcdir");

	return named != NULL ? named : arena_printf(arena,
	    "%s/policy/catalog", root == NULL ? "." : root);
}

static void
print_points(const struct run *run)
{
	printf("%sok 1 - %" PRIu64 " lines, %" PRIu64 " disagreements\n",
	    run->differences == 0 ? "" : "not ", run->count,
	    run->differences);
	printf("%sok 2 - whoever keeps a trail gets the same verdicts\n",
	    run->wavers == 0 ? "" : "not ");
	coverage_print(&run->coverage);
	printf("1..2\n");
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct run run = { .arena = arena_new(), .count = 100000,
	    .coverage = { .arena = arena } };

	if (arena == NULL || run.arena == NULL)
		errx(1, "no memory");
	read_options(&run, argc, argv);
	run.reference = reference_facts_read(arena, find_catalogue(arena,
	    argv[optind]));
	run.facts = (struct docket_facts){ &catalog_builtin,
	    template_index_new(arena, &catalog_builtin), &run.assumptions };
	for (uint64_t i = 0; i < run.count; i++)
		compare(&run, run.seed + i);
	print_points(&run);
	arena_free(run.arena);
	arena_free(arena);
	return run.differences != 0 || run.wavers != 0;
}
