/* SPDX-License-Identifier: MIT */
/*
 * What AWS publishes of its services: actions, resource types, condition
 * keys, and small tables of exceptions.  Facts with a date; nothing that is
 * missing here is proof that it does not exist.
 *
 * The catalogue that ships is const data compiled from catalog TSV files, so
 * it costs nothing to have; catalog_read() makes the same tables from a
 * directory at run time.
 */
#ifndef POLICY_CATALOG_H
#define POLICY_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/pattern.h"
#include "policy/report.h"
#include "policy/value.h"

enum access_level {
	LEVEL_READ,
	LEVEL_LIST,
	LEVEL_WRITE,
	LEVEL_TAGGING,
	LEVEL_PERMISSIONS
};

/*
 * Every table below that begins with a name is sorted by name_compare(), so
 * name_find() finds in it.
 */

/* A condition key; most templates end in ${...}, after a slash. */
struct key {
	const char	*name;		/* "s3:prefix", "aws:TagKeys" */
	enum value_type	 type;
	bool		 multivalued;
	bool		 template;	/* the name has a field */
};

/* A row of global_condition_keys.tsv: what the user guide says of a key. */
struct global_key {
	struct key	 key;
	const char	*group;
	bool		 sensitive;	/* no wildcard ever makes sense */
	bool		 variable;	/* usable as ${key} */
	bool		 everywhere;	/* requests for any action may carry
					 * it; else only where listed */
	const char	*present, *absent, *example, *notes;
};

/*
 * One way in which AWS writes the ARNs of a resource type.  Where it writes
 * them in several ways, each is a row of its own, side by side and of one
 * name; what takes such a type takes all its forms, in that order, and needs
 * no more than one of them.
 */
struct resource_type {
	const char		*name;
	const char		*arn;	/* template with ${...} fields */
	bool			 again;	/* the row before is of that type too */
	/* where these fields of it begin; 0: it has none */
	unsigned		 service, resource;
	const struct key *const	*keys;	/* that exist with this type */
	unsigned		 key_count;
};

/*
 * A resource type that an action takes.  Some actions take one of several
 * sets of types (scenarios.tsv); a type is required when all sets require it.
 */
struct target {
	const struct resource_type	*type;
	bool				 required;
	const struct key *const		*keys;	/* extra, with this type */
	unsigned			 key_count;
};

struct action {
	const char		*name;		/* without the prefix */
	const struct service	*service;
	enum access_level	 level;
	bool			 permission_only;	/* no API of the name */
	bool			 sets_policy;	/* resource_policy_actions */
	bool			 same_account;	/* EVAL-40 */
	const struct target	*targets;	/* none: Resource is "*" */
	unsigned		 target_count;
	const struct key *const	*keys;		/* of the action as such */
	unsigned		 key_count;
	const char *const	*dependents;	/* "iam:PassRole": older */
	unsigned		 dependent_count;
};

struct service {
	const char			*prefix;	/* lower case */
	const char			*name;
	const struct catalog		*catalog;	/* that it stands in */
	const struct action		*actions;	/* by name, folded */
	unsigned			 action_count;
	unsigned			 base;	/* actions of all before it */
	const struct resource_type	*types;
	unsigned			 type_count;
	/* types whose ARNs name the service, in whatever table they stand; its
	 * own come first */
	const struct resource_type *const *named;
	unsigned			 named_count;
	const struct key		*keys;
	unsigned			 key_count;
	bool				 rcp;		/* supports RCPs */
	/* it sends aws:VpceAccount, ..., aws:SourceVpcArn */
	bool				 vpce_account;
	bool				 vpce_org_id;
	bool				 vpce_org_paths;
	bool				 vpc_arn;
};

/* Keys about a VPC and its owner, which few services send (KEY-4). */
enum vpc_key {
	VPC_KEY_ARN,
	VPC_KEY_ACCOUNT,
	VPC_KEY_ORG_ID,
	VPC_KEY_ORG_PATHS,
	VPC_KEY_COUNT
};

