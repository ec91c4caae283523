/* SPDX-License-Identifier: MIT */
/*
 * Findings for a person at a terminal: the claim, the line with a mark under
 * the words at fault, what shows it, what to do.  Many of one sort in one
 * file are folded.
 */
#include "config.h"

#include <string.h>

#include "tools/format.h"

enum {
	SHOWN_IN_FULL = 3,		/* of one rule in one file */
	SHOWN_FOLDED = 8,
	GUTTER = 8			/* line number, bar, blanks */
};

struct page {
	const struct run	*run;
	FILE			*out;
	int			 gutter;	/* digits of a line number */
};

static const char *const colors[SEVERITY_COUNT] = {
	[SEVERITY_NOTE] = "\033[1;36m",
	[SEVERITY_WARNING] = "\033[1;33m",
	[SEVERITY_SECURITY] = "\033[1;35m",
	[SEVERITY_ERROR] = "\033[1;31m",
};

static void
set_color(const struct page *page, const char *escape)
{
	if (page->run->color)
		fputs(escape, page->out);
}

static void
print_word(const struct page *page, const char *text)
{
	safe_print(page->out, text, strlen(text));
}

static void
put_many(const struct page *page, char c, size_t count)
{
	while (count-- > 0)
		fputc(c, page->out);
}

static void
print_bar(const struct page *page, const char *mark)
{
	set_color(page, "\033[34m");
	put_many(page, ' ', (size_t)page->gutter + 1);
	fputs(mark, page->out);
	set_color(page, "\033[0m");
}

/* The part of the excerpt's line that fits beside the gutter. */
struct view {
	size_t	 from, to;		/* bytes of the excerpt's line */
	size_t	 mark, mark_end;	/* the words at fault, likewise */
};

static size_t
clamp(size_t value, size_t skipped, size_t length)
{
	value = value > skipped ? value - skipped : 0;
	return value < length ? value : length;
}

static struct view
make_view(const struct page *page, const struct excerpt *at)
{
	size_t room = page->run->width > 3 * GUTTER ?
	    page->run->width - GUTTER : 2 * GUTTER;
	struct view view = { 0, at->length, 0, at->length };

	view.mark = clamp(at->place.column - 1, at->skipped, at->length);
	if (at->place.end_line == at->place.line)
		view.mark_end = clamp(at->place.end_column - 1, at->skipped,
		    at->length);
	if (at->length <= room)
		return view;
	if (view.mark_end + GUTTER > room)
		view.from = view.mark > room / 3 ? view.mark - room / 3 : 0;
	if (view.to > view.from + room)
		view.to = view.from + room;
	while (view.from < view.mark &&
	    ((unsigned char)at->line[view.from] & 0xc0) == 0x80)
		view.from++;
	if (view.mark_end > view.to)
		view.mark_end = view.to;
	return view;
}

static void
print_mark(const struct page *page, const struct excerpt *at,
    const struct view *view, char mark, enum severity severity)
{
	size_t before = safe_print_columns(NULL, at->line + view->from,
	    view->mark - view->from);
	size_t under = safe_print_columns(NULL, at->line + view->mark,
	    view->mark_end - view->mark);

	print_bar(page, "| ");
	put_many(page, ' ', before);
	set_color(page, colors[severity]);
	put_many(page, mark, under > 0 ? under : 1);
	set_color(page, "\033[0m");
}

static void
print_excerpt(const struct page *page, const struct excerpt *at, char mark,
    enum severity severity, const char *label)
{
	struct view view = make_view(page, at);

	set_color(page, "\033[34m");
	fprintf(page->out, "%*zu | ", page->gutter, at->place.line);
	set_color(page, "\033[0m");
	safe_print_columns(page->out, at->line + view.from, view.to - view.from);
	fputc('\n', page->out);
	print_mark(page, at, &view, mark, severity);
	if (label != NULL) {
		fputc(' ', page->out);
		print_word(page, label);
	}
	fputc('\n', page->out);
}

static void
print_remark(const struct page *page, const char *name, const char *text)
{
	if (text == NULL)
		return;
	print_bar(page, "= ");
	fprintf(page->out, "%s: ", name);
	safe_print_wrapped(page->out, text, (size_t)page->gutter +
	    strlen(" = : ") + strlen(name), page->run->width);
}

static int
digits(size_t number)
{
	int count = 1;

	for (; number >= 10; number /= 10)
		count++;
	return count;
}

static void
set_gutter(struct page *page, const struct record *record)
{
	size_t last = record->at.place.line;

	for (size_t i = 0; i < record->related_count; i++)
		if (record->related[i].at.place.line > last)
			last = record->related[i].at.place.line;
	page->gutter = digits(last);
}

