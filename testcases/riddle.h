/* SPDX-License-Identifier: MIT */
/*
 * Random questions for the engine of the prover: a few slots, a few claims
 * about each, a formula over them.  A riddle is kept twice: as a formula of
 * the engine, and as a tree of its own with claims that are evaluated here,
 * by definition, so that neither has to believe the other.
 */
#ifndef TESTCASES_RIDDLE_H
#define TESTCASES_RIDDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "simulator/universe.h"
#include "testcases/dice.h"

enum {
	RIDDLE_SLOTS = 3,
	RIDDLE_LEAVES = 8,
	RIDDLE_NODES = 20,
	RIDDLE_SYMBOLS = 24
};

enum sort {
	SORT_TEXT,
	SORT_NUMBER,
	SORT_DATE,
	SORT_ADDRESS,
	SORT_TRUTH,
	SORT_CLOSED,
	SORT_COUNT
};

enum leaf_kind {
	LEAF_FREE,
	LEAF_PRESENT,
	LEAF_PATTERN,
	LEAF_RELATION,		/* number or date, by the sort of the slot */
	LEAF_WITHIN,
	LEAF_TRUE,
	LEAF_READS,
	LEAF_TEMPLATE
};

/* A code point, or one of these. */
enum {
	SYMBOL_ANY = -1,
	SYMBOL_ONE = -2,
	SYMBOL_ANY_FIELD = -3,
	SYMBOL_ONE_FIELD = -4,
	SYMBOL_SLOT = -10	/* less the number of the slot */
};

struct leaf {
	enum leaf_kind	 kind;
	size_t		 slot;
	int		 formula;
	bool		 folded;
	int		 symbols[RIDDLE_SYMBOLS];
	size_t		 symbol_count;
	enum relation	 relation;
	size_t		 constant;	/* in a table of riddle.c */
	bool		 value;		/* of a free one, while guessing */
};

/* A leaf, or what two nodes before it make. */
struct riddle_node {
	char		 operator;	/* 0, '&', '|', '=', '-' */
	size_t		 left, right;
};

struct riddle {
	struct arena		*arena;
	struct formulas		*formulas;
	struct universe		*universe;
	enum sort		 sorts[RIDDLE_SLOTS];
	bool			 loose[RIDDLE_SLOTS];	/* any text at all */
	size_t			 slots;
	struct leaf		 leaves[RIDDLE_LEAVES];
	size_t			 leaf_count;
	struct riddle_node	 nodes[RIDDLE_NODES];
	size_t			 node_count;
	size_t			 free;		/* leaves that are variables */
	bool			 templates;
	int			 root;
};

void		 riddle_init(struct riddle *, struct arena *, uint64_t seed);
/* By definition; texts as in a model. */
bool		 riddle_holds(const struct riddle *, const struct word *texts);
/* The same when so much is known of each leaf. */
bool		 riddle_follows(const struct riddle *, const bool *leaves);
bool		 riddle_leaf_holds(const struct riddle *, size_t leaf,
		    const struct word *texts);
/* Gives each free variable one bit. */
void		 riddle_choose(struct riddle *, unsigned bits);
/* Some text of the slot that the engine might choose; NULL at the end. */
const char	*riddle_text(const struct riddle *, size_t slot, size_t at);
/* A text as code points, at most so many; returns how many. */
size_t		 riddle_points(struct word, int *points, size_t most);
/* What a folded leaf takes a code point for: ASCII only. */
int		 riddle_lower(int point);
/* Slots and claims, a line each, for people. */
void		 riddle_print(const struct riddle *);

#endif
