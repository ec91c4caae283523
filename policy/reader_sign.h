/* SPDX-License-Identifier: MIT */
/*
 * The signs by which a policy is told from all else that people keep as JSON:
 * bank accounts have a `Statement' as well, and so have syntax trees, SQL and
 * AWS's own firewalls.
 */
#ifndef POLICY_READER_SIGN_H
#define POLICY_READER_SIGN_H

#include <stdbool.h>

#include "policy/node.h"

/*
 * {"Ref": ...} and {"Fn::Sub": ...} in a template: a value that is only known
 * when the template is deployed.  Nothing can be said of it.
 */
bool	 reader_is_intrinsic(const struct node *);

/* The object has a member that policies have: enough to go by where nothing
 * but a policy can stand. */
bool	 reader_recognises(const struct node *object);
/*
 * It is a policy, whatever is wrong in it: its version or an element in its
 * statement says so.  Where one is `expected', it is also one when nothing in
 * it speaks against it.
 */
bool	 reader_is_policy(const struct node *object, bool expected);
/* It is a statement of a policy, with nothing around it. */
bool	 reader_is_statement(const struct node *object);
/* The same of what stands where a policy should, whatever is in its members. */
bool	 reader_is_bare(const struct node *object);

#endif
