/* SPDX-License-Identifier: MIT */
/*
 * The sets that were met lie in a hash table; those still to be looked at in
 * queues, one for each length that a word through them has at least.  What a
 * set means is the automaton's business.
 */
#include "config.h"

#include <string.h>

#include "simulator/product.h"

enum {
	NOWHERE = UINT32_MAX,
	TABLE_MIN = 256
};

struct spot {
	uint32_t	 parent;
	uint32_t	 letter;	/* by which it was reached */
	uint32_t	 depth;		/* letters read so far */
	uint32_t	 distance;	/* and still to be read, at least */
	bool		 closed;
};

/* An entry of a queue; stale when the place was reached sooner since. */
struct ticket {
	uint32_t	 place;
	uint32_t	 next;
};

struct product {
	struct arena		*arena;
	struct automaton	 automaton;
	LIST(struct spot)		 places;
	LIST(uint64_t)		 sets;		/* of all places, in a row */
	LIST(struct ticket)	 tickets;
	LIST(uint32_t)		 queues;	/* first ticket by length */
	LIST(uint64_t)		 next;		/* one set */
	uint32_t		*table;
	size_t			 table_size;	/* in use; a power of two */
	size_t			 table_capacity;
	size_t			 shortest;	/* queue to look into */
};

struct product *
product_new(struct arena *arena)
{
	struct product *product = arena_alloc(arena, sizeof(*product));

	product->arena = arena;
	automaton_init(&product->automaton, arena);
	return product;
}

static uint64_t
hash_set(const uint64_t *set, size_t words)
{
	uint64_t hash = UINT64_C(0x9e3779b97f4a7c15);

	for (size_t i = 0; i < words; i++) {
		hash = (hash ^ set[i]) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	return hash;
}

static const uint64_t *
set_of(const struct product *product, size_t place)
{
	return product->sets.items + place * product->automaton.words;
}

/* Where in the table the set is, or would be. */
static size_t
find_slot(const struct product *product, const uint64_t *set)
{
	size_t words = product->automaton.words;
	size_t mask = product->table_size - 1;
	size_t at = (size_t)hash_set(set, words) & mask;

	while (product->table[at] != NOWHERE && memcmp(set_of(product,
	    product->table[at]), set, words * sizeof(*set)) != 0)
		at = (at + 1) & mask;
	return at;
}

static void
clear_table(struct product *product, size_t size)
{
	if (product->table_capacity < size) {
		product->table = arena_array(product->arena, size,
		    sizeof(*product->table));
		product->table_capacity = size;
	}
	product->table_size = size;
	for (size_t i = 0; i < product->table_size; i++)
		product->table[i] = NOWHERE;
}

static void
widen_table(struct product *product)
{
	if (2 * product->places.count < product->table_size)
		return;
	clear_table(product, 2 * product->table_size);
	for (size_t i = 0; i < product->places.count; i++)
		product->table[find_slot(product, set_of(product, i))] =
		    (uint32_t)i;
}

/* Queues the place behind all words that are shorter. */
static void
push(struct product *product, uint32_t place)
{
	size_t length = product->places.items[place].depth +
	    product->places.items[place].distance;
	struct ticket *ticket = list_add(product->arena, &product->tickets);

	while (product->queues.count <= length)
		*list_add(product->arena, &product->queues) = NOWHERE;
	*ticket = (struct ticket){ place, product->queues.items[length] };
	product->queues.items[length] = (uint32_t)product->tickets.count - 1;
	if (length < product->shortest)
		product->shortest = length;
}

/* The latest place among those with the shortest words; NOWHERE: none. */
static uint32_t
pop(struct product *product)
{
	while (product->shortest < product->queues.count) {
		uint32_t *queue = &product->queues.items[product->shortest];
		struct ticket ticket;
		struct spot *place;

		if (*queue == NOWHERE) {
			product->shortest++;
			continue;
		}
		ticket = product->tickets.items[*queue];
		*queue = ticket.next;
		place = &product->places.items[ticket.place];
		if (place->closed)
			continue;
		place->closed = true;
		return ticket.place;
	}
	return NOWHERE;
}

static void
add_place(struct product *product, const uint64_t *set, struct spot place)
{
	uint32_t number = (uint32_t)product->places.count;

	product->table[find_slot(product, set)] = number;
	for (size_t i = 0; i < product->automaton.words; i++)
		*list_add(product->arena, &product->sets) = set[i];
	*list_add(product->arena, &product->places) = place;
	push(product, number);
	widen_table(product);
}

static void
reach(struct product *product, const uint64_t *set, uint32_t parent,
    uint32_t letter)
{
	uint32_t found = product->table[find_slot(product, set)];
	struct spot place = { .parent = parent, .letter = letter };

	if (parent != NOWHERE)
		place.depth = product->places.items[parent].depth + 1;
	if (found == NOWHERE) {
		place.distance = (uint32_t)automaton_distance(
		    &product->automaton, set);
		add_place(product, set, place);
	} else if (place.depth < product->places.items[found].depth) {
		place.distance = product->places.items[found].distance;
		product->places.items[found] = place;
		push(product, found);
	}
}

static void
expand(struct product *product, uint32_t place)
{
	const struct automaton *automaton = &product->automaton;

	for (uint32_t i = 0; i < automaton->letters.count; i++)
		if (automaton_step(automaton, &automaton->letters.items[i],
		    set_of(product, place), product->next.items))
			reach(product, product->next.items, place, i);
}

static void
begin(struct product *product, const struct automaton_query *query)
{
	automaton_compile(&product->automaton, query);
	product->places.count = product->sets.count = 0;
	product->tickets.count = product->queues.count = 0;
	product->next.count = 0;
	product->shortest = SIZE_MAX;
	while (product->next.count < product->automaton.words)
		*list_add(product->arena, &product->next) = 0;
	clear_table(product, TABLE_MIN);
	if (automaton_start(&product->automaton, product->next.items))
		reach(product, product->next.items, NOWHERE, 0);
}

static struct word
spell(const struct product *product, uint32_t place)
{
	const struct spot *at = &product->places.items[place];
	char *text = arena_alloc(product->arena, 4 * (size_t)at->depth + 1);
	char *end = text + 4 * (size_t)at->depth, *start = end;
	char bytes[4];

	for (; at->parent != NOWHERE; at = &product->places.items[at->parent]) {
		size_t count = letter_print(
		    &product->automaton.letters.items[at->letter], bytes);

		start -= count;
		memcpy(start, bytes, count);
	}
	return word_from(start, (size_t)(end - start));
}

/* Takes the steps of one place; false when they are not there. */
static bool
pay(const struct product *product, uint64_t *budget)
{
	uint64_t price = product->automaton.words *
	    product->automaton.letters.count;
	bool enough = *budget >= price;

	*budget = enough ? *budget - price : 0;
	return enough;
}

enum product_answer
product_search(struct product *product, const struct automaton_query *query,
    uint64_t *budget, struct word *word)
{
	uint32_t place;

	begin(product, query);
	while ((place = pop(product)) != NOWHERE) {
		if (!pay(product, budget))
			return PRODUCT_SPENT;
		if (automaton_accepts(&product->automaton,
		    set_of(product, place))) {
			*word = spell(product, place);
			return PRODUCT_WORD;
		}
		expand(product, place);
	}
	return PRODUCT_EMPTY;
}
