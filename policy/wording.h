/* SPDX-License-Identifier: MIT */
/*
 * What the wording of a condition tells by itself, before anybody looks into
 * the catalogue.  A key is asked by its member, a value by its own node.
 */
#ifndef POLICY_WORDING_H
#define POLICY_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/operator.h"
#include "policy/text.h"

/* Tags that an action either sends or does not. */
enum tagging {
	TAGGING_NONE,
	TAGGING_RESOURCE,	/* aws:ResourceTag/x, ec2:ResourceTag/x */
	TAGGING_REQUEST		/* aws:RequestTag/x, aws:TagKeys */
};

/* Up to the first colon; the whole length when there is none. */
size_t	 wording_key_prefix(const struct node *);
/* `prefix:name', both there. */
bool	 wording_key_has_form(const struct node *);
bool	 wording_key_is_global(const struct node *);
/* A claim of an identity provider, named after its host and path. */
bool	 wording_key_is_claim(const struct node *);
/* A tag, its name behind a slash: "aws:RequestTag/x", "rds:db-tag/x". */
bool	 wording_key_is_tag(const struct node *);
enum tagging	 wording_key_tagging(const struct node *);
/* A sample, or text that some template engine has yet to fill in. */
bool	 wording_key_is_open(const struct node *);

/* The same of a value, or it has a variable.  Names of AWS's, numbers and
 * dates have no brackets, so nothing of the kind is lost on these. */
bool	 wording_value_is_open(const struct node *);
/* It has `*' or `?', also where an operator reads these as themselves. */
bool	 wording_value_is_wild(const struct node *);

/* The operator of that name, used in the same way: "ForAnyValue:ArnLike". */
const char	*wording_of_operator(struct arena *,
		    const struct operator_use *, const char *name);

#endif
