/* SPDX-License-Identifier: MIT */
/* Cases in words, for all formats. */
#include "config.h"

#include "simulator/page.h"
#include "simulator/testimony.h"
#include "tools/drill.h"
#include "tools/exit.h"

struct place
drill_place(const struct drill_file *file, const struct rehearsal_case *one)
{
	struct span span = one->expectation != NULL ? one->expectation->span :
	    one->guarantee->span;

	if (one->outcome == OUTCOME_FAULTY)
		span = one->fault.span;
	return source_place(file->file.suite->source, span);
}

/* "lint to find `a`,`b`" */
static const char *
say_findings(struct arena *arena, const struct expectation *expectation)
{
	const struct phrases *rules = &expectation->rules;
	const char *text = "lint to find";

	if (rules->list.count == 0)
		text = "lint to find nothing";
	for (size_t i = 0; i < rules->list.count; i++)
		text = arena_printf(arena, "%s%s`%.*s`", text, i == 0 ? " " :
		    ",", (int)rules->list.items[i].word.length,
		    rules->list.items[i].word.text);
	return expectation->severity == SEVERITY_NOTE ? text :
	    arena_printf(arena, "%s from %s on", text,
	    severity_name(expectation->severity));
}

/* "deny because trust `Sid`" */
static const char *
say_expected(struct arena *arena, const struct expectation *expectation)
{
	static const char *const verdicts[] = {
		[EXPECT_ALLOW] = "allow",
		[EXPECT_DENY] = "deny",
		[EXPECT_DEPENDS] = "depends",
		[EXPECT_LINT] = "lint",
	};
	const char *text = verdicts[expectation->kind];
	struct word sid = expectation->sid.word;

	if (expectation->has_layer)
		text = arena_printf(arena, "%s because %s", text,
		    layer_name(expectation->layer));
	if (sid.text != NULL)
		text = arena_printf(arena, "%s `%.*s`", text, (int)sid.length,
		    sid.text);
	for (size_t i = 0; i < expectation->keys.list.count; i++) {
		struct word key = expectation->keys.list.items[i].word;

		text = arena_printf(arena, "%s%s`%.*s`", text, i == 0 ?
		    " on " : ",", (int)key.length, key.text);
	}
	return text;
}

const char *
drill_message(struct arena *arena, const struct rehearsal_case *one)
{
	if (one->outcome == OUTCOME_FAULTY)
		return one->fault.help == NULL ? one->reason :
		    arena_printf(arena, "%s; %s", one->reason,
		    one->fault.help);
	if (one->expectation == NULL)
		return one->reason;
	if (one->expectation->kind == EXPECT_LINT)
		return arena_printf(arena, "expected %s, but %s",
		    say_findings(arena, one->expectation), one->reason);
	return arena_printf(arena, "expected %s, but %s",
	    say_expected(arena, one->expectation), one->reason);
}

/* The question, and its answer as `can' tells it. */
static struct word
tell_expectation(struct arena *arena, const struct rehearsal_case *one,
    size_t width)
{
	struct page page = { .arena = arena, .width = width };
	struct story story = *one->story;
	struct question_fault fault;

	page_line(&page, 0, 4);
	page_words(&page, "%s", expectation_text(arena, one->expectation));
	story_find(arena, one->court, &one->expectation->question, &story,
	    &fault);
	page_block(&page, story_text(arena, &story, width), 0);
	return page_text(&page);
}

/* What was found, of those that count. */
static struct word
tell_findings(struct arena *arena, const struct rehearsal_case *one,
    size_t width)
{
	struct page page = { .arena = arena, .width = width };

	page_line(&page, 0, 4);
	page_words(&page, "%s", expectation_text(arena, one->expectation));
	for (size_t i = 0; i < one->findings.list.count; i++) {
		const struct rehearsal_finding *finding =
		    &one->findings.list.items[i];

		if (finding->severity < one->expectation->severity)
			continue;
		page_line(&page, 0, 4);
		page_words(&page, "%s: %s[%s] %s", finding->place,
		    severity_name(finding->severity), finding->rule,
		    finding->message);
	}
	return page_text(&page);
}

struct word
drill_detail(struct arena *arena, const struct rehearsal_case *one,
    size_t width)
{
	struct testimony testimony;

	if (one->outcome == OUTCOME_FAULTY || one->outcome == OUTCOME_PASSED)
		return word_from("", 0);
	if (one->expectation != NULL && one->story == NULL)
		return tell_findings(arena, one, width);
	if (one->expectation != NULL)
		return tell_expectation(arena, one, width);
	testimony_gather(arena, one->court, one->guarantee, one->proof,
	    &testimony);
	return testimony_text(arena, &testimony, width);
}

const char *
drill_remark(const struct rehearsal_case *one)
{
	if (one->proof == NULL || one->outcome != OUTCOME_PASSED)
		return "";
	if (one->proof->verdict == PROOF_BROKEN)
		return "broken, as expected";
	return one->proof->vacuous ? "vacuous: no request is of that kind" :
	    "";
}

size_t
drill_count_expectations(const struct drill *drill)
{
	size_t count = 0;

	for (size_t i = 0; i < drill->files.count; i++) {
		const struct rehearsal *rehearsal =
		    &drill->files.items[i]->rehearsal;

		for (size_t j = 0; j < rehearsal->cases.count; j++)
			count += rehearsal->cases.items[j].expectation != NULL;
	}
	return count;
}

static bool
has_error(const struct report *report)
{
	for (size_t i = 0; i < report->findings.count; i++)
		if (report->findings.items[i].severity == SEVERITY_ERROR)
			return true;
	return false;
}

const char *
drill_why(const struct drill_file *file)
{
	if (file->code == EXIT_FINE)
		return NULL;
	if (file->file.error != NULL)
		return file->file.error;
	if (file->code == EXIT_UNREADABLE)
		return "its estate cannot be read";
	return has_error(&file->file.report) ? "it has mistakes" :
	    "its estate has mistakes";
}

size_t
drill_count_unrun(const struct drill *drill)
{
	size_t count = 0;

	for (size_t i = 0; i < drill->files.count; i++)
		count += drill->files.items[i]->code != EXIT_FINE;
	return count;
}

void
drill_print_lcov(const void *result, const struct output_stream *out)
{
	const struct drill *drill = result;

	coverage_print_lcov(&drill->coverage, out);
}
