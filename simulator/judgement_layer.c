/* SPDX-License-Identifier: MIT */
/*
 * What each layer comes to: the selection of documents in hearing.c, for all
 * callers, ways and resources that there can be.
 */
#include "config.h"

#include "simulator/judgement_row.h"

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

struct encoded
judge_charters(struct judge *judge, struct charters charters)
{
	struct encoded encoded = encoded_nothing();

	for (size_t i = 0; i < charters.count; i++) {
		struct encoded one = encode_charter(judge, charters.items[i],
		    false);

		add_under(judge, &encoded, FORMULA_TRUE, &one);
	}
	return encoded;
}

struct charters
judge_take(struct judge *judge, const struct references *references,
    enum layer layer)
{
	return archive_charters(judge->court->archive, judge->call->arena,
	    references, layer);
}

/* What was brought along for the layer, or NULL: then it is the estate's. */
static const struct references *
exhibit_of(const struct judge *judge, enum layer layer)
{
	const struct exhibits *exhibits = judge->court->exhibits;

	return exhibits != NULL && (exhibits->layers[layer].count > 0 ||
	    court_is_bare(judge->court)) ? &exhibits->layers[layer] : NULL;
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

bool
judge_assumes(const struct judge *judge, enum layer layer)
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

static struct encoded
identity_of(struct judge *judge, const struct casting *casting)
{
	const struct references *brought = exhibit_of(judge, LAYER_IDENTITY);

	if (judge_assumes(judge, LAYER_IDENTITY))
		return encode_everything();
	if (judge->use.policies != NULL)
		return judge_charters(judge, judge->use.policies->identity);
	if (brought != NULL)
		return judge_charters(judge, judge_take(judge, brought,
		    LAYER_IDENTITY));
	if (casting->principal != NULL)
		return judge_charters(judge, judge_take(judge,
		    &casting->principal->identity, LAYER_IDENTITY));
	return casting->unknown ? encode_unknown(judge, LAYER_IDENTITY) :
	    encoded_nothing();
}

/* The boundary's documents; none puts no limit. */
static struct charters
boundary_of(struct judge *judge, const struct casting *casting)
{
	const struct references *brought = exhibit_of(judge, LAYER_BOUNDARY);

	if (judge_assumes(judge, LAYER_BOUNDARY))
		return (struct charters){ NULL, 0 };
	if (judge->use.policies != NULL)
		return judge->use.policies->boundary;
	if (brought != NULL)
		return judge_take(judge, brought, LAYER_BOUNDARY);
	return take_only(judge, casting->principal == NULL ? NULL :
	    casting->principal->boundary, LAYER_BOUNDARY);
}

/* EVAL-17: the sessions of a root user have the full access that nothing but
 * their session policies cut down. */
static int
is_root_issued(struct judge *judge, const struct casting *casting)
{
	return casting->kind == ACTOR_FEDERATED_SESSION &&
	    casting->principal == NULL ?
	    supposition_is_root_issued(judge->call) : FORMULA_FALSE;
}

static void
judge_casting(struct judge *judge, const struct casting *casting,
    struct judged_path *path)
{
	struct encoded identity = identity_of(judge, casting);
	struct charters documents = boundary_of(judge, casting);
	int full = is_root_issued(judge, casting);
	int bound = all(judge, casting->bit, -full);
	struct encoded boundary;

	path->identity = any(judge, path->identity, all(judge, casting->bit,
	    any(judge, full, encoded_allows(judge->formulas, &identity))));
	path->deny = any(judge, path->deny, all(judge, bound, identity.deny));
	if (documents.count == 0 || casting->service_linked)
		return;
	boundary = judge_charters(judge, documents);
	path->boundary = all(judge, path->boundary, any(judge, -bound,
	    encoded_allows(judge->formulas, &boundary)));
	path->deny = any(judge, path->deny, all(judge, bound, boundary.deny));
}

/* One that allows suffices (EVAL-18), or each must, by assumption; see
 * scan_session() of hearing.c. */
static int
sessions_allow(struct judge *judge, const struct charters *session)
{
	struct encoded encoded = judge_charters(judge, *session);
	int each = FORMULA_TRUE;

	if (session->count < 2 ||
	    supposition_assume(judge->call, ASSUME_eval_18) == 0)
		return encoded_allows(judge->formulas, &encoded);
	for (size_t i = 0; i < session->count; i++) {
		encoded = judge_charters(judge,
		    (struct charters){ &session->items[i], 1 });
		each = all(judge, each, encoded_allows(judge->formulas,
		    &encoded));
	}
	return each;
}

/* What the one call has brought, or what stands for all of them. */
static struct charters
session_of(struct judge *judge)
{
	const struct exhibits *exhibits = judge->court->exhibits;

	if (judge->use.policies != NULL)
		return judge->use.policies->session;
	if (exhibits == NULL || judge_assumes(judge, LAYER_SESSION))
		return (struct charters){ NULL, 0 };
	return judge_take(judge, &exhibits->layers[LAYER_SESSION],
	    LAYER_SESSION);
}

/* STS-5, EVAL-12: a federated session and one of AssumeRoot must have one; a
 * call that is not known to have brought any is taken to have brought what
 * allows it. */
static void
judge_session(struct judge *judge, struct judged_path *path)
{
	struct charters documents = session_of(judge);
	struct encoded session;
	int sessions, wanting;

	if (judge->use.policies == NULL && documents.count == 0)
		return;
	wanting = any(judge, supposition_is_kind(judge->call,
	    ACTOR_FEDERATED_SESSION), all(judge, supposition_is_kind(
	    judge->call, ACTOR_ROOT), judge_says_true(judge,
	    "aws:AssumedRoot")));
	if (documents.count == 0) {
		path->session = -wanting;
		return;
	}
	sessions = any(judge, wanting, all(judge, supposition_is_kind(
	    judge->call, ACTOR_ROLE_SESSION),
	    -supposition_is_service_linked(judge->call)));
	session = judge_charters(judge, documents);
	path->session = any(judge, -sessions, sessions_allow(judge,
	    &documents));
	path->deny = any(judge, path->deny, all(judge, sessions,
	    session.deny));
}

struct judged_path
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

int
judge_bounded(struct judge *judge)
{
	int bounded = FORMULA_FALSE;

	for (size_t i = 0; i < judge->call->casting_count; i++) {
		const struct casting *casting = &judge->call->castings[i];

		if (is_entity(casting->kind) && !casting->service_linked &&
		    boundary_of(judge, casting).count > 0)
			bounded = any(judge, bounded, all(judge, casting->bit,
			    -is_root_issued(judge, casting)));
	}
	return bounded;
}

/* Endpoints. */

/* Of one way; unknown for a foreign endpoint, nothing to say for the others. */
static struct encoded
endpoint_of(struct judge *judge, const struct supposed_way *way)
{
	const struct references *brought = exhibit_of(judge, LAYER_ENDPOINT);
	const struct policies *policies = judge->use.policies;
	struct charters documents;

	if (way->kind != WAY_ENDPOINT || judge_assumes(judge, LAYER_ENDPOINT))
		return encode_everything();
	if (policies != NULL && policies->endpoint.count > 0)
		documents = policies->endpoint;
	else if (brought != NULL && policies == NULL)
		documents = judge_take(judge, brought, LAYER_ENDPOINT);
	else if (way->endpoint == NULL)
		return encode_unknown(judge, LAYER_ENDPOINT);
	else
		documents = take_only(judge, way->endpoint->policy,
		    LAYER_ENDPOINT);
	if (documents.count == 0)
		return encode_everything();
	if (way->endpoint == NULL)
		return judge_charters(judge, documents);
	return encode_charter(judge, documents.items[0],
	    way->endpoint->kind == ENDPOINT_KIND_GATEWAY);
}

struct judged_levels
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
	enum layer layer = trust ? LAYER_TRUST : LAYER_RESOURCE;
	const struct references *brought = exhibit_of(judge, layer);

	if (judge_assumes(judge, layer))
		return encode_everything();
	if (judge->use.policies != NULL)
		return judge_charters(judge, judge->use.policies->resource);
	if (brought != NULL)
		return judge_charters(judge, judge_take(judge, brought,
		    layer));
	if (trust && sort->sort == SORT_ROLE)
		return judge_charters(judge, take_only(judge,
		    sort->role->trust, layer));
	if (!trust && sort->sort == SORT_RESOURCE)
		return judge_charters(judge, take_only(judge,
		    sort->resource->policy, layer));
	return sort->sort == SORT_FOREIGN || (sort->sort == SORT_UNLISTED &&
	    sort->account->open) ? encode_unknown(judge, layer) :
	    encoded_nothing();
}

