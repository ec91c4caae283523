/* SPDX-License-Identifier: MIT */
/*
 * What no test file can show of reading JSON: bytes that an editor would not
 * write, exact places, and that nothing behind the input is touched.
 */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <check.h>

#include "policy/text.h"

static struct arena *arena;
static struct report report;

static void
setup(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(arena);
}

static void
teardown(void)
{
	arena_free(arena);
}

static const struct text *
read_bytes(const char *bytes, size_t length)
{
	const struct source *source = source_new(arena, "x.json", bytes,
	    length);

	report_init(&report, arena, source);
	return text_read(arena, source, &report);
}

static const struct text *
read_string(const char *string)
{
	return read_bytes(string, strlen(string));
}

static const struct text *
read_clean(const char *string)
{
	const struct text *text = read_string(string);

	ck_assert_msg(report.findings.count == 0, "%s: %s", string,
	    report.findings.count == 0 ? "" :
	    report.findings.items[0].message);
	ck_assert(text->usable);
	ck_assert_ptr_nonnull(text->root);
	return text;
}

static void
assert_finding(size_t index, const char *id, size_t line, size_t column)
{
	const struct finding *finding;
	struct place place;

	ck_assert_uint_lt(index, report.findings.count);
	finding = &report.findings.items[index];
	place = source_place(finding->source, finding->span);
	ck_assert_str_eq(finding->complaint->id, id);
	ck_assert_int_eq(finding->severity, SEVERITY_ERROR);
	ck_assert_uint_eq(place.line, line);
	ck_assert_uint_eq(place.column, column);
}

static void
assert_text(const struct node *node, const char *expected)
{
	ck_assert_ptr_nonnull(node);
	ck_assert_uint_eq(node->length, strlen(expected));
	ck_assert_int_eq(memcmp(node->text, expected, node->length), 0);
}

static void
assert_span(struct span span, size_t start, size_t end)
{
	ck_assert_uint_eq(span.start, start);
	ck_assert_uint_eq(span.end, end);
}

START_TEST(tree_has_kinds_and_spans)
{
	const struct text *text = read_clean(
	    " {\"a\": [1.50e+3, true, null], \"\\u0062\\n\" : \"c\"}\n");
	const struct node *root = text->root;
	const struct node *list = root->first, *string = list->next;

	ck_assert_uint_eq(text->count, 6);
	ck_assert_int_eq(root->kind, NODE_OBJECT);
	ck_assert_ptr_null(root->key);
	ck_assert_ptr_null(root->parent);
	ck_assert_uint_eq(root->count, 2);
	assert_span(root->span, 1, 47);
	ck_assert_int_eq(list->kind, NODE_ARRAY);
	assert_span(list->key_span, 2, 5);
	assert_span(list->span, 7, 28);
	ck_assert_ptr_eq(list->parent, root);
	ck_assert_int_eq(list->first->kind, NODE_NUMBER);
	assert_text(list->first, "1.50e+3");
	assert_span(list->first->key_span, 0, 0);
	assert_text(list->first->next, "true");
	ck_assert_int_eq(list->first->next->kind, NODE_BOOLEAN);
	ck_assert_uint_eq(list->first->next->index, 1);
	assert_text(list->first->next->next, "null");
	ck_assert_int_eq(list->first->next->next->kind, NODE_NULL);
	ck_assert_uint_eq(string->key_length, 2);
	ck_assert_int_eq(memcmp(string->key, "b\n", 2), 0);
	assert_span(string->key_span, 30, 40);
	assert_text(string, "c");
	assert_span(string->span, 43, 46);
	ck_assert_ptr_null(string->next);
}
END_TEST

START_TEST(numbers_keep_their_digits)
{
	const struct text *text = read_clean("[100000000000000000000000000000"
	    "0000000000000000000000000000000000000000000000000000000000000001,"
	    "-0.10, 1e400]");
	const struct node *first = text->root->first;

	ck_assert_uint_eq(first->length, 94);
	ck_assert_int_eq(first->text[93], '1');
	assert_text(first->next, "-0.10");
	assert_text(first->next->next, "1e400");
}
END_TEST

