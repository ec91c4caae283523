/* SPDX-License-Identifier: MIT */
/*
 * What the operators of mutants are made of: each looks at one statement, and
 * says what could be spliced.  Whether a splice makes a document that can be
 * used is not theirs to know.
 */
#ifndef SIMULATOR_MUTATION_ROW_H
#define SIMULATOR_MUTATION_ROW_H

#include "simulator/mutation.h"
#include "simulator/word.h"

/* One document, and the statement and operator that are at hand. */
struct mutator {
	struct arena			*arena;
	struct arena			*scratch;
	const struct court		*court;
	const struct reference		*reference;
	layer_set			 layers;
	const struct policy		*policy;
	const struct statement		*statement;
	const struct mutation_operator	*operator;
	struct mutations		*mutations;
	size_t				 first;		/* of this document */
};

/* Puts the text, or a JSON string of it, in the place of a value. */
void	 mutator_splice(struct mutator *, struct span, const char *text);
void	 mutator_replace(struct mutator *, const struct node *,
	    const char *text);
/* A member by another name. */
void	 mutator_rename(struct mutator *, const struct node *member,
	    const char *name);
/* A member of an object moves into an object of its own behind that one, which
 * is the member of that name. */
void	 mutator_part(struct mutator *, const struct node *member,
	    const char *name);
/* Leaves out a member, or a value of an array, with one comma. */
void	 mutator_drop(struct mutator *, const struct node *);
/* Leaves out each value of an array in turn, if there are two or more. */
void	 mutator_drop_each(struct mutator *, const struct node *);

/* `before' of the text, then the middle, then what stands behind `end'. */
const char	*mutator_patch(struct mutator *, struct word, size_t start,
		    size_t end, const char *middle);

/* A string of the statement, and whether an ARN pattern may stand there. */
enum mutator_place {
	MUTATOR_RESOURCE,
	MUTATOR_PRINCIPAL,
	MUTATOR_VALUE,			/* of a condition, compared as it is */
	MUTATOR_LIKE			/* of a condition that knows `*' */
};

/* Calls for each string in Resource, Principal and Condition. */
void	 mutator_strings(struct mutator *,
	    void (*see)(struct mutator *, const struct node *,
	    enum mutator_place));

/* The rows' functions. */
void	 mutation_drop_statement(struct mutator *);
void	 mutation_flip_effect(struct mutator *);
void	 mutation_negate_element(struct mutator *);
void	 mutation_old_version(struct mutator *);
void	 mutation_drop_action(struct mutator *);
void	 mutation_drop_resource(struct mutator *);
void	 mutation_drop_principal(struct mutator *);
void	 mutation_drop_condition(struct mutator *);
void	 mutation_drop_value(struct mutator *);
void	 mutation_drop_if_exists(struct mutator *);
void	 mutation_add_if_exists(struct mutator *);
void	 mutation_swap_set_operator(struct mutator *);
void	 mutation_negate_operator(struct mutator *);
void	 mutation_move_boundary(struct mutator *);
void	 mutation_swap_like(struct mutator *);
void	 mutation_flip_value(struct mutator *);
void	 mutation_widen_range(struct mutator *);
void	 mutation_widen_wildcard(struct mutator *);
void	 mutation_narrow_wildcard(struct mutator *);
void	 mutation_widen_variable(struct mutator *);
void	 mutation_widen_principal(struct mutator *);
void	 mutation_other_key(struct mutator *);
void	 mutation_other_endpoint(struct mutator *);
void	 mutation_other_vpc(struct mutator *);
void	 mutation_other_account(struct mutator *);
void	 mutation_other_principal(struct mutator *);

#endif
