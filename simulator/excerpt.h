/* SPDX-License-Identifier: MIT */
/*
 * The part of an estate that bears on one question: all of its accounts,
 * network and organization, but few of its principals and resources.  What a
 * prover does with an estate grows with what stands in it.
 */
#ifndef SIMULATOR_EXCERPT_H
#define SIMULATOR_EXCERPT_H

#include "simulator/question.h"
#include "simulator/estate.h"

/*
 * Holds those principals, each once, the resources that the patterns of ARNs
 * can name, and the roles among them.  Names still lead to the things of the
 * whole estate; principals are copies, to be found by their ARN.
 */
const struct estate	*excerpt_make(struct arena *, const struct estate *,
			    const struct estate_principal *const *principals,
			    size_t count, const struct phrases *resources);

#endif
