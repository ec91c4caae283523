/* SPDX-License-Identifier: MIT */
/* What users call the things of an estate. */
#include "config.h"

#include <string.h>

#include "policy/list.h"
#include "simulator/estate_index.h"

enum { SHOWN_MAX = 5 };

struct search {
	const struct estate_index	*index;
	struct arena			*arena;
	unsigned			 kinds;
	struct word			 account;	/* absent: any */
	LIST(struct estate_thing)	 found;
};

static bool
is_wanted(const struct search *search, const struct estate_entry *entry)
{
	return (entry->kinds & search->kinds) != 0 &&
	    (search->account.text == NULL ||
	    word_equal(search->account, entry->account));
}

static void
keep(struct search *search, const struct estate_entry *entry)
{
	if (is_wanted(search, entry))
		*list_add(search->arena, &search->found) = entry->thing;
}

static void
find_ids(struct search *search, struct word word)
{
	const struct estate_index *index = search->index;
	size_t i = estate_index_seek(index->by_id, index->count, word,
	    estate_entry_id, estate_compare);

	for (; i < index->count && word_equal(index->by_id[i]->id, word); i++)
		keep(search, index->by_id[i]);
}

static void
find_names(struct search *search, struct word word,
    bool (*equal)(struct word, struct word))
{
	const struct estate_index *index = search->index;
	size_t i = estate_index_seek(index->by_name, index->name_count, word,
	    estate_entry_name, estate_compare_folded);

	for (; i < index->name_count && word_equal_folded(
	    index->by_name[i]->name, word); i++)
		if (equal(index->by_name[i]->name, word))
			keep(search, index->by_name[i]);
}

static bool
ends_so(struct word id, struct word end)
{
	return id.length >= end.length && word_equal(word_behind(id,
	    id.length - end.length), end);
}

static bool
is_behind_mark(struct word id, struct word end)
{
	char before = '\0';

	if (id.length > end.length)
		before = id.text[id.length - end.length - 1];
	return before == '/' || before == ':';
}

static void
find_ends(struct search *search, struct word word, bool behind_mark)
{
	const struct estate_index *index = search->index;
	size_t i = estate_index_seek(index->by_end, index->count, word,
	    estate_entry_id, estate_compare_backwards);

	for (; i < index->count && ends_so(index->by_end[i]->id, word); i++)
		if (!behind_mark || is_behind_mark(index->by_end[i]->id,
		    word))
			keep(search, index->by_end[i]);
}

static bool
begins_so(struct word last, struct word start,
    bool (*equal)(struct word, struct word))
{
	return last.length >= start.length &&
	    equal(word_from(last.text, start.length), start);
}

/* The order is without case, but what a user types has the right one. */
static void
find_beginnings(struct search *search, struct word word)
{
	const struct estate_index *index = search->index;
	size_t i = estate_index_seek(index->by_last, index->count, word,
	    estate_entry_last, estate_compare_folded);

	for (; i < index->count && begins_so(index->by_last[i]->last, word,
	    word_equal_folded); i++)
		if (begins_so(index->by_last[i]->last, word, word_equal))
			keep(search, index->by_last[i]);
}

/* From the exact to the loose; the first that finds something ends it. */
static bool
find_in_steps(struct search *search, struct word word)
{
	find_ids(search, word);
	if (search->found.count == 0)
		find_names(search, word, word_equal);
	if (search->found.count == 0)
		find_names(search, word, word_equal_folded);
	if (search->found.count == 0)
		find_ends(search, word, true);
	if (search->found.count == 0)
		find_ends(search, word, false);
	if (search->found.count == 0)
		find_beginnings(search, word);
	return search->found.count > 0;
}

/* ACCOUNT/WORD: what the word names in that account. */
static void
find_in_account(struct search *search, struct word word)
{
	const char *slash = memchr(word.text, '/', word.length);
	struct search accounts = { .index = search->index,
	    .arena = search->arena, .kinds = ESTATE_ACCOUNT };
	struct word account;

	if (slash == NULL || slash == word.text ||
	    slash + 1 == word.text + word.length)
		return;
	account = word_from(word.text, (size_t)(slash - word.text));
	find_ids(&accounts, account);
	if (accounts.found.count == 0)
		find_names(&accounts, account, word_equal);
	if (accounts.found.count != 1)
		return;
	search->account = accounts.found.items[0].account->id;
	find_in_steps(search, word_behind(word, account.length + 1));
}

struct estate_matches
estate_find(const struct estate *estate, struct arena *arena,
    struct word word, unsigned kinds)
{
	struct search search = { .index = estate->index, .arena = arena,
	    .kinds = kinds };

	if (search.index != NULL && word.length > 0 &&
	    !find_in_steps(&search, word))
		find_in_account(&search, word);
	return (struct estate_matches){ search.found.items,
	    search.found.count };
}

/* Neighbours. */

struct neighbours {
	struct estate_thing	*things;
	size_t			*distances;	/* the nearest first */
	size_t			 count, limit;
};

static void
insert(struct neighbours *nearest, const struct estate_thing *thing,
    size_t distance)
{
	size_t i = nearest->count;

	if (i == nearest->limit && distance >= nearest->distances[i - 1])
		return;
	if (i < nearest->limit)
		nearest->count++;
	else
		i--;
	for (; i > 0 && nearest->distances[i - 1] > distance; i--) {
		nearest->distances[i] = nearest->distances[i - 1];
		nearest->things[i] = nearest->things[i - 1];
	}
	nearest->distances[i] = distance;
	nearest->things[i] = *thing;
}

static size_t
distance_to(const struct estate_entry *entry, struct word word, size_t limit)
{
	size_t last = edit_distance(word.text, word.length, entry->last.text,
	    entry->last.length, limit);
	size_t name = entry->name.text == NULL ? limit + 1 :
	    edit_distance(word.text, word.length, entry->name.text,
	    entry->name.length, limit);

	return name < last ? name : last;
}

struct estate_matches
estate_nearest(const struct estate *estate, struct arena *arena,
    struct word word, unsigned kinds, size_t limit)
{
	const struct estate_index *index = estate->index;
	size_t farthest = word.length / 3 + 1;
	struct neighbours nearest = { .limit = limit };

	if (index == NULL || limit == 0)
		return (struct estate_matches){ NULL, 0 };
	nearest.things = arena_array(arena, limit, sizeof(*nearest.things));
	nearest.distances = arena_array(arena, limit,
	    sizeof(*nearest.distances));
	for (size_t i = 0; i < index->count; i++) {
		const struct estate_entry *entry = &index->entries[i];
		size_t distance;

		if ((entry->kinds & kinds) == 0)
			continue;
		distance = distance_to(entry, word, farthest);
		if (distance <= farthest)
			insert(&nearest, &entry->thing, distance);
	}
	return (struct estate_matches){ nearest.things, nearest.count };
}

const char *
estate_list(struct arena *arena, const struct estate_matches *matches,
    struct word (*say)(const struct estate_thing *))
{
	const char *text = "";

	for (size_t i = 0; i < matches->count && i < SHOWN_MAX; i++) {
		struct word word = say(&matches->items[i]);

		text = arena_printf(arena, "%s%s%.*s", text, i == 0 ? "" :
		    ", ", (int)word.length, word.text);
	}
	return matches->count <= SHOWN_MAX ? text : arena_printf(arena,
	    "%s and %zu more", text, matches->count - SHOWN_MAX);
}
