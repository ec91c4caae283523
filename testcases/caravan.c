/* SPDX-License-Identifier: MIT */
/* Every session, and everything that it may pass; then the next. */
#include "config.h"

#include "testcases/caravan.h"

enum { TEXTS = 4, LABELS = 3 };

const unsigned caravan_values[CARAVAN_KEYS] = {
	[CARAVAN_IDENTITY] = TEXTS, [CARAVAN_SET] = TEXTS,
	[CARAVAN_TAG] = TEXTS, [CARAVAN_TAG + 1] = LABELS,
	[CARAVAN_PASSED] = TEXTS, [CARAVAN_PASSED + 1] = LABELS,
	[CARAVAN_TRANSITIVE] = 1 << CARAVAN_TAGS,
};

/* What a session carries. */
struct load {
	unsigned	 identity;
	unsigned	 tags[CARAVAN_TAGS];
	bool		 inherited[CARAVAN_TAGS];	/* and stays */
};

/* What a call passes. */
struct parcel {
	unsigned	 identity;
	unsigned	 tags[CARAVAN_TAGS];
	unsigned	 transitive;
};

struct road {
	const struct caravan		*caravan;
	const struct caravan_promise	*promise;
	unsigned			 values[CARAVAN_CALLS][CARAVAN_KEYS];
};

static bool
holds(const struct caravan_test *test, const unsigned *values)
{
	unsigned value = values[test->key];

	if (test->key == CARAVAN_TRANSITIVE)
		return ((value >> test->value & 1) != 0) ==
		    (test->operator == CARAVAN_EQUALS);
	switch (test->operator) {
	case CARAVAN_EQUALS:
		return value == test->value;
	case CARAVAN_DIFFERS:
		return value != test->value;
	case CARAVAN_ABSENT:
		return value == 0;
	case CARAVAN_PRESENT:
		break;
	}
	return value != 0;
}

static bool
allows(const struct road *road, size_t call, unsigned action)
{
	bool allowed = false;

	for (size_t i = 0; i < road->caravan->counts[call]; i++) {
		const struct caravan_rule *rule =
		    &road->caravan->rules[call][i];

		if ((rule->actions & action) == 0 || (rule->tested &&
		    !holds(&rule->test, road->values[call])))
			continue;
		if (rule->deny)
			return false;
		allowed = true;
	}
	return allowed;
}

static bool
is_wanted(const struct road *road, size_t call)
{
	const struct caravan_promise *promise = road->promise;

	for (size_t i = 0; i < promise->count; i++)
		if (promise->where[i].call == call &&
		    !holds(&promise->where[i], road->values[call]))
			return false;
	return true;
}

static bool
breaks(const struct road *road)
{
	const struct caravan_promise *promise = road->promise;

	return !promise->must || !holds(&promise->rest,
	    road->values[promise->rest.call]);
}

/* TRUST-10, TRUST-12: what AWS refuses to pass. */
static bool
can_pass(const struct load *load, const struct parcel *parcel)
{
	for (size_t i = 0; i < CARAVAN_TAGS; i++)
		if (load->inherited[i] && parcel->tags[i] != 0)
			return false;
	return load->identity == 0 || parcel->identity == 0 ||
	    load->identity == parcel->identity;
}

static void
carry(unsigned *values, const struct load *load)
{
	for (size_t i = 0; i < CARAVAN_KEYS; i++)
		values[i] = 0;
	values[CARAVAN_IDENTITY] = load->identity;
	for (size_t i = 0; i < CARAVAN_TAGS; i++)
		values[CARAVAN_TAG + i] = load->tags[i];
}

static bool
may_assume(struct road *road, size_t call, const struct load *load,
    const struct parcel *parcel)
{
	unsigned *values = road->values[call];
	bool tags = parcel->transitive != 0;

	carry(values, load);
	values[CARAVAN_SET] = parcel->identity;
	values[CARAVAN_TRANSITIVE] = parcel->transitive;
	for (size_t i = 0; i < CARAVAN_TAGS; i++) {
		tags = tags || parcel->tags[i] != 0 || load->inherited[i];
		values[CARAVAN_PASSED + i] = load->inherited[i] &&
		    !road->caravan->unsaid ? load->tags[i] : parcel->tags[i];
	}
	return is_wanted(road, call) && allows(road, call, CARAVAN_ASSUME) &&
	    (!tags || allows(road, call, CARAVAN_TAG_SESSION)) &&
	    ((parcel->identity == 0 && load->identity == 0) ||
	    allows(road, call, CARAVAN_SET_IDENTITY));
}

static struct load
open_session(const struct road *road, size_t call, const struct load *load,
    const struct parcel *parcel)
{
	struct load next = { .identity = load->identity != 0 ?
	    load->identity : parcel->identity };

	for (size_t i = 0; i < CARAVAN_TAGS; i++) {
		next.tags[i] = load->inherited[i] ? load->tags[i] :
		    parcel->tags[i] != 0 ? parcel->tags[i] :
		    road->caravan->role_tags[call][i];
		next.inherited[i] = load->inherited[i] ||
		    (parcel->tags[i] != 0 &&
		    (parcel->transitive >> i & 1) != 0);
	}
	return next;
}

static bool
read_at_last(struct road *road, size_t call, const struct load *load)
{
	carry(road->values[call], load);
	return is_wanted(road, call) && allows(road, call, CARAVAN_READ) &&
	    breaks(road);
}

static bool	 go_on(struct road *, size_t call, const struct load *);

static bool
pass(struct road *road, size_t call, const struct load *load,
    const struct parcel *parcel)
{
	struct load next;

	if (!can_pass(load, parcel) || !may_assume(road, call, load, parcel))
		return false;
	next = open_session(road, call, load, parcel);
	return go_on(road, call + 1, &next);
}

/* The next parcel; false behind the last. */
static bool
next_parcel(struct parcel *parcel)
{
	for (size_t i = 0; i < CARAVAN_TAGS; i++) {
		if (++parcel->tags[i] < caravan_values[CARAVAN_TAG + i])
			return true;
		parcel->tags[i] = 0;
	}
	if (++parcel->identity < TEXTS)
		return true;
	parcel->identity = 0;
	return ++parcel->transitive < 1 << CARAVAN_TAGS;
}

/* Recursion is bounded by CARAVAN_CALLS. */
static bool
go_on(struct road *road, size_t call, const struct load *load)
{
	struct parcel parcel = { 0 };

	if (call == road->promise->calls)
		return breaks(road);
	if (call == CARAVAN_CALLS - 1)
		return read_at_last(road, call, load);
	do {
		if (pass(road, call, load, &parcel))
			return true;
	} while (next_parcel(&parcel));
	return false;
}

/* The next session; false behind the last. */
static bool
next_load(struct load *load)
{
	for (size_t i = 0; i < CARAVAN_TAGS; i++) {
		if (!load->inherited[i] && load->tags[i] != 0) {
			load->inherited[i] = true;
			return true;
		}
		load->inherited[i] = false;
		if (++load->tags[i] < caravan_values[CARAVAN_TAG + i])
			return true;
		load->tags[i] = 0;
	}
	return ++load->identity < TEXTS;
}

bool
caravan_find(const struct caravan *caravan,
    const struct caravan_promise *promise)
{
	struct road road = { .caravan = caravan, .promise = promise };
	struct load load = { 0 };

	do {
		if (go_on(&road, 0, &load))
			return true;
	} while (promise->session && next_load(&load));
	return false;
}
