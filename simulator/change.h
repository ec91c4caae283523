/* SPDX-License-Identifier: MIT */
/*
 * What one document allows and another does not: a witness for each way in,
 * or a proof that there is none (PROOF 4).  Both are encoded over one supposed
 * request, so that whatever they have in common is one formula.
 *
 * A document alone decides nothing; what is compared is what its layer makes
 * of it.  A statement of a layer with Principal may match more or less
 * closely (PRIN-18): to match as closely as before is asked, too, since the
 * decision hangs on it (EVAL-21 to EVAL-24).
 */
#ifndef SIMULATOR_CHANGE_H
#define SIMULATOR_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "simulator/clause.h"
#include "simulator/proof.h"
#include "simulator/summons.h"
#include "simulator/witness.h"

enum change_verdict {
	CHANGE_UNDECIDED = 0,
	CHANGE_SOMETHING,
	CHANGE_NOTHING
};

/* "undecided", "some", "none". */
const char	*change_verdict_name(enum change_verdict);

/* One way in: all requests that one statement lets in, and whose absence
 * before is another's doing. */
struct change_witness {
	struct sighting		 sighting;	/* one of these requests */
	const struct clause	*grants;	/* the Allow; NULL: the layer
						 * allows what nobody denies */
	const struct clause	*stopped;	/* the Deny of the other document;
						 * NULL: nothing allows it */
	bool			 closer;	/* both allow it, this one without
						 * asking for an identity policy */
	LIST(struct word)	 actions;	/* entries of the Action of `grants'
						 * under which there is one */
	bool			 more_actions;	/* and perhaps more */
};

struct change_answer {
	enum change_verdict		 verdict;
	const char			*reason;	/* of undecided, or of
							 * `more'; or NULL */
	bool				 more;		/* there may be more */
	bool				 bug;		/* the simulator does not
							 * confirm the witness */
	LIST(struct change_witness)	 witnesses;
	uint64_t			 steps;
};

struct change_options {
	uint64_t		 budget;	/* steps for each direction */
	size_t			 most;		/* witnesses; at least 1 */
	bool			 real;		/* only requests of the catalogue's
						 * actions */
	premise_set		 premises;	/* what is taken to be true */
};

/*
 * What is true of every request that the grammar of a layer can express:
 * that it is one, and, where policies name callers, that its keys are those
 * of who calls.  Types of resources, the catalogue's lists and AWS's habits
 * are not: a document may speak of what the catalogue does not know.  No list
 * of values holds an empty text.
 */
premise_set	 change_premises(enum layer);

/* One that has no Allow at all: what it does not deny is taken to be allowed
 * by others beside it.  NULL is no document. */
bool		 change_is_beside(const struct charter *from,
		    const struct charter *to);

/*
 * What `to' allows and `from' does not, both of one layer; NULL is no document
 * there.  The court has no exhibits; of its estate the premises speak.
 */
void		 change_find(struct arena *, const struct court *, enum layer,
		    const struct charter *from, const struct charter *to,
		    const struct change_options *, struct change_answer *);

#endif
