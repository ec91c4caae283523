/* SPDX-License-Identifier: MIT */
/*
 * What the entries and keys of policies mean, by their text alone and by the
 * catalogue.  Policies repeat themselves and each other, and many rules ask of
 * one entry: whatever has been read is remembered by its text, and beside that
 * by its node for as long as the document is at hand.
 */
#ifndef POLICY_EXPANDER_H
#define POLICY_EXPANDER_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/arn.h"
#include "policy/catalog.h"
#include "policy/pattern.h"
#include "policy/text.h"

/* An Action or NotAction entry, resolved against the catalogue. */
struct expansion {
	struct pattern			 pattern;	/* whole, folded */
	const struct service		*service;	/* NULL: unknown, or the
							 * prefix is wild */
	size_t				 prefix_length;	/* up to the colon; equal
							 * to the text's when
							 * there is none */
	bool				 any;		/* it is "*" */
	bool				 wild;		/* has a wildcard */
	bool				 prefix_wild;	/* "*:Get*", "s*:x" */
	/* what is wrong with its form (GRAM-37), or NULL */
	const char			*fault;
	const struct action *const	*actions;	/* listed ones it
							 * matches, when the
							 * service is known */
	size_t				 count;
};

/* A Resource or NotResource entry, by its text alone. */
struct address {
	struct arn			 arn;
	bool				 readable;	/* it begins as an ARN,
							 * and its fields are
							 * filled in */
	/* its service is a listed prefix; is that of some listed ARN */
	bool				 service_known, service_named;
	/* listed types that it can be; none while its service is wild */
	const struct resource_type *const *types;
	size_t				 type_count;
	/* arn_pattern_read(), when asked for: as it is, and padded */
	const struct pattern		*patterns[2];
};

/* The key of a test in a Condition. */
struct listing {
	/* in whose table it should stand, by its prefix; NULL: unknown */
	const struct service		*service;
	const struct key		*own;		/* the row there, or NULL */
	const struct global_key		*global;	/* catalog_global_key() */
	/* its own row, or else catalog_key(); NULL: nobody lists it */
	const struct key		*key;
	bool				 everywhere;	/* catalog_key_is_
							 * everywhere() */
};

struct expander;

/* Both outlive the expander; what it remembers is the arena's. */
struct expander		*expander_new(struct arena *, const struct catalog *);

/* Turns to the nodes of another text, with an arena that lives as long as it;
 * NULL forgets them all, before they are gone, and nothing may be asked until
 * the next turn. */
void			 expander_turn(struct expander *, struct arena *,
			    const struct text *);

const struct expansion	*expander_action(struct expander *,
			    const struct node *);
const struct address	*expander_resource(struct expander *,
			    const struct node *);
/* A Resource entry as a pattern; `pad': RES-5 is heeded. */
const struct pattern	*expander_pattern(struct expander *,
			    const struct node *, bool pad);
/* Of the node's key. */
const struct listing	*expander_key(struct expander *, const struct node *);

#endif
