/* SPDX-License-Identifier: MIT */
/*
 * Holds the terms on which a question is allowed against every assignment of
 * its unknown keys, in random small worlds, and speaks TAP.
 *
 *	stipulation [-n COUNT] [-p] [-s SEED]
 *
 * Each world has a seed of its own: a user with documents of three layers,
 * whose conditions ask for a few keys.  Each key takes one value of every
 * class that these conditions can tell apart, so that the assignments are all
 * there is: the terms must be met by those that decision.c allows and by no
 * other, and without any condition, or any term, they would not be.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "simulator/story.h"
#include "testcases/coverage.h"
#include "testcases/hamlet.h"
#include "testcases/sample.h"

enum {
	KEYS = 3,
	CHOICES_MAX = 10,
	VALUES_MAX = 2,
	SHOWN_MAX = 5
};

enum {
	WRONG_VERDICT,			/* never and always are neither */
	WRONG_TERMS,			/* an assignment is decided otherwise */
	WRONG_IDLE,			/* a condition or term could go */
	WRONG_REFUSED,			/* the prover gave up */
	WRONG_COUNT
};

struct choice {
	const char	*values[VALUES_MAX];
	size_t		 count;		/* 0: the key is absent */
};

/* A kind of key: what policies test it for, and its classes of values. */
struct key_kind {
	const char	*name;
	const char	*operators[10];
	const char	*operands[6];
	struct choice	 choices[CHOICES_MAX];
	size_t		 choice_count;
	bool		 listed;	/* by the catalogue, as a list */
};

#define TEXT_OPERATORS	{ "StringEquals", "StringNotEquals", "StringLike", \
	"StringNotLike", "StringEqualsIfExists", "StringNotEqualsIfExists", \
	"StringLikeIfExists", "Null" }
#define TEXT_OPERANDS	{ "a", "b", "a*", "*b" }
#define TEXT_CHOICES	{ { { NULL }, 0 }, { { "a" }, 1 }, { { "b" }, 1 }, \
	{ { "ab" }, 1 }, { { "ax" }, 1 }, { { "xb" }, 1 }, { { "x" }, 1 }, \
	{ { "a*" }, 1 }, { { "*b" }, 1 } }, 9

static const struct key_kind kinds[] = {
	{ "k:one", TEXT_OPERATORS, TEXT_OPERANDS, TEXT_CHOICES, false },
	{ "k:two", TEXT_OPERATORS, TEXT_OPERANDS, TEXT_CHOICES, false },
	{ "k:size", { "NumericLessThan", "NumericGreaterThan",
	    "NumericEquals", "NumericNotEquals",
	    "NumericGreaterThanEqualsIfExists", "NumericLessThanEquals",
	    "Null" }, { "1", "10" }, { { { NULL }, 0 }, { { "0" }, 1 },
	    { { "1" }, 1 }, { { "5" }, 1 }, { { "10" }, 1 },
	    { { "11" }, 1 }, { { "x" }, 1 } }, 7, false },
	{ "k:flag", { "Bool", "BoolIfExists", "Null" }, { "true", "false" },
	    { { { NULL }, 0 }, { { "true" }, 1 }, { { "false" }, 1 },
	    { { "x" }, 1 } }, 4, false },
	{ "k:when", { "DateLessThan", "DateGreaterThan",
	    "DateGreaterThanEqualsIfExists", "DateNotEquals" },
	    { "2024-01-01T00:00:00Z" }, { { { NULL }, 0 },
	    { { "2023-01-01T00:00:00Z" }, 1 },
	    { { "2024-01-01T00:00:00Z" }, 1 },
	    { { "2025-01-01T00:00:00Z" }, 1 }, { { "x" }, 1 } }, 5, false },
	{ "k:from", { "IpAddress", "NotIpAddress", "IpAddressIfExists" },
	    { "10.0.0.0/8", "10.1.0.0/16" }, { { { NULL }, 0 },
	    { { "10.0.0.1" }, 1 }, { { "10.1.0.1" }, 1 },
	    { { "11.0.0.1" }, 1 }, { { "x" }, 1 } }, 5, false },
	{ "aws:TagKeys", { "ForAnyValue:StringEquals",
	    "ForAllValues:StringEquals", "ForAnyValue:StringNotEquals",
	    "ForAllValues:StringNotEquals", "Null", "StringEquals" },
	    { "a", "b" }, { { { NULL }, 0 }, { { "a" }, 1 }, { { "b" }, 1 },
	    { { "x" }, 1 }, { { "a", "b" }, 2 }, { { "a", "x" }, 2 },
	    { { "b", "x" }, 2 }, { { "x", "y" }, 2 }, { { "a", "a" }, 2 },
	    { { "b", "b" }, 2 } }, 10,
	    true },
};

