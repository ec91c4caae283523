/* SPDX-License-Identifier: MIT */
/*
 * A call of which everything may be open: who makes it, which way, what it
 * asks for, and every context key.  What is open is a slot of the universe or
 * one of several bits, of which exactly one is true; what can be said of it,
 * premise.c says, and what the policies make of it, encode.c.
 *
 * A supposition mirrors what summons.h and request.h hold of a concrete call.
 */
#ifndef SIMULATOR_SUPPOSITION_H
#define SIMULATOR_SUPPOSITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/list.h"
#include "simulator/summons.h"
#include "simulator/universe.h"

enum { SLOT_NONE = (size_t)-1 };

/* What is taken to be true of requests, by name. */
enum premise {
#define PREMISE(symbol, name, says)	PREMISE_##symbol,
#include "simulator/premises.def"
#undef PREMISE
	PREMISE_COUNT
};

/* Whoever may make the call: somebody of the estate, or of a sort. */
struct casting {
	enum actor_kind			 kind;
	const struct estate_principal	*principal;	/* NULL: not listed; of a
							 * federated session its
							 * user */
	const struct estate_account	*account;	/* NULL: foreign, or has
							 * none (service, provider,
							 * anonymous) */
	bool				 unknown;	/* nobody knows its
							 * policies: it is foreign,
							 * or not listed, of an open
							 * account */
	bool				 foreign;	/* of an account that the
							 * estate does not have */
	bool				 service_linked;
	int				 bit;
};

/* A way that it may take. */
struct supposed_way {
	enum way_kind			 kind;
	const struct estate_endpoint	*endpoint;	/* NULL with WAY_ENDPOINT:
							 * a foreign one */
	int				 bit;
};

/* What a resource may be. */
enum supposed_sort {
	SORT_NOTHING,			/* the pseudo-resource * (RES-9) */
	SORT_RESOURCE,			/* a resource of the estate */
	SORT_ROLE,			/* a role of the estate */
	SORT_UNLISTED,			/* of an account of the estate */
	SORT_AWS,			/* AWS's own, not listed */
	SORT_FOREIGN
};

struct supposed_resource {
	enum supposed_sort		 sort;
	const struct estate_resource	*resource;
	const struct estate_principal	*role;
	const struct estate_account	*account;	/* owner, if of the estate */
	int				 bit;
};

/* A context key. */
struct supposed_key {
	struct word		 name;
	uint32_t		 hash;
	bool			 multivalued;
	bool			 everywhere;	/* requests for any action may
						 * carry it */
	size_t			 expected;	/* tests and claims of it */
	size_t			 room;		/* slots for what other keys say
						 * is among its values */
	const size_t		*slots;		/* one; of a multivalued key as
						 * many as can matter, in no
						 * order; NULL: not asked for */
	size_t			 count;
	int			 present;	/* formula: it has a value */
	int			 inherited;	/* formula: it is a tag of the
						 * caller's session that was made
						 * transitive (TRUST-10); 0: nobody
						 * has asked */
};

struct supposed_keys {
	LIST(struct supposed_key *) list;
};

/* An action that a request may be for. */
struct supposed_action {
	struct word			 name;	/* "s3:GetObject" */
	const struct action		*listed;	/* NULL: not announced */
	const struct service		*service;	/* NULL: not listed */
	int				 bit;
};

/*
 * One way to weaken a statement: drop a Deny, drop one condition of an Allow,
 * or widen one of its elements to `*'.  Or a document as a whole is taken to
 * allow everything, or nothing.  While the bit is true, nothing is.
 */
enum edit_kind {
	EDIT_DROP,			/* the Deny */
	EDIT_ACTION,			/* Action: * */
	EDIT_RESOURCE,			/* Resource: * */
	EDIT_PRINCIPAL,			/* Principal: * */
	EDIT_CONDITION,			/* without `test' */
	EDIT_TRUST,			/* the document allows all, and denies
					 * nothing */
	EDIT_DISTRUST			/* it allows nothing, and denies all */
};

struct supposed_edit {
	enum edit_kind			 kind;
	const struct charter		*charter;
	const struct clause		*clause;
	const struct test		*test;
	int				 bit;
};

/* Edits are the same for all calls of a chain and all their requests. */
struct supposed_edits {
	LIST(struct supposed_edit)	 list;
	bool				 whole;	/* of documents, not of their
						 * statements */
};

struct supposition;
struct reservations;

/* One request of the call. */
struct supposed_request {
	struct supposition		*call;
	const char			*part;	/* of calls.tsv, or NULL */
	int				 there;	/* formula: the call has it */
	enum call_when			 when;	/* CALL_ALWAYS and CALL_NAMED, or
						 * what its being there hangs on */
	const struct supposed_action	*actions;
	size_t				 action_count;
	int				*bits;	/* room for as many, for who
						 * chooses among them */
	bool				 any;	/* they are all that there are */
	size_t				 action;	/* closed slot: of these */
	size_t				 name;		/* slot: any action at all,
							 * whatever `actions' says;
							 * or SLOT_NONE */
	size_t				 sort;		/* closed slot: of sorts */
	size_t				 resource;	/* slot: ARN or * */
	size_t				 owner;		/* slot: account; absent
							 * when AWS owns it */
	const struct supposed_resource	*sorts;
	size_t				 sort_count;
	struct supposed_keys		*keys;	/* that each resource has of
						 * its own */
};

