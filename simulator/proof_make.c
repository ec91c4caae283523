/* SPDX-License-Identifier: MIT */
/* Asks the search for a call that breaks a promise, or that keeps it. */
#include "config.h"

#include <string.h>

#include "simulator/proof_row.h"
#include "simulator/reservation.h"
#include "simulator/witness.h"

const char *
proof_verdict_name(enum proof_verdict verdict)
{
	static const char *const names[] = {
		[PROOF_UNDECIDED] = "undecided",
		[PROOF_BROKEN] = "broken",
		[PROOF_HOLDS] = "holds",
	};

	return names[verdict];
}

static bool
is_liveness(const struct guarantee *guarantee)
{
	return guarantee->quantifier == GUARANTEE_SOME ||
	    guarantee->quantifier == GUARANTEE_EACH;
}

bool
prover_is_lively(const struct prover *prover)
{
	return is_liveness(prover->guarantee);
}

void
prover_note_undecided(struct prover *prover, const char *reason)
{
	prover->proof->verdict = PROOF_UNDECIDED;
	prover->proof->reason = arena_copy(prover->arena, reason,
	    strlen(reason));
}

uint64_t
prover_budget(const struct prover *prover)
{
	uint64_t spent = prover->proof->steps;

	return spent >= prover->options->budget ? 0 :
	    prover->options->budget - spent;
}

static struct search_result
ask(struct prover *prover, struct inquiry *inquiry, int root)
{
	struct search_result result = search_decide(inquiry->search, root,
	    inquiry->selectors, inquiry->count, prover_budget(prover));

	prover->proof->steps += result.steps;
	if (result.answer != SEARCH_UNDECIDED)
		return result;
	prover->proof->bug |= result.reason == SEARCH_MISMATCH;
	prover_note_undecided(prover, search_says(&result));
	return result;
}

/* True when it rests on something that is left out. */
static bool
note_core(struct prover *prover, const struct inquiry *inquiry,
    const struct search_result *result)
{
	bool reserved = false;

	for (size_t i = 0; i < result->core_count; i++)
		for (size_t j = 0; j < inquiry->count; j++)
			if (inquiry->selectors[j] != result->core[i])
				continue;
			else if (inquiry->premises[j] == PREMISE_COUNT)
				reserved = true;
			else
				prover->proof->rests |= (premise_set)1 <<
				    inquiry->premises[j];
	return reserved;
}

/* The texts of a model live as long as its search, a witness longer. */
static const struct word *
copy_texts(struct inquiry *inquiry, const struct word *texts)
{
	size_t count = universe_slots(inquiry->plan.universe);
	struct word *copies = arena_array(inquiry->arena, count,
	    sizeof(*copies));

	for (size_t i = 0; i < count; i++)
		if (texts[i].text != NULL)
			copies[i] = word_from(arena_copy(inquiry->arena,
			    texts[i].text, texts[i].length),
			    texts[i].length);
	return copies;
}

static void
forget_witness(struct prover *prover)
{
	prover->proof->witness = NULL;
	arena_free(prover->kept);
	prover->kept = NULL;
}

/* The model as calls that decision.c has confirmed. */
static bool
note_witness(struct prover *prover, struct inquiry *inquiry, int root,
    const struct search_result *found)
{
	struct answer *witness = arena_alloc(inquiry->arena,
	    sizeof(*witness));
	struct search_result result = inquiry_settle(prover, inquiry, root,
	    found->texts);

	prover->proof->steps += result.steps;
	if (result.answer != SEARCH_SATISFIABLE) {
		prover_note_undecided(prover, search_says(&result));
		return false;
	}
	forget_witness(prover);
	prover->proof->witness = witness;
	prover->kept = inquiry->arena;
	if (witness_read(&inquiry->plan, inquiry->search, copy_texts(inquiry,
	    result.texts), witness))
		return true;
	prover->proof->bug = true;
	prover_note_undecided(prover,
	    "the simulator does not confirm the witness");
	return false;
}

