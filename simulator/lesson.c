/* SPDX-License-Identifier: MIT */
/* Tries questions, with all keys of the request first and then without those
 * that make no difference. */
#include "config.h"

#include <string.h>

#include "simulator/lesson.h"
#include "simulator/story.h"

enum { OPEN_KEYS_MAX = 8 };		/* that are said to be absent */

struct tutor {
	struct arena		*arena;
	const struct court	*allows, *denies;
	struct question		 question;
};

/* Asking. */

static enum verdict
ask(struct tutor *tutor, const struct court *court, struct answer *answer)
{
	struct story story = { .court = NULL };
	struct question_fault fault;

	if (!story_ask(tutor->arena, court, &tutor->question, &story, &fault))
		return VERDICT_UNKNOWN;
	*answer = story.answer;
	return answer->verdict;
}

static bool
is_said(const struct question *question, struct word key)
{
	for (size_t i = 0; i < question->keys.count; i++)
		if (word_equal_folded(question->keys.items[i].name.word, key))
			return true;
	return false;
}

/* What it depends on is not there: the request had none of that name. */
static bool
close_keys(struct tutor *tutor, const struct answer *answer)
{
	bool closed = false;

	for (size_t i = 0; i < answer->depends.count; i++) {
		struct word key = answer->depends.items[i];

		if (is_said(&tutor->question, key) ||
		    tutor->question.keys.count > 64)
			continue;
		*list_add(tutor->arena, &tutor->question.keys) =
		    (struct given_key){ .name = { .word = key },
		    .absent = true };
		closed = true;
	}
	return closed;
}

/* The courts differ in it. */
static bool
differs(struct tutor *tutor, bool may_close)
{
	for (size_t i = 0; i < OPEN_KEYS_MAX; i++) {
		struct answer yes = { .verdict = VERDICT_UNKNOWN };
		struct answer no = { .verdict = VERDICT_UNKNOWN };
		enum verdict here = ask(tutor, tutor->allows, &yes);
		enum verdict there = ask(tutor, tutor->denies, &no);

		if (here == VERDICT_ALLOWED &&
		    (there == VERDICT_IMPLICITLY_DENIED ||
		    there == VERDICT_EXPLICITLY_DENIED))
			return true;
		if (!may_close || (!close_keys(tutor, &yes) &&
		    !close_keys(tutor, &no)))
			return false;
	}
	return false;
}

/* The request as a question. */

static void
take_keys(struct tutor *tutor, const struct context *context)
{
	for (size_t i = 0; i < context->count; i++) {
		const struct context_key *key = &context->keys[i];

		if (context_key_is_present(key))
			*list_add(tutor->arena, &tutor->question.keys) =
			    (struct given_key){ .name = { .word = key->name },
			    .values = key->values, .count = key->count,
			    .listed = key->count > 1 };
	}
}

/* Who owns a bucket, no ARN says. */
static void
take_owner(struct tutor *tutor, const struct request *request)
{
	static const char key[] = "aws:ResourceAccount";
	struct word *owner;

	if (request->resource_account.text == NULL ||
	    is_said(&tutor->question, word_from(key, strlen(key))))
		return;
	owner = arena_alloc(tutor->arena, sizeof(*owner));
	*owner = request->resource_account;
	*list_add(tutor->arena, &tutor->question.keys) = (struct given_key){
	    .name = { .word = word_from(key, strlen(key)) },
	    .values = owner, .count = 1 };
}

static void
take_way(struct tutor *tutor, const struct way *way)
{
	struct word word = way->kind == WAY_INTERNET ?
	    word_from("internet", strlen("internet")) : way->endpoint_id;

	if (way->kind == WAY_INTERNET || way->kind == WAY_ENDPOINT)
		list_add(tutor->arena, &tutor->question.through.list)->word =
		    word;
}

static void
take(struct tutor *tutor, const struct answer *answer)
{
	const struct hop *hop = &answer->hops[0];
	const struct request *request = &hop->rulings[0].request;

	memset(&tutor->question, 0, sizeof(tutor->question));
	tutor->question.principal.word = request->actor.principal;
	tutor->question.action.word = request->action;
	list_add(tutor->arena, &tutor->question.resources.list)->word =
	    request->resource;
	take_way(tutor, &hop->call->way);
	take_keys(tutor, &request->context);
	take_owner(tutor, request);
}