struct run {
	struct arena		*arena;
	struct assumptions	 assumptions;
	struct coverage		 coverage;
	struct sample		 sample;
	uint64_t		 wrong[WRONG_COUNT];
	uint64_t		 assignments, refused;
};

/* One assignment, decided. */
struct assignment {
	bool		 allowed;
	bool		*met;		/* by condition, terms in a row */
};

struct visit {
	struct run		*run;
	uint64_t		 seed;
	struct dice		 dice;
	struct writing		 text;
	const struct key_kind	*keys[KEYS];
	struct court		 court;
	struct question		 question;
	struct terms		 terms;
	LIST(struct assignment)	 all;
};

/* Policies. */

static const char *
pick(struct dice *dice, const char *const *items, size_t most)
{
	size_t count = 0;

	while (count < most && items[count] != NULL)
		count++;
	return items[dice_get(dice, count)];
}

static void
add_test(struct visit *visit, const struct key_kind *kind)
{
	const char *operator = pick(&visit->dice, kind->operators, 10);

	writing_add(&visit->text, "\"%s\":{\"%s\":[", operator, kind->name);
	if (strcmp(operator, "Null") == 0)
		writing_add(&visit->text, "\"%s\"",
		    dice_holds(&visit->dice, 50) ? "true" : "false");
	else
		writing_add(&visit->text, "\"%s\"", pick(&visit->dice,
		    kind->operands, 6));
	if (strcmp(operator, "Null") != 0 && dice_holds(&visit->dice, 25))
		writing_add(&visit->text, ",\"%s\"", pick(&visit->dice,
		    kind->operands, 6));
	writing_add(&visit->text, "]}");
}

static void
add_statement(struct visit *visit, const char *effect)
{
	size_t first = dice_get(&visit->dice, KEYS);

	writing_add(&visit->text, "{\"Effect\":\"%s\",\"Action\":\"*\","
	    "\"Resource\":\"%s\"", effect,
	    dice_holds(&visit->dice, 12) ? "arn:aws:nowhere::111111111111:a/${k:one}" :
	    "*");
	if (dice_holds(&visit->dice, 90)) {
		writing_add(&visit->text, ",\"Condition\":{");
		add_test(visit, visit->keys[first]);
		writing_add(&visit->text, "}");
	}
	writing_add(&visit->text, "}");
}

static void
add_document(struct visit *visit)
{
	size_t count = 1 + dice_get(&visit->dice, 3);

	writing_add(&visit->text, "{\"Version\":\"2012-10-17\","
	    "\"Statement\":[");
	add_statement(visit, "Allow");
	for (size_t i = 1; i < count; i++) {
		writing_add(&visit->text, ",");
		add_statement(visit, dice_holds(&visit->dice, 50) ? "Deny" :
		    "Allow");
	}
	writing_add(&visit->text, "]}");
}

static void
add_world(struct visit *visit)
{
	writing_add(&visit->text, "{\"schema\":\"sekisho.estate/1\","
	    "\"accounts\":{\"111111111111\":{}},\"organization\":{\"id\":"
	    "\"o-a1b2c3d4e5\",\"root\":{\"id\":\"r-abcd\",\"accounts\":["
	    "\"111111111111\"],\"scps\":[");
	add_document(visit);
	writing_add(&visit->text, "]}},\"principals\":{"
	    "\"arn:aws:iam::111111111111:user/ann\":{\"identity\":[");
	add_document(visit);
	writing_add(&visit->text, ",");
	add_document(visit);
	if (dice_holds(&visit->dice, 40)) {
		writing_add(&visit->text, "],\"boundary\":");
		add_document(visit);
		writing_add(&visit->text, "}}}");
	} else {
		writing_add(&visit->text, "]}}}");
	}
	*list_add(visit->text.arena, &visit->text.text) = '\0';
}

/* Questions. */

static struct phrase
phrase(const char *text)
{
	return (struct phrase){ .word = word_from(text, strlen(text)) };
}

