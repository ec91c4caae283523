/* SPDX-License-Identifier: MIT */
/*
 * What the policies of listed resources and roles deny inside of a ground,
 * where the resource that was decided for all of it does not meet them.
 */
#include "config.h"

#include <string.h>

#include "policy/template.h"
#include "simulator/call.h"
#include "simulator/what_row.h"

/* One with a policy of its own that denies something. */
struct guard {
	struct arn			 arn;
	struct pattern			 pattern;
	enum layer			 layer;
	const struct charter		*charter;
};

struct guards {
	LIST(struct guard)		 list;
};

/* Gathers. */

static bool
has_deny(const struct charter *charter)
{
	for (size_t i = 0; i < charter->count; i++)
		if (charter->clauses[i].effect == EFFECT_DENY)
			return true;
	return false;
}

static void
add_guard(struct what *what, struct guards *guards, struct word arn,
    const struct reference *policy, enum layer layer)
{
	struct charters charters = archive_only(what->court->archive,
	    what->arena, policy, layer);
	struct guard guard = { .layer = layer,
	    .arn = arn_split(arn.text, arn.length),
	    .pattern = arn_pattern_read(what->arena, arn.text, arn.length,
	    false) };

	for (size_t i = 0; i < charters.count; i++) {
		guard.charter = charters.items[i];
		if (has_deny(guard.charter))
			*list_add(what->arena, &guards->list) = guard;
	}
}

const struct guards *
what_list_guards(struct what *what)
{
	const struct estate *estate = what->court->estate;
	struct guards *guards = arena_alloc(what->arena, sizeof(*guards));

	*guards = (struct guards){ .list = { .count = 0 } };
	for (size_t i = 0; i < estate->resource_count; i++)
		add_guard(what, guards, estate->resources[i].arn,
		    estate->resources[i].policy, LAYER_RESOURCE);
	for (size_t i = 0; i < estate->principal_count; i++)
		if (estate->principals[i].is_role)
			add_guard(what, guards, estate->principals[i].arn,
			    estate->principals[i].trust, LAYER_TRUST);
	return guards;
}

/* Holds them against a request. */

/* Of the ground by itself, the sample has met it. */
static bool
is_inside(const struct guard *guard, const struct ground *ground)
{
	return pattern_overlaps(&guard->pattern, &ground->pattern) &&
	    !pattern_covers(&guard->pattern, &ground->pattern);
}

/* The request may be about it, and asks its policy. */
static bool
is_asked(const struct guard *guard, const struct request *request)
{
	const struct action *action = request->listed;
	bool taken = false;

	for (unsigned i = 0; action != NULL && i < action->target_count; i++)
		taken |= template_is_of_service(action->targets[i].type,
		    &guard->arn) && template_fits(action->targets[i].type,
		    &guard->arn);
	return taken && (guard->layer != LAYER_TRUST ||
	    (call_read(request) & CALL_ASKS_TRUST) != 0);
}

/* What a test says of the sample, it may not say of another resource. */
static bool
may_hold(const struct clause *clause, const struct scope *scope,
    struct arena *arena, struct remnant *remnant)
{
	for (size_t i = 0; i < clause->test_count; i++) {
		const struct test *test = &clause->tests[i];
		enum truth truth = what_is_about_resource(test) ?
		    TRUTH_UNKNOWN : test_holds(test, scope);

		if (truth == TRUTH_FALSE)
			return false;
		if (truth == TRUTH_UNKNOWN)
			*list_add(arena, &remnant->open) = test;
	}
	return true;
}

static bool
is_known(const struct residue *residue, const struct remnant *remnant)
{
	for (size_t i = 0; i < residue->list.count; i++) {
		const struct remnant *other = &residue->list.items[i];

		if (other->hop == remnant->hop &&
		    other->ruling == remnant->ruling &&
		    other->step.layer == remnant->step.layer &&
		    other->step.clause == remnant->step.clause)
			return true;
	}
	return false;
}

static void
add_denial(struct arena *arena, const struct guard *guard,
    const struct clause *clause, const struct scope *scope,
    struct remnant remnant, struct residue *residue)
{
	enum truth principal = clause_element(clause, guard->charter, scope,
	    ELEMENT_PRINCIPAL);

	remnant.step = (struct step){ .layer = guard->layer,
	    .charter = guard->charter, .clause = clause,
	    .meeting = { .failed = ELEMENT_RESOURCE } };
	remnant.principal_open = principal == TRUTH_UNKNOWN;
	remnant.resource_open = true;
	if (clause->effect == EFFECT_DENY && principal != TRUTH_FALSE &&
	    what_overlaps(&clause->resources, &guard->pattern) &&
	    clause_element(clause, guard->charter, scope, ELEMENT_ACTION) !=
	    TRUTH_FALSE && may_hold(clause, scope, arena, &remnant) &&
	    !is_known(residue, &remnant))
		*list_add(arena, &residue->list) = remnant;
}

void
what_add_denials(struct what *what, struct arena *arena,
    const struct answer *answer, const struct ground *ground,
    struct residue *residue)
{
	size_t last = answer->count - 1;
	const struct hop *hop = &answer->hops[last];

	for (size_t i = 0; i < hop->count; i++) {
		struct request request = hop->rulings[i].request;
		const struct scope scope = { &request,
		    what->court->assumptions, NULL };

		request_open_actor(&request);
		for (size_t j = 0; j < what->guards->list.count; j++) {
			const struct guard *guard =
			    &what->guards->list.items[j];

			if (!is_asked(guard, &request) ||
			    !is_inside(guard, ground))
				continue;
			for (size_t k = 0; k < guard->charter->count; k++)
				add_denial(arena, guard,
				    &guard->charter->clauses[k], &scope,
				    (struct remnant){ .hop = last,
				    .ruling = i }, residue);
		}
	}
}
