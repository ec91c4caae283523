/* SPDX-License-Identifier: MIT */
/*
 * Walks the calls of a question.  Which requests a call is made of, calls.tsv
 * says; what a request carries, derive.c; what follows from it, decision.c.
 */
#include "config.h"

#include <string.h>

#include "simulator/chain.h"
#include "simulator/passing.h"
#include "simulator/petition.h"

struct walk {
	struct arena		*arena;
	const struct court	*court;
	const struct question	*question;
	const struct summons	*summons;
	struct answer		*answer;
	struct caller_party	 caller;	/* of the call at hand */
	bool			 mfa;		/* likewise */
};

/* Verdicts. */

/* A denial is one whatever else is open. */
static unsigned
severity_of(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_EXPLICITLY_DENIED:
		return 4;
	case VERDICT_IMPLICITLY_DENIED:
		return 3;
	case VERDICT_UNKNOWN:
		return 2;
	case VERDICT_DEPENDS:
		return 1;
	case VERDICT_ALLOWED:
		break;
	}
	return 0;
}

enum verdict
verdict_join(enum verdict one, enum verdict other)
{
	return severity_of(one) >= severity_of(other) ? one : other;
}

/* Two answers to one request, of which nobody knows which is AWS's. */
static enum verdict
verdict_choose(enum verdict one, enum verdict other)
{
	if (one == other)
		return one;
	if (verdict_is_denial(one) && verdict_is_denial(other))
		return VERDICT_IMPLICITLY_DENIED;
	if (one == VERDICT_UNKNOWN || other == VERDICT_UNKNOWN)
		return VERDICT_UNKNOWN;
	return VERDICT_DEPENDS;
}

static void
add_dependence(struct walk *walk, struct word key)
{
	struct answer *answer = walk->answer;

	for (size_t i = 0; i < answer->depends.count; i++)
		if (word_equal_folded(answer->depends.items[i], key))
			return;
	*list_add(walk->arena, &answer->depends) = key;
}

/* One request. */

/* Some statement that may be about it names a canonical user id. */
static bool
names_alias(const struct trail *trail)
{
	for (size_t i = 0; i < trail->steps.count; i++) {
		const struct step *step = &trail->steps.items[i];
		const struct principals *list =
		    &step->clause->statement->principal;

		if (step->meeting.failed == ELEMENT_ACTION)
			continue;
		for (size_t j = 0; j < list->count; j++)
			if (list->items[j].kind == PRINCIPAL_CANONICAL_USER)
				return true;
	}
	return false;
}

static void
decide_as_it_stands(struct walk *walk, const struct petition *petition,
    struct ruling *ruling)
{
	assumption_set derived = 0;

	ruling->trail.arena = walk->arena;
	petition_prepare(petition, &ruling->request, &ruling->policies,
	    &derived);
	ruling->decision = decision_make(&ruling->request, &ruling->policies,
	    walk->court->assumptions, &ruling->trail);
	ruling->decision.rests |= derived;
}

/* PRIN-14: nobody here knows of which account such an id is. */
static void
decide_petition(struct walk *walk, const struct petition *petition,
    struct ruling *ruling)
{
	struct petition other = *petition;
	struct ruling any = { .resource = ruling->resource };
	struct decision *decision = &ruling->decision;

	decide_as_it_stands(walk, petition, ruling);
	if (!names_alias(&ruling->trail))
		return;
	other.open_alias = true;
	decide_as_it_stands(walk, &other, &any);
	decision->rests |= any.decision.rests;
	if (any.decision.verdict == decision->verdict)
		return;
	decision->verdict = VERDICT_UNKNOWN;
	decision->has_layer = true;
	decision->layer = LAYER_RESOURCE;
	decision->reason = "nobody here knows whose canonical user id the "
	    "policy names (PRIN-14)";
}

/* Decides another reading of the request, and joins its verdict. */
static void
decide_otherwise(struct walk *walk, const struct petition *petition,
    struct ruling *ruling, const char *key)
{
	struct ruling other = { .resource = ruling->resource };
	enum verdict joined;

	decide_petition(walk, petition, &other);
	walk->answer->rests |= other.decision.rests;
	joined = verdict_choose(ruling->verdict, other.decision.verdict);
	if (joined == ruling->verdict)
		return;
	ruling->verdict = joined;
	ruling->reason = arena_printf(walk->arena, "it hangs on `%s`", key);
	add_dependence(walk, word_from(key, strlen(key)));
}

/*
 * A request that may have come any way may have come through an endpoint of
 * the estate, whose policy then counts.
 */
static void
decide_ways(struct walk *walk, const struct petition *petition,
    struct ruling *ruling)
{
	const struct estate *estate = walk->court->estate;

	if (petition->way.kind != WAY_UNKNOWN)
		return;
	for (size_t i = 0; i < estate->endpoint_count; i++) {
		const struct estate_endpoint *endpoint =
		    &estate->endpoints[i];
		struct petition other = *petition;

		if (endpoint->service == NULL ||
		    endpoint->service != ruling->request.service)
			continue;
		other.way = (struct way){ WAY_ENDPOINT, endpoint->id,
		    endpoint };
		decide_otherwise(walk, &other, ruling, "aws:SourceVpce");
	}
}

