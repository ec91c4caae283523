/* SPDX-License-Identifier: MIT */
/* What lies on a desk, for people. */
#include "config.h"

#include <string.h>

#include "simulator/desk.h"
#include "simulator/page.h"

enum { INDENT = 2, WIDE = 1 << 20 };

static const char *
text_of(struct word word)
{
	return word.length == 0 ? "" : word.text;
}

/* A page is bytes without an end. */
static const char *
end_page(struct page *page)
{
	struct word text = page_text(page);

	return arena_copy(page->arena, text_of(text), text.length);
}

static void
put_line(struct page *page, const char *line)
{
	page_line(page, 0, 0);
	page_word(page, word_from(line, strlen(line)));
}

static void
put_finding(struct page *page, const struct sekisho_finding *finding)
{
	bool helps = finding->help != NULL;

	put_line(page, arena_printf(page->arena, "%s:%zu:%zu: %s: %s%s%s",
	    finding->file, finding->line, finding->column,
	    sekisho_severity_name(finding->severity), finding->message,
	    helps ? "; " : "", helps ? finding->help : ""));
}

const char *
desk_messages(struct sekisho *desk, unsigned unused)
{
	struct page page = { .arena = desk->arena, .width = WIDE };

	(void)unused;
	for (size_t i = 0; i < desk->findings.count; i++)
		put_finding(&page, &desk->findings.items[i]);
	return end_page(&page);
}

/* One question. */

static const char *
summarize_story(const struct sekisho *desk)
{
	const struct story *story = &desk->story;
	const char *layer = story_layer(story);

	return arena_printf(desk->arena, "%s%s%s: %s", verdict_name(
	    story->answer.verdict), layer[0] == '\0' ? "" : " by ", layer,
	    story_reason(story));
}

/* Guarantees. */

static void
put_verdict(struct page *page, const struct promise *promise)
{
	const struct guarantee *guarantee = promise->testimony.guarantee;
	const char *remark = testimony_remark(&promise->testimony);

	page_line(page, 0, 2 * INDENT);
	page_words(page, "%s:", proof_verdict_name(promise->proof.verdict));
	page_word(page, guarantee->id);
	page_word(page, guarantee->name);
	if (remark[0] != '\0')
		page_words(page, "(%s)", remark);
}

/* A line for each, and what there is to tell of it. */
static const char *
tell_promises(struct sekisho *desk, unsigned columns)
{
	struct page page = { .arena = desk->arena, .width = columns };

	for (size_t i = 0; i < desk->promises.count; i++) {
		const struct promise *promise = desk->promises.items[i];

		put_verdict(&page, promise);
		page_block(&page, testimony_text(desk->arena,
		    &promise->testimony, columns - INDENT), INDENT);
	}
	return end_page(&page);
}

static size_t
count_promises(const struct sekisho *desk, enum proof_verdict verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < desk->promises.count; i++)
		count += desk->promises.items[i]->proof.verdict == verdict;
	return count;
}

static const char *
summarize_promises(const struct sekisho *desk)
{
	size_t holds = count_promises(desk, PROOF_HOLDS);

	return arena_printf(desk->arena, "%zu hold%s, %zu broken, %zu "
	    "undecided", holds, holds == 1 ? "s" : "",
	    count_promises(desk, PROOF_BROKEN),
	    count_promises(desk, PROOF_UNDECIDED));
}

/* All. */

/* The first of several findings, with their number. */
static const char *
summarize_findings(const struct sekisho *desk)
{
	const struct sekisho_finding *first = sekisho_finding_at(desk, 0);
	size_t count = desk->findings.count;

	if (first == NULL)
		return "nothing was found";
	return arena_printf(desk->arena, "%s: %s%s",
	    sekisho_severity_name(first->severity), first->message,
	    count == 1 ? "" : arena_printf(desk->arena, " (and %zu more)",
	    count - 1));
}

static const char *
summarize(const struct sekisho *desk)
{
	switch (desk->result) {
	case DESK_STORY:
		return summarize_story(desk);
	case DESK_PROMISES:
		return summarize_promises(desk);
	case DESK_NOTHING:
		break;
	}
	return summarize_findings(desk);
}

/* Without a line end. */
const char *
desk_summary(struct sekisho *desk, unsigned unused)
{
	struct page page = { .arena = desk->arena, .width = WIDE };
	struct word line;

	(void)unused;
	put_line(&page, summarize(desk));
	line = page_text(&page);
	return arena_copy(desk->arena, line.text, line.length - 1);
}

const char *
desk_explanation(struct sekisho *desk, unsigned columns)
{
	struct word text;

	if (columns < 20)
		columns = 20;
	switch (desk->result) {
	case DESK_STORY:
		desk_complete(desk);
		text = story_text(desk->arena, &desk->story, columns);
		return arena_copy(desk->arena, text_of(text), text.length);
	case DESK_PROMISES:
		return tell_promises(desk, columns);
	case DESK_NOTHING:
		break;
	}
	return desk_messages(desk, columns);
}
