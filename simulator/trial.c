/* SPDX-License-Identifier: MIT */
/* Changes a copy of the question; what is worth a try, others know. */
#include "config.h"

#include "simulator/trial.h"

/* The keys of the question, but for that one. */
static void
drop_key(struct arena *arena, struct question *question, struct word key)
{
	struct question kept = { .mfa = false };

	for (size_t i = 0; i < question->keys.count; i++)
		if (!word_equal_folded(question->keys.items[i].name.word,
		    key))
			*list_add(arena, &kept.keys) =
			    question->keys.items[i];
	question->keys.items = kept.keys.items;
	question->keys.count = kept.keys.count;
	question->keys.capacity = kept.keys.capacity;
}

static void
set_key(struct arena *arena, struct question *question,
    const struct trial_change *change)
{
	struct given_key *key;

	drop_key(arena, question, change->key);
	key = list_add(arena, &question->keys);
	key->name.word = change->key;
	key->absent = change->kind == TRIAL_REMOVE;
	if (!key->absent) {
		key->values = &change->value;
		key->count = 1;
	}
}

/* One way for each call, as the question has it, but for the one at hand. */
static bool
set_way(const struct trial *trial, struct question *question,
    struct word endpoint)
{
	struct phrases said = question->through, ways = { 0 };

	if (said.list.count == 0 && trial->hop_count > 1)
		return false;
	for (size_t i = 0; i < trial->hop_count; i++)
		*list_add(trial->arena, &ways.list) = i == trial->hop ?
		    (struct phrase){ .word = endpoint } :
		    said.list.items[said.list.count == 1 ? 0 : i];
	question->through = ways;
	drop_key(trial->arena, question, word_from("aws:SourceVpce", 14));
	return true;
}

static bool
apply(const struct trial *trial, struct question *question,
    const struct trial_change *change)
{
	switch (change->kind) {
	case TRIAL_MFA:
	case TRIAL_NO_MFA:
		question->mfa = change->kind == TRIAL_MFA;
		break;
	case TRIAL_THROUGH:
		return set_way(trial, question, change->value);
	case TRIAL_NAMED:
		question->named = (struct phrase){ .word = change->value };
		break;
	case TRIAL_SET:
	case TRIAL_REMOVE:
		set_key(trial->arena, question, change);
		break;
	case TRIAL_NONE:
		break;
	}
	return true;
}

enum verdict
trial_decide(struct trial *trial, const struct trial_change *changes,
    size_t count)
{
	struct question question = *trial->question;
	struct question_fault fault;
	struct summons summons;
	struct answer answer;

	if (trial->budget == 0)
		return VERDICT_UNKNOWN;
	trial->budget--;
	for (size_t i = 0; i < count; i++)
		if (!apply(trial, &question, &changes[i]))
			return VERDICT_UNKNOWN;
	if (!summons_read(trial->arena, trial->court, &question, &summons,
	    &fault))
		return VERDICT_UNKNOWN;
	chain_decide(trial->arena, trial->court, &question, &summons,
	    &answer);
	return answer.verdict;
}

bool
trial_change_equal(const struct trial_change *one,
    const struct trial_change *other)
{
	return one->kind == other->kind &&
	    (word_equal_folded(one->key, other->key) ||
	    word_equal(one->key, other->key)) &&
	    word_equal(one->value, other->value);
}

static struct word
endpoint_name(const struct estate *estate, struct word id)
{
	const struct estate_endpoint *endpoint = estate_endpoint(estate, id);

	return endpoint != NULL && endpoint->name.length > 0 ?
	    endpoint->name : id;
}

const char *
trial_change_text(struct arena *arena, const struct estate *estate,
    const struct trial_change *change)
{
	struct word value = change->value;

	switch (change->kind) {
	case TRIAL_MFA:
		return "mfa";
	case TRIAL_NO_MFA:
		return "without mfa";
	case TRIAL_THROUGH:
		value = endpoint_name(estate, value);
		return arena_printf(arena, "through %.*s", (int)value.length,
		    value.text);
	case TRIAL_NAMED:
		return arena_printf(arena, "named %.*s", (int)value.length,
		    value.text);
	case TRIAL_SET:
		return arena_printf(arena, "%.*s=%.*s",
		    (int)change->key.length, change->key.text,
		    (int)value.length, value.text);
	case TRIAL_REMOVE:
		return arena_printf(arena, "without %.*s",
		    (int)change->key.length, change->key.text);
	case TRIAL_NONE:
		break;
	}
	return "";
}
