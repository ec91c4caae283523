/* SPDX-License-Identifier: MIT */
/* The stages of a mutant's life, the cheapest first. */
#include "config.h"

#include "simulator/lesson.h"
#include "simulator/survival.h"

/* One suite, with the mutant in its court. */
struct bench {
	const struct survival_suite	*suite;
	struct mutation			 mutation;	/* of its own estate */
	struct court			 court;
	struct rehearsal_stage		 stage;
	struct rehearsal_options	 options;
	struct ordeal			*ordeal;
};

struct ordeal {
	struct arena			*arena;
	struct bench			*benches;
	size_t				 count;
	struct survival			*survival;
	bool				 equivalent;	/* the documents are */
	bool				 undecided;	/* some guarantee is */
};

const char *
survival_verdict_name(enum survival_verdict verdict)
{
	static const char *const names[] = {
		[SURVIVAL_SURVIVED] = "survived",
		[SURVIVAL_UNDECIDED] = "undecided",
		[SURVIVAL_MASKED] = "masked",
		[SURVIVAL_EQUIVALENT] = "equivalent",
		[SURVIVAL_KILLED] = "killed",
	};

	return names[verdict];
}

/* Benches. */

/* Documents that a test lays over the estate lie over the mutant, too. */
static const struct court *
overlay(void *context, const struct phrases *documents,
    struct question_fault *fault)
{
	const struct bench *bench = context;
	const struct rehearsal_stage *stage = bench->suite->options->stage;
	const struct court *court = stage->overlay(stage->context, documents,
	    fault);
	struct court *both;

	if (court == NULL)
		return NULL;
	both = arena_alloc(bench->ordeal->arena, sizeof(*both));
	*both = *court;
	both->archive = mutation_archive(bench->ordeal->arena, court,
	    &bench->mutation);
	return both;
}

static void
set_bench(struct ordeal *ordeal, struct bench *bench,
    const struct survival_suite *suite, const struct mutation *mutation)
{
	const struct estate *estate = suite->court->estate;

	*bench = (struct bench){ .suite = suite, .mutation = *mutation,
	    .court = *suite->court, .options = *suite->options,
	    .ordeal = ordeal };
	bench->mutation.reference =
	    estate->references[mutation->reference->number];
	bench->court.archive = mutation_archive(ordeal->arena, suite->court,
	    &bench->mutation);
	bench->stage = (struct rehearsal_stage){ .context = bench,
	    .overlay = overlay };
	if (suite->options->stage != NULL)
		bench->options.stage = &bench->stage;
}

/* Tests. */

static bool
note_killer(const struct bench *bench, size_t index)
{
	struct ordeal *ordeal = bench->ordeal;

	ordeal->survival->suite = (size_t)(bench - ordeal->benches);
	ordeal->survival->killer = index;
	return true;
}

static bool
is_killed_by_tests(const struct bench *bench)
{
	const struct rehearsal *rehearsal = bench->suite->rehearsal;
	struct rehearsal mine = { .cases = { .count = 0 } };

	for (size_t i = 0; i < rehearsal->cases.count; i++) {
		const struct rehearsal_case *it = &rehearsal->cases.items[i];

		/* without a story it is the linter's, who reads files */
		if (it->story == NULL || it->outcome != OUTCOME_PASSED)
			continue;
		rehearsal_add_expectation(bench->ordeal->arena, &bench->court,
		    it->test, it->expectation, &bench->options, &mine);
		if (mine.counts[OUTCOME_PASSED] != mine.cases.count)
			return note_killer(bench, i);
	}
	return false;
}

/* Documents. */

/* Its Deny statements alone: what others beside it allow, they stop. */
static const struct charter *
denials_of(struct ordeal *ordeal, const struct charter *charter)
{
	struct charter *denials = arena_alloc(ordeal->arena,
	    sizeof(*denials));
	struct clause *clauses = arena_array(ordeal->arena, charter->count,
	    sizeof(*clauses));

	*denials = *charter;
	denials->clauses = clauses;
	denials->count = 0;
	denials->roll = NULL;
	for (size_t i = 0; i < charter->count; i++)
		if (charter->clauses[i].effect == EFFECT_DENY)
			clauses[denials->count++] = charter->clauses[i];
	return denials;
}

