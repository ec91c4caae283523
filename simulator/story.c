/* SPDX-License-Identifier: MIT */
/* Gathers the facts that both ways of telling share. */
#include "config.h"

#include <string.h>

#include "policy/value.h"
#include "simulator/doubt.h"
#include "simulator/evidence.h"
#include "simulator/stock.h"
#include "simulator/story.h"
#include "simulator/witness.h"

static void
note(struct arena *arena, struct story *story, const char *text)
{
	for (size_t i = 0; i < story->notes.count; i++)
		if (strcmp(story->notes.items[i], text) == 0)
			return;
	*list_add(arena, &story->notes) = text;
}

static void
note_owner(struct arena *arena, struct story *story,
    const struct resource_party *party)
{
	if (party->owner_assumed)
		note(arena, story, arena_printf(arena, "`%.*s` names no "
		    "account; it is taken for one of the caller's own "
		    "account (else say aws:ResourceAccount)",
		    (int)party->arn.length, party->arn.text));
}

static void
note_open_owner(struct arena *arena, struct story *story,
    const struct resource_party *party)
{
	if (party->owner_open)
		note(arena, story, arena_printf(arena, "the estate does not "
		    "say whose `%.*s` is; it was decided both as the "
		    "caller's and as somebody else's", (int)party->arn.length,
		    party->arn.text));
}

static void
note_missing(struct arena *arena, struct story *story, const struct hop *hop)
{
	if (hop->missing != NULL)
		note(arena, story, arena_printf(arena, "`%.*s` also needs: "
		    "%s; name it among the resources",
		    (int)hop->call->action.length, hop->call->action.text,
		    hop->missing));
}

/* What is odd about the keys that were given. */
static void
note_doubts(struct arena *arena, struct story *story,
    const struct request *request)
{
	struct derive_doubts doubts = derive_doubts(arena, request,
	    story->court->catalog);

	for (size_t i = 0; i < doubts.count; i++)
		note(arena, story, arena_printf(arena, "`%.*s` %s",
		    (int)doubts.items[i].key.length, doubts.items[i].key.text,
		    doubts.items[i].says));
}

/* Keys that have a say of their own, whatever statements ask for. */
static bool
has_a_say(struct word name)
{
	return word_is_among(name.text, name.length, "aws:ResourceAccount "
	    "aws:userid aws:SourceVpce aws:ViaAWSService "
	    "aws:PrincipalIsAWSService aws:FederatedProvider "
	    "aws:TokenIssueTime aws:AssumedRoot aws:TagKeys "
	    "aws:MultiFactorAuthPresent") ||
	    word_starts_with(name, "aws:RequestTag/") ||
	    word_starts_with(name, "sts:");
}

static bool
is_asked_for(struct arena *arena, const struct hop *hop, struct word name)
{
	for (size_t i = 0; i < hop->count; i++) {
		struct evidence evidence = evidence_list(arena,
		    &hop->rulings[i]);

		for (size_t j = 0; j < evidence.list.count; j++)
			if (word_equal_folded(evidence.list.items[j].name,
			    name))
				return true;
	}
	return false;
}

/* Nothing that is given is dropped in silence. */
static void
note_unasked(struct arena *arena, struct story *story)
{
	for (size_t i = 0; i < story->question->keys.count; i++) {
		struct word name = story->question->keys.items[i].name.word;
		bool asked = has_a_say(name);

		for (size_t j = 0; j < story->answer.count && !asked; j++)
			asked = is_asked_for(arena, &story->answer.hops[j],
			    name);
		if (!asked)
			note(arena, story, arena_printf(arena, "`%.*s` was "
			    "given, and no statement about the request asks "
			    "for it", (int)name.length, name.text));
	}
}

static void
gather_notes(struct arena *arena, struct story *story)
{
	struct doubts doubts = doubt_list(arena, story->court,
	    story->question, &story->summons);

	for (size_t i = 0; i < doubts.list.count; i++)
		note(arena, story, doubts.list.items[i]);
	for (size_t i = 0; i < story->answer.count; i++) {
		const struct hop *hop = &story->answer.hops[i];

		for (size_t j = 0; j < hop->call->count; j++) {
			note_owner(arena, story, &hop->call->resources[j]);
			note_open_owner(arena, story,
			    &hop->call->resources[j]);
		}
		for (size_t j = 0; j < hop->count; j++)
			note_doubts(arena, story, &hop->rulings[j].request);
		note_missing(arena, story, hop);
	}
	note_unasked(arena, story);
}

bool
story_ask(struct arena *arena, const struct court *court,
    const struct question *question, struct story *story,
    struct question_fault *fault)
{
	*story = (struct story){ .court = court, .question = question };
	if (!summons_read(arena, court, question, &story->summons, fault))
		return false;
	chain_decide(arena, court, question, &story->summons,
	    &story->answer);
	return true;
}

