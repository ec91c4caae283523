/* SPDX-License-Identifier: MIT */
/* What the parts of repertoire.h share; nobody else includes this. */
#ifndef SIMULATOR_REPERTOIRE_ROW_H
#define SIMULATOR_REPERTOIRE_ROW_H

#include "simulator/repertoire.h"

enum { SIGNATURE_BITS = 64 };

struct signature {
	const struct action	*action;
	const uint64_t		*bits;
	size_t			 words;
	bool			 peculiar;	/* it stands for itself alone */
};

/* Which wildcards match a name; the sum tells most of them apart at once. */
struct shape {
	uint64_t	 sum;
	const uint64_t	*bits;
};

struct surveyor {
	struct arena			*arena;
	const struct court		*court;
	const struct charters		*documents;
	const struct charters		*granting;	/* or NULL */
	bool				 apart, announced_only;
	struct words			 keys;
	LIST(struct pattern)		 wanted, told;
	LIST(const struct pattern *)	 near;		/* of those wanted, such
							 * as may match actions
							 * of the service */
	LIST(const struct pattern *)	 wild;		/* of actions, each once */
	LIST(struct shape)		 shapes;	/* of names that are not
							 * announced */
	uint64_t			*bits;		/* of the name at hand */
	LIST(struct signature)		 signatures;
	char				*name;		/* of the action at hand */
	size_t				 name_size;
	size_t				 clause_count;
	size_t				 announced;	/* in the repertoire, before
							 * all others */
	struct repertoire		*repertoire;
};

static inline void
signature_set(uint64_t *bits, size_t index, bool value)
{
	bits[index / SIGNATURE_BITS] |= (uint64_t)value <<
	    index % SIGNATURE_BITS;
}

/* What is asked for may be of that name. */
bool	 surveyor_wants(const struct surveyor *, struct word name);
/* Some document that could allow it has a statement about it, or none need
 * have: see find_unmodelled() of decision.c. */
bool	 surveyor_may_grant(const struct surveyor *, const struct scope *);
/* `listed' and `service' are NULL where nobody has announced them. */
void	 surveyor_add(struct surveyor *, struct word name,
	    const struct action *listed, const struct service *service);
/* All that nobody has announced, by one name of each sort. */
void	 surveyor_add_unlisted(struct surveyor *);

#endif
