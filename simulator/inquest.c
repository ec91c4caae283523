/* SPDX-License-Identifier: MIT */
/* Asks the search, caller by caller. */
#include "config.h"

#include "simulator/excerpt.h"
#include "simulator/inquest.h"
#include "simulator/reservation.h"
#include "simulator/witness.h"

static void
set_unknown(struct inquest *inquest, const struct inquest_use *use)
{
	const struct encode_unknown open = { FORMULA_FALSE, FORMULA_TRUE };
	const struct encode_unknown shut = { FORMULA_TRUE, FORMULA_FALSE };

	for (enum layer layer = 0; layer < LAYER_COUNT; layer++)
		inquest->unknown[layer] = use->hopeful ? open : shut;
	if (use->trusting)
		inquest->unknown[LAYER_IDENTITY] = open;
}

/* All resources and roles that the calls are about. */
static struct phrases
list_resources(struct arena *arena, const struct guarantee *promise)
{
	struct phrases all = { .list = { .count = 0 } };

	for (size_t i = 0; i < promise->steps.count; i++) {
		const struct guarantee_step *step = &promise->steps.items[i];

		for (size_t j = 0; j < step->phrases.count; j++)
			if (step->phrases.items[j].kind == PHRASE_ON)
				*list_add(arena, &all.list) =
				    step->phrases.items[j].words.list.items[0];
	}
	return all;
}

static int
all_premises(struct inquest *inquest)
{
	struct formulas *formulas = inquest->plan.formulas;
	int all = FORMULA_TRUE;

	for (size_t i = 0; i < inquest->plan.count; i++)
		for (enum premise premise = 0; premise < PREMISE_COUNT;
		    premise++)
			all = formula_and(formulas, all,
			    inquest->plan.calls[i]->premises[premise]);
	return all;
}

static int
no_reservations(struct inquest *inquest)
{
	int none = FORMULA_TRUE;

	for (size_t i = 0; i < inquest->plan.count; i++)
		none = formula_and(inquest->plan.formulas, none,
		    reservation_none(inquest->plan.calls[i]));
	return none;
}

/* What is not asked of those who can. */

static int
no_foreign_way(struct inquest *inquest)
{
	int none = FORMULA_TRUE;

	for (size_t i = 0; i < inquest->plan.count; i++) {
		const struct supposition *call = inquest->plan.calls[i];

		for (size_t j = 0; j < call->way_count; j++)
			if (call->ways[j].kind == WAY_ENDPOINT &&
			    call->ways[j].endpoint == NULL)
				none = formula_and(inquest->plan.formulas,
				    none, -call->ways[j].bit);
	}
	return none;
}

static int
no_user_session(struct inquest *inquest)
{
	static const char name[] = "aws:TokenIssueTime";
	struct formulas *formulas = inquest->plan.formulas;
	const struct supposition *call = inquest->plan.calls[0];
	int token = FORMULA_FALSE;

	for (size_t i = 0; i < call->requests.count; i++)
		token = formula_or(formulas, token, supposition_key(
		    call->requests.items[i], word_from(name,
		    sizeof(name) - 1))->present);
	return formula_implies(formulas, token, -formula_or(formulas,
	    supposition_is_kind(call, ACTOR_USER),
	    supposition_is_kind(call, ACTOR_ROOT)));
}

/* Who could not make the call whatever policies say is not stopped by any. */
static int
stopped(struct inquest *inquest)
{
	const struct judgement_use all = {
	    .assuming = ((layer_set)1 << LAYER_COUNT) - 1 };
	struct plan *plan = &inquest->plan;
	int able = plan_allowed(plan, &all);

	able = formula_and(plan->formulas, able, formula_and(plan->formulas,
	    no_foreign_way(inquest), no_user_session(inquest)));
	return formula_and(plan->formulas, formula_and(plan->formulas,
	    plan->scope, able), -plan->allowed);
}

bool
inquest_open(struct inquest *inquest, struct arena *arena,
    const struct court *court, const struct guarantee *promise,
    const struct inquest_use *use)
{
	const struct phrases resources = list_resources(arena, promise);
	struct judgement_use judgement = { .hopeful = use->hopeful,
	    .unknown = inquest->unknown };
	struct formulas *formulas;
	int premises;

	*inquest = (struct inquest){ .arena = arena, .court = *court,
	    .engine = arena_branch(arena), .budget = use->budget };
	inquest->court.estate = excerpt_make(arena, court->estate,
	    use->callers, use->caller_count, &resources);
	set_unknown(inquest, use);
	inquest->plan = (struct plan){ .arena = arena,
	    .court = &inquest->court, .guarantee = promise,
	    .announced = use->announced };
	if (!plan_make(&inquest->plan, &judgement)) {
		inquest->reason = inquest->plan.fault.message;
		return false;
	}
	inquest->stopped = use->groups ? stopped(inquest) : FORMULA_FALSE;
	plan_suppose(&inquest->plan, (struct premise_reading){
	    .all = use->hopeful });
	inquest->reason = inquest->plan.unsupported;
	if (inquest->reason != NULL)
		return false;
	formulas = inquest->plan.formulas;
	inquest->closed = formula_variable(formulas);
	premises = all_premises(inquest);
	inquest->stopped = formula_and(formulas, premises, inquest->stopped);
	inquest->root = formula_and(formulas, formula_and(formulas, premises,
	    formula_implies(formulas, inquest->closed,
	    no_reservations(inquest))), formula_and(formulas,
	    inquest->plan.scope, inquest->plan.allowed));
	return true;
}

