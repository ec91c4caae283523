/* SPDX-License-Identifier: MIT */
/*
 * decide() is SPEC 5.10, line for line.  What comes before it gathers what
 * the layers say; what the statements of a layer mean is clause.c's business.
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

/* What the statements of a layer, or of a level of it, came to. */
struct standing {
	enum truth	 deny;
	match_set	 allow;		/* classes of Allow that match */
	match_set	 maybe;		/* and of those that may */
};

/* Who decides what: the facts that 5.10 starts from. */
struct hearing {
	const struct request		*request;
	const struct policies		*policies;
	const struct assumptions	*assumptions;
	struct trail			*trail;
	struct scope			 scope;
	assumption_set			 rests;
	bool	 free;			/* STS-1, STS-2 */
	bool	 assumed_root;		/* EVAL-12 */
	bool	 has_identity;		/* table 5.2, the layers that apply */
	bool	 has_boundary;
	bool	 has_session;
	bool	 bounded;		/* PRIN-22, also of a free call */
	bool	 wants_session;		/* STS-5, EVAL-12: it must have one */
	bool	 has_scp;
	bool	 has_rcp;
	bool	 has_endpoint;
	bool	 owned;			/* EVAL-39 */
	bool	 cross;			/* EVAL-16 */
	bool	 mandatory;		/* TRUST-1, KMS-1 */
	bool	 unreadable;		/* some layer that applies is */
	enum layer unreadable_layer;
	struct standing	 identity, boundary, session, resource, endpoint;
};

/* Actions and resources with a rule of their own. */

static bool
word_folds_to(struct word word, const char *text)
{
	if (word.length != strlen(text))
		return false;
	for (size_t i = 0; i < word.length; i++) {
		char c = word.text[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		if (c != text[i])
			return false;
	}
	return true;
}

/* The action is one of a blank-separated list, in lower case. */
static bool
action_is_among(const struct request *request, const char *list)
{
	while (*list != '\0') {
		size_t length = strcspn(list, " ");
		struct word action = request->action;

		if (action.length == length) {
			char name[64];

			if (length < sizeof(name)) {
				memcpy(name, list, length);
				name[length] = '\0';
				if (word_folds_to(action, name))
					return true;
			}
		}
		list += length;
		list += strspn(list, " ");
	}
	return false;
}

static bool
action_is_of(const struct request *request, const char *prefix)
{
	struct word head = { request->action.text, strlen(prefix) };

	return request->action.length > head.length &&
	    request->action.text[head.length] == ':' &&
	    word_folds_to(head, prefix);
}

static bool
resource_is_of(const struct request *request, const char *service,
    const char *start)
{
	struct arn arn = arn_split(request->resource.text,
	    request->resource.length);

	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_SERVICE, service) &&
	    arn.field[ARN_RESOURCE].length >= strlen(start) &&
	    memcmp(arn.field[ARN_RESOURCE].text, start, strlen(start)) == 0;
}

/* TRUST-1.  Whoever assumes something assumes a role; the others may also be
 * about a federated session. */
bool
decision_is_trust(const struct request *request)
{
	return action_is_among(request, "sts:assumerole "
	    "sts:assumerolewithsaml sts:assumerolewithwebidentity") ||
	    (action_is_among(request, "sts:tagsession "
	    "sts:setsourceidentity sts:setcontext") &&
	    resource_is_of(request, "iam", "role/"));
}

/* Which layers apply (table 5.2, EVAL-6 to EVAL-12). */

static bool
is_temporary(const struct request *request)
{
	return request_has(request, "aws:TokenIssueTime");
}

/* Identity policies, boundaries and SCPs bind it. */
static bool
is_entity(enum actor_kind kind)
{
	return kind == ACTOR_USER || kind == ACTOR_ROLE_SESSION ||
	    kind == ACTOR_FEDERATED_SESSION;
}

/* Only roles are: the flag says nothing of other callers. */
static bool
is_service_linked(const struct request *request)
{
	return request->actor.kind == ACTOR_ROLE_SESSION &&
	    (request->actor.service_linked ||
	    (request->flags & REQUEST_SERVICE_LINKED) != 0);
}

static bool
scps_apply(const struct request *request)
{
	return (is_entity(request->actor.kind) ||
	    request->actor.kind == ACTOR_ROOT) &&
	    !is_service_linked(request) &&
	    (request->flags & REQUEST_PRINCIPAL_IN_MANAGEMENT) == 0;
}

