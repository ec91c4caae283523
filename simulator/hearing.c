/* SPDX-License-Identifier: MIT */
/*
 * Selecting layers and scanning them.  What a statement means is clause.c's
 * business, and what follows from it all is decision.c's.
 */
#include "config.h"

#include <stdint.h>

#include "simulator/hearing.h"

/* Which layers apply (table 5.2, EVAL-6 to EVAL-12). */

bool
hearing_has(const struct hearing *hearing, enum credential_fact credential)
{
	return (hearing->credentials & CREDENTIAL_SET(credential)) != 0;
}

bool
hearing_is(const struct hearing *hearing, call_set calls)
{
	return (hearing->call & calls) != 0;
}

/* Identity policies, boundaries and SCPs bind it. */
static bool
is_entity(enum actor_kind kind)
{
	return kind == ACTOR_USER || kind == ACTOR_ROLE_SESSION ||
	    kind == ACTOR_FEDERATED_SESSION;
}

static bool
is_service_linked(const struct hearing *hearing)
{
	return hearing_has(hearing, CREDENTIAL_LINKED);
}

static bool
scps_apply(const struct hearing *hearing)
{
	const struct request *request = hearing->request;

	return (is_entity(request->actor.kind) ||
	    request->actor.kind == ACTOR_ROOT) &&
	    !is_service_linked(hearing) &&
	    (request->flags & REQUEST_PRINCIPAL_IN_MANAGEMENT) == 0;
}

/* Of STS they cover what has a role as its resource (RCP-2), but not the
 * trust policies of service-linked roles (EVAL-9). */
static bool
rcps_cover_sts(const struct hearing *hearing)
{
	return hearing_is(hearing, CALL_ASKS_TRUST | CALL_ON_ROLE) &&
	    !hearing_is(hearing, CALL_ON_LINKED_ROLE);
}

static bool
rcps_apply(const struct hearing *hearing)
{
	const struct request *request = hearing->request;

	return request->service != NULL && request->service->rcp &&
	    !hearing->owned && !is_service_linked(hearing) &&
	    (!hearing_is(hearing, CALL_OF_STS) || rcps_cover_sts(hearing)) &&
	    (!hearing_is(hearing, CALL_ON_NOTHING) ||
	    scope_assume(&hearing->scope, ASSUME_rcp_3) == 0) &&
	    (request->flags & (REQUEST_RESOURCE_IN_MANAGEMENT |
	    REQUEST_AWS_KMS_KEY)) == 0 &&
	    !hearing_is(hearing, CALL_RETIRE_GRANT);
}

/* VPCE-1, VPCE-6. */
static bool
endpoint_applies(const struct hearing *hearing)
{
	return hearing->policies->endpoint.count > 0 &&
	    hearing->request->actor.kind != ACTOR_SERVICE &&
	    !hearing_has(hearing, CREDENTIAL_BY_SERVICE);
}

/* STS-1, STS-2: the credentials of AssumeRoot are none of long term. */
static bool
is_free(const struct hearing *hearing)
{
	enum actor_kind kind = hearing->request->actor.kind;

	if (hearing_is(hearing, CALL_CALLER_IDENTITY))
		return kind != ACTOR_ANONYMOUS && kind != ACTOR_PROVIDER;
	return hearing_is(hearing, CALL_SESSION_TOKEN) &&
	    (kind == ACTOR_USER || kind == ACTOR_ROOT) &&
	    !hearing_has(hearing, CREDENTIAL_TEMPORARY) &&
	    !hearing_has(hearing, CREDENTIAL_ASSUMED_ROOT);
}

static bool
boundary_applies(const struct hearing *hearing)
{
	return is_entity(hearing->request->actor.kind) &&
	    !hearing->request->actor.root_issued &&
	    !is_service_linked(hearing);
}

/* STS-1, by assumption: a Deny in an SCP stops sts:GetCallerIdentity. */
static bool
identity_call_obeys_scps(const struct hearing *hearing)
{
	return hearing_is(hearing, CALL_CALLER_IDENTITY) &&
	    scps_apply(hearing) &&
	    scope_assume(&hearing->scope, ASSUME_sts_1) != 0;
}

