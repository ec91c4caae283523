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

/* In how many cases out of a hundred. */
struct hamlet_odds {
	unsigned	 welcome;	/* a resource lets in whole sorts of
					 * callers */
	unsigned	 open;		/* an account has principals and
					 * resources that are not listed */
};

struct hamlet {
	struct arena			*arena;
	struct dice			 dice;
	struct dice			 apart;		/* for what only some
							 * hamlets have */
	struct hamlet_odds		 odds;
	const char			*accounts[2];
	bool				 open[2];	/* these accounts */
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

struct hamlet	*hamlet_new(struct arena *, uint64_t seed,
		    const struct hamlet_odds *);
/* More callers: whom the estate does not list, whether he is there or not. */
void		 hamlet_add_strangers(struct hamlet *);
/* The ARN of one of them, where some account has more than is listed; mostly
 * NULL. */
const char	*hamlet_draw_stranger(struct hamlet *);
/* Reads the text of an estate into the court, whose other members are set;
 * false when it is none. */
bool		 hamlet_court(struct arena *, const char *text,
		    struct court *);
/* The eye that draft.c draws up policies with: some caller's, on some call. */
struct scene	 hamlet_scene(struct hamlet *);
/* All keys that a hamlet may have; ends with one without a name. */
extern const struct scene_key hamlet_keys[];

#endif
