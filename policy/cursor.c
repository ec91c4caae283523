/* SPDX-License-Identifier: MIT */
/* Tokens of JSON, and what people write in their place. */
#include "config.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

#include "policy/character.h"
#include "policy/cursor.h"

enum { WORD_SHOWN = 40 };		/* bytes of a wrong word in a message */

/* Tokens of other languages and of word processors. */
static const struct remedy {
	const char	*token;
	const char	*help;
} remedies[] = {
	{ "'", "JSON knows only double quotes" },
	{ "`", "JSON knows only double quotes" },
	{ "\u2018", "JSON knows only straight double quotes" },
	{ "\u2019", "JSON knows only straight double quotes" },
	{ "\u201c", "JSON knows only straight double quotes" },
	{ "\u201d", "JSON knows only straight double quotes" },
	{ "\u00a0", "it looks like a blank; write a plain one" },
	{ "\u3000", "it looks like a blank; write a plain one" },
	{ "\u200b", "it cannot be seen; delete it" },
	{ "\ufeff", "it is a byte order mark; delete it" },
	{ "True", "write `true`" },
	{ "TRUE", "write `true`" },
	{ "False", "write `false`" },
	{ "FALSE", "write `false`" },
	{ "None", "write `null`" },
	{ "Null", "write `null`" },
	{ "NULL", "write `null`" },
};

static bool
is_digit(int byte)
{
	return byte >= '0' && byte <= '9';
}

static bool
is_word(int byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	    is_digit(byte) || byte == '_' || byte == '-' || byte == '+' ||
	    byte == '.';
}

/*
 * What a string may hold as it is, in one byte.  Most bytes of a policy are
 * asked this: a table answers sooner than four comparisons.
 */
static const bool plain[256] = {
	[' '] = true, ['!'] = true,
	['#' ... '['] = true,
	[']' ... 0x7f] = true,
};

/* A word whose eight bytes are all the byte. */
#define EIGHT(byte)	(UINT64_C(0x0101010101010101) * (byte))

/*
 * How many of the eight bytes here come before the first that is not plain.
 * Below that one the sums borrow nothing, so that its mark is the lowest.
 */
static size_t
count_plain(const char *bytes)
{
	const uint64_t ones = EIGHT(1), highs = EIGHT(0x80);
	uint64_t word, quotes, slashes, marks;

	memcpy(&word, bytes, sizeof(word));
	word = le64toh(word);
	quotes = word ^ EIGHT('"');
	slashes = word ^ EIGHT('\\');
	marks = ((word - EIGHT(0x20)) | (quotes - ones) | (slashes - ones) |
	    word) & highs;
	return marks == 0 ? 8 : (size_t)__builtin_ctzll(marks) / 8;
}

static bool
token_is(const struct cursor *c, struct span token, const char *word)
{
	size_t length = token.end - token.start;

	return strlen(word) == length &&
	    memcmp(word, c->bytes + token.start, length) == 0;
}

struct finding *
cursor_complain(struct cursor *c, enum fault fault, struct span span,
    const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = report_vadd(c->report, &c->complaints[fault], span, format,
	    arguments);
	va_end(arguments);
	c->clean = false;
	if (fault == FAULT_SYNTAX || fault == FAULT_DEPTH)
		c->broken = true;
	return finding;
}

struct span
cursor_token(const struct cursor *c)
{
	struct span token = { c->at, c->at };
	size_t length;

	while (token.end < c->length &&
	    is_word((unsigned char)c->bytes[token.end]))
		token.end++;
	if (token.end > token.start || token.end == c->length)
		return token;
	length = character_length(c->bytes + c->at, c->length - c->at);
	token.end += length == 0 ? 1 : length;
	return token;
}

const char *
cursor_describe(const struct cursor *c, struct span token)
{
	const char *bytes = c->bytes + token.start;
	size_t length = token.end - token.start;
	unsigned first;

	if (length == 0)
		return "the end of the document";
	first = (unsigned char)bytes[0];
	if (first < 0x20 || first == 0x7f ||
	    character_length(bytes, length) == 0)
		return arena_printf(c->arena, "the byte 0x%02x", first);
	if (first >= 0x80)
		return arena_printf(c->arena, "U+%04X",
		    (unsigned)character_code(bytes, length));
	if (length > WORD_SHOWN)
		return arena_printf(c->arena, "`%.*s...`", WORD_SHOWN, bytes);
	return arena_printf(c->arena, "`%.*s`", (int)length, bytes);
}

