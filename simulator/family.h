/* SPDX-License-Identifier: MIT */
/*
 * Keys without number, told by how their names begin.  When all tags of a
 * caller are known, every other aws:PrincipalTag/... is absent; a context
 * says so by closing the family.
 */
#ifndef SIMULATOR_FAMILY_H
#define SIMULATOR_FAMILY_H

#include <stdbool.h>

#include "policy/catalog.h"
#include "simulator/word.h"

enum family {
	FAMILY_PRINCIPAL_TAG,		/* aws:PrincipalTag/ */
	FAMILY_REQUEST_TAG,		/* aws:RequestTag/ */
	FAMILY_RESOURCE_TAG,		/* aws:ResourceTag/ */
	FAMILY_IAM_RESOURCE_TAG,	/* iam:ResourceTag/ */
	FAMILY_SSM_RESOURCE_TAG,	/* ssm:resourceTag/ */
	FAMILY_REQUEST_CONTEXT,		/* sts:RequestContext/ */
	FAMILY_CLAIM,			/* of an identity provider */
	FAMILY_UNCARRIED,		/* known to the catalogue, and to no
					 * request for the action */
	FAMILY_COUNT
};

/* A set of families, one bit each. */
typedef unsigned family_set;
#define FAMILY_SET(family)	(1u << (family))

/* "aws:PrincipalTag/"; NULL of those that no prefix tells. */
const char	*family_prefix(enum family);
/* What follows the prefix; absent of a key that has another. */
struct word	 family_member(enum family, struct word key);

/*
 * Some family of the set has the key.  The action, which may be NULL, is the
 * one that FAMILY_UNCARRIED is about.
 */
bool		 family_set_has(family_set, const struct action *,
		    struct word key);

#endif
