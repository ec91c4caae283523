/* SPDX-License-Identifier: MIT */
/* A line for each test and guarantee, and below it why it has not passed. */
#include "config.h"

#include "simulator/page.h"
#include "tools/drill.h"
#include "tools/safe.h"

enum { NAME = 11, DETAIL = 4 };		/* columns */

/* Loud when it should not be. */
static const struct {
	const char	*word, *color;
} looks[] = {
	[OUTCOME_FAILED] = { "FAILED", "\033[1;31m" },
	[OUTCOME_PASSED] = { "passed", "\033[1;32m" },
	[OUTCOME_UNDECIDED] = { "UNDECIDED", "\033[1;33m" },
	[OUTCOME_FAULTY] = { "FAULTY", "\033[1;31m" },
};

static void
print_page(struct page *page, const struct output_stream *out, size_t indent,
    const char *escape)
{
	struct word text = page_text(page);

	output_lines(out, text.text, text.length, indent, escape);
}

static void
print_case(const struct drill *drill, const struct drill_file *file,
    const struct rehearsal_case *one, const struct output_stream *out)
{
	struct place place = drill_place(file, one);
	struct page page = { .arena = drill->arena, .width = out->width - 2 };
	struct word detail = drill_detail(drill->arena, one, out->width -
	    DETAIL);

	if (one->outcome == OUTCOME_PASSED || one->outcome == OUTCOME_FAULTY)
		return;			/* standard error has the fault */
	page_line(&page, 0, 2);
	page_words(&page, "%s:%zu:%zu: %s", file->file.path, place.line,
	    place.column, drill_message(drill->arena, one));
	print_page(&page, out, 2, NULL);
	output_lines(out, detail.text, detail.length, DETAIL, NULL);
	fputc('\n', out->file);
}

static void
print_item(const struct drill *drill, const struct drill_file *file,
    const struct drill_item *item, const struct output_stream *out)
{
	const struct rehearsal_case *cases = file->rehearsal.cases.items;
	const char *remark = item->count != 1 ? "" :
	    drill_remark(&cases[item->first]);
	struct page page = { .arena = drill->arena, .width = out->width };

	if (drill->quiet && item->outcome == OUTCOME_PASSED)
		return;
	page_line(&page, 0, out->width < 60 ? 4 : NAME);
	page_words(&page, "%s", looks[item->outcome].word);
	page_tab(&page, NAME);
	page_words(&page, "%s", item->name);
	if (remark[0] != '\0')
		page_words(&page, "(%s)", remark);
	print_page(&page, out, 0, looks[item->outcome].color);
	for (size_t i = 0; i < item->count; i++)
		print_case(drill, file, &cases[item->first + i], out);
}

/* Only what was run at all has a head; of the rest, standard error tells. */
static bool
has_rows(const struct drill *drill, const struct drill_file *file)
{
	for (size_t i = 0; i < file->items.count; i++)
		if (!drill->quiet ||
		    file->items.items[i].outcome != OUTCOME_PASSED)
			return true;
	return false;
}

static void
print_file(const struct drill *drill, const struct drill_file *file,
    const struct output_stream *out)
{
	if (!has_rows(drill, file))
		return;
	safe_print_name(out->file, file->file.path);
	fputs(", ", out->file);
	safe_print_name(out->file, file->file.estate);
	fputs(":\n", out->file);
	for (size_t i = 0; i < file->items.count; i++)
		print_item(drill, file, &file->items.items[i], out);
}

/* ", 2 faulty", or nothing of none. */
static const char *
aside(const struct drill *drill, size_t count, const char *what)
{
	return count == 0 ? "" : arena_printf(drill->arena, ", %zu %s",
	    count, what);
}

static void
print_counts(const struct drill *drill, const struct output_stream *out)
{
	size_t unrun = drill_count_unrun(drill);
	struct page page = { .arena = drill->arena, .width = out->width };

	page_line(&page, 0, 4);
	page_words(&page, "%zu passed, %zu failed, %zu undecided%s%s "
	    "(%zu expectations)", drill->counts[OUTCOME_PASSED],
	    drill->counts[OUTCOME_FAILED], drill->counts[OUTCOME_UNDECIDED],
	    aside(drill, drill->counts[OUTCOME_FAULTY], "faulty"),
	    aside(drill, unrun, unrun == 1 ? "file not run" :
	    "files not run"), drill_count_expectations(drill));
	print_page(&page, out, 0, NULL);
}

void
drill_print_text(const void *result, const struct output_stream *out)
{
	const struct drill *drill = result;

	for (size_t i = 0; i < drill->files.count; i++)
		print_file(drill, drill->files.items[i], out);
	if (!drill->quiet)
		print_counts(drill, out);
	if (drill->covering)
		coverage_print_text(&drill->coverage, out, drill->quiet);
	for (size_t i = 0; i < drill->broods.count; i++)
		brood_print_text(drill->broods.items[i], out);
}
