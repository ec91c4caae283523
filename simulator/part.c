/* SPDX-License-Identifier: MIT */
/* Copies as much of a policy as changes when a part of it goes. */
#include "config.h"

#include <string.h>

#include "policy/list.h"
#include "simulator/part.h"

const char *
part_kind_name(enum part_kind kind)
{
	static const char *const names[] = {
		[PART_STATEMENT] = "statement",
		[PART_PRINCIPAL] = "principal",
		[PART_ACTION] = "action",
		[PART_RESOURCE] = "resource",
		[PART_CONDITION] = "condition",
		[PART_VALUE] = "value",
	};

	return names[kind];
}

/* Listing. */

struct listing {
	struct arena	*arena;
	size_t		 statement;
	LIST(struct part) parts;
};

static void
add(struct listing *listing, enum part_kind kind, size_t condition,
    size_t item, const struct node *node)
{
	*list_add(listing->arena, &listing->parts) = (struct part){ kind,
	    listing->statement, condition, item, node };
}

static void
add_element(struct listing *listing, enum part_kind kind,
    const struct element *element)
{
	for (size_t i = 0; i < element->count; i++)
		add(listing, kind, 0, i, element->items[i]);
}

/* The only value that must not match: without it the condition asks nothing,
 * as if it were not there. */
static bool
stands_alone(const struct condition *condition)
{
	return condition->count == 1 && condition_is_known(condition) &&
	    condition_facts(condition)->negated;
}

static void
add_conditions(struct listing *listing, const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		add(listing, PART_CONDITION, i, 0, condition->node);
		for (size_t j = 0; j < condition->count &&
		    !stands_alone(condition); j++)
			add(listing, PART_VALUE, i, j, condition->values[j]);
	}
}

struct parts
parts_list(struct arena *arena, const struct policy *policy)
{
	struct listing listing = { .arena = arena };

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		listing.statement = i;
		add(&listing, PART_STATEMENT, 0, 0, statement->node);
		for (size_t j = 0; j < statement->principal.count; j++)
			add(&listing, PART_PRINCIPAL, 0, j,
			    statement->principal.items[j].node);
		add_element(&listing, PART_ACTION, &statement->action);
		add_element(&listing, PART_RESOURCE, &statement->resource);
		add_conditions(&listing, statement);
	}
	return (struct parts){ listing.parts.items, listing.parts.count };
}

/* Leaving out. */

/* A copy of an array without one of its items. */
static void *
leave_out(struct arena *arena, const void *items, size_t count, size_t size,
    size_t at)
{
	char *copy = arena_array(arena, count, size);

	memcpy(copy, items, at * size);
	memcpy(copy + at * size, (const char *)items + (at + 1) * size,
	    (count - at - 1) * size);
	return copy;
}

static void
shorten_element(struct arena *arena, struct element *element, size_t at)
{
	element->items = leave_out(arena, element->items, element->count--,
	    sizeof(*element->items), at);
}

static void
shorten_condition(struct arena *arena, struct statement *statement,
    const struct part *part)
{
	size_t size = sizeof(*statement->conditions);
	struct condition *copy = arena_array(arena,
	    statement->condition_count, size);
	struct condition *condition = &copy[part->condition];

	memcpy(copy, statement->conditions,
	    statement->condition_count * size);
	condition->values = leave_out(arena, condition->values,
	    condition->count--, sizeof(*condition->values), part->item);
	statement->conditions = copy;
}

static void
shorten(struct arena *arena, struct statement *statement,
    const struct part *part)
{
	switch (part->kind) {
	case PART_PRINCIPAL:
		statement->principal.items = leave_out(arena,
		    statement->principal.items, statement->principal.count--,
		    sizeof(*statement->principal.items), part->item);
		break;
	case PART_ACTION:
		shorten_element(arena, &statement->action, part->item);
		break;
	case PART_RESOURCE:
		shorten_element(arena, &statement->resource, part->item);
		break;
	case PART_CONDITION:
		statement->conditions = leave_out(arena,
		    statement->conditions, statement->condition_count--,
		    sizeof(*statement->conditions), part->condition);
		break;
	case PART_VALUE:
		shorten_condition(arena, statement, part);
		break;
	case PART_STATEMENT:
		break;
	}
}

const struct policy *
policy_without(struct arena *arena, const struct policy *policy,
    const struct part *part)
{
	size_t size = sizeof(*policy->statements);
	struct policy *copy = arena_alloc(arena, sizeof(*copy));
	struct statement *statements;

	*copy = *policy;
	if (part->kind == PART_STATEMENT) {
		copy->statements = leave_out(arena, policy->statements,
		    copy->count--, size, part->statement);
		return copy;
	}
	statements = arena_array(arena, policy->count, size);
	memcpy(statements, policy->statements, policy->count * size);
	shorten(arena, &statements[part->statement], part);
	copy->statements = statements;
	return copy;
}
