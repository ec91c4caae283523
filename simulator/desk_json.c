/* SPDX-License-Identifier: MIT */
/* What lies on a desk, for machines: sekisho.can/1, sekisho.prove/1. */
#include "config.h"

#include "simulator/desk.h"

static void
write_answer(struct sekisho *desk, struct json *json)
{
	desk_complete(desk);
	json_open_object(json);
	json_member_text(json, "schema", "sekisho.can/1");
	story_json(desk->arena, json, &desk->story);
	json_close_object(json);
}

static void
write_promise(struct sekisho *desk, struct json *json,
    const struct promise *promise)
{
	struct place place = source_place(desk->source,
	    promise->testimony.guarantee->span);

	json_open_object(json);
	json_member_text(json, "file", desk->source->name);
	json_member_number(json, "line", place.line);
	json_member_text(json, "estate", desk->estate->name);
	testimony_json(desk->arena, json, &promise->testimony);
	json_member_boolean(json, "expectedBroken", false);
	json_close_object(json);
}

static void
write_counts(const struct sekisho *desk, struct json *json)
{
	size_t counts[] = { [PROOF_UNDECIDED] = 0, [PROOF_BROKEN] = 0,
	    [PROOF_HOLDS] = 0 };
	size_t vacuous = 0;

	for (size_t i = 0; i < desk->promises.count; i++) {
		counts[desk->promises.items[i]->proof.verdict]++;
		vacuous += desk->promises.items[i]->proof.vacuous;
	}
	json_key(json, "counts");
	json_open_object(json);
	json_member_number(json, "holds", counts[PROOF_HOLDS]);
	json_member_number(json, "broken", counts[PROOF_BROKEN]);
	json_member_number(json, "undecided", counts[PROOF_UNDECIDED]);
	json_member_number(json, "vacuous", vacuous);
	json_member_number(json, "expectedBroken", 0);
	json_close_object(json);
}

static void
write_promises(struct sekisho *desk, struct json *json)
{
	json_open_object(json);
	json_member_text(json, "schema", "sekisho.prove/1");
	json_member_text(json, "estate", desk->estate->name);
	json_key(json, "guarantees");
	json_open_array(json);
	for (size_t i = 0; i < desk->promises.count; i++)
		write_promise(desk, json, desk->promises.items[i]);
	json_close_array(json);
	write_counts(desk, json);
	json_close_object(json);
}

const char *
desk_json(struct sekisho *desk, unsigned unused)
{
	struct json_sheet sheet = { .arena = desk->arena };
	struct json json;

	(void)unused;
	json_init(&json, json_sheet_sink(&sheet), false);
	switch (desk->result) {
	case DESK_STORY:
		write_answer(desk, &json);
		break;
	case DESK_PROMISES:
		write_promises(desk, &json);
		break;
	case DESK_NOTHING:
		break;
	}
	return json_sheet_text(&sheet);
}
