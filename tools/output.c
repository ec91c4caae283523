/* SPDX-License-Identifier: MIT */
/* Opens what -o names, and hands each stream to the format that it is for. */
#include "config.h"

#include <string.h>

#include "tools/exit.h"
#include "tools/file.h"
#include "tools/output.h"
#include "tools/safe.h"
#include "tools/screen.h"

enum { FILE_WIDTH = 80 };

/* "text, json or lcov" */
static const char *
format_names(const struct outputs *outputs, const char *last)
{
	const struct output_format *formats = outputs->formats;
	const char *names = formats[0].name;

	for (size_t i = 1; formats[i].name != NULL; i++)
		names = arena_printf(outputs->arena, "%s%s%s", names,
		    formats[i + 1].name == NULL ? last : ", ",
		    formats[i].name);
	return names;
}

static void
add_format(struct outputs *outputs, const char *name)
{
	for (const struct output_format *format = outputs->formats;
	    format->name != NULL; format++) {
		if (strcmp(format->name, name) != 0)
			continue;
		*list_add(outputs->arena, &outputs->list) = (struct output){
		    format, "-" };
		return;
	}
	safe_errx(EXIT_USAGE, "unknown format `%s'; there are %s", name,
	    format_names(outputs, " and "));
}

static void
set_format(void *context, const struct option_row *row, const char *name)
{
	(void)row;
	add_format(context, name);
}

static void
set_output(void *context, const struct option_row *row, const char *operand)
{
	struct outputs *outputs = context;
	size_t length = strcspn(operand, "=");

	(void)row;
	add_format(outputs, arena_copy(outputs->arena, operand, length));
	if (operand[length] == '\0')
		return;
	if (operand[length + 1] == '\0')
		safe_errx(EXIT_USAGE, "-o %s: no file name behind the `='",
		    operand);
	outputs->list.items[outputs->list.count - 1].file = operand + length +
	    1;
}

static void
set_color(void *context, const struct option_row *row, const char *when)
{
	struct outputs *outputs = context;

	(void)row;
	outputs->color = screen_word(when);
}

const struct option_row *
output_rows(struct outputs *outputs)
{
	const struct option_row rows[] = {
		{ "format", 'f', "FORMAT", arena_printf(outputs->arena,
		    "print as %s", format_names(outputs, " or ")),
		    set_format },
		{ "output", 'o', "FORMAT[=FILE]", "the same, into a file; "
		    "may be repeated", set_output },
		{ "color", 0, "WHEN", "auto, always or never", set_color },
		{ .name = NULL }
	};

	return memcpy(arena_alloc(outputs->arena, sizeof(rows)), rows,
	    sizeof(rows));
}

static void
print_one(const struct outputs *outputs, const struct output *output,
    const void *result)
{
	bool standard = strcmp(output->file, "-") == 0;
	struct output_stream stream = { .file = stdout };

	if (!standard)
		stream.file = fopen(output->file, "w");
	if (stream.file == NULL)
		safe_err(EXIT_UNREADABLE, "%s", output->file);
	stream.width = standard ? screen_width() : FILE_WIDTH;
	stream.color = standard && screen_has_color(outputs->color == NULL ?
	    "auto" : outputs->color);
	output->format->print(result, &stream);
	if (fflush(stream.file) != 0 || ferror(stream.file) || (!standard &&
	    fclose(stream.file) != 0))
		safe_err(EXIT_UNREADABLE, "%s", standard ? "standard output" :
		    output->file);
}

static void
protect(const struct outputs *outputs)
{
	const char **files = arena_array(outputs->arena, outputs->list.count,
	    sizeof(*files));

	for (size_t i = 0; i < outputs->list.count; i++)
		files[i] = outputs->list.items[i].file;
	file_protect(outputs->arena, files, outputs->list.count);
}

void
output_print(struct outputs *outputs, const void *result)
{
	if (outputs->list.count == 0)
		add_format(outputs, outputs->formats[0].name);
	protect(outputs);
	for (size_t i = 0; i < outputs->list.count; i++)
		print_one(outputs, &outputs->list.items[i], result);
}

static void
write_to_stream(void *to, const char *bytes, size_t length)
{
	fwrite(bytes, 1, length, to);
}

struct json_sink
output_sink(FILE *file)
{
	return (struct json_sink){ write_to_stream, file };
}

void
output_place(struct json *json, const struct place *place)
{
	json_member_number(json, "line", place->line);
	json_member_number(json, "column", place->column);
	json_member_number(json, "endLine", place->end_line);
	json_member_number(json, "endColumn", place->end_column);
}

/* Line by line, so that nothing but our own line ends is printed as one. */
void
output_lines(const struct output_stream *out, const char *text, size_t length,
    size_t indent, const char *escape)
{
	/* of no text there is no behind */
	const char *end = length == 0 ? text : text + length, *line_end;

	for (bool first = true; text < end; text = line_end + 1) {
		bool colored = first && out->color && escape != NULL;

		line_end = memchr(text, '\n', (size_t)(end - text));
		fprintf(out->file, "%*s%s", line_end > text ? (int)indent : 0,
		    "", colored ? escape : "");
		safe_print(out->file, text, (size_t)(line_end - text));
		fprintf(out->file, "%s\n", colored ? "\033[0m" : "");
		first = false;
	}
}

const char *
output_verdict_color(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_ALLOWED:
		return "\033[1;32m";
	case VERDICT_EXPLICITLY_DENIED:
	case VERDICT_IMPLICITLY_DENIED:
		return "\033[1;31m";
	case VERDICT_DEPENDS:
	case VERDICT_UNKNOWN:
		break;
	}
	return "\033[1;33m";
}
