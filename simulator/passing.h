/* SPDX-License-Identifier: MIT */
/*
 * What a call passes to STS, and what the session that it makes carries
 * (TRUST-8 to TRUST-12).
 */
#ifndef SIMULATOR_PASSING_H
#define SIMULATOR_PASSING_H

#include <stdbool.h>

#include "policy/catalog.h"
#include "simulator/court.h"
#include "simulator/derive.h"
#include "simulator/question.h"
#include "simulator/summons.h"

/* Of a call that makes a session. */
struct passing	 passing_find(struct arena *, const struct question *,
		    const struct caller_party *);

/* In these circumstances, a part of a call is authorized at all; `passing' is
 * zero of a call that makes no session. */
bool		 passing_asks(const struct passing *, const struct question *,
		    enum call_when);

/* Why AWS takes no such call out of that session, or NULL. */
const char	*passing_refusal(const struct passing *,
		    const struct session *);

/*
 * The trust policy that says whether tags can be passed to the sessions of a
 * role, as they cannot without sts:TagSession (TRUST-8, TRUST-11); NULL: the
 * role is none of the estate's own, or who knows what it trusts.
 */
const struct charter	*passing_trust(struct arena *, const struct court *,
			    const struct estate_principal *role);
/* The statement may let somebody pass tags, whatever it asks besides. */
bool		 passing_lets_tags(const struct court *, const struct clause *,
		    assumption_set *rests);
/* No statement does, so that the sessions have the role's tags, and no others
 * (TRUST-10). */
bool		 passing_is_barred(struct arena *, const struct court *,
		    const struct estate_principal *role,
		    assumption_set *rests);

/* What a session carries that the caller makes in the question's way. */
struct session	 passing_session(struct arena *, const struct question *,
		    const struct caller_party *, bool mfa);

#endif