/* One fault in one document; an escape in C must not run into a digit. */
static const struct fault_row {
	const char	*document;
	const char	*id;
	size_t		 line, column;
	const char	*message;	/* part of it */
} fault_rows[] = {
#define SYNTAX "json-syntax-error"
#define TRAILING "trailing-content"
	{ "", SYNTAX, 1, 1, "the document is empty" },
	{ " \n\t\n", SYNTAX, 3, 1, "nothing but blanks" },
	{ "{\"a\": 1\n \"b\": 2}", SYNTAX, 2, 2,
	    "expected `,` or `}` after a value, found `\"`" },
	{ "[1, 2}", SYNTAX, 1, 6,
	    "expected `,` or `]` after a value, found `}`" },
	{ "{\"a\" 1}", SYNTAX, 1, 6, "expected `:` after a key, found `1`" },
	{ "{a: 1}", SYNTAX, 1, 2, "expected a key in double quotes or `}` "
	    "after `{`, found `a`" },
	{ "{\"a\":1, 2}", SYNTAX, 1, 9,
	    "expected a key in double quotes after `,`, found `2`" },
	{ "{\"a\": }", SYNTAX, 1, 7, "a value after `:`, found `}`" },
	{ "[,1]", SYNTAX, 1, 2, "a value or `]` after `[`, found `,`" },
	{ "[1,,2]", SYNTAX, 1, 4, "a value after `,`, found `,`" },
	{ "]", SYNTAX, 1, 1, "expected a value, found `]`" },
	{ "[1", SYNTAX, 1, 3, "found the end of the document" },
	{ "[True]", SYNTAX, 1, 2, "found `True`" },
	{ "[nulls]", SYNTAX, 1, 2, "found `nulls`" },
	{ "[\xe2\x80\x9cx]", SYNTAX, 1, 2, "found U+201C" },
	{ "[\xff]", SYNTAX, 1, 2, "found the byte 0xff" },
	{ "[\f]", SYNTAX, 1, 2, "found the byte 0x0c" },
	{ "[/]", SYNTAX, 1, 2, "found `/`" },
	{ "[01]", SYNTAX, 1, 2, "without leading zeros, found `01`" },
	{ "[-]", SYNTAX, 1, 3, "a digit after `-`, found `]`" },
	{ "[-x]", SYNTAX, 1, 3, "a digit after `-`, found `x`" },
	{ "[1.]", SYNTAX, 1, 4, "a digit after the decimal point" },
	{ "[1e]", SYNTAX, 1, 4, "a digit of the exponent" },
	{ "[1e+", SYNTAX, 1, 5, "found the end of the document" },
	{ "[+1]", SYNTAX, 1, 2, "found `+1`" },
	{ "[\"a", SYNTAX, 1, 4, "`\"` to end a string, found the end of the "
	    "document" },
	{ "[\"a\\", SYNTAX, 1, 5, "found the end of the document" },
	{ "[\n\"ab\n\"]", SYNTAX, 2, 4, "found the end of the line" },
	{ "[\"\t\"]", SYNTAX, 1, 3, "the control character 0x09" },
	{ "[\"\\\t\"]", SYNTAX, 1, 4, "the control character 0x09" },
	{ "[\"ab\\x41\"]", SYNTAX, 1, 5, "found `\\` before `x`" },
	{ "[\"\\\xc3\xa9\"]", SYNTAX, 1, 3, "before U+00E9" },
	{ "[\"\\u12G4\"]", SYNTAX, 1, 3, "four hexadecimal digits after "
	    "`\\u`, found 2" },
	{ "\xef\xbb\xbf[]", TRAILING, 1, 1, "a byte order mark" },
	{ "[1 // one\n]", TRAILING, 1, 4, "a comment" },
	{ "# one\r[]", TRAILING, 1, 1, "a comment" },
	{ "{\"a\"/*\n*/:1}", TRAILING, 1, 5, "a comment" },
	{ "[] /*/", TRAILING, 1, 4, "a comment that never ends" },
	{ "[1,\n 2 ,\n]", TRAILING, 2, 4, "between it and `]`" },
	{ "{\"a\": 1,}", TRAILING, 1, 8, "between it and `}`" },
	{ "{}\n{}", TRAILING, 2, 1, "`{` after the end of the document" },
	{ "{},", TRAILING, 1, 3, "`,` after the end of the document" },
	{ "[]]", TRAILING, 1, 3, "`]` after the end of the document" },
	{ "1 Sid", TRAILING, 1, 3, "`Sid` after the end of the document" },
	{ "{\"a\":1, \"b\":2,\n\"a\":3}", "duplicate-json-key", 2, 1,
	    "`a` stands twice" },
	{ "{\"Ab\":1, \"\\u0041b\":2}", "duplicate-json-key", 1, 10,
	    "`Ab` stands twice" },
	{ "[{\"x\":{\"\":1, \"\":2}}]", "duplicate-json-key", 1, 14,
	    "`` stands twice" },
	{ "[\"ab\xe9\"]", "invalid-utf8", 1, 5, "0xe9" },
	{ "{\"\xc0\x80\":1}", "invalid-utf8", 1, 3, "0xc0" },
	{ "[\"\xe0\x9f\xbf\"]", "invalid-utf8", 1, 3, "0xe0" },
	{ "[\"\xed\xa0\x80\"]", "invalid-utf8", 1, 3, "0xed" },
	{ "[\"\xf0\x8f\xbf\xbf\"]", "invalid-utf8", 1, 3, "0xf0" },
	{ "[\"\xf4\x90\x80\x80\"]", "invalid-utf8", 1, 3, "0xf4" },
	{ "[\"\xc3\xa9\xc3\"]", "invalid-utf8", 1, 5, "0xc3" },
	{ "[\"\\ud800\"]", "invalid-utf8", 1, 3, "one half" },
	{ "[\"\\uDC00\\uD800\\uDC00\"]", "invalid-utf8", 1, 3, "one half" },
	{ "[\"\\ud800\\u0041\"]", "invalid-utf8", 1, 3, "one half" },
	{ "[\"ab\\u0000\"]", "nul-character", 1, 5, "`\\u0000` is a NUL" },
	{ "{\"\\u0000\":1}", "nul-character", 1, 3, "`\\u0000` is a NUL" },
#undef SYNTAX
#undef TRAILING
};

