/* SPDX-License-Identifier: MIT */
/*
 * One pass without recursion: a state says what may come next, a stack of
 * open brackets says where we are.  What cannot be mended ends the scan,
 * since everything behind it would be a guess.
 */
#include "config.h"

#include <string.h>

#include "policy/cursor.h"
#include "policy/scan.h"

enum state {
	WANT_VALUE,
	WANT_VALUE_OR_END,		/* after [ */
	WANT_KEY,
	WANT_KEY_OR_END,		/* after { */
	WANT_SEPARATOR,			/* after a value inside brackets */
	COMPLETE
};

struct scanner {
	struct cursor		 cursor;
	struct scan		*scan;
	char			*skeleton;	/* where it goes on */
	enum state		 state;
	struct span		 key;		/* of the next value */
	size_t			 depth;
	size_t			 open[SCAN_DEPTH_MAX];	/* among the values */
};

/* Where the innermost open bracket stands; there must be one. */
static size_t
open_bracket_at(const struct scanner *s)
{
	return s->scan->values.items[s->open[s->depth - 1]].span.start;
}

static bool
in_object(const struct scanner *s)
{
	return s->depth > 0 && s->cursor.bytes[open_bracket_at(s)] == '{';
}

static struct finding *
refuse(struct scanner *s, const char *expected)
{
	int byte = cursor_peek(&s->cursor, 0);
	struct finding *finding = cursor_refuse(&s->cursor, expected);
	size_t at;

	/* When brackets do not match, the first is as likely to be wrong. */
	if (s->depth > 0 &&
	    (byte == CURSOR_END || byte == ']' || byte == '}')) {
		at = open_bracket_at(s);
		report_relate(s->cursor.report, finding,
		    (struct span){ at, at + 1 }, "`%c` is still open here",
		    s->cursor.bytes[at]);
	}
	return finding;
}

/*
 * No part of the skeleton is longer than what it stands for, so that there is
 * room for all of it.
 */
static void
write_skeleton(struct scanner *s, const char *bytes, size_t length)
{
	memcpy(s->skeleton, bytes, length);
	s->skeleton += length;
}

static void
add_value(struct scanner *s, size_t start)
{
	struct scan_value *value = list_add(s->cursor.arena, &s->scan->values);

	value->span = (struct span){ start, s->cursor.at };
	value->key_span = s->key;
	s->key = (struct span){ 0, 0 };
	s->state = s->depth == 0 ? COMPLETE : WANT_SEPARATOR;
}

static void
open_bracket(struct scanner *s, enum state inside)
{
	size_t start = s->cursor.at;

	if (s->depth == SCAN_DEPTH_MAX) {
		cursor_complain(&s->cursor, FAULT_DEPTH,
		    (struct span){ start, start + 1 }, "more than %d arrays "
		    "and objects inside each other: the document is not read",
		    SCAN_DEPTH_MAX);
		return;
	}
	write_skeleton(s, s->cursor.bytes + start, 1);
	s->cursor.at++;
	add_value(s, start);
	s->open[s->depth++] = s->scan->values.count - 1;
	s->state = inside;
}

static void
close_bracket(struct scanner *s)
{
	size_t value = s->open[--s->depth];

	write_skeleton(s, s->cursor.bytes + s->cursor.at, 1);
	s->cursor.at++;
	s->scan->values.items[value].span.end = s->cursor.at;
	s->state = s->depth == 0 ? COMPLETE : WANT_SEPARATOR;
}

static void
refuse_nothing(struct scanner *s)
{
	struct cursor *c = &s->cursor;
	struct span here = { c->at, c->at };

	if (c->length == 0)
		cursor_complain(c, FAULT_SYNTAX, here,
		    "the document is empty");
	else if (c->clean)
		cursor_complain(c, FAULT_SYNTAX, here,
		    "the document holds nothing but blanks");
	else
		cursor_complain(c, FAULT_SYNTAX, here,
		    "expected a value, found nothing more");
}

static void
refuse_value(struct scanner *s)
{
	if (s->state == WANT_VALUE_OR_END)
		refuse(s, "a value or `]` after `[`");
	else if (in_object(s))
		refuse(s, "a value after `:`");
	else if (s->depth > 0)
		refuse(s, "a value after `,`");
	else if (cursor_peek(&s->cursor, 0) == CURSOR_END)
		refuse_nothing(s);
	else
		refuse(s, "a value");
}

/* To cJSON all scalars are alike, so it gets what it reads soonest. */
static void
write_scalar(struct scanner *s, size_t length)
{
	if (length >= 4)
		write_skeleton(s, "null", 4);
	else
		write_skeleton(s, "0", 1);
}

static void
read_scalar(struct scanner *s, int byte)
{
	struct cursor *c = &s->cursor;
	size_t start = c->at;

	if (byte == '"') {
		if (!cursor_read_string(c))
			return;
	} else if (byte == '-' || (byte >= '0' && byte <= '9')) {
		if (!cursor_read_number(c))
			return;
	} else if (!cursor_read_literal(c)) {
		refuse_value(s);
		return;
	}
	write_scalar(s, c->at - start);
	add_value(s, start);
}

static void
read_value(struct scanner *s)
{
	int byte = cursor_peek(&s->cursor, 0);

	if (byte == '{')
		open_bracket(s, WANT_KEY_OR_END);
	else if (byte == '[')
		open_bracket(s, WANT_VALUE_OR_END);
	else if (byte == ']' && s->state == WANT_VALUE_OR_END)
		close_bracket(s);
	else
		read_scalar(s, byte);
}

