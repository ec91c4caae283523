/* SPDX-License-Identifier: MIT */
/* The JSON writer, byte for byte. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "policy/json.h"

struct sheet {
	char	 bytes[4096];
	size_t	 length;
};

static void
sheet_add(void *to, const char *bytes, size_t length)
{
	struct sheet *sheet = to;

	ck_assert_uint_lt(sheet->length + length, sizeof(sheet->bytes));
	memcpy(sheet->bytes + sheet->length, bytes, length);
	sheet->length += length;
	sheet->bytes[sheet->length] = '\0';
}

static struct sheet sheet;
static struct json json;

static void
start(bool pretty)
{
	struct json_sink sink = { .write = sheet_add, .to = &sheet };

	sheet = (struct sheet){ .length = 0 };
	json_init(&json, sink, pretty);
}

static void
print_sample(void)
{
	json_open_object(&json);
	json_member_text(&json, "text", "x");
	json_member_text(&json, "none", NULL);
	json_key(&json, "list");
	json_open_array(&json);
	json_number(&json, 0);
	json_number(&json, UINT64_MAX);
	json_open_array(&json);
	json_close_array(&json);
	json_open_object(&json);
	json_close_object(&json);
	json_open_object(&json);
	json_member_boolean(&json, "yes", true);
	json_member_boolean(&json, "no", false);
	json_close_object(&json);
	json_null(&json);
	json_close_array(&json);
	json_member_number(&json, "count", 7);
	json_close_object(&json);
}

START_TEST(one_line)
{
	start(false);
	print_sample();
	ck_assert_str_eq(sheet.bytes, "{\"text\":\"x\",\"none\":null,\"list\":"
	    "[0,18446744073709551615,[],{},{\"yes\":true,\"no\":false},null],"
	    "\"count\":7}");
}
END_TEST

START_TEST(pretty)
{
	start(true);
	print_sample();
	ck_assert_str_eq(sheet.bytes,
	    "{\n"
	    "  \"text\": \"x\",\n"
	    "  \"none\": null,\n"
	    "  \"list\": [\n"
	    "    0,\n"
	    "    18446744073709551615,\n"
	    "    [],\n"
	    "    {},\n"
	    "    {\n"
	    "      \"yes\": true,\n"
	    "      \"no\": false\n"
	    "    },\n"
	    "    null\n"
	    "  ],\n"
	    "  \"count\": 7\n"
	    "}");
}
END_TEST

START_TEST(deep_and_pretty)
{
	size_t blanks = 0;

	start(true);
	for (size_t i = 0; i < 40; i++)
		json_open_array(&json);
	json_boolean(&json, true);
	for (size_t i = 0; i < 40; i++)
		json_close_array(&json);
	for (const char *at = strstr(sheet.bytes, "true"); at[-1] == ' '; at--)
		blanks++;
	ck_assert_uint_eq(blanks, 80);
	ck_assert_str_eq(sheet.bytes + sheet.length - 7, "]\n  ]\n]");
}
END_TEST

/* Several documents, one after the other: a line each is the caller's. */
START_TEST(many_documents)
{
	start(false);
	json_open_object(&json);
	json_close_object(&json);
	json_open_array(&json);
	json_number(&json, 1);
	json_close_array(&json);
	json_text(&json, "x");
	ck_assert_str_eq(sheet.bytes, "{}[1]\"x\"");
}
END_TEST

static const struct string_row {
	const char	*text;
	size_t		 length;
	const char	*printed;
} string_rows[] = {
	{ "", 0, "\"\"" },
	{ "plain /~", 8, "\"plain /~\"" },
	{ "\"\\", 2, "\"\\\"\\\\\"" },
	{ "\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"" },
	{ "a\0b\x1f\x1b[", 6, "\"a\\u0000b\\u001f\\u001b[\"" },
	{ "\x7f\xc2\x9b\xc2\xa0", 5, "\"\\u007f\\u009b\xc2\xa0\"" },
	{ "\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa", 12,
	    "\"\xe2\x80\xa7\\u2028\\u2029\xe2\x80\xaa\"" },
	{ "caf\xc3\xa9 \xf0\x9f\x98\x80", 10, "\"caf\xc3\xa9 "
	    "\xf0\x9f\x98\x80\"" },
	{ "\xff", 1, "\"\xef\xbf\xbd\"" },
	{ "a\xc3", 2, "\"a\xef\xbf\xbd\"" },
	{ "\xed\xa0\x80z", 4, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"" },
	{ "\xc3\"", 2, "\"\xef\xbf\xbd\\\"\"" },
	{ "\xc0\xaf", 2, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
};

START_TEST(string_is_escaped)
{
	const struct string_row *row = &string_rows[_i];
	char *flush = malloc(row->length);

	/* Nothing behind the text may be looked at. */
	memcpy(flush, row->text, row->length);
	start(false);
	json_string(&json, flush, row->length);
	free(flush);
	ck_assert_str_eq(sheet.bytes, row->printed);
	start(true);
	json_open_object(&json);
	json_key(&json, "\n\xff");
	json_string(&json, row->text, row->length);
	json_close_object(&json);
	ck_assert_ptr_nonnull(strstr(sheet.bytes, row->printed));
	ck_assert_ptr_nonnull(strstr(sheet.bytes, "\"\\n\xef\xbf\xbd\": "));
}
END_TEST

START_TEST(sheet_in_memory)
{
	struct arena *arena = arena_new();
	struct json_sheet kept = { .arena = arena };

	ck_assert_str_eq(json_sheet_text(&kept), "");
	json_init(&json, json_sheet_sink(&kept), false);
	for (size_t i = 0; i < 1000; i++) {
		json_text(&json, "seven");
		ck_assert_uint_eq(kept.length, 7 * (i + 1));
		ck_assert_uint_eq(strlen(json_sheet_text(&kept)), kept.length);
	}
	json_sheet_add(&kept, "\n", 1);
	ck_assert_str_eq(json_sheet_text(&kept) + 6993, "\"seven\"\n");
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("json");
	TCase *tests = tcase_create("json");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, one_line);
	tcase_add_test(tests, pretty);
	tcase_add_test(tests, deep_and_pretty);
	tcase_add_test(tests, many_documents);
	tcase_add_loop_test(tests, string_is_escaped, 0,
	    (int)(sizeof(string_rows) / sizeof(*string_rows)));
	tcase_add_test(tests, sheet_in_memory);
	suite_add_tcase(suite, tests);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
