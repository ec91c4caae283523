/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "policy/value.h"
#include "testcases/riddle.h"
#include "testcases/smt_constant.h"

enum { TEXT_MAX = 512 };

static void
write_point(int point, FILE *out)
{
	if (point > ' ' && point < 0x7f && point != '"' && point != '\\')
		putc(point, out);
	else
		fprintf(out, "\\u{%x}", (unsigned)point);
}

void
smt_constant_letter(int point, FILE *out)
{
	putc('"', out);
	write_point(point, out);
	putc('"', out);
}

void
smt_constant_string(struct word text, FILE *out)
{
	int points[TEXT_MAX];
	size_t count = riddle_points(text, points, TEXT_MAX);

	putc('"', out);
	for (size_t i = 0; i < count; i++)
		write_point(points[i], out);
	putc('"', out);
}

/* Without its sign. */
static void
write_size(const struct number *number, FILE *out)
{
	fprintf(out, "%.*s.%.*s",
	    number->whole_length == 0 ? 1 : (int)number->whole_length,
	    number->whole_length == 0 ? "0" : number->whole,
	    number->fraction_length == 0 ? 1 : (int)number->fraction_length,
	    number->fraction_length == 0 ? "0" : number->fraction);
}

bool
smt_constant_number(struct word text, FILE *out)
{
	struct number number;

	if (!number_read(text.text, text.length, &number))
		return false;
	fputs(number.negative ? "(- 0.0 " : "(+ 0.0 ", out);
	write_size(&number, out);
	putc(')', out);
	return true;
}

bool
smt_constant_date(struct word text, FILE *out)
{
	struct date date;

	if (!date_read(text.text, text.length, false, &date))
		return false;
	fprintf(out, date.seconds < 0 ? "(+ (- %" PRId64 ".0) " :
	    "(+ %" PRId64 ".0 ", date.seconds < 0 ? -date.seconds :
	    date.seconds);
	write_size(&date.fraction, out);
	putc(')', out);
	return true;
}

static size_t
print_point(unsigned long point, char *bytes)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 :
	    point < 0x10000 ? 3 : 4;

	for (size_t i = length; i-- > 1; point >>= 6)
		bytes[i] = (char)(0x80 | (point & 0x3f));
	bytes[0] = (char)(lead[length] | point);
	return length;
}

/* A quotation mark is written twice. */
bool
smt_constant_read(const char **cursor, struct arena *arena, struct word *word)
{
	char *bytes = arena_alloc(arena, strlen(*cursor) + 1), *end;
	const char *at = *cursor + 1;
	size_t length = 0;

	if (**cursor != '"')
		return false;
	while (*at != '\0' && (*at != '"' || at[1] == '"')) {
		if (strncmp(at, "\\u{", 3) == 0) {
			length += print_point(strtoul(at + 3, &end, 16),
			    bytes + length);
			at = *end == '}' ? end + 1 : end;
			continue;
		}
		bytes[length++] = *at;
		at += *at == '"' ? 2 : 1;
	}
	*word = word_from(bytes, length);
	*cursor = *at == '"' ? at + 1 : at;
	return *at == '"';
}