static enum change_verdict
compare_charters(struct ordeal *ordeal, enum layer layer,
    const struct charter *from, const struct charter *to)
{
	const struct change_options options = {
		.budget = ordeal->benches[0].suite->budget, .most = 1,
		.premises = change_premises(layer) &
		    ~ordeal->benches[0].options.proof.without };
	struct change_answer change;

	change_find(ordeal->arena, ordeal->benches[0].suite->court, layer, from, to,
	    &options, &change);
	ordeal->survival->bug |= change.bug;
	return change.verdict;
}

/*
 * What one of them allows and the other does not, in whatever layer, and
 * whatever other documents stand beside it there: those may allow a request
 * or not, so both is asked.
 */
static bool
allows_more(struct ordeal *ordeal, const struct court *from,
    const struct court *to)
{
	const struct mutation *mutation = &ordeal->benches[0].mutation;

	for (enum layer layer = 0; layer < LAYER_COUNT; layer++) {
		const struct charter *old, *new;

		if ((mutation->layers >> layer & 1) == 0)
			continue;
		old = archive_charter(from->archive, ordeal->arena,
		    mutation->reference, layer);
		new = archive_charter(to->archive, ordeal->arena,
		    mutation->reference, layer);
		if (compare_charters(ordeal, layer, old, new) !=
		    CHANGE_NOTHING || compare_charters(ordeal, layer,
		    denials_of(ordeal, old), denials_of(ordeal, new)) !=
		    CHANGE_NOTHING)
			return true;
	}
	return false;
}

/* Decisions. */

/* Without another document nothing is decided otherwise. */
static enum change_verdict
compare_calls(struct ordeal *ordeal, const struct court *from,
    const struct court *to, enum expectation_kind kind, struct survival_call *call)
{
	const struct change_options options = {
		.budget = ordeal->benches[0].suite->budget, .most = 1,
		.premises = ~ordeal->benches[0].options.proof.without };
	struct change_calls calls;

	if (!allows_more(ordeal, from, to))
		return CHANGE_NOTHING;
	ordeal->equivalent = false;
	change_find_calls(ordeal->arena, from, to, &options, &calls);
	ordeal->survival->bug |= calls.bug;
	if (calls.verdict == CHANGE_UNDECIDED &&
	    ordeal->survival->reason == NULL)
		ordeal->survival->reason = calls.reason;
	if (calls.list.count > 0) {
		call->says = lesson_call(ordeal->arena,
		    &calls.list.items[0].allowed);
		call->lesson = lesson_find(ordeal->arena, to, from,
		    &calls.list.items[0].allowed, kind);
	}
	return calls.verdict;
}

static void
compare(struct ordeal *ordeal)
{
	struct survival *survival = ordeal->survival;
	const struct court *old = ordeal->benches[0].suite->court;
	const struct court *new = &ordeal->benches[0].court;

	ordeal->equivalent = true;
	survival->gained = compare_calls(ordeal, old, new, EXPECT_DENY,
	    &survival->gain);
	survival->lost = compare_calls(ordeal, new, old, EXPECT_ALLOW,
	    &survival->loss);
}

/* Guarantees. */

/* The promise might be kept no more, or again. */
static bool
matters(const struct bench *bench, const struct guarantee *promise)
{
	layer_set layers = bench->mutation.layers;
	bool lively = promise->quantifier == GUARANTEE_SOME ||
	    promise->quantifier == GUARANTEE_EACH;
	/* premises speak of trust policies, whatever the promise does */
	layer_set premised = LAYER_SET(TRUST) & ~promise->assuming;

	if (!promise->allowed && !lively)
		return (layers & premised) != 0;
	if (promise->by_layer)
		return (layers & (1u << promise->layer | premised)) != 0;
	if (promise->assuming != 0)
		return (layers & ~promise->assuming) != 0;
	return (lively ? bench->ordeal->survival->lost :
	    bench->ordeal->survival->gained) != CHANGE_NOTHING;
}

