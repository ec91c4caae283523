/* SPDX-License-Identifier: MIT */
/*
 * Holds the engine of the prover against Z3 on random formulas, and speaks
 * TAP.  For developers: no test needs Z3.
 *
 *	second_opinion [-n COUNT] [-p] [-s SEED]
 *
 * The riddles are those of `riddles', seed by seed.  Models of Z3 are held
 * against the definition, leaf by leaf, and those of the engine are put to
 * Z3, so that a mistake in what is written for it comes to light, too.
 * -p prints it.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>

#include "simulator/search.h"
#include "testcases/oracle.h"
#include "testcases/riddle.h"
#include "testcases/riddle_smt.h"
#include "testcases/sample.h"

enum {
	SHOWN_MAX = 5,
	BUDGET = 1000000
};

struct run {
	struct arena	*arena;
	struct sample	 sample;
	struct oracle	 oracle;
	/* By enum search_answer and enum oracle_verdict. */
	uint64_t	 answers[3][ORACLE_CONFUSED + 1];
	uint64_t	 passed_over;		/* cannot be written */
	uint64_t	 disagreements;
	uint64_t	 models, false_models;		/* of Z3 */
	uint64_t	 pinned, refused, left_open;	/* of the engine */
};

static void
complain(const struct run *run, uint64_t seed, const char *what,
    const struct riddle *riddle, const struct word *texts)
{
	if (run->disagreements + run->false_models + run->refused > SHOWN_MAX)
		return;
	printf("# seed %" PRIu64 ": %s\n", seed, what);
	riddle_print(riddle);
	for (size_t i = 0; texts != NULL && i < riddle->slots; i++)
		printf("# text %zu: %s%.*s\n", i,
		    texts[i].text == NULL ? "none" : "",
		    (int)texts[i].length, texts[i].text == NULL ? "" :
		    texts[i].text);
}

/* Claims about numbers of any kind are Z3's own business. */
static bool
is_of_text(const struct riddle *riddle, const struct leaf *leaf)
{
	return leaf->kind != LEAF_FREE &&
	    riddle_smt_is_text(riddle, leaf->slot);
}

/* What Z3 says of each text is so by definition, and solves the riddle.  Of
 * functions that are recursive it does not always say what they come to. */
static bool
is_model(const struct riddle *riddle, const struct riddle_smt_model *model)
{
	bool leaves[RIDDLE_LEAVES];

	for (size_t i = 0; i < riddle->slots; i++)
		if (model->texts[i].text != NULL && !universe_admits(
		    riddle->universe, i, model->texts[i]))
			return false;
	for (size_t i = 0; i < riddle->leaf_count; i++) {
		leaves[i] = is_of_text(riddle, &riddle->leaves[i]) ?
		    riddle_leaf_holds(riddle, i, model->texts) :
		    model->leaves[i];
		if (model->said[i] && model->leaves[i] != leaves[i])
			return false;
	}
	return riddle_follows(riddle, leaves);
}

static void
check_model(struct run *run, uint64_t seed, const struct riddle *riddle)
{
	struct riddle_smt_model model = { .leaves = { false } };
	const char *answer;
	bool read;

	riddle_smt_ask(riddle, run->oracle.question);
	answer = oracle_listen(&run->oracle);
	read = answer != NULL && riddle_smt_read(riddle, answer, &model);
	run->models++;
	if (read && is_model(riddle, &model))
		return;
	run->false_models++;
	complain(run, seed, read ? "this is no model" :
	    "that cannot be read as a model", riddle, model.texts);
	if (!read && answer != NULL)
		printf("# %s\n", answer);
}

static enum oracle_verdict
ask(struct run *run, const struct riddle *riddle, const struct word *texts)
{
	FILE *question = oracle_begin(&run->oracle);

	riddle_smt_write(riddle, question);
	if (texts != NULL)
		riddle_smt_pin(riddle, texts, question);
	return oracle_judge(&run->oracle);
}

/* With all texts given this is hardly more than evaluation. */
static void
check_texts(struct run *run, uint64_t seed, const struct riddle *riddle,
    const struct word *texts)
{
	enum oracle_verdict verdict = ask(run, riddle, texts);

	run->pinned += verdict == ORACLE_SATISFIABLE;
	run->left_open += verdict == ORACLE_UNKNOWN;
	if (verdict == ORACLE_SATISFIABLE || verdict == ORACLE_UNKNOWN)
		return;
	run->refused++;
	complain(run, seed, "Z3 refuses these texts", riddle, texts);
}

