/* SPDX-License-Identifier: MIT */
/*
 * Tries the values that policies name, all combinations of them up to the
 * budget; then leaves out every key that need not be known.
 */
#include "config.h"

#include <string.h>

#include "simulator/hinge.h"

enum {
	BUDGET = 400,
	VALUES_SHOWN = 5
};

/* A key, what may be tried of it, and what is. */
struct wheel {
	struct wishes	 wishes;
	size_t		 at;		/* the wish of the assignment */
	bool		 idle;		/* the key is left unknown */
};

struct lock {
	struct trial		 trial;
	const struct answer	*answer;
	struct wheel		*wheels;
	size_t			 count;
};

static bool
is_key(struct word key, const char *name)
{
	return word_equal_folded(key, word_from(name, strlen(name)));
}

static void
wish_value(struct lock *lock, struct wheel *wheel, struct word key,
    struct word value)
{
	if (value.text != NULL)
		*list_add(lock->trial.arena, &wheel->wishes.list) =
		    (struct trial_change){ TRIAL_SET, key, value };
}

/* Values that no condition names: whose policy counts hangs on them. */
static void
wish_things(struct lock *lock, struct wheel *wheel, struct word key)
{
	const struct estate *estate = lock->trial.court->estate;

	if (is_key(key, "aws:SourceVpce"))
		for (size_t i = 0; i < estate->endpoint_count; i++)
			wish_value(lock, wheel, key, estate->endpoints[i].id);
	if (is_key(key, "aws:ResourceAccount")) {
		wish_value(lock, wheel, key,
		    lock->answer->hops[0].caller.actor.account);
		for (size_t i = 0; i < estate->account_count; i++)
			wish_value(lock, wheel, key, estate->accounts[i].id);
	}
}

/* Values first: that a key is not there is the least likely. */
static void
order_wishes(struct arena *arena, struct wishes *wishes)
{
	struct wishes ordered = { { .count = 0 } };

	for (int kind = TRIAL_SET; kind <= TRIAL_REMOVE; kind++)
		for (size_t i = 0; i < wishes->list.count; i++)
			if ((int)wishes->list.items[i].kind == kind)
				*list_add(arena, &ordered.list) =
				    wishes->list.items[i];
	*wishes = ordered;
}

static void
load_wheel(struct lock *lock, struct wheel *wheel, struct word key)
{
	struct arena *arena = lock->trial.arena;

	for (size_t i = 0; i < lock->answer->count; i++)
		for (size_t j = 0; j < lock->answer->hops[i].count; j++)
			wish_add_all(arena, &wheel->wishes,
			    &lock->answer->hops[i].rulings[j],
			    lock->trial.court->assumptions, key);
	wish_things(lock, wheel, key);
	*list_add(arena, &wheel->wishes.list) = (struct trial_change){
	    .kind = TRIAL_REMOVE, .key = key };
	order_wishes(arena, &wheel->wishes);
}

static bool
opens(struct lock *lock)
{
	struct trial_change *changes = arena_array(lock->trial.arena,
	    lock->count, sizeof(*changes));
	size_t count = 0;

	for (size_t i = 0; i < lock->count; i++)
		if (!lock->wheels[i].idle)
			changes[count++] = lock->wheels[i].wishes.list.items[
			    lock->wheels[i].at];
	return trial_decide(&lock->trial, changes, count) == VERDICT_ALLOWED;
}

/* The next combination; false behind the last. */
static bool
turn(struct lock *lock)
{
	for (size_t i = lock->count; i-- > 0;) {
		struct wheel *wheel = &lock->wheels[i];

		if (++wheel->at < wheel->wishes.list.count)
			return true;
		wheel->at = 0;
	}
	return false;
}

static bool
search(struct lock *lock)
{
	while (lock->trial.budget > 0) {
		if (opens(lock))
			return true;
		if (!turn(lock))
			return false;
	}
	return false;
}

static void
simplify(struct lock *lock)
{
	for (size_t i = 0; i < lock->count; i++) {
		lock->wheels[i].idle = true;
		lock->wheels[i].idle = opens(lock);
	}
}

/* The values of one key that allow beside the first of the others. */
static void
list_values(struct lock *lock, struct wheel *wheel, struct hinge *hinge)
{
	size_t found = wheel->at;

	if (wheel->idle)
		return;
	*list_add(lock->trial.arena, &hinge->values) =
	    wheel->wishes.list.items[found];
	for (wheel->at = 0; wheel->at < wheel->wishes.list.count &&
	    hinge->values.count < VALUES_SHOWN; wheel->at++) {
		const struct trial_change *wish =
		    &wheel->wishes.list.items[wheel->at];

		if (!trial_change_equal(wish,
		    &wheel->wishes.list.items[found]) && opens(lock))
			*list_add(lock->trial.arena, &hinge->values) = *wish;
	}
	wheel->at = found;
}

struct hinges
hinge_find(struct arena *arena, const struct court *court,
    const struct question *question, const struct summons *summons,
    const struct answer *answer)
{
	struct lock lock = { .trial = { .arena = arena, .court = court,
	    .question = question, .hop_count = summons->count,
	    .budget = BUDGET }, .answer = answer,
	    .count = answer->depends.count };
	struct hinges hinges = { .allowed = false };

	lock.wheels = arena_array(arena, lock.count, sizeof(*lock.wheels));
	for (size_t i = 0; i < lock.count; i++)
		load_wheel(&lock, &lock.wheels[i], answer->depends.items[i]);
	hinges.allowed = lock.count > 0 && search(&lock);
	if (hinges.allowed)
		simplify(&lock);
	for (size_t i = 0; i < lock.count; i++) {
		struct hinge *hinge = list_add(arena, &hinges.list);

		hinge->key = answer->depends.items[i];
		if (hinges.allowed)
			list_values(&lock, &lock.wheels[i], hinge);
	}
	hinges.spent = lock.trial.budget == 0;
	return hinges;
}
