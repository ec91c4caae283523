/* SPDX-License-Identifier: MIT */
/* Many actions in few names. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "simulator/what_row.h"

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

/* Of the actions from `first' to before `end': how many act here, and how
 * many of those are chosen. */
struct tally {
	size_t	 acting, chosen;
};

static struct tally
count(struct naming *naming, const struct service *service, unsigned first,
    unsigned end)
{
	struct tally tally = { 0, 0 };

	for (unsigned i = first; i < end; i++) {
		const struct action *action = &service->actions[i];

		tally.chosen += naming->chosen[action_index(action)];
		tally.acting += acts_here(naming, action);
	}
	return tally;
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
	struct tally tally = count(naming, service, first, end);
	const char *name = service->actions[first].name;

	if (tally.chosen == 0)
		return;
	if (tally.chosen == tally.acting && tally.chosen > 1) {
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

/* Everything is one star. */
static bool
is_everything(struct naming *naming)
{
	const struct catalog *catalog = naming->what->court->catalog;

	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];
		struct tally tally = count(naming, service, 0,
		    service->action_count);

		if (tally.chosen != tally.acting)
			return false;
	}
	return true;
}

struct words
what_fold_names(struct what *what, const struct actions *actions,
    const struct ground *ground)
{
	const struct catalog *catalog = what->court->catalog;
	struct naming naming = { what, ground, choose(what, actions),
	    { .list = { .count = 0 } } };

	if (actions->list.count > 1 && is_everything(&naming)) {
		add(&naming, "*");
		return naming.names;
	}
	for (unsigned i = 0; i < catalog->service_count; i++)
		if (catalog->services[i].action_count > 0)
			fold(&naming, &catalog->services[i], 0,
			    catalog->services[i].action_count, 0);
	return naming.names;
}
