/* SPDX-License-Identifier: MIT */
/* The same for machines: sekisho.who/1 and sekisho.what/1, which are only
 * added to. */
#include "config.h"

#include "simulator/census.h"
#include "simulator/story.h"

struct recorder {
	struct arena			*arena;
	struct json			*json;
	const struct census		*census;
	const struct census_entry	*entry;
};

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
write_words(struct json *json, const char *key, const struct words *words)
{
	json_key(json, key);
	json_open_array(json);
	for (size_t i = 0; i < words->list.count; i++)
		json_string(json, words->list.items[i].text,
		    words->list.items[i].length);
	json_close_array(json);
}

static void
write_phrases(struct json *json, const char *key,
    const struct phrases *phrases)
{
	json_key(json, key);
	json_open_array(json);
	for (size_t i = 0; phrases != NULL && i < phrases->list.count; i++)
		json_string(json, phrases->list.items[i].word.text,
		    phrases->list.items[i].word.length);
	json_close_array(json);
}

static void
write_dependence(struct recorder *recorder)
{
	const struct answer *answer = recorder->entry->answer;

	json_key(recorder->json, "dependsOn");
	json_open_array(recorder->json);
	for (size_t i = 0; answer != NULL && i < answer->depends.count; i++)
		json_string(recorder->json, answer->depends.items[i].text,
		    answer->depends.items[i].length);
	json_close_array(recorder->json);
}

/* Statements. */

static void
write_test(struct recorder *recorder, const struct test *test)
{
	struct json *json = recorder->json;

	json_open_object(json);
	json_member_text(json, "operator", test->source->block->key);
	write_word(json, "key", test->key);
	json_key(json, "values");
	json_open_array(json);
	for (size_t i = 0; i < test->source->count; i++)
		json_string(json, test->source->values[i]->text,
		    test->source->values[i]->length);
	json_close_array(json);
	json_close_object(json);
}

static void
write_place(struct recorder *recorder, const struct step *step)
{
	const struct statement *statement = step->clause->statement;
	const struct text *text = step->charter->policy->text;
	struct place place = source_place(text->source,
	    statement->node->span);

	json_member_text(recorder->json, "file",
	    source_file(text->source)->name);
	json_member_text(recorder->json, "pointer", text_pointer(text,
	    recorder->arena, statement->node->span));
	json_member_number(recorder->json, "line", place.line);
	json_member_number(recorder->json, "column", place.column);
	json_member_text(recorder->json, "sid", statement->sid == NULL ?
	    NULL : statement->sid->text);
}

static void
write_remnant(struct recorder *recorder, const struct remnant *remnant)
{
	const struct step *step = &remnant->step;
	struct json *json = recorder->json;

	json_open_object(json);
	json_member_text(json, "layer", layer_name(step->layer));
	write_word(json, "level", step->layer == LAYER_SCP ||
	    step->layer == LAYER_RCP ? story_level(recorder->arena,
	    recorder->census->court, &recorder->entry->answer->hops[
	    remnant->hop].rulings[remnant->ruling], step->layer,
	    step->level) : (struct word){ NULL, 0 });
	write_place(recorder, step);
	json_member_text(json, "effect",
	    step->clause->effect == EFFECT_DENY ? "Deny" : "Allow");
	json_member_text(json, "matches",
	    step->meeting.matches == TRUTH_TRUE ? "yes" : "unknown");
	json_member_boolean(json, "principalOpen", remnant->principal_open);
	json_member_boolean(json, "resourceOpen", remnant->resource_open);
	json_key(json, "conditions");
	json_open_array(json);
	for (size_t i = 0; i < remnant->open.count; i++)
		write_test(recorder, remnant->open.items[i]);
	json_close_array(json);
	json_close_object(json);
}

static void
write_statements(struct recorder *recorder, size_t hop, size_t ruling)
{
	const struct residue *residue = &recorder->entry->residue;

	json_key(recorder->json, "statements");
	json_open_array(recorder->json);
	for (size_t i = 0; i < residue->list.count; i++)
		if (residue->list.items[i].hop == hop &&
		    residue->list.items[i].ruling == ruling)
			write_remnant(recorder, &residue->list.items[i]);
	json_close_array(recorder->json);
}

