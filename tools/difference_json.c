/* SPDX-License-Identifier: MIT */
/* Differences for machines: sekisho.diff/1, whose members are only added to. */
#include "config.h"

#include <stdio.h>

#include "policy/json.h"
#include "tools/difference.h"

static void
write_word(struct json *json, const char *key, struct word word)
{
	json_key(json, key);
	if (word.text == NULL)
		json_null(json);
	else
		json_string(json, word.text, word.length);
}

static void
write_statement(const struct differences *all, struct json *json,
    const char *key, const struct half *half, const struct clause *clause)
{
	const struct text *text;
	struct place place;

	json_key(json, key);
	if (clause == NULL) {
		json_null(json);
		return;
	}
	text = half->policy->text;
	place = source_place(text->source, clause->statement->node->span);
	json_open_object(json);
	json_member_text(json, "file", half->file);
	json_member_text(json, "pointer", text_pointer(text, all->arena,
	    clause->statement->node->span));
	json_member_number(json, "line", place.line);
	json_member_number(json, "column", place.column);
	json_member_text(json, "sid", clause->statement->sid == NULL ? NULL :
	    clause->statement->sid->text);
	json_close_object(json);
}

static void
write_keys(struct json *json, const struct request *request)
{
	json_key(json, "keys");
	json_open_array(json);
	for (size_t i = 0; i < request->context.count; i++) {
		const struct context_key *key = &request->context.keys[i];

		json_open_object(json);
		write_word(json, "name", key->name);
		json_key(json, "values");
		json_open_array(json);
		for (size_t j = 0; j < key->count; j++)
			json_string(json, key->values[j].text,
			    key->values[j].length);
		json_close_array(json);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
write_request(struct json *json, const struct request *request,
    enum layer layer)
{
	const struct word nobody = { NULL, 0 };
	bool principal = (LAYERS_PRINCIPAL >> layer & 1) != 0;

	json_key(json, "request");
	json_open_object(json);
	write_word(json, "principal", principal ? request->actor.principal :
	    nobody);
	write_word(json, "action", request->action);
	write_word(json, "resource", request->resource);
	write_keys(json, request);
	json_close_object(json);
}

static void
write_actions(struct json *json, const struct change_witness *witness)
{
	json_key(json, "actions");
	json_open_array(json);
	for (size_t i = 0; i < witness->actions.count; i++)
		json_string(json, witness->actions.items[i].text,
		    witness->actions.items[i].length);
	json_close_array(json);
	json_member_boolean(json, "moreActions", witness->more_actions);
}

static void
write_witnesses(const struct differences *all, struct json *json, bool lost)
{
	for (size_t i = 0; i < all->list.count; i++) {
		const struct difference *one = &all->list.items[i];
		const struct change_answer *change = lost ? &one->lost :
		    &one->gained;
		const struct half *granting = lost ? &one->pair.old :
		    &one->pair.new;
		const struct half *other = lost ? &one->pair.new :
		    &one->pair.old;

		for (size_t j = 0; j < change->witnesses.count; j++) {
			const struct change_witness *witness =
			    &change->witnesses.items[j];

			json_open_object(json);
			json_member_number(json, "document", i);
			write_actions(json, witness);
			write_statement(all, json, "allowedBy", granting,
			    witness->grants);
			write_statement(all, json, "deniedBy", other,
			    witness->stopped);
			json_member_boolean(json, "closer", witness->closer);
			write_request(json, &witness->sighting.request,
			    one->pair.layer);
			json_close_object(json);
		}
	}
}

static void
write_direction(const struct differences *all, struct json *json,
    const char *key, bool lost)
{
	json_key(json, key);
	json_open_object(json);
	json_member_text(json, "verdict", change_verdict_name(
	    difference_verdict(all, lost)));
	if (all->estates != NULL)
		json_member_text(json, "reason", lost ?
		    all->estates->lost.reason : all->estates->gained.reason);
	json_key(json, "witnesses");
	json_open_array(json);
	if (all->estates != NULL)
		difference_estate_json(all, json, lost);
	else
		write_witnesses(all, json, lost);
	json_close_array(json);
	json_close_object(json);
}

static void
write_change(struct json *json, const char *key,
    const struct change_answer *change)
{
	json_key(json, key);
	json_open_object(json);
	json_member_text(json, "verdict",
	    change_verdict_name(change->verdict));
	json_member_text(json, "reason", change->reason);
	json_member_boolean(json, "more", change->more);
	json_member_number(json, "steps", change->steps);
	json_close_object(json);
}

static void
write_documents(const struct differences *all, struct json *json)
{
	json_key(json, "documents");
	json_open_array(json);
	for (size_t i = 0; i < all->list.count; i++) {
		const struct difference *one = &all->list.items[i];
		const struct pair *pair = &one->pair;

		json_open_object(json);
		json_member_text(json, "old", pair->old.file);
		json_member_text(json, "oldPointer", pair->old.pointer);
		json_member_text(json, "new", pair->new.file);
		json_member_text(json, "newPointer", pair->new.pointer);
		json_member_text(json, "layer", pair->fits ?
		    layer_name(pair->layer) : NULL);
		json_member_text(json, "layerReason", pair->reason);
		json_member_boolean(json, "beside", one->beside);
		write_change(json, "gained", &one->gained);
		write_change(json, "lost", &one->lost);
		json_close_object(json);
	}
	json_close_array(json);
}

void
difference_json(const void *result, const struct output_stream *out)
{
	const struct differences *all = result;
	struct json json;

	json_init(&json, output_sink(out->file), true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.diff/1");
	json_member_text(&json, "old", all->old);
	json_member_text(&json, "new", all->new);
	write_direction(all, &json, "gained", false);
	write_direction(all, &json, "lost", true);
	write_documents(all, &json);
	json_member_number(&json, "skipped", all->skipped);
	json_close_object(&json);
	fputc('\n', out->file);
}