static void
make_question(struct visit *visit)
{
	struct arena *arena = visit->run->arena;

	visit->question.principal = phrase(
	    "arn:aws:iam::111111111111:user/ann");
	visit->question.action = phrase("nowhere:Do");
	*list_add(arena, &visit->question.resources.list) =
	    phrase("arn:aws:nowhere::111111111111:a/a");
	visit->question.through.list.count = 0;
	*list_add(arena, &visit->question.through.list) = phrase("internet");
}

static void
give(struct visit *visit, struct question *question,
    const struct key_kind *kind, const struct choice *choice)
{
	struct arena *arena = visit->run->arena;
	struct given_key *key = list_add(arena, &question->keys);
	struct word *values = arena_array(arena, VALUES_MAX,
	    sizeof(*values));

	for (size_t i = 0; i < choice->count; i++)
		values[i] = word_from(choice->values[i],
		    strlen(choice->values[i]));
	*key = (struct given_key){ .name = phrase(kind->name),
	    .values = values, .count = choice->count,
	    .absent = choice->count == 0, .listed = kind->listed };
}

static size_t
count_conditions(const struct terms *terms)
{
	size_t count = 0;

	for (size_t i = 0; i < terms->list.count; i++)
		count += terms->list.items[i].list.count;
	return count;
}

static void
decide(struct visit *visit, const struct question *question)
{
	struct arena *arena = visit->run->arena;
	struct question_fault fault;
	struct assignment *one;
	struct story story;
	struct scope scope = { .assumptions = visit->court.assumptions };
	size_t at = 0;

	if (!story_ask(arena, &visit->court, question, &story, &fault))
		errx(1, "%s", fault.message);
	scope.request = &story.answer.hops[0].rulings[0].request;
	one = list_add(arena, &visit->all);
	one->allowed = story.answer.verdict == VERDICT_ALLOWED;
	one->met = arena_array(arena, count_conditions(&visit->terms),
	    sizeof(*one->met));
	for (size_t i = 0; i < visit->terms.list.count; i++) {
		const struct term *term = &visit->terms.list.items[i];

		for (size_t j = 0; j < term->list.count; j++)
			one->met[at++] = (test_holds(
			    &term->list.items[j]->test, &scope) ==
			    TRUTH_TRUE) != term->list.items[j]->negated;
	}
	visit->run->assignments++;
}

static void
decide_all(struct visit *visit)
{
	size_t at[KEYS] = { 0 }, i;

	do {
		struct question question = visit->question;

		question.keys.items = NULL;
		question.keys.count = question.keys.capacity = 0;
		for (i = 0; i < KEYS; i++)
			give(visit, &question, visit->keys[i],
			    &visit->keys[i]->choices[at[i]]);
		decide(visit, &question);
		for (i = 0; i < KEYS &&
		    ++at[i] == visit->keys[i]->choice_count; i++)
			at[i] = 0;
	} while (i < KEYS);
}

/* Comparing. */

enum { NONE = (size_t)-1 };

/* Some term is met, but for that term and that condition. */
static bool
is_met(const struct visit *visit, const struct assignment *one, size_t term,
    size_t condition)
{
	size_t at = 0;

	for (size_t i = 0; i < visit->terms.list.count; i++) {
		size_t count = visit->terms.list.items[i].list.count;
		bool met = i != term;

		for (size_t j = 0; j < count; j++, at++)
			met = met && (one->met[at] || at == condition);
		if (met)
			return true;
	}
	return false;
}

/* The terms say of every assignment what the simulator does. */
static bool
is_exact(const struct visit *visit, size_t term, size_t condition)
{
	for (size_t i = 0; i < visit->all.count; i++)
		if (visit->all.items[i].allowed != is_met(visit,
		    &visit->all.items[i], term, condition))
			return false;
	return true;
}

static bool
has_idle(const struct visit *visit)
{
	size_t conditions = count_conditions(&visit->terms);

	for (size_t i = 0; i < conditions; i++)
		if (is_exact(visit, NONE, i))
			return true;
	for (size_t i = 0; i < visit->terms.list.count; i++)
		if (is_exact(visit, i, NONE))
			return true;
	return false;
}

static bool
all_are(const struct visit *visit, bool allowed)
{
	for (size_t i = 0; i < visit->all.count; i++)
		if (visit->all.items[i].allowed != allowed)
			return false;
	return true;
}

