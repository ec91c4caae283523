/* SPDX-License-Identifier: MIT */
/* Holds what came of a question, or of a proof, against what was expected. */
#include "config.h"

#include "simulator/rehearsal.h"
#include "simulator/tape.h"

const char *
outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[OUTCOME_FAILED] = "failed",
		[OUTCOME_PASSED] = "passed",
		[OUTCOME_UNDECIDED] = "undecided",
		[OUTCOME_FAULTY] = "faulty",
	};

	return names[outcome];
}

/* What an expectation is held against. */
struct verification {
	struct arena			*arena;
	const struct expectation	*expectation;
	const struct story		*story;
	struct rehearsal_case		*one;
};

static void
conclude(struct verification *verification, enum outcome outcome,
    const char *reason)
{
	verification->one->outcome = outcome;
	verification->one->reason = reason;
}

/* Verdicts. */

static enum outcome
judge_verdict(enum expectation_kind expected, enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_ALLOWED:
		return expected == EXPECT_ALLOW ? OUTCOME_PASSED :
		    OUTCOME_FAILED;
	case VERDICT_IMPLICITLY_DENIED:
	case VERDICT_EXPLICITLY_DENIED:
		return expected == EXPECT_DENY ? OUTCOME_PASSED :
		    OUTCOME_FAILED;
	case VERDICT_DEPENDS:
		return expected == EXPECT_DEPENDS ? OUTCOME_PASSED :
		    OUTCOME_UNDECIDED;
	case VERDICT_UNKNOWN:
		break;
	}
	return OUTCOME_UNDECIDED;
}

static const char *
list_keys(struct arena *arena, const struct answer *answer)
{
	const char *text = "it depends on keys that are not known:";

	for (size_t i = 0; i < answer->depends.count; i++)
		text = arena_printf(arena, "%s%s `%.*s`", text, i == 0 ? "" :
		    ",", (int)answer->depends.items[i].length,
		    answer->depends.items[i].text);
	return text;
}

static const char *
say_unknown(const struct verification *verification)
{
	const struct hop *hop = verification->story->answer.decisive;

	if (hop == NULL || hop->missing == NULL || hop->decisive != NULL)
		return arena_printf(verification->arena, "it is unknown%s%s: "
		    "%s", *story_layer(verification->story) == '\0' ? "" :
		    " at ", story_layer(verification->story),
		    story_reason(verification->story));
	return arena_printf(verification->arena, "it is unknown: `%.*s` also "
	    "needs %s", (int)hop->call->action.length, hop->call->action.text,
	    hop->missing);
}

static const char *
say_verdict(const struct verification *verification)
{
	const struct answer *answer = &verification->story->answer;

	switch (answer->verdict) {
	case VERDICT_ALLOWED:
		return "it is allowed";
	case VERDICT_IMPLICITLY_DENIED:
	case VERDICT_EXPLICITLY_DENIED:
		return arena_printf(verification->arena, "it is denied%s%s: "
		    "%s", *story_layer(verification->story) == '\0' ? "" :
		    " by ", story_layer(verification->story),
		    story_reason(verification->story));
	case VERDICT_DEPENDS:
		return list_keys(verification->arena, answer);
	case VERDICT_UNKNOWN:
		break;
	}
	return say_unknown(verification);
}

/* Reasons: `because LAYER [SID]'. */

/* The ruling by which the last call was decided. */
static const struct ruling *
find_ruling(const struct answer *answer)
{
	const struct hop *hop = answer->decisive;

	if (hop == NULL && answer->count > 0)
		hop = &answer->hops[answer->count - 1];
	if (hop == NULL)
		return NULL;
	return hop->decisive != NULL || hop->count == 0 ? hop->decisive :
	    &hop->rulings[0];
}

/* A statement that speaks for the verdict; the Sid may be absent. */
static bool
has_step(const struct ruling *ruling, enum layer layer, enum effect effect,
    struct word sid)
{
	for (size_t i = 0; i < ruling->trail.steps.count; i++) {
		const struct step *step = &ruling->trail.steps.items[i];
		const struct node *node = step->clause->statement->sid;

		if (step->layer != layer || step->clause->effect != effect ||
		    step->meeting.matches != TRUTH_TRUE)
			continue;
		if (sid.text == NULL || (node != NULL && word_equal(
		    word_of_node(node), sid)))
			return true;
	}
	return false;
}

/* An allowed call has no layer that decides: one that allows is meant. */
static const char *
judge_grant(const struct verification *verification,
    const struct ruling *ruling)
{
	const struct expectation *expectation = verification->expectation;
	const char *name = layer_name(expectation->layer);
	struct word none = { NULL, 0 };

	if (has_step(ruling, expectation->layer, EFFECT_ALLOW,
	    expectation->sid.word))
		return NULL;
	return has_step(ruling, expectation->layer, EFFECT_ALLOW, none) ?
	    arena_printf(verification->arena, "%s allows it by another "
	    "statement", name) : arena_printf(verification->arena, "no "
	    "statement of %s allows it", name);
}

