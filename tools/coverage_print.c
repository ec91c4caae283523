/* SPDX-License-Identifier: MIT */
/* Coverage for people, for machines, and as lcov's tracefile. */
#include "config.h"

#include <string.h>

#include "simulator/page.h"
#include "tools/coverage.h"
#include "tools/safe.h"

/* Text. */

/* "`StringEquals` on `aws:SourceVpce`" */
static const char *
name_condition(struct arena *arena, const struct condition *condition)
{
	const struct node *block = condition->block, *node = condition->node;

	return arena_printf(arena, "`%.*s` on `%.*s`",
	    (int)block->key_length, block->key, (int)node->key_length,
	    node->key);
}

static const struct statement *
statement_of(const struct coverage_part *part)
{
	return &part->policy->statements[part->part->statement];
}

/* What it is, in words. */
static const char *
name_part(struct arena *arena, const struct coverage_part *part)
{
	const struct statement *statement = statement_of(part);
	const struct node *node = part->part->node;
	const char *kind = part_kind_name(part->part->kind);

	switch (part->part->kind) {
	case PART_STATEMENT:
		return statement->sid == NULL ? kind : arena_printf(arena,
		    "%s `%.*s`", kind, (int)statement->sid->length,
		    statement->sid->text);
	case PART_CONDITION:
		return arena_printf(arena, "%s %s", kind, name_condition(
		    arena, &statement->conditions[part->part->condition]));
	case PART_PRINCIPAL:
	case PART_ACTION:
	case PART_RESOURCE:
	case PART_VALUE:
		break;
	}
	return arena_printf(arena, "%s `%.*s`", kind, (int)node->length,
	    node->text);
}

/* The parts that begin on a line. */
struct tally {
	size_t	 parts, decisive, spare;
};

static struct tally
count_line(const struct coverage_file *file, size_t line)
{
	struct tally tally = { 0, 0, 0 };

	for (size_t i = 0; i < file->parts.count; i++)
		if (file->parts.items[i].place.line == line) {
			tally.parts++;
			tally.decisive += file->parts.items[i].decisive;
			tally.spare += file->parts.items[i].spare;
		}
	return tally;
}

static char
mark_of(struct tally tally)
{
	if (tally.parts == 0)
		return ' ';
	if (tally.parts == tally.spare)
		return '=';
	return tally.decisive + tally.spare == tally.parts ? '+' :
	    tally.decisive == 0 ? '-' : '~';
}

static void
print_line(const struct coverage_file *file, size_t line,
    const struct output_stream *out)
{
	struct span span = source_line(file->source, line);

	fprintf(out->file, "  %c %4zu  ", mark_of(count_line(file, line)),
	    line);
	safe_print_columns(out->file, file->source->bytes + span.start,
	    span.end - span.start);
	fputc('\n', out->file);
}

static void
print_left(const struct coverage *coverage, const struct coverage_file *file,
    const struct output_stream *out)
{
	for (size_t i = 0; i < file->parts.count; i++) {
		const struct coverage_part *part = &file->parts.items[i];
		struct page page = { .arena = coverage->arena,
		    .width = out->width - 2 };
		struct word text;

		if (part->decisive)
			continue;
		page_line(&page, 0, 4);
		page_words(&page, "%s:%zu:%zu: %s %s", file->name,
		    part->place.line, part->place.column,
		    name_part(coverage->arena, part), part->spare ?
		    "is spare: no call hangs on it" : "has not decided");
		text = page_text(&page);
		output_lines(out, text.text, text.length, 2, NULL);
	}
}

/* Lines of statements in which something is left to try, with marks. */
static void
print_lines(const struct coverage_file *file, const struct output_stream *out)
{
	size_t next = 1;

	for (size_t i = 0; i < file->parts.count; i++) {
		const struct coverage_part *part = &file->parts.items[i];
		struct place place;

		if (part->decisive || part->spare)
			continue;
		place = source_place(part->policy->text->source,
		    statement_of(part)->node->span);
		if (place.line > next)
			next = place.line;
		for (; next <= place.end_line; next++)
			print_line(file, next, out);
	}
}

static void
print_file(const struct coverage *coverage, const struct coverage_file *file,
    const struct output_stream *out)
{
	struct page page = { .arena = coverage->arena, .width = out->width };
	struct word text;

	page_line(&page, 0, 4);
	page_words(&page, "%s: %zu of %zu (%zu %%)", file->name,
	    file->decisive, file->parts.count - file->spare,
	    coverage_percent(file->parts.count, file->decisive,
	    file->spare));
	text = page_text(&page);
	output_lines(out, text.text, text.length, 0, NULL);
	if (file->decisive == file->parts.count)
		return;
	print_left(coverage, file, out);
	print_lines(file, out);
}

