/* SPDX-License-Identifier: MIT */
/* Phrases of a guarantee into questions; story.c asks them. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/attempt.h"

enum { COMBINATIONS_MAX = 64 };

struct attempt {
	struct arena			*arena;
	const struct court		*court;
	const struct guarantee		*guarantee;
	size_t				 combination;
	struct question			 question;
	const struct estate_principal	*caller;	/* of the first call */
	const struct estate_principal	*role;		/* whose session makes
							 * the call at hand */
};

/*
 * The word of a list in the combination at hand: its digit of a number of
 * which each list is a place.
 */
static struct phrase
choose(size_t *combination, const struct phrases *words)
{
	size_t count = words->list.count, at;

	if (count == 0)
		return (struct phrase){ { NULL, 0 }, { 0, 0 } };
	at = *combination % count;
	*combination /= count;
	return words->list.items[at];
}

static const struct estate_principal *
find_principal(const struct attempt *attempt, struct word word)
{
	struct estate_matches found = estate_find(attempt->court->estate,
	    attempt->arena, word, ESTATE_PRINCIPAL | ESTATE_ROLE);

	return found.count == 1 ? found.items[0].principal : NULL;
}

/* The one variable that names of sessions are made of. */
static void
name_session(struct attempt *attempt, struct phrase phrase)
{
	bool own = word_is(phrase.word, "${aws:username}");

	if (own && attempt->caller != NULL)
		phrase.word = attempt->caller->name;
	attempt->question.named = phrase;
}

static void
add_phrase(struct attempt *attempt, const struct guarantee_phrase *phrase,
    size_t *combination)
{
	struct question *question = &attempt->question;
	struct phrase word = choose(combination, &phrase->words);

	switch (phrase->kind) {
	case PHRASE_BY_SESSION_OF:
		question->credential = CREDENTIAL_SESSION;
		attempt->role = find_principal(attempt, word.word);
		question->principal = word;
		break;
	case PHRASE_BY:
		attempt->caller = find_principal(attempt, word.word);
		question->principal = word;
		break;
	case PHRASE_ON:
	case PHRASE_DOCUMENT:
		*list_add(attempt->arena, &question->resources.list) = word;
		break;
	case PHRASE_THROUGH:
		*list_add(attempt->arena, &question->through.list) = word;
		break;
	case PHRASE_NAMED:
		name_session(attempt, word);
		break;
	case PHRASE_MFA:
		question->mfa = true;
		break;
	case PHRASE_ON_OWN_SESSION:
	case PHRASE_COUNT:
		break;
	}
}

static bool
has_phrase(const struct guarantee_step *step, enum phrase_kind kind)
{
	for (size_t i = 0; i < step->phrases.count; i++)
		if (step->phrases.items[i].kind == kind)
			return true;
	return false;
}

/* "AROA...:tanaka", as aws:userid has it. */
static struct word
user_id(const struct attempt *attempt)
{
	struct word id = attempt->role->id;
	struct word name = attempt->question.named.word;
	const char *text = arena_printf(attempt->arena, "%.*s:%.*s",
	    (int)id.length, id.text, (int)name.length, name.text);

	return word_from(text, strlen(text));
}

/* A session of Session Manager that the caller has started. */
static struct word
session_arn(const struct attempt *attempt, struct word owner)
{
	struct word region = attempt->court->estate->region;
	struct arn role = arn_split(attempt->role->arn.text,
	    attempt->role->arn.length);
	const char *text = arena_printf(attempt->arena,
	    "arn:%.*s:ssm:%.*s:%.*s:session/%.*s-0",
	    (int)role.field[ARN_PARTITION].length,
	    role.field[ARN_PARTITION].text, (int)region.length, region.text,
	    (int)role.field[ARN_ACCOUNT].length, role.field[ARN_ACCOUNT].text,
	    (int)owner.length, owner.text);

	return word_from(text, strlen(text));
}