int
judge_is_listed(struct judge *judge)
{
	const struct supposed_request *request = judge->request;
	const struct references *exhibit = exhibit_of(judge, LAYER_RESOURCE);
	bool brought = exhibit != NULL && exhibit->count > 0;
	int listed = FORMULA_FALSE;

	for (size_t i = 0; i < request->sort_count; i++)
		if (brought || request->sorts[i].sort == SORT_RESOURCE)
			listed = any(judge, listed, request->sorts[i].bit);
	return listed;
}

/* EVAL-11; see root_repairs() of hearing.c. */
static int
root_repairs(struct judge *judge, int same, int session)
{
	int bucket = judge_acts_among(judge,
	    call_actions(CALL_BUCKET_POLICY));
	int queue = all(judge, judge_acts_among(judge,
	    call_actions(CALL_UNLOCK_QUEUE)), all(judge,
	    judge_says_true(judge, "aws:AssumedRoot"), session));

	return all(judge, all(judge, is_kind(judge, ACTOR_ROOT), same),
	    any(judge, bucket, queue));
}

struct encoded
judge_resource(struct judge *judge, int same, int session)
{
	struct encoded encoded = encoded_nothing();
	int trust = judge_asks_trust(judge);

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
	encoded.deny = all(judge, encoded.deny, -root_repairs(judge, same,
	    session));
	return encoded;
}