START_TEST(fault_has_its_place)
{
	const struct fault_row *row = &fault_rows[_i];
	const struct text *text = read_string(row->document);

	assert_finding(0, row->id, row->line, row->column);
	ck_assert_msg(strstr(report.findings.items[0].message,
	    row->message) != NULL, "%s: %s", row->document,
	    report.findings.items[0].message);
	ck_assert_msg(report.findings.count == 1, "%s: %s", row->document,
	    report.findings.items[report.findings.count - 1].message);
	ck_assert(!text->usable);
	ck_assert_int_eq(text->root == NULL,
	    strcmp(row->id, "json-syntax-error") == 0);
}
END_TEST

static const char *const innocents[] = {
	"0", "-0", "1E-2", "\"\"", "[]", "{}", "null", " [ ] ", "[[],{}]",
	"\r\n\t{\"a\" : 1}\r\n",
	"[\"// no comment\", \"/* */\", \"#\"]",
	"{\"a\":1,\"A\":2,\"a \":3,\"a\\u0301\":4}",
	"[{\"a\":1},{\"a\":2}]",
	"{\"a\":{\"a\":{\"a\":1}}}",
	"[\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\"]",
	"[\"\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"]",
	"[\"\\ud83d\\ude00 \\uD7FF\\uE000\\u0001\x7f\"]",
	"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
};