static void
select_layers(struct hearing *hearing)
{
	const struct request *request = hearing->request;
	enum actor_kind kind = request->actor.kind;

	hearing->owned = (request->flags & REQUEST_AWS_OWNED) != 0 &&
	    scope_assume(&hearing->scope, ASSUME_eval_39) == 0;
	hearing->free = is_free(hearing);
	hearing->assumed_root = hearing_has(hearing, CREDENTIAL_ASSUMED_ROOT);
	hearing->cross = !word_equal(request->actor.account,
	    request->resource_account);
	hearing->mandatory = hearing_is(hearing,
	    CALL_ASKS_TRUST | CALL_ON_KEY);
	hearing->has_endpoint = endpoint_applies(hearing);
	hearing->bounded = boundary_applies(hearing) &&
	    hearing->policies->boundary.count > 0;
	if (hearing->free) {
		hearing->has_scp = identity_call_obeys_scps(hearing);
		return;
	}
	hearing->has_identity = is_entity(kind) && !request->actor.root_issued;
	hearing->has_boundary = boundary_applies(hearing);
	hearing->has_session = hearing->assumed_root ||
	    kind == ACTOR_FEDERATED_SESSION ||
	    (kind == ACTOR_ROLE_SESSION && !is_service_linked(hearing));
	hearing->wants_session = hearing->assumed_root ||
	    kind == ACTOR_FEDERATED_SESSION;
	hearing->has_scp = scps_apply(hearing);
	hearing->has_rcp = rcps_apply(hearing);
}

/* Scanning. */

/*
 * EVAL-24, by assumption: an account principal whose Condition names the
 * caller by aws:PrincipalArn counts as if the caller's role were named.
 */
static enum match_class
class_of(const struct hearing *hearing, const struct clause *clause,
    enum match_class class)
{
	if (class != MATCH_ACCOUNT || clause->effect != EFFECT_ALLOW ||
	    statement_condition(clause->statement, "aws:PrincipalArn") == NULL)
		return class;
	return scope_assume(&hearing->scope, ASSUME_eval_24) == 0 ? class :
	    MATCH_ISSUER;
}

static void
add_meeting(struct standing *standing, const struct clause *clause,
    struct meeting meeting)
{
	if (clause->effect == EFFECT_DENY) {
		standing->deny = truth_or(standing->deny, meeting.matches);
		return;
	}
	if (meeting.matches != TRUTH_FALSE)
		standing->maybe |= MATCH_SET(meeting.hoped);
	if (meeting.matches == TRUTH_TRUE)
		standing->allow |= MATCH_SET(meeting.class);
}

/* It may deny, and it may allow as strongly as can be. */
static void
scan_unknown(struct hearing *hearing, const struct charter *charter,
    struct standing *standing)
{
	if (!hearing->unknown)
		hearing->unknown_layer = charter->layer;
	hearing->unknown = hearing->open = true;
	standing->deny = truth_or(standing->deny, TRUTH_UNKNOWN);
	standing->maybe |= MATCH_SET(MATCH_ACCOUNT) | MATCH_SET(MATCH_ISSUER) |
	    MATCH_SET(MATCH_DIRECT) | MATCH_SET(MATCH_ANY);
}

static bool
is_open(const struct meeting *meeting)
{
	return meeting->matches == TRUTH_UNKNOWN || (meeting->matches ==
	    TRUTH_TRUE && meeting->hoped != meeting->class);
}

static void
hear_clause(struct hearing *hearing, const struct charter *charter,
    const struct clause *clause, size_t level, struct standing *standing)
{
	struct meeting meeting = clause_meet(clause, charter,
	    hearing->bounded, &hearing->scope);

	if (meeting.matches != TRUTH_FALSE) {
		meeting.class = class_of(hearing, clause, meeting.class);
		meeting.hoped = class_of(hearing, clause, meeting.hoped);
		add_meeting(standing, clause, meeting);
		hearing->open = hearing->open || is_open(&meeting);
	}
	if (hearing->trail != NULL)
		trail_add(hearing->trail, (struct step){ charter->layer,
		    level, charter, clause, meeting });
}

/* Only those on the roll; the others do not match. */
static void
scan_set(struct hearing *hearing, const struct charter *charter,
    const uint64_t *set, size_t level, struct standing *standing)
{
	for (size_t i = 0; i < charter->roll->words; i++)
		for (uint64_t left = set[i]; left != 0; left &= left - 1)
			hear_clause(hearing, charter, &charter->clauses[i *
			    ROLL_BITS + (size_t)__builtin_ctzll(left)],
			    level, standing);
}

static void
scan_charter(struct hearing *hearing, const struct charter *charter,
    size_t level, struct standing *standing)
{
	const uint64_t *set = NULL;

	if (charter->unknown)
		scan_unknown(hearing, charter, standing);
	if (!charter->usable && !hearing->unreadable) {
		hearing->unreadable = true;
		hearing->unreadable_layer = charter->layer;
	}
	if (!charter->usable)
		return;
	/* whoever asks why is shown every clause */
	if (charter->roll != NULL && hearing->trail == NULL)
		set = roll_find(charter->roll, hearing->request->listed);
	if (set != NULL) {
		scan_set(hearing, charter, set, level, standing);
		return;
	}
	for (size_t i = 0; i < charter->count; i++)
		hear_clause(hearing, charter, &charter->clauses[i], level,
		    standing);
}

/* The rest of its layer says the same, whatever comes of the clause. */
static bool
is_settled(const struct step *step, const struct standing *standing)
{
	if (step->clause->effect == EFFECT_DENY)
		return standing->deny == TRUTH_TRUE;
	return step->layer == LAYER_RCP ||
	    (standing->allow & MATCH_SET(step->meeting.hoped)) != 0;
}

