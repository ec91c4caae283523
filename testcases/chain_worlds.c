/* SPDX-License-Identifier: MIT */
/*
 * Holds what the prover says of chains against all chains of random small
 * worlds, and speaks TAP.
 *
 *	chain_worlds [-n COUNT] [-p] [-s SEED]
 *
 * Each world has a seed of its own.  Trust policies ask for source identities
 * and for tags, of which some are transitive; some promises speak of all three
 * calls, and others of what goes in and what comes out.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>

#include "simulator/proof.h"
#include "simulator/suite.h"
#include "testcases/caravan.h"
#include "testcases/coverage.h"
#include "testcases/hamlet.h"
#include "testcases/sample.h"

enum {
	PROMISES = 6,			/* of one world */
	SHOWN_MAX = 5,
	BUDGET = 5000000
};

enum {
	WRONG_HOLDS,			/* a chain says otherwise */
	WRONG_BROKEN,			/* none does */
	WRONG_UNDECIDED,
	WRONG_COUNT
};

struct run {
	struct arena		*arena;
	struct sample		 sample;
	struct coverage		 coverage;
	uint64_t		 wrong[WRONG_COUNT];
};

struct visit {
	struct run		*run;
	uint64_t		 seed;
	struct dice		 dice;
	struct assumptions	 assumptions;
	struct court		 court;
	struct caravan		 caravan;
	struct caravan_promise	 promises[PROMISES];
	bool			 lively[PROMISES];	/* some, not never or every */
	struct writing		 estate, text;
};

/* Tests. */

static const char *const keys[CARAVAN_KEYS] = {
	"aws:SourceIdentity", "sts:SourceIdentity", "aws:PrincipalTag/team",
	"aws:PrincipalTag/Unit", "aws:RequestTag/Team", "aws:RequestTag/unit",
	"sts:TransitiveTagKeys",
};

static const char *const tags[CARAVAN_TAGS] = { "team", "unit" };

/* What tests are about, since those about one thing meet. */
static const unsigned topics[] = {
	(1 << CARAVAN_KEYS) - 1,
	1 << CARAVAN_IDENTITY | 1 << CARAVAN_SET,
	1 << CARAVAN_TAG | 1 << CARAVAN_PASSED | 1 << CARAVAN_TRANSITIVE,
	3 << CARAVAN_TAG | 3 << CARAVAN_PASSED | 1 << CARAVAN_TRANSITIVE,
};

/* Calls that make no session pass nothing. */
static enum caravan_key
draw_key(struct dice *dice, size_t call, unsigned topic)
{
	size_t key;

	if (call == CARAVAN_CALLS - 1)
		topic &= 1 << CARAVAN_IDENTITY | 3 << CARAVAN_TAG;
	do
		key = dice_get(dice, CARAVAN_KEYS);
	while ((topic >> key & 1) == 0);
	return (enum caravan_key)key;
}

static struct caravan_test
draw_test(struct dice *dice, size_t call, unsigned topic)
{
	struct caravan_test test = { .call = call,
	    .key = draw_key(dice, call, topic) };

	if (test.key == CARAVAN_TRANSITIVE) {
		test.operator = dice_holds(dice, 70) ? CARAVAN_EQUALS :
		    CARAVAN_DIFFERS;
		test.value = (unsigned)dice_get(dice, CARAVAN_TAGS);
		return test;
	}
	test.operator = dice_holds(dice, 50) ? CARAVAN_EQUALS :
	    (enum caravan_operator)dice_get(dice, CARAVAN_PRESENT + 1);
	test.value = 1 + (unsigned)dice_get(dice, caravan_values[test.key] -
	    2);
	return test;
}

/* Of tags and identities, the n-th is a, b, ... */
static char
value_of(const struct caravan_test *test)
{
	return (char)('a' + test->value - 1);
}

