/* SPDX-License-Identifier: MIT */
/*
 * Arena, lists and sources: memory, growth, and where a byte stands.
 */
#include "config.h"

#include <signal.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "policy/source.h"

static struct arena *arena;

static void
open_arena(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(arena);
}

static void
close_arena(void)
{
	arena_free(arena);
}

/* Every byte has that value. */
static bool
is_filled(const unsigned char *bytes, size_t length, int value)
{
	for (size_t i = 0; i < length; i++)
		if (bytes[i] != value)
			return false;
	return true;
}

/* Arena. */

START_TEST(new_arena_is_empty)
{
	ck_assert_uint_eq(arena_footprint(arena), 0);
	arena_reset(arena);
	ck_assert_uint_eq(arena_footprint(arena), 0);
	arena_free(NULL);
}
END_TEST

START_TEST(objects_are_aligned)
{
	for (size_t size = 0; size < 100; size++) {
		uintptr_t address = (uintptr_t)arena_alloc(arena, size);

		ck_assert_uint_eq(address % alignof(max_align_t), 0);
	}
}
END_TEST

START_TEST(objects_are_zeroed)
{
	for (size_t round = 0; round < 3; round++) {
		for (size_t size = 1; size < 3000; size += 7) {
			unsigned char *object = arena_alloc(arena, size);

			ck_assert(is_filled(object, size, 0));
			memset(object, 0xaa, size);
			memset(arena_room(arena, size / 3), 0xaa, size / 3);
		}
		arena_reset(arena);
	}
}
END_TEST

/* However much there was, a reset keeps only some. */
START_TEST(much_is_zeroed_too)
{
	enum { MUCH = 8 * 1024 * 1024, SIZE = 48 * 1024 };

	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < MUCH / SIZE; i++) {
			unsigned char *object = arena_alloc(arena, SIZE);

			ck_assert(is_filled(object, SIZE, 0));
			memset(object, 0xaa, SIZE);
			memset(arena_room(arena, i), 0xaa, i);
			memset(arena_alloc(arena, 2 * SIZE), 0xaa, 2 * SIZE);
		}
		ck_assert_uint_ge(arena_footprint(arena), MUCH);
		arena_reset(arena);
		ck_assert_uint_lt(arena_footprint(arena), MUCH);
	}
}
END_TEST

/* Writing to all of each object harms no other one. */
START_TEST(objects_do_not_touch)
{
	enum { COUNT = 2000 };
	static unsigned char *objects[COUNT];

	for (size_t i = 0; i < COUNT; i++) {
		objects[i] = arena_alloc(arena, i % 300);
		memset(objects[i], (int)(i % 251), i % 300);
	}
	for (size_t i = 0; i < COUNT; i++)
		ck_assert(is_filled(objects[i], i % 300, (int)(i % 251)));
}
END_TEST

START_TEST(small_objects_share_a_block)
{
	size_t footprint;

	arena_alloc(arena, 1);
	footprint = arena_footprint(arena);
	ck_assert_uint_gt(footprint, 0);
	for (size_t i = 0; i < 100; i++)
		arena_alloc(arena, 16);
	ck_assert_uint_eq(arena_footprint(arena), footprint);
	for (size_t i = 0; i < 2 * footprint / 16; i++)
		arena_alloc(arena, 16);
	ck_assert_uint_gt(arena_footprint(arena), 2 * footprint);
	ck_assert_uint_le(arena_footprint(arena), 4 * footprint);
}
END_TEST

START_TEST(large_objects_fit)
{
	size_t sizes[] = { 1 << 16, (1 << 16) + 1, 1 << 20, (5 << 20) + 3 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		unsigned char *object = arena_alloc(arena, sizes[i]);

		ck_assert_uint_ge(arena_footprint(arena), sizes[i]);
		ck_assert(is_filled(object, sizes[i], 0));
		memset(object, 0xaa, sizes[i]);
	}
}
END_TEST

START_TEST(reset_keeps_small_blocks)
{
	size_t block, footprint;

	arena_alloc(arena, 1);
	block = arena_footprint(arena);
	for (size_t i = 0; i < 10; i++)
		arena_alloc(arena, block);
	footprint = arena_footprint(arena);
	arena_reset(arena);
	ck_assert_uint_eq(arena_footprint(arena), footprint);
	for (size_t i = 0; i < 11; i++)
		ck_assert(is_filled(arena_alloc(arena, block), block, 0));
	ck_assert_uint_eq(arena_footprint(arena), footprint);
}
END_TEST