/* There is no such call; but with what was left out, there may be one. */
static bool
is_reserved(struct prover *prover, struct inquiry *inquiry, int root)
{
	struct search_result result;
	const char *reason = NULL;

	inquiry->count--;		/* the last bit is open */
	result = ask(prover, inquiry, root);
	inquiry->count++;
	for (size_t i = 0; result.answer == SEARCH_SATISFIABLE &&
	    i < inquiry->plan.count && reason == NULL; i++)
		reason = reservation_reason(inquiry->plan.calls[i],
		    inquiry->search);
	if (result.answer == SEARCH_SATISFIABLE)
		prover_note_undecided(prover, reason != NULL ? reason :
		    "what is not modelled may break it");
	return result.answer != SEARCH_UNSATISFIABLE;
}

/* Nothing breaks the promise; is there anything that it speaks of?  Of what
 * must never be, denied or not. */
static void
conclude_safety(struct prover *prover, struct inquiry *inquiry, int premises)
{
	const struct plan *plan = &inquiry->plan;
	int scope = formula_and(plan->formulas, premises, plan->scope);
	struct search_result result;

	if (prover->guarantee->quantifier == GUARANTEE_EVERY)
		scope = formula_and(plan->formulas, scope, plan->allowed);
	result = ask(prover, inquiry, scope);
	prover->proof->vacuous &= result.answer == SEARCH_UNSATISFIABLE;
	if (result.answer != SEARCH_UNDECIDED ||
	    prover->guarantee->quantifier == GUARANTEE_NEVER)
		prover->proof->verdict = PROOF_HOLDS;
}

/* Safety: there is no call in scope, allowed, that is not as promised. */
static void
ask_safety(struct prover *prover, struct inquiry *inquiry)
{
	struct formulas *formulas = inquiry->plan.formulas;
	int premises = inquiry_bind(prover, inquiry);
	int scope = formula_and(formulas, premises, formula_and(formulas,
	    inquiry->plan.scope, inquiry->plan.allowed));
	int broken = formula_and(formulas, scope, -inquiry->plan.must);
	struct search_result result;

	inquiry->search = search_new(inquiry->engine, inquiry->plan.universe);
	result = ask(prover, inquiry, broken);
	if (result.answer == SEARCH_SATISFIABLE &&
	    note_witness(prover, inquiry, broken, &result))
		prover->proof->verdict = PROOF_BROKEN;
	if (result.answer != SEARCH_UNSATISFIABLE)
		return;
	if (!note_core(prover, inquiry, &result) ||
	    !is_reserved(prover, inquiry, broken))
		conclude_safety(prover, inquiry, premises);
}

/* Liveness: there is one. */
static void
ask_liveness(struct prover *prover, struct inquiry *inquiry)
{
	struct formulas *formulas = inquiry->plan.formulas;
	int root = formula_and(formulas, inquiry_bind(prover, inquiry),
	    formula_and(formulas, inquiry->plan.scope,
	    inquiry->plan.allowed));
	struct search_result result;

	if (prover->guarantee->must != NULL)
		root = formula_and(formulas, root, inquiry->plan.must);
	inquiry->search = search_new(inquiry->engine, inquiry->plan.universe);
	result = ask(prover, inquiry, root);
	if (result.answer == SEARCH_SATISFIABLE &&
	    note_witness(prover, inquiry, root, &result))
		prover->proof->verdict = PROOF_HOLDS;
	else if (result.answer == SEARCH_UNSATISFIABLE &&
	    (!inquiry->closed || !is_reserved(prover, inquiry, root)))
		prover->proof->verdict = PROOF_BROKEN;
}

/* What that costs is not taken from what other choices may cost. */
static void
explain(struct prover *prover, const struct plan_choices *choices)
{
	uint64_t steps = prover->proof->steps;

	proof_explain(prover, choices);
	prover->proof->steps = steps;
}

static void
prove_choice(struct prover *prover, const struct plan_choices *choices)
{
	bool liveness = is_liveness(prover->guarantee);
	struct inquiry inquiry;

	if (inquiry_make(prover, &inquiry, choices, NULL)) {
		if (liveness)
			ask_liveness(prover, &inquiry);
		else
			ask_safety(prover, &inquiry);
	}
	inquiry_close(prover, &inquiry);
	if (!liveness && prover->options->why &&
	    prover->proof->verdict == PROOF_HOLDS)
		explain(prover, choices);
	if (prover->options->documents)
		proof_narrow(prover, choices);
}

/* Choices: one word out of each list, all combinations in turn. */

/* The list that a choice is made from. */
static const struct phrases *
list_of(const struct guarantee *guarantee, const struct plan_choice *choice)
{
	return choice->phrase != NULL ? &choice->phrase->words :
	    &guarantee->steps.items[choice->step].actions;
}