static void
print_policy_test(struct writing *writing, const struct caravan_test *test)
{
	const char *key = keys[test->key];

	writing_add(writing, ",\"Condition\":{");
	if (test->key == CARAVAN_TRANSITIVE)
		writing_add(writing, "\"%s\":{\"%s\":\"%s\"}}", test->operator
		    == CARAVAN_EQUALS ? "ForAnyValue:StringEqualsIgnoreCase" :
		    "ForAllValues:StringNotEqualsIgnoreCase", key,
		    tags[test->value]);
	else if (test->operator == CARAVAN_EQUALS ||
	    test->operator == CARAVAN_DIFFERS)
		writing_add(writing, "\"%s\":{\"%s\":\"%c\"}}", test->operator
		    == CARAVAN_EQUALS ? "StringEquals" : "StringNotEquals",
		    key, value_of(test));
	else
		writing_add(writing, "\"Null\":{\"%s\":\"%s\"}}", key,
		    test->operator == CARAVAN_ABSENT ? "true" : "false");
}

static void
print_promise_test(struct writing *writing, const struct caravan_test *test)
{
	static const char *const calls[CARAVAN_CALLS] = { "first", "second",
	    "third" };
	const char *key = keys[test->key];

	writing_add(writing, " %s", calls[test->call]);
	if (test->key == CARAVAN_TRANSITIVE)
		writing_add(writing, "%s ForAnyValue:StringEqualsIgnoreCase "
		    "%s %s", test->operator == CARAVAN_EQUALS ? "" : " not",
		    key, tags[test->value]);
	else if (test->operator == CARAVAN_EQUALS ||
	    test->operator == CARAVAN_DIFFERS)
		writing_add(writing, "%s StringEquals %s %c", test->operator
		    == CARAVAN_EQUALS ? "" : " not", key, value_of(test));
	else
		writing_add(writing, " Null %s %s", key, test->operator ==
		    CARAVAN_ABSENT ? "true" : "false");
}

/* Worlds. */

static void
print_actions(struct writing *writing, unsigned actions)
{
	static const char *const names[] = { "sts:AssumeRole",
	    "sts:TagSession", "sts:SetSourceIdentity", "s3:ListBucket" };
	const char *comma = "";

	writing_add(writing, "\"Action\":[");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if ((actions >> i & 1) == 0)
			continue;
		writing_add(writing, "%s\"%s\"", comma, names[i]);
		comma = ",";
	}
	writing_add(writing, "]");
}

static void
add_rule(struct visit *visit, size_t call, struct caravan_rule rule)
{
	static const char *const about[CARAVAN_CALLS] = {
	    "\"Principal\":{\"AWS\":["
	    "\"arn:aws:iam::111111111111:user/ann\","
	    "\"arn:aws:iam::111111111111:role/zero\"]}",
	    "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:role/one\"}",
	    "\"Resource\":\"*\"" };
	size_t *count = &visit->caravan.counts[call];
	struct writing *writing = &visit->estate;

	if (dice_holds(&visit->dice, rule.deny ? 90 : 30)) {
		rule.tested = true;
		rule.test = draw_test(&visit->dice, call, topics[0]);
	}
	writing_add(writing, "%s{\"Effect\":\"%s\",%s,", *count == 0 ? "" :
	    ",", rule.deny ? "Deny" : "Allow", about[call]);
	print_actions(writing, rule.actions);
	if (rule.tested)
		print_policy_test(writing, &rule.test);
	writing_add(writing, "}");
	visit->caravan.rules[call][(*count)++] = rule;
}

static void
add_document(struct visit *visit, size_t call)
{
	static const unsigned beside[] = { CARAVAN_TAG_SESSION,
	    CARAVAN_SET_IDENTITY };
	bool reads = call == CARAVAN_CALLS - 1;

	writing_add(&visit->estate, "{\"Version\":\"2012-10-17\","
	    "\"Statement\":[");
	add_rule(visit, call, (struct caravan_rule){ .actions = reads ?
	    CARAVAN_READ : CARAVAN_ASSUME });
	for (size_t i = 0; !reads && i < 2; i++)
		if (dice_holds(&visit->dice, 80))
			add_rule(visit, call, (struct caravan_rule){
			    .actions = beside[i] });
	if (dice_holds(&visit->dice, 40))
		add_rule(visit, call, (struct caravan_rule){ .deny = true,
		    .actions = reads ? CARAVAN_READ : 1 + (unsigned)dice_get(
		    &visit->dice, CARAVAN_READ - 1) });
	writing_add(&visit->estate, "]}");
}

