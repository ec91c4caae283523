/* SPDX-License-Identifier: MIT */
/* Reads the trail of a decision, layer by layer. */
#include "config.h"

#include "simulator/opinion.h"
#include "simulator/stock.h"

const char *
stance_name(enum stance stance)
{
	static const char *const names[] = {
		[STANCE_ABSENT] = "-",
		[STANCE_SILENT] = "no",
		[STANCE_DENIES] = "deny",
		[STANCE_ALLOWS] = "allow",
		[STANCE_OPEN] = "depends",
		[STANCE_UNKNOWN] = "unknown",
	};

	return names[stance];
}

struct listener {
	struct arena		*arena;
	const struct ruling	*ruling;
	struct scope		 scope;
	struct opinions		 opinions;
};

/* The first step of the layer and level with that effect and outcome. */
static const struct step *
find_step(const struct listener *listener, const struct opinion *opinion,
    enum effect effect, enum truth matches)
{
	const struct trail *trail = &listener->ruling->trail;

	for (size_t i = 0; i < trail->steps.count; i++) {
		const struct step *step = &trail->steps.items[i];

		if (step->layer == opinion->layer &&
		    step->level == opinion->level &&
		    step->clause->effect == effect &&
		    step->meeting.matches == matches)
			return step;
	}
	return NULL;
}

static const struct charter *
find_refused(const struct charters *charters)
{
	for (size_t i = 0; i < charters->count; i++)
		if (!charters->items[i]->usable || charters->items[i]->unknown)
			return charters->items[i];
	return NULL;
}

/* Without a step of that outcome, the next that says less. */
static void
take_stance(struct listener *listener, struct opinion *opinion)
{
	static const struct {
		enum effect	 effect;
		enum truth	 matches;
		enum stance	 stance;
	} table[] = {
		{ EFFECT_DENY, TRUTH_TRUE, STANCE_DENIES },
		{ EFFECT_DENY, TRUTH_UNKNOWN, STANCE_OPEN },
		{ EFFECT_ALLOW, TRUTH_TRUE, STANCE_ALLOWS },
		{ EFFECT_ALLOW, TRUTH_UNKNOWN, STANCE_OPEN },
	};
	bool unknown = opinion->refused != NULL;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		opinion->step = find_step(listener, opinion, table[i].effect,
		    table[i].matches);
		opinion->stance = table[i].stance;
		if (opinion->step != NULL)
			break;
	}
	if (unknown && (opinion->step == NULL ||
	    opinion->stance != STANCE_DENIES)) {
		opinion->stance = STANCE_UNKNOWN;
		opinion->step = NULL;
		opinion->remark = opinion->refused->unknown ?
		    "nobody here knows what it says" :
		    opinion->refused->fault;
	} else if (opinion->step == NULL) {
		opinion->stance = STANCE_SILENT;
		opinion->miss = miss_find(listener->arena,
		    &listener->ruling->trail, EFFECT_ALLOW, opinion->layer,
		    opinion->level, &listener->scope);
	}
}

static void
hear(struct listener *listener, struct opinion opinion, bool applies,
    const struct charters *charters)
{
	if (!applies) {
		opinion.remark = charters->count == 0 ? NULL :
		    "does not apply to this request";
	} else {
		opinion.refused = find_refused(charters);
		take_stance(listener, &opinion);
	}
	*list_add(listener->arena, &listener->opinions.list) = opinion;
}

/* A layer that must allow even when there is no document of it. */
static void
hear_required(struct listener *listener, enum layer layer, bool applies,
    const struct charters *charters)
{
	struct opinion opinion = { .layer = layer };

	if (applies && charters->count == 0)
		opinion.remark = "no policy";
	hear(listener, opinion, applies, charters);
}

/* One that puts no limit when there is none (EVAL-2). */
static void
hear_optional(struct listener *listener, enum layer layer, bool applies,
    const struct charters *charters)
{
	struct opinion opinion = { .layer = layer };

	hear(listener, opinion, applies && charters->count > 0, charters);
}

static void
hear_levels(struct listener *listener, enum layer layer, bool applies,
    const struct levels *levels)
{
	const struct charters none = { NULL, 0 };
	struct opinion opinion = { .layer = layer, .leveled = true };

	if (levels->count == 0 || !applies) {
		opinion.leveled = false;
		hear(listener, opinion, false, levels->count == 0 ? &none :
		    &levels->items[0]);
		return;
	}
	for (size_t i = 0; i < levels->count; i++) {
		opinion.level = i;
		hear(listener, opinion, true, &levels->items[i]);
	}
}

/* What RCPs do not deny, they allow: RCPFullAWSAccess cannot be detached. */
static void
allow_rcps(struct listener *listener)
{
	for (size_t i = 0; i < listener->opinions.list.count; i++) {
		struct opinion *opinion = &listener->opinions.list.items[i];

		if (opinion->layer != LAYER_RCP ||
		    opinion->stance != STANCE_SILENT)
			continue;
		opinion->stance = STANCE_ALLOWS;
		opinion->remark = stock_of(LAYER_RCP)->name;
	}
}

/* EVAL-11: the owner's root user may repair, whatever a Deny says. */
static void
excuse_resource(struct listener *listener, const struct hearing *hearing)
{
	struct opinion *opinion = list_end(&listener->opinions.list) - 1;

	if (opinion->stance != STANCE_DENIES ||
	    hearing->resource.deny != TRUTH_FALSE)
		return;
	opinion->stance = STANCE_ABSENT;
	opinion->step = NULL;
	opinion->remark = "the owner's root user may always repair it";
}

struct opinions
opinion_list(struct arena *arena, const struct ruling *ruling,
    const struct assumptions *assumptions)
{
	const struct policies *policies = &ruling->policies;
	struct listener listener = { .arena = arena, .ruling = ruling,
	    .scope = { &ruling->request, assumptions, NULL } };
	const struct request *request = &ruling->request;
	struct hearing hearing;

	hearing_hold(&hearing, request, policies, assumptions,
	    credential_read(request, policies->endpoint.count > 0,
	    !context_has_unknown(&request->context)).held, NULL);
	hear_levels(&listener, LAYER_SCP, hearing.has_scp, &policies->scp);
	hear_levels(&listener, LAYER_RCP, hearing.has_rcp, &policies->rcp);
	allow_rcps(&listener);
	hear_optional(&listener, LAYER_ENDPOINT, hearing.has_endpoint,
	    &policies->endpoint);
	hear_required(&listener, request_asks_trust(&ruling->request) ?
	    LAYER_TRUST : LAYER_RESOURCE, !hearing.free &&
	    (policies->resource.count > 0 || hearing.mandatory ||
	    (hearing.cross && !hearing.owned)), &policies->resource);
	excuse_resource(&listener, &hearing);
	hear_required(&listener, LAYER_IDENTITY, hearing.has_identity,
	    &policies->identity);
	hear_optional(&listener, LAYER_BOUNDARY, hearing.has_boundary,
	    &policies->boundary);
	if (hearing.wants_session)
		hear_required(&listener, LAYER_SESSION, true,
		    &policies->session);
	else
		hear_optional(&listener, LAYER_SESSION, hearing.has_session,
		    &policies->session);
	return listener.opinions;
}