START_TEST(reset_gives_large_blocks_back)
{
	arena_alloc(arena, 1 << 20);
	arena_reset(arena);
	ck_assert_uint_eq(arena_footprint(arena), 0);
	ck_assert(is_filled(arena_alloc(arena, 100), 100, 0));
}
END_TEST

START_TEST(array_has_room_for_all)
{
	uint64_t *numbers = arena_array(arena, 1000, sizeof(*numbers));

	ck_assert(is_filled((unsigned char *)numbers,
	    1000 * sizeof(*numbers), 0));
	memset(numbers, 0xaa, 1000 * sizeof(*numbers));
	ck_assert_ptr_nonnull(arena_array(arena, 0, 8));
	ck_assert_ptr_nonnull(arena_array(arena, 8, 0));
}
END_TEST

START_TEST(copy_ends_with_nul)
{
	char *copy = arena_copy(arena, "a\0bc", 3);

	ck_assert_mem_eq(copy, "a\0b\0", 4);
	ck_assert_str_eq(arena_copy(arena, "", 0), "");
	ck_assert_str_eq(arena_copy(arena, NULL, 0), "");
}
END_TEST

START_TEST(printf_takes_any_length)
{
	char *text = arena_printf(arena, "%s=%d", "a", 7);
	char *longer = arena_printf(arena, "%0100000d", 1);

	ck_assert_str_eq(text, "a=7");
	ck_assert_str_eq(arena_printf(arena, "%s", ""), "");
	ck_assert_uint_eq(strlen(longer), 100000);
	ck_assert_int_eq(longer[99999], '1');
}
END_TEST

/* Exhaustion. */

struct attempt {
	size_t		 count, size;	/* of an array to ask for */
	unsigned	 begun, ended;
	bool		 inner;		/* what a nested protection said */
	struct attempt	*within;
};

static void
ask_for_array(void *argument)
{
	struct attempt *attempt = argument;

	attempt->begun++;
	arena_array(arena, attempt->count, attempt->size);
	attempt->ended++;
}

static void
exhaust(void *argument)
{
	struct attempt *attempt = argument;

	attempt->begun++;
	arena_exhausted(arena);
}

/* Protects other work, then asks for an array itself. */
static void
nest(void *argument)
{
	struct attempt *attempt = argument;

	attempt->begun++;
	attempt->inner = arena_protect(arena, ask_for_array, attempt->within);
	arena_array(arena, attempt->count, attempt->size);
	attempt->ended++;
}

START_TEST(work_that_ends_is_reported)
{
	struct attempt attempt = { .count = 10, .size = 10 };

	ck_assert(arena_protect(arena, ask_for_array, &attempt));
	ck_assert_uint_eq(attempt.begun, 1);
	ck_assert_uint_eq(attempt.ended, 1);
}
END_TEST

START_TEST(exhaustion_abandons_the_work)
{
	static const struct attempt sizes[] = {
		{ .count = SIZE_MAX, .size = 1 },
		{ .count = 1, .size = SIZE_MAX - 20 },
		{ .count = SIZE_MAX, .size = 2 },
		{ .count = 2, .size = SIZE_MAX },
		{ .count = SIZE_MAX / 2 + 1, .size = 2 },
		{ .count = SIZE_MAX, .size = SIZE_MAX },
	};
	struct attempt attempt = sizes[_i];

	ck_assert(!arena_protect(arena, ask_for_array, &attempt));
	ck_assert_uint_eq(attempt.begun, 1);
	ck_assert_uint_eq(attempt.ended, 0);
}
END_TEST

START_TEST(others_may_find_no_memory)
{
	struct attempt attempt = { .begun = 0 };

	ck_assert(!arena_protect(arena, exhaust, &attempt));
	ck_assert_uint_eq(attempt.begun, 1);
}
END_TEST

START_TEST(innermost_protection_is_told)
{
	struct attempt inner = { .count = SIZE_MAX, .size = 2 };
	struct attempt outer = { .count = 1, .size = 1, .inner = true,
	    .within = &inner };

	ck_assert(arena_protect(arena, nest, &outer));
	ck_assert(!outer.inner);
	ck_assert_uint_eq(inner.ended, 0);
	ck_assert_uint_eq(outer.ended, 1);
}
END_TEST

