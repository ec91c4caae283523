/* SPDX-License-Identifier: MIT */
/*
 * What the path of a file says of the document in it, where the document does
 * not: .../ACCOUNT/REGION/SERVICE/NAME.json.  Each word may be missing, and
 * other directories may stand between them.
 */
#ifndef SIMULATOR_IMPORT_PATH_H
#define SIMULATOR_IMPORT_PATH_H

#include "policy/arena.h"
#include "simulator/word.h"

struct import_path {
	struct word	 account;	/* twelve digits */
	struct word	 region;
	struct word	 target;	/* root, unit, or account in the file's
					 * own name, of an organization */
	struct word	 policy;	/* "p-..." */
	struct word	 arn;		/* of the resource, or managed policy */
	bool		 arn_guessed;	/* a part of it is not known */
};

/* The region is for paths that have none; it may be NULL.  Words that the path
 * does not have are absent. */
struct import_path	 import_path_read(struct arena *, const char *path,
			    const char *region);

#endif