/* When a part of a call is authorized. */
enum call_when {
	CALL_ALWAYS,			/* no call without it */
	CALL_NAMED,			/* if the call names such a resource */
	CALL_TAGS,			/* if it passes tags */
	CALL_SOURCE_IDENTITY,		/* if it sets a source identity */
	CALL_CONTEXTS			/* if it passes provided contexts */
};

/*
 * An action that a call needs on a resource of its own.  Parts of one name
 * speak of the same resource: sts:AssumeRole and sts:TagSession, both of the
 * role.  Those that depend on what else is passed are about a resource that
 * another part of the name asks for.
 */
struct call_part {
	const char				*name;		/* "document" */
	const struct action			*action;
	const struct resource_type *const	*types;		/* one of them;
								 * none: it is
								 * about "*" */
	unsigned				 type_count;
	enum call_when				 when;
};

/*
 * A call that needs more than one action on one resource, or that goes by
 * another name than its action (s3:CopyObject, which is an API only).  It is
 * allowed when all parts are.  Parts stand in the order in which their
 * resources are named.
 */
struct call {
	const char		*name;		/* "ssm:StartSession" */
	const struct call_part	*parts;
	unsigned		 part_count;	/* at least one */
};

/* A VPC endpoint service: gateway, interface, or both. */
struct endpoint_service {
	const char	*name;		/* "com.amazonaws.${Region}.s3" */
	const char	*prefix;	/* of its actions; NULL when unknown */
	bool		 gateway, interface;
	enum { ENDPOINT_POLICY_UNKNOWN, ENDPOINT_POLICY_YES,
	    ENDPOINT_POLICY_NO } policy;
};

/* A pattern in AWS's own managed policies that matches nothing here. */
struct unlisted_action {
	const char	*pattern;
	bool		 prefix_known;
};

struct catalog {
	const char			*date;		/* "2026-09-26" */
	const struct service		*services;	/* by prefix */
	unsigned			 service_count;
	const struct global_key		*globals;
	unsigned			 global_count;
	const struct endpoint_service	*endpoints;
	unsigned			 endpoint_count;
	const struct unlisted_action	*unlisted;
	unsigned			 unlisted_count;
	const struct call		*calls;		/* by name */
	unsigned			 call_count;
};

/* The catalogue that was compiled in. */
extern const struct catalog catalog_builtin;

/*
 * Reads a directory of the same TSV files (catalog/README.md says which).
 * NULL with a message in *error (file:line: what) when one is malformed, or
 * missing and more than a hint.
 */
const struct catalog	*catalog_read(struct arena *, const char *directory,
			    const char **error);

/* Names are compared without ASCII case everywhere below.  As strcmp. */
int			 name_compare(const char *a, size_t a_length,
			    const char *b, size_t b_length);
/* The row of exactly that name in a table of `count' rows of `size' bytes,
 * which is sorted and whose rows begin with a pointer to their name. */
const void		*name_find(const void *rows, size_t count, size_t size,
			    const char *name, size_t length);

const struct service	*catalog_service(const struct catalog *,
			    const char *prefix, size_t length);
const struct action	*service_action(const struct service *,
			    const char *name, size_t length);
/* "s3:GetObject"; NULL when the service or action is not listed. */
const struct action	*catalog_action(const struct catalog *,
			    const char *text, size_t length);

/* "ssm:StartSession"; NULL when the call, if there is one, is nothing but an
 * action of the name. */
const struct call	*catalog_call(const struct catalog *, const char *name,
			    size_t length);
/* "always", "source-identity" */
const char		*call_when_word(enum call_when);

/*
 * All actions of a catalogue are numbered from 0, without gaps; the numbers
 * of two catalogues have nothing in common.
 */
size_t			 action_index(const struct action *);
size_t			 catalog_action_count(const struct catalog *);

/*
 * The actions of the service that a folded pattern over the name alone
 * matches, in order, into `found' (room for service->action_count).
 * Returns how many.
 */
size_t			 service_match(const struct service *,
			    const struct pattern *name,
			    const struct action **found);

/*
 * A global key by name: templates cover any suffix after the slash, so
 * "aws:RequestTag/team" finds aws:RequestTag/${TagKey} (COND-37).  NULL when
 * not listed.  `${OidcProvider}:...' rows match no name.
 */
