/* SPDX-License-Identifier: MIT */
/*
 * A request as section 2.5 and EVAL-1 see it: who calls, through what, and
 * what is asked for.  Says nothing about policies.
 */
#ifndef TESTCASES_REFERENCE_REQUEST_H
#define TESTCASES_REFERENCE_REQUEST_H

#include "testcases/reference_arn.h"
#include "testcases/reference_choice.h"

enum reference_caller {
	REFERENCE_UNRECOGNIZED = 0,
	REFERENCE_USER,
	REFERENCE_ROLE_SESSION,
	REFERENCE_FEDERATED_SESSION,
	REFERENCE_ROOT,
	REFERENCE_SERVICE,
	REFERENCE_PROVIDER,
	REFERENCE_ANONYMOUS
};

struct reference_request {
	struct arena		*arena;
	const struct assumptions *choices;
	enum reference_caller	 caller;
	struct reference_string	 principal;	/* `federated:' taken off */
	struct reference_arn	 principal_arn;
	struct reference_arn	 issuer;	/* not whole when unknown */
	struct reference_string	 issuer_name;	/* the same, as text */
	struct reference_string	 role_name;	/* of role sessions */
	struct reference_string	 action;
	struct reference_string	 resource;
	struct reference_arn	 resource_arn;
	struct reference_string	 resource_account;
	const struct node	*context;
	const struct node	*flags;
	bool			 gateway;	/* GRAM-31 */
};

/* The member `request' of an example; NULL reads as a request of nobody. */
struct reference_request	 reference_request_read(struct arena *,
				    const struct node *,
				    const struct assumptions *);

/* The values of a key of the context; none when it is absent. */
struct reference_strings	 reference_request_values(
				    const struct reference_request *,
				    const char *key);
/* The context has the key; has it with this one value, in any case. */
bool	 reference_request_has_key(const struct reference_request *,
	    const char *key);
bool	 reference_request_says(const struct reference_request *,
	    const char *key, const char *value);
bool	 reference_request_has_flag(const struct reference_request *,
	    const char *flag);
/* Compared as in GRAM-16; the second is of the prefix alone. */
bool	 reference_request_is_action(const struct reference_request *,
	    const char *action);
bool	 reference_request_is_of_service(const struct reference_request *,
	    const char *prefix);

/* Of an account: users, sessions and root users (PRIN-4). */
bool	 reference_request_has_account(const struct reference_request *);
/* Not of EVAL-16's same account; anonymous callers never are (EVAL-40). */
bool	 reference_request_crosses(const struct reference_request *);
/* EVAL-8, EVAL-35. */
bool	 reference_request_is_service_linked(const struct reference_request *);
/* TRUST-1: the resource policy is the trust policy of a role. */
bool	 reference_request_asks_trust(const struct reference_request *);
/* KMS-4. */
bool	 reference_request_is_on_key(const struct reference_request *);

#endif
