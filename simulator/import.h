/* SPDX-License-Identifier: MIT */
/*
 * An estate out of what the AWS command line prints of accounts: the output of
 * get-account-authorization-details, of the list and describe commands of
 * Organizations, of describe-vpcs and describe-vpc-endpoints, and policies of
 * resources (sekisho-import(1)).
 *
 * What a document is shows in its members, never in its name.  What it does
 * not say of itself, an account, a region or a bucket, is taken from the words
 * of its path.  Whatever is lost, guessed, or missing so that the estate says
 * "unknown", is a finding at its place in the document that it came from.
 *
 * Nothing is copied: documents and their texts must live as long as what is
 * made of them.  The same documents in the same order make the same bytes.
 */
#ifndef SIMULATOR_IMPORT_H
#define SIMULATOR_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/json.h"
#include "policy/layer.h"
#include "simulator/estate.h"

struct import;

/* A policy that the estate names. */
struct import_document {
	const char		*name;		/* file, relative to the estate:
						 * policies/... */
	enum layer		 layer;		/* boundaries are identity */
	const struct text	*text;		/* where it stands, */
	const struct node	*node;		/* and as what */
};

/* What came of all documents. */
struct import_result {
	struct word			 estate;	/* a document */
	const struct import_document	*const *documents; /* by name */
	size_t				 document_count;
	/* how much of each there is */
	size_t				 accounts, principals, groups;
	size_t				 vpcs, endpoints, resources, units;
	bool				 empty;		/* no document had
							 * anything */
	bool				 incomplete;	/* something that must
							 * be known is not */
};

struct import	*import_new(struct arena *, const struct catalog *,
		    struct report *);
/* Where requests are made that do not say it. */
void		 import_set_region(struct import *, const char *region);
/* The documents name every resource that has a policy; otherwise, what those
 * say that are not named is unknown. */
void		 import_set_closed(struct import *);

/*
 * Takes a document; the path is that of its file, with `/', and may be NULL.
 * False when nothing in it is of a kind that is known, which is a finding too.
 */
bool		 import_add(struct import *, const struct text *,
		    const char *path);
/* Makes the estate of all that was taken; once. */
const struct import_result	*import_finish(struct import *);

/* A document's policy, as JSON for people. */
void		 import_print(const struct import_document *,
		    struct json_sink);

/*
 * The root of a document looks like the output of
 * get-account-authorization-details.
 */
bool		 import_recognises(const struct node *root);

/*
 * The estate itself, its policies read where they stand in the documents, so
 * that places in them are those of the user's own files.
 */
const struct estate	*import_estate(struct arena *,
			    const struct import_result *, const char *name,
			    const struct catalog *, struct report *);

/*
 * The same of one document that import_recognises(), whose path is its name.
 * What is lost or guessed goes to the second report; NULL when the document is
 * incomplete, or had nothing: no decision can rest on it.
 */
const struct estate	*import_dump(struct arena *, const struct text *,
			    const struct catalog *, struct report *faults,
			    struct report *losses);

/* What import may complain of; ends with a NULL id. */
extern const struct complaint import_complaints[];

#endif
