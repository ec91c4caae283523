/* SPDX-License-Identifier: MIT */
/* Makes the slots and bits of a supposed call, and formulas over them. */
#include "config.h"

#include <string.h>

#include "simulator/likeness.h"
#include "simulator/supposition_row.h"

/* Slots. */

const char *
supposition_name(const struct supposition *call, const char *part,
    const char *name)
{
	return arena_printf(call->arena, "%s%s%s%s", call->label,
	    part == NULL ? "" : part, part == NULL ? "" : " ", name);
}

size_t
supposition_slot(struct supposition *call, const char *part, const char *name,
    bool optional, enum value_type type)
{
	struct slot slot = {
		.name = supposition_name(call, part, name),
		.type = type,
		.presence = optional ? formula_variable(call->formulas) :
		    FORMULA_TRUE,
	};

	likeness_fit(call->arena, call->court->estate, name, &slot);
	return universe_add(call->universe, &slot);
}

size_t
supposition_choice(struct supposition *call, const char *part, const char *name,
    size_t count)
{
	struct word *words = arena_array(call->arena, count, sizeof(*words));
	struct slot slot = { .name = supposition_name(call, part, name),
	    .type = VALUE_STRING, .presence = FORMULA_TRUE, .words = words,
	    .word_count = count };

	for (size_t i = 0; i < count; i++) {
		const char *text = arena_printf(call->arena, "%zu", i);

		words[i] = word_from(text, strlen(text));
	}
	return universe_add(call->universe, &slot);
}

/* Ways. */

static void
add_ways(struct supposition *call)
{
	const struct estate *estate = call->court->estate;
	size_t count = 0;
	struct supposed_way *ways = arena_array(call->arena,
	    estate->endpoint_count + 3, sizeof(*ways));

	for (size_t i = 0; i < estate->endpoint_count; i++)
		ways[count++] = (struct supposed_way){ .kind = WAY_ENDPOINT,
		    .endpoint = &estate->endpoints[i] };
	ways[count++].kind = WAY_INTERNET;
	ways[count++].kind = WAY_ENDPOINT;
	ways[count++].kind = WAY_SERVICE;
	call->path = supposition_choice(call, NULL, "way", count);
	for (size_t i = 0; i < count; i++)
		ways[i].bit = universe_word(call->universe, call->path, i);
	call->ways = ways;
	call->way_count = count;
}

struct supposition *
supposition_new(struct arena *arena, const struct court *court,
    struct universe *universe, const char *label)
{
	return supposition_new_about(arena, court, universe, label, NULL);
}

/* The choices that the universe follows itself. */
static void
choose_reading(struct universe *universe,
    const struct assumptions *assumptions)
{
	const uint8_t *choice = assumptions->choice;

	universe_read_as(universe, (struct universe_reading){
	    .years = choice[ASSUME_cond_15] != 0,
	    .mapped = choice[ASSUME_cond_20] != 0 });
}

/* A slot of the call that may be absent. */
static size_t
add_text(struct supposition *call, const char *name)
{
	return supposition_slot(call, NULL, name, true, VALUE_STRING);
}

struct supposition *
supposition_new_about(struct arena *arena, const struct court *court,
    struct universe *universe, const char *label,
    const struct supposed_focus *focus)
{
	struct supposition *call = arena_alloc(arena, sizeof(*call));

	call->arena = arena;
	call->court = court;
	call->universe = universe;
	choose_reading(universe, court->assumptions);
	call->formulas = universe_formulas(universe);
	call->label = label;
	call->focus = focus;
	call->rests = arena_alloc(arena, sizeof(*call->rests));
	for (size_t i = 0; i < PREMISE_COUNT; i++)
		call->premises[i] = FORMULA_TRUE;
	supposition_cast(call);
	add_ways(call);
	call->arn = add_text(call, "principal");
	call->account = add_text(call, "account");
	call->session = add_text(call, "session");
	call->issuer = add_text(call, "issuer");
	call->unique_id = add_text(call, "unique id");
	call->outsider = add_text(call, "outsider");
	return call;
}

/* Edits. */

static bool
is_same_edit(const struct supposed_edit *one, const struct supposed_edit *two)
{
	return one->kind == two->kind && one->charter == two->charter &&
	    one->clause == two->clause && one->test == two->test;
}

static int
edit_bit(struct supposition *call, struct supposed_edit edit)
{
	struct supposed_edits *edits = call->edits;

	for (size_t i = 0; i < edits->list.count; i++)
		if (is_same_edit(&edits->list.items[i], &edit))
			return edits->list.items[i].bit;
	edit.bit = formula_variable(call->formulas);
	*list_add(call->arena, &edits->list) = edit;
	return edit.bit;
}

int
supposition_weaken(struct supposition *call, int formula,
    struct supposed_edit edit)
{
	if (call->edits == NULL || formula == FORMULA_TRUE)
		return formula;
	return formula_or(call->formulas, formula, -edit_bit(call, edit));
}

/* Formulas. */

void
supposition_note(const struct supposition *call, enum assumption assumption)
{
	*call->rests |= (assumption_set)1 << assumption;
}

unsigned
supposition_assume(const struct supposition *call, enum assumption assumption)
{
	supposition_note(call, assumption);
	return call->court->assumptions->choice[assumption];
}

void
supposition_require(struct supposition *call, enum premise premise,
    int formula)
{
	call->premises[premise] = formula_and(call->formulas,
	    call->premises[premise], formula);
}

void
supposition_imply(struct supposition *call, enum premise premise,
    int condition, int formula)
{
	supposition_require(call, premise, formula_implies(call->formulas,
	    condition, formula));
}

int
supposition_is_kind(const struct supposition *call, enum actor_kind kind)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].kind == kind)
			any = formula_or(call->formulas, any,
			    call->castings[i].bit);
	return any;
}

int
supposition_is_way(const struct supposition *call, enum way_kind kind)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->way_count; i++)
		if (call->ways[i].kind == kind)
			any = formula_or(call->formulas, any,
			    call->ways[i].bit);
	return any;
}

int
supposition_is_service_linked(const struct supposition *call)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].service_linked)
			any = formula_or(call->formulas, any,
			    call->castings[i].bit);
	return any;
}

int
supposition_is_root_issued(const struct supposition *call)
{
	static const char form[] = "arn:*:iam::*:root";
	const struct pattern pattern = pattern_read(call->arena, form,
	    sizeof(form) - 1);

	return formula_and(call->formulas, supposition_is_kind(call,
	    ACTOR_FEDERATED_SESSION), universe_match(call->universe,
	    call->issuer, &pattern));
}

int
supposition_acts(const struct supposed_request *request,
    bool (*says)(const struct supposed_action *, const void *),
    const void *context)
{
	struct formulas *formulas = request->call->formulas;
	int *bits = request->bits;
	size_t count = 0;

	for (size_t i = 0; i < request->action_count; i++)
		if (says(&request->actions[i], context))
			bits[count++] = request->actions[i].bit;
	return count == request->action_count ? FORMULA_TRUE :
	    formula_any(formulas, bits, count);
}

int
supposition_text(const struct supposition *call, size_t slot,
    const char *text)
{
	return universe_equal(call->universe, slot,
	    word_from(text, strlen(text)), false);
}