static void
add_role(struct visit *visit, size_t call, const char *name)
{
	unsigned *values = visit->caravan.role_tags[call];

	writing_add(&visit->estate, ",\"arn:aws:iam::111111111111:role/%s\":"
	    "{\"tags\":{", name);
	if (dice_holds(&visit->dice, 30)) {
		values[0] = 1;
		writing_add(&visit->estate, "\"TEAM\":\"a\"");
	}
	writing_add(&visit->estate, "},\"trust\":");
	add_document(visit, call);
	if (call == CARAVAN_CALLS - 2) {
		writing_add(&visit->estate, ",\"identity\":[");
		add_document(visit, call + 1);
		writing_add(&visit->estate, "]");
	}
	writing_add(&visit->estate, "}");
}

static void
add_world(struct visit *visit)
{
	writing_add(&visit->estate, "{\"schema\":\"sekisho.estate/1\","
	    "\"accounts\":{\"111111111111\":{}},\"principals\":{"
	    "\"arn:aws:iam::111111111111:user/ann\":{},"
	    "\"arn:aws:iam::111111111111:role/zero\":"
	    "{\"trust\":\"unknown\"}");
	add_role(visit, 0, "one");
	add_role(visit, 1, "two");
	writing_add(&visit->estate, "},\"resources\":{\"arn:aws:s3:::b\":"
	    "{\"account\":\"111111111111\"}}}");
	*list_add(visit->run->arena, &visit->estate.text) = '\0';
}

/* Promises. */

static struct caravan_test
draw_promised(struct visit *visit, const struct caravan_promise *promise,
    unsigned topic)
{
	return draw_test(&visit->dice, dice_get(&visit->dice,
	    promise->calls), topic);
}

static void
add_promise(struct visit *visit, size_t number)
{
	static const char *const words[] = { "never", "some", "every" };
	struct caravan_promise *promise = &visit->promises[number];
	size_t word = dice_get(&visit->dice, 3);
	unsigned topic = dice_pick(&visit->dice, topics);
	struct writing *writing = &visit->text;

	visit->lively[number] = word == 1;
	promise->calls = dice_holds(&visit->dice, 25) ? 2 : 3;
	promise->session = dice_holds(&visit->dice, 40);
	writing_add(writing, "guarantee G%zu chain\n  %s allowed "
	    "sts:AssumeRole on one by %s then sts:AssumeRole on two%s\n",
	    number, words[word], promise->session ? "session of zero" :
	    "ann", promise->calls == 3 ? " then s3:ListBucket" : "");
	promise->count = 1 + dice_get(&visit->dice, CARAVAN_TESTS_MAX);
	for (size_t i = 0; i < promise->count; i++) {
		promise->where[i] = draw_promised(visit, promise, topic);
		writing_add(writing, i == 0 ? "  where" : " and");
		print_promise_test(writing, &promise->where[i]);
	}
	promise->must = word == 2;
	if (promise->must) {
		promise->rest = draw_promised(visit, promise, topic);
		writing_add(writing, "\n  must");
		print_promise_test(writing, &promise->rest);
	}
	writing_add(writing, "\n");
}

static const struct suite *
read_promises(struct visit *visit)
{
	struct arena *arena = visit->run->arena;
	const struct suite *suite;
	const struct source *source;
	struct report report;

	for (size_t i = 0; i < PROMISES; i++)
		add_promise(visit, i);
	*list_add(arena, &visit->text.text) = '\0';
	source = source_new(arena, "promises", visit->text.text.items,
	    visit->text.text.count - 1);
	report_init(&report, arena, source);
	suite = suite_read(arena, source, &report);
	if (report.findings.count > 0)
		errx(1, "%s: %s", visit->text.text.items,
		    report.findings.items[0].message);
	return suite;
}