static bool
is_pattern(const struct phrases *actions)
{
	for (size_t i = 0; i < actions->list.count; i++)
		if (word_has_wildcard(actions->list.items[i].word))
			return true;
	return false;
}

/* Some action of the list is a call on several resources: then each is a plan
 * of its own. */
static bool
has_call(const struct prover *prover, const struct phrases *actions)
{
	for (size_t i = 0; i < actions->list.count; i++)
		if (catalog_call(prover->court->catalog,
		    actions->list.items[i].word.text,
		    actions->list.items[i].word.length) != NULL)
			return actions->list.count > 1;
	return false;
}

static void
find_choices(struct prover *prover, struct plan_choices *choices)
{
	const struct guarantee *guarantee = prover->guarantee;
	bool each = guarantee->quantifier == GUARANTEE_EACH;

	for (size_t i = 0; i < guarantee->steps.count; i++) {
		const struct guarantee_step *step =
		    &guarantee->steps.items[i];

		if (has_call(prover, &step->actions) || (each &&
		    step->actions.list.count > 1 &&
		    !is_pattern(&step->actions)))
			*list_add(prover->arena, &choices->list) =
			    (struct plan_choice){ NULL, i, 0 };
		for (size_t j = 0; each && j < step->phrases.count; j++)
			if (step->phrases.items[j].words.list.count > 1)
				*list_add(prover->arena, &choices->list) =
				    (struct plan_choice){
				    &step->phrases.items[j], i, 0 };
	}
}

/* The next combination; false behind the last. */
static bool
next_choice(const struct guarantee *guarantee, struct plan_choices *choices)
{
	for (size_t i = 0; i < choices->list.count; i++) {
		struct plan_choice *choice = &choices->list.items[i];

		if (++choice->word < list_of(guarantee, choice)->list.count)
			return true;
		choice->word = 0;
	}
	return false;
}

/* `some' is kept by one combination; all others must be kept by each. */
static void
prove_promise(struct prover *prover)
{
	struct plan_choices choices = { .list = { .count = 0 } };
	enum quantifier_kind quantifier = prover->guarantee->quantifier;
	enum proof_verdict enough = quantifier == GUARANTEE_SOME ?
	    PROOF_HOLDS : PROOF_BROKEN;
	struct proof *proof = prover->proof;
	bool undecided = false;
	const char *reason = NULL;

	find_choices(prover, &choices);
	do {
		prove_choice(prover, &choices);
		if (proof->verdict == enough || proof->fault.message != NULL ||
		    proof->bug)
			return;
		if (proof->verdict == PROOF_UNDECIDED && !undecided) {
			undecided = true;
			reason = proof->reason;
		}
	} while (next_choice(prover->guarantee, &choices));
	if (undecided)
		prover_note_undecided(prover, reason);
}

/* The same promise, of that call alone; of any request, when there is none. */
static const struct guarantee *
promise_of(const struct prover *prover, const struct word *call)
{
	struct guarantee *one = arena_alloc(prover->arena, sizeof(*one));
	struct guarantee_step *step = arena_alloc(prover->arena,
	    sizeof(*step));

	*one = *prover->guarantee;
	*step = one->steps.items[0];
	step->kind = call == NULL ? STEP_REQUEST : STEP_ACTIONS;
	if (call != NULL)
		list_add(prover->arena, &step->actions.list)->word = *call;
	one->steps.items = step;
	return one;
}

/* The request that breaks the promise is a call by itself. */
static bool
is_broken_by_call(const struct prover *prover)
{
	const struct answer *witness = prover->proof->witness;
	struct word action;

	if (prover->proof->verdict != PROOF_BROKEN || witness == NULL ||
	    witness->count == 0 || witness->hops[0].count == 0)
		return false;
	action = witness->hops[0].rulings[0].request.action;
	return catalog_call(prover->court->catalog, action.text,
	    action.length) == NULL;
}

/* Any request of a call may be what the phrase speaks of. */
static bool
is_of_any(const struct guarantee_phrase *phrase)
{
	return phrase->kind == PHRASE_ON || phrase->kind == PHRASE_DOCUMENT;
}

static bool
step_is_of_any(const struct guarantee_step *step)
{
	for (size_t i = 0; i < step->phrases.count; i++)
		if (is_of_any(&step->phrases.items[i]))
			return true;
	return false;
}