void
coverage_print_text(const struct coverage *coverage,
    const struct output_stream *out, bool quiet)
{
	fputs("\ncoverage, in parts of policies that have decided:\n",
	    out->file);
	for (size_t i = 0; i < coverage->files.count; i++) {
		const struct coverage_file *file = &coverage->files.items[i];

		if (!quiet || file->decisive < file->parts.count)
			print_file(coverage, file, out);
	}
	fprintf(out->file, "in all: %zu of %zu (%zu %%)",
	    coverage->decisive, coverage->parts - coverage->spare,
	    coverage_percent(coverage->parts, coverage->decisive,
	    coverage->spare));
	if (coverage->proved)
		fprintf(out->file, ", and %zu spare", coverage->spare);
	fputc('\n', out->file);
}

/* lcov.  A line counts how many of its parts have decided; each part is also
 * a branch. */

static void
print_branches(const struct coverage_file *file,
    const struct output_stream *out)
{
	size_t branch = 0;

	for (size_t i = 0; i < file->parts.count; i++) {
		const struct coverage_part *part = &file->parts.items[i];

		if (i > 0 && part[-1].place.line != part->place.line)
			branch = 0;
		if (part->spare)
			continue;
		fprintf(out->file, "BRDA:%zu,%zu,%zu,%d\n", part->place.line,
		    part->part->statement, branch++, part->decisive);
	}
	fprintf(out->file, "BRF:%zu\nBRH:%zu\n", file->parts.count -
	    file->spare, file->decisive);
}

static void
print_counts(const struct coverage_file *file,
    const struct output_stream *out)
{
	size_t lines = 0, hit = 0;

	for (size_t i = 0; i < file->parts.count; i++) {
		const struct coverage_part *part = &file->parts.items[i];
		struct tally tally;

		if (i > 0 && part[-1].place.line == part->place.line)
			continue;
		tally = count_line(file, part->place.line);
		if (tally.parts == tally.spare)
			continue;
		fprintf(out->file, "DA:%zu,%zu\n", part->place.line,
		    tally.decisive);
		lines++;
		hit += tally.decisive > 0;
	}
	fprintf(out->file, "LF:%zu\nLH:%zu\n", lines, hit);
}

void
coverage_print_lcov(const struct coverage *coverage,
    const struct output_stream *out)
{
	for (size_t i = 0; i < coverage->files.count; i++) {
		const struct coverage_file *file = &coverage->files.items[i];

		fputs("TN:sekisho\nSF:", out->file);
		safe_print(out->file, file->name, strlen(file->name));
		fputc('\n', out->file);
		print_branches(file, out);
		print_counts(file, out);
		fputs("end_of_record\n", out->file);
	}
}

/* JSON. */

static void
write_part(const struct coverage *coverage, struct json *json,
    const struct coverage_part *part)
{
	const struct node *sid = statement_of(part)->sid;

	json_open_object(json);
	json_member_text(json, "kind", part_kind_name(part->part->kind));
	json_member_text(json, "says", name_part(coverage->arena, part));
	json_member_number(json, "statement", part->part->statement);
	json_key(json, "sid");
	if (sid == NULL)
		json_null(json);
	else
		json_string(json, sid->text, sid->length);
	json_member_number(json, "line", part->place.line);
	json_member_number(json, "column", part->place.column);
	json_member_boolean(json, "decisive", part->decisive);
	json_member_boolean(json, "spare", part->spare);
	json_close_object(json);
}

static void
write_file(const struct coverage *coverage, struct json *json,
    const struct coverage_file *file)
{
	json_open_object(json);
	json_member_text(json, "file", file->name);
	json_member_number(json, "decisive", file->decisive);
	json_member_number(json, "spare", file->spare);
	json_key(json, "parts");
	json_open_array(json);
	for (size_t i = 0; i < file->parts.count; i++)
		write_part(coverage, json, &file->parts.items[i]);
	json_close_array(json);
	json_close_object(json);
}

void
coverage_write_json(const struct coverage *coverage, struct json *json)
{
	json_key(json, "coverage");
	json_open_object(json);
	json_member_number(json, "parts", coverage->parts);
	json_member_number(json, "decisive", coverage->decisive);
	json_member_number(json, "spare", coverage->spare);
	json_key(json, "files");
	json_open_array(json);
	for (size_t i = 0; i < coverage->files.count; i++)
		write_file(coverage, json, &coverage->files.items[i]);
	json_close_array(json);
	json_close_object(json);
}
