/* SPDX-License-Identifier: MIT */
/*
 * What the parts of an import share.  Documents are read first, into records
 * of things by their ARN or id; then, when all are there, the records are
 * sorted and the estate is written from them.
 */
#ifndef SIMULATOR_IMPORT_READER_H
#define SIMULATOR_IMPORT_READER_H

#include "policy/list.h"
#include "simulator/import.h"
#include "simulator/import_path.h"

/* Rows of import_complaints. */
enum import_complaint {
	IMPORT_UNKNOWN_KIND,
	IMPORT_MALFORMED,
	IMPORT_TRUNCATED,
	IMPORT_CONTRADICTION,
	IMPORT_UNNAMED_POLICY,
	IMPORT_UNKNOWN_POLICY,
	IMPORT_UNKNOWN_GROUP,
	IMPORT_UNKNOWN_PLACE,
	IMPORT_NO_ORGANIZATION,
	IMPORT_FOREIGN_ACCOUNT,
	IMPORT_UNLISTED,
	IMPORT_GUESS,
	IMPORT_DEFAULT,
	IMPORT_LEFT_OUT,
	IMPORT_COMPLAINT_COUNT
};

/* What a record is of, and what its key is. */
enum import_kind {
	IMPORT_USER,			/* ARN */
	IMPORT_GROUP,			/* ARN */
	IMPORT_ROLE,			/* ARN */
	IMPORT_MANAGED,			/* ARN of a managed policy */
	IMPORT_UNIT,			/* id of a root or unit */
	IMPORT_MEMBER,			/* id of an account */
	IMPORT_CONTROL,			/* id of an SCP or RCP */
	IMPORT_PLACE,			/* id; the other is its parent's */
	IMPORT_ATTACHMENT,		/* id; the other is the policy's */
	IMPORT_KNOWN_TARGET,		/* id; the other is a type of policy, of
					 * which all are known that are there */
	IMPORT_KNOWN_POLICY,		/* id; all its targets are known */
	IMPORT_KNOWN_TYPE,		/* type of policy; all are known */
	IMPORT_VPC,			/* id */
	IMPORT_ENDPOINT,		/* id */
	IMPORT_RESOURCE,		/* ARN; the other is its account; the
					 * node is its policy */
	IMPORT_KINDS
};

struct import_record {
	struct word		 key, other;
	const struct text	*text;
	const struct node	*node;		/* NULL: a resource without */
	bool			 bare;		/* of an output that leaves out
						 * policies; of what is known:
						 * not all is */
	size_t			 number;	/* among all */
};

/* All records of one key. */
struct import_entry {
	const struct import_record	*items;
	size_t				 count;
};

/* A member of one of them. */
struct import_value {
	const struct text	*text;
	const struct node	*node;		/* NULL: there is none */
};

/* What is said many times of one document is said once, at the first. */
struct import_fold {
	const struct source	*source;
	const char		*format;	/* which sentence */
	size_t			 finding;	/* its number */
	size_t			 count;
	struct import_fold	*next;		/* of the bucket */
};

enum { IMPORT_BUCKETS = 256 };

struct import_documents;

struct import {
	struct arena		*arena;
	const struct catalog	*catalog;
	struct report		*report;
	const char		*region;	/* NULL: not said */
	bool			 closed;
	LIST(struct import_record) records[IMPORT_KINDS];
	struct import_fold	*folds[IMPORT_BUCKETS];
	size_t			 record_count;
	struct import_documents	*documents;
	const char		**managed;	/* files of records of managed
						 * policies, where the first of
						 * an entry stands */
	const struct text	*text;		/* being read */
	struct import_path	 path;		/* of it */
	struct word		 organization;	/* "o-..."; absent: none */
	const struct text	*organized;	/* the first that tells of it */
	struct word		 management;	/* account id */
	const struct word	*accounts;	/* of the estate, by id */
	LIST(struct word)	 vpcs;		/* of the estate */
	LIST(struct word)	 unlisted;	/* accounts that hold more than
						 * the documents tell */
	bool			 all_unlisted;	/* any may */
	bool			 members_lost;	/* any account may be of the
						 * organization */
	struct import_result	 result;
};

/* Complains at a place; notes are folded. */
void	 import_complain(struct import *, enum import_complaint,
	    const struct text *, struct span, const char *format, ...)
	    __attribute__((format(printf, 5, 6)));
/* Says of each fold how many there were. */
void	 import_unfold(struct import *);

/* Records. */
struct import_record	*import_keep(struct import *, enum import_kind,
			    struct word key, const struct node *);
/* Sorts all, and complains of what cannot be true together. */
void			 import_sort(struct import *);
struct import_entry	 import_find(const struct import *, enum import_kind,
			    struct word key);
