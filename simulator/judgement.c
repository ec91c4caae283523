/* SPDX-License-Identifier: MIT */
/*
 * judge_grant() is decide_grant() of decision.c, line for line, and what
 * stands before it is the selection of layers in hearing.c.
 */
#include "config.h"

#include <string.h>

#include "policy/rule.h"
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
	int				 bounded;
	LIST(struct memo)		 memos;
};

static int
all(struct judge *judge, int one, int other)
{
	return formula_and(judge->formulas, one, other);
}

static int
any(struct judge *judge, int one, int other)
{
	return formula_or(judge->formulas, one, other);
}

static struct encoded
encoded_nothing(void)
{
	struct encoded encoded = { .deny = FORMULA_FALSE };

	for (enum match_class class = MATCH_NONE; class <= MATCH_ANY; class++)
		encoded.allow[class] = FORMULA_FALSE;
	return encoded;
}

/* What counts only under a condition. */
static void
add_under(struct judge *judge, struct encoded *to, int condition,
    const struct encoded *encoded)
{
	to->deny = any(judge, to->deny, all(judge, condition,
	    encoded->deny));
	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		to->allow[class] = any(judge, to->allow[class],
		    all(judge, condition, encoded->allow[class]));
}

/* Documents. */

static struct encoded
encode_charter(struct judge *judge, const struct charter *charter,
    bool gateway)
{
	const struct charters one = { &charter, 1 };
	const struct encode_use use = { judge->bounded, gateway,
	    judge->use.hopeful, judge->use.unknown };
	struct memo *memo;

	for (size_t i = 0; i < judge->memos.count; i++)
		if (judge->memos.items[i].charter == charter &&
		    judge->memos.items[i].gateway == gateway)
			return judge->memos.items[i].encoded;
	memo = list_add(judge->call->arena, &judge->memos);
	*memo = (struct memo){ charter, gateway,
	    encode_layer(judge->request, &one, &use) };
	return memo->encoded;
}

static struct encoded
encode_charters(struct judge *judge, struct charters charters)
{
	struct encoded encoded = encoded_nothing();

	for (size_t i = 0; i < charters.count; i++) {
		struct encoded one = encode_charter(judge, charters.items[i],
		    false);

		add_under(judge, &encoded, FORMULA_TRUE, &one);
	}
	return encoded;
}

static struct charters
take(struct judge *judge, const struct references *references,
    enum layer layer)
{
	return archive_charters(judge->court->archive, judge->call->arena,
	    references, layer);
}

static struct charters
take_only(struct judge *judge, const struct reference *reference,
    enum layer layer)
{
	return archive_only(judge->court->archive, judge->call->arena,
	    reference, layer);
}

static struct encoded
encode_unknown(struct judge *judge, enum layer layer)
{
	const struct encode_use use = { judge->bounded, false,
	    judge->use.hopeful, judge->use.unknown };

	return encode_nobody_knows(&use, layer);
}

static bool
assumes(const struct judge *judge, enum layer layer)
{
	return (judge->use.assuming & (1u << layer)) != 0;
}

/* Allows everything, in whatever class grants most. */
static struct encoded
encode_everything(void)
{
	struct encoded encoded = encoded_nothing();

	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		encoded.allow[class] = FORMULA_TRUE;
	return encoded;
}

/* Questions about the action. */

static bool
is_of_service(const struct supposed_action *action, const void *prefix)
{
	size_t length = strlen(prefix);

	return action->name.length > length &&
	    action->name.text[length] == ':' && word_equal_folded(
	    word_from(action->name.text, length), word_from(prefix, length));
}

static bool
is_among(const struct supposed_action *action, const void *list)
{
	return word_is_among(action->name.text, action->name.length, list);
}

static bool
is_of_rcp_service(const struct supposed_action *action, const void *nothing)
{
	(void)nothing;
	return action->service != NULL && action->service->rcp;
}

static bool
is_of_one_account(const struct supposed_action *action, const void *nothing)
{
	(void)nothing;
	return action->listed != NULL && action->listed->same_account;
}

static int
acts_of(struct judge *judge, const char *prefix)
{
	return supposition_acts(judge->request, is_of_service, prefix);
}

