/* SPDX-License-Identifier: MIT */
/*
 * A random estate that is small enough to try every request in it: who may
 * call there, what for and on what, and which keys its policies may ask for.
 * What its policies say is drawn up by draft.c; what they come to is not known
 * here.
 */
#ifndef TESTCASES_HAMLET_H
#define TESTCASES_HAMLET_H

#include <stdbool.h>

#include "simulator/summons.h"
#include "testcases/scene.h"

enum {
	HAMLET_CALLERS_MAX = 24,
	HAMLET_CALLS_MAX = 12,
	HAMLET_KEYS_MAX = 3,
	HAMLET_ENDPOINTS_MAX = 2
};

/* Somebody who may call. */
struct hamlet_caller {
	const char	*principal;	/* a role: its session is meant */
	const char	*session;	/* or NULL */
	const char	*issuer;	/* of a federated session, or NULL */
	const char	*word;		/* what a guarantee calls it; or NULL */
};

/* A call with one resource. */
struct hamlet_call {
	const char	*action, *resource;
	const char	*owner;		/* where the ARN does not say it */
};

struct hamlet {
	struct arena			*arena;
	struct dice			 dice;
	struct dice			 apart;		/* for what only some
							 * hamlets have */
	unsigned			 open;		/* hamlet_new() */
	const char			*accounts[2];
	size_t				 account_count;
	struct hamlet_caller		 callers[HAMLET_CALLERS_MAX];
	size_t				 caller_count;
	struct hamlet_call		 calls[HAMLET_CALLS_MAX];
	size_t				 call_count;
	struct scene_key		 keys[HAMLET_KEYS_MAX];
	size_t				 key_count;
	const char			*endpoints[HAMLET_ENDPOINTS_MAX];
	size_t				 endpoint_count;
	struct writing			 estate;	/* JSON */
};

/* Of a hundred resources, so many let in whole sorts of callers, and of as many
 * accounts a third as many have principals that are not listed. */
struct hamlet	*hamlet_new(struct arena *, uint64_t seed, unsigned open);
/* More callers, whom no promise of oath.c speaks of. */
void		 hamlet_add_strangers(struct hamlet *);
/* Reads the text of an estate into the court, whose other members are set;
 * false when it is none. */
bool		 hamlet_court(struct arena *, const char *text,
		    struct court *);
/* The eye that draft.c draws up policies with: some caller's, on some call. */
struct scene	 hamlet_scene(struct hamlet *);
/* All keys that a hamlet may have; ends with one without a name. */
extern const struct scene_key hamlet_keys[];

#endif