/* The entry whose first record stands there; go on behind its last. */
struct import_entry	 import_entry_at(const struct import *,
			    enum import_kind, size_t at);
struct import_value	 import_member(struct import_entry, const char *name);
/* The same of a list.  What is none is complained of, and makes `whole' false;
 * then, and where there is none, the node is NULL. */
struct import_value	 import_list(struct import *, struct import_entry,
			    const char *name, bool *whole);
/* Which accounts the estate has; and whether one of them. */
void			 import_gather_accounts(struct import *);
bool			 import_has_account(const struct import *, struct word);
/* An account holds more than the documents tell; absent: nobody knows which. */
void			 import_leave_open(struct import *, struct word account);
bool			 import_is_open(const struct import *, struct word account);

/* The text of a member that is a string; else absent. */
struct word	 import_text(const struct node *object, const char *member);
/* The account of an ARN; absent when it says none. */
struct word	 import_account_of(struct word arn);

/* Documents. */
struct import_documents	*import_documents_new(struct arena *);
/*
 * The file of a policy, an object or a string of JSON; the same policy in the
 * same layer is one file.  `name' is of parts that are parted by slashes, in
 * which anything may stand.  NULL, complained of, when it is no policy.
 */
const char	*import_document(struct import *, enum layer,
		    const struct text *, const struct node *,
		    const char *name);
void		 import_documents_finish(struct import *);

/* Readers of members that are known by name (import_read.c). */
void	 import_read_roots(struct import *, const struct node *);
void	 import_read_units(struct import *, const struct node *);
void	 import_read_unit(struct import *, const struct node *);
void	 import_read_members(struct import *, const struct node *);
void	 import_read_member(struct import *, const struct node *);
void	 import_read_organization(struct import *, const struct node *);
void	 import_read_children(struct import *, const struct node *);
void	 import_read_parents(struct import *, const struct node *);
void	 import_read_targets(struct import *, const struct node *);
void	 import_read_controls(struct import *, const struct node *);
void	 import_read_control(struct import *, const struct node *);
void	 import_read_vpcs(struct import *, const struct node *);
void	 import_read_endpoints(struct import *, const struct node *);
void	 import_read_users(struct import *, const struct node *);
void	 import_read_groups(struct import *, const struct node *);
void	 import_read_roles(struct import *, const struct node *);
void	 import_read_bare_user(struct import *, const struct node *);
void	 import_read_bare_users(struct import *, const struct node *);
void	 import_read_bare_role(struct import *, const struct node *);
void	 import_read_bare_roles(struct import *, const struct node *);
void	 import_read_managed(struct import *, const struct node *);
void	 import_read_version(struct import *, const struct node *);
void	 import_read_buckets(struct import *, const struct node *);

/* What has been read of control policies since then is not all that is. */
void	 import_doubt_controls(struct import *, size_t since);
/* Complains of a thing without that member, by which it would be known. */
void	 import_complain_of_id(struct import *, const struct node *,
	    const char *member);
/* What an organization's thing says of it by its ARN. */
void	 import_learn_organization(struct import *, const struct node *thing);
/* A list is of something that only the name of the file could say. */
void	 import_complain_of_name(struct import *, const struct node *list);

/* An object that is itself of a known shape; false when it is not. */
bool	 import_read_tree(struct import *, const struct node *);
bool	 import_read_resource(struct import *, const struct node *);
bool	 import_read_bare_policy(struct import *, const struct node *);

/* All managed policies are documents, also those that nobody has.  Before the
 * writers, so that files have their names. */
void	 import_make_managed(struct import *);
/* Writes the file of one that is attached at that place, as a member there
 * says; or "unknown". */
void	 import_write_managed(struct import *, struct json *,
	    struct import_value place, const char *member);
/* ACCOUNT/MIDDLE/NAME of an ARN of IAM. */
const char *import_name_file(struct import *, struct word arn,
	    const char *middle);
/* Leaves accounts open of which the documents cannot be all that there is. */
void	 import_open_accounts(struct import *);
/* Writers of members of the estate. */
void	 import_write_organization(struct import *, struct json *);
void	 import_write_accounts(struct import *, struct json *);
void	 import_write_vpcs(struct import *, struct json *);
void	 import_write_endpoints(struct import *, struct json *);
void	 import_write_groups(struct import *, struct json *);
void	 import_write_principals(struct import *, struct json *);
void	 import_write_resources(struct import *, struct json *);

/* Complains of a root that does not say which types of policies it has. */
void	 import_check_types(struct import *, const struct node *root);
/* The SCPs and RCPs of a root, unit or account. */
void	 import_write_controls(struct import *, struct json *,
	    struct word target);

/* A word as JSON. */
void	 import_json(struct json *, struct word);
void	 import_json_key(struct json *, struct word);

#endif
