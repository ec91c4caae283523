/* SPDX-License-Identifier: MIT */
/*
 * A radix trie: a node for each place where beginnings part, and no two
 * children of a node start with the same byte.  Nodes may be split later;
 * what was said of them stays true.
 */
#include "config.h"

#include "policy/list.h"
#include "simulator/trie.h"

enum { NOBODY = 0 };			/* the root is nobody's child */

struct branch {
	const char	*label;		/* bytes from the parent to here */
	size_t		 length;
	int		 variable;
	size_t		 child, sibling;
	bool		 covered;	/* its two children were said to be
					 * all there is */
};

struct trie {
	struct arena		*arena;
	struct formulas		*formulas;
	struct solver		*solver;
	LIST(struct branch)	 branches;
	bool			 complete;
};

struct trie *
trie_new(struct arena *arena, struct formulas *formulas,
    struct solver *solver, int root, bool complete)
{
	struct trie *trie = arena_alloc(arena, sizeof(*trie));

	trie->arena = arena;
	trie->formulas = formulas;
	trie->solver = solver;
	trie->complete = complete;
	list_add(arena, &trie->branches)->variable = root;
	return trie;
}

static void
imply(struct trie *trie, int premise, int conclusion)
{
	solver_add(trie->solver, (int[]){ -premise, conclusion }, 2);
}

/* The child whose label begins with that byte. */
static size_t
find_child(const struct trie *trie, size_t parent, char byte)
{
	size_t child = trie->branches.items[parent].child;

	while (child != NOBODY &&
	    trie->branches.items[child].label[0] != byte)
		child = trie->branches.items[child].sibling;
	return child;
}

static size_t
add_child(struct trie *trie, size_t parent, const char *label, size_t length)
{
	int variable = formula_variable(trie->formulas);
	size_t child = trie->branches.count;
	struct branch *items;

	*list_add(trie->arena, &trie->branches) = (struct branch){
	    .label = arena_copy(trie->arena, label, length),
	    .length = length, .variable = variable };
	items = trie->branches.items;
	imply(trie, variable, items[parent].variable);
	for (size_t i = items[parent].child; i != NOBODY; i = items[i].sibling)
		imply(trie, variable, -items[i].variable);
	items[child].sibling = items[parent].child;
	items[parent].child = child;
	return child;
}

static size_t
common_length(const struct branch *branch, const char *bytes, size_t length)
{
	size_t common = 0;

	while (common < length && common < branch->length &&
	    branch->label[common] == bytes[common])
		common++;
	return common;
}

/* The branch keeps its number and its variable and moves down. */
static size_t
split(struct trie *trie, size_t parent, size_t lower, size_t length)
{
	size_t *link = &trie->branches.items[parent].child;
	struct branch *items;
	size_t middle;

	while (*link != lower)
		link = &trie->branches.items[*link].sibling;
	*link = trie->branches.items[lower].sibling;
	middle = add_child(trie, parent, trie->branches.items[lower].label,
	    length);
	items = trie->branches.items;
	items[lower].label += length;
	items[lower].length -= length;
	items[lower].sibling = NOBODY;
	items[middle].child = lower;
	imply(trie, items[lower].variable, items[middle].variable);
	return middle;
}

/* Where both bits lead on, one of them does. */
static void
cover(struct trie *trie, size_t at)
{
	struct branch *items = trie->branches.items;
	size_t zero = find_child(trie, at, '0');
	size_t one = find_child(trie, at, '1');

	if (items[at].covered || zero == NOBODY || one == NOBODY ||
	    items[zero].length != 1 || items[one].length != 1)
		return;
	items[at].covered = true;
	solver_add(trie->solver, (int[]){ -items[at].variable,
	    items[zero].variable, items[one].variable }, 3);
}

/* One step towards the bytes; returns how many of them it takes. */
static size_t
descend(struct trie *trie, size_t *at, const char *bytes, size_t length)
{
	size_t child = find_child(trie, *at, bytes[0]);
	size_t common;

	if (child == NOBODY) {
		*at = add_child(trie, *at, bytes, length);
		return length;
	}
	common = common_length(&trie->branches.items[child], bytes, length);
	*at = common == trie->branches.items[child].length ? child :
	    split(trie, *at, child, common);
	return common;
}

int
trie_add(struct trie *trie, const char *bytes, size_t length)
{
	size_t at = 0;

	while (length > 0) {
		size_t from = at;
		size_t taken = descend(trie, &at, bytes, length);

		if (trie->complete) {
			cover(trie, from);
			cover(trie, at);
		}
		bytes += taken;
		length -= taken;
	}
	return trie->branches.items[at].variable;
}