struct finding *
cursor_refuse(struct cursor *c, const char *expected)
{
	struct span token = cursor_token(c);
	struct finding *finding = cursor_complain(c, FAULT_SYNTAX, token,
	    "expected %s, found %s", expected, cursor_describe(c, token));

	for (size_t i = 0; i < sizeof(remedies) / sizeof(*remedies); i++)
		if (token_is(c, token, remedies[i].token))
			report_help(c->report, finding, "%s",
			    remedies[i].help);
	return finding;
}

static size_t
line_end(const struct cursor *c)
{
	size_t end = c->at;

	while (end < c->length && c->bytes[end] != '\n' &&
	    c->bytes[end] != '\r')
		end++;
	return end;
}

/* Behind the star and slash; beyond the end when there are none. */
static size_t
block_end(const struct cursor *c)
{
	size_t end = c->at + 4;

	while (end <= c->length &&
	    (c->bytes[end - 2] != '*' || c->bytes[end - 1] != '/'))
		end++;
	return end;
}

static bool
read_comment(struct cursor *c)
{
	struct span span = { c->at, c->at };
	int first = cursor_peek(c, 0), second;
	bool closed = true;

	if (first != '#' && first != '/')
		return false;
	c->foreign = true;
	second = cursor_peek(c, 1);
	if (first == '#' || (first == '/' && second == '/')) {
		span.end = line_end(c);
	} else if (first == '/' && second == '*') {
		span.end = block_end(c);
		closed = span.end <= c->length;
	} else {
		return false;
	}
	if (!closed)
		span.end = c->length;
	cursor_complain(c, FAULT_TRAILING, span, closed ?
	    "a comment, but JSON has none" :
	    "a comment that never ends: the rest of the document is not read");
	c->at = span.end;
	return true;
}

/* How many of the bytes here, eight at most, are the byte. */
static size_t
count_same(const char *bytes, uint64_t eight)
{
	uint64_t word, other;

	memcpy(&word, bytes, sizeof(word));
	other = le64toh(word) ^ eight;
	return other == 0 ? 8 : (size_t)__builtin_ctzll(other) / 8;
}

/* Behind the spaces: indentation, by the word. */
static size_t
skip_spaces(const struct cursor *c, size_t at)
{
	size_t same = 8;

	while (same == 8 && c->length - at >= 8) {
		same = count_same(c->bytes + at, EIGHT(' '));
		at += same;
	}
	while (at < c->length && c->bytes[at] == ' ')
		at++;
	return at;
}

static void
read_long_blanks(struct cursor *c)
{
	do {
		while (c->at < c->length && character_is_blank(c->bytes[c->at]))
			c->at = skip_spaces(c, c->at + 1);
	} while (read_comment(c));
}

void
cursor_read_blanks(struct cursor *c)
{
	int byte = cursor_peek(c, 0);

	/* a cheap no, for most tokens */
	if (byte <= ' ' || byte == '#' || byte == '/')
		read_long_blanks(c);
}

static void
refuse_in_string(struct cursor *c, size_t start)
{
	int byte = cursor_peek(c, 0);
	struct span here = { c->at, c->at };
	struct finding *finding;

	if (byte == CURSOR_END) {
		finding = cursor_complain(c, FAULT_SYNTAX, here, "expected "
		    "`\"` to end a string, found the end of the document");
	} else if (byte == '\n' || byte == '\r') {
		finding = cursor_complain(c, FAULT_SYNTAX, here, "expected "
		    "`\"` to end a string, found the end of the line");
	} else {
		here.end++;
		finding = cursor_complain(c, FAULT_SYNTAX, here, "expected "
		    "an escape, found the control character 0x%02x itself",
		    (unsigned)byte);
	}
	report_relate(c->report, finding, (struct span){ start, start + 1 },
	    "the string begins here");
	if (byte == '\t')
		report_help(c->report, finding, "write `\\t`");
}

static bool
refuse_escape(struct cursor *c)
{
	struct span span = { c->at, c->at + 2 };
	struct span letter;

	if (cursor_peek(c, 1) == 'u') {
		while (span.end < c->length &&
		    character_is_hex_digit(c->bytes[span.end]))
			span.end++;
		cursor_complain(c, FAULT_SYNTAX, span, "expected four "
		    "hexadecimal digits after `\\u`, found %zu",
		    span.end - span.start - 2);
		return false;
	}
	c->at++;
	letter = cursor_token(c);
	if (character_length(c->bytes + letter.start, 1) == 1)
		letter.end = letter.start + 1;
	span.end = letter.end;
	report_help(c->report, cursor_complain(c, FAULT_SYNTAX, span,
	    "expected an escape, found `\\` before %s",
	    cursor_describe(c, letter)), "a backslash itself is `\\\\`");
	return false;
}

