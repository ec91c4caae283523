/* SPDX-License-Identifier: MIT */
/*
 * What decision.c makes of what the layers say, line for line: who grants, as
 * in decide_grant(), and before it what no layer has a word in.
 */
#include "config.h"

#include <string.h>

#include "simulator/call.h"
#include "simulator/judgement_row.h"
#include "simulator/reservation.h"

/* EVAL-16: both have one account. */
static int
is_same_account(struct judge *judge)
{
	struct piece *piece = arena_alloc(judge->call->arena,
	    sizeof(*piece));

	*piece = (struct piece){ .variable = true,
	    .slot = judge->call->account };
	return universe_template(judge->call->universe,
	    judge->request->owner, piece, 1, false);
}

/* What no credentials of the kind can do; see find_incapable(). */

static int
has_key(struct judge *judge, const char *name)
{
	return supposition_key(judge->request, word_from(name,
	    strlen(name)))->present;
}

static int
is_federated(struct judge *judge)
{
	return is_kind(judge, ACTOR_FEDERATED_SESSION);
}

/* A user or root user with the credentials of sts:GetSessionToken. */
static int
is_user_session(struct judge *judge)
{
	return all(judge, any(judge, is_kind(judge, ACTOR_USER),
	    is_kind(judge, ACTOR_ROOT)), all(judge, has_key(judge,
	    "aws:TokenIssueTime"), -judge_says_true(judge, "aws:AssumedRoot")));
}

/* See find_refused_by_iam(). */
static int
find_refused_by_iam(struct judge *judge)
{
	if (judge->call->court->assumptions->choice[ASSUME_sts_3] != 0)
		return FORMULA_FALSE;
	return all(judge, judge_acts_of(judge, "iam"), any(judge,
	    is_federated(judge), all(judge, is_user_session(judge),
	    -judge_says_true(judge, "aws:MultiFactorAuthPresent"))));
}

static int
find_incapable(struct judge *judge)
{
	int sts = judge_acts_of(judge, "sts");
	int bad = all(judge, is_user_session(judge), all(judge, sts,
	    -judge_acts_among(judge, "sts:assumerole " TRUST_BESIDE
	    " sts:getcalleridentity")));

	bad = any(judge, bad, all(judge, is_federated(judge), sts));
	bad = any(judge, bad, all(judge, is_kind(judge, ACTOR_ROLE_SESSION),
	    judge_acts_among(judge, "sts:getfederationtoken "
	    "sts:getsessiontoken")));
	bad = any(judge, bad, find_refused_by_iam(judge));
	return any(judge, bad, all(judge, is_kind(judge, ACTOR_ROOT),
	    judge_acts_among(judge, "sts:assumerole")));
}

/* EVAL-38, by assumption: nobody changes what AWS made. */
static int
changes_reserved(struct judge *judge)
{
	struct arena *arena = judge->call->arena;
	int changes = FORMULA_FALSE;

	for (size_t i = 0; i < CALL_RESERVED_COUNT; i++) {
		const struct call_reserved *row = &call_reserved[i];
		int acts = judge_acts_among(judge, row->actions);
		const char *made = arena_printf(arena, "arn:*:%s:*:%s:%s*",
		    row->service, row->account == NULL ? "*" : row->account,
		    row->start);

		if (acts != FORMULA_FALSE)
			changes = any(judge, changes, all(judge, acts,
			    judge_resource_matches(judge, made)));
	}
	return changes != FORMULA_FALSE &&
	    supposition_assume(judge->call, ASSUME_eval_38) != 0 ? changes :
	    FORMULA_FALSE;
}

/* Cases of find_unmodelled(), each with a reservation. */

static int
is_on_access_point(struct judge *judge)
{
	int on = FORMULA_FALSE;

	for (size_t i = 0; i < CALL_PLACE_COUNT; i++)
		if (call_places[i].call == CALL_ON_ACCESS_POINT)
			on = any(judge, on, judge_resource_matches(judge,
			    arena_printf(judge->call->arena,
			    "arn:*:%s:*:*:%s*", call_places[i].service,
			    call_places[i].start)));
	return on;
}

/* Where the bit of a case is false, there is no such request. */
static int
reserve(struct judge *judge, int request, const char *reason)
{
	int bit = reservation_make_case(judge->call, request, reason);

	supposition_imply(judge->call, PREMISE_modelled, request, bit);
	return all(judge, request, bit);
}

/* EVAL-9.  Whoever asks about all that there is asks about the keys that are
 * listed; a grant on a stranger's may be for anybody, and is left out. */
static int
reserve_grant(struct judge *judge)
{
	int acts = judge_acts_among(judge, call_actions(CALL_RETIRE_GRANT));

	if (judge->request->any) {
		int stranger = all(judge, acts, -judge_is_listed(judge));

		supposition_require(judge->call, PREMISE_modelled, -stranger);
		acts = all(judge, acts, -stranger);
	}
	return reserve(judge, acts,
	    "the grant decides, not the policies (EVAL-9)");
}

