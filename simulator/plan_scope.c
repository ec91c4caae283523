/* SPDX-License-Identifier: MIT */
/*
 * Which documents can allow what a step speaks of.  An action that none of
 * their Allow statements matches need not be supposed: where callers or ways
 * are named, few actions are left of all that there are.
 */
#include "config.h"

#include "simulator/fact.h"
#include "simulator/plan_row.h"

struct granting {
	struct plan			*plan;
	const struct guarantee_step	*step;
	LIST(const struct charter *)	 list;
};

static void
add_charters(struct granting *granting, struct charters charters)
{
	for (size_t i = 0; i < charters.count; i++)
		*list_add(granting->plan->arena, &granting->list) =
		    charters.items[i];
}

static struct charters
only(struct granting *granting, const struct reference *reference,
    enum layer layer)
{
	const struct plan *plan = granting->plan;

	return archive_only(plan->court->archive, plan->arena, reference,
	    layer);
}

/* Every layer of the promise has documents, all of the estate, and they stay
 * as they are. */
static bool
is_plain(const struct plan *plan)
{
	return plan->guarantee->allowed && plan->guarantee->assuming == 0 &&
	    plan->court->exhibits == NULL && plan->edits == NULL;
}

/* Callers. */

/* The principal that a word names, if it is one user or role of the estate. */
static const struct estate_principal *
find_caller(const struct plan *plan, struct word word)
{
	struct estate_matches found = estate_find(plan->court->estate,
	    plan->arena, word, ESTATE_PRINCIPAL);
	struct actor actor;

	if (found.count != 1 || !actor_read(&actor,
	    found.items[0].principal->arn, (struct word){ NULL, 0 }) ||
	    actor.kind == ACTOR_ROOT || actor.service_linked)
		return NULL;
	return found.items[0].principal;
}

/* What is not listed of their account may grant them anything. */
static bool
is_of_open_account(const struct plan *plan,
    const struct estate_principal *caller)
{
	const struct estate_account *account = estate_account(
	    plan->court->estate, fact_account_of(caller));

	return account == NULL || account->open;
}

static bool
add_caller(struct granting *granting, struct word word)
{
	const struct plan *plan = granting->plan;
	const struct estate_principal *caller = find_caller(plan, word);

	if (caller == NULL || is_of_open_account(plan, caller))
		return false;
	add_charters(granting, archive_charters(plan->court->archive,
	    plan->arena, &caller->identity, LAYER_IDENTITY));
	return true;
}

/* Words that name a sort of callers, or an account, are no principals. */
static bool
add_callers(struct granting *granting)
{
	bool named = false;

	for (size_t i = 0; i < granting->step->phrases.count; i++) {
		const struct guarantee_phrase *phrase =
		    &granting->step->phrases.items[i];

		if (phrase->kind != PHRASE_BY &&
		    phrase->kind != PHRASE_BY_SESSION_OF)
			continue;
		named = true;
		for (size_t j = 0; j < phrase->words.list.count; j++)
			if (!add_caller(granting,
			    phrase->words.list.items[j].word))
				return false;
	}
	return named;
}

/* What resources and roles grant by themselves, within their account. */
static void
add_resources(struct granting *granting)
{
	const struct estate *estate = granting->plan->court->estate;

	for (size_t i = 0; i < estate->resource_count; i++)
		add_charters(granting, only(granting,
		    estate->resources[i].policy, LAYER_RESOURCE));
	for (size_t i = 0; i < estate->principal_count; i++)
		add_charters(granting, only(granting,
		    estate->principals[i].trust, LAYER_TRUST));
}

/* Ways. */

static bool
goes_through_endpoints(const struct granting *granting)
{
	for (size_t i = 0; i < granting->step->phrases.count; i++) {
		const struct guarantee_phrase *phrase =
		    &granting->step->phrases.items[i];
		bool internet = false;

		if (phrase->kind != PHRASE_THROUGH)
			continue;
		for (size_t j = 0; j < phrase->words.list.count; j++)
			internet |= word_is(phrase->words.list.items[j].word,
			    "internet");
		if (!internet)
			return true;
	}
	return false;
}

/* False when one has no policy: that allows everything. */
static bool
add_endpoints(struct granting *granting)
{
	const struct estate *estate = granting->plan->court->estate;

	for (size_t i = 0; i < estate->endpoint_count; i++) {
		if (estate->endpoints[i].policy == NULL)
			return false;
		add_charters(granting, only(granting,
		    estate->endpoints[i].policy, LAYER_ENDPOINT));
	}
	return goes_through_endpoints(granting);
}

/* An unknown document may allow anything, and so may one that is refused. */
static bool
are_known(const struct granting *granting)
{
	for (size_t i = 0; i < granting->list.count; i++)
		if (granting->list.items[i]->unknown ||
		    !granting->list.items[i]->usable)
			return false;
	return true;
}

bool
plan_find_granting(struct plan *plan, size_t step, struct charters *granting)
{
	struct granting found = { .plan = plan,
	    .step = &plan->guarantee->steps.items[step] };
	bool complete;

	if (!is_plain(plan))
		return false;
	if (plan->guarantee->by_layer) {
		complete = plan->guarantee->layer == LAYER_ENDPOINT &&
		    add_endpoints(&found);
	} else {
		complete = add_callers(&found);
		add_resources(&found);
	}
	*granting = (struct charters){ found.list.items, found.list.count };
	return complete && are_known(&found);
}
