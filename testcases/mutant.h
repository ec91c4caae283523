/* SPDX-License-Identifier: MIT */
/*
 * Mutants: small mistakes in the policies of an estate, and what each of them
 * breaks.  A list has one JSON object a line:
 *
 *	id, why			what it is called, and what the mistake is
 *	file, edit		a policy and its edits (RFC 6902)
 *	also			more files with edits, or null
 *	profile			"core", or "full": then it is about a policy
 *				that only the full estate has
 *	breaks			the guarantees that it breaks, in that estate
 *	breaks_with_scp_rcp	of profile core: the same in the full estate
 *
 * Judgements stand in a file of their own, for where a list that somebody
 * else has made says other things than can be proved:
 *
 *	ID ESTATE [+ID...] [-ID...]	broken besides; not broken at all
 *	    REASON
 */
#ifndef TESTCASES_MUTANT_H
#define TESTCASES_MUTANT_H

#include "simulator/suite.h"

enum mutant_estate {
	MUTANT_CORE,
	MUTANT_FULL,
	MUTANT_ESTATES
};

/* Guarantees of a suite, one bit each. */
typedef uint64_t guarantee_set;

struct mutant_edit {
	struct word		 file;
	const struct text	*patch;
	const struct node	*edits;
};

struct mutant {
	struct word		 id, why;
	LIST(struct mutant_edit) edits;
	bool			 has[MUTANT_ESTATES];	/* is said of it */
	guarantee_set		 breaks[MUTANT_ESTATES];
};

struct mutants {
	LIST(struct mutant)	 list;
	const char		*error;		/* in what was read, or NULL */
};

extern const char *const mutant_estates[MUTANT_ESTATES];

/* The set of one guarantee; empty when the suite has none of that id. */
guarantee_set	 guarantee_bit(const struct suite *, struct word id);

/* Adds the mutants of a list; the texts live in the arena. */
void		 mutants_read(struct arena *, const struct suite *,
		    const struct source *, struct mutants *);
/* Corrects what they break by a file of judgements. */
void		 mutants_judge(struct arena *, const struct suite *,
		    const struct source *, struct mutants *);

#endif
