/* SPDX-License-Identifier: MIT */
/*
 * Decides again, once for each part that a trail has come across and that has
 * had no weight so far.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "simulator/weight.h"

/* Policies. */

static int
compare_policies(const void *left, const void *right)
{
	const struct weighed_policy *one = left, *other = right;
	uintptr_t a = (uintptr_t)one->policy, b = (uintptr_t)other->policy;

	return (a > b) - (a < b);
}

static void
add_references(struct weights *weights,
    const struct reference *const *references, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (references[i]->policy != NULL)
			list_add(weights->arena, &weights->policies)->policy =
			    references[i]->policy;
}

static void
add_exhibits(struct weights *weights, const struct exhibits *exhibits)
{
	for (int i = 0; i < LAYER_COUNT; i++)
		add_references(weights, exhibits->layers[i].items,
		    exhibits->layers[i].count);
	for (size_t i = 0; i < exhibits->scp_count; i++)
		add_references(weights, exhibits->scps[i].items,
		    exhibits->scps[i].count);
	for (size_t i = 0; i < exhibits->rcp_count; i++)
		add_references(weights, exhibits->rcps[i].items,
		    exhibits->rcps[i].count);
}

static void
list_parts(struct weights *weights, struct weighed_policy *weighed)
{
	struct parts parts = parts_list(weights->arena, weighed->policy);

	weighed->count = parts.count;
	weighed->parts = arena_array(weights->arena, parts.count,
	    sizeof(*weighed->parts));
	for (size_t i = 0; i < parts.count; i++)
		weighed->parts[i].part = &parts.items[i];
}

/* What stands at the address of the one before is the same policy. */
static void
sort_policies(struct weights *weights)
{
	struct weighed_policy *items = weights->policies.items;
	size_t kept = 0;

	if (weights->policies.count == 0)
		return;
	qsort(items, weights->policies.count, sizeof(*items),
	    compare_policies);
	for (size_t i = 1; i < weights->policies.count; i++)
		if (items[i].policy != items[kept].policy)
			items[++kept] = items[i];
	weights->policies.count = kept + 1;
}

void
weights_init(struct weights *weights, struct arena *arena,
    const struct court *court)
{
	*weights = (struct weights){ .arena = arena, .court = court };
	add_references(weights, court->estate->references,
	    court->estate->reference_count);
	if (court->exhibits != NULL)
		add_exhibits(weights, court->exhibits);
	sort_policies(weights);
	for (size_t i = 0; i < weights->policies.count; i++)
		list_parts(weights, &weights->policies.items[i]);
}

static struct weighed_policy *
find_policy(const struct weights *weights, const struct policy *policy)
{
	struct weighed_policy key = { .policy = policy };

	return weights->policies.count == 0 ? NULL : bsearch(&key,
	    weights->policies.items, weights->policies.count, sizeof(key),
	    compare_policies);
}

/* A ruling whose charters can be put in each other's place. */

struct retrial {
	const struct ruling	*ruling;
	struct policies		 policies;
	const struct charter	**charters;	/* of all of these */
	size_t			 count;
};

static struct charters
take_charters(struct retrial *retrial, struct charters charters)
{
	struct charters taken = { retrial->charters + retrial->count,
	    charters.count };

	for (size_t i = 0; i < charters.count; i++)
		retrial->charters[retrial->count++] = charters.items[i];
	return taken;
}

static struct levels
take_levels(struct arena *arena, struct retrial *retrial,
    struct levels levels)
{
	struct charters *items = arena_array(arena, levels.count,
	    sizeof(*items));

	for (size_t i = 0; i < levels.count; i++)
		items[i] = take_charters(retrial, levels.items[i]);
	return (struct levels){ items, levels.count };
}

static size_t
count_charters(const struct policies *policies)
{
	size_t count = policies->identity.count + policies->boundary.count +
	    policies->session.count + policies->resource.count +
	    policies->endpoint.count;

	for (size_t i = 0; i < policies->scp.count; i++)
		count += policies->scp.items[i].count;
	for (size_t i = 0; i < policies->rcp.count; i++)
		count += policies->rcp.items[i].count;
	return count;
}

static struct retrial
retrial_new(struct arena *arena, const struct ruling *ruling)
{
	const struct policies *policies = &ruling->policies;
	struct retrial retrial = { .ruling = ruling };

	retrial.charters = arena_array(arena, count_charters(policies),
	    sizeof(*retrial.charters));
	retrial.policies.identity = take_charters(&retrial,
	    policies->identity);
	retrial.policies.boundary = take_charters(&retrial,
	    policies->boundary);
	retrial.policies.session = take_charters(&retrial, policies->session);
	retrial.policies.resource = take_charters(&retrial,
	    policies->resource);
	retrial.policies.endpoint = take_charters(&retrial,
	    policies->endpoint);
	retrial.policies.scp = take_levels(arena, &retrial, policies->scp);
	retrial.policies.rcp = take_levels(arena, &retrial, policies->rcp);
	return retrial;
}

static void
replace(struct retrial *retrial, const struct charter *old,
    const struct charter *other)
{
	for (size_t i = 0; i < retrial->count; i++)
		if (retrial->charters[i] == old)
			retrial->charters[i] = other;
}

/* Parts. */

/*
 * A statement that does not apply is changed by less in a list that must not
 * match, and by a condition less; one that does, or may, by anything.
 */