static void
keep_doubts(const struct hearing *hearing, size_t start,
    const struct standing *standing)
{
	struct trail *trail = hearing->trail;

	for (size_t i = start; trail != NULL && i < trail->steps.count; i++)
		if (!is_settled(&trail->steps.items[i], standing))
			trail_add_doubt(trail, &trail->steps.items[i],
			    &hearing->scope);
}

static struct standing
scan(struct hearing *hearing, const struct charters *charters, size_t level)
{
	size_t start = hearing->trail == NULL ? 0 :
	    hearing->trail->steps.count;
	struct standing standing = { 0 };

	for (size_t i = 0; i < charters->count; i++)
		scan_charter(hearing, charters->items[i], level, &standing);
	keep_doubts(hearing, start, &standing);
	return standing;
}

/*
 * Several session policies: one that allows suffices (EVAL-18), or each must,
 * by assumption.
 */
static struct standing
scan_session(struct hearing *hearing)
{
	const struct charters *session = &hearing->policies->session;
	struct standing all = { .allow = MATCH_SET(MATCH_DIRECT),
	    .maybe = MATCH_SET(MATCH_DIRECT) };

	if (session->count < 2 || scope_assume(&hearing->scope,
	    ASSUME_eval_18) == 0)
		return scan(hearing, session, 0);
	for (size_t i = 0; i < session->count; i++) {
		struct standing one = scan(hearing,
		    &(struct charters){ &session->items[i], 1 }, 0);

		all.deny = truth_or(all.deny, one.deny);
		all.allow &= one.allow;
		all.maybe &= one.maybe;
	}
	return all;
}

/*
 * EVAL-11: the owner's root user can always repair the bucket's policy, and a
 * root session whose task is to unlock a queue, the queue's: by what AWS's
 * SQSUnlockQueuePolicy leaves to it.
 */
static enum truth
root_repairs(const struct hearing *hearing)
{
	if (hearing->request->actor.kind != ACTOR_ROOT || hearing->cross)
		return TRUTH_FALSE;
	if (hearing_is(hearing, CALL_BUCKET_POLICY))
		return TRUTH_TRUE;
	if (!hearing->assumed_root ||
	    !hearing_is(hearing, CALL_UNLOCK_QUEUE) ||
	    hearing->session.maybe == 0)
		return TRUTH_FALSE;
	return hearing->session.allow != 0 ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

/* What stops nobody need be neither readable nor known. */
static void
scan_resource(struct hearing *hearing)
{
	bool unreadable = hearing->unreadable, unknown = hearing->unknown;
	enum truth repairs = root_repairs(hearing);

	hearing->resource = scan(hearing, &hearing->policies->resource, 0);
	hearing->resource.deny = truth_and(hearing->resource.deny,
	    truth_not(repairs));
	if (repairs == TRUTH_TRUE) {
		hearing->unreadable = unreadable;
		hearing->unknown = unknown;
	}
}

static struct ladder
scan_levels(struct hearing *hearing, const struct levels *levels, bool applies)
{
	struct ladder ladder = { 0 };

	for (size_t i = 0; applies && i < levels->count; i++) {
		struct standing one = scan(hearing, &levels->items[i], i);

		if (one.deny == TRUTH_TRUE && ladder.deny != TRUTH_TRUE)
			ladder.deny_level = i;
		ladder.deny = truth_or(ladder.deny, one.deny);
		if (one.maybe == 0 && !ladder.lacks_certain) {
			ladder.lacks_certain = true;
			ladder.level = i;
		}
		if (one.allow == 0)
			ladder.lacks_possible = true;
	}
	return ladder;
}

void
hearing_hold(struct hearing *hearing, const struct request *request,
    const struct policies *policies, const struct assumptions *assumptions,
    credential_set credentials, struct trail *trail)
{
	*hearing = (struct hearing){ .request = request,
	    .policies = policies, .assumptions = assumptions,
	    .credentials = credentials, .trail = trail,
	    .call = request->call };
	hearing->scope = (struct scope){ request, assumptions,
	    trail == NULL ? NULL : &hearing->rests };
	select_layers(hearing);
	hearing->scp = scan_levels(hearing, &policies->scp, hearing->has_scp);
	hearing->rcp = scan_levels(hearing, &policies->rcp, hearing->has_rcp);
	if (hearing->has_endpoint)
		hearing->endpoint = scan(hearing, &policies->endpoint, 0);
	if (hearing->has_boundary)
		hearing->boundary = scan(hearing, &policies->boundary, 0);
	if (hearing->has_identity)
		hearing->identity = scan(hearing, &policies->identity, 0);
	if (hearing->has_session)
		hearing->session = scan_session(hearing);
	if (!hearing->free)
		scan_resource(hearing);
}
