/* SPDX-License-Identifier: MIT */
/*
 * What every layer says of a request, before anybody decides: which layers
 * apply (SPEC table 5.2), what their statements came to, and the facts about
 * caller and resource that the decision turns on.
 */
#ifndef SIMULATOR_HEARING_H
#define SIMULATOR_HEARING_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/assumption.h"
#include "simulator/clause.h"
#include "simulator/credential.h"
#include "simulator/request.h"
#include "simulator/trail.h"

/* Compiled documents of one layer, or of one level of it. */
struct charters {
	const struct charter *const	*items;
	size_t				 count;
};

/* Levels of SCPs or RCPs: the root first, the account last. */
struct levels {
	const struct charters	*items;
	size_t			 count;		/* 0: the layer is absent */
};

/* Everything that may bear on a request; what is empty puts no limit
 * (EVAL-2). */
struct policies {
	struct charters	 identity;
	struct charters	 boundary;
	struct charters	 session;
	struct charters	 resource;		/* or the role's trust policy */
	struct charters	 endpoint;
	struct levels	 scp;
	struct levels	 rcp;			/* RCPFullAWSAccess is implied */
};

/* What the statements of a layer, or of a level of it, came to. */
struct standing {
	enum truth	 deny;
	match_set	 allow;		/* classes of Allow that match */
	match_set	 maybe;		/* and of those that may */
};

/* What the levels of SCPs or RCPs came to: any Deny counts, and the first
 * level without an Allow. */
struct ladder {
	enum truth	 deny;
	size_t		 deny_level;
	bool		 lacks_certain;		/* some level surely has none */
	bool		 lacks_possible;	/* some level may have none */
	size_t		 level;			/* the first of these */
};

/* Who decides what: the facts that 5.10 starts from. */
struct hearing {
	const struct request		*request;
	const struct policies		*policies;
	const struct assumptions	*assumptions;
	struct trail			*trail;
	struct scope			 scope;
	assumption_set			 rests;
	credential_set			 credentials;
	call_set			 call;
	bool	 free;			/* STS-1, STS-2 */
	bool	 assumed_root;		/* EVAL-12 */
	bool	 has_identity;		/* table 5.2, the layers that apply */
	bool	 has_boundary;
	bool	 has_session;
	bool	 bounded;		/* PRIN-22, also of a free call */
	bool	 wants_session;		/* STS-5, EVAL-12: it must have one */
	bool	 has_scp;
	bool	 has_rcp;
	bool	 has_endpoint;
	bool	 owned;			/* EVAL-39 */
	bool	 cross;			/* EVAL-16 */
	bool	 mandatory;		/* TRUST-1, KMS-1 */
	bool	 open;			/* something is unknown */
	bool	 unreadable;		/* some layer that applies is */
	enum layer unreadable_layer;
	bool	 unknown;		/* nobody knows what some layer says */
	enum layer unknown_layer;
	struct standing	 identity, boundary, session, resource, endpoint;
	struct ladder	 scp, rcp;
};

/*
 * Hears every layer that applies to a caller with these credentials, which
 * are its own when the context has no key that is unknown.  The call of the
 * request was read.  The trail may be NULL.
 */
void	 hearing_hold(struct hearing *, const struct request *,
	    const struct policies *, const struct assumptions *,
	    credential_set, struct trail *);

/* The caller has it, or is taken to have it. */
bool	 hearing_has(const struct hearing *, enum credential_fact);
/* The call is one of these. */
bool	 hearing_is(const struct hearing *, call_set);

#endif
