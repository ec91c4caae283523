/* SPDX-License-Identifier: MIT */
/*
 * Holds the program's decisions against those of the reference evaluator, on
 * random lines and under random assumptions, and speaks TAP.
 *
 *	compare [-n COUNT] [-p] [-s SEED] [CATALOGUE]
 *
 * Each line has a seed of its own: `compare -p -n 1 -s SEED' prints the line
 * again.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "testcases/contest.h"
#include "testcases/sample.h"
#include "testcases/world.h"

enum { SHOWN_MAX = 5 };

struct run {
	struct contest	 contest;
	struct sample	 sample;
	uint64_t	 differences, wavers, unsaid;
};

/*
 * GRAM-3: a member that stands twice spoils its document for the reference,
 * but for us the whole line, and then we say less.
 */
static bool
agree(const struct text *text, const char *ours, const char *theirs)
{
	return strcmp(ours, theirs) == 0 ||
	    (!text->usable && strcmp(ours, "Unknown") == 0);
}

static void
print(const struct contest *contest, uint64_t seed,
    const struct answer *answer, const char *theirs, const char *unsaid,
    const char *line, size_t length)
{
	printf("# seed %" PRIu64 ": the program says %s, the reference %s\n",
	    seed, answer->verdict, theirs);
	for (size_t i = 0; i < ASSUMPTION_COUNT; i++)
		if (contest->assumptions.choice[i] != 0)
			printf("# assumed: %s, word %d\n", assumption_name(
			    (enum assumption)i),
			    contest->assumptions.choice[i]);
	if (unsaid != NULL)
		printf("# rests on %s and does not say so\n", unsaid);
	printf("# %.*s\n", (int)length, line);
}

static void
compare(struct run *run, uint64_t seed)
{
	struct contest *contest = &run->contest;
	const struct text *text;
	struct answer answer;
	const char *line, *theirs, *unsaid = NULL;
	size_t length;
	bool differs;

	arena_reset(contest->arena);
	contest_assume(contest, seed);
	line = world_line(world_new(contest->arena, seed), &length);
	text = contest_read(contest, line, length);
	answer = contest_ask(contest, text);
	theirs = contest_ask_reference(contest, text);
	coverage_count(&contest->coverage, "verdict", theirs, true);
	differs = !agree(text, answer.verdict, theirs);
	if (!differs && strcmp(answer.verdict, "a fault") != 0)
		unsaid = contest_find_unsaid(contest, text, &answer, seed);
	if (run->sample.print ||
	    ((differs || answer.wavers || unsaid != NULL) &&
	    run->differences + run->wavers + run->unsaid < SHOWN_MAX))
		print(contest, seed, &answer, theirs, unsaid, line, length);
	run->differences += differs;
	run->wavers += answer.wavers;
	run->unsaid += unsaid != NULL;
}

static void
print_points(const struct run *run)
{
	printf("%sok 1 - %" PRIu64 " lines, %" PRIu64 " disagreements\n",
	    run->differences == 0 ? "" : "not ", run->sample.count,
	    run->differences);
	printf("%sok 2 - whoever keeps a trail, or indexes, gets the same "
	    "verdicts\n", run->wavers == 0 ? "" : "not ");
	printf("%sok 3 - %" PRIu64 " verdicts rest on what they do not say\n",
	    run->unsaid == 0 ? "" : "not ", run->unsaid);
	coverage_print(&run->contest.coverage);
	printf("1..3\n");
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct run run = { .sample = { .count = 100000 } };

	if (arena == NULL)
		errx(1, "no memory");
	sample_read(&run.sample, argc, argv);
	contest_init(&run.contest, arena, argv[optind]);
	for (uint64_t i = 0; i < run.sample.count; i++)
		compare(&run, run.sample.seed + i);
	print_points(&run);
	arena_free(run.contest.arena);
	arena_free(arena);
	return run.differences + run.wavers + run.unsaid != 0;
}