static int
acts_among(struct judge *judge, const char *list)
{
	return supposition_acts(judge->request, is_among, list);
}

static int
is_kind(struct judge *judge, enum actor_kind kind)
{
	return supposition_is_kind(judge->call, kind);
}

/* Questions about the resource. */

static int
resource_matches(struct judge *judge, const char *text)
{
	const struct pattern pattern = arn_condition_read(
	    judge->call->arena, text, strlen(text));

	return universe_match(judge->call->universe,
	    judge->request->resource, &pattern);
}

static int
is_owned(struct judge *judge)
{
	int owned = FORMULA_FALSE;

	if (supposition_assume(judge->call, ASSUME_eval_39) != 0)
		return FORMULA_FALSE;
	for (size_t i = 0; i < judge->request->sort_count; i++) {
		const struct supposed_resource *sort =
		    &judge->request->sorts[i];

		if (sort->sort == SORT_AWS || (sort->resource != NULL &&
		    sort->resource->aws_owned))
			owned = any(judge, owned, sort->bit);
	}
	return owned;
}

/* TRUST-1; see request_asks_trust(). */
static int
asks_trust(struct judge *judge)
{
	return any(judge, acts_among(judge, "sts:assumerole "
	    "sts:assumerolewithsaml sts:assumerolewithwebidentity"),
	    all(judge, acts_among(judge, "sts:tagsession "
	    "sts:setsourceidentity sts:setcontext"),
	    resource_matches(judge, "arn:*:iam::*:role/*")));
}

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

/* Identity, boundary and session together (EVAL-17). */
struct judged_path {
	int	 identity, boundary, session;
	int	 deny;
};

static bool
is_entity(enum actor_kind kind)
{
	return kind == ACTOR_USER || kind == ACTOR_ROLE_SESSION ||
	    kind == ACTOR_FEDERATED_SESSION;
}

static struct encoded
identity_of(struct judge *judge, const struct casting *casting)
{
	const struct exhibits *exhibits = judge->court->exhibits;

	if (assumes(judge, LAYER_IDENTITY))
		return encode_everything();
	if (judge->use.policies != NULL)
		return encode_charters(judge, judge->use.policies->identity);
	if (exhibits != NULL)
		return encode_charters(judge, take(judge,
		    &exhibits->layers[LAYER_IDENTITY], LAYER_IDENTITY));
	if (casting->principal != NULL)
		return encode_charters(judge, take(judge,
		    &casting->principal->identity, LAYER_IDENTITY));
	return casting->foreign ? encode_unknown(judge, LAYER_IDENTITY) : encoded_nothing();
}

/* The boundary's documents; none puts no limit. */
static struct charters
boundary_of(struct judge *judge, const struct casting *casting)
{
	const struct exhibits *exhibits = judge->court->exhibits;

	if (assumes(judge, LAYER_BOUNDARY))
		return (struct charters){ NULL, 0 };
	if (judge->use.policies != NULL)
		return judge->use.policies->boundary;
	if (exhibits != NULL)
		return take(judge, &exhibits->layers[LAYER_BOUNDARY],
		    LAYER_BOUNDARY);
	return take_only(judge, casting->principal == NULL ? NULL :
	    casting->principal->boundary, LAYER_BOUNDARY);
}

static void
judge_casting(struct judge *judge, const struct casting *casting,
    struct judged_path *path)
{
	struct encoded identity = identity_of(judge, casting);
	struct charters documents = boundary_of(judge, casting);
	struct encoded boundary;

	path->identity = any(judge, path->identity, all(judge, casting->bit,
	    encoded_allows(judge->formulas, &identity)));
	path->deny = any(judge, path->deny, all(judge, casting->bit,
	    identity.deny));
	if (documents.count == 0 || casting->service_linked)
		return;
	boundary = encode_charters(judge, documents);
	path->boundary = all(judge, path->boundary, any(judge, -casting->bit,
	    encoded_allows(judge->formulas, &boundary)));
	path->deny = any(judge, path->deny, all(judge, casting->bit,
	    boundary.deny));
}

static int	 says_true(struct judge *, const char *key);

