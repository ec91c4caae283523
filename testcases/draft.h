/* SPDX-License-Identifier: MIT */
/*
 * Random policy documents that have something to say about a request.  What
 * they say is for the evaluators to find out.
 */
#ifndef TESTCASES_DRAFT_H
#define TESTCASES_DRAFT_H

#include "policy/layer.h"
#include "testcases/scene.h"

/* A pattern that was made of the text and often still matches it. */
const char	*draft_pattern(const struct scene *, const char *text);

/* Writes an object of operators. */
void		 draft_condition(const struct scene *, struct writing *);

/* Writes one document for the layer. */
void		 draft_document(const struct scene *, enum layer,
		    struct writing *);

#endif
