/* SPDX-License-Identifier: MIT */
/* The list of formats, and what several of them need. */
#include "config.h"

#include <string.h>

#include "tools/format.h"

const struct format *const formats[] = {
	&text_format,
	&concise_format,
	&json_format,
	&sarif_format,
	&github_format,
	NULL
};

const struct format *
format_find(const char *name)
{
	for (size_t i = 0; formats[i] != NULL; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const char *
format_names(struct arena *arena)
{
	const char *names = formats[0]->name;

	for (size_t i = 1; formats[i] != NULL; i++)
		names = arena_printf(arena, "%s, %s", names,
		    formats[i]->name);
	return names;
}

static void
write_to_stream(void *to, const char *bytes, size_t length)
{
	fwrite(bytes, 1, length, to);
}

struct json_sink
format_sink(FILE *out)
{
	return (struct json_sink){ write_to_stream, out };
}

/* The code point at the front, and its length; a bad byte is 0 of length 1. */
static unsigned
decode(const char *text, size_t length, size_t *used)
{
	unsigned char lead = (unsigned char)text[0];
	size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0;
	unsigned point = more == 0 ? lead : lead & (0x3fu >> more);

	*used = 1;
	if ((lead >= 0x80 && more == 0) || lead >= 0xf8 || more >= length)
		return lead < 0x80 ? lead : 0;
	for (size_t i = 1; i <= more; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | ((unsigned char)text[i] & 0x3f);
	}
	*used = more + 1;
	return point;
}

/* Controls, and what reorders or hides text (bidirectional marks, joiners). */
static bool
is_dangerous(unsigned point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
	    point == 0xad || point == 0x61c ||
	    (point >= 0x200b && point <= 0x200f) ||
	    (point >= 0x2028 && point <= 0x202e) ||
	    (point >= 0x2060 && point <= 0x206f) || point == 0xfeff ||
	    (point >= 0xe0000 && point <= 0xe007f);
}

/* East Asian wide characters and pictures take two columns. */
static size_t
width_of(unsigned point)
{
	return (point >= 0x1100 && point <= 0x115f) ||
	    (point >= 0x2e80 && point <= 0xa4cf) ||
	    (point >= 0xac00 && point <= 0xd7a3) ||
	    (point >= 0xf900 && point <= 0xfaff) ||
	    (point >= 0xfe30 && point <= 0xfe6f) ||
	    (point >= 0xff00 && point <= 0xff60) ||
	    (point >= 0xffe0 && point <= 0xffe6) ||
	    (point >= 0x1f300 && point <= 0x1faff) ||
	    (point >= 0x20000 && point <= 0x3fffd) ? 2 : 1;
}

/* One code point as it is shown; the bytes it took are in *used. */
static size_t
print_point(FILE *out, const char *text, size_t length, size_t *used)
{
	unsigned point = decode(text, length, used);
	char escape[16];
	int width;

	if (point != 0 && !is_dangerous(point)) {
		if (out != NULL)
			fwrite(text, 1, *used, out);
		return width_of(point);
	}
	width = point == 0 ? snprintf(escape, sizeof(escape), "\\x%02x",
	    (unsigned char)text[0]) :
	    snprintf(escape, sizeof(escape), "\\u%04x", point);
	if (out != NULL)
		fputs(escape, out);
	return (size_t)width;
}

/* How many bytes at the front are printable ASCII: nearly always all. */
static size_t
count_plain(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && text[count] >= ' ' && text[count] <= '~')
		count++;
	return count;
}

void
print_safe(FILE *out, const char *text, size_t length)
{
	size_t used;

	for (; length > 0; text += used, length -= used) {
		used = count_plain(text, length);
		if (used > 0)
			fwrite(text, 1, used, out);
		else
			print_point(out, text, length, &used);
	}
}

size_t
print_columns(FILE *out, const char *text, size_t length)
{
	size_t columns = 0, used;

	for (; length > 0; text += used, length -= used) {
		if (*text != '\t') {
			columns += print_point(out, text, length, &used);
			continue;
		}
		if (out != NULL)
			fputs("    ", out);
		columns += 4;
		used = 1;
	}
	return columns;
}

/* The columns of a word, and its bytes in *length. */
static size_t
measure_word(const char *text, size_t *length)
{
	*length = strcspn(text, " ");
	return print_columns(NULL, text, *length);
}

void
print_wrapped(FILE *out, const char *text, size_t indent, size_t width)
{
	size_t column = indent, length;

	for (text += strspn(text, " "); *text != '\0'; text += length,
	    text += strspn(text, " ")) {
		size_t columns = measure_word(text, &length);

		if (column > indent && column + 1 + columns > width) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			fputc(' ', out);
			column++;
		}
		print_safe(out, text, length);
		column += columns;
	}
	fputc('\n', out);
}
