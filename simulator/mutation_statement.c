/* SPDX-License-Identifier: MIT */
/* Mistakes in what a statement is, and in which words it lists. */
#include "config.h"

#include <string.h>

#include "simulator/mutation_row.h"

void
mutation_drop_statement(struct mutator *mutator)
{
	if (mutator->policy->count > 1)
		mutator_drop(mutator, mutator->statement->node);
}

void
mutation_flip_effect(struct mutator *mutator)
{
	mutator_replace(mutator, mutator->statement->effect_node,
	    mutator->statement->effect == EFFECT_ALLOW ? "Deny" : "Allow");
}

/* Action to NotAction, and back. */
static void
negate(struct mutator *mutator, const struct node *member, const char *plain,
    const char *negated)
{
	if (member != NULL)
		mutator_rename(mutator, member, strcmp(member->key, plain) ==
		    0 ? negated : plain);
}

void
mutation_negate_element(struct mutator *mutator)
{
	const struct statement *statement = mutator->statement;

	negate(mutator, statement->principal.node, "Principal",
	    "NotPrincipal");
	negate(mutator, statement->action.node, "Action", "NotAction");
	negate(mutator, statement->resource.node, "Resource", "NotResource");
}

/* Once for the document, if it has a variable to lose (VAR-1). */
void
mutation_old_version(struct mutator *mutator)
{
	const struct policy *policy = mutator->policy;
	struct span span = policy->node->span;

	if (mutator->statement->index == 0 &&
	    policy->version == VERSION_2012 && memmem(
	    policy->text->source->bytes + span.start, span.end - span.start,
	    "${", 2) != NULL)
		mutator_replace(mutator, policy->version_node, "2008-10-17");
}

void
mutation_drop_action(struct mutator *mutator)
{
	mutator_drop_each(mutator, mutator->statement->action.node);
}

void
mutation_drop_resource(struct mutator *mutator)
{
	mutator_drop_each(mutator, mutator->statement->resource.node);
}

/* A sort of principal that has one name goes with it. */
void
mutation_drop_principal(struct mutator *mutator)
{
	const struct node *map = mutator->statement->principal.node;

	if (map == NULL || map->kind != NODE_OBJECT)
		return;
	for (const struct node *sort = map->first; sort != NULL;
	    sort = sort->next) {
		mutator_drop_each(mutator, sort);
		if (map->count > 1 && (sort->kind != NODE_ARRAY ||
		    sort->count == 1))
			mutator_drop(mutator, sort);
	}
}