static void
show(struct visit *visit, unsigned wrong, const char *what)
{
	struct run *run = visit->run;

	if (run->wrong[wrong]++ >= SHOWN_MAX)
		return;
	printf("# seed %" PRIu64 ": %s\n# %s\n", visit->seed, what,
	    visit->text.text.items);
	for (size_t i = 0; i < visit->terms.list.count; i++) {
		const struct term *term = &visit->terms.list.items[i];

		printf("# or\n");
		for (size_t j = 0; j < term->list.count; j++) {
			const struct test *test = &term->list.items[j]->test;
			char name[GUARANTEE_OPERATOR_SIZE];

			guarantee_operator_name(&test->use, name);
			printf("#   %s%s %.*s", term->list.items[j]->negated ?
			    "not " : "", name, (int)test->key.length,
			    test->key.text);
			for (size_t k = 0; k < test->count; k++)
				printf(" %.*s",
				    (int)test->operands[k].text.length,
				    test->operands[k].text.text);
			printf("\n");
		}
	}
}

static void
compare(struct visit *visit)
{
	struct run *run = visit->run;

	switch (visit->terms.answer) {
	case TERMS_UNKNOWN:
		run->refused++;
		coverage_count(&run->coverage, "refused",
		    arena_printf(run->coverage.arena, "%s",
		    visit->terms.reason), true);
		show(visit, WRONG_REFUSED, visit->terms.reason);
		return;
	case TERMS_NEVER:
	case TERMS_ALWAYS:
		if (!all_are(visit, visit->terms.answer == TERMS_ALWAYS))
			show(visit, WRONG_VERDICT, "is not constant");
		return;
	case TERMS_LISTED:
		break;
	}
	coverage_count(&run->coverage, "terms",
	    arena_printf(run->coverage.arena, "%zu",
	    visit->terms.list.count), true);
	if (visit->terms.more)
		return;
	if (all_are(visit, true) || all_are(visit, false))
		show(visit, WRONG_VERDICT, "is constant");
	else if (!is_exact(visit, NONE, NONE))
		show(visit, WRONG_TERMS, "is decided otherwise");
	else if (has_idle(visit))
		show(visit, WRONG_IDLE, "a condition or a term could go");
}

static void
try_seed(struct run *run, uint64_t seed)
{
	struct visit visit = { .run = run, .seed = seed,
	    .text = { .arena = run->arena }, .court = {
	    .catalog = &catalog_builtin,
	    .assumptions = &run->assumptions } };
	struct question_fault fault;
	struct story story;

	dice_init(&visit.dice, seed);
	visit.keys[0] = &kinds[0];
	for (size_t i = 1; i < KEYS; i++)
		visit.keys[i] = &kinds[1 + (dice_get(&visit.dice, 3) + 3 * i +
		    seed) % (sizeof(kinds) / sizeof(kinds[0]) - 1)];
	add_world(&visit);
	if (!hamlet_court(run->arena, visit.text.text.items, &visit.court))
		errx(1, "%s: no estate", visit.text.text.items);
	make_question(&visit);
	if (!story_ask(run->arena, &visit.court, &visit.question, &story,
	    &fault))
		errx(1, "%s", fault.message);
	coverage_count(&run->coverage, "verdict",
	    verdict_name(story.answer.verdict), true);
	if (story.answer.verdict != VERDICT_DEPENDS)
		return;
	visit.terms = terms_find(run->arena, &visit.court, &visit.question,
	    &story.answer);
	coverage_count(&run->coverage, "steps", visit.terms.steps < 100000 ?
	    "few" : "many", true);
	decide_all(&visit);
	if (run->sample.print)
		show(&visit, WRONG_COUNT - 1, "as asked");
	compare(&visit);
}

static int
print_points(const struct run *run)
{
	static const char *const points[WRONG_COUNT] = {
		[WRONG_VERDICT] = "never and always are",
		[WRONG_TERMS] = "the terms are met by what is allowed",
		[WRONG_IDLE] = "no condition and no term could go",
		[WRONG_REFUSED] = "the prover gives no question up",
	};
	bool failed = false;

	for (unsigned i = 0; i < WRONG_COUNT; i++) {
		printf("%sok %u - %s (%" PRIu64 " of %" PRIu64 " worlds, %"
		    PRIu64 " assignments)\n", run->wrong[i] == 0 ? "" :
		    "not ", i + 1, points[i], run->wrong[i], run->sample.count,
		    run->assignments);
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
	struct run run = { .arena = arena, .sample = { .count = 150 } };
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
