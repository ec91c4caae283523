/* SPDX-License-Identifier: MIT */
/*
 * One statement against one request (EVAL-3), cheapest element first.  What
 * follows from a match is decided elsewhere.
 */
#include "config.h"

#include <stdlib.h>

#include "simulator/clause.h"

/* Compiling. */

static bool
has_principal(enum layer layer)
{
	return (LAYERS_PRINCIPAL & (1u << layer)) != 0;
}

/* Layers whose statements must name resources (SPEC 1.3). */
static bool
needs_resource(enum layer layer)
{
	return layer != LAYER_RESOURCE && layer != LAYER_TRUST;
}

/*
 * Why AWS stores no such statement in that layer, or NULL.  One that lacks
 * the Principal that it should have is stored and has no effect (GRAM-22),
 * but for RCPs (GRAM-28).
 */
static const char *
find_fault(const struct clause *clause, enum layer layer)
{
	const struct statement *statement = clause->statement;

	if (statement->principal.node != NULL && !has_principal(layer))
		return "policies of this layer name no principal";
	if (statement->principal.node == NULL && layer == LAYER_RCP)
		return "a statement has no principal";
	if (statement->resource.node == NULL && needs_resource(layer))
		return "a statement has no resource";
	if (layer == LAYER_SESSION && clause->resources.incomplete)
		return "a session policy has an incomplete ARN";
	return NULL;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct node *one = *(const struct node *const *)a;
	const struct node *other = *(const struct node *const *)b;

	return name_compare(one->key, one->key_length, other->key,
	    other->key_length);
}

/* Two of its keys are equal up to case. */
static bool
has_twins(struct arena *arena, const struct node *object)
{
	const struct node **members = arena_array(arena, object->count,
	    sizeof(*members));
	size_t count = 0;

	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		members[count++] = member;
	if (count < 2)
		return false;
	qsort(members, count, sizeof(*members), compare_keys);
	for (size_t i = 1; i < count; i++)
		if (compare_keys(&members[i - 1], &members[i]) == 0)
			return true;
	return false;
}

/* GRAM-4, GRAM-5. */
static bool
names_twice(struct arena *arena, const struct statement *statement)
{
	const struct node *condition = statement->condition_node;

	if (condition == NULL || condition->kind != NODE_OBJECT)
		return false;
	if (has_twins(arena, condition))
		return true;
	for (const struct node *block = condition->first; block != NULL;
	    block = block->next)
		if (block->kind == NODE_OBJECT && has_twins(arena, block))
			return true;
	return false;
}

static void
judge(struct arena *arena, struct charter *charter)
{
	charter->usable = charter->policy->usable;
	if (!charter->usable)
		charter->fault = "the document has faults";
	for (size_t i = 0; i < charter->count && charter->usable; i++) {
		charter->fault = names_twice(arena,
		    charter->clauses[i].statement) ?
		    "a condition has a key or an operator twice" :
		    find_fault(&charter->clauses[i], charter->layer);
		charter->usable = charter->fault == NULL;
		if (!charter->usable)
			charter->faulty = charter->clauses[i].statement;
	}
}

/* So few clauses are asked as fast as they are looked up. */
enum { FEW_CLAUSES = 1 };

static const struct roll *
make_roll(struct arena *arena, const struct catalog *catalog,
    const struct clause *clauses, size_t count)
{
	const struct action_element **elements;

	if (count <= FEW_CLAUSES)
		return NULL;
	elements = arena_array(arena, count, sizeof(*elements));
	for (size_t i = 0; i < count; i++)
		elements[i] = &clauses[i].actions;
	return roll_new(arena, catalog, elements, count);
}

const struct charter *
charter_compile(struct arena *arena, const struct catalog *catalog,
    const struct policy *policy, enum layer layer,
    const struct assumptions *assumptions, unsigned flags)
{
	struct charter *charter = arena_alloc(arena, sizeof(*charter));
	struct clause *clauses = arena_array(arena, policy->count,
	    sizeof(*clauses));
	struct element_reader reader = element_reader_new(arena, catalog,
	    policy, layer, (flags & CHARTER_INDEXED) != 0);

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		clauses[i] = (struct clause){
			.statement = statement,
			.effect = statement->effect,
			.actions = action_element_read(&reader,
			    &statement->action),
			.resources = resource_element_read(&reader,
			    &statement->resource),
			.tests = condition_compile(arena, catalog, policy,
			    statement, assumptions),
			.test_count = statement->condition_count,
		};
	}
	charter->policy = policy;
	charter->layer = layer;
	charter->clauses = clauses;
	charter->count = policy->count;
	if ((flags & CHARTER_INDEXED) != 0)
		charter->roll = make_roll(arena, catalog, clauses,
		    policy->count);
	judge(arena, charter);
	return charter;
}

const struct charter *
charter_unknown(struct arena *arena, enum layer layer)
{
	struct charter *charter = arena_alloc(arena, sizeof(*charter));

	charter->layer = layer;
	charter->usable = true;
	charter->unknown = true;
	return charter;
}

/* Meeting. */

/*
 * A trust policy is about its role.  Another statement without Resource is
 * about what its policy is attached to (GRAM-26), but in a key policy it has
 * no effect (GRAM-25).
 */
