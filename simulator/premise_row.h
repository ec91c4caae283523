/* SPDX-License-Identifier: MIT */
/*
 * One row a key: its name, why it is what it is, who has it, and what more
 * can be said.  Only the files of premise_*.c include this; derive_row.h is
 * the same for one concrete request.
 */
#ifndef SIMULATOR_PREMISE_ROW_H
#define SIMULATOR_PREMISE_ROW_H

#include "simulator/fact.h"
#include "simulator/premise.h"

/* A key that something is said of. */
struct premise_subject {
	struct supposition		*call;
	struct supposed_request		*request;	/* of the resource, or
							 * the call's first */
	struct supposed_key		*key;
	enum premise			 premise;
	struct premise_reading		 reading;
};

struct premise_row {
	const char	*name;		/* NULL ends a table; a family of keys
					 * when it ends with a slash */
	enum premise	 premise;
	kind_set	 may;		/* callers whose requests can have it */
	kind_set	 must;		/* and those whose requests have it,
					 * if the action's do at all */
	void		 (*add)(const struct premise_subject *);  /* or NULL */
};

extern const struct premise_row premise_caller_rows[];
extern const struct premise_row premise_session_rows[];
extern const struct premise_row premise_way_rows[];
extern const struct premise_row premise_resource_rows[];
extern const struct premise_row premise_call_rows[];

/* By the subject's premise: something must hold; if the first, the second;
 * both or neither. */
void	 premise_require(const struct premise_subject *, int formula);
void	 premise_imply(const struct premise_subject *, int condition,
	    int formula);
void	 premise_equate(const struct premise_subject *, int, int);

/* When the call is made, and when its credentials were. */
void	 premise_add_times(const struct premise_subject *);

/* The key is of the tag; absent when that is one that AWS sets itself, which
 * no list of tags knows. */
struct word		 premise_tag(const struct premise_subject *);
/* The value in the list; absent when it has no such tag. */
struct word		 premise_find_tag(const struct estate_tags *,
			    struct word key);

/* A claim of an identity provider: a provider is a host, which has a dot. */
bool	 premise_is_claim(struct word key);

/* Requests for the action can carry the key, a struct supposed_key: it may be
 * so, or it is surely so. */
bool	 premise_may_have(const struct supposed_action *, const void *key);
bool	 premise_surely_has(const struct supposed_action *, const void *key);

/* Actions that act in the caller's account (A7), with blanks between them. */
extern const char premise_at_home[];

/*
 * What is neither a key nor hangs on one: who the caller is, where the call
 * goes, what it is about.
 */
void	 premise_add_caller(struct supposition *);
void	 premise_add_way(struct supposition *);
void	 premise_add_resource(struct supposed_request *);
void	 premise_add_call(struct supposition *, struct premise_reading);

/* What a casting tells by itself: the account, the ARN; or absent. */
struct word	 premise_account_of(const struct casting *);
struct word	 premise_arn_of(const struct supposition *,
		    const struct casting *);
/* The caller is of that kind, and the estate does not list it. */
int		 premise_unlisted(const struct supposition *,
		    enum actor_kind);
/* The last part of the ARN of a user or a role. */
struct word	 premise_name_of(struct word arn);

/* The caller is of an account of the estate. */
int		 premise_calls_from(const struct supposition *,
		    struct word account);
/* A7: the action is about the caller's account, whatever it names. */
bool		 premise_acts_at_home(const struct supposed_action *,
		    const void *);

/*
 * The subject says in which organization an account is (KEY-9): its id, or
 * the paths to it.  The account is the slot's, while the condition holds.
 */
void	 premise_add_org_id(const struct premise_subject *, int condition,
	    size_t account);
void	 premise_add_org_paths(const struct premise_subject *, int condition,
	    size_t account);
/* The same of an account that is known. */
void	 premise_add_org_id_of(const struct premise_subject *, int condition,
	    struct word account);
void	 premise_add_org_paths_of(const struct premise_subject *,
	    int condition, struct word account);

#endif