static const char *
judge_denial(const struct verification *verification,
    const struct ruling *ruling)
{
	const struct expectation *expectation = verification->expectation;
	const struct decision *decision = &ruling->decision;

	if (!decision->has_layer || decision->layer != expectation->layer)
		return say_verdict(verification);
	if (expectation->sid.word.text == NULL)
		return NULL;
	if (decision->verdict != VERDICT_EXPLICITLY_DENIED)
		return arena_printf(verification->arena, "no statement denies "
		    "it: %s", ruling->reason);
	return has_step(ruling, decision->layer, EFFECT_DENY,
	    expectation->sid.word) ? NULL : arena_printf(
	    verification->arena, "another statement of %s denies it",
	    layer_name(decision->layer));
}

/* NULL when it is because of that. */
static const char *
judge_reason(const struct verification *verification)
{
	const struct ruling *ruling =
	    find_ruling(&verification->story->answer);

	if (!verification->expectation->has_layer)
		return NULL;
	if (ruling == NULL)
		return say_verdict(verification);
	return verification->expectation->kind == EXPECT_ALLOW ?
	    judge_grant(verification, ruling) :
	    judge_denial(verification, ruling);
}

/* Keys: `on KEY,...'. */

/* NULL when it depends on those keys, and on no others. */
static const char *
judge_keys(const struct verification *verification)
{
	const struct answer *answer = &verification->story->answer;
	const struct phrases *keys = &verification->expectation->keys;
	size_t expected = 0;

	if (keys->list.count == 0)
		return NULL;
	for (size_t i = 0; i < answer->depends.count; i++)
		for (size_t j = 0; j < keys->list.count; j++)
			if (word_equal_folded(answer->depends.items[i],
			    keys->list.items[j].word)) {
				expected++;
				break;
			}
	for (size_t j = 0; j < keys->list.count; j++)
		if (!answer_depends_on(answer, keys->list.items[j].word))
			return list_keys(verification->arena, answer);
	return expected == answer->depends.count ? NULL :
	    list_keys(verification->arena, answer);
}

static void
judge(struct verification *verification)
{
	enum outcome outcome = judge_verdict(verification->expectation->kind,
	    verification->story->answer.verdict);
	const char *reason;

	if (outcome != OUTCOME_PASSED) {
		conclude(verification, outcome, say_verdict(verification));
		return;
	}
	reason = judge_reason(verification);
	if (reason == NULL)
		reason = judge_keys(verification);
	conclude(verification, reason == NULL ? OUTCOME_PASSED :
	    OUTCOME_FAILED, reason);
}

/* The linter. */

static size_t
count_findings(const struct rehearsal_case *one, const char *rule,
    size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < one->findings.list.count; i++) {
		const struct rehearsal_finding *finding =
		    &one->findings.list.items[i];

		count += finding->severity >= one->expectation->severity &&
		    (rule == NULL || word_is(word_from(rule, length),
		    finding->rule));
	}
	return count;
}

static void
judge_findings(struct verification *verification)
{
	const struct phrases *rules = &verification->expectation->rules;
	size_t all = count_findings(verification->one, NULL, 0);

	conclude(verification, OUTCOME_PASSED, NULL);
	if (rules->list.count == 0 && all > 0)
		conclude(verification, OUTCOME_FAILED, arena_printf(
		    verification->arena, "there %s %zu finding%s", all == 1 ?
		    "is" : "are", all, all == 1 ? "" : "s"));
	for (size_t i = 0; i < rules->list.count; i++) {
		struct word rule = rules->list.items[i].word;

		if (count_findings(verification->one, rule.text,
		    rule.length) == 0)
			conclude(verification, OUTCOME_FAILED, arena_printf(
			    verification->arena, "`%.*s` is not found",
			    (int)rule.length, rule.text));
	}
}

static void
lint(struct verification *verification,
    const struct rehearsal_options *options)
{
	struct rehearsal_case *one = verification->one;

	if (options->stage == NULL || options->stage->lint == NULL)
		one->fault = (struct question_fault){ "there are no files "
		    "here that could be linted", one->expectation->span,
		    NULL };
	else if (options->stage->lint(options->stage->context,
	    one->expectation, &one->findings, &one->fault))
		judge_findings(verification);
}

/* The run. */