/* Comparing. */

static void
show(struct visit *visit, unsigned wrong, const struct guarantee *guarantee,
    const struct proof *proof)
{
	if (visit->run->wrong[wrong]++ < SHOWN_MAX)
		printf("# seed %" PRIu64 ": %s %s: %s# %s\n", visit->seed,
		    proof_verdict_name(proof->verdict), proof->reason == NULL
		    ? "" : proof->reason, guarantee_text(visit->run->arena,
		    guarantee), visit->estate.text.items);
}

static void
compare(struct visit *visit, const struct guarantee *guarantee, size_t number)
{
	const struct proof_options options = { .budget = BUDGET };
	bool found = caravan_find(&visit->caravan, &visit->promises[number]);
	bool kept = found == visit->lively[number];
	struct proof proof;

	proof_make(visit->run->arena, &visit->court, guarantee, &options,
	    &proof);
	coverage_count(&visit->run->coverage,
	    visit->lively[number] ? "some" : "all",
	    proof_verdict_name(proof.verdict), true);
	if (proof.verdict == PROOF_UNDECIDED)
		show(visit, WRONG_UNDECIDED, guarantee, &proof);
	else if (kept != (proof.verdict == PROOF_HOLDS))
		show(visit, kept ? WRONG_BROKEN : WRONG_HOLDS, guarantee,
		    &proof);
	else if (visit->run->sample.print)
		printf("# %" PRIu64 " %s: %s", visit->seed,
		    proof_verdict_name(proof.verdict), guarantee_text(
		    visit->run->arena, guarantee));
}

static void
try_seed(struct run *run, uint64_t seed)
{
	struct visit visit = { .run = run, .seed = seed,
	    .estate = { .arena = run->arena }, .text = { .arena =
	    run->arena } };
	const struct suite *suite;

	dice_init(&visit.dice, seed);
	visit.caravan.unsaid = dice_holds(&visit.dice, 30);
	visit.assumptions.choice[ASSUME_trust_11] = visit.caravan.unsaid;
	visit.court = (struct court){ .catalog = &catalog_builtin,
	    .assumptions = &visit.assumptions };
	add_world(&visit);
	if (!hamlet_court(run->arena, visit.estate.text.items, &visit.court))
		errx(1, "%s: no estate", visit.estate.text.items);
	suite = read_promises(&visit);
	for (size_t i = 0; i < suite->guarantees.count; i++)
		compare(&visit, &suite->guarantees.items[i], i);
}

static int
print_points(const struct run *run)
{
	static const char *const points[WRONG_COUNT] = {
		[WRONG_HOLDS] = "no chain refutes what holds",
		[WRONG_BROKEN] = "some chain breaks what is broken",
		[WRONG_UNDECIDED] = "the prover gives no promise up",
	};
	bool failed = false;

	for (unsigned i = 0; i < WRONG_COUNT; i++) {
		printf("%sok %u - %s (%" PRIu64 " times otherwise)\n",
		    run->wrong[i] == 0 ? "" : "not ", i + 1, points[i],
		    run->wrong[i]);
		failed |= run->wrong[i] > 0;
	}
	coverage_print(&run->coverage);
	printf("1..%d\n", WRONG_COUNT);
	return failed;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new(), *facts = arena_new();
	struct run run = { .arena = arena, .sample = { .count = 100 } };
	int status;

	if (arena == NULL || facts == NULL)
		errx(1, "no memory");
	sample_read(&run.sample, argc, argv);
	run.coverage.arena = facts;
	for (uint64_t i = 0; i < run.sample.count; i++) {
		arena_reset(arena);
		try_seed(&run, run.sample.seed + i);
	}
	status = print_points(&run);
	arena_free(arena);
	arena_free(facts);
	return status;
}
