/* SPDX-License-Identifier: MIT */
/*
 * decide() is SPEC 5.10, line for line.  What the layers say, hearing.c has
 * gathered.
 */
#include "config.h"

#include <string.h>

#include "simulator/decision.h"

const char *
verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[VERDICT_IMPLICITLY_DENIED] = "ImplicitlyDenied",
		[VERDICT_EXPLICITLY_DENIED] = "ExplicitlyDenied",
		[VERDICT_ALLOWED] = "Allowed",
		[VERDICT_DEPENDS] = "Depends",
		[VERDICT_UNKNOWN] = "Unknown",
	};

	return names[verdict];
}

bool
verdict_is_denial(enum verdict verdict)
{
	return verdict == VERDICT_IMPLICITLY_DENIED ||
	    verdict == VERDICT_EXPLICITLY_DENIED;
}

/* Verdicts. */

static const char UNDECIDED[] = "keys of which nothing is known decide";

static struct decision
deny(enum verdict verdict, enum layer layer, size_t level, const char *reason)
{
	return (struct decision){ .verdict = verdict, .has_layer = true,
	    .layer = layer, .level = level, .reason = reason };
}

static struct decision
conclude(enum verdict verdict, const char *reason)
{
	return (struct decision){ .verdict = verdict, .reason = reason };
}

/* A user or root user with the credentials of sts:GetSessionToken. */
static bool
is_user_session(const struct hearing *hearing)
{
	enum actor_kind kind = hearing->request->actor.kind;

	return (kind == ACTOR_USER || kind == ACTOR_ROOT) &&
	    hearing_has(hearing, CREDENTIAL_TEMPORARY) &&
	    !hearing->assumed_root;
}

/* IAM refuses these to programs, but not to the console. */
static const char *
find_refused_by_iam(const struct hearing *hearing)
{
	const char *reason = NULL;

	if (!hearing_is(hearing, CALL_OF_IAM))
		return NULL;
	if (is_user_session(hearing) && !hearing_has(hearing, CREDENTIAL_MFA))
		reason = "GetSessionToken credentials without MFA cannot call "
		    "IAM (STS-3)";
	if (hearing->request->actor.kind == ACTOR_FEDERATED_SESSION)
		reason = "a federated session cannot call IAM (STS-4)";
	return reason == NULL || scope_assume(&hearing->scope,
	    ASSUME_sts_3) != 0 ? NULL : reason;
}

/* The kind of credentials cannot make this call at all. */
static const char *
find_incapable(const struct hearing *hearing)
{
	enum actor_kind kind = hearing->request->actor.kind;
	bool of_sts = hearing_is(hearing, CALL_OF_STS);

	if (is_user_session(hearing) && of_sts &&
	    !hearing_is(hearing, CALL_ASSUME_ROLE | CALL_SESSION_DETAIL |
	    CALL_CALLER_IDENTITY))
		return "GetSessionToken credentials cannot make this call "
		    "(STS-3)";
	if (kind == ACTOR_FEDERATED_SESSION && of_sts)
		return "a federated session cannot call STS (STS-4)";
	if (kind == ACTOR_ROLE_SESSION && hearing_is(hearing,
	    CALL_FEDERATION_TOKEN | CALL_SESSION_TOKEN))
		return "a role session cannot make this call (STS-7)";
	if (kind == ACTOR_ROOT && hearing_is(hearing, CALL_ASSUME_ROLE))
		return "a root user cannot assume roles (TRUST-13)";
	return find_refused_by_iam(hearing);
}

/* Cases that are not modelled: a verdict would be a guess. */
static const char *
find_unmodelled(const struct hearing *hearing)
{
	if (hearing_is(hearing, CALL_RETIRE_GRANT))
		return "the grant decides, not the policies (EVAL-9)";
	if (hearing_is(hearing, CALL_ASSUME_ROOT) && hearing->cross)
		return "sts:AssumeRoot across accounts is not modelled "
		    "(EVAL-41)";
	if (hearing_is(hearing, CALL_ON_ACCESS_POINT))
		return "two resource policies decide on an access point "
		    "(EVAL-41)";
	return NULL;
}

