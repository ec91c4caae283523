/* SPDX-License-Identifier: MIT */
/* Phrases of a guarantee into questions; story.c asks them. */
#include "config.h"

#include <string.h>

#include "simulator/rehearsal.h"

enum { COMBINATIONS_MAX = 64 };

struct rehearsal {
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
find_principal(const struct rehearsal *rehearsal, struct word word)
{
	struct estate_matches found = estate_find(rehearsal->court->estate,
	    rehearsal->arena, word, ESTATE_PRINCIPAL | ESTATE_ROLE);

	return found.count == 1 ? found.items[0].principal : NULL;
}

/* The one variable that names of sessions are made of. */
static void
name_session(struct rehearsal *rehearsal, struct phrase phrase)
{
	bool own = word_is(phrase.word, "${aws:username}");

	if (own && rehearsal->caller != NULL)
		phrase.word = rehearsal->caller->name;
	rehearsal->question.named = phrase;
}

static void
add_phrase(struct rehearsal *rehearsal, const struct guarantee_phrase *phrase,
    size_t *combination)
{
	struct question *question = &rehearsal->question;
	struct phrase word = choose(combination, &phrase->words);

	switch (phrase->kind) {
	case PHRASE_BY_SESSION_OF:
		question->credential = CREDENTIAL_SESSION;
		rehearsal->role = find_principal(rehearsal, word.word);
		question->principal = word;
		break;
	case PHRASE_BY:
		rehearsal->caller = find_principal(rehearsal, word.word);
		question->principal = word;
		break;
	case PHRASE_ON:
	case PHRASE_DOCUMENT:
		*list_add(rehearsal->arena, &question->resources.list) = word;
		break;
	case PHRASE_THROUGH:
		*list_add(rehearsal->arena, &question->through.list) = word;
		break;
	case PHRASE_NAMED:
		name_session(rehearsal, word);
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

/* Its ARN begins with the caller's aws:userid, and its tag is the same. */
static void
add_own_session(struct rehearsal *rehearsal)
{
	struct question *question = &rehearsal->question;
	struct arena *arena = rehearsal->arena;
	static const char tag[] =
	    "ssm:resourceTag/aws:ssmmessages:session-id";
	struct word account, name = question->named.word, *values;
	struct given_key *key;
	const char *text;

	if (rehearsal->role == NULL || name.text == NULL ||
	    rehearsal->role->id.text == NULL)
		return;
	account = word_behind(rehearsal->role->arn, strlen("arn:aws:iam::"));
	values = arena_alloc(arena, sizeof(*values));
	text = arena_printf(arena, "%.*s:%.*s",
	    (int)rehearsal->role->id.length, rehearsal->role->id.text,
	    (int)name.length, name.text);
	*values = word_from(text, strlen(text));
	key = list_add(arena, &question->keys);
	*key = (struct given_key){ .values = values, .count = 1 };
	key->name.word = word_from(tag, sizeof(tag) - 1);
	text = arena_printf(arena, "arn:aws:ssm:%.*s:%.*s:session/%s-0",
	    (int)rehearsal->court->estate->region.length,
	    rehearsal->court->estate->region.text, 12, account.text,
	    values->text);
	list_add(arena, &question->resources.list)->word = word_from(text,
	    strlen(text));
}

/* The call of a step; the calls before it are what makes the session. */
static void
add_step(struct rehearsal *rehearsal, size_t at, size_t *combination)
{
	const struct guarantee_step *step =
	    &rehearsal->guarantee->steps.items[at];
	struct question *question = &rehearsal->question;

	if (at > 0 && word_starts_with(question->action.word,
	    "sts:AssumeRole") && question->resources.list.count > 0) {
		struct phrase role = question->resources.list.items[0];

		*list_add(rehearsal->arena, &question->via.list) = role;
		rehearsal->role = find_principal(rehearsal, role.word);
	} else if (at > 0 && question->through.list.count > 0) {
		question->through.list.count--;
	}
	question->resources.list.count = 0;
	question->keys.count = 0;
	question->action = choose(combination, &step->actions);
	for (size_t i = 0; i < step->phrases.count; i++)
		add_phrase(rehearsal, &step->phrases.items[i], combination);
	if (has_phrase(step, PHRASE_ON_OWN_SESSION))
		add_own_session(rehearsal);
}

/* The first call of the combination that is not allowed. */
static bool
try(struct rehearsal *rehearsal, size_t combination, struct story *story)
{
	struct question_fault fault;
	struct question *question;

	memset(&rehearsal->question, 0, sizeof(rehearsal->question));
	rehearsal->caller = rehearsal->role = NULL;
	for (size_t i = 0; i < rehearsal->guarantee->steps.count; i++) {
		add_step(rehearsal, i, &combination);
		question = arena_alloc(rehearsal->arena, sizeof(*question));
		*question = rehearsal->question;
		if (question->principal.word.text == NULL ||
		    question->action.word.text == NULL ||
		    word_has_wildcard(question->action.word) ||
		    !story_find(rehearsal->arena, rehearsal->court, question,
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

bool
rehearsal_find(struct arena *arena, const struct court *court,
    const struct guarantee *guarantee, struct story *story)
{
	struct rehearsal rehearsal = { .arena = arena, .court = court,
	    .guarantee = guarantee };
	size_t count = count_combinations(guarantee);

	for (size_t i = 0; i < count; i++)
		if (try(&rehearsal, i, story))
			return true;
	return false;
}