/* A resource that may be anybody's may be somebody else's. */
static void
decide_owners(struct walk *walk, const struct petition *petition,
    struct ruling *ruling)
{
	struct petition other = *petition;

	if (!petition->resource->owner_open)
		return;
	other.foreign_owner = true;
	decide_otherwise(walk, &other, ruling, "aws:ResourceAccount");
}

/*
 * A call that wants a resource was decided on none that it takes.  What denies
 * that may allow one: NotResource lets through, or bars, what nobody named.
 */
static void
decide_resources(struct walk *walk, const struct petition *petition,
    struct ruling *ruling)
{
	struct petition other = *petition;
	struct ruling any = { .resource = ruling->resource };

	if (!verdict_is_denial(ruling->verdict) || !petition->stray)
		return;
	other.open_resource = true;
	decide_petition(walk, &other, &any);
	if (verdict_is_denial(any.decision.verdict))
		return;
	walk->answer->rests |= any.decision.rests;
	ruling->verdict = VERDICT_UNKNOWN;
	ruling->reason = "it hangs on the resource, which was not named";
}

static void
decide_ruling(struct walk *walk, const struct petition *petition,
    struct ruling *ruling)
{
	const struct decision *decision = &ruling->decision;

	decide_petition(walk, petition, ruling);
	ruling->verdict = decision->verdict;
	ruling->reason = decision->reason;
	for (size_t i = 0; i < decision->key_count; i++)
		add_dependence(walk, decision->keys[i]);
	decide_ways(walk, petition, ruling);
	decide_owners(walk, petition, ruling);
	walk->answer->rests |= decision->rests;
}

/* One call. */

/* What no request of the call has a say in; of a part that was not named,
 * nobody can say that it is allowed. */
static enum verdict
start_verdict(const struct hop *hop)
{
	if (hop->refused != NULL)
		return VERDICT_IMPLICITLY_DENIED;
	return hop->missing != NULL ? VERDICT_UNKNOWN : VERDICT_ALLOWED;
}

static void
decide_hop(struct walk *walk, struct hop *hop)
{
	struct petitions petitions = petition_list(walk->arena, walk->court,
	    walk->question, hop->call, &walk->caller, walk->mfa);
	struct ruling *rulings = arena_array(walk->arena, petitions.count,
	    sizeof(*rulings));

	hop->caller = walk->caller;
	hop->rulings = rulings;
	hop->count = petitions.count;
	hop->refused = petitions.refused;
	hop->missing = petitions.missing;
	hop->verdict = start_verdict(hop);
	for (size_t i = 0; i < petitions.count; i++) {
		struct ruling *ruling = &rulings[i];

		ruling->part = petitions.items[i].part;
		ruling->resource = petitions.items[i].resource;
		decide_ruling(walk, &petitions.items[i], ruling);
		if (hop->missing != NULL)
			decide_resources(walk, &petitions.items[i], ruling);
		if (verdict_join(hop->verdict, ruling->verdict) ==
		    hop->verdict)
			continue;
		hop->verdict = ruling->verdict;
		hop->decisive = ruling;
	}
}

/* The session that the call makes becomes the caller. */
static void
take_session(struct walk *walk, const struct hop *hop)
{
	const struct resource_party *role = &hop->call->resources[0];
	struct caller_party next = { .credential = CREDENTIAL_SESSION };

	summons_session(walk->arena, role->arn,
	    walk->question->named.word, &next.actor);
	next.principal = role->role;
	next.foreign = role->foreign;
	/* of any session nobody knows what it was given */
	if (!walk->question->any)
		next.session = passing_session(walk->arena, walk->question,
		    &walk->caller, walk->mfa);
	walk->caller = next;
	walk->mfa = false;
}

void
chain_decide(struct arena *arena, const struct court *court,
    const struct question *question, const struct summons *summons,
    struct answer *answer)
{
	struct walk walk = { arena, court, question, summons, answer,
	    summons->caller, question->mfa };
	struct hop *hops = arena_array(arena, summons->count, sizeof(*hops));

	*answer = (struct answer){ .verdict = VERDICT_ALLOWED, .hops = hops };
	for (size_t i = 0; i < summons->count &&
	    !verdict_is_denial(answer->verdict); i++) {
		struct hop *hop = &hops[answer->count++];

		hop->call = &summons->calls[i];
		decide_hop(&walk, hop);
		if (verdict_join(answer->verdict, hop->verdict) !=
		    answer->verdict) {
			answer->verdict = hop->verdict;
			answer->decisive = hop;
		}
		if (hop->call->assumes)
			take_session(&walk, hop);
	}
	if (answer->verdict != VERDICT_DEPENDS)
		answer->depends.count = 0;
}

bool
answer_depends_on(const struct answer *answer, struct word key)
{
	for (size_t i = 0; i < answer->depends.count; i++)
		if (word_equal_folded(answer->depends.items[i], key))
			return true;
	return false;
}
