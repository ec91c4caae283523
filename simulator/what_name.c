/* SPDX-License-Identifier: MIT */
/* Many actions in few names. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "simulator/what_row.h"

enum { MANY = 20 };			/* so many times as many as the rest */

struct naming {
	struct what		*what;
	const struct ground	*ground;
	const bool		*chosen;	/* by action_index() */
	struct words		 names;
};

static void
add(struct naming *naming, const char *name)
{
	*list_add(naming->what->arena, &naming->names.list) =
	    word_from(name, strlen(name));
}

/* It could be meant by a pattern. */
static bool
acts_here(struct naming *naming, const struct action *action)
{
	signed char *acting = &naming->ground->acting[action_index(action)];
	bool on = false;

	if (*acting == 0) {
		what_sample(naming->what, action, naming->ground, &on);
		*acting = on ? 1 : -1;
	}
	return *acting > 0 || naming->chosen[action_index(action)];
}

/* Of the actions from `first' to before `end'. */
static size_t
count_chosen(const struct naming *naming, const struct service *service,
    unsigned first, unsigned end)
{
	size_t count = 0;

	for (unsigned i = first; i < end; i++)
		count += naming->chosen[action_index(&service->actions[i])];
	return count;
}

static size_t
count_acting(struct naming *naming, const struct service *service,
    unsigned first, unsigned end)
{
	size_t count = 0;

	for (unsigned i = first; i < end; i++)
		count += acts_here(naming, &service->actions[i]);
	return count;
}

/* Names are words that begin with a capital: where the next one ends. */
static size_t
next_word(const char *name, size_t start)
{
	size_t end = start;

	if (name[end] != '\0')
		end++;
	while (name[end] != '\0' && !isupper((unsigned char)name[end]))
		end++;
	return end;
}

static bool
starts_alike(const char *one, const char *other, size_t length)
{
	return strncmp(one, other, length) == 0;
}

/* Where those end that begin with the same words as the first. */
static unsigned
find_end(const struct service *service, unsigned first, unsigned end,
    size_t length)
{
	unsigned at = first + 1;

	while (at < end && starts_alike(service->actions[first].name,
	    service->actions[at].name, length))
		at++;
	return at;
}

/*
 * All that share the first `length' letters; names are short, so the depth is
 * bounded by the words in one.
 */
static void
fold(struct naming *naming, const struct service *service, unsigned first,
    unsigned end, size_t length)
{
	size_t chosen = count_chosen(naming, service, first, end);
	const char *name = service->actions[first].name;

	if (chosen == 0)
		return;
	if (chosen > 1 && chosen == count_acting(naming, service, first,
	    end)) {
		add(naming, arena_printf(naming->what->arena, "%s:%.*s*",
		    service->prefix, (int)length, name));
		return;
	}
	if (end - first == 1) {
		add(naming, arena_printf(naming->what->arena, "%s:%s",
		    service->prefix, name));
		return;
	}
	for (unsigned at = first; at < end;) {
		size_t next = next_word(service->actions[at].name, length);
		/* a name that others begin with stands alone */
		unsigned stop = next == length ? at + 1 :
		    find_end(service, at, end, next);

		fold(naming, service, at, stop, next);
		at = stop;
	}
}

static const bool *
choose(struct what *what, const struct actions *actions)
{
	bool *chosen = arena_array(what->scratch,
	    catalog_action_count(what->court->catalog), sizeof(*chosen));

	for (size_t i = 0; i < actions->list.count; i++)
		chosen[action_index(actions->list.items[i])] = true;
	return chosen;
}

/* The names of those that are chosen, service by service. */
static void
fold_all(struct naming *naming)
{
	const struct catalog *catalog = naming->what->court->catalog;

	for (unsigned i = 0; i < catalog->service_count; i++)
		if (catalog->services[i].action_count > 0)
			fold(naming, &catalog->services[i], 0,
			    catalog->services[i].action_count, 0);
}

/* Of all that act on the ground, those that are not chosen. */
static size_t
invert(struct naming *naming, bool *others)
{
	const struct catalog *catalog = naming->what->court->catalog;
	size_t total = 0;

	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		for (unsigned j = 0; j < service->action_count; j++) {
			const struct action *action = &service->actions[j];

			if (naming->chosen[action_index(action)] ||
			    !acts_here(naming, action))
				continue;
			others[action_index(action)] = true;
			total++;
		}
	}
	return total;
}

/* Almost all: a star, and the exceptions. */
static bool
fold_most(struct naming *naming, size_t count, struct words *except)
{
	bool *others = arena_array(naming->what->scratch,
	    catalog_action_count(naming->what->court->catalog),
	    sizeof(*others));
	struct naming rest = { naming->what, naming->ground, others,
	    { .list = { .count = 0 } } };

	if (count < MANY || invert(naming, others) > count / MANY)
		return false;
	fold_all(&rest);
	*except = rest.names;
	add(naming, "*");
	return true;
}

struct words
what_fold_names(struct what *what, const struct actions *actions,
    const struct ground *ground, struct words *except)
{
	struct naming naming = { what, ground, choose(what, actions),
	    { .list = { .count = 0 } } };

	if (except != NULL)
		*except = naming.names;
	if (except == NULL || !fold_most(&naming, actions->list.count, except))
		fold_all(&naming);
	arena_reset(what->scratch);
	return naming.names;
}
