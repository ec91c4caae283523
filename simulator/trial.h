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

enum trial_change_kind {
	TRIAL_NONE = 0,
	TRIAL_MFA,			/* the caller shows MFA */
	TRIAL_NO_MFA,
	TRIAL_THROUGH,			/* value: an endpoint, or
					 * "internet" */
	TRIAL_NAMED,			/* value: a session's name */
	TRIAL_SET,			/* key, value */
	TRIAL_REMOVE			/* key */
};

struct trial_change {
	enum trial_change_kind	 kind;
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
enum verdict	 trial_decide(struct trial *, const struct trial_change *,
		    size_t count);

bool		 trial_change_equal(const struct trial_change *,
		    const struct trial_change *);
/* As it would be written in a question: "mfa", "through X", "KEY=VALUE",
 * "without KEY". */
const char	*trial_change_text(struct arena *, const struct estate *,
		    const struct trial_change *);

#endif
