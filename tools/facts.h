/* SPDX-License-Identifier: MIT */
/*
 * What the catalogue knows of a name, as text for people.  Each function
 * returns false, having printed nothing, when the name is not one of its kind
 * or not listed.  Names are compared without case.
 */
#ifndef TOOLS_FACTS_H
#define TOOLS_FACTS_H

#include <stdbool.h>
#include <stdio.h>

#include "policy/catalog.h"

/* "s3:GetObject" */
bool	 facts_action(FILE *, const struct catalog *, const char *text);
/* "s3:CopyObject", which is no action's name */
bool	 facts_call(FILE *, const struct catalog *, const char *text);
/* "s3" */
bool	 facts_service(FILE *, const struct catalog *, const char *text);
/* "aws:SourceVpce", "aws:RequestTag/team", "token.example.com:sub" */
bool	 facts_key(FILE *, const struct catalog *, const char *text);
/* "com.amazonaws.eu-west-1.s3" */
bool	 facts_endpoint(FILE *, const struct catalog *, const char *text);

#endif
