/* SPDX-License-Identifier: MIT */
/*
 * What `sekisho who' and `sekisho what' share: options, the sentence that one
 * word of is missing, progress, formats and exit codes.
 */
#ifndef TOOLS_CANVASS_H
#define TOOLS_CANVASS_H

#include "simulator/census.h"
#include "simulator/sentence.h"
#include "tools/output.h"
#include "tools/venue.h"

/* One of the two commands. */
struct canvass_kind {
	const char	*name;		/* "who" */
	const char	*schema;	/* "sekisho.who/1" */
	size_t		 missing;	/* which word of the grammar is not
					 * there: 0 the principal, 1 the action */
	size_t		 least;		/* words that must be */
	const char	*usage;
	const struct option_row *options;	/* of its own, or NULL */
	bool		(*find)(struct arena *, const struct court *,
			    const struct question *,
			    const struct census_use *, struct census *,
			    struct question_fault *);
};

/* The tokens from the first on, in the grammar of `can': a star stands for the
 * word that is missing. */
struct tokens	 canvass_complete(struct arena *, const struct tokens *,
		    size_t first, size_t missing);

/* --hops. */
extern const struct option_row canvass_hops[];

/* Does it all; returns the exit code. */
int	 canvass_main(struct arena *, const struct canvass_kind *, int argc,
	    char **argv);

#endif
