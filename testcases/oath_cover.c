/* SPDX-License-Identifier: MIT */
/* What guarantees were made of, counted. */
#include "config.h"

#include "policy/operator.h"
#include "testcases/oath.h"

static void
cover_phrase(struct coverage *coverage, enum phrase_kind kind, bool decided)
{
	static const char *const names[] = {
		[PHRASE_ON] = "on",
		[PHRASE_ON_OWN_SESSION] = "on own session",
		[PHRASE_BY] = "by",
		[PHRASE_BY_SESSION_OF] = "by session of",
		[PHRASE_THROUGH] = "through",
		[PHRASE_DOCUMENT] = "document",
		[PHRASE_NAMED] = "named",
		[PHRASE_MFA] = "mfa",
	};

	coverage_count(coverage, "phrase", names[kind], decided);
}

static void
cover_step(struct coverage *coverage, const struct guarantee_step *step,
    bool decided)
{
	coverage_count(coverage, "phrase", step->actions.list.count == 0 ?
	    "request" : "actions", decided);
	for (size_t i = 0; i < step->phrases.count; i++)
		cover_phrase(coverage, step->phrases.items[i].kind, decided);
}

/* Recursion is bounded by GUARANTEE_DEPTH_MAX. */
static void
cover_condition(struct coverage *coverage,
    const struct guarantee_condition *condition, bool decided)
{
	if (condition == NULL)
		return;
	if (condition->kind == CONDITION_TEST)
		coverage_count(coverage, "promised", operator_facts(
		    condition->use.operator)->name, decided);
	else if (condition->kind == CONDITION_ACTION)
		cover_step(coverage, &condition->action, decided);
	else if (condition->kind == CONDITION_PHRASE)
		cover_phrase(coverage, condition->phrase.kind, decided);
	else if (condition->kind == CONDITION_NOT)
		coverage_count(coverage, "phrase", "not", decided);
	cover_condition(coverage, condition->one, decided);
	cover_condition(coverage, condition->other, decided);
}

void
oath_cover(struct coverage *coverage, const struct guarantee *guarantee,
    bool decided)
{
	cover_step(coverage, &guarantee->steps.items[0], decided);
	cover_condition(coverage, guarantee->where, decided);
	cover_condition(coverage, guarantee->must, decided);
}
