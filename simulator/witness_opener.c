/* SPDX-License-Identifier: MIT */
/*
 * Policies that nobody knows, and those that a guarantee assumes: something
 * that can be decided stands in their place, and allows everything.
 */
#include "config.h"

#include <string.h>

#include "policy/reader.h"
#include "simulator/witness.h"

/* A name that a policy can hold as it is. */
static bool
can_be_named(const struct actor *actor)
{
	struct word name = actor->principal;

	if (actor->account.text == NULL)
		return false;
	for (size_t i = 0; i < name.length; i++)
		if (name.text[i] < ' ' || name.text[i] > '~' ||
		    strchr("\"\\*?$", name.text[i]) != NULL)
			return false;
	return true;
}

static const char *
write_principal(const struct witness_opener *opener,
    const struct actor *actor, enum layer layer, enum effect effect)
{
	if ((LAYERS_PRINCIPAL & (1u << layer)) == 0)
		return "";
	if (effect == EFFECT_DENY || layer == LAYER_RCP ||
	    !can_be_named(actor))
		return "\"Principal\":\"*\",";
	return arena_printf(opener->arena,
	    "\"Principal\":{\"AWS\":\"%.*s\"},",
	    (int)actor->principal.length, actor->principal.text);
}

const struct charter *
witness_charter(const struct witness_opener *opener,
    const struct request *request, enum layer layer, enum effect effect)
{
	struct arena *arena = opener->arena;
	const char *bytes = arena_printf(arena, "{\"Version\":\"2012-10-17\","
	    "\"Statement\":{\"Effect\":\"%s\",%s\"Action\":\"*\","
	    "\"Resource\":\"*\"}}", effect == EFFECT_DENY ? "Deny" :
	    "Allow", write_principal(opener, &request->actor, layer, effect));
	const struct source *source = source_new(arena, opener->name, bytes,
	    strlen(bytes));
	struct report report;
	const struct text *text;

	report_init(&report, arena, source);
	text = text_read(arena, source, &report);
	return charter_compile(arena, opener->court->catalog,
	    reader_read_policy(arena, text, text->root, &report), layer,
	    opener->court->assumptions, 0);
}

static struct charters
only(const struct witness_opener *opener, const struct request *request,
    enum layer layer)
{
	const struct charter **items = arena_alloc(opener->arena,
	    sizeof(*items));

	*items = witness_charter(opener, request, layer, EFFECT_ALLOW);
	return (struct charters){ items, 1 };
}

/* A federated session has policies that its user chose (STS-5), and one of
 * AssumeRoot the task policy (EVAL-12). */
static bool
wants_session(const struct request *request)
{
	return request->actor.kind == ACTOR_FEDERATED_SESSION ||
	    (request->actor.kind == ACTOR_ROOT &&
	    request_says_true(request, "aws:AssumedRoot"));
}

static void
open_levels(const struct witness_opener *opener, const struct request *request,
    enum layer layer, struct levels *levels)
{
	struct charters *items = arena_array(opener->arena, levels->count,
	    sizeof(*items));

	for (size_t i = 0; i < levels->count; i++) {
		items[i] = levels->items[i];
		opener->open(opener, request, layer, &items[i]);
	}
	levels->items = items;
}

void
witness_open(const struct witness_opener *opener,
    const struct request *request, struct policies *policies)
{
	opener->open(opener, request, LAYER_IDENTITY, &policies->identity);
	opener->open(opener, request, LAYER_BOUNDARY, &policies->boundary);
	opener->open(opener, request, request_asks_trust(request) ?
	    LAYER_TRUST : LAYER_RESOURCE, &policies->resource);
	opener->open(opener, request, LAYER_ENDPOINT, &policies->endpoint);
	open_levels(opener, request, LAYER_SCP, &policies->scp);
	open_levels(opener, request, LAYER_RCP, &policies->rcp);
	if (policies->session.count == 0 && wants_session(request))
		policies->session = only(opener, request, LAYER_SESSION);
}

static bool
is_assumed(const struct plan *plan, enum layer layer)
{
	return (plan->guarantee->assuming & (1u << layer)) != 0;
}

static void
open_layer(const struct witness_opener *opener, const struct request *request,
    enum layer layer, struct charters *charters)
{
	const struct charter **items;

	if (is_assumed(opener->context, layer)) {
		*charters = only(opener, request, layer);
		return;
	}
	items = arena_array(opener->arena, charters->count, sizeof(*items));
	for (size_t i = 0; i < charters->count; i++)
		items[i] = !charters->items[i]->unknown ? charters->items[i] :
		    witness_charter(opener, request, layer, EFFECT_ALLOW);
	charters->items = items;
}

void
witness_open_plan(const struct plan *plan, const struct request *request,
    struct policies *policies)
{
	const struct witness_opener opener = { plan->arena, plan->court,
	    WITNESS_EVERYTHING, plan, open_layer };

	witness_open(&opener, request, policies);
	if (is_assumed(plan, LAYER_BOUNDARY))
		policies->boundary.count = 0;
	if (is_assumed(plan, LAYER_SCP))
		policies->scp.count = 0;
	if (is_assumed(plan, LAYER_RCP))
		policies->rcp.count = 0;
}
