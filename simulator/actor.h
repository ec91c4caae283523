/* SPDX-License-Identifier: MIT */
/*
 * Who makes a request, read from its ARN or name (SPEC 2.5, EVAL-1), and how
 * entries of Principal match it.
 */
#ifndef SIMULATOR_ACTOR_H
#define SIMULATOR_ACTOR_H

#include <stdbool.h>

#include "policy/statement.h"
#include "simulator/scope.h"
#include "simulator/word.h"

enum actor_kind {
	ACTOR_ANONYMOUS = 0,
	ACTOR_USER,
	ACTOR_ROLE_SESSION,		/* also a role ARN: session unnamed */
	ACTOR_FEDERATED_SESSION,	/* of GetFederationToken */
	ACTOR_ROOT,
	ACTOR_SERVICE,			/* an AWS service principal */
	ACTOR_PROVIDER			/* identity provider: SAML, OIDC */
};

struct actor {
	enum actor_kind	 kind;
	struct word	 principal;	/* as the request has it; a provider
					 * without `federated:' */
	struct word	 partition;	/* of its ARN; absent for anonymous,
					 * services and providers, as is */
	struct word	 account;
	struct word	 name;		/* role name without path, user name */
	struct word	 session;	/* session or federated name; absent
					 * when the principal is a role ARN */
	struct word	 issuer;	/* ARN of role or issuing user; absent
					 * when unknown */
	bool		 root_issued;	/* federated session of a root user */
	bool		 service_linked;	/* EVAL-35 */
	struct word	 unique_id;	/* AIDA..., AROA...; whoever builds the
					 * request sets it, from
					 * request_unique_id() */
	bool		 open_id;	/* it is not known, not even to be
					 * absent */
	bool		 open_role;	/* nor is the role of a session */
	bool		 open_session;	/* nor what the session is called */
	bool		 open_alias;	/* nor the canonical user id of the
					 * account */
	bool		 suits;		/* a reading: what is not known is as
					 * the entry at hand would have it */
};

/* Match classes of PRIN-18, weakest first. */
enum match_class {
	MATCH_NONE = 0,
	MATCH_ACCOUNT,
	MATCH_ISSUER,
	MATCH_DIRECT,
	MATCH_ANY
};

/* A set of classes, one bit each; MATCH_NONE is in no set. */
typedef unsigned match_set;
#define MATCH_SET(class)	(1u << (class))

/*
 * Reads the principal of a request: an ARN of a user, root, role, assumed
 * role or federated user, a service name, "federated:" and a provider, or
 * "*".  The issuer, of a role session or a federated session, may be absent
 * (PRIN-9); other principals have none, and one that is given is not looked
 * at.  False when it is none of these, or when the issuer is not the role or
 * an identity of the account that the principal tells of.
 */
bool		 actor_read(struct actor *, struct word principal,
		    struct word issuer);

/* Something of it that entries name is not known. */
bool		 actor_is_open(const struct actor *);
/* That reading of an actor.  Between it and the actor itself, which nothing
 * suits that is not known, lie all others. */
struct actor	 actor_suit(const struct actor *);

/* The word that guarantees have for a kind: "user", "federated", ... */
bool		 actor_kind_find(struct word, enum actor_kind *);

/* The entry names somebody, but nobody here can say whom: a canonical user id
 * or an origin access identity of CloudFront (PRIN-14).  It matches nobody
 * whose id is not open. */
bool		 actor_is_obscure(const struct principal *);
/* An ARN of the latter: it has no account. */
bool		 actor_names_origin_identity(struct word);

/* How one entry of Principal matches (PRIN-1 to PRIN-18). */
enum match_class	 actor_match(const struct actor *,
			    const struct principal *, const struct scope *);
/* The classes of all entries. */
match_set	 actor_match_all(const struct actor *,
		    const struct principals *, const struct scope *);
/* The strongest class of a set. */
enum match_class	 match_set_strongest(match_set);

/*
 * The actor is exempted by this NotPrincipal list (PRIN-19 to PRIN-24); the
 * boundary rule, PRIN-22, is the caller's.
 */
bool		 actor_exempted(const struct actor *,
		    const struct principals *, const struct scope *);

#endif
