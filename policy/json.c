/* SPDX-License-Identifier: MIT */
/*
 * Commas, blanks and escapes.  Does not look back at what it wrote, nor check
 * that brackets match: that is the caller's grammar.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "policy/character.h"
#include "policy/json.h"

enum { SHEET_MIN = 64 };

#define REPLACEMENT	"\xef\xbf\xbd"	/* U+FFFD in UTF-8 */

void
json_sheet_add(struct json_sheet *sheet, const char *bytes, size_t length)
{
	if (length >= sheet->capacity - sheet->length) {
		size_t capacity = 2 * sheet->capacity + length + SHEET_MIN;
		char *larger = arena_room(sheet->arena, capacity);

		if (sheet->length > 0)
			memcpy(larger, sheet->bytes, sheet->length);
		sheet->bytes = larger;
		sheet->capacity = capacity;
	}
	memcpy(sheet->bytes + sheet->length, bytes, length);
	sheet->length += length;
}

static void
write_sheet(void *sheet, const char *bytes, size_t length)
{
	json_sheet_add(sheet, bytes, length);
}

struct json_sink
json_sheet_sink(struct json_sheet *sheet)
{
	return (struct json_sink){ write_sheet, sheet };
}

const char *
json_sheet_text(struct json_sheet *sheet)
{
	json_sheet_add(sheet, "", 0);		/* there is room for one more */
	sheet->bytes[sheet->length] = '\0';
	return sheet->bytes;
}

static void
print_bytes(struct json *json, const char *bytes, size_t length)
{
	if (length > 0)
		json->sink.write(json->sink.to, bytes, length);
}

static void
print_line_end(struct json *json)
{
	static const char blanks[] = "                                ";
	size_t left = 2 * (size_t)json->depth;

	if (!json->pretty)
		return;
	print_bytes(json, "\n", 1);
	while (left > 0) {
		size_t part = left < sizeof(blanks) - 1 ? left :
		    sizeof(blanks) - 1;

		print_bytes(json, blanks, part);
		left -= part;
	}
}

/* Whatever must stand before the next value or key. */
static void
print_gap(struct json *json)
{
	if (json->after_key || json->depth == 0) {
		json->after_key = false;
		return;
	}
	if (!json->first)
		print_bytes(json, ",", 1);
	json->first = false;
	print_line_end(json);
}

static void
open_bracket(struct json *json, const char *bracket)
{
	print_gap(json);
	print_bytes(json, bracket, 1);
	json->depth++;
	json->first = true;
}

static void
close_bracket(struct json *json, const char *bracket)
{
	json->depth--;
	if (!json->first)
		print_line_end(json);
	json->first = false;
	print_bytes(json, bracket, 1);
}

/*
 * The escape of a character that must not, or had better not, stand in a
 * string as it is: quotes, controls (a terminal obeys them, the C1 ones and
 * DEL too) and U+2028 and U+2029, which end a line in JavaScript.  The
 * character has `length' bytes.  Returns 0 when it may stay.
 */
static size_t
escape(const char *bytes, size_t length, char escaped[8])
{
	static const char letters[] = "b\bf\fn\nr\rt\t\"\"\\\\";
	uint32_t code = character_code(bytes, length);

	for (const char *pair = letters; *pair != '\0'; pair += 2)
		if (code == (unsigned char)pair[1])
			return (size_t)snprintf(escaped, 8, "\\%c", *pair);
	if (code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	    code == 0x2028 || code == 0x2029)
		return (size_t)snprintf(escaped, 8, "\\u%04" PRIx32, code);
	return 0;
}

static bool
is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\' &&
	    byte != '#';
}

/* The character at `at' if it may not stay as it is; tells its length. */
static size_t
print_character(struct json *json, const char *at, size_t left)
{
	size_t length = character_length(at, left);
	char escaped[8];
	size_t count;

	if (length == 0) {
		print_bytes(json, REPLACEMENT, sizeof(REPLACEMENT) - 1);
		return 1;
	}
	/* A CI system takes `##[' for a command wherever it stands. */
	if (left >= 2 && at[0] == '#' && at[1] == '[')
		count = (size_t)snprintf(escaped, sizeof(escaped), "\\u0023");
	else
		count = escape(at, length, escaped);
	if (count > 0)
		print_bytes(json, escaped, count);
	else
		print_bytes(json, at, length);
	return length;
}

static void
print_quoted(struct json *json, const char *text, size_t length)
{
	size_t done = 0, at = 0;

	print_bytes(json, "\"", 1);
	while (at < length) {
		while (at < length && is_plain((unsigned char)text[at]))
			at++;
		print_bytes(json, text + done, at - done);
		if (at < length)
			at += print_character(json, text + at, length - at);
		done = at;
	}
	print_bytes(json, "\"", 1);
}

void
json_init(struct json *json, struct json_sink sink, bool pretty)
{
	*json = (struct json){ .sink = sink, .pretty = pretty, .first = true };
}

void
json_open_object(struct json *json)
{
	open_bracket(json, "{");
}

void
json_close_object(struct json *json)
{
	close_bracket(json, "}");
}

void
json_open_array(struct json *json)
{
	open_bracket(json, "[");
}

void
json_close_array(struct json *json)
{
	close_bracket(json, "]");
}

void
json_key(struct json *json, const char *key)
{
	json_key_bytes(json, key, strlen(key));
}

void
json_key_bytes(struct json *json, const char *key, size_t length)
{
	print_gap(json);
	print_quoted(json, key, length);
	print_bytes(json, ": ", json->pretty ? 2 : 1);
	json->after_key = true;
}

void
json_string(struct json *json, const char *text, size_t length)
{
	print_gap(json);
	print_quoted(json, text, length);
}

void
json_text(struct json *json, const char *text)
{
	if (text == NULL)
		json_null(json);
	else
		json_string(json, text, strlen(text));
}

void
json_number(struct json *json, uint64_t number)
{
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%" PRIu64, number);

	print_gap(json);
	print_bytes(json, digits, (size_t)length);
}

void
json_boolean(struct json *json, bool value)
{
	print_gap(json);
	if (value)
		print_bytes(json, "true", 4);
	else
		print_bytes(json, "false", 5);
}

void
json_null(struct json *json)
{
	print_gap(json);
	print_bytes(json, "null", 4);
}

void
json_literal(struct json *json, const char *text, size_t length)
{
	print_gap(json);
	print_bytes(json, text, length);
}

void
json_node(struct json *json, const struct node *node)
{
	if (node->kind == NODE_STRING)
		json_string(json, node->text, node->length);
	else if (node->kind == NODE_OBJECT)
		json_open_object(json);
	else if (node->kind == NODE_ARRAY)
		json_open_array(json);
	else
		json_literal(json, node->text, node->length);
	for (const struct node *i = node->first; i != NULL; i = i->next) {
		if (i->key != NULL)
			json_key_bytes(json, i->key, i->key_length);
		json_node(json, i);
	}
	if (node->kind == NODE_OBJECT)
		json_close_object(json);
	else if (node->kind == NODE_ARRAY)
		json_close_array(json);
}

void
json_member_text(struct json *json, const char *key, const char *text)
{
	json_key(json, key);
	json_text(json, text);
}

void
json_member_number(struct json *json, const char *key, uint64_t number)
{
	json_key(json, key);
	json_number(json, number);
}

void
json_member_boolean(struct json *json, const char *key, bool value)
{
	json_key(json, key);
	json_boolean(json, value);
}
