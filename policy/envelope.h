/* SPDX-License-Identifier: MIT */
/*
 * A document is a policy, or an envelope that people have on disk around one
 * or several: {"PolicyDocument": ...}, {"Policy": "...escaped..."}, output of
 * get-role, get-policy-version, describe-..., templates, plans, and arrays of
 * these.  Who put a policy into an envelope has often said what it is: which
 * resource it is attached to, or of which type that is.
 */
#ifndef POLICY_ENVELOPE_H
#define POLICY_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/layer.h"
#include "policy/report.h"
#include "policy/statement.h"

enum envelope_complaint {
	ENVELOPE_UNJUDGED_POLICY,
	ENVELOPE_COMPLAINT_COUNT
};

/* Ends with a NULL id. */
extern const struct complaint envelope_complaints[];

struct reading {
	const struct policy	*policy;
	bool			 layer_known;	/* the envelope says it */
	enum layer		 layer;		/* the likeliest */
	layer_set		 candidates;	/* all that it leaves open */
	const char		*reason;	/* which member said it */
	const char		*service;	/* prefix, or NULL */
	const char		*attached;	/* an ARN beside it, or NULL */
	const char		*endpoint;	/* its service's name, "com.
						 * amazonaws...", or NULL */
	enum endpoint_kind	 endpoint_kind;
};

/* What is said of a document by whoever gives it. */
enum vouch {
	VOUCH_NONE,			/* nothing: it was come across */
	VOUCH_NAMED,			/* look at this: it is read as a policy
					 * even if it looks like nothing we
					 * know */
	VOUCH_POLICY			/* it is one: not even an envelope may
					 * be empty */
};

struct document {
	const struct text	*text;
	const struct text *const *texts;	/* it, and those in its strings,
						 * in document order */
	size_t			 text_count;
	const struct reading	*items;
	size_t			 count;		/* 0: neither policy nor
						 * envelope, or no JSON */
	bool			 broken;	/* a policy in it is no JSON */
	bool			 unjudged;	/* some policy cannot be known,
						 * and the report says so */
	bool			 empty;		/* a known envelope of none */
};

/* Reads everything in the document. */
struct document	 envelope_read(struct arena *, const struct source *,
		    enum vouch, struct report *);

/*
 * The JSON in a string of a document, which may be percent-encoded as the API
 * does it; its places are those of the outer document.
 */
const struct text	*envelope_read_string(struct arena *,
			    const struct source *outer, const struct node *,
			    struct report *);

#endif
