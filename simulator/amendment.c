/* SPDX-License-Identifier: MIT */
/* Questions laid over each other, part by part. */
#include "config.h"

#include <string.h>

#include "simulator/amendment.h"

static const struct given_key *
find_key(const struct question *question, struct word name)
{
	for (size_t i = 0; i < question->keys.count; i++)
		if (word_equal_folded(question->keys.items[i].name.word,
		    name))
			return &question->keys.items[i];
	return NULL;
}

/* Lists are made anew: the two questions keep theirs. */
static void
lay_keys(struct arena *arena, const struct question *over,
    const struct question *under, struct question *laid)
{
	memset(&laid->keys, 0, sizeof(laid->keys));
	for (size_t i = 0; i < under->keys.count; i++)
		if (find_key(over, under->keys.items[i].name.word) == NULL)
			*list_add(arena, &laid->keys) = under->keys.items[i];
	for (size_t i = 0; i < over->keys.count; i++)
		*list_add(arena, &laid->keys) = over->keys.items[i];
}

static void
lay_overlays(struct arena *arena, const struct question *over,
    const struct question *under, struct question *laid)
{
	memset(&laid->overlays, 0, sizeof(laid->overlays));
	for (size_t i = 0; i < under->overlays.list.count; i++)
		*list_add(arena, &laid->overlays.list) =
		    under->overlays.list.items[i];
	for (size_t i = 0; i < over->overlays.list.count; i++)
		*list_add(arena, &laid->overlays.list) =
		    over->overlays.list.items[i];
}

struct question
amendment_lay(struct arena *arena, const struct question *over,
    const struct question *under)
{
	struct question laid = *over;

	if (laid.principal.word.text == NULL)
		laid.principal = under->principal;
	if (laid.action.word.text == NULL) {
		laid.action = under->action;
		laid.resources = under->resources;
	}
	if (laid.via.list.count == 0)
		laid.via = under->via;
	if (laid.through.list.count == 0)
		laid.through = under->through;
	if (laid.named.word.text == NULL)
		laid.named = under->named;
	if (laid.credential == CREDENTIAL_UNKNOWN)
		laid.credential = under->credential;
	laid.mfa |= under->mfa;
	lay_keys(arena, over, under, &laid);
	lay_overlays(arena, over, under, &laid);
	return laid;
}

/* Dropping. */

static bool
drop_phrase(struct phrase *phrase)
{
	bool was = phrase->word.text != NULL;

	*phrase = (struct phrase){ .word = { NULL, 0 } };
	return was;
}

static bool
drop_phrases(struct phrases *phrases)
{
	bool was = phrases->list.count > 0;

	*phrases = (struct phrases){ .list = { .count = 0 } };
	return was;
}

static bool
drop_credential(struct question *question, enum credential credential)
{
	if (question->credential != credential)
		return false;
	question->credential = CREDENTIAL_UNKNOWN;
	return true;
}

static bool
drop_mfa(struct question *question)
{
	bool was = question->mfa;

	question->mfa = false;
	return was;
}

static bool
drop_key(struct question *question, struct word name)
{
	size_t count = 0;

	for (size_t i = 0; i < question->keys.count; i++)
		if (!word_equal_folded(question->keys.items[i].name.word,
		    name))
			question->keys.items[count++] =
			    question->keys.items[i];
	if (count == question->keys.count)
		return false;
	question->keys.count = count;
	return true;
}

bool
amendment_drop(struct question *question, struct word what)
{
	if (word_is(what, "as"))
		return drop_phrase(&question->principal);
	if (word_is(what, "named"))
		return drop_phrase(&question->named);
	if (word_is(what, "via"))
		return drop_phrases(&question->via);
	if (word_is(what, "through"))
		return drop_phrases(&question->through);
	if (word_is(what, "overlay"))
		return drop_phrases(&question->overlays);
	if (word_is(what, "mfa"))
		return drop_mfa(question);
	if (word_is(what, "longterm"))
		return drop_credential(question, CREDENTIAL_LONG_TERM);
	if (word_is(what, "session"))
		return drop_credential(question, CREDENTIAL_SESSION);
	return drop_key(question, what);
}

static void
displace(struct phrases *phrases)
{
	for (size_t i = 0; i < phrases->list.count; i++)
		phrases->list.items[i].span = (struct span){ 0, 0 };
}

void
amendment_displace(struct question *question)
{
	const struct span nowhere = { 0, 0 };

	question->principal.span = question->action.span = nowhere;
	question->named.span = question->time.span = nowhere;
	displace(&question->resources);
	displace(&question->via);
	displace(&question->through);
	displace(&question->overlays);
	for (size_t i = 0; i < question->keys.count; i++)
		question->keys.items[i].name.span = nowhere;
}

bool
amendment_is_empty(const struct question *question)
{
	return question->principal.word.text == NULL &&
	    question->named.word.text == NULL && !question->mfa &&
	    question->via.list.count == 0 &&
	    question->through.list.count == 0 &&
	    question->credential == CREDENTIAL_UNKNOWN &&
	    question->keys.count == 0 && question->overlays.list.count == 0;
}
