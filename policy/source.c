/* SPDX-License-Identifier: MIT */
/* Bytes, lines and spans.  Knows nothing of JSON. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "policy/list.h"
#include "policy/source.h"

/* Lines that end at LF, or at CR LF: what nearly all documents have. */
static size_t
next_line(const struct source *source, size_t at)
{
	const char *end = memchr(source->bytes + at, '\n',
	    source->length - at);

	return end == NULL ? 0 : (size_t)(end - source->bytes) + 1;
}

/* The same where some line may end at a lone CR. */
static size_t
next_line_slowly(const struct source *source, size_t at)
{
	for (; at < source->length; at++) {
		char c = source->bytes[at];

		if (c == '\n' || (c == '\r' && (at + 1 == source->length ||
		    source->bytes[at + 1] != '\n')))
			return at + 1;
	}
	return 0;
}

static void
find_lines(struct arena *arena, struct source *source)
{
	bool slow = memchr(source->bytes, '\r', source->length) != NULL;
	LIST(size_t) lines = { 0 };
	size_t at = 0;

	do {
		*list_add(arena, &lines) = at;
		at = slow ? next_line_slowly(source, at) :
		    next_line(source, at);
	} while (at != 0);
	source->lines = lines.items;
	source->line_count = lines.count;
}

const struct source *
source_new(struct arena *arena, const char *name, const char *bytes,
    size_t length)
{
	struct source *source = arena_alloc(arena, sizeof(*source));

	source->name = name;
	source->bytes = bytes;
	source->length = length;
	find_lines(arena, source);
	return source;
}

const struct source *
source_inside(struct arena *arena, const struct source *outer,
    const char *bytes, size_t length, const size_t *origin)
{
	struct source *source = arena_alloc(arena, sizeof(*source));

	source->name = outer->name;
	source->bytes = bytes;
	source->length = length;
	source->outer = outer;
	source->origin = origin;
	return source;
}

const struct source *
source_file(const struct source *source)
{
	while (source->outer != NULL)
		source = source->outer;
	return source;
}

struct span
source_outward(const struct source *source, struct span span)
{
	while (source->outer != NULL) {
		span.start = source->origin[span.start];
		span.end = source->origin[span.end];
		source = source->outer;
	}
	return span;
}

/* The last line that starts at or before the offset, counted from 0. */
static size_t
line_of(const struct source *file, size_t offset)
{
	size_t low = 0, high = file->line_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (file->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct place
source_place(const struct source *source, struct span span)
{
	const struct source *file = source_file(source);
	size_t first, last;

	span = source_outward(source, span);
	first = line_of(file, span.start);
	last = line_of(file, span.end);
	return (struct place){
		.line = first + 1,
		.column = span.start - file->lines[first] + 1,
		.end_line = last + 1,
		.end_column = span.end - file->lines[last] + 1,
	};
}

struct span
source_line(const struct source *file, size_t line)
{
	struct span span = { file->lines[line - 1], file->length };

	if (line < file->line_count)
		span.end = file->lines[line];
	while (span.end > span.start && (file->bytes[span.end - 1] == '\n' ||
	    file->bytes[span.end - 1] == '\r'))
		span.end--;
	return span;
}