static bool
may_matter(const struct step *step, const struct part *part)
{
	const struct statement *statement = step->clause->statement;

	if (step->meeting.matches != TRUTH_FALSE)
		return true;
	switch (step->meeting.failed) {
	case ELEMENT_ACTION:
		return part->kind == PART_ACTION && statement->action.negated;
	case ELEMENT_RESOURCE:
		return part->kind == PART_RESOURCE &&
		    statement->resource.negated;
	case ELEMENT_PRINCIPAL:
		return part->kind == PART_PRINCIPAL &&
		    statement->principal.negated;
	case ELEMENT_CONDITION:
		return part->kind == PART_CONDITION ||
		    part->kind == PART_VALUE;
	case ELEMENT_NONE:
		break;
	}
	return false;
}

static const struct charter *
compile_without(struct weights *weights, const struct charter *charter,
    struct weighed_part *weighed)
{
	const struct charter **without = &weighed->without[charter->layer];

	if (*without == NULL)
		*without = charter_compile(weights->arena,
		    weights->court->catalog, policy_without(weights->arena,
		    charter->policy, weighed->part), charter->layer,
		    weights->court->assumptions, 0);
	return *without;
}

static bool
is_other(const struct decision *one, const struct decision *other)
{
	return one->verdict != other->verdict ||
	    one->has_layer != other->has_layer ||
	    (one->has_layer && one->layer != other->layer);
}

static void
try_part(struct weights *weights, struct retrial *retrial,
    const struct step *step, struct weighed_part *weighed)
{
	const struct charter *without = compile_without(weights,
	    step->charter, weighed);
	struct decision decision;

	replace(retrial, step->charter, without);
	decision = decision_make(&retrial->ruling->request,
	    &retrial->policies, weights->court->assumptions, NULL);
	replace(retrial, without, step->charter);
	weighed->decisive = is_other(&retrial->ruling->decision, &decision);
}

static void
weigh_step(struct weights *weights, struct retrial *retrial,
    const struct step *step)
{
	struct weighed_policy *policy = find_policy(weights,
	    step->charter->policy);

	if (policy == NULL)
		return;
	for (size_t i = 0; i < policy->count; i++) {
		struct weighed_part *weighed = &policy->parts[i];

		if (&policy->policy->statements[weighed->part->statement] ==
		    step->clause->statement && !weighed->decisive &&
		    may_matter(step, weighed->part))
			try_part(weights, retrial, step, weighed);
	}
}

static void
weigh_ruling(struct weights *weights, const struct ruling *ruling)
{
	struct retrial retrial = retrial_new(weights->arena, ruling);

	for (size_t i = 0; i < ruling->trail.steps.count; i++)
		weigh_step(weights, &retrial, &ruling->trail.steps.items[i]);
}

void
weights_add(struct weights *weights, const struct answer *answer)
{
	for (size_t i = 0; i < answer->count; i++) {
		const struct hop *hop = &answer->hops[i];

		if (hop->verdict != VERDICT_ALLOWED && hop->decisive != NULL)
			weigh_ruling(weights, hop->decisive);
		for (size_t j = 0; j < hop->count &&
		    hop->verdict == VERDICT_ALLOWED; j++)
			weigh_ruling(weights, &hop->rulings[j]);
	}
}

/* Parts on which no call hangs. */

struct errand {
	struct arena			*arena;		/* of one proof */
	const struct court		*court;
	const struct weighed_policy	*policy;
	const struct change_options	*options;
	struct weighed_part		*part;
};

/* The court, in which the policy has lost the part. */
static struct court
court_without(const struct errand *errand)
{
	const struct estate *estate = errand->court->estate;
	struct court court = *errand->court;

	court.archive = archive_copy(errand->arena, court.archive);
	for (size_t i = 0; i < estate->reference_count; i++)
		if (estate->references[i]->policy == errand->policy->policy)
			archive_overlay(court.archive, estate->references[i],
			    policy_without(errand->arena,
			    errand->policy->policy, errand->part->part));
	return court;
}

static bool
allows_no_more(const struct errand *errand, const struct court *from,
    const struct court *to)
{
	struct change_calls calls;

	change_find_calls(errand->arena, from, to, errand->options, &calls);
	return calls.verdict == CHANGE_NOTHING;
}

static void
prove_spare(void *argument)
{
	struct errand *errand = argument;
	struct court without = court_without(errand);

	errand->part->spare = allows_no_more(errand, errand->court,
	    &without) && allows_no_more(errand, &without, errand->court);
}

void
weights_prove(struct weights *weights, const struct change_options *options)
{
	struct errand errand = { .court = weights->court,
	    .options = options };

	/* where documents are brought along, estates cannot be compared */
	if (errand.court == NULL || errand.court->exhibits != NULL)
		return;
	errand.arena = arena_new();
	if (errand.arena == NULL)
		arena_exhausted(weights->arena);
	for (size_t i = 0; i < weights->policies.count; i++) {
		errand.policy = &weights->policies.items[i];
		for (size_t j = 0; j < errand.policy->count; j++) {
			errand.part = &errand.policy->parts[j];
			if (errand.part->decisive)
				continue;
			/* one that takes all memory is not proved */
			arena_protect(errand.arena, prove_spare, &errand);
			arena_reset(errand.arena);
		}
	}
	arena_free(errand.arena);
}
