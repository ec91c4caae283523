/* SPDX-License-Identifier: MIT */
/* Each evaluator reads the line for itself; only the JSON is read once. */
#include "config.h"

#include <err.h>
#include <stdlib.h>

#include "testcases/contest.h"

void
contest_init(struct contest *contest, struct arena *arena,
    const char *directory)
{
	const char *root = getenv("srcdir");

	if (directory == NULL)
		directory = arena_printf(arena, "%s/policy/catalog",
		    root == NULL ? "." : root);
	*contest = (struct contest){ .arena = arena_new(),
	    .reference = reference_facts_read(arena, directory),
	    .coverage = { .arena = arena } };
	if (contest->arena == NULL)
		errx(1, "no memory");
	contest->facts = (struct docket_facts){ &catalog_builtin,
	    template_index_new(arena, &catalog_builtin),
	    &contest->assumptions };
}

const struct text *
contest_read(const struct contest *contest, const char *line, size_t length)
{
	const struct source *source = source_new(contest->arena, "-", line,
	    length);
	const struct text *text;
	struct report report;

	report_init(&report, contest->arena, source);
	text = text_read(contest->arena, source, &report);
	if (text->root == NULL)
		errx(1, "no JSON: %.*s", (int)length, line);
	return text;
}

struct answer
contest_ask(struct contest *contest, const struct text *text)
{
	struct answer answer = { .verdict = "a fault" };
	struct trail trail = { .arena = contest->arena };
	struct docket_fault fault;
	struct docket docket;
	struct decision plain;

	if (!docket_read(contest->arena, &contest->facts, text, text->root,
	    &docket, &fault))
		return answer;
	plain = decision_make(&docket.request, &docket.policies,
	    &contest->assumptions, NULL);
	answer.decision = decision_make(&docket.request, &docket.policies,
	    &contest->assumptions, &trail);
	answer.verdict = verdict_name(plain.verdict);
	answer.wavers = plain.verdict != answer.decision.verdict;
	coverage_add(&contest->coverage, &docket, &answer.decision, &trail);
	return answer;
}

const char *
contest_ask_reference(const struct contest *contest, const struct text *text)
{
	return reference_verdict_name(reference_decide(contest->arena,
	    text->root, contest->reference));
}
