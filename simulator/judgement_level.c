/* SPDX-License-Identifier: MIT */
/*
 * SCPs and RCPs: the layers that stand in levels, each of which must allow,
 * and that bind by account.
 */
#include "config.h"

#include "simulator/judgement_row.h"

static struct judged_levels
judge_levels(struct judge *judge, struct levels levels)
{
	struct judged_levels judged = { FORMULA_FALSE, FORMULA_TRUE };

	for (size_t i = 0; i < levels.count; i++) {
		struct encoded one = judge_charters(judge, levels.items[i]);

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
		items[i] = judge_take(judge, &levels[i], layer);
	return (struct levels){ items, count };
}

/* They were brought along for every account; else they are the estate's. */
static bool
has_exhibits(const struct judge *judge, enum layer layer)
{
	const struct exhibits *exhibits = judge->court->exhibits;

	return exhibits != NULL && (court_is_bare(judge->court) ||
	    (layer == LAYER_SCP ? exhibits->scp_count :
	    exhibits->rcp_count) > 0);
}

static bool
manages(const struct judge *judge, const struct estate_account *account)
{
	return account != NULL && estate_account_manages(judge->court->estate,
	    account->id);
}

/* EVAL-8: the principals of the account, or of any, but for service-linked
 * roles and the management account. */
static int
bound_by_scps(struct judge *judge, const struct estate_account *account)
{
	int bound = FORMULA_FALSE;

	for (size_t i = 0; i < judge->call->casting_count; i++) {
		const struct casting *casting = &judge->call->castings[i];

		if ((is_entity(casting->kind) ||
		    casting->kind == ACTOR_ROOT) &&
		    !casting->service_linked && (account == NULL ||
		    casting->account == account) &&
		    !manages(judge, casting->account))
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

struct judged_levels
judge_scps(struct judge *judge)
{
	const struct estate *estate = judge->court->estate;
	struct judged_levels scps = { FORMULA_FALSE, FORMULA_TRUE };
	bool exhibits = has_exhibits(judge, LAYER_SCP);
	size_t count = exhibits ? 1 : estate->account_count;

	if (judge->use.policies != NULL)
		return judge_known_scps(judge);
	for (size_t i = 0; i < count && !judge_assumes(judge, LAYER_SCP); i++) {
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

static bool
is_of_rcp_service(const struct supposed_action *action, const void *nothing)
{
	(void)nothing;
	return action->service != NULL && action->service->rcp;
}

/* RCP-2, EVAL-9; see rcps_apply() of hearing.c. */
static int
rcps_apply(struct judge *judge)
{
	int role = all(judge, any(judge, judge_asks_trust(judge),
	    judge_resource_matches(judge, "arn:*:iam::*:role/*")),
	    -judge_resource_matches(judge,
	    "arn:*:iam::*:role/aws-service-role/*"));
	int applies = supposition_acts(judge->request, is_of_rcp_service,
	    NULL);

	applies = all(judge, applies, any(judge, -judge_acts_of(judge, "sts"),
	    role));
	applies = all(judge, applies, -judge_is_owned(judge));
	applies = all(judge, applies,
	    -supposition_is_service_linked(judge->call));
	applies = all(judge, applies, -judge_acts_among(judge,
	    "kms:retiregrant"));
	if (supposition_assume(judge->call, ASSUME_rcp_3) != 0)
		applies = all(judge, applies, -supposition_text(judge->call,
		    judge->request->resource, "*"));
	return applies;
}

/* The resource is that account's. */
static int
is_owned_by(struct judge *judge, const struct estate_account *account)
{
	return universe_equal(judge->call->universe, judge->request->owner,
	    account->id, false);
}

/* Of whatever account owns the resource, or may, but the management one. */
static int
judge_rcps_of_any(struct judge *judge, struct levels levels)
{
	struct judged_levels rcps = judge_levels(judge, levels);
	const struct estate *estate = judge->court->estate;

	for (size_t i = 0; i < estate->account_count; i++)
		if (manages(judge, &estate->accounts[i]))
			rcps.deny = all(judge, rcps.deny, -is_owned_by(judge,
			    &estate->accounts[i]));
	return all(judge, rcps.deny, rcps_apply(judge));
}

int
judge_rcps(struct judge *judge)
{
	const struct estate *estate = judge->court->estate;
	int deny = FORMULA_FALSE;

	if (judge->use.policies != NULL)
		return judge_rcps_of_any(judge, judge->use.policies->rcp);
	if (judge_assumes(judge, LAYER_RCP))
		return FORMULA_FALSE;
	if (has_exhibits(judge, LAYER_RCP))
		return judge_rcps_of_any(judge, exhibit_levels(judge,
		    LAYER_RCP));
	for (size_t i = 0; i < estate->account_count; i++) {
		const struct estate_account *account = &estate->accounts[i];
		struct judged_levels one;

		if (manages(judge, account))
			continue;
		one = judge_levels(judge, archive_levels(judge->court->archive,
		    judge->call->arena, account, LAYER_RCP));
		deny = any(judge, deny, all(judge, is_owned_by(judge,
		    account), one.deny));
	}
	return deny == FORMULA_FALSE ? deny : all(judge, deny,
	    rcps_apply(judge));
}
