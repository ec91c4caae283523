/* SPDX-License-Identifier: MIT */
/*
 * Holds the engine of the prover against brute force on random formulas, and
 * speaks TAP.
 *
 *	riddles [-n COUNT] [-p] [-s SEED]
 *
 * Every model is evaluated by definition; what the engine calls unsatisfiable
 * is tried on all short texts.  Each riddle has a seed of its own: `riddles
 * -p -n 1 -s SEED' prints it again.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "simulator/search.h"
#include "testcases/riddle.h"
#include "testcases/sample.h"

enum {
	SHOWN_MAX = 5,
	LONGEST = 4,			/* texts that are tried */
	LONGEST_TIED = 3,		/* and of those that stand in others */
	TEXTS_MAX = 2000,
	BUDGET = 1000000
};

struct run {
	struct arena	*arena;
	struct sample	 sample;
	uint64_t	 answers[3];		/* by enum search_answer */
	uint64_t	 missed;		/* undecided, with a solution */
	uint64_t	 false_models, false_refusals, mismatches;
	uint64_t	 false_cores;
	uint64_t	 steps;
};

/* Texts of a slot to be tried.  Those that no claim tells apart need no second
 * try, unless they stand in texts of other slots. */
struct tries {
	struct word	 texts[TEXTS_MAX];
	uint64_t	 profiles[TEXTS_MAX];
	size_t		 count;
};

/* What the leaves say of a text; leaves of other slots say nothing. */
static uint64_t
profile(const struct riddle *riddle, size_t slot, struct word text)
{
	struct word texts[RIDDLE_SLOTS] = { { NULL, 0 } };
	uint64_t bits = text.text != NULL;

	texts[slot] = text;
	for (size_t i = 0; i < riddle->leaf_count; i++)
		if (riddle->leaves[i].slot == slot &&
		    riddle->leaves[i].kind != LEAF_FREE)
			bits = bits << 1 | riddle_leaf_holds(riddle, i, texts);
	return bits;
}

static void
try(const struct riddle *riddle, size_t slot, struct tries *tries,
    struct word text)
{
	uint64_t bits;

	if (tries->count == TEXTS_MAX || (text.text != NULL &&
	    !universe_admits(riddle->universe, slot, text)))
		return;
	bits = profile(riddle, slot, text);
	for (size_t i = 0; i < tries->count && !riddle->templates; i++)
		if (tries->profiles[i] == bits)
			return;
	tries->texts[tries->count] = text;
	tries->profiles[tries->count++] = bits;
}

/* All texts over a few letters, shortest first. */
static void
try_short(const struct riddle *riddle, size_t slot, struct tries *tries)
{
	static const char *const letters[] = { "a", "b", "A", ":", "\303\251",
	    "x" };
	size_t longest = !riddle->templates ? LONGEST : LONGEST_TIED -
	    (slot == 0 || riddle->slots > 2);
	LIST(const char *) texts = { .count = 0 };
	size_t from = 0;

	*list_add(riddle->arena, &texts) = "";
	for (size_t length = 1; length <= longest; length++) {
		size_t end = texts.count;

		for (; from < end; from++)
			for (size_t i = 0; i < 6; i++) {
				const char *text = arena_printf(riddle->arena,
				    "%s%s", texts.items[from], letters[i]);

				*list_add(riddle->arena, &texts) = text;
			}
	}
	for (size_t i = 0; i < texts.count; i++)
		try(riddle, slot, tries, word_from(texts.items[i],
		    strlen(texts.items[i])));
}

static void
list_tries(const struct riddle *riddle, size_t slot, struct tries *tries)
{
	const char *text;

	tries->count = 0;
	if (universe_slot(riddle->universe, slot)->presence != FORMULA_TRUE)
		try(riddle, slot, tries, (struct word){ NULL, 0 });
	for (size_t i = 0; (text = riddle_text(riddle, slot, i)) != NULL; i++)
		try(riddle, slot, tries, word_from(text, strlen(text)));
	if (riddle->sorts[slot] == SORT_TEXT)
		try_short(riddle, slot, tries);
}

/* Each free variable false and true. */
static bool
guess_free(struct riddle *riddle, const struct word *texts)
{
	for (unsigned bits = 0; bits < 1u << riddle->free; bits++) {
		riddle_choose(riddle, bits);
		if (riddle_holds(riddle, texts))
			return true;
	}
	return false;
}

/* Some combination of texts makes the formula true. */
static bool
guess(struct riddle *riddle)
{
	static struct tries tries[RIDDLE_SLOTS];
	size_t at[RIDDLE_SLOTS] = { 0 }, slot;
	struct word texts[RIDDLE_SLOTS];

	for (size_t i = 0; i < riddle->slots; i++) {
		list_tries(riddle, i, &tries[i]);
		texts[i] = tries[i].texts[0];
	}
	do {
		if (guess_free(riddle, texts))
			return true;
		for (slot = 0; slot < riddle->slots; slot++) {
			at[slot] = (at[slot] + 1) % tries[slot].count;
			texts[slot] = tries[slot].texts[at[slot]];
			if (at[slot] != 0)
				break;
		}
	} while (slot < riddle->slots);
	return false;
}

