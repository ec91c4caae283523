/* SPDX-License-Identifier: MIT */
/* Reads the trails of an answer for what is left of each statement. */
#include "config.h"

#include <string.h>

#include "simulator/residue.h"

void
residue_decide(struct arena *arena, const struct court *court,
    const struct question *question, struct summons *summons,
    struct answer *answer)
{
	struct caller_party *caller = &summons->caller;

	if (caller->credential == CREDENTIAL_UNKNOWN &&
	    (caller->actor.kind == ACTOR_USER ||
	    caller->actor.kind == ACTOR_ROOT)) {
		caller->credential = CREDENTIAL_LONG_TERM;
		chain_decide(arena, court, question, summons, answer);
		if (answer->verdict == VERDICT_ALLOWED)
			return;
		caller->credential = CREDENTIAL_UNKNOWN;
	}
	chain_decide(arena, court, question, summons, answer);
}

struct remainder {
	struct arena	*arena;
	struct residue	*residue;
	struct scope	 scope;
	struct scope	 other;		/* without a request: there is none */
	size_t		 hop, ruling;
};

bool
residue_is_personal(struct word key)
{
	static const char *const starts[] = { "aws:principal", "aws:user",
	    "aws:sourceidentity", "sts:rolesessionname" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t length = strlen(starts[i]);

		if (key.length >= length && word_equal_folded(
		    word_from(key.text, length),
		    word_from(starts[i], length)))
			return true;
	}
	return false;
}

static bool
has_variable(const struct test *test)
{
	for (size_t i = 0; i < test->count; i++)
		if (test->operands[i].variable != NULL)
			return true;
	return false;
}

static void
add_open_tests(struct remainder *remainder, struct remnant *remnant)
{
	const struct clause *clause = remnant->step.clause;

	for (size_t i = 0; i < clause->test_count; i++) {
		const struct test *test = &clause->tests[i];

		if (test_holds(test, &remainder->scope) != TRUTH_UNKNOWN &&
		    (remainder->other.request == NULL ||
		    test_holds(test, &remainder->other) == TRUTH_TRUE))
			continue;
		*list_add(remainder->arena, &remnant->open) = test;
		remainder->residue->personal |= residue_is_personal(
		    test->key) || has_variable(test);
	}
}

static bool
is_unknown(const struct remainder *remainder, const struct step *step,
    enum element_kind kind)
{
	return clause_element(step->clause, step->charter,
	    &remainder->scope, kind) == TRUTH_UNKNOWN ||
	    (remainder->other.request != NULL &&
	    clause_element(step->clause, step->charter, &remainder->other,
	    kind) != TRUTH_TRUE);
}

/* What cannot bear on the verdict is left out. */
static bool
is_left(const struct step *step)
{
	return step->meeting.matches != TRUTH_FALSE &&
	    step->clause->effect != EFFECT_INVALID;
}

/* A policy may be there twice, as one's own and as a group's. */
static bool
is_known(const struct remainder *remainder, const struct step *step)
{
	const struct residue *residue = remainder->residue;

	for (size_t i = residue->list.count; i-- > 0;) {
		const struct remnant *remnant = &residue->list.items[i];

		if (remnant->hop != remainder->hop ||
		    remnant->ruling != remainder->ruling)
			break;
		if (remnant->step.clause == step->clause &&
		    remnant->step.layer == step->layer &&
		    remnant->step.level == step->level)
			return true;
	}
	return false;
}

static void
open_step(struct remainder *remainder, struct remnant *remnant)
{
	struct step *step = &remnant->step;

	remnant->principal_open |= is_unknown(remainder, step,
	    ELEMENT_PRINCIPAL);
	remnant->resource_open = is_unknown(remainder, step,
	    ELEMENT_RESOURCE);
	add_open_tests(remainder, remnant);
	if (remnant->principal_open || remnant->resource_open ||
	    remnant->open.count > 0)
		step->meeting.matches = TRUTH_UNKNOWN;
}

static void
add_step(struct remainder *remainder, const struct step *step)
{
	struct remnant remnant = { remainder->hop, remainder->ruling, *step,
	    { .count = 0 }, false, false };

	if (!is_left(step) || is_known(remainder, step))
		return;
	remnant.principal_open = step->meeting.hoped != step->meeting.class;
	if (step->meeting.matches == TRUTH_UNKNOWN ||
	    remainder->other.request != NULL)
		open_step(remainder, &remnant);
	remainder->residue->personal |= remnant.principal_open ||
	    remnant.resource_open;
	*list_add(remainder->arena, &remainder->residue->list) = remnant;
}

static void
add_steps(struct remainder *remainder, const struct trail *trail)
{
	for (size_t i = 0; i < trail->steps.count; i++)
		add_step(remainder, &trail->steps.items[i]);
}

