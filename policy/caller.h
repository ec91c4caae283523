/* SPDX-License-Identifier: MIT */
/*
 * Who may call: what an entry of Principal names (SPEC 2.5), and what a
 * statement demands of its caller (SPEC 3.2).  Read from the text alone:
 * whether such a user, role or provider exists is not known here.
 */
#ifndef POLICY_CALLER_H
#define POLICY_CALLER_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/rule.h"

enum caller_kind {
	CALLER_UNKNOWN,			/* no form that AWS knows */
	CALLER_OPEN,			/* holds a placeholder or a variable:
					 * not to be judged */
	CALLER_WILD,			/* a wildcard in a longer text */
	CALLER_EVERYONE,
	CALLER_ACCOUNT,			/* an id, or the root ARN (PRIN-4) */
	CALLER_USER,
	CALLER_ROLE,
	CALLER_SESSION,			/* of a role (PRIN-8) */
	CALLER_FEDERATED_USER,
	CALLER_GROUP,			/* never a principal (PRIN-15) */
	CALLER_USER_ID,			/* AIDA... (PRIN-16) */
	CALLER_ROLE_ID,			/* AROA... */
	CALLER_ORIGIN_ACCESS,		/* CloudFront's own kind of user */
	CALLER_SAML,
	CALLER_OIDC,
	CALLER_SERVICE,
	CALLER_CANONICAL_USER
};

enum { ACCOUNT_LENGTH = 12 };

struct caller {
	enum caller_kind	 kind;
	const char		*account;	/* its digits, or NULL */
	const char		*name;		/* without path; of a session,
						 * the role's; of OIDC, host
						 * and path */
	size_t			 length;
};

struct caller	 caller_read(const struct principal *);

/* The account of the callers whom the value of a test lets in, of
 * aws:PrincipalAccount or aws:PrincipalArn; it may have none. */
struct caller	 caller_of_value(const struct condition *,
		    const struct node *value);

/*
 * The options list accounts ("accounts": [...]), and the caller's account is
 * known and not among them.
 */
bool		 caller_is_foreign(const struct caller *,
		    const struct node *options);

/* What is wrong with that list, for a rule that needs it. */
struct option_fault	 caller_find_fault(struct arena *,
			    const struct node *options);

/* What the names of AWS services end in, by partition; ends with NULL. */
extern const char *const caller_service_suffixes[];
/* The length of a service's name before that; 0 when it ends in none. */
size_t		 caller_service_stem(const struct node *);

/* A Deny for the other holds for whomever the one names: in a Deny, an account
 * is every user, role and session of it (PRIN-4). */
bool		 principal_is_denied_by(const struct principal *,
		    const struct principal *denied);

/* The entry of Principal that is everyone; NULL if none, or NotPrincipal. */
const struct principal	*statement_everyone(const struct statement *);

/* AWS services and nobody else are listed, be it by NotPrincipal. */
bool		 principals_are_services(const struct principals *);
/* Principal lists them, and nobody else; the first that it lists, or NULL. */
bool		 statement_is_for_services(const struct statement *);
const struct principal	*statement_service(const struct statement *);

/* It lists values to have: a positive operator, other than Null. */
bool		 condition_selects(const struct condition *);

/*
 * Only requests that carry the key with one of the listed values pass: it
 * selects, without IfExists and ForAllValues (COND-6).
 */
bool		 condition_demands(const struct condition *);

/* Only requests that carry the key pass, with whatever value. */
bool		 condition_needs_key(const struct condition *);

/* It is on one of the keys; the list ends with NULL (condition_is_on()). */
bool		 condition_is_on_one(const struct condition *,
		    const char *const *keys);

/* Some condition of the statement on one of the keys selects, or demands. */
bool		 statement_selects(const struct statement *,
		    const char *const *keys);
bool		 statement_demands(const struct statement *,
		    const char *const *keys);

#endif
