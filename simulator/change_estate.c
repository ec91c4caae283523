/* SPDX-License-Identifier: MIT */
/* Asks for a request that one estate allows and another does not. */
#include "config.h"

#include <string.h>

#include "simulator/change_estate.h"
#include "simulator/judgement.h"
#include "simulator/petition.h"
#include "simulator/premise.h"
#include "simulator/repertoire.h"
#include "simulator/reservation.h"
#include "simulator/search.h"

struct encounter {
	struct arena			*arena;
	const struct court		*from, *to;
	const struct change_options	*options;
	struct formulas			*formulas;
	struct supposition		*call;
	struct supposition		 view;
	struct supposed_request		*request, *seen;
	struct encode_unknown		 unknown[LAYER_COUNT];
	struct search			*search;
	struct change_calls		*calls;
};

/* The supposed request. */

static struct charters
list_documents(const struct encounter *encounter)
{
	struct charters to = judgement_documents(encounter->arena,
	    encounter->to);
	struct charters from = judgement_documents(encounter->arena,
	    encounter->from);
	const struct charter **items = arena_array(encounter->arena,
	    to.count + from.count, sizeof(*items));

	for (size_t i = 0; i < to.count; i++)
		items[i] = to.items[i];
	for (size_t i = 0; i < from.count; i++)
		items[to.count + i] = from.items[i];
	return (struct charters){ items, to.count + from.count };
}

static void
ask_variables(const struct encounter *encounter,
    const struct substitution *substitution)
{
	for (size_t i = 0; substitution != NULL && i < substitution->count;
	    i++)
		if (substitution->fragments[i].variable)
			supposition_key(encounter->request,
			    substitution->fragments[i].text);
}

static void
ask_clause(const struct encounter *encounter, const struct clause *clause)
{
	for (size_t i = 0; i < clause->test_count; i++) {
		const struct test *test = &clause->tests[i];

		supposition_key(encounter->request, test->key);
		for (size_t j = 0; j < test->count; j++)
			ask_variables(encounter, test->operands[j].variable);
	}
	for (size_t i = 0; i < clause->resources.count; i++)
		ask_variables(encounter,
		    clause->resources.entries[i].variable);
}

/* Both courts ask for the same slots. */
static void
ask_keys(const struct encounter *encounter, const struct charters *documents)
{
	encode_expect(encounter->request, documents);
	for (size_t i = 0; i < documents->count; i++)
		for (size_t j = 0; j < documents->items[i]->count; j++)
			ask_clause(encounter,
			    &documents->items[i]->clauses[j]);
}

static void
suppose(struct encounter *encounter)
{
	struct charters documents = list_documents(encounter);
	struct repertoire repertoire;
	struct universe *universe;

	encounter->formulas = formulas_new(encounter->arena);
	universe = universe_new(encounter->arena, encounter->formulas);
	encounter->call = supposition_new(encounter->arena, encounter->to,
	    universe, "");
	reservation_keep(encounter->call);
	repertoire_find(&repertoire, encounter->arena, encounter->to,
	    &(struct repertoire_use){ .documents = &documents });
	if (repertoire.cut)
		encounter->call->unsupported = repertoire_cut;
	encounter->request = supposition_add(encounter->call, NULL,
	    FORMULA_TRUE, repertoire.list.items, repertoire.list.count);
	encounter->request->any = true;
	ask_keys(encounter, &documents);
	for (enum layer layer = 0; layer < LAYER_COUNT; layer++)
		encounter->unknown[layer] = (struct encode_unknown){
		    formula_variable(encounter->formulas),
		    formula_variable(encounter->formulas) };
}

static int
premises_of(const struct encounter *encounter, const struct supposition *call)
{
	int bound = FORMULA_TRUE;

	for (enum premise premise = 0; premise < PREMISE_COUNT; premise++)
		if ((encounter->options->premises >> premise & 1) != 0)
			bound = formula_and(encounter->formulas, bound,
			    call->premises[premise]);
	return bound;
}

