/* SPDX-License-Identifier: MIT */
/* Each evaluator reads the line for itself; only the JSON is read once. */
#include "config.h"

#include <err.h>
#include <stdlib.h>

#include "testcases/contest.h"
#include "testcases/tenets.h"

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
	contest->facts = (struct docket_facts){
		.catalog = &catalog_builtin,
		.assumptions = &contest->assumptions,
	};
}

void
contest_assume(struct contest *contest, uint64_t seed)
{
	contest->assumptions = tenets_draw(seed);
}

static void
count_choices(struct contest *contest, const struct decision *decision)
{
	for (size_t i = 0; i < ASSUMPTION_COUNT; i++)
		if (contest->assumptions.choice[i] != 0)
			coverage_count(&contest->coverage, "assumption",
			    assumption_name((enum assumption)i),
			    (decision->rests >> i & 1) != 0);
}

static bool
decide(const struct contest *contest, const struct docket_facts *facts,
    const struct text *text, enum verdict *verdict)
{
	struct docket_fault fault;
	struct docket docket;

	if (!docket_read(contest->arena, facts, text, text->root, &docket,
	    &fault))
		return false;
	*verdict = decision_make(&docket.request, &docket.policies,
	    facts->assumptions, NULL).verdict;
	return true;
}

const char *
contest_find_unsaid(const struct contest *contest, const struct text *text,
    const struct answer *answer, uint64_t seed)
{
	struct assumptions others = contest->assumptions;
	struct docket_facts facts = contest->facts;
	enum assumption tried;
	enum verdict verdict;
	struct dice dice;

	dice_init(&dice, ~seed);
	tried = (enum assumption)dice_get(&dice, ASSUMPTION_COUNT);
	others.choice[tried] = tenets_pick(&dice, tried, others.choice[tried]);
	facts.assumptions = &others;
	if ((answer->decision.rests >> tried & 1) != 0 ||
	    !decide(contest, &facts, text, &verdict) ||
	    verdict == answer->decision.verdict)
		return NULL;
	return assumption_name(tried);
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
	struct docket_facts facts = contest->facts;
	struct docket docket;
	struct decision plain;
	enum verdict indexed;

	if (!docket_read(contest->arena, &contest->facts, text, text->root,
	    &docket, &fault))
		return answer;
	plain = decision_make(&docket.request, &docket.policies,
	    &contest->assumptions, NULL);
	answer.decision = decision_make(&docket.request, &docket.policies,
	    &contest->assumptions, &trail);
	answer.verdict = verdict_name(plain.verdict);
	facts.charter = CHARTER_INDEXED;
	answer.wavers = plain.verdict != answer.decision.verdict ||
	    !decide(contest, &facts, text, &indexed) ||
	    plain.verdict != indexed;
	count_choices(contest, &answer.decision);
	coverage_add(&contest->coverage, &docket, &answer.decision, &trail);
	return answer;
}

const char *
contest_ask_reference(const struct contest *contest, const struct text *text)
{
	return reference_verdict_name(reference_decide(contest->arena,
	    text->root, contest->reference, &contest->assumptions));
}
