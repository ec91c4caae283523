/* SPDX-License-Identifier: MIT */
/*
 * What somebody may have meant who wrote a name that is not listed.  A guess
 * for messages, never more: nothing is decided by it.
 */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "policy/character.h"

enum {
	WORD_MAX = 128,			/* longer words are no names */
	EDITS_MAX = 3			/* more make another name of it */
};

/* The best candidate so far; `edits' is what the next one may need. */
struct search {
	const char	*word;
	size_t		 length;
	size_t		 edits;
	size_t		 shared;	/* bytes that both begin with */
	const char	*best;
};

static size_t
shared_prefix(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t shared = 0;

	while (shared < a_length && shared < b_length &&
	    character_equals(a[shared], b[shared]))
		shared++;
	return shared;
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * One row of the usual table: now[j] is the distance between the first i
 * bytes of a and the first j of b, `last' and `older' are the rows above it.
 * Returns the row's minimum: no later row goes below that, for what a swap
 * adds to the row before is never less.
 */
static size_t
fill_row(size_t *now, const size_t *last, const size_t *older, const char *a,
    size_t i, const char *b, size_t b_length)
{
	size_t least = now[0] = i;

	for (size_t j = 1; j <= b_length; j++) {
		bool same = character_equals(a[i - 1], b[j - 1]);
		size_t cost = last[j - 1] + !same;

		cost = smaller(cost, smaller(last[j], now[j - 1]) + 1);
		if (i > 1 && j > 1 && character_equals(a[i - 1], b[j - 2]) &&
		    character_equals(a[i - 2], b[j - 1]))
			cost = smaller(cost, older[j - 2] + 1);
		now[j] = cost;
		least = smaller(least, cost);
	}
	return least;
}

size_t
edit_distance(const char *a, size_t a_length, const char *b, size_t b_length,
    size_t limit)
{
	size_t rows[3][WORD_MAX + 1], shared, least;

	if (a_length > WORD_MAX || b_length > WORD_MAX ||
	    a_length > b_length + limit || b_length > a_length + limit)
		return limit + 1;
	shared = shared_prefix(a, a_length, b, b_length);
	a += shared;
	a_length -= shared;
	b += shared;
	b_length -= shared;
	for (size_t j = 0; j <= b_length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		least = fill_row(rows[i % 3], rows[(i + 2) % 3],
		    rows[(i + 1) % 3], a, i, b, b_length);
		if (least > limit)
			return limit + 1;
	}
	least = rows[a_length % 3][b_length];
	return least <= limit ? least : limit + 1;
}

/* Short words have near neighbours by chance: one edit for four bytes. */
static struct search
search_of(const char *word, size_t length)
{
	size_t edits = length < 3 ? 0 : length < 8 ? 1 : length / 4;

	return (struct search){ .word = word, .length = length,
	    .edits = smaller(edits, EDITS_MAX) };
}

static struct search
search_of_key(const char *name, size_t length)
{
	const char *slash = memchr(name, '/', length);
	struct search search = search_of(name,
	    slash == NULL ? length : (size_t)(slash - name));

	search.length = length;
	return search;
}

/*
 * Among equally distant candidates the one that agrees for longer is meant:
 * people get the ends of names wrong, plurals above all.
 */
static void
search_add(struct search *search, size_t word_length, const char *name,
    size_t length)
{
	size_t edits = edit_distance(search->word, word_length, name, length,
	    search->edits);
	size_t shared;

	if (edits > search->edits)
		return;
	shared = shared_prefix(search->word, word_length, name, length);
	if (search->best != NULL && edits == search->edits &&
	    shared <= search->shared)
		return;
	search->edits = edits;
	search->shared = shared;
	search->best = name;
}

/* The length of the template before its field and the slash before that. */
static size_t
stem_length(const char *template)
{
	size_t stem = strcspn(template, "$<");

	while (stem > 0 && template[stem] != '\0' && template[stem - 1] == '/')
		stem--;
	return stem;
}

static void
search_add_key(struct search *search, const char *template)
{
	size_t stem = stem_length(template);
	const char *slash = memchr(search->word, '/', search->length);

	if (stem == 0)
		return;
	if (template[stem] == '\0' || slash == NULL)
		search_add(search, search->length, template, stem);
	else
		search_add(search, (size_t)(slash - search->word), template,
		    stem);
}

const char *
catalog_nearest_service(const struct catalog *catalog, const char *prefix,
    size_t length)
{
	struct search search = search_of(prefix, length);

	for (unsigned i = 0; i < catalog->service_count; i++) {
		const char *name = catalog->services[i].prefix;

		search_add(&search, length, name, strlen(name));
	}
	return search.best;
}

const char *
service_nearest_action(const struct service *service, const char *name,
    size_t length)
{
	struct search search = search_of(name, length);

	for (unsigned i = 0; i < service->action_count; i++) {
		const char *listed = service->actions[i].name;

		search_add(&search, length, listed, strlen(listed));
	}
	return search.best;
}

const char *
catalog_nearest_global_key(const struct catalog *catalog, const char *name,
    size_t length)
{
	struct search search = search_of_key(name, length);

	for (unsigned i = 0; i < catalog->global_count; i++)
		search_add_key(&search, catalog->globals[i].key.name);
	return search.best;
}

const char *
service_nearest_key(const struct service *service, const char *name,
    size_t length)
{
	struct search search = search_of_key(name, length);

	for (unsigned i = 0; i < service->key_count; i++)
		search_add_key(&search, service->keys[i].name);
	return search.best;
}

const char *
catalog_nearest_action(struct arena *arena, const struct catalog *catalog,
    const char *name, size_t length)
{
	const char *colon = memchr(name, ':', length), *nearest;
	const struct service *service;
	size_t prefix;

	if (colon == NULL)
		return NULL;
	prefix = (size_t)(colon - name);
	service = catalog_service(catalog, name, prefix);
	if (service == NULL)
		return catalog_nearest_service(catalog, name, prefix);
	nearest = service_nearest_action(service, colon + 1,
	    length - prefix - 1);
	return nearest == NULL ? NULL : arena_printf(arena, "%s:%s",
	    service->prefix, nearest);
}

const char *
catalog_nearest_key(const struct catalog *catalog, const char *name,
    size_t length)
{
	const char *colon = memchr(name, ':', length);
	const struct service *service;

	if (colon == NULL)
		return NULL;
	service = catalog_service(catalog, name, (size_t)(colon - name));
	return service == NULL ? catalog_nearest_global_key(catalog, name,
	    length) : service_nearest_key(service, name, length);
}

/* Names that services call by, one slip away from other services. */
static const char odd_names[] =
    "application-insights dms-data macie purchaseorders support-plans";

const char *
catalog_nearest_caller(const struct catalog *catalog, const char *name,
    size_t length)
{
	const char *nearest;

	if (length < 5 || catalog_service(catalog, name, length) != NULL ||
	    word_is_among(name, length, odd_names))
		return NULL;
	nearest = catalog_nearest_service(catalog, name, length);
	return nearest == NULL || edit_distance(name, length, nearest,
	    strlen(nearest), 1) > 1 ? NULL : nearest;
}
