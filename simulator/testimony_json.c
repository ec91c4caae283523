/* SPDX-License-Identifier: MIT */
/* The same for machines: members of sekisho.prove/1, which only grow. */
#include "config.h"

#include "simulator/premise.h"
#include "simulator/testimony.h"

/* A statement, and where it stands. */
static void
write_statement(struct json *json, const struct policy *policy,
    const struct statement *statement)
{
	const struct source *source = policy->text->source;
	struct place place = source_place(source, statement->node->span);

	json_member_text(json, "file", source_file(source)->name);
	json_member_number(json, "line", place.line);
	json_member_number(json, "column", place.column);
	json_member_text(json, "sid", statement->sid == NULL ? NULL :
	    statement->sid->text);
}

static void
write_grounds(struct json *json, const struct proof *proof)
{
	json_open_array(json);
	for (size_t i = 0; i < proof->grounds.count; i++) {
		const struct proof_ground *ground = &proof->grounds.items[i];

		json_open_object(json);
		write_statement(json, ground->charter->policy,
		    ground->clause->statement);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
write_remedy(struct json *json, const struct remedy *remedy)
{
	json_key(json, "remedy");
	json_open_array(json);
	for (size_t i = 0; i < remedy->places.count; i++) {
		const struct remedy_place *place = &remedy->places.items[i];

		json_open_object(json);
		write_statement(json, place->policy, place->statement);
		json_member_text(json, "condition", place->text);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
write_assumptions(struct arena *arena, struct json *json,
    const struct testimony *testimony)
{
	json_key(json, "assumptions");
	json_open_array(json);
	for (unsigned i = 0; i < ASSUMPTION_COUNT; i++)
		if ((testimony->proof->assumptions >> i & 1) != 0)
			json_text(json, assumption_text(arena,
			    (enum assumption)i,
			    testimony->court->assumptions->choice[i]));
	json_close_array(json);
}

static void
write_readings(struct arena *arena, struct json *json,
    const struct proof *proof)
{
	json_key(json, "otherwise");
	if (!proof->reread) {
		json_null(json);
		return;
	}
	json_open_array(json);
	for (size_t i = 0; i < proof->readings.count; i++) {
		const struct proof_reading *reading = &proof->readings.items[i];

		json_open_object(json);
		json_member_text(json, "assumption", assumption_text(arena,
		    reading->assumption, reading->word));
		json_member_text(json, "verdict",
		    proof_verdict_name(reading->verdict));
		json_close_object(json);
	}
	json_close_array(json);
}

/* What nobody has looked for is null. */
static void
write_rests(struct arena *arena, struct json *json,
    const struct testimony *testimony)
{
	const struct proof *proof = testimony->proof;

	json_key(json, "restsOn");
	json_open_object(json);
	json_key(json, "statements");
	if (proof->explained)
		write_grounds(json, proof);
	else
		json_null(json);
	write_assumptions(arena, json, testimony);
	write_readings(arena, json, proof);
	json_key(json, "premises");
	json_open_array(json);
	for (enum premise premise = 0; premise < PREMISE_COUNT; premise++)
		if ((proof->rests >> premise & 1) != 0)
			json_text(json, premise_name(premise));
	json_close_array(json);
	json_close_object(json);
}

/* Calls as in sekisho.can/1, or null. */
static void
write_story(struct arena *arena, struct json *json, const char *key,
    const struct story *story)
{
	json_key(json, key);
	if (story == NULL) {
		json_null(json);
		return;
	}
	json_open_object(json);
	story_json(arena, json, story);
	json_close_object(json);
}

void
testimony_json(struct arena *arena, struct json *json,
    const struct testimony *testimony)
{
	const struct proof *proof = testimony->proof;
	struct story witness = { .court = testimony->court };
	bool shown = proof->witness != NULL && !proof->bug;

	if (shown)
		witness.answer = *proof->witness;
	json_key(json, "guarantee");
	json_string(json, testimony->guarantee->id.text,
	    testimony->guarantee->id.length);
	json_key(json, "name");
	json_string(json, testimony->guarantee->name.text,
	    testimony->guarantee->name.length);
	json_member_text(json, "verdict", proof_verdict_name(proof->verdict));
	json_member_boolean(json, "vacuous", proof->vacuous);
	json_member_text(json, "reason", proof->verdict == PROOF_UNDECIDED ?
	    proof->reason : NULL);
	write_story(arena, json, "witness", shown ? &witness : NULL);
	write_story(arena, json, "attempt", testimony->rehearsed ?
	    &testimony->attempt : NULL);
	json_key(json, "layersLeft");
	if (proof->edits > 0)
		json_number(json, proof->edits);
	else
		json_null(json);
	write_remedy(json, &testimony->remedy);
	write_rests(arena, json, testimony);
	json_member_number(json, "steps", proof->steps);
}