static const struct court *
find_court(const struct court *court, const struct question *question,
    const struct rehearsal_options *options, struct rehearsal_case *one)
{
	if (question->overlays.list.count == 0)
		return court;
	if (options->stage != NULL && options->stage->overlay != NULL)
		return options->stage->overlay(options->stage->context,
		    &question->overlays, &one->fault);
	one->fault = (struct question_fault){ "no document can be laid over "
	    "the estate here", question->overlays.list.items[0].span, NULL };
	return NULL;
}

/* A word that names nothing may be one that only test files have. */
static void
guess_word(struct verification *verification)
{
	static const char *const words[] = { "because", "on", NULL };
	const struct phrases *said =
	    &verification->expectation->question.resources;
	struct question_fault *fault = &verification->one->fault;

	for (size_t i = 0; i < said->list.count && fault->help == NULL; i++) {
		const struct phrase *phrase = &said->list.items[i];
		const char *near = phrase->span.start != fault->span.start ?
		    NULL : tape_nearest(phrase->word, words);

		if (near != NULL)
			fault->help = arena_printf(verification->arena,
			    "did you mean the word `%s`?", near);
	}
}

static void
ask(struct verification *verification, const struct court *court,
    const struct rehearsal_options *options, struct story *story)
{
	const struct question *question =
	    &verification->expectation->question;
	struct rehearsal_case *one = verification->one;

	one->court = find_court(court, question, options, one);
	if (one->court == NULL)
		return;
	if (!story_settle(verification->arena, one->court, question, story,
	    &one->fault)) {
		guess_word(verification);
		return;
	}
	one->story = story;
	judge(verification);
}

static void
count(struct rehearsal *rehearsal, const struct rehearsal_case *one)
{
	rehearsal->counts[one->outcome]++;
}

void
rehearsal_add_expectation(struct arena *arena, const struct court *court,
    const struct suite_test *test, const struct expectation *expectation,
    const struct rehearsal_options *options, struct rehearsal *rehearsal)
{
	struct rehearsal_case *one = list_add(arena, &rehearsal->cases);
	struct story *story = arena_alloc(arena, sizeof(*story));
	struct verification verification = { arena, expectation, story, one };

	*one = (struct rehearsal_case){ .test = test,
	    .expectation = expectation, .outcome = OUTCOME_FAULTY };
	if (expectation->kind == EXPECT_LINT)
		lint(&verification, options);
	else
		ask(&verification, court, options, story);
	if (one->outcome == OUTCOME_FAULTY)
		one->reason = one->fault.message;
	count(rehearsal, one);
}

static enum outcome
judge_proof(const struct proof *proof, bool expected_broken,
    const char **reason)
{
	if (proof->fault.message != NULL) {
		*reason = proof->fault.message;
		return OUTCOME_FAULTY;
	}
	if (proof->verdict == PROOF_UNDECIDED) {
		*reason = proof->reason;
		return OUTCOME_UNDECIDED;
	}
	if ((proof->verdict == PROOF_BROKEN) == expected_broken)
		return OUTCOME_PASSED;
	*reason = expected_broken ? "it holds, and was expected to be broken" :
	    "it is broken";
	return OUTCOME_FAILED;
}

void
rehearsal_add_guarantee(struct arena *arena, const struct court *court,
    const struct suite *suite, const struct guarantee *guarantee,
    const struct rehearsal_options *options, struct rehearsal *rehearsal)
{
	struct rehearsal_case *one = list_add(arena, &rehearsal->cases);
	struct proof *proof = arena_alloc(arena, sizeof(*proof));

	*one = (struct rehearsal_case){ .guarantee = guarantee,
	    .court = court, .proof = proof };
	one->expected_broken = suite_expects_broken(suite, guarantee,
	    options->estate);
	proof_make(arena, court, guarantee, &options->proof, proof);
	one->outcome = judge_proof(proof, one->expected_broken, &one->reason);
	one->fault = proof->fault;
	count(rehearsal, one);
}

static bool
goes_on(const struct rehearsal *rehearsal,
    const struct rehearsal_options *options)
{
	return !options->first || rehearsal->counts[OUTCOME_PASSED] ==
	    rehearsal->cases.count;
}

void
rehearsal_run(struct arena *arena, const struct court *court,
    const struct suite *suite, const struct rehearsal_options *options,
    struct rehearsal *rehearsal)
{
	for (size_t i = 0; i < suite->tests.count; i++) {
		const struct suite_test *test = &suite->tests.items[i];

		for (size_t j = 0; j < test->expectations.count &&
		    goes_on(rehearsal, options); j++)
			rehearsal_add_expectation(arena, court, test,
			    &test->expectations.items[j], options, rehearsal);
	}
	for (size_t i = 0; i < suite->guarantees.count &&
	    goes_on(rehearsal, options); i++)
		rehearsal_add_guarantee(arena, court, suite,
		    &suite->guarantees.items[i], options, rehearsal);
}
