/* SPDX-License-Identifier: MIT */
/*
 * What a call passes to STS, and what the session that it makes carries
 * (TRUST-8 to TRUST-12).
 */
#ifndef SIMULATOR_PASSING_H
#define SIMULATOR_PASSING_H

#include <stdbool.h>

#include "policy/catalog.h"
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

/* What a session carries that the caller makes in the question's way. */
struct session	 passing_session(struct arena *, const struct question *,
		    const struct caller_party *, bool mfa);

#endif