/* STS-5, EVAL-12: a federated session and one of AssumeRoot must have one; a
 * call that is not known to have brought any is taken to have brought what
 * allows it. */
static void
judge_session(struct judge *judge, struct judged_path *path)
{
	const struct policies *policies = judge->use.policies;
	struct encoded session;
	int sessions, wanting;

	if (policies == NULL)
		return;
	wanting = any(judge, supposition_is_kind(judge->call,
	    ACTOR_FEDERATED_SESSION), all(judge, supposition_is_kind(
	    judge->call, ACTOR_ROOT), says_true(judge, "aws:AssumedRoot")));
	if (policies->session.count == 0) {
		path->session = -wanting;
		return;
	}
	sessions = any(judge, wanting, all(judge, supposition_is_kind(
	    judge->call, ACTOR_ROLE_SESSION),
	    -supposition_is_service_linked(judge->call)));
	session = encode_charters(judge, policies->session);
	path->session = any(judge, -sessions, encoded_allows(judge->formulas,
	    &session));
	path->deny = any(judge, path->deny, all(judge, sessions,
	    session.deny));
}

static struct judged_path
judge_path(struct judge *judge)
{
	struct judged_path path = { FORMULA_FALSE, FORMULA_TRUE,
	    FORMULA_TRUE, FORMULA_FALSE };

	for (size_t i = 0; i < judge->call->casting_count; i++)
		if (is_entity(judge->call->castings[i].kind))
			judge_casting(judge, &judge->call->castings[i],
			    &path);
	judge_session(judge, &path);
	return path;
}

/* Who has a boundary, for PRIN-22. */
static int
find_bounded(struct judge *judge)
{
	int bounded = FORMULA_FALSE;

	for (size_t i = 0; i < judge->call->casting_count; i++) {
		const struct casting *casting = &judge->call->castings[i];

		if (is_entity(casting->kind) && !casting->service_linked &&
		    boundary_of(judge, casting).count > 0)
			bounded = any(judge, bounded, casting->bit);
	}
	return bounded;
}

/* Levels of SCPs and RCPs. */

struct judged_levels {
	int	 deny;
	int	 allow;			/* every level does */
};

static struct judged_levels
judge_levels(struct judge *judge, struct levels levels)
{
	struct judged_levels judged = { FORMULA_FALSE, FORMULA_TRUE };

	for (size_t i = 0; i < levels.count; i++) {
		struct encoded one = encode_charters(judge, levels.items[i]);

		judged.deny = any(judge, judged.deny, one.deny);
		judged.allow = all(judge, judged.allow,
		    encoded_allows(judge->formulas, &one));
	}
	return judged;
}

