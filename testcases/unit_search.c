/* SPDX-License-Identifier: MIT */
/*
 * What the engine of the prover promises beside its answers: which models
 * come first, what a core rests on, that steps are counted and a budget is
 * kept.  That answers are right is for riddles.c to show.
 */
#include "config.h"

#include <check.h>
#include <string.h>

#include "simulator/search.h"
#include "testcases/scale.h"

enum { BUDGET = 10000000 };

static struct arena *arena;
static struct formulas *formulas;
static struct universe *universe;
static struct search *search;

static void
set_up(void)
{
	arena = arena_new();
	formulas = formulas_new(arena);
	universe = universe_new(arena, formulas);
	search = search_new(arena, universe);
}

static void
tear_down(void)
{
	arena_free(arena);
}

static size_t
add_slot(bool optional)
{
	struct slot slot = { .name = "key", .presence = optional ?
	    formula_variable(formulas) : FORMULA_TRUE };

	return universe_add(universe, &slot);
}

static int
match(size_t slot, const char *glob)
{
	struct pattern pattern = pattern_read(arena, glob, strlen(glob));

	return universe_match(universe, slot, &pattern);
}

static struct pattern
pattern_of(const char *text)
{
	return pattern_read(arena, text, strlen(text));
}

static struct search_result
solve(int root)
{
	return search_solve(search, root, NULL, 0, BUDGET);
}

static void
expect_text(const struct search_result *result, size_t slot, const char *text)
{
	ck_assert_int_eq(result->answer, SEARCH_SATISFIABLE);
	ck_assert_msg(word_is(result->texts[slot], text), "`%.*s'",
	    (int)result->texts[slot].length, result->texts[slot].text);
}

START_TEST(slots_that_nothing_is_asked_of_are_absent)
{
	size_t needed = add_slot(true), idle = add_slot(true);
	struct search_result result = solve(formula_and(formulas,
	    match(needed, "a*"), -match(idle, "b*")));

	expect_text(&result, needed, "a");
	ck_assert_ptr_null(result.texts[idle].text);
}
END_TEST

START_TEST(as_few_slots_as_possible_are_present)
{
	size_t a = add_slot(true), b = add_slot(true), c = add_slot(true);
	int parts[] = { formula_or(formulas, match(a, "a"), match(b, "b")),
	    formula_or(formulas, match(b, "b"), match(c, "c")),
	    formula_or(formulas, match(c, "c"), match(a, "a")) };
	struct search_result result = solve(formula_all(formulas, parts, 3));
	size_t present = 0;

	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
	for (size_t i = 0; i < 3; i++)
		present += result.texts[i].text != NULL;
	ck_assert_uint_eq(present, 2);
}
END_TEST

START_TEST(preferred_texts_come_first)
{
	struct word preferred[] = { { "eu-west-1", 9 },
	    { "ap-northeast-1", 14 } };
	size_t slot = universe_add(universe, &(struct slot){
	    .name = "region", .presence = FORMULA_TRUE,
	    .preferred = preferred, .preferred_count = 2 });
	struct search_result result = solve(-match(slot, "eu-*"));

	expect_text(&result, slot, "ap-northeast-1");
}
END_TEST

START_TEST(shapes_make_texts_that_may_be)
{
	struct pattern shape = shape_read(arena, "vpce-%%%%%%%%");
	size_t slot = universe_add(universe, &(struct slot){
	    .name = "endpoint", .presence = FORMULA_TRUE, .shape = &shape });
	struct search_result result = solve(-match(slot, "vpce-0*"));

	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
	ck_assert_uint_eq(result.texts[slot].length, 13);
	result = solve(match(slot, "*g*"));
	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
}
END_TEST

START_TEST(values_of_other_slots_stand_in_templates)
{
	size_t name = add_slot(false), arn = add_slot(false);
	struct piece pieces[] = { { .pattern = pattern_of("user/") },
	    { .variable = true, .slot = name } };
	int own = universe_template(universe, arn, pieces, 2, false);
	struct search_result result;

	result = solve(formula_and(formulas, own, match(arn, "user/t*")));
	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
	ck_assert_int_eq(result.texts[name].text[0], 't');
	result = solve(formula_and(formulas, formula_and(formulas, own,
	    match(arn, "user/t*")), match(name, "s*")));
	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
	result = solve(formula_and(formulas, formula_and(formulas, -own,
	    match(arn, "user/a")), match(name, "a")));
	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
}
END_TEST

