/* SPDX-License-Identifier: MIT */
/* Mistakes in conditions: one left out, and operators of another meaning. */
#include "config.h"

#include <string.h>

#include "simulator/guarantee.h"
#include "simulator/mutation_row.h"

/* Calls for each condition whose operator is known. */
static void
each(struct mutator *mutator, void (*see)(struct mutator *,
    const struct condition *))
{
	const struct statement *statement = mutator->statement;

	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_is_known(&statement->conditions[i]))
			see(mutator, &statement->conditions[i]);
}

/* The last condition of a block takes the block with it. */
static void
drop(struct mutator *mutator, const struct condition *condition)
{
	const struct node *node = condition->node;

	if (condition->block->count == 1)
		node = condition->block;
	if (node == condition->block && node->parent->count == 1)
		node = node->parent;
	mutator_drop(mutator, node);
}

void
mutation_drop_condition(struct mutator *mutator)
{
	each(mutator, drop);
}

static void
drop_values(struct mutator *mutator, const struct condition *condition)
{
	mutator_drop_each(mutator, condition->node);
}

void
mutation_drop_value(struct mutator *mutator)
{
	each(mutator, drop_values);
}

/* Operators. */

/*
 * The condition under another operator.  What stands beside it under the same
 * one stays there.
 */
static void
exchange(struct mutator *mutator, const struct condition *condition,
    enum operator operator, enum quantifier quantifier, bool if_exists)
{
	const struct operator_use use = { operator, quantifier, if_exists,
	    true };
	char name[GUARANTEE_OPERATOR_SIZE];

	if (operator == condition->use.operator &&
	    quantifier == condition->use.quantifier &&
	    if_exists == condition->use.if_exists)
		return;
	guarantee_operator_name(&use, name);
	if (condition->block->count == 1)
		mutator_rename(mutator, condition->block, name);
	else
		mutator_part(mutator, condition->node, name);
}

static void
drop_if_exists(struct mutator *mutator, const struct condition *condition)
{
	exchange(mutator, condition, condition->use.operator,
	    condition->use.quantifier, false);
}

void
mutation_drop_if_exists(struct mutator *mutator)
{
	each(mutator, drop_if_exists);
}

static void
add_if_exists(struct mutator *mutator, const struct condition *condition)
{
	if (condition->use.operator != OPERATOR_Null)
		exchange(mutator, condition, condition->use.operator,
		    condition->use.quantifier, true);
}

void
mutation_add_if_exists(struct mutator *mutator)
{
	each(mutator, add_if_exists);
}

static void
swap_set(struct mutator *mutator, const struct condition *condition)
{
	enum quantifier quantifier = condition->use.quantifier;

	if (quantifier != QUANTIFIER_NONE)
		exchange(mutator, condition, condition->use.operator,
		    quantifier == QUANTIFIER_ALL ? QUANTIFIER_ANY :
		    QUANTIFIER_ALL, condition->use.if_exists);
}

void
mutation_swap_set_operator(struct mutator *mutator)
{
	each(mutator, swap_set);
}

/* The first operator of the type that makes that comparison. */
static void
compare_otherwise(struct mutator *mutator, const struct condition *condition,
    enum comparison comparison, bool negated)
{
	enum value_type type = condition_facts(condition)->type;

	for (enum operator operator = 0; operator < OPERATOR_COUNT;
	    operator++) {
		const struct operator_facts *facts = operator_facts(operator);

		if (facts->type != type || facts->comparison != comparison ||
		    facts->negated != negated)
			continue;
		exchange(mutator, condition, operator,
		    condition->use.quantifier, condition->use.if_exists);
		return;
	}
}

static bool
is_order(enum comparison comparison)
{
	return comparison >= COMPARISON_less &&
	    comparison <= COMPARISON_greater_equals;
}

/* Bool and Null have none: their values are flipped. */
static void
negate(struct mutator *mutator, const struct condition *condition)
{
	static const enum comparison opposites[] = {
		[COMPARISON_less] = COMPARISON_greater_equals,
		[COMPARISON_less_equals] = COMPARISON_greater,
		[COMPARISON_greater] = COMPARISON_less_equals,
		[COMPARISON_greater_equals] = COMPARISON_less,
	};
	const struct operator_facts *facts = condition_facts(condition);

	if (is_order(facts->comparison))
		compare_otherwise(mutator, condition,
		    opposites[facts->comparison], false);
	else
		compare_otherwise(mutator, condition, facts->comparison,
		    !facts->negated);
}

