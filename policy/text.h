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
#include "policy/report.h"
#include "policy/source.h"

enum { TEXT_DEPTH_MAX = 64 };

enum node_kind {
	NODE_NULL,
	NODE_BOOLEAN,
	NODE_NUMBER,
	NODE_STRING,
	NODE_ARRAY,
	NODE_OBJECT
};

/* Decoded text has a NUL behind it, but may hold others. */
struct node {
	enum node_kind		 kind;
	struct span		 span;		/* quotes, brackets included */
	struct span		 key_span;	/* its key, quotes included;
						 * empty outside objects */
	const char		*key;		/* decoded; NULL outside
						 * objects */
	size_t			 key_length;
	const char		*text;		/* a string, decoded; else a
						 * scalar's source text; NULL
						 * for arrays and objects */
	size_t			 length;
	size_t			 count;		/* children */
	size_t			 index;		/* among its siblings */
	const struct node	*parent;
	const struct node	*first;		/* child */
	const struct node	*next;		/* sibling */
};

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

/* The member of that exact name, the first if there are several; or NULL. */
const struct node	*node_find(const struct node *object, const char *key);

/* They have the same key, letter for letter, which text_read() complains of in
 * one object. */
bool			 node_is_twin_of(const struct node *,
			    const struct node *);

/* The brace that opens an object: where to say that a member is missing. */
struct span		 node_opening(const struct node *object);

/*
 * Where bytes [start, start + length) of a string's decoded text stand in
 * the source, also when escapes come before or between them.
 */
struct span		 node_span_within(const struct source *,
			    const struct node *string, size_t start,
			    size_t length);

/*
 * For each byte of a string's decoded text, and for its end, the offset in
 * the source that it came from: length + 1 offsets.
 */
const size_t		*node_origins(struct arena *, const struct source *,
			    const struct node *string);

/* The JSON pointer (RFC 6901) of the deepest key or value around the span. */
const char		*text_pointer(const struct text *, struct arena *,
			    struct span);
/* The value that a pointer names, or NULL. */
const struct node	*text_find(const struct text *, const char *pointer);

/* What text_read() may complain of; ends with a NULL id. */
extern const struct complaint text_complaints[];

#endif
