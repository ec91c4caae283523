/* SPDX-License-Identifier: MIT */
/* The same for machines: members of sekisho.can/1, which are only added to. */
#include "config.h"

#include "simulator/evidence.h"
#include "simulator/opinion.h"
#include "simulator/premise.h"
#include "simulator/story.h"

/* What is told, and of which request. */
struct scribe {
	struct arena		*arena;
	struct json		*json;
	const struct story	*story;
	const struct ruling	*ruling;
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
write_words(struct json *json, const char *key, const struct word *words,
    size_t count)
{
	json_key(json, key);
	json_open_array(json);
	for (size_t i = 0; i < count; i++)
		json_string(json, words[i].text, words[i].length);
	json_close_array(json);
}

/* Statements. */

static void
write_place(struct scribe *scribe, const struct text *text,
    const struct node *node)
{
	struct place place = source_place(text->source, node->span);

	json_member_text(scribe->json, "file",
	    source_file(text->source)->name);
	json_member_text(scribe->json, "pointer", text_pointer(text,
	    scribe->arena, node->span));
	json_member_number(scribe->json, "line", place.line);
	json_member_number(scribe->json, "column", place.column);
}

static const char *
element_name(enum element_kind kind)
{
	static const char *const names[] = {
		[ELEMENT_NONE] = NULL,
		[ELEMENT_ACTION] = "action",
		[ELEMENT_RESOURCE] = "resource",
		[ELEMENT_PRINCIPAL] = "principal",
		[ELEMENT_CONDITION] = "condition",
	};

	return names[kind];
}

static const char *
truth_name(enum truth truth)
{
	switch (truth) {
	case TRUTH_TRUE:
		return "yes";
	case TRUTH_UNKNOWN:
		return "unknown";
	case TRUTH_FALSE:
		break;
	}
	return "no";
}

static void
write_step_members(struct scribe *scribe, const struct step *step)
{
	const struct statement *statement = step->clause->statement;

	write_place(scribe, step->charter->policy->text, statement->node);
	json_member_text(scribe->json, "sid", statement->sid == NULL ? NULL :
	    statement->sid->text);
	json_member_text(scribe->json, "effect",
	    step->clause->effect == EFFECT_DENY ? "Deny" : "Allow");
	json_member_text(scribe->json, "matches",
	    truth_name(step->meeting.matches));
	json_member_text(scribe->json, "failed",
	    element_name(step->meeting.failed));
}

static void
write_test(struct scribe *scribe, const struct test *test)
{
	const struct context_key *key = request_key(&scribe->ruling->request,
	    test->key.text, test->key.length, test->hash);
	struct json *json = scribe->json;

	json_open_object(json);
	json_member_text(json, "operator", test->source->block->key);
	write_word(json, "key", test->key);
	json_member_text(json, "from", origin_name(key));
	write_words(json, "values", key->values,
	    context_key_is_present(key) ? key->count : 0);
	json_key(json, "wants");
	json_open_array(json);
	for (size_t i = 0; i < test->source->count; i++)
		json_string(json, test->source->values[i]->text,
		    test->source->values[i]->length);
	json_close_array(json);
	json_close_object(json);
}

static void
write_miss(struct scribe *scribe, const struct miss *miss)
{
	struct json *json = scribe->json;

	json_key(json, "nearest");
	if (miss->step == NULL) {
		json_null(json);
		return;
	}
	json_open_object(json);
	write_step_members(scribe, miss->step);
	json_member_text(json, "action", truth_name(miss->action));
	json_member_text(json, "resource", truth_name(miss->resource));
	json_member_text(json, "principal", truth_name(miss->principal));
	json_key(json, "conditions");
	json_open_array(json);
	for (size_t i = 0; i < miss->tests.count; i++)
		write_test(scribe, miss->tests.items[i]);
	json_close_array(json);
	json_close_object(json);
}

/* Layers. */

static void
write_statements(struct scribe *scribe, const struct opinion *opinion)
{
	const struct trail *trail = &scribe->ruling->trail;

	json_key(scribe->json, "statements");
	json_open_array(scribe->json);
	for (size_t i = 0; i < trail->steps.count; i++) {
		const struct step *step = &trail->steps.items[i];

		if (step->layer != opinion->layer ||
		    step->level != opinion->level)
			continue;
		json_open_object(scribe->json);
		write_step_members(scribe, step);
		json_close_object(scribe->json);
	}
	json_close_array(scribe->json);
}

static void
write_opinion(struct scribe *scribe, const struct opinion *opinion)
{
	struct json *json = scribe->json;
	const struct word none = { NULL, 0 };

	json_open_object(json);
	json_member_text(json, "layer", layer_name(opinion->layer));
	write_word(json, "level", !opinion->leveled ? none :
	    story_level(scribe->arena, scribe->story->court, scribe->ruling,
	    opinion->layer, opinion->level));
	json_member_text(json, "verdict", opinion->stance == STANCE_ABSENT ?
	    "none" : stance_name(opinion->stance));
	json_member_text(json, "remark", opinion->remark);
	json_key(json, "decidedBy");
	if (opinion->step == NULL) {
		json_null(json);
	} else {
		json_open_object(json);
		write_step_members(scribe, opinion->step);
		json_close_object(json);
	}
	write_miss(scribe, &opinion->miss);
	write_statements(scribe, opinion);
	json_close_object(json);
}

static void
write_layers(struct scribe *scribe)
{
	struct opinions opinions = opinion_list(scribe->arena, scribe->ruling,
	    scribe->story->court->assumptions);

	json_key(scribe->json, "layers");
	json_open_array(scribe->json);
	for (size_t i = 0; i < opinions.list.count; i++)
		write_opinion(scribe, &opinions.list.items[i]);
	json_close_array(scribe->json);
}

static void
write_keys(struct scribe *scribe)
{
	struct evidence evidence = evidence_list(scribe->arena,
	    scribe->ruling);
	struct json *json = scribe->json;

	json_key(json, "keys");
	json_open_array(json);
	for (size_t i = 0; i < evidence.list.count; i++) {
		const struct asked *asked = &evidence.list.items[i];

		json_open_object(json);
		write_word(json, "name", asked->name);
		write_words(json, "values", asked->key->values,
		    context_key_is_present(asked->key) ? asked->key->count :
		    0);
		json_member_text(json, "from", origin_name(asked->key));
		json_close_object(json);
	}
	json_close_array(json);
}

/* Calls. */

static void
write_ruling(struct scribe *scribe, const struct ruling *ruling)
{
	struct json *json = scribe->json;

	scribe->ruling = ruling;
	json_open_object(json);
	json_member_text(json, "part", ruling->part);
	write_word(json, "principal", ruling->request.actor.principal);
	write_word(json, "action", ruling->request.action);
	write_word(json, "resource", ruling->request.resource);
	write_word(json, "resourceAccount",
	    ruling->request.resource_account);
	json_member_text(json, "verdict", verdict_name(ruling->verdict));
	json_member_text(json, "decidedBy", ruling->decision.has_layer ?
	    layer_name(ruling->decision.layer) : NULL);
	json_member_text(json, "reason", ruling->reason);
	write_layers(scribe);
	write_keys(scribe);
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
write_hop(struct scribe *scribe, const struct hop *hop)
{
	struct json *json = scribe->json;

	json_open_object(json);
	write_word(json, "principal", hop->caller.actor.principal);
	write_word(json, "issuer", hop->caller.actor.issuer);
	write_word(json, "action", hop->call->action);
	json_member_text(json, "way", way_name(hop->call->way.kind));
	write_word(json, "endpoint", hop->call->way.endpoint_id);
	json_member_text(json, "verdict", verdict_name(hop->verdict));
	json_member_text(json, "refused", hop->refused);
	json_member_text(json, "missing", hop->missing);
	json_key(json, "requests");
	json_open_array(json);
	for (size_t i = 0; i < hop->count; i++)
		write_ruling(scribe, &hop->rulings[i]);
	json_close_array(json);
	json_close_object(json);
}

/* What would turn it. */

static void
write_depends(struct scribe *scribe)
{
	const struct hinges *hinges = &scribe->story->hinges;
	struct json *json = scribe->json;

	json_key(json, "depends");
	json_open_array(json);
	for (size_t i = 0; i < hinges->list.count; i++) {
		const struct hinge *hinge = &hinges->list.items[i];

		json_open_object(json);
		write_word(json, "key", hinge->key);
		json_key(json, "values");
		json_open_array(json);
		for (size_t j = 0; j < hinge->values.count; j++)
			if (hinge->values.items[j].kind == TRIAL_REMOVE)
				json_null(json);
			else
				json_string(json,
				    hinge->values.items[j].value.text,
				    hinge->values.items[j].value.length);
		json_close_array(json);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
write_proviso(struct scribe *scribe, const struct proviso *proviso)
{
	struct json *json = scribe->json;
	const struct test *test = &proviso->test;
	char name[GUARANTEE_OPERATOR_SIZE];

	guarantee_operator_name(&test->use, name);
	json_open_object(json);
	json_member_text(json, "operator", name);
	write_word(json, "key", test->key);
	json_key(json, "values");
	json_open_array(json);
	for (size_t i = 0; i < test->count; i++)
		json_string(json, test->operands[i].text.text,
		    test->operands[i].text.length);
	json_close_array(json);
	json_member_boolean(json, "negated", proviso->negated);
	json_member_number(json, "call", proviso->imprint->call + 1);
	if (key_is_of_resource(test->key))
		write_word(json, "resource",
		    proviso->imprint->ruling->request.resource);
	json_close_object(json);
}

/* One of the lists holds, all of it; null: nobody knows. */
static void
write_conditions(struct scribe *scribe)
{
	const struct terms *terms = &scribe->story->terms;
	struct json *json = scribe->json;

	if (terms->answer != TERMS_LISTED) {
		json_member_text(json, "conditions", NULL);
		return;
	}
	json_key(json, "conditions");
	json_open_array(json);
	for (size_t i = 0; i < terms->list.count; i++) {
		json_open_array(json);
		for (size_t j = 0; j < terms->list.items[i].list.count; j++)
			write_proviso(scribe,
			    terms->list.items[i].list.items[j]);
		json_close_array(json);
	}
	json_close_array(json);
}

static void
write_premises(struct scribe *scribe)
{
	struct json *json = scribe->json;

	json_key(json, "premises");
	json_open_array(json);
	for (unsigned i = 0; i < PREMISE_COUNT; i++)
		if ((scribe->story->terms.rests >> i & 1) != 0)
			json_text(json, premise_name((enum premise)i));
	json_close_array(json);
}

static void
write_flip(struct scribe *scribe, const struct flip *flip)
{
	struct json *json = scribe->json;
	struct place place;

	json_open_object(json);
	if (flip->change.kind != TRIAL_NONE) {
		json_member_text(json, "change", trial_change_text(
		    scribe->arena, scribe->story->court->estate,
		    &flip->change));
	} else {
		place = source_place(flip->source,
		    flip->condition->node->span);
		write_word(json, "add", flip->value);
		json_member_text(json, "file",
		    source_file(flip->source)->name);
		json_member_number(json, "line", place.line);
		json_member_number(json, "column", place.column);
	}
	json_close_object(json);
}

static void
write_assumptions(struct scribe *scribe)
{
	assumption_set rests = scribe->story->answer.rests;

	json_key(scribe->json, "assumptions");
	json_open_array(scribe->json);
	for (unsigned i = 0; i < ASSUMPTION_COUNT; i++)
		if (rests >> i & 1)
			json_text(scribe->json, assumption_text(scribe->arena,
			    (enum assumption)i,
			    scribe->story->court->assumptions->choice[i]));
	json_close_array(scribe->json);
}

static void
write_hops(struct scribe *scribe)
{
	json_key(scribe->json, "hops");
	json_open_array(scribe->json);
	for (size_t i = 0; i < scribe->story->answer.count; i++)
		write_hop(scribe, &scribe->story->answer.hops[i]);
	json_close_array(scribe->json);
}

static void
write_notes(struct scribe *scribe)
{
	json_key(scribe->json, "notes");
	json_open_array(scribe->json);
	for (size_t i = 0; i < scribe->story->notes.count; i++)
		json_text(scribe->json, scribe->story->notes.items[i]);
	json_close_array(scribe->json);
}

void
story_json(struct arena *arena, struct json *json, const struct story *story)
{
	struct scribe scribe = { arena, json, story, NULL };
	const char *layer = story_layer(story);

	json_member_text(json, "verdict",
	    verdict_name(story->answer.verdict));
	json_member_text(json, "decidedBy", layer[0] == '\0' ? NULL : layer);
	json_member_text(json, "reason", story_reason(story));
	write_hops(&scribe);
	write_depends(&scribe);
	write_conditions(&scribe);
	json_member_boolean(json, "moreConditions", story->terms.more);
	write_premises(&scribe);
	write_assumptions(&scribe);
	json_key(json, "flips");
	json_open_array(json);
	for (size_t i = 0; i < story->flips.list.count; i++)
		write_flip(&scribe, &story->flips.list.items[i]);
	json_close_array(json);
	write_notes(&scribe);
}
