/* SPDX-License-Identifier: MIT */
/* A test file, and the estate that it speaks of. */
#ifndef TOOLS_SUITE_FILE_H
#define TOOLS_SUITE_FILE_H

#include "simulator/suite.h"
#include "tools/venue.h"

struct suite_file {
	const char		*path;		/* NULL: no file, no suite */
	const char		*estate;	/* as shown: its path, or what
						 * stands in its place */
	const struct suite	*suite;
	struct report		 report;	/* what is wrong with it */
	const char		*error;		/* why it cannot be read, or
						 * NULL */
	struct venue		 venue;
};

/*
 * Reads it; its faults are said on standard error, at their places.  The venue
 * holds the options.  Returns the exit code that it deserves: what has one must not be run or proved.
 */
int		 suite_file_read(struct arena *, const char *path,
		    struct suite_file *);

/*
 * Opens the estate: what the options say, else the file, else what is found
 * upwards.  The venue holds the options; the file must stay where it is.
 * Returns the exit code, or EXIT_FINE.
 */
int		 suite_file_open(struct arena *, struct suite_file *);

/* A file that another names, from where that one stands. */
const char	*suite_file_beside(struct arena *, const char *path,
		    struct word name);

#endif
