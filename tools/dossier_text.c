/* SPDX-License-Identifier: MIT */
/* What is broken or undecided in full, then every verdict on a line. */
#include "config.h"

#include "simulator/page.h"
#include "tools/dossier.h"
#include "tools/safe.h"

enum { NAME = 16, HANG = 18 };		/* columns */

static const char *
color_of(const struct dossier_case *one)
{
	if (one->proof.verdict == PROOF_HOLDS && !one->expected_broken &&
	    !one->proof.vacuous)
		return "\033[1;32m";
	return one->proof.verdict == PROOF_BROKEN && !one->expected_broken ?
	    "\033[1;31m" : "\033[1;33m";
}

/* The verdict as it is told: loud when it should not be. */
static const char *
verdict_of(const struct dossier_case *one)
{
	if (one->proof.verdict == PROOF_BROKEN && !one->expected_broken)
		return "BROKEN";
	return proof_verdict_name(one->proof.verdict);
}

static const char *
remark_of(const struct dossier_case *one)
{
	if (!one->expected_broken)
		return testimony_remark(&one->testimony);
	return one->proof.verdict == PROOF_BROKEN ? "as expected" :
	    one->proof.verdict == PROOF_HOLDS ?
	    "it was expected to be broken" :
	    testimony_remark(&one->testimony);
}

static void
print_page(struct page *page, const struct output_stream *out,
    const char *escape)
{
	struct word text = page_text(page);

	output_lines(out, text.text, text.length, 0, escape);
}

/* Nothing is told of it but the verdict. */
static bool
is_brief(const struct dossier_case *one)
{
	return one->proof.verdict == PROOF_HOLDS || (one->expected_broken &&
	    one->proof.verdict == PROOF_BROKEN);
}

static void
print_detail(const struct dossier *dossier, const struct dossier_case *one,
    const struct output_stream *out)
{
	const struct guarantee *guarantee = one->testimony.guarantee;
	struct page page = { .arena = dossier->arena, .width = out->width };
	struct word text;

	if (is_brief(one))
		return;
	text = testimony_text(dossier->arena, &one->testimony, out->width);
	page_line(&page, 0, 4);
	page_words(&page, "%s:", verdict_of(one));
	page_word(&page, guarantee->id);
	page_word(&page, guarantee->name);
	print_page(&page, out, color_of(one));
	output_lines(out, text.text, text.length, 0, NULL);
	fputc('\n', out->file);
}

static void
print_row(const struct dossier *dossier, const struct dossier_case *one,
    const struct output_stream *out)
{
	const struct guarantee *guarantee = one->testimony.guarantee;
	const char *remark = remark_of(one);
	struct page page = { .arena = dossier->arena, .width = out->width };
	struct word readings;

	page_line(&page, 0, out->width < 60 ? 4 : HANG);
	page_words(&page, "%s", verdict_of(one));
	page_tab(&page, 10);
	page_word(&page, guarantee->id);
	page_tab(&page, NAME);
	page_word(&page, guarantee->name);
	if (remark[0] != '\0')
		page_words(&page, "(%s)", remark);
	print_page(&page, out, color_of(one));
	if (!dossier->options.why || !is_brief(one))
		return;
	readings = testimony_readings(dossier->arena, &one->testimony,
	    out->width);
	output_lines(out, readings.text, readings.length, 0, NULL);
}

/* The head of a file's rows. */
static void
print_file(const struct suite_file *file, const struct output_stream *out)
{
	safe_print_name(out->file, file->path == NULL ?
	    "named guarantees" : file->path);
	fputs(", ", out->file);
	safe_print_name(out->file, file->estate);
	fputs(":\n", out->file);
}

/* " (3 as expected)", or nothing of none. */
static const char *
aside(const struct dossier *dossier, size_t count, const char *what)
{
	return count == 0 ? "" : arena_printf(dossier->arena, " (%zu %s)",
	    count, what);
}

/* ", 2 faulty", or nothing of none. */
static const char *
besides(const struct dossier *dossier, size_t count, const char *what)
{
	return count == 0 ? "" : arena_printf(dossier->arena, ", %zu %s",
	    count, what);
}

static void
print_counts(const struct dossier *dossier, const struct output_stream *out)
{
	struct dossier_counts counts = dossier_count(dossier);
	struct page page = { .arena = dossier->arena, .width = out->width };

	page_line(&page, 0, 4);
	page_words(&page, "%zu hold%s%s, %zu broken%s, %zu "
	    "undecided%s%s", counts.holds, counts.holds == 1 ? "s" : "",
	    aside(dossier, counts.vacuous, "vacuous"), counts.broken,
	    aside(dossier, counts.expected, "as expected"), counts.undecided,
	    besides(dossier, dossier->faulty, "faulty"),
	    besides(dossier, dossier->left_out, dossier->left_out == 1 ?
	    "file not proved" : "files not proved"));
	print_page(&page, out, NULL);
}

void
dossier_print_text(const void *result, const struct output_stream *out)
{
	const struct dossier *dossier = result;

	for (size_t i = 0; i < dossier->cases.count; i++)
		print_detail(dossier, dossier->cases.items[i], out);
	for (size_t i = 0; i < dossier->cases.count; i++) {
		const struct dossier_case *one = dossier->cases.items[i];

		if (i == 0 || dossier->cases.items[i - 1]->file != one->file)
			print_file(one->file, out);
		print_row(dossier, one, out);
	}
	print_counts(dossier, out);
}
