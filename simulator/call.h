/* SPDX-License-Identifier: MIT */
/*
 * What the rules ask of the action and the resource of a request, apart from
 * what policies do.  Answered once; of whoever makes the call only the
 * partition is looked at.
 */
#ifndef SIMULATOR_CALL_H
#define SIMULATOR_CALL_H

#include "simulator/request.h"

enum {
	CALL_KNOWN = 1 << 0,		/* it was read */
	CALL_OF_STS = 1 << 1,		/* the action's service */
	CALL_OF_IAM = 1 << 2,
	CALL_UNLOCK_QUEUE = 1 << 3,	/* EVAL-11 */
	CALL_ASSUME_ROLE = 1 << 4,
	CALL_SESSION_DETAIL = 1 << 5,	/* TagSession and the like */
	CALL_CALLER_IDENTITY = 1 << 6,	/* STS-1 */
	CALL_SESSION_TOKEN = 1 << 7,	/* STS-2 */
	CALL_FEDERATION_TOKEN = 1 << 8,	/* STS-7 */
	CALL_ASSUME_ROOT = 1 << 9,	/* EVAL-41 */
	CALL_RETIRE_GRANT = 1 << 10,	/* EVAL-9 */
	CALL_BUCKET_POLICY = 1 << 11,	/* EVAL-11 */
	CALL_ASKS_TRUST = 1 << 12,	/* TRUST-1 */
	CALL_ON_KEY = 1 << 13,		/* KMS-4 */
	CALL_ON_ROLE = 1 << 14,
	CALL_ON_LINKED_ROLE = 1 << 15,	/* EVAL-9 */
	CALL_ON_ACCESS_POINT = 1 << 16,	/* EVAL-41 */
	CALL_ON_NOTHING = 1 << 17,	/* the pseudo-resource, RES-9 */
	CALL_ON_RESERVED = 1 << 18,	/* EVAL-38 */
	CALL_ABROAD = 1 << 19		/* another partition: RES-11 */
};

/* Some of these, one bit each. */
typedef unsigned call_set;

/* What makes one of these true of a resource: how its ARN begins. */
struct call_place {
	call_set	 call;
	const char	*service;
	const char	*start;			/* of its resource part */
};

enum { CALL_PLACE_COUNT = 6 };

extern const struct call_place call_places[CALL_PLACE_COUNT];

/* What AWS made and keeps, and what would change it (EVAL-38). */
struct call_reserved {
	const char	*service, *account;	/* of the ARN; NULL: any */
	const char	*start;			/* of its resource part */
	const char	*actions;
};

enum { CALL_RESERVED_COUNT = 3 };

extern const struct call_reserved call_reserved[CALL_RESERVED_COUNT];

/* The actions that make one of these true, with blanks between; of one that a
 * list of actions makes so, whatever they are upon. */
const char	*call_actions(call_set one);

/* Its requests name every tag that they pass (KEY-8). */
bool		 call_names_tags(const struct action *);
/* And they name no others, since it makes something or tags it: what takes
 * tags off names those, and what changes something may do both. */
bool		 call_names_only_tags(const struct action *);

/* Without a signature it is refused before any policy is looked at (EVAL-32). */
bool		 call_wants_signature(struct word action);

/* Its service is reached at one region alone in the partition `aws'. */
bool		 call_is_global(const struct service *);

/*
 * Reads a request, whose member `call' is not looked at.  To put the answer
 * there spares every decision on it the reading.
 */
call_set	 call_read(const struct request *);

#endif