/* Of STS they cover what has a role as its resource (RCP-2), but not the
 * trust policies of service-linked roles (EVAL-9). */
static bool
rcps_cover_sts(const struct request *request)
{
	return (decision_is_trust(request) ||
	    resource_is_of(request, "iam", "role/")) &&
	    !resource_is_of(request, "iam", "role/aws-service-role/");
}

static bool
rcps_apply(const struct hearing *hearing)
{
	const struct request *request = hearing->request;

	return request->service != NULL && request->service->rcp &&
	    !hearing->owned && !is_service_linked(request) &&
	    (!action_is_of(request, "sts") || rcps_cover_sts(request)) &&
	    (!word_is(request->resource, "*") ||
	    scope_assume(&hearing->scope, ASSUME_rcp_3) == 0) &&
	    (request->flags & (REQUEST_RESOURCE_IN_MANAGEMENT |
	    REQUEST_AWS_KMS_KEY)) == 0 &&
	    !action_is_among(request, "kms:retiregrant");
}

/* VPCE-1, VPCE-6. */
static bool
endpoint_applies(const struct hearing *hearing)
{
	return hearing->policies->endpoint.count > 0 &&
	    hearing->request->actor.kind != ACTOR_SERVICE &&
	    !request_says_true(hearing->request, "aws:ViaAWSService");
}

/* EVAL-12 */
static bool
is_assumed_root(const struct request *request)
{
	return request->actor.kind == ACTOR_ROOT &&
	    request_says_true(request, "aws:AssumedRoot");
}

/* STS-1, STS-2: the credentials of AssumeRoot are none of long term. */
static bool
is_free(const struct request *request)
{
	enum actor_kind kind = request->actor.kind;

	if (action_is_among(request, "sts:getcalleridentity"))
		return kind != ACTOR_ANONYMOUS && kind != ACTOR_PROVIDER;
	return action_is_among(request, "sts:getsessiontoken") &&
	    (kind == ACTOR_USER || kind == ACTOR_ROOT) &&
	    !is_temporary(request) && !is_assumed_root(request);
}

static bool
boundary_applies(const struct request *request)
{
	return is_entity(request->actor.kind) &&
	    !request->actor.root_issued && !is_service_linked(request);
}

/* STS-1, by assumption: a Deny in an SCP stops sts:GetCallerIdentity. */
static bool
identity_call_obeys_scps(const struct hearing *hearing)
{
	return action_is_among(hearing->request, "sts:getcalleridentity") &&
	    scps_apply(hearing->request) &&
	    scope_assume(&hearing->scope, ASSUME_sts_1) != 0;
}

static void
select_layers(struct hearing *hearing)
{
	const struct request *request = hearing->request;
	enum actor_kind kind = request->actor.kind;

	hearing->owned = (request->flags & REQUEST_AWS_OWNED) != 0 &&
	    scope_assume(&hearing->scope, ASSUME_eval_39) == 0;
	hearing->free = is_free(request);
	hearing->assumed_root = is_assumed_root(request);
	hearing->cross = !word_equal(request->actor.account,
	    request->resource_account);
	hearing->mandatory = decision_is_trust(request) ||
	    resource_is_of(request, "kms", "key/");
	hearing->has_endpoint = endpoint_applies(hearing);
	hearing->bounded = boundary_applies(request) &&
	    hearing->policies->boundary.count > 0;
	if (hearing->free) {
		hearing->has_scp = identity_call_obeys_scps(hearing);
		return;
	}
	hearing->has_identity = is_entity(kind) && !request->actor.root_issued;
	hearing->has_boundary = boundary_applies(request);
	hearing->has_session = hearing->assumed_root ||
	    kind == ACTOR_FEDERATED_SESSION ||
	    (kind == ACTOR_ROLE_SESSION && !is_service_linked(request));
	hearing->wants_session = hearing->assumed_root ||
	    kind == ACTOR_FEDERATED_SESSION;
	hearing->has_scp = scps_apply(request);
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
		standing->maybe |= MATCH_SET(meeting.class);
	if (meeting.matches == TRUTH_TRUE)
		standing->allow |= MATCH_SET(meeting.class);
}