/* EVAL-40: no policy can grant it to another account. */
static bool
stays_at_home(const struct hearing *hearing)
{
	const struct request *request = hearing->request;

	return hearing->cross && !hearing->owned &&
	    request->actor.kind != ACTOR_SERVICE &&
	    request->actor.kind != ACTOR_PROVIDER &&
	    request->listed != NULL && request->listed->same_account;
}

/* EVAL-32: few services take requests of anybody at all. */
static bool
is_unsigned(const struct hearing *hearing)
{
	return hearing->request->actor.kind == ACTOR_ANONYMOUS &&
	    call_wants_signature(hearing->request->action);
}

/* Reading what is only possible as so, or as not so. */
static bool
is_so(enum truth truth, bool hopeful, bool good)
{
	return truth == TRUTH_TRUE ||
	    (truth == TRUTH_UNKNOWN && hopeful == good);
}

static match_set
classes(const struct standing *standing, bool hopeful)
{
	return hopeful ? standing->maybe : standing->allow;
}

/* Identity, boundary and session together (EVAL-17). */
struct path {
	bool	 identity, boundary, session;
};

static struct path
find_path(const struct hearing *hearing, bool hopeful)
{
	const struct policies *policies = hearing->policies;
	return (struct path){
		.identity = classes(&hearing->identity, hopeful) != 0 ||
		    hearing->request->actor.root_issued,
		.boundary = !hearing->has_boundary ||
		    policies->boundary.count == 0 ||
		    classes(&hearing->boundary, hopeful) != 0,
		.session = !hearing->has_session ||
		    (policies->session.count == 0 &&
		    !hearing->wants_session) ||
		    classes(&hearing->session, hopeful) != 0,
	};
}

static struct decision
blame_path(struct path path)
{
	if (!path.identity)
		return deny(VERDICT_IMPLICITLY_DENIED, LAYER_IDENTITY, 0,
		    "no identity policy allows it");
	if (!path.boundary)
		return deny(VERDICT_IMPLICITLY_DENIED, LAYER_BOUNDARY, 0,
		    "the permissions boundary does not allow it");
	return deny(VERDICT_IMPLICITLY_DENIED, LAYER_SESSION, 0,
	    "no session policy allows it");
}

static struct decision
blame_resource(const struct hearing *hearing)
{
	if (hearing_is(hearing, CALL_ASKS_TRUST))
		return deny(VERDICT_IMPLICITLY_DENIED, LAYER_TRUST, 0,
		    "the role's trust policy does not allow it");
	return deny(VERDICT_IMPLICITLY_DENIED, LAYER_RESOURCE, 0,
	    hearing->policies->resource.count == 0 ?
	    "the resource has no policy that could allow it" :
	    "the resource's policy does not allow it");
}

static const match_set OUTRIGHT = MATCH_SET(MATCH_DIRECT) |
    MATCH_SET(MATCH_ANY);

/* What boundary and session policies limit; of MATCH_ANY, by assumption. */
static const match_set BEHIND = MATCH_SET(MATCH_ISSUER) |
    MATCH_SET(MATCH_ANY);

/* EVAL-21, EVAL-23. */
static bool
is_outright(const struct hearing *hearing, match_set granted)
{
	if ((granted & MATCH_SET(MATCH_DIRECT)) != 0)
		return true;
	return (granted & MATCH_SET(MATCH_ANY)) != 0 &&
	    scope_assume(&hearing->scope, ASSUME_eval_23) == 0;
}