/* The request is allowed here, and not there. */
static int
judge(struct encounter *encounter)
{
	const struct judgement_use use = { .hopeful = true,
	    .unknown = encounter->unknown };
	int allowed = judgement_allowed(encounter->request, &use), there;
	size_t keys = encounter->call->keys.list.count;

	encounter->seen = change_view(encounter->request, encounter->from,
	    &encounter->view);
	there = judgement_allowed(encounter->seen, &use);
	if (encounter->view.keys.list.count != keys)
		encounter->view.unsupported =
		    "the estates ask for different keys";
	premise_add(encounter->call, (struct premise_reading){ .all = true,
	    .trusting = true });
	encounter->view.keys = encounter->call->keys;
	return formula_and(encounter->formulas, formula_and(
	    encounter->formulas, allowed, -there), formula_and(
	    encounter->formulas, premises_of(encounter, encounter->call),
	    premises_of(encounter, &encounter->view)));
}

/* Replaying. */

/* Unknown documents say what the model has them say. */
static void
open_layer(const struct witness_opener *opener, const struct request *request,
    enum layer layer, struct charters *charters)
{
	const struct encounter *encounter = opener->context;
	const struct encode_unknown *unknown = &encounter->unknown[layer];
	const struct charter **items = arena_array(encounter->arena,
	    charters->count + 2, sizeof(*items));
	size_t count = 0;
	bool open = false;

	for (size_t i = 0; i < charters->count; i++)
		if (charters->items[i]->unknown)
			open = true;
		else
			items[count++] = charters->items[i];
	if (!open)
		return;
	if (search_value(encounter->search, unknown->deny))
		items[count++] = witness_charter(opener, request, layer,
		    EFFECT_DENY);
	if (search_value(encounter->search, unknown->allow))
		items[count++] = witness_charter(opener, request, layer,
		    EFFECT_ALLOW);
	*charters = (struct charters){ items, count };
}

/* The model as a call that is decided; false when nobody could make it. */
static bool
decide(const struct encounter *encounter,
    const struct supposed_request *supposed, const struct word *texts,
    struct answer *answer)
{
	struct arena *arena = encounter->arena;
	struct sighting *sighting = arena_alloc(arena, sizeof(*sighting));
	struct summoned_call *call = arena_alloc(arena, sizeof(*call));
	struct ruling *ruling = arena_alloc(arena, sizeof(*ruling));
	struct hop *hop = arena_alloc(arena, sizeof(*hop));
	const struct court *court = supposed->call->court;
	const struct witness_opener opener = { arena, encounter->to, "unknown",
	    encounter, open_layer };
	struct petition petition;

	if (!witness_sight(arena, supposed, encounter->search, texts,
	    sighting))
		return false;
	*call = (struct summoned_call){ .action = sighting->request.action,
	    .resources = &sighting->resource, .count = 1,
	    .way = sighting->way };
	petition = (struct petition){ .arena = arena, .court = court,
	    .call = call, .caller = &sighting->caller,
	    .resource = &sighting->resource, .way = sighting->way,
	    .action = call->action };
	ruling->resource = &sighting->resource;
	ruling->request = sighting->request;
	ruling->trail.arena = arena;
	petition_gather(&petition, &ruling->request, &ruling->policies);
	witness_open(&opener, &ruling->request, &ruling->policies);
	ruling->decision = decision_make(&ruling->request, &ruling->policies,
	    court->assumptions, &ruling->trail);
	ruling->verdict = ruling->decision.verdict;
	ruling->reason = ruling->decision.reason;
	*hop = (struct hop){ .call = call, .caller = sighting->caller,
	    .rulings = ruling, .count = 1, .verdict = ruling->verdict,
	    .decisive = ruling->verdict == VERDICT_ALLOWED ? NULL : ruling };
	*answer = (struct answer){ .verdict = ruling->verdict, .hops = hop,
	    .count = 1, .decisive = hop->decisive == NULL ? NULL : hop };
	return true;
}

static bool
is_denied(enum verdict verdict)
{
	return verdict == VERDICT_EXPLICITLY_DENIED ||
	    verdict == VERDICT_IMPLICITLY_DENIED;
}

