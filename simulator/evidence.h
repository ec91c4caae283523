/* SPDX-License-Identifier: MIT */
/*
 * The context keys that a request was asked for by statements about it, and
 * what is known of each.
 */
#ifndef SIMULATOR_EVIDENCE_H
#define SIMULATOR_EVIDENCE_H

#include "simulator/chain.h"

struct asked {
	struct word			 name;		/* as the request, else
							 * the policy has it */
	const struct context_key	*key;		/* never NULL */
};

struct evidence {
	LIST(struct asked)	 list;		/* each key once */
};

/* Keys of conditions and variables, of the statements whose action, resource
 * and principal match, and of variables in the resource alone where these keep
 * it out; then those that whoever asked wants. */
struct evidence	 evidence_list(struct arena *, const struct ruling *);

/* "absent", "given", "derived", "unknown". */
const char	*origin_name(const struct context_key *);

#endif