static struct levels
exhibit_levels(struct judge *judge, enum layer layer)
{
	const struct exhibits *exhibits = judge->court->exhibits;
	bool scp = layer == LAYER_SCP;
	const struct references *levels = scp ? exhibits->scps :
	    exhibits->rcps;
	size_t count = scp ? exhibits->scp_count : exhibits->rcp_count;
	struct charters *items = arena_array(judge->call->arena, count,
	    sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = take(judge, &levels[i], layer);
	return (struct levels){ items, count };
}

/* EVAL-8: the principals of the account, but for service-linked roles. */
static int
bound_by_scps(struct judge *judge, const struct estate_account *account)
{
	int bound = FORMULA_FALSE;

	if (account != NULL && estate_account_manages(judge->court->estate,
	    account->id))
		return FORMULA_FALSE;
	for (size_t i = 0; i < judge->call->casting_count; i++) {
		const struct casting *casting = &judge->call->castings[i];

		if ((is_entity(casting->kind) ||
		    casting->kind == ACTOR_ROOT) &&
		    !casting->service_linked && (account == NULL ||
		    casting->account == account))
			bound = any(judge, bound, casting->bit);
	}
	return bound;
}

/* Of the account of a caller who is known. */
static struct judged_levels
judge_known_scps(struct judge *judge)
{
	struct judged_levels scps = judge_levels(judge,
	    judge->use.policies->scp);
	int bound = bound_by_scps(judge, judge->call->castings[0].account);

	return (struct judged_levels){ all(judge, bound, scps.deny),
	    any(judge, -bound, scps.allow) };
}

static struct judged_levels
judge_scps(struct judge *judge)
{
	const struct estate *estate = judge->court->estate;
	struct judged_levels scps = { FORMULA_FALSE, FORMULA_TRUE };
	bool exhibits = judge->court->exhibits != NULL;
	size_t count = exhibits ? 1 : estate->account_count;

	if (judge->use.policies != NULL)
		return judge_known_scps(judge);
	for (size_t i = 0; i < count && !assumes(judge, LAYER_SCP); i++) {
		const struct estate_account *account = exhibits ? NULL :
		    &estate->accounts[i];
		struct judged_levels one = judge_levels(judge, exhibits ?
		    exhibit_levels(judge, LAYER_SCP) : archive_levels(
		    judge->court->archive, judge->call->arena, account,
		    LAYER_SCP));
		int bound = bound_by_scps(judge, account);

		scps.deny = any(judge, scps.deny, all(judge, bound,
		    one.deny));
		scps.allow = all(judge, scps.allow, any(judge, -bound,
		    one.allow));
	}
	return scps;
}

/* RCP-2, EVAL-9; see rcps_apply() of hearing.c. */
static int
rcps_apply(struct judge *judge)
{
	int role = all(judge, any(judge, asks_trust(judge),
	    resource_matches(judge, "arn:*:iam::*:role/*")),
	    -resource_matches(judge, "arn:*:iam::*:role/aws-service-role/*"));
	int applies = supposition_acts(judge->request, is_of_rcp_service,
	    NULL);

	applies = all(judge, applies, any(judge, -acts_of(judge, "sts"),
	    role));
	applies = all(judge, applies, -is_owned(judge));
	applies = all(judge, applies,
	    -supposition_is_service_linked(judge->call));
	applies = all(judge, applies, -acts_among(judge, "kms:retiregrant"));
	if (supposition_assume(judge->call, ASSUME_rcp_3) != 0)
		applies = all(judge, applies, -supposition_text(judge->call,
		    judge->request->resource, "*"));
	return applies;
}

/* The resource is that account's. */
static int
is_owned_by(struct judge *judge, const struct estate_account *account)
{
	return account == NULL ? FORMULA_TRUE : universe_equal(
	    judge->call->universe, judge->request->owner, account->id,
	    false);
}

/* Of the account that is known to own the resource, or may. */
static int
judge_known_rcps(struct judge *judge)
{
	struct judged_levels rcps = judge_levels(judge,
	    judge->use.policies->rcp);
	const struct estate *estate = judge->court->estate;

	for (size_t i = 0; i < estate->account_count; i++)
		if (estate_account_manages(estate, estate->accounts[i].id))
			rcps.deny = all(judge, rcps.deny, -is_owned_by(judge,
			    &estate->accounts[i]));
	return all(judge, rcps.deny, rcps_apply(judge));
}

static int
judge_rcps(struct judge *judge)
{
	const struct estate *estate = judge->court->estate;
	bool exhibits = judge->court->exhibits != NULL;
	size_t count = exhibits ? 1 : estate->account_count;
	int deny = FORMULA_FALSE;

	if (judge->use.policies != NULL)
		return judge_known_rcps(judge);
	for (size_t i = 0; i < count && !assumes(judge, LAYER_RCP); i++) {
		const struct estate_account *account = exhibits ? NULL :
		    &estate->accounts[i];
		struct judged_levels one;

		if (account != NULL && estate_account_manages(estate,
		    account->id))
			continue;
		one = judge_levels(judge, exhibits ? exhibit_levels(judge,
		    LAYER_RCP) : archive_levels(judge->court->archive,
		    judge->call->arena, account, LAYER_RCP));
		deny = any(judge, deny, all(judge, is_owned_by(judge,
		    account), one.deny));
	}
	return deny == FORMULA_FALSE ? deny : all(judge, deny,
	    rcps_apply(judge));
}

/* Endpoints. */

/* Of one way; unknown for a foreign endpoint, nothing to say for the others. */
static struct encoded
endpoint_of(struct judge *judge, const struct supposed_way *way)
{
	const struct exhibits *exhibits = judge->court->exhibits;
	const struct policies *policies = judge->use.policies;
	struct charters documents;

	if (way->kind != WAY_ENDPOINT || assumes(judge, LAYER_ENDPOINT))
		return encode_everything();
	if (policies != NULL && policies->endpoint.count > 0)
		documents = policies->endpoint;
	else if (exhibits != NULL && policies == NULL)
		documents = take(judge, &exhibits->layers[LAYER_ENDPOINT],
		    LAYER_ENDPOINT);
	else if (way->endpoint == NULL)
		return encode_unknown(judge, LAYER_ENDPOINT);
	else
		documents = take_only(judge, way->endpoint->policy,
		    LAYER_ENDPOINT);
	if (documents.count == 0)
		return encode_everything();
	if (way->endpoint == NULL)
		return encode_charters(judge, documents);
	return encode_charter(judge, documents.items[0],
	    way->endpoint->kind == ENDPOINT_KIND_GATEWAY);
}

static struct judged_levels
judge_endpoints(struct judge *judge)
{
	struct judged_levels judged = { FORMULA_FALSE, FORMULA_TRUE };
	int services = is_kind(judge, ACTOR_SERVICE);

	for (size_t i = 0; i < judge->call->way_count; i++) {
		const struct supposed_way *way = &judge->call->ways[i];
		struct encoded one = endpoint_of(judge, way);
		int passes = all(judge, way->bit, -services);

		judged.deny = any(judge, judged.deny, all(judge, passes,
		    one.deny));
		judged.allow = all(judge, judged.allow, any(judge, -passes,
		    encoded_allows(judge->formulas, &one)));
	}
	return judged;
}

/* The resource's own policy. */

static struct encoded
resource_of(struct judge *judge, const struct supposed_resource *sort,
    bool trust)
{
	const struct exhibits *exhibits = judge->court->exhibits;
	enum layer layer = trust ? LAYER_TRUST : LAYER_RESOURCE;

	if (assumes(judge, layer))
		return encode_everything();
	if (judge->use.policies != NULL)
		return encode_charters(judge, judge->use.policies->resource);
	if (exhibits != NULL)
		return encode_charters(judge, take(judge,
		    &exhibits->layers[layer], layer));
	if (trust && sort->sort == SORT_ROLE)
		return encode_charters(judge, take_only(judge,
		    sort->role->trust, layer));
	if (!trust && sort->sort == SORT_RESOURCE)
		return encode_charters(judge, take_only(judge,
		    sort->resource->policy, layer));
	return sort->sort == SORT_FOREIGN ? encode_unknown(judge, layer) :
	    encoded_nothing();
}

/* EVAL-11; see root_repairs() of hearing.c. */
static int
root_repairs(struct judge *judge, int same)
{
	return all(judge, all(judge, is_kind(judge, ACTOR_ROOT), same),
	    acts_among(judge, "s3:getbucketpolicy s3:putbucketpolicy "
	    "s3:deletebucketpolicy"));
}

static struct encoded
judge_resource(struct judge *judge, int same)
{
	struct encoded encoded = encoded_nothing();
	int trust = asks_trust(judge);

	for (size_t i = 0; i < judge->request->sort_count; i++) {
		const struct supposed_resource *sort =
		    &judge->request->sorts[i];
		struct encoded one;

		if (trust != FORMULA_FALSE) {
			one = resource_of(judge, sort, true);
			add_under(judge, &encoded, all(judge, trust,
			    sort->bit), &one);
		}
		if (trust != FORMULA_TRUE) {
			one = resource_of(judge, sort, false);
			add_under(judge, &encoded, all(judge, -trust,
			    sort->bit), &one);
		}
	}
	encoded.deny = all(judge, encoded.deny, -root_repairs(judge, same));
	return encoded;
}

/* What no credentials of the kind can do; see find_incapable(). */

static int
says_true(struct judge *judge, const char *name)
{
	struct supposed_key *key = supposition_key(judge->request,
	    word_from(name, strlen(name)));

	return universe_true(judge->call->universe, key->slots[0]);
}

static int
has_key(struct judge *judge, const char *name)
{
	return supposition_key(judge->request, word_from(name,
	    strlen(name)))->present;
}

static int
find_incapable(struct judge *judge)
{
	int session = all(judge, any(judge, is_kind(judge, ACTOR_USER),
	    is_kind(judge, ACTOR_ROOT)), all(judge, has_key(judge,
	    "aws:TokenIssueTime"), -says_true(judge, "aws:AssumedRoot")));
	int iam = acts_of(judge, "iam"), sts = acts_of(judge, "sts");
	int bad = all(judge, session, all(judge, iam, -says_true(judge,
	    "aws:MultiFactorAuthPresent")));

	bad = any(judge, bad, all(judge, session, all(judge, sts,
	    -acts_among(judge, "sts:assumerole sts:tagsession "
	    "sts:setsourceidentity sts:setcontext sts:getcalleridentity"))));
	bad = any(judge, bad, all(judge, is_kind(judge,
	    ACTOR_FEDERATED_SESSION), any(judge, iam, sts)));
	bad = any(judge, bad, all(judge, is_kind(judge, ACTOR_ROLE_SESSION),
	    acts_among(judge, "sts:getfederationtoken sts:getsessiontoken")));
	return any(judge, bad, all(judge, is_kind(judge, ACTOR_ROOT),
	    acts_among(judge, "sts:assumerole")));
}

/* See find_unmodelled(). */
static int
find_unmodelled(struct judge *judge, int same)
{
	int unmodelled = all(judge, acts_among(judge, "sts:assumeroot"),
	    -same);
	static const char *const points[] = { "arn:*:s3:*:*:accesspoint/*",
	    "arn:*:s3express:*:*:accesspoint/*",
	    "arn:*:s3-object-lambda:*:*:accesspoint/*" };

	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		unmodelled = any(judge, unmodelled, resource_matches(judge,
		    points[i]));
	return any(judge, unmodelled, acts_among(judge, "kms:retiregrant"));
}

/* STS-1, STS-2 */
static int
is_free(struct judge *judge)
{
	int unsigned_call = any(judge, is_kind(judge, ACTOR_ANONYMOUS),
	    is_kind(judge, ACTOR_PROVIDER));
	int key = all(judge, any(judge, is_kind(judge, ACTOR_USER),
	    is_kind(judge, ACTOR_ROOT)), all(judge, -has_key(judge,
	    "aws:TokenIssueTime"), -says_true(judge, "aws:AssumedRoot")));

	return any(judge, all(judge, acts_among(judge,
	    "sts:getcalleridentity"), -unsigned_call), all(judge,
	    acts_among(judge, "sts:getsessiontoken"), key));
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
	judge.bounded = find_bounded(&judge);
	return judge;
}

int
judgement_allowed(struct supposed_request *request,
    const struct judgement_use *use)
{
	struct judge judge = judge_new(request, use);
	int same = is_same_account(&judge), owned = is_owned(&judge);
	int about_key = resource_matches(&judge, "arn:*:kms:*:*:key/*");
	int mandatory = any(&judge, asks_trust(&judge), about_key);
	struct judged_levels endpoint = judge_endpoints(&judge);
	struct judged_levels scps = judge_scps(&judge);
	struct judged_path path = judge_path(&judge);
	struct encoded resource = judge_resource(&judge, same);
	int deny = any(&judge, any(&judge, scps.deny, judge_rcps(&judge)),
	    any(&judge, path.deny, resource.deny));
	int granted = encoded_allows(judge.formulas, &resource);
	int grant = any(&judge, judge_outside_grant(&judge, &resource),
	    any(&judge, judge_root_grant(&judge, granted, path.session,
	    owned, same, mandatory), judge_entity_grant(&judge, &resource,
	    &path, owned, same, mandatory)));
	int passes = all(&judge, endpoint.allow, -endpoint.deny);
	int barred = any(&judge, any(&judge, deny, -scps.allow), any(&judge,
	    find_incapable(&judge), stays_at_home(&judge, same, owned)));

	supposition_require(request->call, PREMISE_modelled,
	    -find_unmodelled(&judge, same));
	return all(&judge, passes, any(&judge, is_free(&judge),
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
		resource = judge_resource(&judge, is_same_account(&judge));
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
