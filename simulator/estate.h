/* SPDX-License-Identifier: MIT */
/*
 * The estate: accounts, organization, VPCs, endpoints, principals and
 * resources, and which policy holds which layer where (sekisho-estate(5)).
 *
 * Const once read.  It says what stands in the file and how names lead to
 * things; what follows for a request is derive.c's business.  Accounts that
 * the estate does not have are foreign: nothing is known of their policies.
 * Within its own accounts it is complete: what it does not list has no
 * policies, but for what is inside of what it lists (enclosure.h).
 */
#ifndef SIMULATOR_ESTATE_H
#define SIMULATOR_ESTATE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/catalog.h"
#include "policy/layer.h"
#include "policy/report.h"
#include "policy/rule.h"
#include "policy/source.h"
#include "policy/statement.h"
#include "simulator/actor.h"
#include "simulator/word.h"

/*
 * A policy as the estate names it.  The same file named twice is one
 * reference.
 */
struct reference {
	struct word		 name;		/* as written; empty for one
						 * that stands in the estate
						 * itself, as an object */
	size_t			 number;	/* among all, from 0 */
	const struct policy	*policy;	/* NULL: unknown */
	bool			 unknown;	/* the word "unknown": anything
						 * may stand there */
	bool			 by_aws;	/* AWS attaches it by itself: it
						 * stands in no file */
	const struct node	*node;		/* where it is first named */
};

struct references {
	const struct reference *const	*items;
	size_t				 count;
};

/* A tag, or any other pair of names. */
struct estate_tag {
	struct word	 key, value;
};

struct estate_tags {
	const struct estate_tag	*items;
	size_t			 count;
};

/* The root or a unit of the organization. */
struct estate_unit {
	struct word			 id, name;
	const struct estate_unit	*parent;	/* NULL: the root */
	size_t				 depth;		/* of the root 0 */
	struct references		 scps, rcps;
	const struct node		*node;
};

struct estate_organization {
	struct word	 id;		/* "o-..."; absent: there is none */
	struct word	 management;	/* account id; absent: not said */
};

struct estate_account {
	struct word			 id, name;
	const struct estate_unit	*unit;	/* NULL: in no organization */
	struct references		 scps, rcps;
	bool				 open;	/* it has more than is listed,
						 * and nobody knows what */
	const struct node		*node;
};

struct estate_vpc {
	struct word			 id, name;
	const struct estate_account	*account;	/* or NULL: foreign */
	struct word			 owner;		/* account id */
	const struct word		*cidrs;
	size_t				 cidr_count;
	const struct node		*node;
};

struct estate_endpoint {
	struct word			 id, name;
	const struct estate_vpc		*vpc;
	const struct service		*service;	/* NULL: not listed */
	struct word			 service_name;	/* as written */
	enum endpoint_kind		 kind;
	const struct reference		*policy;	/* NULL: none, all is
							 * allowed (VPCE-3) */
	const struct node		*node;
};

/* A user, a role, or an account's root user. */
struct estate_principal {
	struct word		 arn, name;	/* name: as the estate says, else
						 * the last part of the ARN */
	struct word		 id;		/* AIDA..., AROA...; absent */
	bool			 is_role;
	struct references	 identity;	/* its own and its groups' */
	const struct reference	*boundary;	/* NULL: none */
	const struct reference	*trust;		/* of a role; NULL: none */
	struct estate_tags	 tags;
	struct word		 max_session;	/* seconds; absent: not said */
	const struct node	*node;
};

struct estate_resource {
	struct word		 arn, name;	/* the ARN may be a pattern */
	struct pattern		 pattern;	/* of the ARN */
	struct word		 account;	/* owner; absent: not said */
	bool			 aws_owned;	/* "owner": "aws" (EVAL-39) */
	const struct reference	*policy;	/* NULL: none */
	struct estate_tags	 tags;
	bool			 tags_known;	/* else the tags are open */
	bool			 enclosed;	/* not listed itself, but what
						 * it is in (enclosure.h) */
	const struct node	*node;
};

struct estate {
	const struct text		*text;		/* NULL: there is no
							 * file */
	const struct catalog		*catalog;
	struct word			 region;	/* absent: not said */
	struct word			 partition;	/* of what an excerpt has
							 * left out; else absent */
	struct estate_organization	 organization;
	const struct estate_unit	*units;		/* the root first */
	size_t				 unit_count;
	const struct estate_account	*accounts;	/* by id */
	size_t				 account_count;
	const struct estate_vpc		*vpcs;		/* in file order, as are
							 * the others */
	size_t				 vpc_count;
	const struct estate_endpoint	*endpoints;
	size_t				 endpoint_count;
	const struct estate_principal	*principals;
	size_t				 principal_count;
	const struct estate_resource	*resources;	/* and what is in
							 * them */
	size_t				 resource_count;
	const struct perimeter		*perimeter;	/* NULL: not said */
	const struct reference *const	*references;	/* all, by number */
	size_t				 reference_count;
	const struct estate_index	*index;		/* of names */
	bool				 usable;	/* no error was found in the
							 * estate itself; else no
							 * decision may rest on it */
};

/*
 * Reads a file that the estate names, relative to the estate's own.  Returns
 * its source, or NULL with the reason in *error (lower case, no stop).  Only
 * the caller of the library knows how files are read.
 */
