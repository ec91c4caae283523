/* SPDX-License-Identifier: MIT */
/* What a terminal, or a CI system that reads one, must not be told. */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "policy/character.h"
#include "tools/safe.h"

enum { MESSAGE_MAX = 4096 };

long
safe_decode(const char *text, size_t length, size_t *used)
{
	size_t bytes = character_length(text, length);

	*used = bytes == 0 ? 1 : bytes;
	if (bytes == 0)
		return -1;
	return bytes == 1 ? text[0] : (long)character_code(text, bytes);
}

/* Controls, and what reorders or hides text (bidirectional marks, joiners). */
static bool
is_dangerous(long point)
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
width_of(long point)
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

/* GitHub's runner finds `##[command]' anywhere in a line. */
static bool
opens_command(const char *text, size_t length)
{
	return length >= 2 && text[0] == '#' && text[1] == '[';
}

/* One code point as it is shown; the bytes it took are in *used. */
static size_t
print_point(FILE *out, const char *text, size_t length, size_t *used)
{
	long point = safe_decode(text, length, used);
	char escape[16];
	int width;

	if (point >= 0 && !is_dangerous(point) &&
	    !opens_command(text, length)) {
		if (out != NULL)
			fwrite(text, 1, *used, out);
		return width_of(point);
	}
	width = point < 0x80 ? snprintf(escape, sizeof(escape), "\\x%02x",
	    (unsigned char)text[0]) :
	    snprintf(escape, sizeof(escape), "\\u%04lx", point);
	if (out != NULL)
		fputs(escape, out);
	return (size_t)width;
}

/* How many bytes at the front are harmless ASCII: nearly always all. */
static size_t
count_plain(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && text[count] >= ' ' && text[count] <= '~' &&
	    text[count] != '#')
		count++;
	return count;
}

void
safe_print(FILE *out, const char *text, size_t length)
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
safe_print_columns(FILE *out, const char *text, size_t length)
{
	size_t columns = 0, used;

	for (; length > 0; text += used, length -= used) {
		used = count_plain(text, length);
		if (used > 0) {
			if (out != NULL)
				fwrite(text, 1, used, out);
			columns += used;
		} else if (*text != '\t') {
			columns += print_point(out, text, length, &used);
		} else {
			if (out != NULL)
				fputs("    ", out);
			columns += 4;
			used = 1;
		}
	}
	return columns;
}

/* The columns of a word, and its bytes in *length. */
static size_t
measure_word(const char *text, size_t *length)
{
	*length = strcspn(text, " ");
	return safe_print_columns(NULL, text, *length);
}

void
safe_print_wrapped(FILE *out, const char *text, size_t indent, size_t width)
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
		safe_print(out, text, length);
		column += columns;
	}
	fputc('\n', out);
}

/* The runner looks past blanks for `::', so these count as well. */
void
safe_print_name(FILE *out, const char *name)
{
	if (strchr(" \t:", name[0]) != NULL)
		fputs("./", out);
	safe_print(out, name, strlen(name));
}

static void	 print_error(const char *, va_list, const char *)
		    __attribute__((format(printf, 1, 0)));

static void
print_error(const char *format, va_list arguments, const char *reason)
{
	char message[MESSAGE_MAX];

	vsnprintf(message, sizeof(message), format, arguments);
	fputs("sekisho: ", stderr);
	safe_print(stderr, message, strlen(message));
	if (reason != NULL)
		fprintf(stderr, ": %s", reason);
	fputc('\n', stderr);
}

void
safe_warn(const char *format, ...)
{
	const char *reason = strerror(errno);
	va_list arguments;

	va_start(arguments, format);
	print_error(format, arguments, reason);
	va_end(arguments);
}

void
safe_warnx(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_error(format, arguments, NULL);
	va_end(arguments);
}

void
safe_err(int code, const char *format, ...)
{
	const char *reason = strerror(errno);
	va_list arguments;

	va_start(arguments, format);
	print_error(format, arguments, reason);
	va_end(arguments);
	exit(code);
}

void
safe_errx(int code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_error(format, arguments, NULL);
	va_end(arguments);
	exit(code);
}
