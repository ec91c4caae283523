/* SPDX-License-Identifier: MIT */
/* PRIN-1 to PRIN-24, entry by entry. */
#include "config.h"

#include "testcases/reference_principal.h"

/* What an entry is held against. */
struct meeting {
	const struct reference_request	*request;
	bool				 gateway;
};

/* Entries of the key AWS. */

/* PRIN-4: the account, named by its id or by its root user.  An id says
 * nothing of the partition. */
static bool
names_account(const struct reference_request *request,
    struct reference_string entry)
{
	const struct reference_arn *caller = &request->principal_arn;
	struct reference_arn arn = reference_arn_read(entry);

	if (reference_string_is_of(entry, "0123456789"))
		return reference_strings_equal(entry, caller->account);
	return reference_string_is(arn.service, "iam") &&
	    reference_string_is(arn.resource, "root") &&
	    reference_strings_equal(arn.partition, caller->partition) &&
	    reference_strings_equal(arn.account, caller->account);
}

/* PRIN-4, PRIN-5, GRAM-31. */
static bool
matches_account(const struct meeting *meeting, struct reference_string entry)
{
	const struct reference_request *request = meeting->request;

	if (!reference_request_has_account(request))
		return false;
	if (meeting->gateway && request->caller != REFERENCE_ROOT)
		return false;
	return names_account(request, entry);
}

/* PRIN-9, when the issuer is not known: neither path nor case count. */
static bool
names_role_of_session(const struct reference_request *request,
    struct reference_string entry)
{
	const struct reference_arn *session = &request->principal_arn;
	struct reference_arn arn = reference_arn_read(entry);

	return reference_arn_is_role(&arn) &&
	    reference_strings_equal(arn.partition, session->partition) &&
	    reference_strings_equal(arn.account, session->account) &&
	    reference_strings_equal_folded(reference_arn_name(&arn),
	    request->role_name);
}

/* PRIN-7, PRIN-9. */
static bool
names_role(const struct reference_request *request,
    struct reference_string entry)
{
	if (request->caller != REFERENCE_ROLE_SESSION)
		return false;
	if (reference_arn_is_role(&request->issuer))
		return reference_strings_equal(entry, request->issuer_name);
	return names_role_of_session(request, entry);
}

/* PRIN-11: a root user that issued a session is its account, not a user. */
static bool
names_issuing_user(const struct reference_request *request,
    struct reference_string entry)
{
	return request->caller == REFERENCE_FEDERATED_SESSION &&
	    reference_arn_is(&request->issuer, "iam", "user/") &&
	    reference_strings_equal(entry, request->issuer_name);
}

/* PRIN-6, PRIN-8, PRIN-10.  A session without a name is not to be named. */
static bool
names_caller(const struct reference_request *request,
    struct reference_string entry)
{
	if (request->caller == REFERENCE_ROLE_SESSION &&
	    reference_arn_is_role(&request->principal_arn))
		return false;			/* EVAL-1 */
	return (request->caller == REFERENCE_USER ||
	    request->caller == REFERENCE_ROLE_SESSION ||
	    request->caller == REFERENCE_FEDERATED_SESSION) &&
	    reference_strings_equal(entry, request->principal);
}

/* PRIN-16: such an id, and the one that the request supplies; who is of no
 * account is no user or role. */
static bool
names_unique_id(const struct reference_request *request,
    struct reference_string entry, const char *prefix)
{
	struct reference_strings ids = reference_request_values(request,
	    "aws:userid");
	struct reference_string id;

	if (!reference_request_has_account(request) ||
	    !reference_string_begins(entry, prefix) || ids.count != 1)
		return false;
	id = ids.items[0];
	return entry.length > 4 && reference_strings_equal(entry,
	    reference_string_first(id, reference_string_find(id, ':', 0)));
}

static unsigned
get_aws_class(const struct meeting *meeting, struct reference_string entry)
{
	const struct reference_request *request = meeting->request;

	if (reference_string_is(entry, "*"))	/* PRIN-3 */
		return request->caller == REFERENCE_PROVIDER ||
		    (request->caller == REFERENCE_SERVICE &&
		    reference_takes(request->choices, ASSUME_prin_3)) ?
		    REFERENCE_NONE : REFERENCE_ANY;
	if (reference_string_has(entry, '*') ||
	    reference_string_has(entry, '?'))
		return REFERENCE_NONE;		/* PRIN-2 */
	if (names_caller(request, entry) ||
	    names_unique_id(request, entry, "AIDA"))
		return REFERENCE_DIRECT;
	if (names_role(request, entry) || names_issuing_user(request, entry) ||
	    names_unique_id(request, entry, "AROA"))
		return REFERENCE_ISSUER;
	if (matches_account(meeting, entry))
		return REFERENCE_ACCOUNT;
	return REFERENCE_NONE;
}

/* All keys. */

static unsigned
get_entry_class(const struct meeting *meeting, struct reference_string key,
    struct reference_string entry)
{
	const struct reference_request *request = meeting->request;

	if (reference_string_is(key, "AWS"))
		return get_aws_class(meeting, entry);
	/* PRIN-2: a star is no name of a service or provider. */
	if (reference_string_is(key, "Service") &&
	    request->caller == REFERENCE_SERVICE &&
	    reference_strings_equal(entry, request->principal))
		return REFERENCE_DIRECT;	/* PRIN-12 */
	if (reference_string_is(key, "Federated") &&
	    request->caller == REFERENCE_PROVIDER &&
	    reference_strings_equal(entry, request->principal))
		return REFERENCE_DIRECT;	/* PRIN-13 */
	/* PRIN-14: no request has a map of canonical ids, so every such id
	 * is unknown and matches nothing. */
	return REFERENCE_NONE;
}