START_TEST(outer_protection_holds_again_afterwards)
{
	struct attempt inner = { .count = 1, .size = 1 };
	struct attempt outer = { .count = SIZE_MAX, .size = 2,
	    .within = &inner };

	ck_assert(!arena_protect(arena, nest, &outer));
	ck_assert(outer.inner);
	inner = (struct attempt){ .count = SIZE_MAX, .size = 2 };
	outer.inner = true;
	ck_assert(!arena_protect(arena, nest, &outer));
	ck_assert(!outer.inner);
	ck_assert_uint_eq(outer.begun, 2);
	ck_assert_uint_eq(outer.ended, 0);
}
END_TEST

START_TEST(reset_makes_it_usable_again)
{
	struct attempt attempt = { .count = SIZE_MAX, .size = 2 };

	arena_alloc(arena, 100);
	ck_assert(!arena_protect(arena, ask_for_array, &attempt));
	arena_reset(arena);
	attempt = (struct attempt){ .count = 100, .size = 100 };
	ck_assert(arena_protect(arena, ask_for_array, &attempt));
}
END_TEST

/* Branches. */

START_TEST(branch_leaves_its_memory_to_the_next)
{
	enum { MUCH = 12 * 1024 * 1024, SIZE = 48 * 1024 };
	size_t footprint = 0;

	for (size_t round = 0; round < 3; round++) {
		struct arena *branch = arena_branch(arena);

		for (size_t i = 0; i < MUCH / SIZE; i++) {
			unsigned char *object = arena_alloc(branch, SIZE);

			ck_assert(is_filled(object, SIZE, 0));
			memset(object, 0xaa, SIZE);
		}
		ck_assert_uint_ge(arena_footprint(branch), MUCH);
		arena_free(branch);
		if (round > 0)
			ck_assert_uint_eq(arena_footprint(arena), footprint);
		footprint = arena_footprint(arena);
		ck_assert_uint_gt(footprint, 0);
	}
}
END_TEST

/* In whatever order they end, and when they do not. */
START_TEST(branches_end_with_their_arena)
{
	struct arena *first = arena_branch(arena);
	struct arena *second = arena_branch(arena);
	struct arena *third = arena_branch(arena);

	arena_alloc(arena_branch(second), 100);
	arena_alloc(arena_branch(third), 1 << 20);
	arena_free(second);
	memset(arena_alloc(first, 100), 0xaa, 100);
	arena_free(third);
	arena_reset(arena);
	memset(arena_alloc(arena_branch(arena_branch(arena)), 100), 0xaa,
	    100);
}
END_TEST

static void
exhaust_branch(void *argument)
{
	struct attempt *attempt = argument;

	attempt->begun++;
	arena_array(arena_branch(arena_branch(arena)), SIZE_MAX, 2);
	attempt->ended++;
}

START_TEST(exhausted_branch_tells_its_arena)
{
	struct attempt attempt = { .begun = 0 };

	ck_assert(!arena_protect(arena, exhaust_branch, &attempt));
	ck_assert_uint_eq(attempt.begun, 1);
	ck_assert_uint_eq(attempt.ended, 0);
}
END_TEST

START_TEST(unprotected_exhaustion_aborts)
{
	arena_exhausted(arena);
}
END_TEST

START_TEST(exhaustion_after_protection_aborts)
{
	struct attempt attempt = { .count = 1, .size = 1 };

	ck_assert(arena_protect(arena, ask_for_array, &attempt));
	arena_array(arena, SIZE_MAX, 2);
}
END_TEST

/* Lists. */

START_TEST(list_keeps_what_was_added)
{
	LIST(size_t) list = { 0 };

	for (size_t i = 0; i < 10000; i++)
		*list_add(arena, &list) = i * i;
	ck_assert_uint_eq(list.count, 10000);
	ck_assert_uint_le(list.count, list.capacity);
	ck_assert_uint_lt(list.capacity, 4 * list.count);
	/* All that it outgrew together is no more than a few times as much. */
	ck_assert_uint_lt(arena_footprint(arena),
	    10 * list.count * sizeof(list.items[0]));
	for (size_t i = 0; i < list.count; i++)
		ck_assert_uint_eq(list.items[i], i * i);
}
END_TEST