/* A key and its colon. */
static void
read_key(struct scanner *s)
{
	struct cursor *c = &s->cursor;
	size_t start = c->at;
	int byte = cursor_peek(c, 0);

	if (byte == '}' && s->state == WANT_KEY_OR_END) {
		close_bracket(s);
		return;
	}
	if (byte != '"') {
		refuse(s, s->state == WANT_KEY_OR_END ?
		    "a key in double quotes or `}` after `{`" :
		    "a key in double quotes after `,`");
		return;
	}
	if (!cursor_read_string(c))
		return;
	s->key = (struct span){ start, c->at };
	cursor_read_blanks(c);
	if (cursor_peek(c, 0) != ':') {
		refuse(s, "`:` after a key");
		return;
	}
	c->at++;
	write_skeleton(s, "\"\":", 3);
	s->state = WANT_VALUE;
}

static void
refuse_separator(struct scanner *s)
{
	int byte = cursor_peek(&s->cursor, 0);
	bool object = in_object(s);
	struct finding *finding = refuse(s, object ?
	    "`,` or `}` after a value" : "`,` or `]` after a value");

	if (byte == '"' || (!object && (byte == '{' || byte == '[')))
		report_help(s->cursor.report, finding,
		    "write `,` between the two");
}

static void
read_separator(struct scanner *s)
{
	struct cursor *c = &s->cursor;
	struct span comma = { c->at, c->at + 1 };
	bool object = in_object(s);
	char closing = object ? '}' : ']';

	if (cursor_peek(c, 0) == closing) {
		close_bracket(s);
		return;
	}
	if (cursor_peek(c, 0) != ',') {
		refuse_separator(s);
		return;
	}
	c->at++;
	cursor_read_blanks(c);
	s->state = object ? WANT_KEY : WANT_VALUE;
	if (cursor_peek(c, 0) != closing) {
		write_skeleton(s, ",", 1);
		return;
	}
	cursor_complain(c, FAULT_TRAILING, comma, "a comma with nothing "
	    "between it and `%c`, where JSON has none", closing);
	close_bracket(s);
}

static void
read_document(struct scanner *s)
{
	while (s->state != COMPLETE && !s->cursor.broken) {
		cursor_read_blanks(&s->cursor);
		switch (s->state) {
		case WANT_VALUE:
		case WANT_VALUE_OR_END:
			read_value(s);
			break;
		case WANT_KEY:
		case WANT_KEY_OR_END:
			read_key(s);
			break;
		case WANT_SEPARATOR:
			read_separator(s);
			break;
		case COMPLETE:
			break;
		}
	}
}

/* Nothing but blanks may follow the document (GRAM-1). */
static void
read_rest(struct cursor *c)
{
	size_t end = c->at;
	struct span token;

	cursor_read_blanks(c);
	token = cursor_token(c);
	if (token.end == token.start)
		return;
	report_relate(c->report, cursor_complain(c, FAULT_TRAILING, token,
	    "%s after the end of the document: nothing from here on is read",
	    cursor_describe(c, token)), (struct span){ end - 1, end },
	    "the document ends here");
}

/*
 * JSON begins with two ASCII characters at least when it is longer than one,
 * so in UTF-16 or UTF-32 its NULs show.
 */
static bool
is_wide(const struct cursor *c)
{
	int first = cursor_peek(c, 0), second = cursor_peek(c, 1);

	if ((first == 0xff && second == 0xfe) ||
	    (first == 0xfe && second == 0xff))
		return true;
	if (first > 0)
		return second == 0 && cursor_peek(c, 3) == 0;
	return first == 0 && cursor_peek(c, 2) == 0 &&
	    (second > 0 || cursor_peek(c, 3) > 0);
}

/* False when the bytes are not even characters of one byte and more. */
static bool
read_start(struct cursor *c)
{
	struct span mark = { 0, 3 };

	if (is_wide(c)) {
		report_help(c->report, cursor_complain(c, FAULT_UTF8,
		    (struct span){ 0, 2 }, "the document is UTF-16 or UTF-32 "
		    "and is not read: JSON is UTF-8"),
		    "save the document as UTF-8");
		return false;
	}
	if (c->length >= 3 && memcmp(c->bytes, "\xef\xbb\xbf", 3) == 0) {
		cursor_complain(c, FAULT_TRAILING, mark, "a byte order mark "
		    "before the document: JSON must not begin with one");
		c->at = mark.end;
	}
	return true;
}

/* Room for as many values as documents of that length mostly have. */
static void
expect_values(struct scan *scan, struct arena *arena, size_t length)
{
	enum { USUAL_LENGTH = 24 };	/* of a value, with blanks and key */

	scan->values.capacity = length / USUAL_LENGTH + 1;
	scan->values.items = arena_room(arena, scan->values.capacity *
	    sizeof(*scan->values.items));
}

struct scan
scan_read(struct arena *arena, const struct source *source,
    struct report *report, const struct complaint *complaints)
{
	struct scan scan = { .complete = false };
	struct scanner scanner = {
		.cursor = {
			.bytes = source->bytes,
			.length = source->length,
			.clean = true,
			.arena = arena,
			.report = report,
			.complaints = complaints,
		},
		.scan = &scan,
		.state = WANT_VALUE,
	};

	expect_values(&scan, arena, source->length);
	scan.skeleton = scanner.skeleton = arena_room(arena, source->length);
	if (read_start(&scanner.cursor))
		read_document(&scanner);
	if (scanner.state == COMPLETE) {
		scan.complete = true;
		read_rest(&scanner.cursor);
	}
	scan.clean = scanner.cursor.clean;
	scan.escapes = scanner.cursor.escapes;
	scan.foreign = scanner.cursor.foreign;
	scan.skeleton_length = (size_t)(scanner.skeleton - scan.skeleton);
	return scan;
}