/* The classes of a key's value: a string or a list of them (GRAM-9). */
static unsigned
get_member_classes(const struct meeting *meeting, const struct node *member)
{
	struct reference_string key = reference_string_key(member);
	const struct node *item;
	unsigned classes = REFERENCE_NONE;

	if (member->kind == NODE_STRING)
		return get_entry_class(meeting, key,
		    reference_string_get(member));
	for (item = member->first; item != NULL; item = item->next)
		classes |= get_entry_class(meeting, key,
		    reference_string_get(item));
	return classes;
}

unsigned
reference_principal_strongest(unsigned classes)
{
	unsigned class = REFERENCE_ANY;

	while (class > REFERENCE_NONE && (classes & class) == 0)
		class /= 2;
	return class;
}

unsigned
reference_principal_classes(const struct reference_request *request,
    const struct node *principal, bool gateway)
{
	struct meeting meeting = { request, gateway };
	const struct node *member;
	unsigned classes = REFERENCE_NONE;

	/* PRIN-3; GRAM-10: any other bare string names nobody. */
	if (principal->kind == NODE_STRING)
		return reference_string_is(reference_string_get(principal),
		    "*") ? REFERENCE_ANY : REFERENCE_NONE;
	for (member = principal->first; member != NULL; member = member->next)
		classes |= get_member_classes(&meeting, member);
	return classes;
}

unsigned
reference_principal_class(const struct reference_request *request,
    const struct node *principal, bool gateway)
{
	return reference_principal_strongest(reference_principal_classes(
	    request, principal, gateway));
}

/* NotPrincipal.  GRAM-31 speaks of Principal only, so a gateway endpoint's
 * policy is read here like all others. */

enum facet {
	FACET_ACCOUNT,
	FACET_ISSUER,
	FACET_CALLER
};

static bool
names_facet(const struct meeting *meeting, struct reference_string entry,
    enum facet facet)
{
	const struct reference_request *request = meeting->request;

	switch (facet) {
	case FACET_ACCOUNT:
		return reference_request_has_account(request) &&
		    names_account(request, entry);
	case FACET_ISSUER:
		return names_role(request, entry) ||
		    names_issuing_user(request, entry) ||
		    names_unique_id(request, entry, "AROA");
	case FACET_CALLER:
		return names_caller(request, entry) ||
		    names_unique_id(request, entry, "AIDA");
	}
	return false;
}

static bool
lists_facet(const struct meeting *meeting, const struct node *not_principal,
    enum facet facet)
{
	const struct node *entries = not_principal->kind == NODE_OBJECT ?
	    node_find(not_principal, "AWS") : NULL;
	const struct node *item;

	if (entries == NULL)
		return false;
	if (entries->kind == NODE_STRING)
		return names_facet(meeting, reference_string_get(entries),
		    facet);
	for (item = entries->first; item != NULL; item = item->next)
		if (names_facet(meeting, reference_string_get(item), facet))
			return true;
	return false;
}

/* PRIN-20, PRIN-21, by assumption: some facets are enough. */
static bool
lists_enough_facets(const struct meeting *meeting,
    const struct node *not_principal)
{
	const struct reference_request *request = meeting->request;
	const struct assumptions *choices = request->choices;
	bool account = lists_facet(meeting, not_principal, FACET_ACCOUNT);
	bool issuer = lists_facet(meeting, not_principal, FACET_ISSUER);
	bool is_session = request->caller == REFERENCE_ROLE_SESSION ||
	    request->caller == REFERENCE_FEDERATED_SESSION;
	bool by_root = reference_string_is(request->issuer.resource, "root");

	if (account && reference_takes(choices, ASSUME_prin_21))
		return true;
	if (choices->choice[ASSUME_prin_20] == 1 && is_session)
		return account && (issuer || (by_root &&
		    request->caller == REFERENCE_FEDERATED_SESSION));
	return choices->choice[ASSUME_prin_20] == 2 &&
	    lists_facet(meeting, not_principal, FACET_CALLER);
}

/* PRIN-20 */
static bool
lists_all_facets(const struct meeting *meeting,
    const struct node *not_principal)
{
	bool account = lists_facet(meeting, not_principal, FACET_ACCOUNT);
	bool issuer = lists_facet(meeting, not_principal, FACET_ISSUER);
	bool caller = lists_facet(meeting, not_principal, FACET_CALLER);

	switch (meeting->request->caller) {
	case REFERENCE_USER:
		return account && caller;
	case REFERENCE_ROLE_SESSION:
		return account && issuer && caller;
	case REFERENCE_FEDERATED_SESSION:
		/* A root user that issued it is listed with its account. */
		if (reference_string_is(
		    meeting->request->issuer.resource, "root"))
			return account && caller;
		return account && issuer && caller;
	case REFERENCE_ROOT:
		return account;			/* PRIN-21 */
	case REFERENCE_SERVICE:
	case REFERENCE_PROVIDER:
	case REFERENCE_ANONYMOUS:
	case REFERENCE_UNRECOGNIZED:
		break;
	}
	return false;
}

bool
reference_principal_exempts(const struct reference_request *request,
    const struct node *not_principal)
{
	struct meeting meeting = { request, false };
	unsigned class = reference_principal_class(request,
	    not_principal, false);

	if (class == REFERENCE_ANY)
		return true;			/* PRIN-24 */
	/* A service or provider has one facet, itself. */
	if (!reference_request_has_account(request))
		return class == REFERENCE_DIRECT;
	return lists_all_facets(&meeting, not_principal) ||
	    lists_enough_facets(&meeting, not_principal);
}