START_TEST(innocent_is_clean)
{
	read_clean(innocents[_i]);
}
END_TEST

START_TEST(fault_hides_no_other)
{
	const struct text *text = read_string("\xef\xbb\xbf{ // one\n"
	    "\"a\": [1,],\n"
	    "\"a\": \"\\u0000\xff\",\n"
	    "}\n"
	    "# more\n"
	    "{}");

	ck_assert_uint_eq(report.findings.count, 9);
	assert_finding(0, "trailing-content", 1, 1);
	assert_finding(1, "trailing-content", 1, 6);
	assert_finding(2, "trailing-content", 2, 8);
	assert_finding(3, "nul-character", 3, 7);
	assert_finding(4, "invalid-utf8", 3, 13);
	assert_finding(5, "trailing-content", 3, 15);
	assert_finding(6, "trailing-content", 5, 1);
	assert_finding(7, "trailing-content", 6, 1);
	assert_finding(8, "duplicate-json-key", 3, 1);
	ck_assert_uint_eq(text->root->count, 2);
	ck_assert(!text->usable);
}
END_TEST

START_TEST(syntax_error_ends_the_scan)
{
	const struct text *text = read_string("[1,] x [\"\xff\" oops, }");

	assert_finding(0, "trailing-content", 1, 3);
	assert_finding(1, "trailing-content", 1, 6);
	ck_assert_uint_eq(report.findings.count, 2);
	ck_assert_uint_eq(text->root->count, 1);
	text = read_string("[\"\xff\", oops, ]]");
	assert_finding(0, "invalid-utf8", 1, 3);
	assert_finding(1, "json-syntax-error", 1, 7);
	ck_assert_uint_eq(report.findings.count, 2);
	ck_assert_ptr_null(text->root);
}
END_TEST

START_TEST(bracket_still_open_is_shown)
{
	const struct finding *finding;

	read_string("{\"a\": [1}");
	finding = &report.findings.items[0];
	ck_assert_uint_eq(finding->related.count, 1);
	assert_span(finding->related.items[0].span, 6, 7);
	read_string("[1, True]");
	ck_assert_str_eq(report.findings.items[0].help, "write `true`");
}
END_TEST

START_TEST(other_encodings_are_one_fault)
{
	static const struct { const char *bytes; size_t length; } wide[] = {
		{ "\xff\xfe{\0}\0", 6 },
		{ "\xfe\xff\0{\0}", 6 },
		{ "{\0}\0", 4 },
		{ "\0{\0}", 4 },
		{ "{\0\0\0}\0\0\0", 8 },
		{ "\0\0\0{\0\0\0}", 8 },
	};

	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++) {
		const struct text *text = read_bytes(wide[i].bytes,
		    wide[i].length);

		ck_assert_uint_eq(report.findings.count, 1);
		assert_finding(0, "invalid-utf8", 1, 1);
		ck_assert_ptr_null(text->root);
		ck_assert(!text->usable);
	}
	read_bytes("[\0]", 3);
	assert_finding(0, "json-syntax-error", 1, 2);
	read_bytes("\0\0\0\0", 4);
	assert_finding(0, "json-syntax-error", 1, 1);
	read_bytes("[\"\0\"]", 5);
	assert_finding(0, "json-syntax-error", 1, 3);
}
END_TEST

START_TEST(faulty_strings_are_not_cut)
{
	const struct text *text = read_string(
	    "{\"Allow\\u0000Deny\": \"Allow\\u0000\\n\", \"Allow\": 1,"
	    " \"\\udc00\\ud83d\\ude00\": 2, \"\\udc01\\ud83d\\ude00\": 3}");
	const struct node *first = text->root->first;
	const struct node *third = first->next->next;

	/* Not a duplicate among them. */
	ck_assert_uint_eq(report.findings.count, 4);
	ck_assert_uint_eq(first->key_length, 10);
	ck_assert_int_eq(memcmp(first->key, "Allow\0Deny", 10), 0);
	ck_assert_uint_eq(first->length, 7);
	ck_assert_int_eq(memcmp(first->text, "Allow\0\n", 7), 0);
	ck_assert_ptr_eq(node_find(text->root, "Allow"), first->next);
	ck_assert_uint_eq(third->key_length, 7);
	ck_assert_int_eq(memcmp(third->key + 3, "\xf0\x9f\x98\x80", 4), 0);
}
END_TEST

