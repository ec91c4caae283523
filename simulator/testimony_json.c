/* SPDX-License-Identifier: MIT */
/* The same for machines: members of sekisho.prove/1, which only grow. */
#include "config.h"

#include "simulator/premise.h"
#include "simulator/testimony.h"

/* What nobody has looked for is null. */
static void
write_rests(struct json *json, const struct proof *proof)
{
	json_key(json, "restsOn");
	json_open_object(json);
	json_key(json, "statements");
	json_null(json);
	json_key(json, "assumptions");
	json_null(json);
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
	json_null(json);
	write_rests(json, proof);
	json_member_number(json, "steps", proof->steps);
}
