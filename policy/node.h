/* SPDX-License-Identifier: MIT */
/* A value of a document, with its key and where both stand. */
#ifndef POLICY_NODE_H
#define POLICY_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/source.h"

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

#endif