/* What is not modelled: what a grant allows to whomever it names, and what the
 * caller's own account may allow whatever the policy of the resource says. */
struct unmodelled {
	int	 grant, root;
};

static struct unmodelled
reserve_unmodelled(struct judge *judge, int same)
{
	struct unmodelled unmodelled = { reserve_grant(judge), reserve(judge,
	    all(judge, judge_acts_among(judge, "sts:assumeroot"), -same),
	    "sts:AssumeRoot across accounts is not modelled (EVAL-41)") };

	reserve(judge, is_on_access_point(judge),
	    "two resource policies decide on an access point (EVAL-41)");
	return unmodelled;
}

/* STS-1, by assumption: a Deny in an SCP stops what is free. */
static int
scps_stop_identity(struct judge *judge, const struct judged_levels *scps,
    int identity)
{
	int stopped = all(judge, identity, scps->deny);

	return stopped != FORMULA_FALSE &&
	    supposition_assume(judge->call, ASSUME_sts_1) != 0 ? stopped :
	    FORMULA_FALSE;
}

/* STS-1, STS-2 */
static int
is_free(struct judge *judge, const struct judged_levels *scps)
{
	int unsigned_call = any(judge, is_kind(judge, ACTOR_ANONYMOUS),
	    is_kind(judge, ACTOR_PROVIDER));
	int key = all(judge, any(judge, is_kind(judge, ACTOR_USER),
	    is_kind(judge, ACTOR_ROOT)), all(judge, -has_key(judge,
	    "aws:TokenIssueTime"), -judge_says_true(judge, "aws:AssumedRoot")));
	int identity = all(judge, judge_acts_among(judge,
	    "sts:getcalleridentity"), -unsigned_call);

	identity = all(judge, identity, -scps_stop_identity(judge, scps,
	    identity));
	return any(judge, identity, all(judge, judge_acts_among(judge,
	    "sts:getsessiontoken"), key));
}

static bool
is_of_one_account(const struct supposed_action *action, const void *nothing)
{
	(void)nothing;
	return action->listed != NULL && action->listed->same_account;
}

/* See stays_at_home(). */
static int
stays_at_home(struct judge *judge, int same, int owned)
{
	int outside = any(judge, is_kind(judge, ACTOR_SERVICE),
	    is_kind(judge, ACTOR_PROVIDER));

	return all(judge, all(judge, -same, -owned), all(judge, -outside,
	    supposition_acts(judge->request, is_of_one_account, NULL)));
}

static bool
wants_signature(const struct supposed_action *action, const void *nothing)
{
	(void)nothing;
	return call_wants_signature(action->name);
}

/* EVAL-32 */
static int
is_unsigned(struct judge *judge)
{
	return all(judge, is_kind(judge, ACTOR_ANONYMOUS), supposition_acts(
	    judge->request, wants_signature, NULL));
}

/* Who grants. */

static int
judge_outside_grant(struct judge *judge, const struct encoded *resource)
{
	int outright = any(judge, resource->allow[MATCH_DIRECT],
	    resource->allow[MATCH_ANY]);
	int kinds = any(judge, is_kind(judge, ACTOR_SERVICE), any(judge,
	    is_kind(judge, ACTOR_PROVIDER), is_kind(judge,
	    ACTOR_ANONYMOUS)));

	return all(judge, kinds, outright);
}

static int
judge_root_grant(struct judge *judge, int granted, int session, int owned,
    int same, int mandatory)
{
	int own = all(judge, same, -mandatory);

	return all(judge, all(judge, is_kind(judge, ACTOR_ROOT), session),
	    any(judge, granted, any(judge, owned, own)));
}

/* EVAL-21, EVAL-23, then EVAL-22. */
static int
judge_direct_grant(struct judge *judge, const struct encoded *resource,
    const struct judged_path *path)
{
	int outright = resource->allow[MATCH_DIRECT];
	int behind = any(judge, resource->allow[MATCH_ISSUER],
	    resource->allow[MATCH_ANY]);

	if (supposition_assume(judge->call, ASSUME_eval_23) == 0)
		outright = any(judge, outright, resource->allow[MATCH_ANY]);
	return any(judge, outright, all(judge, behind, all(judge,
	    path->boundary, path->session)));
}

/* Somebody of the estate's accounts, and all of the account's policies allow
 * it; what those of other accounts say, nobody knows. */
static int
judge_own_grant(struct judge *judge, const struct judged_path *path)
{
	int own = FORMULA_FALSE;

	for (size_t i = 0; i < judge->call->casting_count; i++) {
		const struct casting *casting = &judge->call->castings[i];

		if (is_entity(casting->kind) && !casting->foreign)
			own = any(judge, own, casting->bit);
	}
	return all(judge, own, all(judge, path->identity,
	    all(judge, path->boundary, path->session)));
}