static void
scan_charter(struct hearing *hearing, const struct charter *charter,
    size_t level, struct standing *standing)
{
	if (!charter->usable && !hearing->unreadable) {
		hearing->unreadable = true;
		hearing->unreadable_layer = charter->layer;
	}
	for (size_t i = 0; charter->usable && i < charter->count; i++) {
		const struct clause *clause = &charter->clauses[i];
		struct meeting meeting = clause_meet(clause, charter,
		    hearing->bounded, &hearing->scope);

		meeting.class = class_of(hearing, clause, meeting.class);
		add_meeting(standing, clause, meeting);
		trail_add(hearing->trail, (struct step){ charter->layer,
		    level, charter, clause, meeting });
	}
}

static struct standing
scan(struct hearing *hearing, const struct charters *charters, size_t level)
{
	struct standing standing = { 0 };

	for (size_t i = 0; i < charters->count; i++)
		scan_charter(hearing, charters->items[i], level, &standing);
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
		struct standing one = { 0 };

		scan_charter(hearing, session->items[i], 0, &one);
		all.deny = truth_or(all.deny, one.deny);
		all.allow &= one.allow;
		all.maybe &= one.maybe;
	}
	return all;
}

/*
 * EVAL-11: the owner's root user can always repair the bucket's policy, and a
 * root session whose task is to unlock a queue, the queue's.
 */
static bool
root_repairs(const struct hearing *hearing)
{
	const struct request *request = hearing->request;

	if (request->actor.kind != ACTOR_ROOT || hearing->cross)
		return false;
	return action_is_among(request, "s3:getbucketpolicy "
	    "s3:putbucketpolicy s3:deletebucketpolicy") ||
	    (hearing->assumed_root && action_is_of(request, "sqs") &&
	    hearing->session.allow != 0);
}

/* What stops nobody need not be readable either. */
static void
scan_resource(struct hearing *hearing)
{
	bool unreadable = hearing->unreadable;

	hearing->resource = scan(hearing, &hearing->policies->resource, 0);
	if (!root_repairs(hearing))
		return;
	hearing->resource.deny = TRUTH_FALSE;
	hearing->unreadable = unreadable;
}

/* What the levels of SCPs or RCPs came to: any Deny counts, and the first
 * level without an Allow. */
struct ladder {
	enum truth	 deny;
	size_t		 deny_level;
	bool		 lacks_certain;		/* some level surely has none */
	bool		 lacks_possible;	/* some level may have none */
	size_t		 level;			/* the first of these */
};

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

/* Verdicts. */

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

/* The kind of credentials cannot make this call at all. */
static const char *
find_incapable(const struct hearing *hearing)
{
	const struct request *request = hearing->request;
	enum actor_kind kind = request->actor.kind;
	bool session = (kind == ACTOR_USER || kind == ACTOR_ROOT) &&
	    is_temporary(request) && !hearing->assumed_root;

	if (session && action_is_of(request, "iam") &&
	    !request_says_true(request, "aws:MultiFactorAuthPresent"))
		return "GetSessionToken credentials without MFA cannot call "
		    "IAM (STS-3)";
	if (session && action_is_of(request, "sts") &&
	    !action_is_among(request, "sts:assumerole sts:tagsession "
	    "sts:setsourceidentity sts:setcontext sts:getcalleridentity"))
		return "GetSessionToken credentials cannot make this call "
		    "(STS-3)";
	if (kind == ACTOR_FEDERATED_SESSION && (action_is_of(request, "iam") ||
	    action_is_of(request, "sts")))
		return "a federated session can call neither IAM nor STS "
		    "(STS-4)";
	if (kind == ACTOR_ROLE_SESSION && action_is_among(request,
	    "sts:getfederationtoken sts:getsessiontoken"))
		return "a role session cannot make this call (STS-7)";
	if (kind == ACTOR_ROOT && action_is_among(request, "sts:assumerole"))
		return "a root user cannot assume roles (TRUST-13)";
	return NULL;
}

/* Cases that are not modelled: a verdict would be a guess. */
static const char *
find_unmodelled(const struct hearing *hearing)
{
	const struct request *request = hearing->request;

	if (action_is_among(request, "kms:retiregrant"))
		return "the grant decides, not the policies (EVAL-9)";
	if (action_is_among(request, "sts:assumeroot") && hearing->cross)
		return "sts:AssumeRoot across accounts is not modelled "
		    "(EVAL-41)";
	if (resource_is_of(request, "s3", "accesspoint/") ||
	    resource_is_of(request, "s3express", "accesspoint/") ||
	    resource_is_of(request, "s3-object-lambda", "accesspoint/"))
		return "two resource policies decide on an access point "
		    "(EVAL-41)";
	return NULL;
}

