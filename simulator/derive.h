/* SPDX-License-Identifier: MIT */
/*
 * The keys of a request that follow from the estate, from the kind of
 * principal and of its credentials, and from the way that the request takes
 * (SPEC section 4): present with a value, absent, or unknown.  What the user
 * gives always wins.
 */
#ifndef SIMULATOR_DERIVE_H
#define SIMULATOR_DERIVE_H

#include "policy/arena.h"
#include "policy/assumption.h"
#include "simulator/estate.h"
#include "simulator/request.h"

/* What signs the request. */
enum credential {
	CREDENTIAL_UNKNOWN = 0,
	CREDENTIAL_LONG_TERM,		/* an access key of a user or root */
	CREDENTIAL_SESSION		/* temporary, of whatever origin */
};

enum way_kind {
	WAY_UNKNOWN = 0,
	WAY_INTERNET,			/* a public endpoint */
	WAY_ENDPOINT,			/* a VPC endpoint */
	WAY_SERVICE			/* forwarded by a service: FAS */
};

/* The way that a request takes to the service (KEY-3). */
struct way {
	enum way_kind			 kind;
	struct word			 endpoint_id;	/* of WAY_ENDPOINT */
	const struct estate_endpoint	*endpoint;	/* NULL: foreign */
};

/* What a session carries from hop to hop (TRUST-9 to TRUST-12). */
struct session {
	bool			 known;		/* of role sessions that a hop
						 * before has made; else what
						 * they carry is unknown */
	struct estate_tags	 tags;		/* of the session, without the
						 * role's own */
	struct estate_tags	 transitive;	/* among them */
	struct word		 source_identity;	/* absent: none */
	bool			 with_mfa;	/* whoever assumed the role
						 * showed MFA (A-MFA) */
};

/* What a call passes to STS along with the role (TRUST-8). */
struct passing {
	bool			 assumes;	/* the call makes a session */
	struct word		 session_name;	/* absent: unknown */
	struct estate_tags	 tags;		/* asked for in this call */
	struct estate_tags	 transitive;	/* among them */
	struct estate_tags	 inherited;	/* TRUST-11 */
	struct word		 source_identity;	/* absent: none is set */
	struct word		 former_identity;	/* of the session that calls;
							 * absent: none, or
							 * unknown */
};

/* All that derivation starts from. */
struct situation {
	const struct estate		*estate;
	const struct assumptions	*assumptions;
	const struct estate_principal	*principal;	/* of the caller; NULL:
							 * not in the estate */
	const struct estate_resource	*resource;	/* likewise */
	bool				 barred;	/* no tags can be passed to
							 * sessions of the role
							 * (passing.h) */
	enum credential			 credential;
	bool				 mfa;		/* the caller shows MFA */
	struct way			 way;
	struct session			 session;
	struct passing			 passing;
	struct word			 time;		/* ISO 8601; absent:
							 * unknown */
	bool				 named_document;	/* A2: of calls of
							 * ssm:StartSession */
	const struct context_key	*given;		/* by the user; their
							 * origin is GIVEN, or
							 * ABSENT */
	size_t				 given_count;
	bool				 closed;	/* what is neither given
							 * nor derived is absent */
	bool				 any;		/* what a caller chooses
							 * and nobody speaks of
							 * is open: MFA, a
							 * service between, what
							 * is passed to STS */
};

/*
 * Completes the context of a request, whose actor, action, resource, owner
 * and flags are set: given keys first, then derived ones, each once.  Values
 * that the user gives are also used to derive others: an aws:SourceVpce of
 * the estate says what aws:SourceVpc is, unless that is given too.  Sets the
 * actor's unique id (PRIN-16).  Assumptions that a derived value rests on go
 * to `*rests', which may be NULL.
 *
 * Keys that the catalogue knows and does not list for the action are absent,
 * unless the action is not listed or the call makes a session.  A resource
 * that AWS owns is of account 000000000000, in no organization (EVAL-39).
 * sts:ExternalId is unknown unless given; everything else that a call passes
 * to STS is taken to be in the situation, or not passed.
 */
void	 derive_context(struct arena *, const struct situation *,
	    struct request *, assumption_set *rests);

/* Calls that take the code of an MFA device, and no other does (KEY-7), with
 * blanks between. */
extern const char derive_codes[];

/* What is odd about a key that the user gives. */
struct derive_doubt {
	struct word	 key;
	const char	*says;		/* lower case, no stop; as "is a list,
					 * but the key has one value" */
};

/*
 * What no request of AWS looks like, in a context that is complete: keys of
 * two ways at once (KEY-3), a list for a key of one value, a value of another
 * type.  Such keys are used as they are.
 */
struct derive_doubts {
	const struct derive_doubt	*items;
	size_t				 count;
};

struct derive_doubts	 derive_doubts(struct arena *,
			    const struct request *, const struct catalog *);

#endif
