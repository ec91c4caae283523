/* SPDX-License-Identifier: MIT */
/*
 * Documents of before and of after, paired: two files, or two directories
 * file by file.  What they allow is not asked here.
 */
#ifndef TOOLS_PAIRING_H
#define TOOLS_PAIRING_H

#include <stdbool.h>

#include "policy/layer.h"
#include "policy/list.h"
#include "policy/statement.h"

struct half {
	const char		*file;		/* as shown; NULL: there is no
						 * such document */
	const char		*pointer;	/* of the policy in the file */
	const struct policy	*policy;	/* NULL: faulty, or none */
};

struct pair {
	struct half	 old, new;
	bool		 fits;			/* both are of one layer */
	enum layer	 layer;
	const char	*reason;		/* for the layer, or why none
						 * fits */
};

struct pairing {
	LIST(struct pair)	 list;
	size_t			 skipped;	/* files without a policy */
	bool			 unreadable;	/* said on standard error */
};

/* What is said of all documents. */
struct pairing_use {
	bool		 has_layer;
	enum layer	 layer;
};

/*
 * Adds the pairs of two paths, which are both files or both directories;
 * anything else ends the command.  Faults of documents are printed.
 */
void	 pairing_find(struct arena *, const char *old, const char *new,
	    const struct pairing_use *, struct pairing *);

#endif
