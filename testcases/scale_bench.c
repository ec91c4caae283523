/* SPDX-License-Identifier: MIT */
/* The shortest time that each question of scale.c takes, and its steps.  For
 * `make bench'; no test. */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "testcases/scale.h"

enum {
	RUNS = 10,
	BUDGET = 100000000
};

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void
measure(const struct scale *scale, struct arena *arena)
{
	static const char *const answers[] = { "undecided", "unsatisfiable",
	    "satisfiable" };
	struct search_result result = { .answer = SEARCH_UNDECIDED };
	double best = 1e9;

	for (int i = 0; i < RUNS; i++) {
		double taken, start = now();

		arena_reset(arena);
		result = scale_solve(scale, arena, BUDGET);
		taken = now() - start;
		if (taken < best)
			best = taken;
	}
	printf("%-39s %8.2f ms, %8" PRIu64 " steps, %s\n", scale->name, best,
	    result.steps, answers[result.answer]);
}

int
main(void)
{
	struct arena *arena = arena_new();

	if (arena == NULL)
		errx(1, "no memory");
	for (size_t i = 0; scales[i].name != NULL; i++)
		measure(&scales[i], arena);
	arena_free(arena);
	return 0;
}