static void
add_denies(struct remainder *remainder, const struct trail *trail)
{
	for (size_t i = 0; i < trail->steps.count; i++)
		if (trail->steps.items[i].clause->effect == EFFECT_DENY)
			add_step(remainder, &trail->steps.items[i]);
}

/* The same request of the other's, which may have come to a halt before. */
static const struct ruling *
ruling_of(const struct answer *answer, size_t hop, size_t ruling)
{
	return answer == NULL || hop >= answer->count ||
	    ruling >= answer->hops[hop].count ? NULL :
	    &answer->hops[hop].rulings[ruling];
}

static void
add_ruling(struct remainder *remainder, const struct court *court,
    const struct ruling *one, const struct ruling *other)
{
	const struct scope scope = { &one->request, court->assumptions,
	    NULL };
	struct scope contrast = { NULL, court->assumptions, NULL };

	if (other != NULL)
		contrast.request = &other->request;
	remainder->scope = scope;
	remainder->other = contrast;
	add_steps(remainder, &one->trail);
	if (other == NULL)
		return;
	remainder->scope = contrast;
	remainder->other = scope;
	add_denies(remainder, &other->trail);
}

void
residue_contrast(struct arena *arena, const struct court *court,
    const struct answer *allowed, const struct answer *denied,
    struct residue *residue)
{
	struct remainder remainder = { .arena = arena, .residue = residue };

	*residue = (struct residue){ .personal = false };
	for (size_t i = 0; i < allowed->count; i++)
		for (size_t j = 0; j < allowed->hops[i].count; j++) {
			remainder.hop = i;
			remainder.ruling = j;
			add_ruling(&remainder, court,
			    &allowed->hops[i].rulings[j],
			    ruling_of(denied, i, j));
		}
}

void
residue_find(struct arena *arena, const struct court *court,
    const struct answer *answer, struct residue *residue)
{
	residue_contrast(arena, court, answer, NULL, residue);
}

/* The same text means the same, wherever it stands. */
static bool
clause_equal(const struct step *one, const struct step *other)
{
	const struct text *a = one->charter->policy->text;
	const struct text *b = other->charter->policy->text;
	struct span first = one->clause->statement->node->span;
	struct span second = other->clause->statement->node->span;
	size_t length = first.end - first.start;

	return one->clause == other->clause ||
	    (one->layer == other->layer &&
	    one->charter->policy->version ==
	    other->charter->policy->version &&
	    length == second.end - second.start &&
	    memcmp(a->source->bytes + first.start,
	    b->source->bytes + second.start, length) == 0);
}

static bool
tests_equal(const struct remnant *one, const struct remnant *other)
{
	for (size_t i = 0; i < one->open.count; i++)
		if (one->open.items[i] - one->step.clause->tests !=
		    other->open.items[i] - other->step.clause->tests)
			return false;
	return true;
}

static bool
remnant_equal(const struct remnant *one, const struct remnant *other)
{
	if (one->hop != other->hop || one->ruling != other->ruling ||
	    !clause_equal(&one->step, &other->step) ||
	    one->step.level != other->step.level ||
	    one->step.meeting.matches != other->step.meeting.matches ||
	    one->step.meeting.class != other->step.meeting.class ||
	    one->principal_open != other->principal_open ||
	    one->resource_open != other->resource_open ||
	    one->open.count != other->open.count)
		return false;
	return tests_equal(one, other);
}

bool
residue_equal(const struct residue *one, const struct residue *other)
{
	if (one->list.count != other->list.count)
		return false;
	for (size_t i = 0; i < one->list.count; i++)
		if (!remnant_equal(&one->list.items[i],
		    &other->list.items[i]))
			return false;
	return true;
}

/* FNV-1a over whatever tells two residues apart. */
static uint64_t
mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * UINT64_C(0x100000001b3);
}

uint64_t
residue_hash(const struct residue *residue)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < residue->list.count; i++) {
		const struct remnant *remnant = &residue->list.items[i];
		struct span span =
		    remnant->step.clause->statement->node->span;

		hash = mix(hash, remnant->step.layer);
		hash = mix(hash, span.end - span.start);
		hash = mix(hash, remnant->open.count);
		hash = mix(hash, remnant->step.level);
		hash = mix(hash, remnant->hop);
	}
	return hash;
}

bool
remnant_grants(const struct remnant *remnant)
{
	return remnant->step.clause->effect == EFFECT_ALLOW &&
	    remnant->step.meeting.matches == TRUTH_TRUE;
}

bool
remnant_is_grant(const struct remnant *remnant)
{
	enum layer layer = remnant->step.layer;

	return layer == LAYER_IDENTITY || layer == LAYER_RESOURCE ||
	    layer == LAYER_TRUST;
}
