/* SPDX-License-Identifier: MIT */
/*
 * A layer is the office that a policy holds in a decision.  Here stands which
 * elements each layer may hold (SPEC 1.3), and how the layer of a document is
 * guessed when nobody says it.
 */
#ifndef POLICY_LAYER_H
#define POLICY_LAYER_H

#include <stdbool.h>

#include "policy/arena.h"
#include "policy/statement.h"

enum layer {
	LAYER_IDENTITY,
	LAYER_BOUNDARY,
	LAYER_SESSION,
	LAYER_RESOURCE,
	LAYER_TRUST,
	LAYER_ENDPOINT,
	LAYER_SCP,
	LAYER_RCP,
	LAYER_COUNT
};

/* Their names, for messages. */
#define LAYER_NAMES	"identity, boundary, session, resource, trust, "	\
			"endpoint, scp, rcp"

/* A set of layers, one bit each: LAYER_SET(SCP) | LAYER_SET(RCP). */
typedef unsigned layer_set;
#define LAYER_SET(NAME)		(1u << LAYER_##NAME)
#define LAYERS_ALL		((1u << LAYER_COUNT) - 1)
/* Documents that IAM itself stores about identities. */
#define LAYERS_ATTACHED		(LAYER_SET(IDENTITY) | LAYER_SET(BOUNDARY) | \
				 LAYER_SET(SESSION))
/* Documents that have a Principal element. */
#define LAYERS_PRINCIPAL	(LAYER_SET(RESOURCE) | LAYER_SET(TRUST) | \
				 LAYER_SET(ENDPOINT) | LAYER_SET(RCP))

/*
 * What a trust policy decides (TRUST-1), with blanks between: the calls that
 * make a session of a role, and what is asked beside them.
 */
#define TRUST_ASSUMING		"sts:AssumeRole sts:AssumeRoleWithSAML "	\
				"sts:AssumeRoleWithWebIdentity"
#define TRUST_BESIDE		"sts:TagSession sts:SetSourceIdentity "	\
				"sts:SetContext"

/* A gateway endpoint reads Principal in its own way (GRAM-31). */
enum endpoint_kind {
	ENDPOINT_KIND_UNKNOWN,
	ENDPOINT_KIND_GATEWAY,
	ENDPOINT_KIND_INTERFACE
};

struct layer_guess {
	enum layer	 layer;		/* the likeliest */
	layer_set	 candidates;	/* all that fit; one bit: certain */
	const char	*reason;	/* lower case, no stop */
};

const char	*layer_name(enum layer);
/* Reads a layer's name, and `vpce' for endpoint. */
bool		 layer_find(const char *name, enum layer *);

/* The commonest layer of a set that is not empty. */
enum layer	 layer_first(layer_set);

/*
 * Guesses from the elements; where several layers fit, words in the path
 * (`scp', `trust', ...) choose among them.  The path may be NULL.
 */
struct layer_guess	 layer_guess(struct arena *, const struct policy *,
			    const char *path);
/* Among layers that somebody has named, words in the path choose. */
struct layer_guess	 layer_choose(struct arena *, layer_set,
			    const char *reason, const char *path);
/* The guess of somebody who knows. */
struct layer_guess	 layer_given(enum layer, const char *reason);

#endif
