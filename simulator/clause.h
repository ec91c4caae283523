/* SPDX-License-Identifier: MIT */
/*
 * Policies, compiled: a charter is a document, a clause one of its
 * statements.  Compiling reads every pattern and value once; matching
 * allocates nothing.
 */
#ifndef SIMULATOR_CLAUSE_H
#define SIMULATOR_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/layer.h"
#include "simulator/condition.h"
#include "simulator/element.h"
#include "simulator/roll.h"

struct clause {
	const struct statement	*statement;
	enum effect		 effect;
	struct action_element	 actions;
	struct resource_element	 resources;
	const struct test	*tests;
	size_t			 test_count;
};

/* A compiled document. */
struct charter {
	const struct policy	*policy;
	enum layer		 layer;
	bool			 usable;	/* else the layer is refused */
	const char		*fault;		/* why it is not, for people */
	const struct statement	*faulty;	/* where, or NULL */
	bool			 unknown;	/* nobody knows what it says:
						 * usable, without clauses; a
						 * hearing takes it to say
						 * anything */
	const struct clause	*clauses;
	size_t			 count;
	const struct roll	*roll;		/* NULL: none was made */
};

/* Make bit sets over the catalogue, and a roll where it saves something. */
enum { CHARTER_INDEXED = 1 };

/*
 * Compiles for these assumptions; requests must be tested under the same.  A
 * document that AWS would not have stored in that layer is not usable.
 */
const struct charter	*charter_compile(struct arena *,
			    const struct catalog *, const struct policy *,
			    enum layer, const struct assumptions *,
			    unsigned flags);

/* A policy of which nothing is known: it may say anything. */
const struct charter	*charter_unknown(struct arena *, enum layer);

/* Which element of a clause failed, in the order of evaluation. */
enum element_kind {
	ELEMENT_NONE,			/* all matched */
	ELEMENT_ACTION,
	ELEMENT_RESOURCE,
	ELEMENT_PRINCIPAL,
	ELEMENT_CONDITION
};

/* How one clause met one request. */
struct meeting {
	enum truth		 matches;
	enum match_class	 class;		/* of layers with a Principal;
						 * MATCH_NONE until it counts */
	enum match_class	 hoped;		/* the strongest that it may
						 * be: more where the actor is
						 * open */
	enum element_kind	 failed;	/* the first that failed; when
						 * none did but some are
						 * unknown, their first */
	const struct test	*test;		/* likewise, of a condition */
};

/*
 * `bounded': the caller has a permissions boundary (PRIN-22).  In layers
 * without Principal the class of a match is MATCH_DIRECT.
 */
struct meeting	 clause_meet(const struct clause *, const struct charter *,
		    bool bounded, const struct scope *);

/*
 * One element by itself, whatever came of those before it: for whoever tells
 * how near a clause was.  The caller is taken to have no boundary, which only
 * a Deny with NotPrincipal would ask for.
 */
enum truth	 clause_element(const struct clause *, const struct charter *,
		    const struct scope *, enum element_kind);

#endif