/* RES-11.  Services, the pseudo-resource and the like are of no partition. */
static bool
partitions_differ(const struct request *request)
{
	struct word principal = request->actor.principal;
	struct arn there = arn_split(request->resource.text,
	    request->resource.length);
	struct arn here;

	if (principal.text == NULL || there.count < ARN_FIELD_COUNT ||
	    !arn_field_is(&there, ARN_PREFIX, "arn"))
		return false;
	here = arn_split(principal.text, principal.length);
	return here.count == ARN_FIELD_COUNT &&
	    !word_equal(word_from(here.field[ARN_PARTITION].text,
	    here.field[ARN_PARTITION].length),
	    word_from(there.field[ARN_PARTITION].text,
	    there.field[ARN_PARTITION].length));
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
	return deny(VERDICT_IMPLICITLY_DENIED,
	    decision_is_trust(hearing->request) ? LAYER_TRUST :
	    LAYER_RESOURCE, 0, hearing->policies->resource.count == 0 ?
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

struct guardrails {
	struct ladder	 scp, rcp;
};

static struct decision
find_deny(const struct hearing *hearing, const struct guardrails *rails,
    bool hopeful)
{
	const char *reason = "a Deny matches";
	enum layer resource = decision_is_trust(hearing->request) ?
	    LAYER_TRUST : LAYER_RESOURCE;
	const struct {
		enum truth	 deny;
		enum layer	 layer;
		size_t		 level;
	} all[] = {	/* the order of EVAL-36 */
		{ rails->scp.deny, LAYER_SCP, rails->scp.deny_level },
		{ rails->rcp.deny, LAYER_RCP, rails->rcp.deny_level },
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
decide(const struct hearing *hearing, const struct guardrails *rails,
    bool hopeful)
{
	struct decision denied = find_deny(hearing, rails, hopeful);
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
	if (reason == NULL && partitions_differ(hearing->request))
		reason = "principal and resource are of different partitions "
		    "(RES-11)";
	if (reason == NULL && stays_at_home(hearing))
		reason = "no policy can grant this action to another account "
		    "(EVAL-40)";
	if (reason != NULL)
		return conclude(VERDICT_IMPLICITLY_DENIED, reason);
	if (hopeful ? rails->scp.lacks_certain : rails->scp.lacks_possible)
		return deny(VERDICT_IMPLICITLY_DENIED, LAYER_SCP,
		    rails->scp.level, "a level of SCPs does not allow it");
	return decide_grant(hearing, hopeful);
}

/* Both readings of what is unknown, and what they have in common. */
static struct decision
decide_both(const struct hearing *hearing, const struct guardrails *rails)
{
	struct decision worst = decide(hearing, rails, false);
	struct decision best = decide(hearing, rails, true);

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
	return conclude(VERDICT_DEPENDS,
	    "keys of which nothing is known decide");
}

struct decision
decision_make(const struct request *request, const struct policies *policies,
    const struct assumptions *assumptions, struct trail *trail)
{
	struct hearing hearing = { .request = request, .policies = policies,
	    .assumptions = assumptions, .trail = trail };
	struct guardrails rails;
	struct decision decision;

	hearing.scope = (struct scope){ request, assumptions,
	    trail == NULL ? NULL : &hearing.rests };
	select_layers(&hearing);
	rails.scp = scan_levels(&hearing, &policies->scp, hearing.has_scp);
	rails.rcp = scan_levels(&hearing, &policies->rcp, hearing.has_rcp);
	if (hearing.has_endpoint)
		hearing.endpoint = scan(&hearing, &policies->endpoint, 0);
	if (hearing.has_boundary)
		hearing.boundary = scan(&hearing, &policies->boundary, 0);
	if (hearing.has_identity)
		hearing.identity = scan(&hearing, &policies->identity, 0);
	if (hearing.has_session)
		hearing.session = scan_session(&hearing);
	if (!hearing.free)
		scan_resource(&hearing);
	decision = decide_both(&hearing, &rails);
	decision.rests = hearing.rests;
	return decision;
}
