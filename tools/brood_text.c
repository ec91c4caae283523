/* SPDX-License-Identifier: MIT */
/* Each survivor as a patch, then a row for each policy. */
#include "config.h"

#include "simulator/page.h"
#include "tools/brood.h"
#include "tools/safe.h"

enum { CONTEXT = 1, NAME = 6 };		/* lines; columns */

struct telling {
	const struct brood		*brood;
	const struct output_stream	*out;
};

/* Patches. */

/* Lines [first, end) of a file, each behind the mark. */
static void
print_lines(const struct telling *telling, const struct source *source,
    size_t first, size_t end, char mark)
{
	const char *color = mark == '-' ? "\033[31m" : mark == '+' ?
	    "\033[32m" : NULL;
	bool colored = telling->out->color && color != NULL;

	for (size_t line = first; line < end; line++) {
		struct span span = source_line(source, line);

		fprintf(telling->out->file, "%s%c", colored ? color : "",
		    mark);
		safe_print(telling->out->file, source->bytes + span.start,
		    span.end - span.start);
		fprintf(telling->out->file, "%s\n", colored ? "\033[0m" : "");
	}
}

static void
print_file(const struct telling *telling, const char *mark,
    const struct source *source)
{
	fprintf(telling->out->file, "%s ", mark);
	safe_print_name(telling->out->file, source->name);
	fputc('\n', telling->out->file);
}

/* What `diff -u' prints of it; lines that are the same are its context. */
static void
print_patch(const struct telling *telling, const struct mutation *mutation)
{
	const struct source *old = mutation->source;
	const struct source *new = mutation_apply(telling->brood->arena,
	    mutation);
	size_t first = source_place(old, mutation->span).line;
	size_t behind = old->line_count - source_place(old,
	    mutation->span).end_line;
	size_t old_end = old->line_count - behind + 1;
	size_t new_end = new->line_count - behind + 1;
	size_t before = first > CONTEXT ? CONTEXT : first - 1;
	size_t after = behind > CONTEXT ? CONTEXT : behind;

	print_file(telling, "---", old);
	print_file(telling, "+++", old);
	fprintf(telling->out->file, "@@ -%zu,%zu +%zu,%zu @@\n",
	    first - before, before + old_end - first + after,
	    first - before, before + new_end - first + after);
	print_lines(telling, old, first - before, first, ' ');
	print_lines(telling, old, first, old_end, '-');
	print_lines(telling, new, first, new_end, '+');
	print_lines(telling, old, old_end, old_end + after, ' ');
}

/* Survivors. */

static void
print_page(const struct telling *telling, struct page *page,
    const char *escape)
{
	struct word text = page_text(page);

	output_lines(telling->out, text.text, text.length, 0, escape);
}

static void
print_head(const struct telling *telling, const struct mutation *mutation,
    const char *word, const char *color)
{
	struct page page = { .arena = telling->brood->arena,
	    .width = telling->out->width };

	page_line(&page, 0, 4);
	page_words(&page, "%s %s:%zu: %s: %s", word, mutation->source->name,
	    source_place(mutation->source, mutation->about).line,
	    mutation->operator->name, mutation->operator->says);
	print_page(telling, &page, color);
}

static void
print_sentence(const struct telling *telling, const char *sentence,
    const char *below)
{
	struct page page = { .arena = telling->brood->arena,
	    .width = telling->out->width };

	page_line(&page, 0, 4);
	page_words(&page, "%s", sentence);
	if (below != NULL) {
		page_line(&page, 2, 4);
		page_words(&page, "%s", below);
	}
	print_page(telling, &page, NULL);
}

/* The test that would have noticed, or at least the call. */
static void
print_call(const struct telling *telling, const struct survival_call *call,
    const char *what)
{
	if (call->lesson != NULL)
		print_sentence(telling, arena_printf(telling->brood->arena,
		    "no test minds that %s is allowed now; this one would:",
		    what), call->lesson);
	else if (call->says != NULL)
		print_sentence(telling, arena_printf(telling->brood->arena,
		    "no test or guarantee minds that %s is allowed now:",
		    what), call->says);
}

static void
print_advice(const struct telling *telling, const struct brood_fate *fate)
{
	print_call(telling, &fate->gain, "more");
	print_call(telling, &fate->loss, "less");
	if (fate->reason != NULL)
		print_sentence(telling, arena_printf(telling->brood->arena,
		    "whether %s is not known: %s", fate->verdict ==
		    SURVIVAL_UNDECIDED ? "a guarantee is broken" :
		    "any decision changes", fate->reason), NULL);
}

static void
print_survivor(const struct telling *telling, size_t index)
{
	const struct mutation *mutation =
	    &telling->brood->mutations.list.items[index];
	const struct brood_fate *fate = &telling->brood->fates[index];

	if (fate->verdict != SURVIVAL_SURVIVED &&
	    fate->verdict != SURVIVAL_UNDECIDED)
		return;
	if (fate->verdict == SURVIVAL_SURVIVED)
		print_head(telling, mutation, "SURVIVED", "\033[1;31m");
	else
		print_head(telling, mutation, "UNDECIDED", "\033[1;33m");
	print_patch(telling, mutation);
	print_advice(telling, fate);
	fputc('\n', telling->out->file);
}

/* Scores. */

/* "20 killed, 1 survived"; of the others, only what there is. */
static const char *
list_counts(const struct telling *telling, const struct reference *reference)
{
	const char *text = "";

	for (size_t i = 0; i < SURVIVAL_COUNT; i++) {
		size_t count = brood_count(telling->brood, reference,
		    brood_order[i]);

		if (count > 0 || i < 2)
			text = arena_printf(telling->brood->arena,
			    "%s%s%zu %s", text, i == 0 ? "" : ", ", count,
			    survival_verdict_name(brood_order[i]));
	}
	return text;
}

static void
print_score(const struct telling *telling, const char *name,
    const struct reference *reference)
{
	struct page page = { .arena = telling->brood->arena,
	    .width = telling->out->width };

	page_line(&page, 0, NAME);
	page_words(&page, "%3u%%", brood_score(telling->brood, reference));
	page_tab(&page, NAME);
	page_words(&page, "%s: %s", name, list_counts(telling, reference));
	print_page(telling, &page, NULL);
}

static void
print_list(const struct telling *telling)
{
	const struct mutations *mutations = &telling->brood->mutations;

	for (size_t i = 0; i < mutations->list.count; i++) {
		print_head(telling, &mutations->list.items[i], "mutant", NULL);
		print_patch(telling, &mutations->list.items[i]);
		fputc('\n', telling->out->file);
	}
	fprintf(telling->out->file, "%zu mutant%s\n", mutations->list.count,
	    mutations->list.count == 1 ? "" : "s");
}

void
brood_print_text(const struct brood *brood, const struct output_stream *out)
{
	const struct telling telling = { brood, out };
	const struct reference *last = NULL;

	fputc('\n', out->file);
	if (brood->fates == NULL) {
		print_list(&telling);
		return;
	}
	for (size_t i = 0; i < brood->mutations.list.count; i++)
		print_survivor(&telling, i);
	for (size_t i = 0; i < brood->mutations.list.count; i++) {
		const struct mutation *mutation =
		    &brood->mutations.list.items[i];

		if (mutation->reference != last)
			print_score(&telling, mutation->source->name,
			    mutation->reference);
		last = mutation->reference;
	}
	print_score(&telling, "mutants of all policies", NULL);
}
