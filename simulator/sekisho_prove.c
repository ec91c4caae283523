/* SPDX-License-Identifier: MIT */
/* Guarantees. */
#include "config.h"

#include "simulator/desk.h"
#include "simulator/spelling.h"
#include "simulator/suite.h"

/* One call. */
struct plea {
	struct sekisho			*desk;
	const char			*name;
	const char			*text;
	size_t				 length;
};

/* NULL: there is a fault in it, and nothing may be proved with it. */
static const struct suite *
read_suite(struct plea *plea)
{
	struct sekisho *desk = plea->desk;
	const struct suite *suite;
	struct report report;

	desk->source = desk_source(desk->arena, plea->name, plea->text,
	    plea->length);
	report_init(&report, desk->arena, desk->source);
	suite = suite_read(desk->arena, desk->source, &report);
	spelling_check(&catalog_builtin, suite, &report);
	return desk_report(desk, &report) ? NULL : suite;
}

static enum sekisho_proof
translate(enum proof_verdict verdict)
{
	switch (verdict) {
	case PROOF_UNDECIDED:
		break;
	case PROOF_BROKEN:
		return SEKISHO_BROKEN;
	case PROOF_HOLDS:
		return SEKISHO_HOLDS;
	}
	return SEKISHO_UNDECIDED;
}

static const char *
copy_word(struct arena *arena, struct word word)
{
	return arena_copy(arena, word.text, word.length);
}

static void
add_guarantee(struct sekisho *desk, const struct guarantee *guarantee,
    const struct proof *proof)
{
	struct place place = source_place(desk->source, guarantee->span);

	*list_add(desk->arena, &desk->guarantees) =
	    (struct sekisho_guarantee){
	    .id = copy_word(desk->arena, guarantee->id),
	    .name = copy_word(desk->arena, guarantee->name),
	    .proof = translate(proof->verdict),
	    .vacuous = proof->vacuous,
	    .line = place.line,
	    .reason = proof->verdict == PROOF_UNDECIDED ? proof->reason :
	    NULL };
}

static void
prove_guarantee(struct sekisho *desk, const struct guarantee *guarantee)
{
	const struct question_fault empty = { "no request is of that kind, so "
	    "this holds of nothing", guarantee->span, NULL };
	const struct proof_options options = { .budget = desk->budget };
	const struct court *court = &desk->estate->court;
	struct promise *promise = arena_alloc(desk->arena, sizeof(*promise));

	proof_make(desk->arena, court, guarantee, &options, &promise->proof);
	if (promise->proof.fault.message != NULL) {
		desk_fault(desk, desk->source, &promise->proof.fault);
		return;
	}
	if (promise->proof.vacuous)
		desk_doubt(desk, desk->source, &empty);
	if (promise->proof.doubt.message != NULL)
		desk_doubt(desk, desk->source, &promise->proof.doubt);
	testimony_gather(desk->arena, court, guarantee, &promise->proof,
	    &promise->testimony);
	*list_add(desk->arena, &desk->promises) = promise;
	add_guarantee(desk, guarantee, &promise->proof);
}

static void
prove_suite(void *argument)
{
	struct plea *plea = argument;
	struct sekisho *desk = plea->desk;
	const struct suite *suite = read_suite(plea);

	if (suite == NULL) {
		desk->status = SEKISHO_FAULTY;
		return;
	}
	for (size_t i = 0; i < suite->guarantees.count; i++)
		prove_guarantee(desk, &suite->guarantees.items[i]);
	desk->result = DESK_PROMISES;
}

/* Broken if one is, holds if all do.  One that could not be proved is not
 * kept. */
static enum sekisho_proof
sum_up(const struct sekisho *desk)
{
	bool open = desk->guarantees.count == 0 ||
	    desk->status != SEKISHO_OK;

	for (size_t i = 0; i < desk->guarantees.count; i++) {
		if (desk->guarantees.items[i].proof == SEKISHO_BROKEN)
			return SEKISHO_BROKEN;
		open |= desk->guarantees.items[i].proof != SEKISHO_HOLDS;
	}
	return open ? SEKISHO_UNDECIDED : SEKISHO_HOLDS;
}

enum sekisho_proof
sekisho_prove(struct sekisho *desk, const struct sekisho_estate *estate,
    const char *name, const char *text, size_t length)
{
	struct plea plea = { desk, name, text, length };

	if (!desk_ask_of(desk, estate) ||
	    !desk_work(desk, prove_suite, &plea))
		return SEKISHO_UNDECIDED;
	return sum_up(desk);
}