/*
 * Which of all that there may be are looked at: whoever knows who calls, and
 * for what, need not suppose the others.
 */
struct supposed_focus {
	bool	 (*may_call)(const struct casting *, const void *);
	bool	 (*may_be)(const struct supposed_resource *, const void *);
	const void *context;
};

struct supposition {
	struct arena			*arena;
	const struct court		*court;
	struct universe			*universe;
	struct formulas			*formulas;
	const char			*label;	/* of its slots: "", "first " */
	const struct supposed_focus	*focus;	/* or NULL: all are */
	struct supposed_edits		*edits;	/* that may be made; NULL: the
						 * statements stand as they are */
	size_t				 caller;	/* closed slot: casting */
	size_t				 path;		/* closed slot: way */

	const struct casting		*castings;
	size_t				 casting_count;
	size_t				 arn;	/* slot: of the user, the role
						 * (never the session), the root
						 * user or the federated session;
						 * absent for the others */
	size_t				 account;	/* slot: 12 digits; absent
							 * likewise */
	size_t				 session;	/* slot: name of a role or
							 * federated session */
	size_t				 issuer;	/* slot: ARN of the user, or
							 * root user, behind a
							 * federated session */
	size_t				 unique_id;	/* slot: AIDA..., AROA... */
	size_t				 outsider;	/* slot: service or provider */

	const struct supposed_way	*ways;
	size_t				 way_count;
	struct supposed_keys		 keys;		/* shared by its requests */
	LIST(struct supposed_request *)	 requests;

	int				 premises[PREMISE_COUNT];	/* all that is
							 * required so far, by why:
							 * formulas */
	assumption_set			*rests;		/* that were followed */
	struct reservations		*reserved;	/* what is left out of it
							 * (reservation.h); NULL:
							 * nobody asks for that */
	const char			*unsupported;	/* what cannot be encoded,
							 * for people; or NULL: then
							 * no verdict may be given */
};

/*
 * A call by anybody whom the estate allows for, any way.  Its requests are
 * still to be added.  The label tells the calls of a chain apart.
 */
struct supposition	*supposition_new(struct arena *, const struct court *,
			    struct universe *, const char *label);

/* The same of a call of which more is known.  Where nobody is left who could
 * make it, or nothing that it could be about, it is unsupported. */
struct supposition	*supposition_new_about(struct arena *,
			    const struct court *, struct universe *,
			    const char *label, const struct supposed_focus *);

/*
 * Adds a request: for any of the actions, on a resource of any sort.  The
 * part may be NULL; `there' is FORMULA_TRUE unless the call may be without
 * it.  The pointer is good as long as the supposition.
 */
struct supposed_request	*supposition_add(struct supposition *,
			    const char *part, int there,
			    const struct supposed_action *actions,
			    size_t count);

/* Another action on the same resource: sts:TagSession beside sts:AssumeRole. */
struct supposed_request	*supposition_add_like(const struct supposed_request *,
			    int there, const struct supposed_action *actions,
			    size_t count);

/* The request may be for any action that a pattern can match, listed or not. */
void	 supposition_open_action(struct supposed_request *,
	    const struct word *preferred, size_t count);

/* What a key of the catalogue is: each resource of a call has it anew. */
bool	 key_is_of_resource(struct word name);

/*
 * The key's slots; made when it is first asked for.  Of a multivalued key so
 * many as supposition_expect() has counted, and one more.
 */
struct supposed_key	*supposition_key(struct supposed_request *,
			    struct word name);
/* One test more, or one claim more, will be made of that key. */
void			 supposition_expect(struct supposed_request *,
			    struct word name);
/*
 * The slot of a multivalued key that is left for what the other one says is
 * among its values, as aws:RequestTag/team does of aws:TagKeys.  There is none
 * when the other one was first expected after the slots were made.
 */
size_t			 supposition_room(const struct supposition *,
			    const struct supposed_key *whole,
			    const struct supposed_key *part);

/*
 * The formula with an edit in it: true when it is, or when the edit is made.
 * Without edits it is the formula itself.
 */
int	 supposition_weaken(struct supposition *, int formula,
	    struct supposed_edit);

/* Something must hold. */
void	 supposition_require(struct supposition *, enum premise, int formula);
/* If the first holds, so must the second. */
void	 supposition_imply(struct supposition *, enum premise, int condition,
	    int formula);

/* The word chosen for an assumption, which is noted; 0 is the default. */
unsigned	 supposition_assume(const struct supposition *,
		    enum assumption);
/* Notes one that somebody else follows. */
void		 supposition_note(const struct supposition *,
		    enum assumption);

/* Formulas about the caller, the way, the request. */
int	 supposition_is_kind(const struct supposition *, enum actor_kind);
int	 supposition_is_way(const struct supposition *, enum way_kind);
int	 supposition_is_service_linked(const struct supposition *);
/* A federated session that the root user has handed out. */
int	 supposition_is_root_issued(const struct supposition *);
/* The action is one that the function says yes to. */
int	 supposition_acts(const struct supposed_request *,
	    bool (*says)(const struct supposed_action *, const void *),
	    const void *context);
/* The slot has exactly that text. */
int	 supposition_text(const struct supposition *, size_t slot,
	    const char *text);

#endif