static void
write_requests(struct recorder *recorder)
{
	const struct answer *answer = recorder->entry->answer;
	struct json *json = recorder->json;

	json_key(json, "requests");
	json_open_array(json);
	for (size_t i = 0; answer != NULL && i < answer->count; i++)
		for (size_t j = 0; j < answer->hops[i].count; j++) {
			const struct ruling *ruling =
			    &answer->hops[i].rulings[j];

			json_open_object(json);
			json_member_number(json, "hop", i + 1);
			json_member_text(json, "part", ruling->part);
			write_word(json, "action", ruling->request.action);
			write_word(json, "resource",
			    ruling->request.resource);
			write_statements(recorder, i, j);
			json_close_object(json);
		}
	json_close_array(json);
}

/* The witness. */

static void
write_context(struct json *json, const struct context *context)
{
	json_key(json, "with");
	json_open_object(json);
	for (size_t i = 0; i < context->count; i++) {
		const struct context_key *key = &context->keys[i];

		if (!context_key_is_present(key))
			continue;
		json_key_bytes(json, key->name.text, key->name.length);
		json_open_array(json);
		for (size_t j = 0; j < key->count; j++)
			json_string(json, key->values[j].text,
			    key->values[j].length);
		json_close_array(json);
	}
	json_close_object(json);
}

static const char *
way_name(enum way_kind kind)
{
	switch (kind) {
	case WAY_INTERNET:
		return "internet";
	case WAY_ENDPOINT:
		return "endpoint";
	case WAY_SERVICE:
		return "service";
	case WAY_UNKNOWN:
		break;
	}
	return "unknown";
}

static void
write_witness(struct recorder *recorder)
{
	const struct answer *witness = recorder->entry->witness;
	struct json *json = recorder->json;

	json_key(json, "witness");
	json_open_array(json);
	for (size_t i = 0; witness != NULL && i < witness->count; i++)
		for (size_t j = 0; j < witness->hops[i].count; j++) {
			const struct hop *hop = &witness->hops[i];
			const struct request *request =
			    &hop->rulings[j].request;

			json_open_object(json);
			json_member_number(json, "hop", i + 1);
			write_word(json, "principal",
			    hop->caller.actor.principal);
			write_word(json, "action", request->action);
			write_word(json, "resource", request->resource);
			json_member_text(json, "way",
			    way_name(hop->call->way.kind));
			write_word(json, "endpoint",
			    hop->call->way.endpoint_id);
			write_context(json, &request->context);
			json_close_object(json);
		}
	json_close_array(json);
}

/* Entries. */

static void
write_entry(struct recorder *recorder)
{
	const struct census_entry *entry = recorder->entry;
	struct json *json = recorder->json;

	json_open_object(json);
	json_member_text(json, "verdict",
	    census_verdict_name(entry->verdict));
	if (entry->actions.list.count > 0) {
		write_words(json, "actions", &entry->actions);
		write_words(json, "except", &entry->except);
		write_words(json, "resources", &entry->resources);
	} else {
		json_member_text(json, "sort", census_sort_name(entry->sort));
		write_words(json, "callers", &entry->callers);
		json_member_text(json, "others", entry->others);
	}
	write_phrases(json, "via", entry->via);
	json_member_text(json, "reason", entry->verdict == CENSUS_MAY ?
	    entry->reason : NULL);
	write_dependence(recorder);
	write_requests(recorder);
	write_witness(recorder);
	json_close_object(json);
}

void
census_json(struct arena *arena, struct json *json,
    const struct census *census)
{
	struct recorder recorder = { arena, json, census, NULL };

	json_member_boolean(json, "complete", census->complete);
	json_member_number(json, "asked", census->asked);
	json_key(json, "entries");
	json_open_array(json);
	for (size_t i = 0; i < census->entries.count; i++) {
		recorder.entry = &census->entries.items[i];
		write_entry(&recorder);
	}
	json_close_array(json);
	json_key(json, "notes");
	json_open_array(json);
	for (size_t i = 0; i < census->notes.count; i++)
		json_text(json, census->notes.items[i]);
	json_close_array(json);
}