static const struct text *
read_nested(size_t depth)
{
	char *bytes = arena_alloc(arena, 2 * depth);

	memset(bytes, '[', depth);
	memset(bytes + depth, ']', depth);
	return read_bytes(bytes, 2 * depth);
}

START_TEST(nesting_has_a_limit)
{
	const struct text *text = read_nested(TEXT_DEPTH_MAX);
	const struct node *node = text->root;

	ck_assert(text->usable);
	ck_assert_uint_eq(text->count, TEXT_DEPTH_MAX);
	while (node->first != NULL)
		node = node->first;
	ck_assert_uint_eq(strlen(text_pointer(text, arena, node->span)),
	    2 * (TEXT_DEPTH_MAX - 1));
	text = read_nested(TEXT_DEPTH_MAX + 1);
	assert_finding(0, "nesting-too-deep", 1, TEXT_DEPTH_MAX + 1);
	ck_assert_uint_eq(report.findings.count, 1);
	ck_assert_ptr_null(text->root);
	read_nested(1000000);
	ck_assert_uint_eq(report.findings.count, 1);
}
END_TEST

START_TEST(duplicates_name_the_first)
{
	const struct finding *finding;

	read_string("{\"a\":1, \"b\":2, \"\\u0061\":3, \"a\":4}");
	ck_assert_uint_eq(report.findings.count, 2);
	assert_finding(0, "duplicate-json-key", 1, 16);
	assert_finding(1, "duplicate-json-key", 1, 28);
	finding = &report.findings.items[1];
	ck_assert_uint_eq(finding->related.count, 1);
	assert_span(finding->related.items[0].span, 1, 4);
	assert_span(finding->span, 27, 30);
}
END_TEST

/* Members with numbers in no order; the first `doubled' come again. */
static const struct text *
read_members(size_t members, size_t doubled)
{
	char *bytes = arena_alloc(arena, 16 * (members + doubled) + 2);
	size_t length = 0;

	for (size_t i = 0; i < members + doubled; i++)
		length += (size_t)sprintf(bytes + length, "%c\"m%zu\":0",
		    i == 0 ? '{' : ',', i % members * 7919 % members);
	bytes[length++] = '}';
	return read_bytes(bytes, length);
}

START_TEST(duplicates_among_many)
{
	const struct text *text = read_members(100000, 3);
	const struct node *node = text->root->first;

	ck_assert_uint_eq(report.findings.count, 3);
	for (size_t i = 0; i < 3; i++, node = node->next) {
		const struct finding *finding = &report.findings.items[i];

		assert_span(finding->related.items[0].span,
		    node->key_span.start, node->key_span.end);
		ck_assert_uint_gt(finding->span.start, 1000000);
	}
	for (size_t i = 2; i < 40; i++) {
		read_members(i, 0);
		ck_assert_uint_eq(report.findings.count, 0);
		read_members(i, 1);
		ck_assert_uint_eq(report.findings.count, 1);
		assert_span(report.findings.items[0].related.items[0].span,
		    1, 5);
	}
}
END_TEST

START_TEST(members_are_found)
{
	const struct text *text = read_clean("{\"a\": 1, \"\\u0062\": 2}");

	assert_text(node_find(text->root, "a"), "1");
	assert_text(node_find(text->root, "b"), "2");
	ck_assert_ptr_null(node_find(text->root, "A"));
	ck_assert_ptr_null(node_find(text->root, ""));
	ck_assert_ptr_null(node_find(text->root->first, "a"));
	ck_assert_ptr_null(node_find(NULL, "a"));
	text = read_string("{\"a\": 1, \"a\": 2}");
	assert_text(node_find(text->root, "a"), "1");
}
END_TEST

