/* SPDX-License-Identifier: MIT */
/*
 * One principal, one action, one resource and what is known of the context
 * (EVAL-1).  Words point into whatever the request was read from.
 */
#ifndef SIMULATOR_REQUEST_H
#define SIMULATOR_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"
#include "policy/arn.h"
#include "policy/catalog.h"
#include "simulator/actor.h"
#include "simulator/family.h"

enum origin {
	ORIGIN_ABSENT = 0,		/* known not to be there */
	ORIGIN_GIVEN,
	ORIGIN_DERIVED,
	ORIGIN_UNKNOWN			/* may or may not be there */
};

/*
 * What the request's context says of one key.  Of an unknown key, the values
 * are those of which it has one if it is there; none: it may have any.
 */
struct context_key {
	struct word		 name;
	uint32_t		 hash;		/* key_hash() of the name */
	enum origin		 origin;
	bool			 there;		/* unknown, but for its
						 * being there */
	const struct word	*values;
	size_t			 count;
};

/*
 * Keys that are not listed are absent when they are of a closed family, else
 * unknown in an open context, else absent.
 */
struct context {
	const struct context_key	*keys;
	size_t				 count;
	bool				 open;
	family_set			 closed;
};

enum {
	REQUEST_PRINCIPAL_IN_MANAGEMENT = 1 << 0,	/* EVAL-8 */
	REQUEST_RESOURCE_IN_MANAGEMENT = 1 << 1,	/* EVAL-9 */
	REQUEST_SERVICE_LINKED = 1 << 2,		/* EVAL-35 */
	REQUEST_AWS_KMS_KEY = 1 << 3,			/* EVAL-9 */
	REQUEST_AWS_OWNED = 1 << 4			/* EVAL-39 */
};

struct request {
	struct actor		 actor;
	struct word		 action;	/* "s3:GetObject" as given */
	const struct action	*listed;	/* in the catalogue, or NULL */
	const struct service	*service;	/* of its prefix, or NULL */
	struct word		 resource;	/* an ARN, or "*" */
	bool			 resource_open;	/* it is "*" as nobody said
						 * which: it may be any */
	struct word		 resource_account;	/* owner */
	unsigned		 flags;
	unsigned		 call;		/* call_read(), so that not
						 * every decision reads it; or
						 * 0 */
	bool			 gateway;	/* endpoint kind: GRAM-31 */
	struct context		 context;
};

/* A hash of a key's name that does not see case (GRAM-17). */
uint32_t	 key_hash(const char *name, size_t length);

/*
 * What the context says of a key.  Of several that differ in case, those that
 * are not there do not count, then the same spelling wins, then the first
 * (COND-36).  Never NULL: a key that nothing is said of is absent or unknown,
 * as the context says.
 */
const struct context_key	*request_key(const struct request *,
			    const char *name, size_t length, uint32_t hash);

/* The catalogue has it as a list (COND-33); unlisted keys are none. */
bool		 key_is_multivalued(const struct catalog *, struct word name);

/* The key is given or derived, with a value (COND-7). */
bool		 context_key_is_present(const struct context_key *);
/* Nothing is known of some key, listed or not. */
bool		 context_has_unknown(const struct context *);
/* Nothing can be said of it. */
bool		 context_key_is_unknown(const struct context_key *);

/* The key's only value is exactly "true", in any case. */
bool		 request_says_true(const struct request *, const char *name);
/* The key is there, whether its value is known or not. */
bool		 request_has(const struct request *, const char *name);
/* Nothing is known of the key. */
bool		 request_is_unknown(const struct request *, const char *name);

/* Notes in the actor what of it is not known: its id, a session's role, what
 * the session is called. */
void		 request_open_actor(struct request *);

/* What stands before the colon of aws:userid (PRIN-16), or nothing. */
struct word	 request_unique_id(const struct request *);

/* The resource is a KMS key (KMS-4). */
bool		 request_is_about_key(const struct request *);

/* The action is one of a blank-separated list, without case; of a service by
 * its prefix; the resource is an ARN of that service whose last field begins
 * so. */
bool		 request_action_is_among(const struct request *,
		    const char *list);
bool		 request_action_is_of(const struct request *,
		    const char *prefix);
bool		 request_resource_is_of(const struct request *,
		    const char *service, const char *start);

/* A role's trust policy is what grants it (TRUST-1). */
bool		 request_asks_trust(const struct request *);

#endif