/* Its ARN begins with the caller's aws:userid, and its tag is the same. */
static void
add_own_session(struct attempt *attempt)
{
	static const char tag[] =
	    "ssm:resourceTag/aws:ssmmessages:session-id";
	struct question *question = &attempt->question;
	struct given_key *key;
	struct word *owner;

	if (attempt->role == NULL || attempt->role->id.text == NULL ||
	    question->named.word.text == NULL)
		return;
	owner = arena_alloc(attempt->arena, sizeof(*owner));
	*owner = user_id(attempt);
	key = list_add(attempt->arena, &question->keys);
	*key = (struct given_key){ .values = owner, .count = 1 };
	key->name.word = word_from(tag, sizeof(tag) - 1);
	list_add(attempt->arena, &question->resources.list)->word =
	    session_arn(attempt, *owner);
}

/* The call of a step; the calls before it are what makes the session. */
static void
add_step(struct attempt *attempt, size_t at, size_t *combination)
{
	const struct guarantee_step *step =
	    &attempt->guarantee->steps.items[at];
	struct question *question = &attempt->question;

	if (at > 0 && summons_makes_session(question->action.word) &&
	    question->resources.list.count > 0) {
		struct phrase role = question->resources.list.items[0];

		*list_add(attempt->arena, &question->via.list) = role;
		attempt->role = find_principal(attempt, role.word);
	} else if (at > 0 && question->through.list.count > 0) {
		question->through.list.count--;
	}
	question->resources.list.count = 0;
	question->keys.count = 0;
	question->action = choose(combination, &step->actions);
	for (size_t i = 0; i < step->phrases.count; i++)
		add_phrase(attempt, &step->phrases.items[i], combination);
	if (has_phrase(step, PHRASE_ON_OWN_SESSION))
		add_own_session(attempt);
}

/* The first call of the combination that is not allowed. */
static bool
try(struct attempt *attempt, size_t combination, struct story *story)
{
	struct question_fault fault;
	struct question *question;

	memset(&attempt->question, 0, sizeof(attempt->question));
	attempt->caller = attempt->role = NULL;
	for (size_t i = 0; i < attempt->guarantee->steps.count; i++) {
		add_step(attempt, i, &combination);
		question = arena_alloc(attempt->arena, sizeof(*question));
		*question = attempt->question;
		if (question->principal.word.text == NULL ||
		    question->action.word.text == NULL ||
		    word_has_wildcard(question->action.word) ||
		    !story_find(attempt->arena, attempt->court, question,
		    story, &fault))
			return false;
		if (story->answer.verdict != VERDICT_ALLOWED)
			return true;
	}
	return false;
}

static size_t
count_combinations(const struct guarantee *guarantee)
{
	size_t count = 1;

	for (size_t i = 0; i < guarantee->steps.count; i++) {
		const struct guarantee_step *step =
		    &guarantee->steps.items[i];

		if (step->actions.list.count > 1)
			count *= step->actions.list.count;
		for (size_t j = 0; j < step->phrases.count; j++)
			if (step->phrases.items[j].words.list.count > 1)
				count *= step->phrases.items[j].words.list
				    .count;
		if (count > COMBINATIONS_MAX)
			return COMBINATIONS_MAX;
	}
	return count;
}

/* What is denied fails for certain; what hangs on something may be what is
 * allowed after all. */
bool
attempt_find(struct arena *arena, const struct court *court,
    const struct guarantee *guarantee, struct story *story)
{
	struct attempt attempt = { .arena = arena, .court = court,
	    .guarantee = guarantee };
	size_t count = count_combinations(guarantee);
	bool found = false;

	for (size_t i = 0; i < count; i++) {
		struct story one;

		if (!try(&attempt, i, &one))
			continue;
		if (!found || verdict_is_denial(one.answer.verdict))
			*story = one;
		found = true;
		if (verdict_is_denial(one.answer.verdict))
			break;
	}
	return found;
}