static bool
any_matters(const struct bench *bench, const struct rehearsal_case *it)
{
	if (it->expected_broken)
		return true;
	for (const struct guarantee *promise = it->guarantee; promise != NULL;
	    promise = promise->also)
		if (matters(bench, promise))
			return true;
	return false;
}

/* The one that took the fewest steps, of those that are left. */
static size_t
next_guarantee(const struct rehearsal *rehearsal, const bool *done)
{
	size_t best = rehearsal->cases.count;

	for (size_t i = 0; i < rehearsal->cases.count; i++) {
		const struct rehearsal_case *it = &rehearsal->cases.items[i];

		if (it->guarantee == NULL || done[i] ||
		    it->outcome != OUTCOME_PASSED)
			continue;
		if (best == rehearsal->cases.count || it->proof->steps <
		    rehearsal->cases.items[best].proof->steps)
			best = i;
	}
	return best;
}

static bool
breaks(const struct bench *bench, const struct rehearsal_case *it)
{
	struct ordeal *ordeal = bench->ordeal;
	struct rehearsal mine = { .cases = { .count = 0 } };
	const struct proof *proof;

	rehearsal_add_guarantee(ordeal->arena, &bench->court,
	    bench->suite->suite, it->guarantee, &bench->options, &mine);
	proof = mine.cases.items[0].proof;
	ordeal->survival->bug |= proof->bug;
	if (mine.counts[OUTCOME_UNDECIDED] > 0) {
		ordeal->undecided = true;
		ordeal->survival->reason = arena_printf(ordeal->arena,
		    "%.*s: %s", (int)it->guarantee->id.length,
		    it->guarantee->id.text, proof->reason);
	}
	return mine.counts[OUTCOME_FAILED] + mine.counts[OUTCOME_FAULTY] > 0;
}

static bool
is_killed_by_guarantees(const struct bench *bench)
{
	const struct rehearsal *rehearsal = bench->suite->rehearsal;
	size_t count = rehearsal->cases.count;
	bool *done = arena_array(bench->ordeal->arena, count, sizeof(*done));

	for (size_t i = next_guarantee(rehearsal, done); i < count;
	    i = next_guarantee(rehearsal, done)) {
		done[i] = true;
		if (any_matters(bench, &rehearsal->cases.items[i]) &&
		    breaks(bench, &rehearsal->cases.items[i]))
			return note_killer(bench, i);
	}
	return false;
}

static bool
any(const struct ordeal *ordeal, bool (*kills)(const struct bench *))
{
	for (size_t i = 0; i < ordeal->count; i++)
		if (kills(&ordeal->benches[i]))
			return true;
	return false;
}

static enum survival_verdict
judge(struct ordeal *ordeal)
{
	const struct survival *survival = ordeal->survival;

	if (any(ordeal, is_killed_by_tests))
		return SURVIVAL_KILLED;
	compare(ordeal);
	if (ordeal->equivalent)
		return SURVIVAL_EQUIVALENT;
	if (any(ordeal, is_killed_by_guarantees))
		return SURVIVAL_KILLED;
	if (ordeal->undecided)
		return SURVIVAL_UNDECIDED;
	return survival->gained == CHANGE_NOTHING &&
	    survival->lost == CHANGE_NOTHING ? SURVIVAL_MASKED :
	    SURVIVAL_SURVIVED;
}

void
survival_find(struct arena *arena, const struct survival_suite *suites,
    size_t count, const struct mutation *mutation, struct survival *survival)
{
	struct ordeal ordeal = { .arena = arena, .count = count,
	    .survival = survival };

	*survival = (struct survival){ .verdict = SURVIVAL_SURVIVED };
	ordeal.benches = arena_array(arena, count, sizeof(*ordeal.benches));
	for (size_t i = 0; i < count; i++)
		set_bench(&ordeal, &ordeal.benches[i], &suites[i], mutation);
	survival->verdict = judge(&ordeal);
}