/* Decoded: 0 a, 1 LF, 2-3 e acute, 4-7 a face, 8 ", 9-10 e acute, 11 z. */
/* Bytes are read by the word, so each place in a word is tried. */
START_TEST(every_byte_of_a_word_is_seen)
{
	enum { LONGEST = 20 };
	static const char *const odd[] = { "\\n", "\xc3\xa9", "\x7f", "!" };
	static const char *const bad[] = { "\n", "\x1f", "\\x", "\x80" };

	for (size_t at = 0; at < LONGEST; at++)
		for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
			char *string = arena_printf(arena, "[%*s\"%.*s%s%.*s\"]",
			    (int)at, "", (int)at, "aaaaaaaaaaaaaaaaaaaa",
			    odd[i], LONGEST - (int)at, "bbbbbbbbbbbbbbbbbbbb");
			const struct node *node =
			    read_clean(string)->root->first;

			assert_span(node->span, at + 1, strlen(string) - 1);
			string = arena_printf(arena, "[\"%.*s%s%.*s\"]",
			    (int)at, "aaaaaaaaaaaaaaaaaaaa", bad[i],
			    LONGEST - (int)at, "bbbbbbbbbbbbbbbbbbbb");
			read_string(string);
			ck_assert_uint_eq(report.findings.count, 1);
			ck_assert_uint_eq(report.findings.items[0].span.start,
			    at + 2);
		}
}
END_TEST

static const struct within_row {
	size_t	start, length;
	size_t	from, to;		/* in the source */
} within_rows[] = {
	{ 0, 1, 2, 3 },
	{ 1, 1, 3, 5 },
	{ 2, 2, 5, 11 },
	{ 4, 4, 11, 23 },
	{ 8, 1, 23, 25 },
	{ 9, 2, 25, 27 },
	{ 11, 1, 27, 28 },
	{ 0, 12, 2, 28 },
	{ 1, 8, 3, 25 },
	{ 3, 1, 5, 11 },		/* parts of one escape */
	{ 5, 1, 11, 23 },
	{ 7, 2, 11, 25 },
	{ 0, 0, 2, 2 },
	{ 4, 0, 11, 11 },
	{ 12, 0, 28, 28 },
	{ 11, 99, 27, 28 },
	{ 99, 99, 28, 28 },
};

START_TEST(span_within_a_string)
{
	const struct within_row *row = &within_rows[_i];
	const struct text *text = read_clean(
	    "[\"a\\n\\u00e9\\uD83D\\ude00\\\"\xc3\xa9z\"]");
	const struct node *string = text->root->first;

	ck_assert_uint_eq(string->length, 12);
	assert_span(node_span_within(text->source, string, row->start,
	    row->length), row->from, row->to);
}
END_TEST

START_TEST(span_within_plain_text)
{
	const struct text *text = read_clean("[\"abc\", 1234]");

	assert_span(node_span_within(text->source, text->root->first, 1, 2),
	    3, 5);
	assert_span(node_span_within(text->source, text->root->first->next,
	    1, 2), 9, 11);
}
END_TEST

static const struct pointer_row {
	size_t		 start, end;
	const char	*pointer;
} pointer_rows[] = {
	{ 0, 1, "" },			/* the bracket */
	{ 1, 6, "/a~1b" },		/* the key */
	{ 2, 3, "/a~1b" },
	{ 6, 7, "/a~1b" },		/* the colon */
	{ 8, 9, "/a~1b" },		/* the array's bracket */
	{ 9, 11, "/a~1b/0" },
	{ 10, 10, "/a~1b/0" },
	{ 11, 12, "/a~1b" },		/* a comma */
	{ 13, 14, "/a~1b/1" },
	{ 16, 17, "/a~1b/1/~0" },
	{ 21, 22, "/a~1b/1/~0" },
	{ 9, 14, "/a~1b" },		/* from one element into the next */
	{ 2, 14, "/a~1b" },
	{ 27, 29, "/" },
	{ 25, 31, "" },
	{ 0, 32, "" },
};

