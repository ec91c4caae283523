/* SPDX-License-Identifier: MIT */
/* Binds slot by slot, then asks whether the other verdict is possible. */
#include "config.h"

#include <string.h>

#include "simulator/judgement.h"
#include "simulator/premise.h"
#include "simulator/search.h"
#include "testcases/mirror.h"

enum { BUDGET = 20000000 };

struct mirror {
	struct arena			*arena;
	const struct crowd		*crowd;
	const struct crowd_case		*made;
	const struct crowd_request	*shown;
	struct supposition		*call;
	struct supposed_request		*supposed;
	int				 root;
};

static void
bind(struct mirror *mirror, int formula)
{
	mirror->root = formula_and(mirror->call->formulas, mirror->root,
	    formula);
}

static void
bind_text(struct mirror *mirror, size_t slot, struct word text)
{
	bind(mirror, text.text == NULL ?
	    -universe_slot(mirror->call->universe, slot)->presence :
	    universe_equal(mirror->call->universe, slot, text, false));
}

static bool
is_cast(const struct mirror *mirror, const struct casting *casting)
{
	const struct caller_party *caller = mirror->made->caller;
	struct word account = caller->actor.account;

	return casting->kind == caller->actor.kind &&
	    casting->principal == caller->principal &&
	    casting->unknown == caller->foreign &&
	    casting->service_linked == caller->actor.service_linked &&
	    (casting->account == NULL || word_equal(casting->account->id,
	    account));
}

static void
bind_caller(struct mirror *mirror)
{
	const struct actor *actor = &mirror->made->caller->actor;
	struct supposition *call = mirror->call;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (is_cast(mirror, &call->castings[i]))
			any = formula_or(call->formulas, any,
			    call->castings[i].bit);
	bind(mirror, any);
	if (actor->kind == ACTOR_SERVICE || actor->kind == ACTOR_PROVIDER)
		bind_text(mirror, call->outsider, actor->principal);
	if (actor->account.text == NULL)
		return;
	bind_text(mirror, call->account, actor->account);
	bind_text(mirror, call->arn, actor->kind == ACTOR_ROLE_SESSION ?
	    actor->issuer : actor->principal);
	if (actor->session.text != NULL)
		bind_text(mirror, call->session, actor->session);
	if (actor->kind == ACTOR_FEDERATED_SESSION)
		bind_text(mirror, call->issuer, actor->issuer);
}

static void
bind_way(struct mirror *mirror)
{
	const struct supposition *call = mirror->call;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->way_count; i++)
		if (call->ways[i].kind == mirror->made->way.kind &&
		    call->ways[i].endpoint == mirror->made->way.endpoint)
			any = formula_or(call->formulas, any,
			    call->ways[i].bit);
	bind(mirror, any);
}

static void
bind_resource(struct mirror *mirror)
{
	const struct resource_party *party = mirror->shown->resource;
	struct supposed_request *supposed = mirror->supposed;
	int any = FORMULA_FALSE;

	bind_text(mirror, supposed->resource, party->arn);
	bind_text(mirror, supposed->owner, party->owner);
	for (size_t i = 0; i < supposed->sort_count; i++) {
		const struct supposed_resource *sort = &supposed->sorts[i];

		if (sort->resource == party->resource &&
		    sort->role == party->role &&
		    (sort->sort == SORT_NOTHING) == word_is(party->arn, "*"))
			any = formula_or(mirror->call->formulas, any,
			    sort->bit);
	}
	bind(mirror, any);
}

/* Keys. */

/* A key that nobody derives is absent, too, when it is a variable only. */
static bool
is_asked(const struct crowd *crowd, struct word name)
{
	if (word_starts_with(name, "k:"))
		return true;
	for (size_t i = 0; i < crowd->keys.count; i++)
		if (word_equal_folded(name, word_from(
		    crowd->keys.items[i].name,
		    strlen(crowd->keys.items[i].name))))
			return true;
	return false;
}

/* Each of its values is in some slot, and each slot has one or is empty. */
static void
bind_values(struct mirror *mirror, const struct supposed_key *key,
    const struct context_key *values)
{
	struct formulas *formulas = mirror->call->formulas;
	struct universe *universe = mirror->call->universe;

	for (size_t i = 0; i < values->count; i++) {
		int any = FORMULA_FALSE;

		for (size_t j = 0; j < key->count; j++)
			any = formula_or(formulas, any, universe_equal(
			    universe, key->slots[j], values->values[i],
			    false));
		bind(mirror, any);
	}
	for (size_t j = 0; j < key->count; j++) {
		int any = -universe_slot(universe, key->slots[j])->presence;

		for (size_t i = 0; i < values->count; i++)
			any = formula_or(formulas, any, universe_equal(
			    universe, key->slots[j], values->values[i],
			    false));
		bind(mirror, any);
	}
}

