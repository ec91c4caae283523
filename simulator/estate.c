/* SPDX-License-Identifier: MIT */
/* What an estate says of its accounts, and of things by themselves. */
#include "config.h"

#include <string.h>

#include "simulator/estate.h"

const struct estate *
estate_empty(struct arena *arena, const struct catalog *catalog)
{
	struct estate *estate = arena_alloc(arena, sizeof(*estate));

	estate->catalog = catalog;
	estate->usable = true;
	return estate;
}

const struct estate_account *
estate_account(const struct estate *estate, struct word id)
{
	size_t low = 0, high = estate->account_count;

	if (!account_id_is_valid(id.text, id.length))
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct estate_account *account =
		    &estate->accounts[middle];
		int order = memcmp(account->id.text, id.text, id.length);

		if (order == 0)
			return account;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool
estate_account_manages(const struct estate *estate, struct word id)
{
	return estate->organization.management.text != NULL &&
	    word_equal(estate->organization.management, id);
}

bool
estate_account_is_member(const struct estate *estate,
    const struct estate_account *account)
{
	return account->unit != NULL ||
	    estate_account_manages(estate, account->id);
}

size_t
estate_levels(const struct estate_account *account, enum layer layer,
    const struct references *levels[ESTATE_LEVELS_MAX])
{
	const struct estate_unit *unit = account->unit;
	size_t count;

	if (unit == NULL)
		return 0;
	count = unit->depth + 1;
	levels[count] = layer == LAYER_SCP ? &account->scps : &account->rcps;
	for (; unit != NULL; unit = unit->parent)
		levels[unit->depth] = layer == LAYER_SCP ? &unit->scps :
		    &unit->rcps;
	return count + 1;
}

struct word
estate_thing_id(const struct estate_thing *thing)
{
	if (thing->principal != NULL)
		return thing->principal->arn;
	if (thing->endpoint != NULL)
		return thing->endpoint->id;
	if (thing->vpc != NULL)
		return thing->vpc->id;
	if (thing->resource != NULL)
		return thing->resource->arn;
	return thing->account->id;
}

struct word
estate_thing_name(const struct estate_thing *thing)
{
	if (thing->principal != NULL)
		return thing->principal->name;
	if (thing->endpoint != NULL)
		return thing->endpoint->name;
	if (thing->vpc != NULL)
		return thing->vpc->name;
	if (thing->resource != NULL)
		return thing->resource->name;
	return thing->account->name;
}

struct word
estate_thing_called(const struct estate_thing *thing)
{
	struct word name = estate_thing_name(thing);

	return thing->principal != NULL || thing->resource != NULL ||
	    name.length == 0 ? estate_thing_id(thing) : name;
}
