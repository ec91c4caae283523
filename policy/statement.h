/* SPDX-License-Identifier: MIT */
/*
 * A policy as a tree, in AWS's own words (SPEC section 1).  Const once read.
 *
 * A string of a policy is kept as its JSON node: text, length and span.
 * Members that are absent are NULL or empty.  A policy that is not `usable'
 * may be linted, but no decision may rest on it.
 */
#ifndef POLICY_STATEMENT_H
#define POLICY_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "policy/operator.h"
#include "policy/text.h"

enum effect {
	EFFECT_DENY = 0,
	EFFECT_ALLOW,
	EFFECT_INVALID			/* absent or misspelt: neither */
};

enum version {
	VERSION_2008 = 0,		/* also when absent (GRAM-15) */
	VERSION_2012
};

/*
 * A list is `partial' when more stands in it than can be read: what Ref or an
 * Fn:: function will make of a template, or a fault.  That something is not in
 * the list says nothing then.
 */

/* Action or NotAction, Resource or NotResource. */
struct element {
	const struct node	*node;		/* the value; NULL: absent */
	bool			 negated;	/* the Not... form */
	const struct node *const *items;	/* its strings (GRAM-9) */
	size_t			 count;
	bool			 partial;
};

enum principal_kind {
	PRINCIPAL_EVERYONE,		/* the bare string "*" */
	PRINCIPAL_AWS,			/* {"AWS": "*"} is of this kind too */
	PRINCIPAL_SERVICE,
	PRINCIPAL_FEDERATED,
	PRINCIPAL_CANONICAL_USER
};

struct principal {
	enum principal_kind	 kind;
	const struct node	*node;		/* the string */
};

/* Principal or NotPrincipal. */
struct principals {
	const struct node	*node;		/* NULL: absent */
	bool			 negated;
	const struct principal	*items;
	size_t			 count;
	bool			 partial;
};

/* One key under one operator. */
struct condition {
	struct operator_use	 use;
	const struct node	*block;		/* operator's member: its key is
						 * the operator as written */
	const struct node	*node;		/* key's member: its key is the
						 * condition key */
	const struct node *const *values;	/* strings, numbers, booleans */
	size_t			 count;
	bool			 partial;
};

struct statement {
	const struct node	*node;		/* the object */
	size_t			 index;		/* in its policy, from 0 */
	const struct node	*sid;		/* NULL: absent or no string */
	const struct node	*effect_node;
	enum effect		 effect;
	struct principals	 principal;
	struct element		 action;
	struct element		 resource;
	const struct node	*condition_node;
	const struct condition	*conditions;
	size_t			 condition_count;
};

struct policy {
	const struct text	*text;
	const struct node	*node;		/* the object */
	const struct node	*version_node;
	enum version		 version;
	const struct node	*id;
	const struct node	*statement_node;
	const struct statement	*statements;
	size_t			 count;
	bool			 partial;	/* a statement could not be
						 * read, or its effect */
	bool			 usable;
};

/* The principal is "*" or {"AWS": "*"}. */
bool	 principal_is_everyone(const struct principal *);

/* A condition on exactly that key (without case), any operator; or NULL. */
const struct condition	*statement_condition(const struct statement *,
			    const char *key);
/* The condition is on that key; `key' ending in '/' means any tag of it.  Here,
 * so that lengths of literals are known: most keys differ in theirs. */
static inline bool
condition_is_on(const struct condition *condition, const char *key)
{
	const struct node *node = condition->node;
	size_t length = strlen(key);
	bool fits = key[length - 1] == '/' ? node->key_length > length :
	    node->key_length == length;

	return fits && strncasecmp(node->key, key, length) == 0;
}

/* The key is one of those between the blanks; none of these has a slash. */
bool	 condition_is_among(const struct condition *, const char *keys);
/* The facts of its operator; never NULL: unknown operators have none, ask
 * condition_is_known() first. */
const struct operator_facts	*condition_facts(const struct condition *);
bool	 condition_is_known(const struct condition *);
/* Some value of it is that text, or all are, and there are some (node_is());
 * of a partial list, nobody knows whether all are. */
bool	 condition_has(const struct condition *, const char *text);
bool	 condition_has_only(const struct condition *, const char *text);
/* A value is exactly the text, ASCII case ignored. */
bool	 node_is(const struct node *, const char *text);
/* Both are members with the same key, ASCII case ignored. */
bool	 node_has_key_of(const struct node *, const struct node *);
/* It has a text, and that a placeholder. */
bool	 node_has_placeholder(const struct node *);

#endif