/* Callers. */

int
inquest_sort(const struct inquest *inquest,
    bool (*is)(const struct casting *, const void *), const void *context)
{
	const struct supposition *call = inquest->plan.calls[0];
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (is(&call->castings[i], context))
			any = formula_or(inquest->plan.formulas, any,
			    call->castings[i].bit);
	return any;
}

static bool
is_principal(const struct casting *casting, const void *context)
{
	const struct estate_principal *principal = context;

	return casting->principal != NULL &&
	    casting->kind != ACTOR_FEDERATED_SESSION &&
	    word_equal(casting->principal->arn, principal->arn);
}

int
inquest_caller(const struct inquest *inquest,
    const struct estate_principal *principal)
{
	return inquest_sort(inquest, is_principal, principal);
}

int
inquest_says(const struct inquest *inquest, size_t slot, struct word text)
{
	return universe_equal(inquest->plan.universe, slot, text, false);
}

/* Answers. */

/* The search begins when all that is to be said of callers was said. */
static struct search_result
solve(struct inquest *inquest, int root)
{
	if (inquest->search == NULL)
		inquest->search = search_new(inquest->engine,
		    inquest->plan.universe);
	return search_solve(inquest->search, root, &inquest->closed,
	    !inquest->opened, inquest->budget);
}

/* Ways and parts of a call are listed with the most ordinary first. */
static int
settle(struct inquest *inquest, int root)
{
	struct formulas *formulas = inquest->plan.formulas;

	for (size_t i = 0; i < inquest->plan.count; i++) {
		const struct supposition *call = inquest->plan.calls[i];

		for (size_t j = 0; j < call->way_count; j++) {
			int tried = formula_and(formulas, root,
			    call->ways[j].bit);

			if (solve(inquest, tried).answer !=
			    SEARCH_SATISFIABLE)
				continue;
			root = tried;
			break;
		}
		for (size_t j = 0; j < call->requests.count; j++) {
			int tried = formula_and(formulas, root,
			    -call->requests.items[j]->there);

			if (solve(inquest, tried).answer ==
			    SEARCH_SATISFIABLE)
				root = tried;
		}
	}
	return root;
}

/* What there is only by something that is left out, nobody can say. */
static enum inquest_answer
ask_reserved(struct inquest *inquest, int root)
{
	struct search_result result;
	const char *reason = NULL;

	inquest->opened = true;
	result = solve(inquest, root);
	inquest->opened = false;
	if (result.answer == SEARCH_UNSATISFIABLE)
		return INQUEST_NO;
	for (size_t i = 0; result.answer == SEARCH_SATISFIABLE &&
	    i < inquest->plan.count && reason == NULL; i++)
		reason = reservation_reason(inquest->plan.calls[i],
		    inquest->search);
	inquest->bug |= result.reason == SEARCH_MISMATCH;
	inquest->reason = reason != NULL ? reason : search_says(&result);
	return INQUEST_UNDECIDED;
}

enum inquest_answer
inquest_ask(struct inquest *inquest, int formula, struct answer *witness)
{
	struct answer unseen;
	int root = formula_and(inquest->plan.formulas, inquest->root,
	    formula);
	struct search_result result = solve(inquest, root);

	if (result.answer == SEARCH_UNSATISFIABLE)
		return result.core_count == 0 ? INQUEST_NO :
		    ask_reserved(inquest, root);
	if (result.answer == SEARCH_SATISFIABLE && witness != NULL)
		result = solve(inquest, settle(inquest, root));
	if (result.answer != SEARCH_SATISFIABLE) {
		inquest->bug |= result.reason == SEARCH_MISMATCH;
		inquest->reason = search_says(&result);
		return INQUEST_UNDECIDED;
	}
	if (witness_read(&inquest->plan, inquest->search, result.texts,
	    witness == NULL ? &unseen : witness))
		return INQUEST_YES;
	inquest->bug = true;
	inquest->reason = "the simulator does not confirm the witness";
	return INQUEST_UNDECIDED;
}

void
inquest_close(struct inquest *inquest)
{
	arena_free(inquest->engine);
	inquest->engine = NULL;
	inquest->search = NULL;
}

/* The simulator need not agree: of a policy that nobody knows, it is the worst
 * that is asked. */
enum inquest_answer
inquest_ask_stopped(struct inquest *inquest, int formula,
    struct answer *answer)
{
	int root = formula_and(inquest->plan.formulas, inquest->stopped,
	    formula);
	struct search_result result = solve(inquest, root);

	if (result.answer == SEARCH_UNSATISFIABLE)
		return INQUEST_NO;
	if (result.answer == SEARCH_SATISFIABLE)
		result = solve(inquest, settle(inquest, root));
	if (result.answer == SEARCH_SATISFIABLE) {
		witness_read(&inquest->plan, inquest->search, result.texts,
		    answer);
		return INQUEST_YES;
	}
	inquest->bug |= result.reason == SEARCH_MISMATCH;
	return INQUEST_UNDECIDED;
}