START_TEST(list_items_start_zeroed)
{
	struct pair {
		char	 letter;
		void	*pointer;
	};
	LIST(struct pair) list = { 0 };

	for (size_t i = 0; i < 100; i++) {
		struct pair *pair = list_add(arena, &list);

		ck_assert_int_eq(pair->letter, 0);
		ck_assert_ptr_null(pair->pointer);
		*pair = (struct pair){ 'x', pair };
	}
	for (size_t i = 0; i < 100; i++)
		ck_assert_int_eq(list.items[i].letter, 'x');
}
END_TEST

START_TEST(lists_grow_side_by_side)
{
	LIST(char) letters = { 0 };
	LIST(struct span) spans = { 0 };

	for (size_t i = 0; i < 1000; i++) {
		*list_add(arena, &letters) = (char)('a' + i % 26);
		*list_add(arena, &spans) = (struct span){ i, i + 1 };
	}
	for (size_t i = 0; i < 1000; i++) {
		ck_assert_int_eq(letters.items[i], (char)('a' + i % 26));
		ck_assert_uint_eq(spans.items[i].start, i);
		ck_assert_uint_eq(spans.items[i].end, i + 1);
	}
}
END_TEST

static void
grow_too_far(void *argument)
{
	size_t capacity = SIZE_MAX / 8;
	void *items = argument;

	list_grow(arena, &items, capacity, &capacity, 16);
}

START_TEST(list_cannot_outgrow_memory)
{
	ck_assert(!arena_protect(arena, grow_too_far, NULL));
}
END_TEST

/* Sources. */

static const struct {
	const char	*bytes;
	size_t		 length;
	const char	*lines[6];	/* without their ends */
} documents[] = {
	{ "", 0, { "" } },
	{ "a", 1, { "a" } },
	{ "a\n", 2, { "a", "" } },
	{ "\n", 1, { "", "" } },
	{ "\n\n", 2, { "", "", "" } },
	{ "a\nb", 3, { "a", "b" } },
	{ "a\nbc\n", 5, { "a", "bc", "" } },
	{ "a\n\nb", 4, { "a", "", "b" } },
	{ "\r\n", 2, { "", "" } },
	{ "a\r\nb", 4, { "a", "b" } },
	{ "a\r\nb\r\n", 6, { "a", "b", "" } },
	{ "a\r\n\r\nb", 6, { "a", "", "b" } },
	{ "\r", 1, { "", "" } },
	{ "a\rb", 3, { "a", "b" } },
	{ "a\r\rb", 4, { "a", "", "b" } },
	{ "a\rb\nc\r\nd", 8, { "a", "b", "c", "d" } },
	{ "a\n\rb", 4, { "a", "", "b" } },
	{ "a\r\r\nb", 5, { "a", "", "b" } },
	{ "a\r\n\nb", 5, { "a", "", "b" } },
	{ "a\0b\nc", 5, { "a\0b", "c" } },
	{ "\xc3\xa9\n\xe2\x80\xa8x", 7, { "\xc3\xa9", "\xe2\x80\xa8x" } },
	{ "a\fb\vc", 5, { "a\fb\vc" } },
};

START_TEST(lines_end_at_each_kind_of_end)
{
	const struct source *source = source_new(arena, "x",
	    documents[_i].bytes, documents[_i].length);
	size_t count = 0;

	while (count < 6 && documents[_i].lines[count] != NULL)
		count++;
	ck_assert_uint_eq(source->line_count, count);
	for (size_t i = 0; i < count; i++) {
		const char *line = documents[_i].lines[i];
		struct span span = source_line(source, i + 1);

		ck_assert_uint_le(span.start, span.end);
		ck_assert_uint_le(span.end, source->length);
		ck_assert_uint_ge(span.end - span.start, strlen(line));
		ck_assert(memcmp(source->bytes + span.start, line,
		    span.end - span.start) == 0);
	}
}
END_TEST