/* A call may take another resource beside it: any of the estate. */
static bool
differs_beside(struct tutor *tutor)
{
	const struct estate *estate = tutor->allows->estate;
	const struct question question = tutor->question;

	if (differs(tutor, true))
		return true;
	for (size_t i = 0; i < estate->resource_count; i++) {
		if (estate->resources[i].pattern.wild)
			continue;
		tutor->question = question;
		list_add(tutor->arena, &tutor->question.resources.list)->word =
		    estate->resources[i].arn;
		if (differs(tutor, true))
			return true;
	}
	tutor->question = question;
	return false;
}

/* Shorter. */

static void
drop_keys(struct tutor *tutor)
{
	struct question *question = &tutor->question;

	for (size_t i = question->keys.count; i > 0; i--) {
		struct given_key key = question->keys.items[i - 1];
		size_t behind = question->keys.count - i;

		memmove(&question->keys.items[i - 1],
		    &question->keys.items[i], behind * sizeof(key));
		question->keys.count--;
		if (differs(tutor, false))
			continue;
		memmove(&question->keys.items[i],
		    &question->keys.items[i - 1], behind * sizeof(key));
		question->keys.items[i - 1] = key;
		question->keys.count++;
	}
}

/* Its name in the estate, if it has one and that comes to the same. */
static void
shorten(struct tutor *tutor, struct word *word, unsigned kinds)
{
	struct estate_matches found = estate_find(tutor->allows->estate,
	    tutor->arena, *word, kinds);
	struct word id = *word;

	if (found.count != 1)
		return;
	*word = estate_thing_name(&found.items[0]);
	if (word->text == NULL || !differs(tutor, false))
		*word = id;
}

static void
shorten_all(struct tutor *tutor)
{
	struct question *question = &tutor->question;

	shorten(tutor, &question->principal.word, ESTATE_PRINCIPAL);
	for (size_t i = 0; i < question->resources.list.count; i++)
		shorten(tutor, &question->resources.list.items[i].word,
		    ESTATE_RESOURCE);
	for (size_t i = 0; i < question->through.list.count; i++)
		shorten(tutor, &question->through.list.items[i].word,
		    ESTATE_ENDPOINT);
}

static const char *
say_way(struct arena *arena, const struct way *way)
{
	struct word id = way->endpoint_id;

	if (way->kind == WAY_ENDPOINT && id.length == 0)
		return " through some endpoint";
	switch (way->kind) {
	case WAY_INTERNET:
		return " through internet";
	case WAY_ENDPOINT:
		return arena_printf(arena, " through %.*s", (int)id.length,
		    id.text);
	case WAY_SERVICE:
		return " through a service";
	case WAY_UNKNOWN:
		break;
	}
	return "";
}

const char *
lesson_call(struct arena *arena, const struct answer *answer)
{
	const struct hop *hop = &answer->hops[0];
	const struct request *request = &hop->rulings[0].request;
	struct word who = request->actor.principal;

	return arena_printf(arena, "%.*s by %.*s on %.*s%s",
	    (int)request->action.length, request->action.text,
	    (int)who.length, who.text, (int)request->resource.length,
	    request->resource.text, say_way(arena, &hop->call->way));
}

const char *
lesson_find(struct arena *arena, const struct court *allows,
    const struct court *denies, const struct answer *answer,
    enum expectation_kind kind)
{
	struct tutor tutor = { .arena = arena, .allows = allows,
	    .denies = denies };
	struct expectation expectation = { .kind = kind };

	take(&tutor, answer);
	if (!differs_beside(&tutor)) {
		tutor.question.mfa = true;
		if (!differs_beside(&tutor))
			return NULL;
	}
	drop_keys(&tutor);
	shorten_all(&tutor);
	expectation.question = tutor.question;
	return expectation_text(arena, &expectation);
}
