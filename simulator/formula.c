/* SPDX-License-Identifier: MIT */
/*
 * There are variables and conjunctions, nothing else: the rest is spelled
 * with `not', and what is spelled alike is one formula.  Parts of a
 * conjunction are sorted, so that the order in which policies list them does
 * not count.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "policy/list.h"
#include "simulator/formula.h"

enum { TABLE_MIN = 64 };

struct formula {
	const int	*parts;		/* NULL: a variable */
	size_t		 count;
};

struct formulas {
	struct arena		*arena;
	LIST(struct formula)	 nodes;		/* by number; 0 is unused */
	LIST(int)		 scratch;	/* parts being sorted */
	int			*table;		/* conjunctions by their parts */
	size_t			 table_size;	/* a power of two */
	size_t			 conjunctions;
};

struct formulas *
formulas_new(struct arena *arena)
{
	struct formulas *formulas = arena_alloc(arena, sizeof(*formulas));

	formulas->arena = arena;
	formulas->table_size = TABLE_MIN;
	formulas->table = arena_array(arena, TABLE_MIN, sizeof(int));
	list_add(arena, &formulas->nodes);
	list_add(arena, &formulas->nodes);	/* FORMULA_TRUE */
	return formulas;
}

int
formulas_end(const struct formulas *formulas)
{
	return (int)formulas->nodes.count;
}

static int
add_node(struct formulas *formulas, struct formula node)
{
	if (formulas->nodes.count >= INT32_MAX / 2)
		arena_exhausted(formulas->arena);
	*list_add(formulas->arena, &formulas->nodes) = node;
	return (int)formulas->nodes.count - 1;
}

int
formula_variable(struct formulas *formulas)
{
	return add_node(formulas, (struct formula){ .parts = NULL });
}

static uint64_t
hash_parts(const int *parts, size_t count)
{
	uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) + count;

	for (size_t i = 0; i < count; i++) {
		hash = (hash ^ (uint32_t)parts[i]) *
		    UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	return hash;
}

static size_t
find_slot(const struct formulas *formulas, const int *parts, size_t count)
{
	size_t mask = formulas->table_size - 1;
	size_t at = (size_t)hash_parts(parts, count) & mask;

	for (; formulas->table[at] != 0; at = (at + 1) & mask) {
		const struct formula *node =
		    &formulas->nodes.items[formulas->table[at]];

		if (node->count == count && memcmp(node->parts, parts,
		    count * sizeof(*parts)) == 0)
			break;
	}
	return at;
}

static void
widen_table(struct formulas *formulas)
{
	if (2 * formulas->conjunctions < formulas->table_size)
		return;
	formulas->table_size *= 2;
	formulas->table = arena_array(formulas->arena, formulas->table_size,
	    sizeof(int));
	for (size_t i = 0; i < formulas->nodes.count; i++) {
		const struct formula *node = &formulas->nodes.items[i];

		if (node->parts != NULL)
			formulas->table[find_slot(formulas, node->parts,
			    node->count)] = (int)i;
	}
}

static int
share(struct formulas *formulas, const int *parts, size_t count)
{
	size_t at = find_slot(formulas, parts, count);
	int *own, number = formulas->table[at];

	if (number != 0)
		return number;
	own = arena_array(formulas->arena, count, sizeof(*own));
	memcpy(own, parts, count * sizeof(*own));
	number = add_node(formulas, (struct formula){ own, count });
	formulas->table[at] = number;
	formulas->conjunctions++;
	widen_table(formulas);
	return number;
}

/* By variable; of a variable the positive one last. */
static int
by_variable(const void *left, const void *right)
{
	int a = *(const int *)left, b = *(const int *)right;
	int order = (abs(a) > abs(b)) - (abs(a) < abs(b));

	return order != 0 ? order : (a > b) - (a < b);
}

/* Sorts, drops what is true or twice; false: they contradict each other. */
static bool
tidy(int *parts, size_t *count)
{
	size_t kept = 0;

	qsort(parts, *count, sizeof(*parts), by_variable);
	for (size_t i = 0; i < *count; i++) {
		if (parts[i] == FORMULA_FALSE ||
		    (kept > 0 && parts[kept - 1] == -parts[i]))
			return false;
		if (parts[i] == FORMULA_TRUE ||
		    (kept > 0 && parts[kept - 1] == parts[i]))
			continue;
		parts[kept++] = parts[i];
	}
	*count = kept;
	return true;
}

static int
conjunction(struct formulas *formulas, const int *parts, size_t count,
    int sign)
{
	int *scratch;

	formulas->scratch.count = 0;
	for (size_t i = 0; i < count; i++)
		*list_add(formulas->arena, &formulas->scratch) =
		    sign * parts[i];
	scratch = formulas->scratch.items;
	if (count > 0 && !tidy(scratch, &count))
		return FORMULA_FALSE;
	if (count == 0)
		return FORMULA_TRUE;
	if (count == 1)
		return scratch[0];
	return share(formulas, scratch, count);
}

int
formula_all(struct formulas *formulas, const int *parts, size_t count)
{
	return conjunction(formulas, parts, count, 1);
}

int
formula_any(struct formulas *formulas, const int *parts, size_t count)
{
	return -conjunction(formulas, parts, count, -1);
}

int
formula_and(struct formulas *formulas, int a, int b)
{
	return formula_all(formulas, (int[]){ a, b }, 2);
}

int
formula_or(struct formulas *formulas, int a, int b)
{
	return formula_any(formulas, (int[]){ a, b }, 2);
}

int
formula_implies(struct formulas *formulas, int a, int b)
{
	return formula_or(formulas, -a, b);
}

int
formula_iff(struct formulas *formulas, int a, int b)
{
	return formula_and(formulas, formula_implies(formulas, a, b),
	    formula_implies(formulas, b, a));
}

const int *
formula_parts(const struct formulas *formulas, int formula, size_t *count)
{
	const struct formula *node = &formulas->nodes.items[abs(formula)];

	*count = node->count;
	return node->parts;
}

bool
formula_is_variable(const struct formulas *formulas, int formula)
{
	return abs(formula) != FORMULA_TRUE &&
	    formulas->nodes.items[abs(formula)].parts == NULL;
}

static bool
value_of(const bool *values, int formula)
{
	return values[abs(formula)] == (formula > 0);
}

bool
formula_holds(const struct formulas *formulas, int formula, bool *values)
{
	values[FORMULA_TRUE] = true;
	for (int i = 2; i <= abs(formula); i++) {
		const struct formula *node = &formulas->nodes.items[i];

		if (node->parts == NULL)
			continue;
		values[i] = true;
		for (size_t j = 0; j < node->count; j++)
			values[i] &= value_of(values, node->parts[j]);
	}
	return value_of(values, formula);
}
