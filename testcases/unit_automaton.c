/* SPDX-License-Identifier: MIT */
/*
 * A small world whole: every two patterns against every third, and the words
 * that they have in common, with the shortest first.  Then the corners that
 * no small world has: two cases on one slot, code points, fields of ARNs,
 * shapes.
 */
#include "config.h"

#include <check.h>
#include <string.h>

#include "simulator/product.h"

enum {
	PATTERNS = 40,			/* 3^0 + ... + 3^3 */
	WORDS = 127,			/* 2^0 + ... + 2^6 */
	BUDGET = 1000000
};

static struct arena *arena;
static struct product *product;

/* The text of that number over some letters, shortest first. */
static const char *
spell(size_t number, const char *letters)
{
	size_t base = strlen(letters);

	if (number == 0)
		return "";
	return arena_printf(arena, "%s%c", spell((number - 1) / base, letters),
	    letters[(number - 1) % base]);
}

static void
set_up(void)
{
	arena = arena_new();
	product = product_new(arena);
}

static void
tear_down(void)
{
	arena_free(arena);
}

static enum product_answer
ask(const struct pattern *a, const struct pattern *b,
    const struct pattern *without, const struct pattern *shape,
    struct word *word)
{
	const struct pattern *positives[] = { a, b };
	uint64_t budget = BUDGET;

	return product_search(product, &(struct automaton_query){
	    .positives = positives, .positive_count = b == NULL ? 1 : 2,
	    .negatives = &without, .negative_count = without != NULL,
	    .shape = shape }, &budget, word);
}

/* The first word in a and b and not in the third; WORDS: none. */
static size_t
first_word(const bool *a, const bool *b, const bool *without)
{
	size_t at = 0;

	while (at < WORDS && !(a[at] && b[at] && !without[at]))
		at++;
	return at;
}

START_TEST(a_small_world)
{
	static bool matches[PATTERNS][WORDS];
	struct pattern patterns[PATTERNS];

	for (size_t i = 0; i < PATTERNS; i++) {
		const char *glob = spell(i, "a*?");

		patterns[i] = pattern_read(arena, glob, strlen(glob));
		for (size_t j = 0; j < WORDS; j++)
			matches[i][j] = pattern_match(&patterns[i],
			    spell(j, "ax"), strlen(spell(j, "ax")));
	}
	for (size_t i = 0; i < PATTERNS; i++)
		for (size_t j = i; j < PATTERNS; j++)
			for (size_t k = 0; k < PATTERNS; k++) {
				size_t first = first_word(matches[i],
				    matches[j], matches[k]);
				struct word word;

				ck_assert_int_eq(ask(&patterns[i],
				    &patterns[j], &patterns[k], NULL, &word),
				    first == WORDS ? PRODUCT_EMPTY :
				    PRODUCT_WORD);
				ck_assert(first == WORDS || word.length ==
				    strlen(spell(first, "ax")));
			}
}
END_TEST

/* NULL: no text; else the texts that the answer may be, `|' between them. */
static const struct {
	const char	*a, *b, *without;
	bool		 folded;	/* b is blind to case */
	const char	*words;
} rows[] = {
	{ "AB*", "ab*", "zz", true, "AB" },
	{ "AB*", "ab*", "zz", false, NULL },
	{ "a", "A", "a", true, NULL },
	{ "?", "a", "a", true, "A" },
	{ "?\303\251?", "*", "x*", false, 
	    "y\303\251y|y\303\251x|\303\251\303\251\303\251" },
	{ "\303\251", "?", "zz", false, "\303\251" },
	{ "\303\251", "??", "zz", false, NULL },
	{ "x*y*z*", "*", "zz", false, "xyz" },
	{ "*", "*", "?*", false, "" }
};

START_TEST(corners)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pattern a = pattern_read(arena, rows[i].a,
		    strlen(rows[i].a));
		struct pattern without = pattern_read(arena, rows[i].without,
		    strlen(rows[i].without));
		struct pattern b = (rows[i].folded ? pattern_read_folded :
		    pattern_read)(arena, rows[i].b, strlen(rows[i].b));
		enum product_answer answer;
		struct word word;

		answer = ask(&a, &b, &without, NULL, &word);
		ck_assert_msg((answer == PRODUCT_WORD) ==
		    (rows[i].words != NULL), "row %zu", i);
		if (answer == PRODUCT_WORD)
			ck_assert_msg(strstr(rows[i].words,
			    arena_copy(arena, word.text, word.length)) != NULL,
			    "row %zu: `%.*s'", i, (int)word.length, word.text);
	}
}
END_TEST

/* A wildcard in a field stops at a colon: the colon is a letter then. */
START_TEST(fields_end_at_colons)
{
	static const char field[] = { 'a', (char)PATTERN_ANY_FIELD };
	struct pattern confined = pattern_of_symbols(arena, field, 2);
	struct pattern any = pattern_read(arena, "a*", 2);
	struct word word;

	ck_assert_int_eq(ask(&any, NULL, &confined, NULL, &word),
	    PRODUCT_WORD);
	ck_assert_msg(word_is(word, "a:"), "`%.*s'", (int)word.length,
	    word.text);
	ck_assert_int_eq(ask(&confined, NULL, &any, NULL, &word),
	    PRODUCT_EMPTY);
}
END_TEST

START_TEST(shapes_confine)
{
	struct pattern account = shape_read(arena, "############");
	struct pattern star = pattern_read(arena, "1*", 2);
	struct pattern letters = pattern_read(arena, "*a*", 3);
	struct word word;

	ck_assert_int_eq(ask(&star, NULL, NULL, &account, &word),
	    PRODUCT_WORD);
	ck_assert(shape_match(&account, word));
	ck_assert_int_eq(word.text[0], '1');
	ck_assert_int_eq(ask(&letters, NULL, NULL, &account, &word),
	    PRODUCT_EMPTY);
}
END_TEST

START_TEST(a_spent_budget_is_no_answer)
{
	struct pattern star = pattern_read(arena, "*a*b*c*", 7);
	const struct pattern *positives[] = { &star };
	uint64_t budget = 1;
	struct word word;

	ck_assert_int_eq(product_search(product, &(struct automaton_query){
	    .positives = positives, .positive_count = 1 }, &budget, &word),
	    PRODUCT_SPENT);
	ck_assert_uint_eq(budget, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("automaton");
	TCase *tests = tcase_create("words");
	SRunner *runner;
	int failures;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 0);
	tcase_add_test(tests, a_small_world);
	tcase_add_test(tests, corners);
	tcase_add_test(tests, fields_end_at_colons);
	tcase_add_test(tests, shapes_confine);
	tcase_add_test(tests, a_spent_budget_is_no_answer);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failures = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failures != 0;
}