/* What decision.c asks for by itself, whether policies do or not. */
static bool
is_of_credentials(struct word name)
{
	return word_is(name, "aws:TokenIssueTime") ||
	    word_is(name, "aws:AssumedRoot") ||
	    word_is(name, "aws:MultiFactorAuthPresent");
}

/* False when there are more values than slots. */
static bool
bind_keys(struct mirror *mirror, const struct supposed_keys *keys)
{
	for (size_t i = 0; i < keys->list.count; i++) {
		const struct supposed_key *key = keys->list.items[i];
		const struct context_key *known = request_key(
		    &mirror->shown->request, key->name.text,
		    key->name.length, key->hash);

		if (known->origin == ORIGIN_UNKNOWN && known->there)
			bind(mirror, key->present);
		if (known->origin == ORIGIN_UNKNOWN ||
		    (known->origin == ORIGIN_ABSENT &&
		    !is_of_credentials(key->name) &&
		    !is_asked(mirror->crowd, key->name)))
			continue;
		if (known->origin != ORIGIN_ABSENT &&
		    known->count > key->count)
			return false;
		if (known->origin == ORIGIN_ABSENT || known->count == 0)
			bind(mirror, -key->present);
		else
			bind_values(mirror, key, known);
	}
	return true;
}

/* Premises. */

static void
name_core(struct mirror *mirror, const struct search_result *result,
    const int *selectors, const char **why)
{
	const char *names = "";

	for (size_t i = 0; i < result->core_count; i++)
		for (unsigned j = 0; j < PREMISE_COUNT; j++)
			if (result->core[i] == selectors[j])
				names = arena_printf(mirror->arena, "%s %s",
				    names, premise_name((enum premise)j));
	*why = names;
}

static enum search_answer
ask(struct mirror *mirror, struct search *search, const int *selectors,
    int verdict, const char **why)
{
	struct search_result result = search_solve(search, formula_and(
	    mirror->call->formulas, mirror->root, verdict), selectors,
	    PREMISE_COUNT, BUDGET);

	if (result.answer == SEARCH_UNSATISFIABLE)
		name_core(mirror, &result, selectors, why);
	return result.answer;
}

static int
suppose(struct mirror *mirror)
{
	const struct request *request = &mirror->shown->request;
	struct supposed_action *action = arena_alloc(mirror->arena,
	    sizeof(*action));
	const struct judgement_use use = { .hopeful = true };

	*action = (struct supposed_action){ .name = request->action,
	    .listed = request->listed, .service = request->service };
	mirror->call = supposition_new(mirror->arena, mirror->crowd->court,
	    universe_new(mirror->arena, formulas_new(mirror->arena)), "");
	mirror->supposed = supposition_add(mirror->call, NULL, FORMULA_TRUE,
	    action, 1);
	mirror->root = FORMULA_TRUE;
	judgement_expect(mirror->supposed);
	return judgement_allowed(mirror->supposed, &use);
}

/* Every premise behind a bit of its own, so that a core can name it. */
static void
bind_premises(struct mirror *mirror, int *selectors)
{
	for (unsigned i = 0; i < PREMISE_COUNT; i++) {
		selectors[i] = formula_variable(mirror->call->formulas);
		bind(mirror, formula_implies(mirror->call->formulas,
		    selectors[i], mirror->call->premises[i]));
	}
}

enum mirror_answer
mirror_hold(struct arena *arena, const struct crowd *crowd,
    const struct crowd_case *made, size_t number, const char **why)
{
	struct mirror mirror = { .arena = arena, .crowd = crowd,
	    .made = made, .shown = &made->requests[number] };
	bool allowed = mirror.shown->hopeful == VERDICT_ALLOWED;
	int verdict = suppose(&mirror), selectors[PREMISE_COUNT];
	enum search_answer same, other;
	struct search *search;

	premise_add(mirror.call, (struct premise_reading){ .all = false });
	bind_caller(&mirror);
	bind_way(&mirror);
	bind_resource(&mirror);
	if (mirror.call->unsupported != NULL ||
	    mirror.shown->hopeful == VERDICT_UNKNOWN ||
	    mirror.shown->hopeful == VERDICT_DEPENDS ||
	    !bind_keys(&mirror, &mirror.call->keys) ||
	    !bind_keys(&mirror, mirror.supposed->keys))
		return MIRROR_OPEN;
	bind_premises(&mirror, selectors);
	search = search_new(arena, mirror.call->universe);
	same = ask(&mirror, search, selectors, allowed ? verdict : -verdict,
	    why);
	other = ask(&mirror, search, selectors, allowed ? -verdict : verdict,
	    why);
	if (other == SEARCH_SATISFIABLE)
		return MIRROR_DIFFERS;
	if (same == SEARCH_UNSATISFIABLE)
		return MIRROR_IMPOSSIBLE;
	return same == SEARCH_UNDECIDED || other == SEARCH_UNDECIDED ?
	    MIRROR_OPEN : MIRROR_AGREES;
}