/* Every byte, its end included, is on the line that source_line() says. */
START_TEST(places_agree_with_lines)
{
	const struct source *source = source_new(arena, "x",
	    documents[_i].bytes, documents[_i].length);

	for (size_t at = 0; at <= source->length; at++) {
		struct place place = source_place(source,
		    (struct span){ at, at });
		struct span line = source_line(source, place.line);

		ck_assert_uint_eq(line.start + place.column - 1, at);
		ck_assert_uint_eq(place.end_line, place.line);
		ck_assert_uint_eq(place.end_column, place.column);
	}
}
END_TEST

static void
assert_place(const struct source *source, struct span span,
    struct place wanted)
{
	struct place place = source_place(source, span);

	ck_assert_uint_eq(place.line, wanted.line);
	ck_assert_uint_eq(place.column, wanted.column);
	ck_assert_uint_eq(place.end_line, wanted.end_line);
	ck_assert_uint_eq(place.end_column, wanted.end_column);
}

START_TEST(spans_have_exclusive_ends)
{
	static const char bytes[] = "ab\ncd\r\nef";
	const struct source *source = source_new(arena, "x", bytes, 9);

	assert_place(source, (struct span){ 0, 0 },
	    (struct place){ 1, 1, 1, 1 });
	assert_place(source, (struct span){ 0, 2 },
	    (struct place){ 1, 1, 1, 3 });
	assert_place(source, (struct span){ 0, 3 },
	    (struct place){ 1, 1, 2, 1 });
	assert_place(source, (struct span){ 1, 4 },
	    (struct place){ 1, 2, 2, 2 });
	assert_place(source, (struct span){ 3, 9 },
	    (struct place){ 2, 1, 3, 3 });
	assert_place(source, (struct span){ 6, 7 },
	    (struct place){ 2, 4, 3, 1 });
	assert_place(source, (struct span){ 9, 9 },
	    (struct place){ 3, 3, 3, 3 });
}
END_TEST

START_TEST(columns_count_bytes)
{
	const struct source *source = source_new(arena, "x",
	    "\xc3\xa9\t\"x", 5);

	assert_place(source, (struct span){ 3, 5 },
	    (struct place){ 1, 4, 1, 6 });
}
END_TEST

START_TEST(many_lines_are_found)
{
	enum { LINES = 5000 };
	char *bytes = arena_alloc(arena, 2 * LINES);
	const struct source *source;

	for (size_t i = 0; i < LINES; i++)
		memcpy(bytes + 2 * i, "x\n", 2);
	source = source_new(arena, "x", bytes, (size_t)2 * LINES);
	ck_assert_uint_eq(source->line_count, LINES + 1);
	for (size_t i = 0; i < LINES; i++)
		assert_place(source, (struct span){ 2 * i, 2 * i + 1 },
		    (struct place){ i + 1, 1, i + 1, 2 });
}
END_TEST

/*
 * "p":"ab\ncd" stands on the second line of a file; the string's decoded text
 * is a document of two lines, one of its bytes is an escape in the file.
 */
static const char file_bytes[] = "{\n\"p\":\"ab\\ncd\"\n}";
static const size_t inner_origin[] = { 7, 8, 9, 11, 12, 13 };

static const struct source *
inner_source(void)
{
	const struct source *file = source_new(arena, "file", file_bytes,
	    sizeof(file_bytes) - 1);

	return source_inside(arena, file, "ab\ncd", 5, inner_origin);
}

START_TEST(inner_spans_lead_to_the_file)
{
	const struct source *inner = inner_source();
	struct span whole = source_outward(inner, (struct span){ 0, 5 });
	struct span escape = source_outward(inner, (struct span){ 2, 3 });

	ck_assert_uint_eq(whole.start, 7);
	ck_assert_uint_eq(whole.end, 13);
	ck_assert_uint_eq(escape.start, 9);
	ck_assert_uint_eq(escape.end, 11);
	ck_assert_str_eq(inner->name, "file");
	ck_assert_ptr_eq(source_file(inner), inner->outer);
	ck_assert_ptr_eq(source_file(inner->outer), inner->outer);
}
END_TEST

START_TEST(inner_places_are_of_the_file)
{
	const struct source *inner = inner_source();

	assert_place(inner, (struct span){ 0, 2 },
	    (struct place){ 2, 6, 2, 8 });
	assert_place(inner, (struct span){ 2, 3 },
	    (struct place){ 2, 8, 2, 10 });
	assert_place(inner, (struct span){ 3, 5 },
	    (struct place){ 2, 10, 2, 12 });
	assert_place(inner, (struct span){ 5, 5 },
	    (struct place){ 2, 12, 2, 12 });
}
END_TEST

