/* SPDX-License-Identifier: MIT */
/*
 * Mutants of an estate's policies, tried by several processes at once.  What
 * comes out does not depend on how many there are, or on which is faster.
 */
#ifndef TOOLS_BROOD_H
#define TOOLS_BROOD_H

#include "simulator/survival.h"
#include "tools/output.h"

/* What came of a mutant. */
struct brood_fate {
	enum survival_verdict	 verdict;
	size_t			 suite, killer;	/* see struct survival */
	enum change_verdict	 gained, lost;
	bool			 bug;
	const char		*reason;	/* or NULL */
	struct survival_call	 gain, loss;
};

struct brood {
	struct arena			*arena;
	LIST(struct survival_suite)	 suites;	/* of one estate */
	struct mutations		 mutations;
	const struct brood_fate		*fates;		/* one for each; NULL:
							 * they were not tried */
};

/* Which mutants, and how they are tried. */
struct brood_use {
	struct arena			*arena;
	bool				 wanted;	/* any at all */
	bool				 listing;	/* and not tried */
	size_t				 jobs;		/* processes; 0: one for
							 * each processor */
	LIST(const struct mutation_operator *) operators;	/* none: all */
	LIST(const char *)		 files;		/* none: all */
};

/* --mutants, --mutant-operator, --only and --jobs, of a struct brood_use that
 * has its arena. */
extern const struct option_row brood_options[];

/* The estate has a policy of that path, or one that ends so behind a slash. */
bool	 brood_knows(const struct estate *, const char *path);
/* Adds the mutants of every policy that the estate attaches to something. */
void	 brood_list(struct brood *, const struct brood_use *);

/* Tries them all; shows how far it is when standard error is a terminal.  A
 * process that breaks down ends the command. */
void	 brood_try(struct brood *, const struct brood_use *);

/* The killed ones in a hundred of those that suites could tell apart from the
 * policies as they are; 100 of none. */
unsigned	 brood_score(const struct brood *, const struct reference *);
/* The verdicts, in the order in which their numbers are told. */
extern const enum survival_verdict	 brood_order[SURVIVAL_COUNT];
/* How many of a document came to that; NULL: of all. */
size_t		 brood_count(const struct brood *, const struct reference *,
		    enum survival_verdict);
/* The expectation or guarantee that a mutant was killed by. */
const struct rehearsal_case	*brood_killer(const struct brood *,
				    const struct brood_fate *);

/* What came of it: as text, and as an object. */
void		 brood_print_text(const struct brood *,
		    const struct output_stream *);
void		 brood_print_json(const struct brood *, struct json *);

#endif
