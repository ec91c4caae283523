/* SPDX-License-Identifier: MIT */
/*
 * Section 1: which documents a layer can have.  A document that is refused
 * leaves open what it would have said.
 */
#ifndef TESTCASES_REFERENCE_DOCUMENT_H
#define TESTCASES_REFERENCE_DOCUMENT_H

#include <stdbool.h>

#include "policy/arena.h"
#include "policy/text.h"

/* The table of section 1.3; a trust policy is the resource policy of a
 * role. */
enum reference_layer {
	REFERENCE_IDENTITY,
	REFERENCE_BOUNDARY,
	REFERENCE_SESSION,
	REFERENCE_RESOURCE,
	REFERENCE_TRUST,
	REFERENCE_ENDPOINT,
	REFERENCE_SCP,
	REFERENCE_RCP
};

/* Its documents have a Principal element. */
bool	 reference_layer_has_principals(enum reference_layer);

bool	 reference_document_is_usable(struct arena *, const struct node *,
	    enum reference_layer);

#endif
