/* SPDX-License-Identifier: MIT */
/*
 * A lint rule is a row: a complaint, the layers it is about, and a function
 * for the part of a policy that it looks at.  lint.c walks the policy and
 * calls each hook for each such part; a rule never walks what a hook can give
 * it.
 *
 * Examples (complaint.fires_on, .quiet_on) are written with single quotes for
 * double ones.  An example that has a 'Statement' member is a whole document;
 * otherwise it is one statement, and a document of Version 2012-10-17 is put
 * around it.  Words before the first brace say more:
 *	identity, trust, ...	the layer (else a layer of the rule)
 *	on ARN			the resource that the policy is attached to
 *	for SERVICE		the endpoint's service
 *	with {...};		options, as in sekisho.json
 *	estate			the rest is an estate, not a policy; `schema' is
 *				put into it, and of the files that it may name
 *				one.json has a policy, two.json two policies
 *	raw			the rest is the document, byte for byte, in
 *				which only \n, \t, \\ and \xHH are escapes
 */
#ifndef POLICY_RULE_H
#define POLICY_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arn.h"
#include "policy/catalog.h"
#include "policy/layer.h"
#include "policy/report.h"
#include "policy/statement.h"

/* An Action or NotAction entry, resolved against the catalogue. */
struct expansion {
	struct pattern			 pattern;	/* whole, folded */
	const struct service		*service;	/* NULL: unknown, or the
							 * prefix is wild */
	size_t				 prefix_length;	/* up to the colon; equal
							 * to the text's when
							 * there is none */
	bool				 any;		/* it is "*" */
	bool				 wild;		/* has a wildcard */
	bool				 prefix_wild;	/* "*:Get*", "s*:x" */
	/* what is wrong with its form (GRAM-37), or NULL */
	const char			*fault;
	const struct action *const	*actions;	/* listed ones it
							 * matches, when the
							 * service is known */
	size_t				 count;
};

/* A Resource or NotResource entry, by its text alone. */
struct address {
	struct arn			 arn;
	bool				 readable;	/* it begins as an ARN,
							 * and its fields are
							 * filled in */
	/* its service is a listed prefix; is that of some listed ARN */
	bool				 service_known, service_named;
	/* listed types that it can be; none while its service is wild */
	const struct resource_type *const *types;
	size_t				 type_count;
	/* arn_pattern_read(), when asked for: as it is, and padded */
	const struct pattern		*patterns[2];
};

/* Questions that one document alone cannot answer.  Asked through a subject,
 * which has none (NULL) when there is only the document. */
struct oracle;

/* What is being linted. */
struct subject {
	const struct policy	*policy;
	enum layer		 layer;
	layer_set		 candidates;
	const struct catalog	*catalog;
	const char		*attached;	/* ARN it is attached to, or NULL */
	const struct service	*service;	/* of that ARN, or the endpoint's;
						 * or NULL */
	enum endpoint_kind	 endpoint_kind;
	const struct oracle	*oracle;
	struct expander		*expander;	/* what entries already mean */
	struct arena		*arena;
};

/* One call of a hook. */
struct check {
	const struct rule	*rule;
	const struct subject	*subject;
	const struct statement	*statement;	/* NULL in document hooks */
	const struct node	*options;	/* from sekisho.json, or NULL */
	struct report		*report;
};

struct rule {
	struct complaint	 complaint;
	layer_set		 layers;
	const char		*options;	/* names of those it takes,
						 * between blanks; or NULL */
	void	(*document)(struct check *);
	void	(*statement)(struct check *);
	/* each entry of Action or NotAction */
	void	(*action)(struct check *, const struct node *);
	/* each entry of Resource or NotResource */
	void	(*resource)(struct check *, const struct node *);
	/* each entry of Principal or NotPrincipal */
	void	(*principal)(struct check *, const struct principal *);
	/* each (operator, key) pair whose operator is known */
	void	(*condition)(struct check *, const struct condition *);
	/* each value of each such pair */
	void	(*value)(struct check *, const struct condition *,
		    const struct node *);
};

/*
 * Adds a finding of the rule at a span, or at a node's value, or at its key.
 * The finding is good until the next one; hand it to check_help() or
 * report_relate().
 */
struct finding	*check_complain(struct check *, struct span,
		    const char *format, ...)
		    __attribute__((format(printf, 3, 4)));
struct finding	*check_complain_of(struct check *, const struct node *,
		    const char *format, ...)
		    __attribute__((format(printf, 3, 4)));
struct finding	*check_complain_of_key(struct check *, const struct node *,
		    const char *format, ...)
		    __attribute__((format(printf, 3, 4)));
void		 check_help(struct check *, struct finding *,
		    const char *format, ...)
		    __attribute__((format(printf, 3, 4)));
/* For qsort() of pointers to nodes: equal texts become neighbours, in their
 * order in the file. */
int		 node_compare_texts(const void *, const void *);
bool		 node_has_text_of(const struct node *, const struct node *);
/* The policy is attached to a resource of one of these services: "kms s3". */
bool		 check_is_attached(const struct check *, const char *prefixes);

/* Entries against the catalogue; made once for each text. */
struct expander		*expander_new(struct arena *, const struct catalog *);
/* Turns to the nodes of another text, with an arena that lives as long as it;
 * NULL forgets them all, before they are gone. */
void			 expander_turn(struct expander *, struct arena *,
			    const struct text *);
const struct expansion	*check_expand(struct check *, const struct node *);
const struct address	*check_locate(struct check *, const struct node *);
/* The entry as a pattern; `pad': RES-5 is heeded. */
const struct pattern	*check_resource_pattern(struct check *,
			    const struct node *, bool pad);

/*
 * The statement's Action part reaches that action ("iam:PassRole"), NotAction
 * read as what it leaves in.
 */
bool	 statement_reaches(struct check *, const struct statement *,
	    const char *action);

/* Resource is (or a member is) exactly "*". */
bool	 resource_is_everything(const struct statement *);
/* The text holds <...>: a sample that was never filled in. */
bool	 node_has_placeholder(const struct node *);

#endif