void
mutation_negate_operator(struct mutator *mutator)
{
	each(mutator, negate);
}

static void
move_boundary(struct mutator *mutator, const struct condition *condition)
{
	static const enum comparison neighbours[] = {
		[COMPARISON_less] = COMPARISON_less_equals,
		[COMPARISON_less_equals] = COMPARISON_less,
		[COMPARISON_greater] = COMPARISON_greater_equals,
		[COMPARISON_greater_equals] = COMPARISON_greater,
	};
	const struct operator_facts *facts = condition_facts(condition);

	if (is_order(facts->comparison))
		compare_otherwise(mutator, condition,
		    neighbours[facts->comparison], false);
}

void
mutation_move_boundary(struct mutator *mutator)
{
	each(mutator, move_boundary);
}

static bool
has_wildcard(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (word_has_wildcard(word_of_node(condition->values[i])))
			return true;
	return false;
}

/* Of ARNs there is no operator that takes a wildcard for a character. */
static void
swap_like(struct mutator *mutator, const struct condition *condition)
{
	const struct operator_facts *facts = condition_facts(condition);

	if (facts->type == VALUE_STRING && has_wildcard(condition))
		compare_otherwise(mutator, condition, facts->comparison ==
		    COMPARISON_like ? COMPARISON_equals : COMPARISON_like,
		    facts->negated);
}

void
mutation_swap_like(struct mutator *mutator)
{
	each(mutator, swap_like);
}

/* Values. */

static void
flip_values(struct mutator *mutator, const struct condition *condition)
{
	enum value_type type = condition_facts(condition)->type;

	if (type != VALUE_BOOL && type != VALUE_PRESENCE)
		return;
	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];
		bool is = false;

		if (bool_read(value->text, value->length, &is))
			mutator_replace(mutator, value, is ? "false" :
			    "true");
	}
}

void
mutation_flip_value(struct mutator *mutator)
{
	each(mutator, flip_values);
}

static void
widen_ranges(struct mutator *mutator, const struct condition *condition)
{
	enum { BARE = 128 };

	if (condition_facts(condition)->type != VALUE_IP)
		return;
	for (size_t i = 0; i < condition->count; i++) {
		const struct word value = word_of_node(condition->values[i]);
		const char *slash = memchr(value.text, '/', value.length);
		struct cidr cidr;

		if (cidr_read(value.text, value.length, BARE, &cidr) &&
		    cidr.prefix > 0)
			mutator_replace(mutator, condition->values[i],
			    arena_printf(mutator->arena, "%.*s/%u",
			    (int)(slash == NULL ? value.length :
			    (size_t)(slash - value.text)), value.text,
			    cidr.prefix - 1));
	}
}

void
mutation_widen_range(struct mutator *mutator)
{
	each(mutator, widen_ranges);
}

/* Keys that are taken for each other. */
static const char *const pairs[][2] = {
	{ "aws:PrincipalAccount", "aws:ResourceAccount" },
	{ "aws:PrincipalOrgID", "aws:ResourceOrgID" },
	{ "aws:PrincipalOrgPaths", "aws:ResourceOrgPaths" },
	{ "aws:SourceArn", "aws:PrincipalArn" },
	{ "aws:SourceAccount", "aws:PrincipalAccount" },
	{ "aws:SourceOrgID", "aws:PrincipalOrgID" },
	{ "aws:SourceIp", "aws:VpcSourceIp" },
	{ "aws:PrincipalIsAWSService", "aws:ViaAWSService" },
	{ "aws:userid", "aws:username" },
	{ "aws:RequestTag/", "aws:ResourceTag/" },
	{ "aws:PrincipalTag/", "aws:ResourceTag/" },
};

static void
rename_key(struct mutator *mutator, const struct condition *condition,
    const char *from, const char *to)
{
	size_t length = strlen(from);
	bool is_prefix = from[length - 1] == '/';

	if (condition_is_on(condition, from))
		mutator_rename(mutator, condition->node, arena_printf(
		    mutator->arena, "%s%s", to, is_prefix ?
		    condition->node->key + length : ""));
}

static void
other_key(struct mutator *mutator, const struct condition *condition)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		rename_key(mutator, condition, pairs[i][0], pairs[i][1]);
		rename_key(mutator, condition, pairs[i][1], pairs[i][0]);
	}
}

void
mutation_other_key(struct mutator *mutator)
{
	each(mutator, other_key);
}