/* Such a phrase must hold for the condition to, or must not.  Recursion is
 * bounded by GUARANTEE_DEPTH_MAX, and rows of `and' and `or' by
 * GUARANTEE_CONDITIONS_MAX. */
static bool
condition_is_of_any(const struct guarantee_condition *condition, bool holds)
{
	if (condition == NULL)
		return false;
	if (condition->kind == CONDITION_NOT)
		return condition_is_of_any(condition->one, !holds);
	return (holds && condition->kind == CONDITION_PHRASE &&
	    is_of_any(&condition->phrase)) ||
	    (holds && condition->kind == CONDITION_ACTION &&
	    step_is_of_any(&condition->action)) ||
	    condition_is_of_any(condition->one, holds) ||
	    condition_is_of_any(condition->other, holds);
}

/*
 * A call is allowed when all of its requests are, and what a promise says of
 * it, it says of its first request, unless any other would do to break it.  So
 * what no request can break, no call can; that is asked first, for it is asked
 * in one question.
 */
static bool
settle_by_requests(struct prover *prover)
{
	const struct guarantee *all = prover->guarantee;
	const struct proof *proof = prover->proof;

	if (is_liveness(all) || step_is_of_any(&all->steps.items[0]) ||
	    condition_is_of_any(all->where, true) ||
	    condition_is_of_any(all->must, false))
		return false;
	prover->guarantee = promise_of(prover, NULL);
	prove_promise(prover);
	prover->guarantee = all;
	if (proof->verdict == PROOF_HOLDS || proof->bug ||
	    proof->fault.message != NULL || is_broken_by_call(prover))
		return true;
	forget_witness(prover);
	return false;
}

/* Those that are one request, then the others one by one. */
static void
prove_each_call(struct prover *prover)
{
	const struct guarantee *all = prover->guarantee;
	enum proof_verdict enough = all->quantifier == GUARANTEE_SOME ?
	    PROOF_HOLDS : PROOF_BROKEN;
	struct proof *proof = prover->proof;
	const char *reason = NULL;
	struct words apart;

	prove_promise(prover);
	apart = prover->apart;
	for (size_t i = 0; i < apart.list.count && proof->verdict != enough &&
	    proof->fault.message == NULL && !proof->bug; i++) {
		if (proof->verdict == PROOF_UNDECIDED && reason == NULL)
			reason = proof->reason;
		prover->guarantee = promise_of(prover, &apart.list.items[i]);
		prove_promise(prover);
	}
	prover->guarantee = all;
	if (proof->verdict != enough && reason != NULL)
		prover_note_undecided(prover, reason);
}

static void
prove_one(struct prover *prover)
{
	const struct guarantee *guarantee = prover->guarantee;

	if (guarantee->steps.items[0].kind != STEP_CALL)
		prove_promise(prover);
	else if (guarantee->quantifier == GUARANTEE_EACH)
		prover_note_undecided(prover,
		    "it is not said which call is meant");
	else if (!settle_by_requests(prover))
		prove_each_call(prover);
}

void
proof_make(struct arena *arena, const struct court *court,
    const struct guarantee *guarantee, const struct proof_options *options,
    struct proof *proof)
{
	struct prover prover = { arena, is_liveness(guarantee) ? court :
	    judgement_widest(arena, court), guarantee, options, proof,
	    { .list = { .count = 0 } }, NULL };
	const char *reason = NULL;

	*proof = (struct proof){ .vacuous = true,
	    .narrowed = options->documents };
	for (; prover.guarantee != NULL;
	    prover.guarantee = prover.guarantee->also) {
		proof->which = prover.guarantee;
		prove_one(&prover);
		if (proof->verdict == PROOF_BROKEN ||
		    proof->fault.message != NULL || proof->bug)
			break;
		if (proof->verdict == PROOF_UNDECIDED && reason == NULL)
			reason = proof->reason;
	}
	if (proof->verdict == PROOF_HOLDS && reason != NULL)
		prover_note_undecided(&prover, reason);
	proof->vacuous &= proof->verdict == PROOF_HOLDS &&
	    !is_liveness(guarantee);
	if (options->why && proof->verdict == PROOF_HOLDS)
		proof_read_otherwise(&prover, guarantee);
}