START_TEST(sources_nest)
{
	static const size_t origin[] = { 1, 2, 4 };
	const struct source *middle = inner_source();
	const struct source *inmost = source_inside(arena, middle, "b\n", 2,
	    origin);

	assert_place(inmost, (struct span){ 0, 1 },
	    (struct place){ 2, 7, 2, 8 });
	assert_place(inmost, (struct span){ 0, 2 },
	    (struct place){ 2, 7, 2, 11 });
	ck_assert_ptr_eq(source_file(inmost), middle->outer);
	ck_assert_str_eq(inmost->name, "file");
}
END_TEST

static TCase *
arena_tests(void)
{
	TCase *tests = tcase_create("arena");

	tcase_add_test(tests, new_arena_is_empty);
	tcase_add_test(tests, objects_are_aligned);
	tcase_add_test(tests, objects_are_zeroed);
	tcase_add_test(tests, much_is_zeroed_too);
	tcase_add_test(tests, objects_do_not_touch);
	tcase_add_test(tests, small_objects_share_a_block);
	tcase_add_test(tests, large_objects_fit);
	tcase_add_test(tests, reset_keeps_small_blocks);
	tcase_add_test(tests, reset_gives_large_blocks_back);
	tcase_add_test(tests, array_has_room_for_all);
	tcase_add_test(tests, copy_ends_with_nul);
	tcase_add_test(tests, printf_takes_any_length);
	return tests;
}

static TCase *
exhaustion_tests(void)
{
	TCase *tests = tcase_create("exhaustion");

	tcase_add_test(tests, work_that_ends_is_reported);
	tcase_add_loop_test(tests, exhaustion_abandons_the_work, 0, 6);
	tcase_add_test(tests, others_may_find_no_memory);
	tcase_add_test(tests, innermost_protection_is_told);
	tcase_add_test(tests, outer_protection_holds_again_afterwards);
	tcase_add_test(tests, reset_makes_it_usable_again);
	tcase_add_test(tests, branch_leaves_its_memory_to_the_next);
	tcase_add_test(tests, branches_end_with_their_arena);
	tcase_add_test(tests, exhausted_branch_tells_its_arena);
	return tests;
}

/* Each wants a process of its own to abort. */
static TCase *
abort_tests(void)
{
	TCase *tests = tcase_create("abort");

	tcase_add_test_raise_signal(tests, unprotected_exhaustion_aborts,
	    SIGABRT);
	tcase_add_test_raise_signal(tests, exhaustion_after_protection_aborts,
	    SIGABRT);
	return tests;
}

static TCase *
list_tests(void)
{
	TCase *tests = tcase_create("list");

	tcase_add_test(tests, list_keeps_what_was_added);
	tcase_add_test(tests, list_items_start_zeroed);
	tcase_add_test(tests, lists_grow_side_by_side);
	tcase_add_test(tests, list_cannot_outgrow_memory);
	return tests;
}

static TCase *
source_tests(void)
{
	const int count = (int)(sizeof(documents) / sizeof(documents[0]));
	TCase *tests = tcase_create("source");

	tcase_add_loop_test(tests, lines_end_at_each_kind_of_end, 0, count);
	tcase_add_loop_test(tests, places_agree_with_lines, 0, count);
	tcase_add_test(tests, spans_have_exclusive_ends);
	tcase_add_test(tests, columns_count_bytes);
	tcase_add_test(tests, many_lines_are_found);
	tcase_add_test(tests, inner_spans_lead_to_the_file);
	tcase_add_test(tests, inner_places_are_of_the_file);
	tcase_add_test(tests, sources_nest);
	return tests;
}

static void
add_tests(Suite *suite, TCase *tests)
{
	tcase_add_checked_fixture(tests, open_arena, close_arena);
	suite_add_tcase(suite, tests);
}

int
main(void)
{
	Suite *suite = suite_create("arena");
	SRunner *runner = srunner_create(suite);
	int failed;

	add_tests(suite, arena_tests());
	add_tests(suite, exhaustion_tests());
	if (srunner_fork_status(runner) == CK_FORK)
		add_tests(suite, abort_tests());
	add_tests(suite, list_tests());
	add_tests(suite, source_tests());
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
