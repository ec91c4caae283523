/* SPDX-License-Identifier: MIT */
/* A test file as lines of words; what they say is not known here. */
#include "config.h"

#include "policy/character.h"
#include "simulator/suite_reader.h"

/* Where the first byte is that is no text; the end when all is. */
static size_t
find_bad_byte(const struct source *source, struct span line)
{
	size_t at = line.start;

	while (at < line.end) {
		const char *byte = source->bytes + at;
		size_t length = character_length(byte, line.end - at);
		unsigned char c = (unsigned char)*byte;

		if (length == 0 || (c < ' ' && c != '\t') || c == 0x7f)
			return at;
		at += length;
	}
	return line.end;
}

/* A comment begins with a # that begins a word, outside quotes. */
static size_t
find_comment(const struct source *source, struct span line)
{
	bool open = false, begins = true;

	for (size_t i = line.start; i < line.end; i++) {
		char c = source->bytes[i];

		if (c == '#' && begins)
			return i;
		if (open && c == '\\')
			i++;
		else if (c == '"')
			open = !open;
		begins = !open && (c == ' ' || c == '\t');
	}
	return line.end;
}

/* The line that comes now will not be there. */
static void
spoil(struct suite_lines *lines)
{
	if (lines->list.count > 0)
		list_end(&lines->list)[-1].spoiled = true;
}

static void
add_line(struct suite_reader *reader, struct span text,
    struct suite_lines *lines)
{
	struct suite_line line = { .indent = 0 };
	struct question_fault fault;
	bool ok = sentence_split(reader->arena, word_from(
	    reader->source->bytes + text.start, text.end - text.start),
	    &line.tokens, &fault);

	for (size_t i = 0; i < line.tokens.list.count; i++) {
		line.tokens.list.items[i].span.start += text.start;
		line.tokens.list.items[i].span.end += text.start;
	}
	if (!ok) {
		fault.span.start += text.start;
		fault.span.end += text.start;
		suite_refuse(reader, &fault);
		spoil(lines);
	}
	if (line.tokens.list.count == 0)
		return;
	line.span = line.tokens.list.items[0].span;
	line.indent = line.span.start - text.start;
	line.span.end = list_end(&line.tokens.list)[-1].span.end;
	*list_add(reader->arena, &lines->list) = line;
}

/* How long the byte order mark is that the text begins with, if it does. */
static size_t
refuse_mark(struct suite_reader *reader)
{
	size_t length = suite_mark_length(reader->source);

	if (length > 0)
		report_add(reader->report, &suite_complaints[SUITE_BYTES],
		    (struct span){ 0, length }, "a byte order mark before the "
		    "text; delete it");
	return length;
}

struct suite_lines
suite_split(struct suite_reader *reader)
{
	const struct source *source = reader->source;
	struct suite_lines lines = { { .count = 0 } };

	for (size_t i = 1; i <= source->line_count; i++) {
		struct span text = source_line(source, i);
		size_t bad = find_bad_byte(source, text);

		if (i == 1)
			text.start += refuse_mark(reader);
		if (bad < text.end) {
			report_add(reader->report,
			    &suite_complaints[SUITE_BYTES],
			    (struct span){ bad, bad + 1 }, "this is no UTF-8, "
			    "or a control character");
			spoil(&lines);
			continue;
		}
		text.end = find_comment(source, text);
		add_line(reader, text, &lines);
	}
	return lines;
}
