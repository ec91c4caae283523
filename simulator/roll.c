/* SPDX-License-Identifier: MIT */
/* Services that no element names share one set; most do. */
#include "config.h"

#include "simulator/roll.h"

struct builder {
	struct arena				*arena;
	const struct action_element *const	*elements;
	size_t					 count;
	size_t					 words;
};

static void
enter(const struct builder *builder, const struct action *action,
    uint64_t *set)
{
	for (size_t i = 0; i < builder->count; i++)
		if (action_element_may_match(builder->elements[i], action))
			set[i / ROLL_BITS] |= UINT64_C(1) << i % ROLL_BITS;
}

static bool
is_named(const struct builder *builder, const struct service *service)
{
	for (size_t i = 0; i < builder->count; i++)
		if (action_element_may_name(builder->elements[i], service))
			return true;
	return false;
}

static const uint64_t *
read_service(const struct builder *builder, const struct service *service)
{
	uint64_t *sets = arena_array(builder->arena, service->action_count,
	    builder->words * sizeof(*sets));

	for (unsigned i = 0; i < service->action_count; i++)
		enter(builder, &service->actions[i],
		    sets + i * builder->words);
	return sets;
}

static void
read_services(const struct builder *builder, struct roll *roll)
{
	LIST(struct roll_service) services = { NULL, 0, 0 };
	const struct catalog *catalog = roll->catalog;

	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		if (is_named(builder, service))
			*list_add(builder->arena, &services) =
			    (struct roll_service){ service,
			    read_service(builder, service) };
	}
	roll->services = services.items;
	roll->count = services.count;
}

const struct roll *
roll_new(struct arena *arena, const struct catalog *catalog,
    const struct action_element *const *elements, size_t count)
{
	struct builder builder = { arena, elements, count,
	    (count + ROLL_BITS - 1) / ROLL_BITS };
	struct roll *roll = arena_alloc(arena, sizeof(*roll));
	uint64_t *others = arena_array(arena, builder.words, sizeof(*others));

	roll->catalog = catalog;
	roll->words = builder.words;
	read_services(&builder, roll);
	enter(&builder, NULL, others);
	roll->others = others;
	return roll;
}

const uint64_t *
roll_find(const struct roll *roll, const struct action *action)
{
	size_t low = 0, high = roll->count;

	if (action == NULL || action->service->catalog != roll->catalog)
		return NULL;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct roll_service *found = &roll->services[middle];

		if (found->service == action->service)
			return found->sets + roll->words *
			    (size_t)(action - action->service->actions);
		if (found->service < action->service)
			low = middle + 1;
		else
			high = middle;
	}
	return roll->others;
}