static int
judge_entity_grant(struct judge *judge, const struct encoded *resource,
    const struct judged_path *path, int owned, int same, int mandatory)
{
	int granted = encoded_allows(judge->formulas, resource);
	int whole = all(judge, path->identity, all(judge, path->boundary,
	    path->session));
	int entity = any(judge, is_kind(judge, ACTOR_USER), any(judge,
	    is_kind(judge, ACTOR_ROLE_SESSION), is_kind(judge,
	    ACTOR_FEDERATED_SESSION)));
	int home = any(judge, judge_direct_grant(judge, resource, path),
	    all(judge, whole, any(judge, -mandatory, granted)));
	int abroad = all(judge, granted, whole);

	return all(judge, entity, any(judge, all(judge, owned, whole),
	    all(judge, -owned, any(judge, all(judge, same, home),
	    all(judge, -same, abroad)))));
}

static struct judge
judge_new(struct supposed_request *request, const struct judgement_use *use)
{
	struct judge judge = { .request = request, .call = request->call,
	    .court = request->call->court,
	    .formulas = request->call->formulas, .use = *use };

	judge.bounded = FORMULA_FALSE;
	judge.bounded = judge_bounded(&judge);
	return judge;
}

int
judgement_allowed(struct supposed_request *request,
    const struct judgement_use *use)
{
	struct judge judge = judge_new(request, use);
	int same = is_same_account(&judge), owned = judge_is_owned(&judge);
	int about_key = judge_resource_matches(&judge, "arn:*:kms:*:*:key/*");
	int mandatory = any(&judge, judge_asks_trust(&judge), about_key);
	struct judged_levels endpoint = judge_endpoints(&judge);
	struct judged_levels scps = judge_scps(&judge);
	struct judged_path path = judge_path(&judge);
	struct encoded resource = judge_resource(&judge, same, path.session);
	int deny = any(&judge, any(&judge, scps.deny, judge_rcps(&judge)),
	    any(&judge, path.deny, resource.deny));
	int granted = encoded_allows(judge.formulas, &resource);
	int grant = any(&judge, judge_outside_grant(&judge, &resource),
	    any(&judge, judge_root_grant(&judge, granted, path.session,
	    owned, same, mandatory), judge_entity_grant(&judge, &resource,
	    &path, owned, same, mandatory)));
	int passes = all(&judge, endpoint.allow, -endpoint.deny);
	struct unmodelled unmodelled = reserve_unmodelled(&judge, same);
	int barred = any(&judge, any(&judge, deny, -scps.allow), any(&judge,
	    any(&judge, find_incapable(&judge), changes_reserved(&judge)),
	    all(&judge, -any(&judge, unmodelled.grant, unmodelled.root),
	    any(&judge, is_unsigned(&judge), stays_at_home(&judge, same,
	    owned)))));

	grant = any(&judge, any(&judge, grant, unmodelled.grant), all(&judge,
	    unmodelled.root, judge_own_grant(&judge, &path)));
	return all(&judge, passes, any(&judge, is_free(&judge, &scps),
	    all(&judge, -barred, grant)));
}

int
judgement_layer_allows(struct supposed_request *request, enum layer layer,
    const struct judgement_use *use)
{
	struct judge judge = judge_new(request, use);
	struct judged_levels levels;
	struct encoded resource;
	struct judged_path path;

	switch (layer) {
	case LAYER_ENDPOINT:
		levels = judge_endpoints(&judge);
		return all(&judge, levels.allow, -levels.deny);
	case LAYER_SCP:
		levels = judge_scps(&judge);
		return all(&judge, levels.allow, -levels.deny);
	case LAYER_RCP:
		return -judge_rcps(&judge);
	case LAYER_RESOURCE:
	case LAYER_TRUST:
		/* of that layer alone, without what a session may do */
		resource = judge_resource(&judge, is_same_account(&judge),
		    FORMULA_FALSE);
		return all(&judge, encoded_allows(judge.formulas, &resource),
		    -resource.deny);
	case LAYER_IDENTITY:
		path = judge_path(&judge);
		return all(&judge, path.identity, -path.deny);
	case LAYER_BOUNDARY:
	case LAYER_SESSION:
	case LAYER_COUNT:
		break;
	}
	path = judge_path(&judge);
	return all(&judge, path.boundary, -path.deny);
}

const struct court *
judgement_widest(struct arena *arena, const struct court *court)
{
	struct assumptions *assumptions = arena_alloc(arena,
	    sizeof(*assumptions));
	struct court *widest = arena_alloc(arena, sizeof(*widest));

	*assumptions = *court->assumptions;
	assumptions->choice[ASSUME_sts_3] = 1;
	*widest = *court;
	widest->assumptions = assumptions;
	return widest;
}
