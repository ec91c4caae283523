/* SPDX-License-Identifier: MIT */
/* What the parts of the judgement share; nobody else includes this. */
#ifndef SIMULATOR_JUDGEMENT_ROW_H
#define SIMULATOR_JUDGEMENT_ROW_H

#include "policy/list.h"
#include "simulator/judgement.h"

/* What a document has come to; asked for by many callers. */
struct memo {
	const struct charter	*charter;
	bool			 gateway;
	struct encoded		 encoded;
};

struct judge {
	struct supposed_request		*request;
	struct supposition		*call;
	const struct court		*court;
	struct formulas			*formulas;
	struct judgement_use		 use;
	int				 bounded;	/* PRIN-22 */
	LIST(struct memo)		 memos;
};

/* Identity, boundary and session together (EVAL-17). */
struct judged_path {
	int	 identity, boundary, session;
	int	 deny;
};

struct judged_levels {
	int	 deny;
	int	 allow;			/* every level does */
};

static inline int
all(struct judge *judge, int one, int other)
{
	return formula_and(judge->formulas, one, other);
}

static inline int
any(struct judge *judge, int one, int other)
{
	return formula_or(judge->formulas, one, other);
}

static inline int
is_kind(struct judge *judge, enum actor_kind kind)
{
	return supposition_is_kind(judge->call, kind);
}

static inline bool
is_entity(enum actor_kind kind)
{
	return kind == ACTOR_USER || kind == ACTOR_ROLE_SESSION ||
	    kind == ACTOR_FEDERATED_SESSION;
}

/* Questions about the request.  Of its action: whether it is of the service,
 * and whether it is in a list as word_is_among() takes it. */
int	 judge_acts_of(struct judge *, const char *prefix);
int	 judge_acts_among(struct judge *, const char *list);
int	 judge_resource_matches(struct judge *, const char *pattern);
int	 judge_is_owned(struct judge *);	/* by AWS */
int	 judge_is_listed(struct judge *);	/* by the estate, or its policy
						 * was brought along */
int	 judge_asks_trust(struct judge *);
int	 judge_says_true(struct judge *, const char *key);

/* Documents of one layer. */
struct encoded	 judge_charters(struct judge *, struct charters);
struct charters	 judge_take(struct judge *, const struct references *,
		    enum layer);
/* The layer is taken to allow everything. */
bool		 judge_assumes(const struct judge *, enum layer);

/* Who has a boundary, for PRIN-22. */
int			 judge_bounded(struct judge *);
/* What the layers say; of RCPs, only what they deny. */
struct judged_path	 judge_path(struct judge *);
struct judged_levels	 judge_scps(struct judge *);
int			 judge_rcps(struct judge *);
struct judged_levels	 judge_endpoints(struct judge *);
/* `same': the caller is of the resource's account; `session': its session
 * policies allow the request. */
struct encoded		 judge_resource(struct judge *, int same, int session);

#endif
