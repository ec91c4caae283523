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

#include "policy/catalog.h"
#include "policy/expander.h"
#include "policy/layer.h"
#include "policy/report.h"
#include "policy/statement.h"

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
	const struct endpoint_service *endpoint;	/* or NULL */
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

/* What is wrong with the options of a rule; `says' is NULL if nothing is. */
struct option_fault {
	const char		*says;
	const struct node	*node;		/* NULL: with all of them */
};

struct rule {
	struct complaint	 complaint;
	layer_set		 layers;
	const char		*options;	/* names of those it takes,
						 * between blanks; or NULL */
	/* of them; NULL when the rule is merely on.  NULL with `options' */
	struct option_fault	 (*find_fault)(struct arena *,
				    const struct node *options);
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

/* What stands in an element or before a test, as expander.h reads it. */

static inline const struct expansion *
check_expand(const struct check *check, const struct node *action)
{
	return expander_action(check->subject->expander, action);
}

static inline const struct address *
check_locate(const struct check *check, const struct node *resource)
{
	return expander_resource(check->subject->expander, resource);
}

static inline const struct pattern *
check_resource_pattern(const struct check *check, const struct node *resource,
    bool pad)
{
	return expander_pattern(check->subject->expander, resource, pad);
}

static inline const struct listing *
check_look_up(const struct check *check, const struct node *test)
{
	return expander_key(check->subject->expander, test);
}

/*
 * The statement's Action part reaches that action ("iam:PassRole"), NotAction
 * read as what it leaves in.
 */
bool	 statement_reaches(struct check *, const struct statement *,
	    const char *action);

/* The same, or what could not be read of it may. */
bool	 statement_may_reach(struct check *, const struct statement *,
	    const char *action);

/* Nothing but stars: whatever it is held against, it matches. */
bool	 entry_is_everything(const struct node *);
/* Resource is, or a member is, such an entry. */
bool	 resource_is_everything(const struct statement *);
/* NotResource is, so that no resource is left. */
bool	 resource_is_nothing(const struct statement *);
/* The same of an entry of Action, and `*:*', which is that in more letters. */
bool	 action_is_everything(const struct node *);

#endif
