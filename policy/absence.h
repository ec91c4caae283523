/* SPDX-License-Identifier: MIT */
/*
 * Condition keys that some requests lack, and whose requests those are (SPEC
 * 3.2, 4).  A test lets in, or hits, whoever lacks its key; what somebody
 * wanted with the test is not known here.
 */
#ifndef POLICY_ABSENCE_H
#define POLICY_ABSENCE_H

#include <stdbool.h>

#include "policy/layer.h"
#include "policy/statement.h"

enum absence_family {
	FAMILY_CALLER,			/* who calls */
	FAMILY_PUBLIC,			/* from which public address */
	FAMILY_PRIVATE,			/* from which network, by endpoint */
	FAMILY_OWNER,			/* whose the resource is */
	FAMILY_TAG,			/* how the resource is tagged */
	FAMILY_SOURCE,			/* for whom a service comes */
	FAMILY_MFA,			/* with which second factor */
	FAMILY_SIGN_IN,			/* how the caller signed in */
	FAMILY_ROUTE			/* by which service or machine */
};

/*
 * Keys by what they say, for condition_is_on_one(): of which organization the
 * caller is, whose the resource is, the public address, the network, for whom
 * a service comes, whether a service calls by itself, its name, whether it
 * calls for somebody, and what only users and roles have (KEY-1, KEY-3, KEY-5,
 * KEY-6).
 */
extern const char *const absence_organization_keys[];
extern const char *const absence_owner_keys[];
extern const char *const absence_public_keys[];
extern const char *const absence_private_keys[];
extern const char *const absence_source_keys[];
extern const char *const absence_service_keys[];
extern const char *const absence_service_name_keys[];
extern const char *const absence_forward_keys[];
extern const char *const absence_person_keys[];

struct absence {
	const char		*key;	/* condition_is_on() */
	enum absence_family	 family;
	layer_set		 layers;	/* where it matters */
	bool			 strangers;	/* only if anybody may call */
	bool			 negatable;	/* "all but these" is a mistake,
						 * since it lets in who lacks
						 * the key */
	const char		*lacking;	/* whose requests; plural */
};

/* NULL for keys that every request carries, or that are well left out. */
const struct absence	*absence_find(const struct condition *);

/* It matters in a statement of that layer. */
bool	 absence_matters(const struct absence *, enum layer,
	    const struct statement *);

/* It lists what dynamodb:Select may say, and all of that names attributes:
 * who names none asks for all of them. */
bool	 condition_pins_select(const struct condition *);

/*
 * Of requests without the key another test of the statement is false, or its
 * Resource takes in nothing; or Null says that they are meant.
 */
bool	 absence_is_guarded(const struct statement *,
	    const struct condition *);

/* The test is true of requests without its key (COND-6); not for Null. */
bool	 absence_passes(const struct condition *);

/* It is true of every request. */
bool	 condition_holds(const struct condition *);
/* The value is all addresses of its kind, IPv4 or IPv6. */
bool	 condition_value_is_every_address(const struct condition *,
	    const struct node *);

/* Not all of Condition could be read. */
bool	 statement_is_unread(const struct statement *);
/* It says nothing: it is not there, or empty, or all of it always true. */
bool	 statement_holds(const struct statement *);
/* The same of requests from the internet. */
bool	 statement_holds_outside(const struct statement *);

/* It is true of all values but those listed, and of requests without any. */
bool	 absence_excepts(const struct condition *);

/* The statement demands a key of that family. */
bool	 statement_demands_family(const struct statement *,
	    enum absence_family);

/* A key of that family is tested, other than for presence. */
bool	 statement_tests_family(const struct statement *,
	    enum absence_family);

#endif
