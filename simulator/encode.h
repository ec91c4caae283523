/* SPDX-License-Identifier: MIT */
/*
 * Compiled policies as formulas over a supposed call: what condition.c,
 * element_*.c, actor.c and clause.c do with a request, done with an unknown
 * one.  The rows of operators.def expand here once more, into
 * encode_<type>_<comparison>, so that an operator without its encoding does
 * not compile.
 */
#ifndef SIMULATOR_ENCODE_H
#define SIMULATOR_ENCODE_H

#include "simulator/clause.h"
#include "simulator/hearing.h"
#include "simulator/supposition.h"

/* What the statements of a layer come to; formulas. */
struct encoded {
	int	 deny;			/* some Deny matches */
	int	 allow[MATCH_ANY + 1];	/* some Allow matches in that class; of
					 * layers without Principal, all in
					 * MATCH_DIRECT */
};

/* What an unknown document comes to, as formulas: both may be open. */
struct encode_unknown {
	int	 deny;
	int	 allow;
};

/* How a layer is read. */
struct encode_use {
	int	 bounded;		/* formula: the caller has a permissions
					 * boundary (PRIN-22) */
	bool	 gateway;		/* GRAM-31 */
	bool	 hopeful;		/* an unknown document allows all and
					 * denies nothing; else the other way
					 * round */
	const struct encode_unknown *unknown;	/* of each layer, in place of
					 * that; or NULL */
};

/* What nobody knows of a layer comes to. */
struct encoded	 encode_nobody_knows(const struct encode_use *, enum layer);

/* Counts the keys that the documents test, before any is encoded. */
void		 encode_expect(struct supposed_request *,
		    const struct charters *);

/* Of the same meaning as test_holds(). */
int		 encode_test(struct supposed_request *, const struct test *);
/* Of the same meaning as action_element_matches(). */
int		 encode_actions(struct supposed_request *,
		    const struct action_element *);
/* Of the same meaning as resource_element_matches(). */
int		 encode_resources(struct supposed_request *,
		    const struct resource_element *);
/* The slot's text is the expanded text (VAR-2 to VAR-11). */
int		 encode_substitution(struct supposed_request *, size_t slot,
		    const struct substitution *);

/* An entry of Principal matches the caller in that class (PRIN-18). */
int		 encode_principal(struct supposition *,
		    const struct principal *, enum match_class);
/* The same of a Deny under which somebody must be able to do something: whoever
 * may be meant is denied. */
int		 encode_denied(struct supposition *,
		    const struct principal *, enum match_class);
/* The caller is exempted by this NotPrincipal list. */
int		 encode_exemption(struct supposition *,
		    const struct principals *);

/* All statements of some documents of one layer. */
struct encoded	 encode_layer(struct supposed_request *,
		    const struct charters *, const struct encode_use *);
/* Some Allow is for sts:TagSession, whatever it asks besides (TRUST-8). */
int		 encode_tagging(struct supposed_request *,
		    const struct charter *);
/* Some Allow matches, of whatever class. */
int		 encoded_allows(struct formulas *, const struct encoded *);

#endif