static enum truth
meet_resource(const struct clause *clause, enum layer layer,
    const struct scope *scope)
{
	if (layer == LAYER_TRUST)
		return TRUTH_TRUE;
	if (clause->resources.there)
		return resource_element_matches(&clause->resources, scope);
	return truth_of(layer == LAYER_RESOURCE &&
	    !request_is_about_key(scope->request) &&
	    scope_assume(scope, ASSUME_gram_26) == 0);
}

static enum match_class
meet_listed(const struct clause *clause, enum layer layer,
    const struct actor *actor, const struct scope *scope)
{
	match_set set = actor_match_all(actor, &clause->statement->principal,
	    scope);

	/* GRAM-31 */
	if (layer == LAYER_ENDPOINT && scope->request->gateway &&
	    actor->kind != ACTOR_ROOT)
		set &= ~MATCH_SET(MATCH_ACCOUNT);
	if (clause->effect == EFFECT_DENY &&
	    actor->kind == ACTOR_FEDERATED_SESSION &&
	    set == MATCH_SET(MATCH_ISSUER) &&
	    scope_assume(scope, ASSUME_eval_14) != 0)
		return MATCH_NONE;
	return match_set_strongest(set);
}

static bool
may_be_bounded(const struct actor *actor)
{
	return actor->kind == ACTOR_USER ||
	    actor->kind == ACTOR_ROLE_SESSION ||
	    actor->kind == ACTOR_FEDERATED_SESSION;
}

/* NotPrincipal. */
static enum match_class
meet_unlisted(const struct clause *clause, bool bounded,
    const struct actor *actor, const struct scope *scope)
{
	const struct principals *list = &clause->statement->principal;

	if (clause->effect == EFFECT_ALLOW) {
		if (actor_match_all(actor, list, scope) != 0)
			return MATCH_NONE;
		return scope_assume(scope, ASSUME_gram_23) == 0 ? MATCH_ANY :
		    MATCH_NONE;
	}
	if (bounded && may_be_bounded(actor))
		return MATCH_ANY;
	return actor_exempted(actor, list, scope) ? MATCH_NONE : MATCH_ANY;
}

static enum match_class
meet_actor(const struct clause *clause, enum layer layer, bool bounded,
    const struct actor *actor, const struct scope *scope)
{
	const struct principals *list = &clause->statement->principal;

	if (!has_principal(layer))
		return MATCH_DIRECT;
	if (list->node == NULL)
		return MATCH_NONE;
	return list->negated ? meet_unlisted(clause, bounded, actor, scope) :
	    meet_listed(clause, layer, actor, scope);
}

/*
 * An open actor is met both as one whom nothing suits and as one whom all
 * does.  The more entries name it, the more does Principal and the less does
 * NotPrincipal match, so every completion lies between the two.
 */
static enum truth
meet_principal(const struct clause *clause, enum layer layer, bool bounded,
    const struct scope *scope, struct meeting *meeting)
{
	const struct actor *actor = &scope->request->actor;
	enum match_class class = meet_actor(clause, layer, bounded, actor,
	    scope);
	enum match_class other = class;

	if (actor_is_open(actor)) {
		const struct actor suited = actor_suit(actor);

		other = meet_actor(clause, layer, bounded, &suited, scope);
	}
	meeting->class = class < other ? class : other;
	meeting->hoped = class < other ? other : class;
	if (meeting->class != MATCH_NONE)
		return TRUTH_TRUE;
	return meeting->hoped == MATCH_NONE ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

/* Notes how an element came out; true when there is no need to go on. */
static bool
note(struct meeting *meeting, enum truth matches, enum element_kind kind,
    const struct test *test)
{
	if (matches == TRUTH_TRUE)
		return false;
	if (matches == TRUTH_FALSE || meeting->matches == TRUTH_TRUE) {
		meeting->failed = kind;
		meeting->test = test;
	}
	meeting->matches = matches;
	return matches == TRUTH_FALSE;
}

struct meeting
clause_meet(const struct clause *clause, const struct charter *charter,
    bool bounded, const struct scope *scope)
{
	struct meeting meeting = { .matches = TRUTH_TRUE };

	if (!action_element_matches(&clause->actions, scope)) {
		note(&meeting, TRUTH_FALSE, ELEMENT_ACTION, NULL);
		return meeting;
	}
	if (note(&meeting, meet_resource(clause, charter->layer, scope),
	    ELEMENT_RESOURCE, NULL))
		return meeting;
	if (note(&meeting, meet_principal(clause, charter->layer, bounded,
	    scope, &meeting), ELEMENT_PRINCIPAL, NULL))
		return meeting;
	for (size_t i = 0; i < clause->test_count; i++)
		if (note(&meeting, test_holds(&clause->tests[i], scope),
		    ELEMENT_CONDITION, &clause->tests[i]))
			return meeting;
	return meeting;
}

enum truth
clause_element(const struct clause *clause, const struct charter *charter,
    const struct scope *scope, enum element_kind kind)
{
	enum truth holds = TRUTH_TRUE;
	struct meeting unused;

	switch (kind) {
	case ELEMENT_ACTION:
		return truth_of(action_element_matches(&clause->actions,
		    scope));
	case ELEMENT_RESOURCE:
		return meet_resource(clause, charter->layer, scope);
	case ELEMENT_PRINCIPAL:
		return meet_principal(clause, charter->layer, false, scope,
		    &unused);
	case ELEMENT_CONDITION:
		for (size_t i = 0; i < clause->test_count; i++)
			holds = truth_and(holds, test_holds(
			    &clause->tests[i], scope));
		break;
	case ELEMENT_NONE:
		break;
	}
	return holds;
}