/* Asking. */

static int
action_of(const struct encounter *encounter)
{
	const struct supposed_request *request = encounter->request;

	for (size_t i = 0; i < request->action_count; i++)
		if (search_value(encounter->search, request->actions[i].bit))
			return request->actions[i].bit;
	return FORMULA_TRUE;
}

static struct search_result
ask(struct encounter *encounter, int root)
{
	struct change_calls *calls = encounter->calls;
	uint64_t budget = encounter->options->budget;
	struct search_result result = search_solve(encounter->search, root,
	    NULL, 0, calls->steps >= budget ? 0 : budget - calls->steps);

	calls->steps += result.steps;
	calls->bug |= result.reason == SEARCH_MISMATCH;
	return result;
}

/* There is no more; but with what was left out, there may be.  "None" is said
 * only of estates that agree on all facts. */
static void
note_last(struct encounter *encounter, int root)
{
	struct change_calls *calls = encounter->calls;
	struct search_result result = { .answer = SEARCH_UNSATISFIABLE };

	if (reservation_count(encounter->call) > 0)
		result = ask(encounter, root);
	if (result.answer == SEARCH_SATISFIABLE)
		calls->reason = reservation_reason(encounter->call,
		    encounter->search);
	else if (result.answer == SEARCH_UNDECIDED)
		calls->reason = search_says(&result);
	calls->more = calls->reason != NULL && calls->list.count > 0;
	if (calls->reason != NULL || calls->list.count > 0)
		return;
	calls->reason = change_fact(encounter->arena,
	    encounter->from->estate, encounter->to->estate);
	calls->verdict = calls->reason == NULL ? CHANGE_NOTHING :
	    CHANGE_UNDECIDED;
}

static bool
note_call(struct encounter *encounter, const struct word *texts)
{
	struct change_calls *calls = encounter->calls;
	struct change_call call;

	if (decide(encounter, encounter->request, texts, &call.allowed) &&
	    decide(encounter, encounter->seen, texts, &call.refused) &&
	    call.allowed.verdict == VERDICT_ALLOWED &&
	    is_denied(call.refused.verdict)) {
		*list_add(encounter->arena, &calls->list) = call;
		calls->verdict = CHANGE_SOMETHING;
		return true;
	}
	calls->bug = true;
	calls->verdict = CHANGE_UNDECIDED;
	calls->reason = "the simulator does not confirm the witness";
	return false;
}

/* One more kind of action; false when that was the last. */
static bool
find_call(struct encounter *encounter, int *root)
{
	struct change_calls *calls = encounter->calls;
	struct search_result result = ask(encounter, formula_and(
	    encounter->formulas, *root, reservation_none(encounter->call)));

	if (result.answer == SEARCH_UNSATISFIABLE) {
		note_last(encounter, *root);
		return false;
	}
	if (result.answer == SEARCH_UNDECIDED) {
		calls->reason = search_says(&result);
		calls->more = calls->list.count > 0;
		return false;
	}
	calls->more = calls->list.count == encounter->options->most;
	if (calls->more || !note_call(encounter, result.texts))
		return false;
	*root = formula_and(encounter->formulas, *root,
	    -action_of(encounter));
	return true;
}

void
change_find_calls(struct arena *arena, const struct court *from,
    const struct court *to, const struct change_options *options,
    struct change_calls *calls)
{
	struct encounter encounter = { .arena = arena,
	    .from = judgement_widest(arena, from),
	    .to = judgement_widest(arena, to), .options = options,
	    .calls = calls };
	int root;

	*calls = (struct change_calls){ .verdict = CHANGE_UNDECIDED };
	suppose(&encounter);
	root = judge(&encounter);
	calls->reason = encounter.call->unsupported != NULL ?
	    encounter.call->unsupported : encounter.view.unsupported;
	if (calls->reason != NULL)
		return;
	encounter.search = search_new(arena, encounter.call->universe);
	while (find_call(&encounter, &root))
		continue;
}
