/* SPDX-License-Identifier: MIT */
/*
 * What one estate allows and another does not.  The request is one that can
 * exist in the estate that allows it; the other decides the same request, of
 * the same caller, about the same resource, with the same keys, by its own
 * policies.
 *
 * Policies, principals, endpoints and resources may differ.  Facts of which
 * keys are made (tags, ids, who is in which unit) must not: where they do,
 * "none" cannot be said, and the reason names the first.  What nobody knows,
 * such as the policies of foreign accounts, says the same in both, and tags may
 * be passed to any session: where they can and could not, sts:TagSession itself
 * is allowed anew.
 */
#ifndef SIMULATOR_CHANGE_ESTATE_H
#define SIMULATOR_CHANGE_ESTATE_H

#include "simulator/change.h"
#include "simulator/chain.h"

/* A request with both decisions. */
struct change_call {
	struct answer	 allowed;
	struct answer	 refused;	/* by the other estate */
};

struct change_calls {
	enum change_verdict		 verdict;
	const char			*reason;
	bool				 more;
	bool				 bug;
	LIST(struct change_call)	 list;		/* one for each kind of
							 * action */
	uint64_t			 steps;
};

/* What the court `to' allows and `from' does not; both without exhibits. */
void		 change_find_calls(struct arena *, const struct court *from,
		    const struct court *to, const struct change_options *,
		    struct change_calls *);

/* Which fact, of those that keys are made of, is another in the two; NULL:
 * none is. */
const char	*change_fact(struct arena *, const struct estate *from,
		    const struct estate *to);

/*
 * The request as the other court sees it: its castings, ways and sorts are
 * bits over those of `request', of whose call `view' is made.
 */
struct supposed_request	*change_view(struct supposed_request *request,
			    const struct court *other,
			    struct supposition *view);

#endif