START_TEST(pointer_to_the_deepest)
{
	const struct pointer_row *row = &pointer_rows[_i];
	const struct text *text = read_clean(
	    "{\"a/b\": [10, {\"~\": true}], \"\":0}");
	struct span span = { row->start, row->end };

	ck_assert_str_eq(text_pointer(text, arena, span), row->pointer);
}
END_TEST

START_TEST(pointers_lead_back)
{
	const struct text *text = read_clean("{\"a/b\": [10, {\"~\": true,"
	    "\"~1\": 2}, 1,2,3,4,5,6,7,8,9,{\"\":[0]}], \"\":0, \"a\":1}");

	for (size_t i = 0; i < text->count; i++) {
		const struct node *node = &text->root[i];

		ck_assert_ptr_eq(text_find(text, text_pointer(text, arena,
		    node->span)), node);
	}
	ck_assert_ptr_null(text_find(text, "a"));
	ck_assert_ptr_null(text_find(text, "/a~1b/00"));
	ck_assert_ptr_null(text_find(text, "/a~1b/-"));
	ck_assert_ptr_null(text_find(text, "/a~1b/12"));
	ck_assert_ptr_null(text_find(text, "/a~1b/"));
	ck_assert_ptr_null(text_find(text, "/a~1b/0/0"));
	ck_assert_ptr_null(text_find(text, "/a~"));
	ck_assert_ptr_null(text_find(text, "/ab"));
	text = read_string("oops");
	ck_assert_ptr_null(text_find(text, ""));
	ck_assert_str_eq(text_pointer(text, arena, (struct span){ 0, 4 }), "");
}
END_TEST

START_TEST(inner_source_keeps_outer_places)
{
	static const char bytes[] = "{\n \"Policy\": \"{\\\"a\\\":[1,]}\"}";
	const struct text *outer = read_string(bytes), *inner;
	const struct node *policy = outer->root->first;
	size_t *origin = arena_array(arena, policy->length + 1,
	    sizeof(*origin));
	const struct source *source;

	for (size_t i = 0; i <= policy->length; i++)
		origin[i] = node_span_within(outer->source, policy, i,
		    1).start;
	source = source_inside(arena, outer->source, policy->text,
	    policy->length, origin);
	inner = text_read(arena, source, &report);
	ck_assert_ptr_eq(report.source, outer->source);
	ck_assert_ptr_eq(report.findings.items[0].source, source);
	assert_finding(0, "trailing-content", 2, 22);
	assert_span(inner->root->first->key_span, 1, 4);
	ck_assert_str_eq(text_pointer(inner, arena,
	    report.findings.items[0].span), "/a");
}
END_TEST

static const char *const guarded[] = {
	" {\"Id\": [1.5e+3, -0, true, false, null, \"x\"], \"\\u00e9\": {}} ",
	"[\"\\ud83d\\ude00\\n\\\\\", \"\xf0\x9f\x98\x80\xc3\xa9\"]",
	"\xef\xbb\xbf/* a */ [1, // b\n 2, # c\n] {} /**/",
	"[\"\\u0000\\udc00\", \"\\ud83d\", \"\xed\xa0\x80\xf4\x8f\xbf\"]",
	"{\"True\": True}",
};

/* Each prefix ends where the memory ends. */
START_TEST(nothing_behind_the_input_is_read)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t length = strlen(guarded[_i]);
	char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert(pages != MAP_FAILED);
	ck_assert_int_eq(mprotect(pages + page, page, PROT_NONE), 0);
	for (size_t i = 0; i <= length; i++) {
		char *bytes = pages + page - i;
		const struct text *text;

		memcpy(bytes, guarded[_i], i);
		text = read_bytes(bytes, i);
		ck_assert_int_eq(text->usable, report.findings.count == 0);
		for (size_t j = 0; j < text->count; j++)
			node_span_within(text->source, &text->root[j], 0,
			    text->root[j].length);
	}
	munmap(pages, 2 * page);
}
END_TEST

