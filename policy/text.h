/* SPDX-License-Identifier: MIT */
/*
 * A document as JSON: strict RFC 8259, with a span for every value and key.
 *
 * cJSON builds the tree, but it is too lenient to judge input that a security
 * decision rests on, so a scan of our own goes first and cJSON never leaves
 * text.c.  A fault that leaves the shape of the document clear (a duplicate
 * member, invalid UTF-8, a comment, ...) is reported and reading goes on, so
 * that it hides no other; the document is then not `usable' for deciding.
 */
#ifndef POLICY_TEXT_H
#define POLICY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/node.h"
#include "policy/report.h"
#include "policy/source.h"

enum { TEXT_DEPTH_MAX = 64 };

struct text {
	const struct source	*source;
	const struct node	*root;		/* NULL when it is no JSON */
	size_t			 count;		/* nodes; they follow the root
						 * in document order */
	bool			 usable;	/* no fault was found */
	bool			 ascii;		/* from the root's first byte to
						 * its last; false may mean
						 * that nobody looked */
};

/* Every fault goes to the report.  Never NULL. */
const struct text	*text_read(struct arena *, const struct source *,
			    struct report *);

/* The JSON pointer (RFC 6901) of the deepest key or value around the span. */
const char		*text_pointer(const struct text *, struct arena *,
			    struct span);
/* The value that a pointer names, or NULL. */
const struct node	*text_find(const struct text *, const char *pointer);

/* What text_read() may complain of; ends with a NULL id. */
extern const struct complaint text_complaints[];

#endif