/* What one of them does not know, line by line: for whoever wants to. */
static void
mention(uint64_t seed, enum search_answer answer, enum oracle_verdict verdict)
{
	static const char *const answers[] = { [SEARCH_UNDECIDED] = "undecided",
	    [SEARCH_UNSATISFIABLE] = "unsatisfiable",
	    [SEARCH_SATISFIABLE] = "satisfiable" };
	static const char *const verdicts[] = { [ORACLE_UNKNOWN] = "unknown",
	    [ORACLE_UNSATISFIABLE] = "unsatisfiable",
	    [ORACLE_SATISFIABLE] = "satisfiable",
	    [ORACLE_CONFUSED] = "confusing" };

	if (answer == SEARCH_UNDECIDED || verdict == ORACLE_UNKNOWN)
		printf("# seed %" PRIu64 ": %s, for Z3 %s\n", seed,
		    answers[answer], verdicts[verdict]);
}

static void
compare(struct run *run, uint64_t seed, const struct riddle *riddle,
    const struct search_result *result)
{
	enum oracle_verdict verdict = ask(run, riddle, NULL);
	bool satisfiable = result->answer == SEARCH_SATISFIABLE;

	run->answers[result->answer][verdict]++;
	mention(seed, result->answer, verdict);
	if (verdict == ORACLE_SATISFIABLE)
		check_model(run, seed, riddle);
	if (satisfiable)
		check_texts(run, seed, riddle, result->texts);
	if (verdict == ORACLE_UNKNOWN || (verdict != ORACLE_CONFUSED &&
	    (result->answer == SEARCH_UNDECIDED ||
	    satisfiable == (verdict == ORACLE_SATISFIABLE))))
		return;
	run->disagreements++;
	complain(run, seed, verdict == ORACLE_CONFUSED ?
	    "Z3 does not understand it" : satisfiable ?
	    "satisfiable, but not for Z3" : "satisfiable for Z3 only", riddle,
	    satisfiable ? result->texts : NULL);
}

static void
solve(struct run *run, uint64_t seed)
{
	struct search_result result;
	struct riddle riddle;

	arena_reset(run->arena);
	riddle_init(&riddle, run->arena, seed);
	if (run->sample.print) {
		riddle_print(&riddle);
		riddle_smt_write(&riddle, stdout);
	}
	if (!riddle_smt_can(&riddle)) {
		run->passed_over++;
		return;
	}
	result = search_solve(search_new(run->arena, riddle.universe),
	    riddle.root, NULL, 0, BUDGET);
	compare(run, seed, &riddle, &result);
}

static bool
print_point(int number, bool holds, const char *claim)
{
	printf("%sok %d - %s\n", holds ? "" : "not ", number, claim);
	return holds;
}

static void
print_row(const char *name, const uint64_t *answers)
{
	printf("# %s: Z3 says satisfiable %" PRIu64 ", unsatisfiable %" PRIu64
	    ", unknown %" PRIu64 "\n", name, answers[ORACLE_SATISFIABLE],
	    answers[ORACLE_UNSATISFIABLE], answers[ORACLE_UNKNOWN]);
}

static bool
print_points(const struct run *run)
{
	bool holds = print_point(1, run->disagreements == 0,
	    "what is satisfiable for one is so for the other");

	holds &= print_point(2, run->false_models == 0,
	    "every model of Z3 is one");
	holds &= print_point(3, run->refused == 0,
	    "every model of the engine is one for Z3");
	printf("# %" PRIu64 " riddles from %" PRIu64 " on, %" PRIu64
	    " of them passed over\n", run->sample.count, run->sample.seed,
	    run->passed_over);
	print_row("satisfiable", run->answers[SEARCH_SATISFIABLE]);
	print_row("unsatisfiable", run->answers[SEARCH_UNSATISFIABLE]);
	print_row("undecided", run->answers[SEARCH_UNDECIDED]);
	printf("# %" PRIu64 " models of Z3; of the engine's Z3 takes %" PRIu64
	    " and leaves %" PRIu64 " open\n1..3\n", run->models, run->pinned,
	    run->left_open);
	return holds;
}

int
main(int argc, char **argv)
{
	char *command[] = { "z3", "-in", "-memory:2000", NULL };
	static struct run run = { .sample = { .count = 1000 } };
	bool holds;

	run.arena = arena_new();
	if (run.arena == NULL)
		errx(1, "no memory");
	sample_read(&run.sample, argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	oracle_init(&run.oracle, command);
	for (uint64_t i = 0; i < run.sample.count; i++)
		solve(&run, run.sample.seed + i);
	holds = print_points(&run);
	oracle_close(&run.oracle);
	arena_free(run.arena);
	return !holds;
}