static void
print_head(const struct page *page, const struct record *record)
{
	set_color(page, colors[record->severity]);
	fprintf(page->out, "%s[%s]", severity_name(record->severity),
	    record->complaint->id);
	set_color(page, "\033[0;1m");
	fputs(": ", page->out);
	print_word(page, record->message);
	set_color(page, "\033[0m");
	fputc('\n', page->out);
	set_color(page, "\033[34m");
	put_many(page, ' ', (size_t)page->gutter);
	fputs("--> ", page->out);
	set_color(page, "\033[0m");
	print_word(page, record->file);
	fprintf(page->out, ":%zu:%zu\n", record->at.place.line,
	    record->at.place.column);
}

static void
print_record(struct page *page, const struct record *record)
{
	set_gutter(page, record);
	print_head(page, record);
	print_bar(page, "|\n");
	print_excerpt(page, &record->at, '^', record->severity, NULL);
	for (size_t i = 0; i < record->related_count; i++)
		print_excerpt(page, &record->related[i].at, '-',
		    SEVERITY_NOTE, record->related[i].label);
	print_bar(page, "|\n");
	print_remark(page, "witness", record->witness);
	print_remark(page, "help", record->help);
	if (record->help == NULL)
		print_remark(page, "why", record->complaint->why);
	print_bar(page, "= ");
	fprintf(page->out, "see: sekisho explain %s\n\n",
	    record->complaint->id);
}

static bool
is_same_sort(const struct record *a, const struct record *b)
{
	return a->complaint == b->complaint && a->severity == b->severity &&
	    a->ignored == NULL && b->ignored == NULL;
}

/* How many of its sort stand before it in its file; one too many to be shown
 * in full is as good as all. */
static size_t
count_before(const struct run *run, size_t first, size_t at)
{
	size_t count = 0;

	for (size_t i = first; i < at && count <= SHOWN_IN_FULL; i++)
		if (is_same_sort(&run->records.items[i],
		    &run->records.items[at]))
			count++;
	return count;
}

/* What is left of a sort, one line each. */
static void
print_folded(const struct page *page, size_t at, size_t end)
{
	const struct record *records = page->run->records.items;
	size_t count = 0;

	for (size_t i = at; i < end; i++)
		count += is_same_sort(&records[i], &records[at]);
	fprintf(page->out, "and %zu more %s[%s] in this file:\n", count,
	    severity_name(records[at].severity), records[at].complaint->id);
	count = 0;
	for (size_t i = at; i < end; i++) {
		if (!is_same_sort(&records[i], &records[at]))
			continue;
		if (count++ == SHOWN_FOLDED) {
			fputs("  ... (-f concise lists all)\n", page->out);
			break;
		}
		fprintf(page->out, "  %zu:%zu: ", records[i].at.place.line,
		    records[i].at.place.column);
		print_word(page, records[i].message);
		fputc('\n', page->out);
	}
	fputc('\n', page->out);
}

static void
print_file(struct page *page, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		const struct record *record = &page->run->records.items[i];
		size_t before;

		if (record->ignored != NULL)
			continue;
		before = count_before(page->run, first, i);
		if (before < SHOWN_IN_FULL)
			print_record(page, record);
		else if (before == SHOWN_IN_FULL)
			print_folded(page, i, end);
	}
}

static size_t
count_policies(const struct run *run)
{
	size_t count = 0;

	for (size_t i = 0; i < run->files.count; i++)
		count += run->files.items[i].layer != NULL;
	return count;
}

static void
print_count(FILE *out, size_t count, const char *what, bool plural,
    bool *first)
{
	if (count == 0)
		return;
	fprintf(out, "%s%zu %s%s", *first ? "" : ", ", count, what,
	    plural && count > 1 ? "s" : "");
	*first = false;
}

static void
print_summary(const struct run *run, FILE *out)
{
	size_t policies = count_policies(run);
	bool first = true;

	fprintf(out, "%zu polic%s: ", policies, policies == 1 ? "y" : "ies");
	print_count(out, run->counts[SEVERITY_ERROR], "error", true, &first);
	print_count(out, run->counts[SEVERITY_SECURITY], "security", false,
	    &first);
	print_count(out, run->counts[SEVERITY_WARNING], "warning", true,
	    &first);
	print_count(out, run->counts[SEVERITY_NOTE], "note", true, &first);
	if (first)
		fputs("no findings", out);
	first = false;
	print_count(out, run->ignored_count, "ignored", false, &first);
	print_count(out, run->skipped_count, run->skipped_count == 1 ?
	    "file skipped" : "files skipped", false, &first);
	print_count(out, run->error_count, "unreadable", false, &first);
	fprintf(out, " (catalogue of %s)\n", run->catalog->date);
}

static void
print(const struct run *run, FILE *out)
{
	struct page page = { .run = run, .out = out };
	const struct record *records = run->records.items;

	for (size_t i = 0, end; i < run->records.count; i = end) {
		for (end = i + 1; end < run->records.count &&
		    strcmp(records[end].file, records[i].file) == 0; end++)
			continue;
		print_file(&page, i, end);
	}
	if (!run->quiet)
		print_summary(run, out);
}

const struct format text_format = {
	.name = "text",
	.says = "the line at fault, what is wrong, what to do (default)",
	.print = print,
};
