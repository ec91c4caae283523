/* SPDX-License-Identifier: MIT */
/*
 * Small mistakes that could be made in a policy document: a mutant of it is
 * the document with one of them.  A suite that does not notice a mutant does
 * not say all that the policy is there for.
 *
 * The list is the same for the same estate and document, in the order of the
 * operators' table within each statement.  Each edit is one splice of the
 * text, so that it can be shown at its line.  Only what AWS would store in
 * every layer that the document holds is on it: valid JSON, read without a
 * fault.
 */
#ifndef SIMULATOR_MUTATION_H
#define SIMULATOR_MUTATION_H

#include "policy/list.h"
#include "policy/source.h"
#include "simulator/estate_use.h"
#include "simulator/summons.h"

/* What kind of mistake it is. */
struct mutation_operator {
	const char	*name;		/* kebab-case, never reused */
	const char	*says;		/* what was done, lower case, no stop */
};

/* One mutant. */
struct mutation {
	const struct mutation_operator	*operator;
	const struct reference		*reference;	/* the document */
	layer_set			 layers;	/* that it holds */
	const struct source		*source;	/* it stands there */
	struct span			 span;		/* of the source: what
							 * goes */
	const char			*text;		/* what comes instead */
	struct span			 about;		/* what the mistake is
							 * in: a comma may go,
							 * too */
};

struct mutations {
	LIST(struct mutation)	 list;
};

/*
 * Adds the mutants of a document that holds those layers.  None of one that is
 * unknown, cannot be used, is AWS's own, or stands inside a string of another
 * document.
 */
void		 mutation_list(struct arena *, const struct court *,
		    const struct reference *, layer_set,
		    struct mutations *);

/* The document with the mistake in it: source, and policy as read. */
const struct source	*mutation_apply(struct arena *,
			    const struct mutation *);
const struct policy	*mutation_policy(struct arena *,
			    const struct mutation *);

/*
 * The court's archive with the mutant where the document stands, unless
 * something else lies over it there.  The one that is given stays as it is,
 * and lends what it has compiled.
 */
struct archive		*mutation_archive(struct arena *,
			    const struct court *, const struct mutation *);

/* All operators, in order; NULL when there is none of that name. */
extern const size_t			 mutation_operator_count;
const struct mutation_operator	*mutation_operator(size_t index);
const struct mutation_operator	*mutation_operator_find(const char *name);

#endif
