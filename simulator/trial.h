/* SPDX-License-Identifier: MIT */
/*
 * A question asked again with something changed.  Nothing that is said to
 * turn a verdict is said before it was tried here.
 */
#ifndef SIMULATOR_TRIAL_H
#define SIMULATOR_TRIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/chain.h"

enum change_kind {
	CHANGE_NONE = 0,
	CHANGE_MFA,			/* the caller shows MFA */
	CHANGE_NO_MFA,
	CHANGE_THROUGH,			/* value: an endpoint, or
					 * "internet" */
	CHANGE_NAMED,			/* value: a session's name */
	CHANGE_SET,			/* key, value */
	CHANGE_REMOVE			/* key */
};

struct change {
	enum change_kind	 kind;
	struct word		 key;
	struct word		 value;
};

struct trial {
	struct arena			*arena;
	const struct court		*court;
	const struct question		*question;
	size_t				 hop;		/* whose way changes */
	size_t				 hop_count;
	size_t				 budget;	/* decisions left */
};

/*
 * Decides the question with these changes made.  VERDICT_UNKNOWN when the
 * budget is spent, or when the question makes no sense so.
 */
enum verdict	 trial_decide(struct trial *, const struct change *,
		    size_t count);

bool		 change_equal(const struct change *, const struct change *);
/* As it would be written in a question: "mfa", "through X", "KEY=VALUE",
 * "without KEY". */
const char	*change_text(struct arena *, const struct estate *,
		    const struct change *);

#endif