/* The verdict of every request that can be; keys have no say. */
static void
settle(struct story *story)
{
	struct answer *answer = &story->answer;

	if (story->terms.answer == TERMS_NEVER)
		answer->verdict = VERDICT_IMPLICITLY_DENIED;
	if (story->terms.answer == TERMS_ALWAYS) {
		answer->verdict = VERDICT_ALLOWED;
		answer->decisive = NULL;
	}
	if (answer->verdict != VERDICT_DEPENDS)
		answer->depends.count = 0;
}

static void
note_terms(struct arena *arena, struct story *story)
{
	const struct terms *terms = &story->terms;

	if (terms->answer == TERMS_UNKNOWN)
		note(arena, story, arena_printf(arena, "nobody knows exactly "
		    "when it is allowed: %s", terms->reason));
	if (terms->answer == TERMS_LISTED && terms->more)
		note(arena, story, arena_printf(arena, "it may be allowed in "
		    "other cases, too: %s", terms->reason));
	if (terms->answer == TERMS_LISTED && terms->unlisted)
		note(arena, story, "an endpoint that the estate does not list "
		    "is taken to let the request through");
}

bool
story_settle(struct arena *arena, const struct court *court,
    const struct question *question, struct story *story,
    struct question_fault *fault)
{
	if (!story_ask(arena, court, question, story, fault))
		return false;
	if (story->answer.verdict == VERDICT_DEPENDS) {
		story->terms = terms_settle(arena, court, question,
		    &story->answer);
		settle(story);
	}
	return true;
}

void
story_explain(struct arena *arena, struct story *story)
{
	if (story->answer.verdict == VERDICT_DEPENDS) {
		story->terms = terms_find(arena, story->court,
		    story->question, &story->answer);
		note_terms(arena, story);
		settle(story);
	}
	story->flips = flip_find(arena, story->court, story->question,
	    &story->summons, &story->answer);
	if (story->answer.verdict == VERDICT_DEPENDS)
		story->hinges = hinge_find(arena, story->court,
		    story->question, &story->summons, &story->answer);
	gather_notes(arena, story);
}

bool
story_find(struct arena *arena, const struct court *court,
    const struct question *question, struct story *story,
    struct question_fault *fault)
{
	if (!story_ask(arena, court, question, story, fault))
		return false;
	story_explain(arena, story);
	return true;
}

static const struct ruling *
decisive_ruling(const struct story *story)
{
	const struct answer *answer = &story->answer;

	if (answer->decisive != NULL)
		return answer->decisive->decisive;
	return answer->count == 0 || answer->hops[answer->count - 1].count ==
	    0 ? NULL : &answer->hops[answer->count - 1].rulings[0];
}

const char *
story_layer(const struct story *story)
{
	const struct ruling *ruling = decisive_ruling(story);

	return story->answer.decisive == NULL || ruling == NULL ||
	    !ruling->decision.has_layer ? "" :
	    layer_name(ruling->decision.layer);
}

const char *
story_reason(const struct story *story)
{
	const struct ruling *ruling = decisive_ruling(story);
	const struct hop *hop = story->answer.decisive;

	if (story->terms.answer == TERMS_NEVER)
		return "whatever the keys hold that are unknown, no request "
		    "that can be is allowed";
	if (story->terms.answer == TERMS_ALWAYS)
		return "whatever the keys hold that are unknown, every "
		    "request that can be is allowed";
	if (hop != NULL && hop->refused != NULL)
		return hop->refused;
	if (ruling != NULL)
		return ruling->reason;
	return hop != NULL && hop->missing != NULL ?
	    "not all that the call needs was named" :
	    "nothing had to be decided";
}

/* From the account up to the root. */
static struct word
level_of(const struct estate_account *account, size_t level)
{
	const struct estate_unit *unit = account->unit;

	if (unit == NULL || level > unit->depth)
		return account->name.length > 0 ? account->name :
		    account->id;
	while (unit->parent != NULL && unit->depth > level)
		unit = unit->parent;
	if (unit->name.length > 0)
		return unit->name;
	return unit->parent == NULL ? word_from("root", 4) : unit->id;
}

struct word
story_level(struct arena *arena, const struct court *court,
    const struct ruling *ruling, enum layer layer, size_t level)
{
	struct word id = layer == LAYER_SCP ? ruling->request.actor.account :
	    ruling->request.resource_account;
	const struct estate_account *account = id.text == NULL ? NULL :
	    estate_account(court->estate, id);
	char *text;

	if (account != NULL)
		return level_of(account, level);
	text = arena_printf(arena, "level %zu", level + 1);
	return word_from(text, strlen(text));
}

const char *
story_place(struct arena *arena, const struct step *step)
{
	const struct source *source = step->charter->policy->text->source;
	const char *name = source_file(source)->name;
	struct place place = source_place(source,
	    step->clause->statement->node->span);

	if (stock_has(name) || strcmp(name, WITNESS_EVERYTHING) == 0)
		return name;
	return arena_printf(arena, "%s:%zu:%zu", name, place.line,
	    place.column);
}