static void
read_unicode_escape(struct cursor *c, int32_t code)
{
	struct span span = { c->at, c->at + 6 };

	if (code == 0) {
		cursor_complain(c, FAULT_NUL, span, "`\\u0000` is a NUL: "
		    "a program that ends strings there reads another "
		    "document");
	} else if (character_is_high_surrogate(code) &&
	    character_is_low_surrogate(character_unicode_escape(
	    c->bytes + span.end, c->length - span.end))) {
		span.end += 6;
	} else if (character_is_high_surrogate(code) ||
	    character_is_low_surrogate(code)) {
		cursor_complain(c, FAULT_UTF8, span, "`%.6s` is one half of "
		    "a surrogate pair: it is no character, and cannot be "
		    "written as UTF-8", c->bytes + c->at);
	}
	c->at = span.end;
}

static bool
read_escape(struct cursor *c, size_t start)
{
	int32_t code = character_unicode_escape(c->bytes + c->at,
	    c->length - c->at);
	int letter = cursor_peek(c, 1);

	c->escapes = true;
	if (code >= 0) {
		read_unicode_escape(c, code);
		return true;
	}
	if (letter == CURSOR_END || letter < 0x20) {
		c->at++;
		refuse_in_string(c, start);
		return false;
	}
	if (character_short_escape((char)letter) == '\0')
		return refuse_escape(c);
	c->at += 2;
	return true;
}

/* A character of several bytes, or all bytes here that belong to none. */
static void
read_beyond_ascii(struct cursor *c)
{
	size_t length = character_length(c->bytes + c->at, c->length - c->at);
	struct span bad = { c->at, c->at };

	c->foreign = true;
	if (length > 0) {
		c->at += length;
		return;
	}
	while (bad.end < c->length && character_length(c->bytes + bad.end,
	    c->length - bad.end) == 0)
		bad.end++;
	report_help(c->report, cursor_complain(c, FAULT_UTF8, bad,
	    "the byte 0x%02x is not UTF-8 here: readers disagree on what it "
	    "stands for", (unsigned char)c->bytes[bad.start]),
	    "save the document as UTF-8");
	c->at = bad.end;
}

static size_t
skip_plain(const struct cursor *c, size_t at)
{
	size_t count = 8;

	while (count == 8 && c->length - at >= 8) {
		count = count_plain(c->bytes + at);
		at += count;
	}
	while (at < c->length && plain[(unsigned char)c->bytes[at]])
		at++;
	return at;
}

bool
cursor_read_string(struct cursor *c)
{
	const char *bytes = c->bytes;
	size_t start = c->at, at = start + 1, length = c->length;

	for (;;) {
		at = skip_plain(c, at);
		c->at = at;
		if (at == length || (unsigned char)bytes[at] < 0x20) {
			refuse_in_string(c, start);
			return false;
		}
		if (bytes[at] == '"') {
			c->at++;
			return true;
		}
		if (bytes[at] != '\\')
			read_beyond_ascii(c);
		else if (!read_escape(c, start))
			return false;
		at = c->at;
	}
}

static bool
read_digits(struct cursor *c, const char *expected)
{
	size_t start = c->at;

	while (is_digit(cursor_peek(c, 0)))
		c->at++;
	if (c->at > start)
		return true;
	cursor_refuse(c, expected);
	return false;
}

/* The digits before the point. */
static bool
read_whole(struct cursor *c)
{
	struct span token = cursor_token(c);
	bool zero = cursor_peek(c, 0) == '0';

	if (!read_digits(c, "a digit after `-`"))
		return false;
	if (!zero || c->at == token.start + 1)
		return true;
	cursor_complain(c, FAULT_SYNTAX, token,
	    "expected a number without leading zeros, found %s",
	    cursor_describe(c, token));
	return false;
}

static bool
read_exponent(struct cursor *c)
{
	int byte = cursor_peek(c, 0);

	if (byte != 'e' && byte != 'E')
		return true;
	c->at++;
	byte = cursor_peek(c, 0);
	if (byte == '+' || byte == '-')
		c->at++;
	return read_digits(c, "a digit of the exponent");
}

bool
cursor_read_number(struct cursor *c)
{
	if (cursor_peek(c, 0) == '-')
		c->at++;
	if (!read_whole(c))
		return false;
	if (cursor_peek(c, 0) == '.') {
		c->at++;
		if (!read_digits(c, "a digit after the decimal point"))
			return false;
	}
	return read_exponent(c);
}

bool
cursor_read_literal(struct cursor *c)
{
	struct span token = cursor_token(c);

	if (!token_is(c, token, "true") && !token_is(c, token, "false") &&
	    !token_is(c, token, "null"))
		return false;
	c->at = token.end;
	return true;
}