/* 5.10 from `R = classes' on: who grants. */
static struct decision
decide_grant(const struct hearing *hearing, bool hopeful)
{
	enum actor_kind kind = hearing->request->actor.kind;
	match_set granted = classes(&hearing->resource, hopeful);
	struct path path = find_path(hearing, hopeful);
	bool whole = path.identity && path.boundary && path.session;

	if (kind == ACTOR_SERVICE || kind == ACTOR_PROVIDER ||
	    kind == ACTOR_ANONYMOUS)
		return (granted & OUTRIGHT) != 0 ?
		    conclude(VERDICT_ALLOWED, "the resource's policy allows "
		    "it") : blame_resource(hearing);
	if (kind == ACTOR_ROOT && hearing->assumed_root && !path.session)
		return blame_path((struct path){ true, true, false });
	if (kind == ACTOR_ROOT)
		return granted != 0 || hearing->owned || (!hearing->cross &&
		    !hearing->mandatory) ?
		    conclude(VERDICT_ALLOWED, "the root user may do all that "
		    "nothing denies") : blame_resource(hearing);
	if (hearing->owned)
		return whole ? conclude(VERDICT_ALLOWED, "an identity policy "
		    "allows it on a resource of AWS") : blame_path(path);
	if (hearing->cross && granted == 0)
		return blame_resource(hearing);
	if (hearing->cross)
		return whole ? conclude(VERDICT_ALLOWED, "both accounts "
		    "allow it") : blame_path(path);
	if (is_outright(hearing, granted))
		return conclude(VERDICT_ALLOWED, "the resource's policy "
		    "grants it outright");
	if ((granted & BEHIND) != 0 && path.boundary && path.session)
		return conclude(VERDICT_ALLOWED, "the resource's policy "
		    "grants it to the role or user behind the session");
	if (hearing->mandatory && granted == 0)
		return blame_resource(hearing);
	return whole ? conclude(VERDICT_ALLOWED, "an identity policy allows "
	    "it") : blame_path(path);
}

