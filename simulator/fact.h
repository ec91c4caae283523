/* SPDX-License-Identifier: MIT */
/*
 * What premises are made of: formulas about a supposed call, its slots, its
 * caller, its accounts.  Nothing here says what must be true.
 */
#ifndef SIMULATOR_FACT_H
#define SIMULATOR_FACT_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/supposition.h"

/* Kinds of callers, one bit each. */
typedef unsigned kind_set;
#define KIND_SET(kind)	(1u << (kind))

enum {
	KINDS_WITH_ACCOUNT = KIND_SET(ACTOR_USER) |
	    KIND_SET(ACTOR_ROLE_SESSION) | KIND_SET(ACTOR_FEDERATED_SESSION) |
	    KIND_SET(ACTOR_ROOT),
	KINDS_ALL = KINDS_WITH_ACCOUNT | KIND_SET(ACTOR_ANONYMOUS) |
	    KIND_SET(ACTOR_SERVICE) | KIND_SET(ACTOR_PROVIDER)
};

int	 fact_and(const struct supposition *, int, int);
int	 fact_or(const struct supposition *, int, int);

/* The slot has a text. */
int	 fact_there(const struct supposition *, size_t slot);
int	 fact_text(const struct supposition *, size_t slot, struct word);
/*
 * The text matches a form: `*' and `?' are wildcards, `~' is any text without
 * a colon, `#' any letter but a colon, `%' the value of one more slot, in
 * order.  At most four slots.
 */
int	 fact_form(const struct supposition *, size_t slot, const char *form,
	    ...);
/* The form without regard to case; it has no `%'. */
int	 fact_folded(const struct supposition *, size_t slot,
	    const char *form);
/* One of these bytes stands somewhere in the text, as itself. */
int	 fact_has_any(const struct supposition *, size_t slot,
	    const char *bytes);
int	 fact_same(const struct supposition *, size_t slot, size_t other);

/* The key of a request, if somebody has asked for it; else NULL. */
struct supposed_key	*fact_key(const struct supposed_request *,
			    const char *name);
/* Its value is that word; of a multivalued key, its only one. */
int	 fact_value(const struct supposition *, const struct supposed_key *,
	    struct word);
/* One of its values is that word, without regard to case. */
int	 fact_has_value(const struct supposition *,
	    const struct supposed_key *, struct word);
/* It has a value, which is the slot's. */
int	 fact_value_of(const struct supposition *, const struct supposed_key *,
	    size_t slot);
/* The caller is of one of the kinds; its credentials are temporary. */
int	 fact_is_kind(const struct supposition *, kind_set);
int	 fact_is_temporary(struct supposed_request *);

/* The slot is an account of the estate. */
int	 fact_is_ours(const struct supposition *, size_t slot);
/* "aws": the partition that the estate is in. */
const char	*fact_partition(const struct supposition *);
/* The account that a listed principal is of. */
struct word	 fact_account_of(const struct estate_principal *);

/* Some request of the call that is there has such an action. */
int	 fact_call_acts(const struct supposition *,
	    bool (*says)(const struct supposed_action *, const void *),
	    const void *context);
/* The action is one of a blank-separated list, without case; for
 * supposition_acts(), where one that nobody has announced is not. */
bool	 action_is_named(const struct action *, const char *list);
bool	 action_is_among(const struct supposed_action *, const void *list);
/* "sts:AssumeRole sts:TagSession ...": the calls that make a session, each
 * with what is asked beside it (TRUST-8). */
extern const char action_assuming[];

#endif