const struct global_key	*catalog_global_key(const struct catalog *,
			    const char *name, size_t length);
/* The `${OidcProvider}:...' row that speaks of a provider's claim: of any
 * "HOST.TLD/PATH:sub" the one for sub.  NULL when there is none. */
const struct global_key	*catalog_claim(const struct catalog *,
			    const char *name, size_t length);
/* A key of that service's own table, templates as above. */
const struct key	*service_key(const struct service *,
			    const char *name, size_t length);
/*
 * Whichever table knows the key (global first, then the service named by the
 * key's own prefix, then any service); NULL when none does.
 */
const struct key	*catalog_key(const struct catalog *, const char *name,
			    size_t length);

/*
 * A template ("aws:RequestTag/${TagKey}") against a name, as above.  A field
 * stands for at least one character (COND-37); <key>, a final `tag-key' and
 * nothing at all after a final slash are AWS's other ways to write one.
 */
bool			 key_name_is_template(const char *name);
bool			 key_name_matches(const char *template,
			    const char *name, size_t length);

/*
 * The action's requests can carry the key: it is listed for the action, for a
 * target, or for a target's type; or requests for any action may.  Which
 * services do not send the VPC owner's keys is said by their flags, not here
 * (KEY-4).
 */
bool			 action_has_key(const struct action *,
			    const char *name, size_t length);
/* The two halves of that, for who asks about many actions.  Everywhere: it is
 * a global key of that kind, or an identity provider's claim that lives on in
 * the session. */
bool			 action_lists_key(const struct action *,
			    const char *name, size_t length);
/* Of requests on a resource of that type. */
bool			 target_lists_key(const struct target *,
			    const char *name, size_t length);
bool			 catalog_key_is_everywhere(const struct catalog *,
			    const char *name, size_t length);
/* "aws:SourceVpcArn" */
const char		*vpc_key_name(enum vpc_key);
/* Its requests can carry it. */
bool			 service_sends_vpc_key(const struct service *,
			    enum vpc_key);
/* Some action of the service lists it. */
bool			 service_lists_key(const struct service *,
			    const char *name, size_t length);

/* "com.amazonaws.eu-west-1.s3", or the same with ${Region}; or NULL. */
const struct endpoint_service	*catalog_endpoint(const struct catalog *,
			    const char *name, size_t length);

/* The template of the type's ARN from its service on, or from its resource on;
 * NULL when it has no such field. */
const char		*resource_type_service(const struct resource_type *);
const char		*resource_type_resource(const struct resource_type *);

/*
 * An ARN template with its ${...} fields as wildcards, which in its first
 * five fields stop at a colon.
 */
struct pattern		 resource_type_pattern(struct arena *,
			    const struct resource_type *);

/*
 * The nearest listed names, for messages; NULL when nothing is near.  Of a
 * key's template, what stands before its field is compared.
 */
const char		*catalog_nearest_service(const struct catalog *,
			    const char *prefix, size_t length);
const char		*service_nearest_action(const struct service *,
			    const char *name, size_t length);
const char		*catalog_nearest_global_key(const struct catalog *,
			    const char *name, size_t length);
const char		*service_nearest_key(const struct service *,
			    const char *name, size_t length);
/* Of "service:Action"; the service alone when that is what is not listed. */
const char		*catalog_nearest_action(struct arena *,
			    const struct catalog *, const char *name,
			    size_t length);
/* Of any key, global or a service's. */
const char		*catalog_nearest_key(const struct catalog *,
			    const char *name, size_t length);
/* Of what stands before .amazonaws.com in a service principal: one slip, since
 * the catalogue does not list all names that services call by. */
const char		*catalog_nearest_caller(const struct catalog *,
			    const char *name, size_t length);
/*
 * Edit distance without case, a swap of neighbours counting once; limit + 1
 * when it is above `limit', or when a word has more than 128 bytes.
 */
size_t			 edit_distance(const char *a, size_t a_length,
			    const char *b, size_t b_length, size_t limit);

#endif