/* COND-24: in a field of an ARN a value has no colon. */
START_TEST(confined_values_have_no_colon)
{
	size_t name = add_slot(false), arn = add_slot(false);
	struct piece pieces[] = { { .pattern = pattern_of("arn:") },
	    { .variable = true, .slot = name, .confined = true },
	    { .pattern = pattern_of(":x") } };
	int own = universe_template(universe, arn, pieces, 3, false);
	struct search_result result = solve(formula_and(formulas, own,
	    match(name, "*:*")));

	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
	result = solve(formula_and(formulas, own, match(name, "a?")));
	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
}
END_TEST

/* The texts of two slots with that between them. */
static int
join(size_t whole, size_t a, const char *between, size_t b)
{
	struct piece pieces[] = { { .variable = true, .slot = a },
	    { .pattern = pattern_of(between) },
	    { .variable = true, .slot = b } };

	return universe_template(universe, whole, pieces, 3, false);
}

static int
has_no_colon(size_t slot)
{
	return -match(slot, "*:*");
}

/* A value between colons is a field of the whole, if it has none itself. */
START_TEST(fields_are_known_in_the_whole)
{
	size_t a = add_slot(false), b = add_slot(false);
	size_t whole = add_slot(false);
	int parts[] = { join(whole, a, ":", b), match(whole, "x:*"),
	    -match(a, "x"), has_no_colon(b), has_no_colon(a) };
	struct search_result result = solve(formula_all(formulas, parts, 5));

	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
	result = solve(formula_all(formulas, parts, 4));
	ck_assert_int_ne(result.answer, SEARCH_UNSATISFIABLE);
}
END_TEST

START_TEST(values_side_by_side_are_no_fields)
{
	size_t a = add_slot(false), b = add_slot(false);
	size_t whole = add_slot(false);
	int parts[] = { join(whole, a, "", b), match(whole, "bc"),
	    -match(a, "b"), has_no_colon(b), has_no_colon(a) };
	struct search_result result = solve(formula_all(formulas, parts, 5));

	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
}
END_TEST

START_TEST(fields_behind_a_wildcard_have_no_place)
{
	size_t a = add_slot(false), whole = add_slot(false);
	struct piece pieces[] = { { .pattern = pattern_of("*:") },
	    { .variable = true, .slot = a },
	    { .pattern = pattern_of(":*") } };
	int parts[] = { universe_template(universe, whole, pieces, 3, false),
	    match(whole, "x:b:c:d"), -match(a, "b"), has_no_colon(a) };
	struct search_result result = solve(formula_all(formulas, parts, 4));

	expect_text(&result, a, "c");
}
END_TEST

/* What stands around a variable may match in more ways than one. */
START_TEST(a_wildcard_beside_a_variable_leaves_it_a_choice)
{
	size_t name = add_slot(false), arn = add_slot(false);
	struct piece pieces[] = { { .pattern = pattern_of("*") },
	    { .variable = true, .slot = name } };
	int own = universe_template(universe, arn, pieces, 2, false);
	struct search_result result = solve(formula_and(formulas,
	    formula_and(formulas, own, match(arn, "ab")),
	    -match(name, "b")));

	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
}
END_TEST

START_TEST(a_folded_equality_leaves_more_than_one_text)
{
	size_t name = add_slot(false), arn = add_slot(false);
	struct piece pieces[] = { { .variable = true, .slot = name } };
	int own = universe_template(universe, arn, pieces, 1, false);
	struct search_result result = solve(formula_and(formulas,
	    formula_and(formulas, -own, match(arn, "a")),
	    universe_equal(universe, name, word_from("a", 1), true)));

	expect_text(&result, name, "A");
}
END_TEST

/* There is such a text, `+5', but nobody looks for it. */
START_TEST(what_is_beyond_the_theory_is_undecided)
{
	size_t slot = add_slot(false);
	struct search_result result;
	struct number five;
	int equal, plus;

	ck_assert(number_read("5", 1, &five));
	equal = universe_number(universe, slot, RELATION_EQUAL, &five);
	plus = match(slot, "+*");
	result = solve(formula_and(formulas, equal, plus));
	ck_assert_int_eq(result.answer, SEARCH_UNDECIDED);
	ck_assert_int_eq(result.reason, SEARCH_BEYOND);
	result = solve(formula_or(formulas, equal, plus));
	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
	result = solve(formula_and(formulas, plus, -match(slot, "+*")));
	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
}
END_TEST

