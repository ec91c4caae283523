/* SPDX-License-Identifier: MIT */
/*
 * Every pattern up to four symbols against every word up to six letters:
 * matching against a slow and obvious matcher, covering and overlapping
 * against the words themselves.  One letter of the words occurs in no
 * pattern, as most letters of the world do.
 */
#include "config.h"

#include <check.h>
#include <string.h>

#include "policy/pattern.h"

enum {
	PATTERN_LENGTH = 4,
	WORD_LENGTH = 6,
	PATTERN_COUNT = 121,		/* 3^0 + ... + 3^4 */
	WORD_COUNT = 127		/* 2^0 + ... + 2^6 */
};

static char words[WORD_COUNT][WORD_LENGTH + 1];
static char globs[PATTERN_COUNT][PATTERN_LENGTH + 1];
static struct pattern patterns[PATTERN_COUNT];
static bool matches[PATTERN_COUNT][WORD_COUNT];
static struct arena *arena;

/* All texts over the letters up to a length, shortest first. */
static void
list_texts(char *texts, size_t size, size_t count, const char *letters)
{
	size_t base = strlen(letters);

	texts[0] = '\0';
	for (size_t i = 1; i < count; i++) {
		char *text = texts + i * size;

		strcpy(text, texts + (i - 1) / base * size);
		strncat(text, &letters[(i - 1) % base], 1);
	}
}

/* The definition, word for word (GLOB-1, GLOB-3). */
static bool
slow_match(const char *glob, const char *word)
{
	if (*glob == '\0')
		return *word == '\0';
	if (*glob == '*')
		return slow_match(glob + 1, word) ||
		    (*word != '\0' && slow_match(glob, word + 1));
	return *word != '\0' && (*glob == '?' || *glob == *word) &&
	    slow_match(glob + 1, word + 1);
}

static void
set_up(void)
{
	arena = arena_new();
	list_texts(words[0], sizeof(words[0]), WORD_COUNT, "ab");
	list_texts(globs[0], sizeof(globs[0]), PATTERN_COUNT, "a*?");
	for (size_t i = 0; i < PATTERN_COUNT; i++) {
		patterns[i] = pattern_read(arena, globs[i], strlen(globs[i]));
		for (size_t j = 0; j < WORD_COUNT; j++)
			matches[i][j] = slow_match(globs[i], words[j]);
	}
}

static void
tear_down(void)
{
	arena_free(arena);
}

START_TEST(matching_follows_the_definition)
{
	for (size_t i = 0; i < PATTERN_COUNT; i++)
		for (size_t j = 0; j < WORD_COUNT; j++)
			ck_assert_msg(pattern_match(&patterns[i], words[j],
			    strlen(words[j])) == matches[i][j],
			    "`%s' against `%s'", globs[i], words[j]);
}
END_TEST

START_TEST(covering_is_inclusion)
{
	for (size_t i = 0; i < PATTERN_COUNT; i++)
		for (size_t j = 0; j < PATTERN_COUNT; j++) {
			bool included = true;

			for (size_t k = 0; k < WORD_COUNT; k++)
				if (matches[j][k] && !matches[i][k])
					included = false;
			ck_assert_msg(pattern_covers(&patterns[i],
			    &patterns[j]) == included, "`%s' covers `%s'",
			    globs[i], globs[j]);
		}
}
END_TEST

START_TEST(overlapping_is_a_common_word)
{
	for (size_t i = 0; i < PATTERN_COUNT; i++)
		for (size_t j = 0; j < PATTERN_COUNT; j++) {
			bool common = false;

			for (size_t k = 0; k < WORD_COUNT; k++)
				if (matches[i][k] && matches[j][k])
					common = true;
			ck_assert_msg(pattern_overlaps(&patterns[i],
			    &patterns[j]) == common, "`%s' and `%s'",
			    globs[i], globs[j]);
		}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pattern");
	TCase *tests = tcase_create("small world");
	SRunner *runner;
	int failures;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, matching_follows_the_definition);
	tcase_add_test(tests, covering_is_inclusion);
	tcase_add_test(tests, overlapping_is_a_common_word);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failures = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failures != 0;
}