static void
complain(const struct run *run, uint64_t seed, const char *what,
    const struct riddle *riddle, const struct word *texts)
{
	if (run->false_models + run->false_refusals + run->mismatches +
	    run->false_cores > SHOWN_MAX)
		return;
	printf("# seed %" PRIu64 ": %s\n", seed, what);
	riddle_print(riddle);
	for (size_t i = 0; texts != NULL && i < riddle->slots; i++)
		printf("# text %zu: %s%.*s\n", i,
		    texts[i].text == NULL ? "absent" : "",
		    (int)texts[i].length, texts[i].text == NULL ? "" :
		    texts[i].text);
}

static void
check_model(struct run *run, uint64_t seed, struct riddle *riddle,
    struct search *search, const struct word *texts)
{
	for (size_t i = 0; i < riddle->leaf_count; i++)
		riddle->leaves[i].value = search_value(search,
		    riddle->leaves[i].formula);
	if (riddle_holds(riddle, texts))
		return;
	run->false_models++;
	complain(run, seed, "this is no model", riddle, texts);
}

/*
 * The root and its negation, and leaves as they come, as assumptions of the
 * same search: it has learned much by now.  What it calls a core must be one
 * for a search that knows nothing.
 */
static void
check_core(struct run *run, uint64_t seed, struct riddle *riddle,
    struct search *search)
{
	int assumptions[RIDDLE_LEAVES + 1], core[RIDDLE_LEAVES + 1];
	size_t count = riddle->leaf_count;
	struct search_result result;
	uint64_t budget = BUDGET;
	bool minimal;

	for (size_t i = 0; i < count; i++)
		assumptions[i] = (seed >> i & 1 ? 1 : -1) *
		    riddle->leaves[i].formula;
	result = search_solve(search, riddle->root, assumptions, count,
	    BUDGET);
	if (result.answer != SEARCH_UNSATISFIABLE)
		return;
	count = result.core_count;
	for (size_t i = 0; i < count; i++)
		core[i] = result.core[i];
	count = search_minimise(search, riddle->root, core, count, &budget,
	    &minimal);
	search = search_new(run->arena, riddle->universe);
	result = search_solve(search, riddle->root, core, count, BUDGET);
	if (result.answer != SEARCH_SATISFIABLE)
		return;
	run->false_cores++;
	complain(run, seed, "this is no core", riddle, NULL);
}

static void
solve(struct run *run, uint64_t seed)
{
	struct search_result result;
	struct riddle riddle;
	struct search *search;

	arena_reset(run->arena);
	riddle_init(&riddle, run->arena, seed);
	search = search_new(run->arena, riddle.universe);
	result = search_solve(search, riddle.root, NULL, 0, BUDGET);
	run->answers[result.answer]++;
	run->steps += result.steps;
	if (run->sample.print)
		complain(run, seed, "asked for", &riddle, result.texts);
	if (result.reason == SEARCH_MISMATCH) {
		run->mismatches++;
		complain(run, seed, "mismatch", &riddle, NULL);
	} else if (result.answer == SEARCH_SATISFIABLE) {
		check_model(run, seed, &riddle, search, result.texts);
	} else if (guess(&riddle)) {
		run->missed += result.answer == SEARCH_UNDECIDED;
		run->false_refusals += result.answer == SEARCH_UNSATISFIABLE;
		if (result.answer == SEARCH_UNSATISFIABLE)
			complain(run, seed, "there is a model", &riddle, NULL);
	}
	check_core(run, seed, &riddle, search);
}

static bool
print_point(int number, bool holds, const char *claim)
{
	printf("%sok %d - %s\n", holds ? "" : "not ", number, claim);
	return holds;
}

static bool
print_points(const struct run *run)
{
	bool holds = print_point(1, run->false_models == 0,
	    "every model is one");

	holds &= print_point(2, run->false_refusals == 0,
	    "what is unsatisfiable has no model of short texts");
	holds &= print_point(3, run->mismatches == 0, "no mismatch");
	holds &= print_point(4, run->false_cores == 0, "every core is one");
	/* One in two hundred, where values of slots stand in texts. */
	holds &= print_point(5, run->answers[SEARCH_UNDECIDED] * 200 <=
	    run->sample.count, "few are undecided");
	printf("# %" PRIu64 " riddles: %" PRIu64 " satisfiable, %" PRIu64
	    " unsatisfiable, %" PRIu64 " undecided (%" PRIu64
	    " of them have a model), %" PRIu64 " steps\n1..5\n",
	    run->sample.count,
	    run->answers[SEARCH_SATISFIABLE],
	    run->answers[SEARCH_UNSATISFIABLE],
	    run->answers[SEARCH_UNDECIDED], run->missed, run->steps);
	return holds;
}

int
main(int argc, char **argv)
{
	struct run run = { .arena = arena_new(), .sample = { .count = 5000 } };
	bool holds;

	if (run.arena == NULL)
		errx(1, "no memory");
	sample_read(&run.sample, argc, argv);
	for (uint64_t i = 0; i < run.sample.count; i++)
		solve(&run, run.sample.seed + i);
	holds = print_points(&run);
	arena_free(run.arena);
	return !holds;
}