static bool
has_syntax_fault(void)
{
	static const char *const ids[] = { "json-syntax-error",
	    "trailing-content", "nesting-too-deep", "invalid-utf8" };

	for (size_t i = 0; i < report.findings.count; i++)
		for (size_t j = 0; j < sizeof(ids) / sizeof(*ids); j++)
			if (strcmp(report.findings.items[i].complaint->id,
			    ids[j]) == 0)
				return true;
	return false;
}

static void
judge_suite_file(const char *directory, const char *name)
{
	const char *path = arena_printf(arena, "%s/%s", directory, name);
	FILE *file = fopen(path, "rb");
	static char bytes[1 << 20];
	const struct text *text;
	size_t length;

	ck_assert_msg(file != NULL, "%s", path);
	length = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	text = read_bytes(bytes, length);
	if (name[0] == 'y') {
		ck_assert_msg(text->root != NULL, "%s", name);
		ck_assert_msg(!has_syntax_fault(), "%s", name);
	} else if (name[0] == 'n') {
		ck_assert_msg(has_syntax_fault(), "%s", name);
		ck_assert_uint_ge(source_place(text->source,
		    report.findings.items[0].span).line, 1);
	}
}

START_TEST(json_test_suite)
{
	const char *corpora = getenv("SEKISHO_CORPORA");
	const char *directory;
	struct dirent *entry;
	size_t count = 0;
	DIR *files;

	if (corpora == NULL)
		return;
	directory = arena_printf(arena, "%s/jsontestsuite/test_parsing",
	    corpora);
	files = opendir(directory);
	ck_assert_msg(files != NULL, "%s", directory);
	while ((entry = readdir(files)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		judge_suite_file(directory, entry->d_name);
		count++;
	}
	closedir(files);
	ck_assert_uint_gt(count, 300);
}
END_TEST

#define ROWS(TABLE) ((int)(sizeof(TABLE) / sizeof(*(TABLE))))

static TCase *
case_of_faults(void)
{
	TCase *tests = tcase_create("faults");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, fault_has_its_place, 0, ROWS(fault_rows));
	tcase_add_loop_test(tests, innocent_is_clean, 0, ROWS(innocents));
	tcase_add_test(tests, fault_hides_no_other);
	tcase_add_test(tests, syntax_error_ends_the_scan);
	tcase_add_test(tests, bracket_still_open_is_shown);
	tcase_add_test(tests, other_encodings_are_one_fault);
	tcase_add_test(tests, faulty_strings_are_not_cut);
	tcase_add_test(tests, nesting_has_a_limit);
	tcase_add_test(tests, duplicates_name_the_first);
	tcase_add_test(tests, duplicates_among_many);
	tcase_add_loop_test(tests, nothing_behind_the_input_is_read, 0,
	    ROWS(guarded));
	tcase_add_test(tests, json_test_suite);
	return tests;
}

static TCase *
case_of_trees(void)
{
	TCase *tests = tcase_create("trees");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, tree_has_kinds_and_spans);
	tcase_add_test(tests, numbers_keep_their_digits);
	tcase_add_test(tests, every_byte_of_a_word_is_seen);
	tcase_add_test(tests, members_are_found);
	tcase_add_loop_test(tests, span_within_a_string, 0, ROWS(within_rows));
	tcase_add_test(tests, span_within_plain_text);
	tcase_add_loop_test(tests, pointer_to_the_deepest, 0,
	    ROWS(pointer_rows));
	tcase_add_test(tests, pointers_lead_back);
	tcase_add_test(tests, inner_source_keeps_outer_places);
	return tests;
}

int
main(void)
{
	Suite *suite = suite_create("text");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, case_of_faults());
	suite_add_tcase(suite, case_of_trees());
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
