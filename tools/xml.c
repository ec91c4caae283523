/* SPDX-License-Identifier: MIT */
/* Escapes of XML around those of safe.c. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "tools/safe.h"
#include "tools/xml.h"

/* NULL: the point needs none. */
static const char *
find_entity(long point)
{
	switch (point) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\n':
		return "\n";
	}
	return NULL;
}

/* Outside XML's Char, though UTF-8 can say it. */
static bool
is_foreign(long point)
{
	return point == 0xfffe || point == 0xffff;
}

/* Bytes at the front that XML takes as safe.h prints them. */
static size_t
count_plain(const char *text, size_t length)
{
	size_t count = 0, used;

	for (; count < length; count += used) {
		long point = safe_decode(text + count, length - count, &used);

		if (find_entity(point) != NULL || is_foreign(point))
			break;
	}
	return count;
}

void
xml_text(FILE *out, const char *text, size_t length)
{
	for (size_t used; length > 0; text += used, length -= used) {
		long point = safe_decode(text, length, &used);
		const char *entity = find_entity(point);

		if (entity != NULL) {
			fputs(entity, out);
		} else if (is_foreign(point)) {
			fprintf(out, "\\u%04lx", point);
		} else {
			used = count_plain(text, length);
			safe_print(out, text, used);
		}
	}
}

void
xml_attribute(FILE *out, const char *name, const char *value)
{
	fprintf(out, " %s=\"", name);
	xml_text(out, value, strlen(value));
	fputc('"', out);
}
