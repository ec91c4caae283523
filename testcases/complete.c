/* SPDX-License-Identifier: MIT */
/*
 * Holds what the program says of requests with unknown keys against what the
 * reference evaluator says of their completions, and speaks TAP.
 *
 *	complete [-n COUNT] [-p] [-s SEED] [CATALOGUE]
 *
 * Each request has a seed of its own, and so many completions as there are
 * steps.  How often `Depends' is said though all of them agree is counted:
 * it is no error, but little help.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "testcases/completion.h"
#include "testcases/contest.h"
#include "testcases/sample.h"
#include "testcases/world.h"

enum { SHOWN_MAX = 5, STEPS = 40 };

struct run {
	struct contest	 contest;
	struct sample	 sample;
	uint64_t	 wrong;		/* a completion says otherwise */
	uint64_t	 unnamed;	/* a key that decides is not named */
	uint64_t	 wavers;
	uint64_t	 depends, needless;
};

/* One request on its way through its completions. */
struct walk {
	const struct answer	*answer;
	const char		*verdict;	/* of the last completion */
	bool			 varies;
};

static bool
is(const char *verdict, const char *name)
{
	return strcmp(verdict, name) == 0;
}

static bool
is_denial(const char *verdict)
{
	return is(verdict, "ImplicitlyDenied") ||
	    is(verdict, "ExplicitlyDenied");
}

/* What is said of all completions is true of this one. */
static bool
covers(const char *all, const char *one)
{
	if (is(all, "Depends") || is(all, "Unknown"))
		return true;
	return is(all, "ImplicitlyDenied") ? is_denial(one) : is(all, one);
}

static bool
names(const struct decision *decision, const char *key)
{
	for (size_t i = 0; i < decision->key_count; i++)
		if (word_equal_folded(decision->keys[i], word_from(key,
		    strlen(key))))
			return true;
	return false;
}

/* Whether two completions that differ in one key are let in alike. */
static bool
is_alike(const char *one, const char *other)
{
	return one == NULL || is(one, other) ||
	    (is_denial(one) && is_denial(other)) || is(one, "Unknown") ||
	    is(other, "Unknown");
}

static void
show(struct run *run, uint64_t seed, const char *what, const char *line,
    size_t length)
{
	if (run->sample.print ||
	    run->wrong + run->unnamed + run->wavers < SHOWN_MAX)
		printf("# seed %" PRIu64 ": %s\n# %.*s\n", seed, what,
		    (int)length, line);
}

static void
try_completion(struct run *run, uint64_t seed, const struct world *world,
    const char *key, struct walk *walk)
{
	struct arena *arena = run->contest.arena;
	const struct decision *decision = &walk->answer->decision;
	const char *before = walk->verdict, *line;
	size_t length;
	bool alike;

	line = world_line(world, &length);
	walk->verdict = contest_ask_reference(&run->contest,
	    contest_read(&run->contest, line, length));
	alike = is_alike(before, walk->verdict);
	walk->varies = walk->varies || !alike;
	if (!covers(walk->answer->verdict, walk->verdict)) {
		show(run, seed, arena_printf(arena, "%s of all, but %s of",
		    walk->answer->verdict, walk->verdict), line, length);
		run->wrong++;
	}
	if (!alike && decision->verdict == VERDICT_DEPENDS &&
	    !names(decision, key)) {
		show(run, seed, arena_printf(arena, "%s is not named, and "
		    "makes %s of %s of", key, walk->verdict, before), line,
		    length);
		run->unnamed++;
	}
}

static void
hear(struct run *run, uint64_t seed)
{
	struct contest *contest = &run->contest;
	struct world *world;
	struct completion completion;
	struct answer answer;
	struct walk walk = { .answer = &answer };
	const struct text *text;
	const char *line;
	size_t length;

	arena_reset(contest->arena);
	contest_assume(contest, seed);
	world = world_new(contest->arena, seed);
	completion_init(&completion, &world->scene);
	line = world_line(world, &length);
	text = contest_read(contest, line, length);
	if (!text->usable)
		return;
	answer = contest_ask(contest, text);
	coverage_count(&contest->coverage, "verdict", answer.verdict, true);
	run->wavers += answer.wavers;
	if (run->sample.print)
		show(run, seed, answer.verdict, line, length);
	for (uint64_t i = 0; i < STEPS; i++) {
		const char *key = completion_step(&completion, &world->scene);

		try_completion(run, seed, world, key, &walk);
	}
	run->depends += answer.decision.verdict == VERDICT_DEPENDS;
	run->needless += answer.decision.verdict == VERDICT_DEPENDS &&
	    !walk.varies;
}

static void
print_points(const struct run *run)
{
	printf("%sok 1 - %" PRIu64 " requests, %" PRIu64 " completions "
	    "that say otherwise\n", run->wrong == 0 ? "" : "not ",
	    run->sample.count, run->wrong);
	printf("%sok 2 - %" PRIu64 " keys that decide and are not named\n",
	    run->unnamed == 0 ? "" : "not ", run->unnamed);
	printf("%sok 3 - whoever keeps a trail gets the same verdicts\n",
	    run->wavers == 0 ? "" : "not ");
	printf("# Depends %" PRIu64 " times, for nothing that was seen %"
	    PRIu64 " times\n", run->depends, run->needless);
	coverage_print(&run->contest.coverage);
	printf("1..3\n");
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct run run = { .sample = { .count = 2000 } };

	if (arena == NULL)
		errx(1, "no memory");
	sample_read(&run.sample, argc, argv);
	contest_init(&run.contest, arena, argv[optind]);
	for (uint64_t i = 0; i < run.sample.count; i++)
		hear(&run, run.sample.seed + i);
	print_points(&run);
	arena_free(run.contest.arena);
	arena_free(arena);
	return run.wrong + run.unnamed + run.wavers != 0;
}
