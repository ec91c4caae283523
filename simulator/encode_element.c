/* SPDX-License-Identifier: MIT */
/* Action and Resource: element_*.c over slots. */
#include "config.h"

#include "simulator/encode.h"

/* Any action at all: the patterns are claims about its name. */
static int
encode_names(struct supposed_request *request,
    const struct action_element *element)
{
	struct supposition *call = request->call;
	bool strict = supposition_assume(call, ASSUME_act_4) != 0;
	size_t count = strict ? element->literal : element->count;
	int matches = element->everything ? FORMULA_TRUE : FORMULA_FALSE;

	if (element->empty)
		return element->negated &&
		    supposition_assume(call, ASSUME_gram_34) == 0 ?
		    FORMULA_TRUE : FORMULA_FALSE;
	for (size_t i = 0; i < count; i++)
		matches = formula_or(call->formulas, matches, universe_match(
		    call->universe, request->name, &element->patterns[i]));
	return element->negated ? -matches : matches;
}

/* Actions are words of a closed slot, and each is tried. */

int
encode_actions(struct supposed_request *request,
    const struct action_element *element)
{
	struct supposition *call = request->call;
	int *bits = request->bits;
	size_t count = 0;

	if (request->name != SLOT_NONE)
		return encode_names(request, element);
	for (size_t i = 0; i < request->action_count; i++) {
		const struct supposed_action *action = &request->actions[i];
		const struct request concrete = { .action = action->name,
		    .listed = action->listed, .service = action->service };
		const struct scope scope = { &concrete,
		    call->court->assumptions, NULL };

		if (action_element_matches(element, &scope))
			bits[count++] = action->bit;
	}
	return count == request->action_count ? FORMULA_TRUE :
	    formula_any(call->formulas, bits, count);
}

/* Resources. */

static bool
assumed(const struct supposition *call, enum assumption assumption)
{
	return supposition_assume(call, assumption) != 0;
}

/* See match_written() of element_resource.c. */
static int
encode_written(struct supposed_request *request,
    const struct resource_entry *entry, const struct pattern *pattern)
{
	if (entry->variable != NULL)
		return encode_substitution(request, request->resource,
		    entry->variable);
	return universe_match(request->call->universe, request->resource,
	    pattern);
}

/* See match_readings() of element_resource.c. */
static int
encode_readings(struct supposed_request *request,
    const struct resource_entry *entry)
{
	struct supposition *call = request->call;
	int matches = encode_written(request, entry, &entry->pattern);

	if (entry->padded != NULL && assumed(call, ASSUME_res_5))
		matches = formula_or(call->formulas, matches,
		    encode_written(request, entry, entry->padded));
	if (entry->strict != NULL && assumed(call, ASSUME_res_6))
		matches = formula_and(call->formulas, matches,
		    encode_written(request, entry->strict,
		    &entry->strict->pattern));
	return matches;
}

static int
encode_entry(struct supposed_request *request,
    const struct resource_entry *entry)
{
	struct supposition *call = request->call;

	if (entry->everything)
		return FORMULA_TRUE;
	if (entry->never || (entry->wild_type && assumed(call,
	    ASSUME_res_7)))
		return FORMULA_FALSE;
	if (assumed(call, ASSUME_res_4) && call->unsupported == NULL)
		call->unsupported = "the prover reads ARNs with case (res-4)";
	return encode_readings(request, entry);
}

static int
encode_entries(struct supposed_request *request,
    const struct resource_element *element)
{
	struct supposition *call = request->call;
	int *parts = arena_array(call->arena, element->count,
	    sizeof(*parts));

	if (element->everything)
		return FORMULA_TRUE;
	for (size_t i = 0; i < element->count; i++)
		parts[i] = encode_entry(request, &element->entries[i]);
	/* RES-9: no ARN is about an action that has no resources */
	return formula_and(call->formulas, formula_any(call->formulas, parts,
	    element->count), -supposition_text(call, request->resource, "*"));
}

int
encode_resources(struct supposed_request *request,
    const struct resource_element *element)
{
	int matches;

	if (element->empty)
		return element->negated && !assumed(request->call,
		    ASSUME_gram_34) ? FORMULA_TRUE : FORMULA_FALSE;
	matches = encode_entries(request, element);
	return element->negated ? -matches : matches;
}
