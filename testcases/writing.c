/* SPDX-License-Identifier: MIT */
/* Byte by byte: lines are short. */
#include "config.h"

#include "testcases/writing.h"

void
writing_add(struct writing *writing, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = arena_vprintf(writing->arena, format, arguments);
	va_end(arguments);
	for (; *text != '\0'; text++)
		*list_add(writing->arena, &writing->text) = *text;
}