static struct decision
find_deny(const struct hearing *hearing, bool hopeful)
{
	const char *reason = "a Deny matches";
	enum layer resource = hearing_is(hearing, CALL_ASKS_TRUST) ?
	    LAYER_TRUST : LAYER_RESOURCE;
	const struct {
		enum truth	 deny;
		enum layer	 layer;
		size_t		 level;
	} all[] = {	/* the order of EVAL-36 */
		{ hearing->scp.deny, LAYER_SCP, hearing->scp.deny_level },
		{ hearing->rcp.deny, LAYER_RCP, hearing->rcp.deny_level },
		{ hearing->endpoint.deny, LAYER_ENDPOINT, 0 },
		{ hearing->resource.deny, resource, 0 },
		{ hearing->boundary.deny, LAYER_BOUNDARY, 0 },
		{ hearing->session.deny, LAYER_SESSION, 0 },
		{ hearing->identity.deny, LAYER_IDENTITY, 0 },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (is_so(all[i].deny, hopeful, false))
			return deny(VERDICT_EXPLICITLY_DENIED, all[i].layer,
			    all[i].level, reason);
	return conclude(VERDICT_ALLOWED, "no Deny matches");
}

/*
 * SPEC 5.10.  What is unknown is read as favourable to the caller when
 * `hopeful', else as unfavourable.
 */
static struct decision
decide(const struct hearing *hearing, bool hopeful)
{
	struct decision denied = find_deny(hearing, hopeful);
	const char *reason;

	if (denied.verdict != VERDICT_ALLOWED)
		return denied;
	if (hearing->has_endpoint && classes(&hearing->endpoint, hopeful) == 0)
		return deny(VERDICT_IMPLICITLY_DENIED, LAYER_ENDPOINT, 0,
		    "the endpoint's policy does not allow it");
	if (hearing->free)
		return conclude(VERDICT_ALLOWED,
		    "the call needs no permission (STS-1, STS-2)");
	reason = find_incapable(hearing);
	if (reason == NULL && hearing_is(hearing, CALL_ABROAD))
		reason = "principal and resource are of different partitions "
		    "(RES-11)";
	if (reason == NULL && hearing_is(hearing, CALL_ON_RESERVED) &&
	    scope_assume(&hearing->scope, ASSUME_eval_38) != 0)
		reason = "AWS made it, and nobody else changes it (EVAL-38)";
	if (reason == NULL && stays_at_home(hearing))
		reason = "no policy can grant this action to another account "
		    "(EVAL-40)";
	if (reason == NULL && is_unsigned(hearing))
		reason = "AWS takes no such request without a signature "
		    "(EVAL-32)";
	if (reason != NULL)
		return conclude(VERDICT_IMPLICITLY_DENIED, reason);
	if (hopeful ? hearing->scp.lacks_certain : hearing->scp.lacks_possible)
		return deny(VERDICT_IMPLICITLY_DENIED, LAYER_SCP,
		    hearing->scp.level, "a level of SCPs does not allow it");
	return decide_grant(hearing, hopeful);
}

/* Both readings of what is unknown, and what they have in common. */
static struct decision
decide_both(const struct hearing *hearing)
{
	struct decision best = decide(hearing, true);
	struct decision worst = hearing->open ? decide(hearing, false) : best;

	if (hearing->unreadable && best.verdict != VERDICT_EXPLICITLY_DENIED)
		return deny(VERDICT_UNKNOWN, hearing->unreadable_layer, 0,
		    "a policy of this layer cannot be used");
	if (best.verdict != VERDICT_EXPLICITLY_DENIED && !hearing->free) {
		const char *reason = find_unmodelled(hearing);

		if (reason != NULL)
			return conclude(VERDICT_UNKNOWN, reason);
	}
	if (best.verdict != VERDICT_ALLOWED || worst.verdict ==
	    VERDICT_ALLOWED)
		return best;
	if (hearing->unknown)
		return deny(VERDICT_UNKNOWN, hearing->unknown_layer, 0,
		    "nobody here knows what the policy of this layer says");
	return conclude(VERDICT_DEPENDS, UNDECIDED);
}

/* What holds of both. */
static struct decision
join(struct decision one, struct decision other)
{
	assumption_set rests = one.rests | other.rests;
	struct decision both = one;

	if (other.verdict == VERDICT_UNKNOWN)
		both = other;
	else if (verdict_is_denial(one.verdict) &&
	    other.verdict == VERDICT_IMPLICITLY_DENIED)
		both = one.verdict == other.verdict ? one : other;
	else if (one.verdict != VERDICT_UNKNOWN && one.verdict !=
	    other.verdict && !(verdict_is_denial(one.verdict) &&
	    verdict_is_denial(other.verdict)))
		both = conclude(VERDICT_DEPENDS, UNDECIDED);
	both.rests = rests;
	return both;
}

/* One request, whoever makes it. */
struct cause {
	const struct request		*request;
	const struct policies		*policies;
	const struct assumptions	*assumptions;
};

static struct decision
decide_as(const struct cause *cause, credential_set credentials,
    struct trail *trail)
{
	struct hearing hearing;
	struct decision decision;

	hearing_hold(&hearing, cause->request, cause->policies,
	    cause->assumptions, credentials, trail);
	decision = decide_both(&hearing);
	decision.rests = hearing.rests;
	return decision;
}

/*
 * Keys that only say who asks are few: every choice of the open ones is tried.
 * The trail keeps the steps of the first, and the doubts of all.
 */
static struct decision
decide_all(const struct cause *cause, struct credentials credentials,
    struct trail *trail)
{
	struct decision all = decide_as(cause, credentials.held, trail);
	size_t steps = trail == NULL ? 0 : trail->steps.count;
	credential_set more = 0;

	while ((more = (more - credentials.open) & credentials.open) != 0) {
		all = join(all, decide_as(cause, credentials.held | more,
		    trail));
		if (trail != NULL)
			trail->steps.count = steps;
	}
	return all;
}

/* Notes in the request what call it is, and in the actor what is not known of
 * it; a copy, then. */
static const struct request *
prepare(const struct request *request, bool open, struct request *room)
{
	if (!open && request->call != 0)
		return request;
	*room = *request;
	room->call = call_read(request);
	if (open)
		request_open_actor(room);
	return room;
}

static void
name_keys(struct decision *decision, credential_set open, struct trail *trail)
{
	if (trail == NULL || decision->verdict != VERDICT_DEPENDS)
		return;
	for (size_t i = 0; i < CREDENTIAL_COUNT; i++) {
		const char *key = credential_key((enum credential_fact)i);

		if ((open & CREDENTIAL_SET(i)) != 0)
			trail_add_key(trail, word_from(key, strlen(key)));
	}
	decision->keys = trail->keys.items;
	decision->key_count = trail->keys.count;
}

struct decision
decision_make(const struct request *request, const struct policies *policies,
    const struct assumptions *assumptions, struct trail *trail)
{
	struct request room;
	bool open = context_has_unknown(&request->context);
	struct cause cause = { prepare(request, open, &room), policies,
	    assumptions };
	struct credentials credentials = credential_read(cause.request,
	    policies->endpoint.count > 0, !open);
	struct decision decision;

	/* the keys of the decision before, if there was one, are its own */
	if (trail != NULL)
		memset(&trail->keys, 0, sizeof(trail->keys));
	decision = decide_all(&cause, credentials, trail);
	name_keys(&decision, credentials.open, trail);
	return decision;
}