struct estate_loader {
	const struct source	*(*load)(void *context, struct arena *,
				    const char *name, const char **error);
	void			*context;
	/* The policy of a name that is no file but stands in another
	 * document; NULL to load it.  The function may be NULL. */
	const struct policy	*(*find)(void *context, struct arena *,
				    const char *name, struct report *);
};

/*
 * Reads an estate.  Every unknown member, name, dangling file and faulty
 * policy is a finding of its own, at its place; a policy that cannot be used
 * is kept, and will leave its layer refused.  NULL when there is nothing to go
 * on: no JSON, or no object.
 */
const struct estate	*estate_read(struct arena *, const struct source *,
			    const struct catalog *,
			    const struct estate_loader *, struct report *);
/* The same of a text that has been read, with its faults reported. */
const struct estate	*estate_read_text(struct arena *, const struct text *,
			    const struct catalog *,
			    const struct estate_loader *, struct report *);

/* The root of a document says that it is an estate, of whatever version. */
bool			 estate_recognises(const struct node *root);

/* The estate of somebody who has none: everything is foreign. */
const struct estate	*estate_empty(struct arena *, const struct catalog *);

/* What estate_read() may complain of, as rows without hooks; ends with a NULL
 * id. */
extern const struct rule estate_complaints[];

/* Things by their exact id or ARN; NULL when the estate does not have it. */
const struct estate_account	*estate_account(const struct estate *,
				    struct word id);
const struct estate_vpc		*estate_vpc(const struct estate *,
				    struct word id);
const struct estate_endpoint	*estate_endpoint(const struct estate *,
				    struct word id);
const struct estate_principal	*estate_principal(const struct estate *,
				    struct word arn);
/* A resource by its own ARN, else the narrowest pattern that matches it. */
const struct estate_resource	*estate_resource(const struct estate *,
				    struct word arn);

/* What both match is of the first of two resources of an estate. */
bool				 estate_is_narrower(
				    const struct estate_resource *,
				    const struct estate_resource *);

/*
 * Whose policies a caller has: the user, the role behind a session (by
 * issuer, or by account and name), the user behind a federated session.
 */
const struct estate_principal	*estate_principal_of(const struct estate *,
				    const struct actor *);

/* The account is in the organization (management account included). */
bool	 estate_account_is_member(const struct estate *,
	    const struct estate_account *);
/* It is the organization's management account. */
bool	 estate_account_manages(const struct estate *, struct word id);

/* Root, units and account on one way: GRAM-41 says five units at most. */
enum { ESTATE_LEVELS_MAX = 8 };

/*
 * The SCPs that bind an account's principals, or the RCPs that bind its
 * resources, level by level: root, units on the way, account (SCP-1).  Returns
 * how many levels there are: none when the account is in no organization.
 */
size_t	 estate_levels(const struct estate_account *, enum layer,
	    const struct references *levels[ESTATE_LEVELS_MAX]);

/* What a name can stand for. */
enum estate_kind {
	ESTATE_PRINCIPAL = 1 << 0,
	ESTATE_ROLE = 1 << 1,		/* principals that are roles */
	ESTATE_ENDPOINT = 1 << 2,
	ESTATE_VPC = 1 << 3,
	ESTATE_RESOURCE = 1 << 4,	/* roles too: they can be assumed */
	ESTATE_ACCOUNT = 1 << 5
};

/* A thing of the estate: one member is not NULL. */
struct estate_thing {
	const struct estate_principal	*principal;
	const struct estate_endpoint	*endpoint;
	const struct estate_vpc		*vpc;
	const struct estate_resource	*resource;
	const struct estate_account	*account;
};

/* Its ARN or id, and its name. */
struct word	 estate_thing_id(const struct estate_thing *);
struct word	 estate_thing_name(const struct estate_thing *);
/* The name of a network or an account, if it has one, else the id: names of
 * the rest are not clear by themselves. */
struct word	 estate_thing_called(const struct estate_thing *);

struct estate_matches {
	const struct estate_thing	*items;
	size_t				 count;
};

/*
 * What a word of a user names among the kinds, a set of enum estate_kind: the
 * thing of exactly that id or ARN; else of that name; else all whose id or ARN
 * ends so behind a slash or colon; else all whose id or ARN ends so; else all
 * whose last part begins so.  One match: that is it; several: the word is
 * ambiguous; none: nothing is called so.
 */
struct estate_matches	 estate_find(const struct estate *, struct arena *,
			    struct word, unsigned kinds);
/* The endpoints of a VPC that serve a service. */
struct estate_matches	 estate_vpc_endpoints(const struct estate *,
			    struct arena *, const struct estate_vpc *,
			    const struct service *);
/* The partition that the ARN names outright, if it does; and the one of the
 * estate's principals and resources, if there are any. */
struct word		 estate_partition_of(struct word arn);
struct word		 estate_partition(const struct estate *);
/* "a, b and 3 more", each said by a function such as those above; for
 * messages. */
const char		*estate_list(struct arena *,
			    const struct estate_matches *,
			    struct word (*)(const struct estate_thing *));
/*
 * The things of those kinds whose names are nearest to a word that names
 * none, at most `limit', the nearest first; for messages.
 */
struct estate_matches	 estate_nearest(const struct estate *,
			    struct arena *, struct word, unsigned kinds,
			    size_t limit);

#endif