/* What no text can do, an absent slot can. */
START_TEST(a_conflict_of_negatives_spares_absence)
{
	size_t slot = add_slot(true);
	int neither = formula_and(formulas, -match(slot, ""),
	    -match(slot, "?*"));
	struct search_result result;

	result = solve(formula_and(formulas, neither,
	    universe_slot(universe, slot)->presence));
	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
	result = solve(neither);
	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
	ck_assert_ptr_null(result.texts[slot].text);
	result = solve(formula_or(formulas, formula_and(formulas, neither,
	    match(add_slot(false), "a")), match(slot, "b")));
	ck_assert_int_eq(result.answer, SEARCH_SATISFIABLE);
}
END_TEST

START_TEST(lemmas_can_be_read)
{
	size_t slot = add_slot(false), count;
	int inner = match(slot, "*abc*"), outer = match(slot, "*b*");
	const int *lemma;

	ck_assert_int_eq(solve(formula_and(formulas, inner, -outer)).answer,
	    SEARCH_UNSATISFIABLE);
	lemma = search_lemma(search, 0, &count);
	ck_assert_ptr_nonnull(lemma);
	ck_assert_uint_eq(count, 2);
	ck_assert(lemma[0] + lemma[1] == inner - outer);
	ck_assert_ptr_null(search_lemma(search, 1, &count));
}
END_TEST

START_TEST(a_core_is_what_the_answer_rests_on)
{
	size_t slot = add_slot(false);
	int assumptions[] = { -match(slot, "z*"), -match(slot, "a*"),
	    -match(slot, "*q"), -match(slot, "ab") };
	struct search_result result = search_solve(search, match(slot, "ab*"),
	    assumptions, 4, BUDGET);
	int core[4];
	uint64_t budget = BUDGET;
	bool minimal;

	ck_assert_int_eq(result.answer, SEARCH_UNSATISFIABLE);
	ck_assert_uint_eq(search_minimise(search, match(slot, "ab*"),
	    memcpy(core, assumptions, sizeof(core)), 4, &budget, &minimal), 1);
	ck_assert(minimal);
	ck_assert_int_eq(core[0], -match(slot, "a*"));
}
END_TEST

START_TEST(scales_have_their_answers)
{
	for (size_t i = 0; scales[i].name != NULL; i++) {
		struct search_result first = scale_solve(&scales[i], arena,
		    BUDGET);
		struct search_result again = scale_solve(&scales[i], arena,
		    BUDGET);

		ck_assert_msg(first.answer == scales[i].answer, "%s: %d",
		    scales[i].name, first.answer);
		ck_assert_uint_eq(first.steps, again.steps);
	}
}
END_TEST

START_TEST(a_spent_budget_decides_nothing)
{
	for (size_t i = 0; scales[i].name != NULL; i++) {
		struct search_result all = scale_solve(&scales[i], arena,
		    BUDGET);

		for (uint64_t budget = 0; budget < all.steps;
		    budget += 1 + all.steps / 20) {
			struct search_result less = scale_solve(&scales[i],
			    arena, budget);

			ck_assert_msg(less.answer == SEARCH_UNDECIDED ||
			    less.answer == all.answer, "%s", scales[i].name);
			ck_assert(less.answer != SEARCH_UNDECIDED ||
			    less.reason == SEARCH_BUDGET);
			ck_assert_uint_le(less.steps, budget);
			ck_assert(budget > 1 ||
			    less.answer == SEARCH_UNDECIDED);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("search");
	TCase *tests = tcase_create("promises");
	SRunner *runner;
	int failures;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 0);
	tcase_add_test(tests, slots_that_nothing_is_asked_of_are_absent);
	tcase_add_test(tests, as_few_slots_as_possible_are_present);
	tcase_add_test(tests, preferred_texts_come_first);
	tcase_add_test(tests, shapes_make_texts_that_may_be);
	tcase_add_test(tests, values_of_other_slots_stand_in_templates);
	tcase_add_test(tests, fields_are_known_in_the_whole);
	tcase_add_test(tests, values_side_by_side_are_no_fields);
	tcase_add_test(tests, fields_behind_a_wildcard_have_no_place);
	tcase_add_test(tests, confined_values_have_no_colon);
	tcase_add_test(tests, a_wildcard_beside_a_variable_leaves_it_a_choice);
	tcase_add_test(tests, a_folded_equality_leaves_more_than_one_text);
	tcase_add_test(tests, what_is_beyond_the_theory_is_undecided);
	tcase_add_test(tests, a_conflict_of_negatives_spares_absence);
	tcase_add_test(tests, lemmas_can_be_read);
	tcase_add_test(tests, a_core_is_what_the_answer_rests_on);
	tcase_add_test(tests, scales_have_their_answers);
	tcase_add_test(tests, a_spent_budget_decides_nothing);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failures = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failures != 0;
}
