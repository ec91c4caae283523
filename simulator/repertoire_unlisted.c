/* SPDX-License-Identifier: MIT */
/*
 * Names of actions that AWS has not announced: what somebody wrote all the
 * same, and what may come that a pattern, or several together, match.
 */
#include "config.h"

#include <string.h>

#include "simulator/invention.h"
#include "simulator/repertoire_row.h"

enum { CROSSINGS_MAX = 4096 };		/* names that two patterns match */

static bool
is_listed(const struct surveyor *surveyor, struct word name)
{
	const struct repertoire *repertoire = surveyor->repertoire;

	for (size_t i = 0; i < repertoire->list.count; i++)
		if (word_equal_folded(repertoire->list.items[i].name, name))
			return true;
	return catalog_action(surveyor->court->catalog, name.text,
	    name.length) != NULL;
}

static void
add_unannounced(struct surveyor *surveyor, struct word name)
{
	const char *colon = memchr(name.text, ':', name.length);
	const struct request request = { .action = name,
	    .service = colon == NULL ? NULL : catalog_service(
	    surveyor->court->catalog, name.text,
	    (size_t)(colon - name.text)) };
	const struct scope scope = { &request, surveyor->court->assumptions,
	    NULL };

	if (colon == NULL || !surveyor_wants(surveyor, name) ||
	    is_listed(surveyor, name) || !surveyor_may_grant(surveyor, &scope))
		return;
	surveyor_add(surveyor, name, NULL, request.service);
}

/* Names that two patterns match. */

static void
add_wild(struct surveyor *surveyor, const struct pattern *pattern)
{
	if (!pattern->wild)
		return;
	if (pattern->length > INVENTION_LENGTH_MAX) {
		surveyor->repertoire->cut = true;
		return;
	}
	for (size_t i = 0; i < surveyor->wild.count; i++)
		if (surveyor->wild.items[i]->length == pattern->length &&
		    memcmp(surveyor->wild.items[i]->symbols, pattern->symbols,
		    pattern->length) == 0)
			return;
	*list_add(surveyor->arena, &surveyor->wild) = pattern;
}

static size_t
words_of_shape(const struct surveyor *surveyor)
{
	return surveyor->wild.count / SIGNATURE_BITS + 1;
}

/* Until the next is asked for. */
static struct shape
shape_of(const struct surveyor *surveyor, struct word name)
{
	struct shape shape = { .bits = surveyor->bits };
	size_t words = words_of_shape(surveyor);

	memset(surveyor->bits, 0, words * sizeof(*surveyor->bits));
	for (size_t i = 0; i < surveyor->wild.count; i++)
		signature_set(surveyor->bits, i, pattern_match(
		    surveyor->wild.items[i], name.text, name.length));
	for (size_t i = 0; i < words; i++)
		shape.sum = (shape.sum ^ surveyor->bits[i]) *
		    UINT64_C(0x9e3779b97f4a7c15);
	return shape;
}

/* Some other name stands for those of this shape as well. */
static bool
is_represented(const struct surveyor *surveyor, const struct shape *shape)
{
	size_t size = words_of_shape(surveyor) * sizeof(*shape->bits);

	for (size_t i = 0; i < surveyor->shapes.count; i++)
		if (surveyor->shapes.items[i].sum == shape->sum &&
		    memcmp(surveyor->shapes.items[i].bits, shape->bits,
		    size) == 0)
			return true;
	return false;
}

static void
keep_shape(struct surveyor *surveyor, struct shape shape)
{
	size_t words = words_of_shape(surveyor);
	uint64_t *bits = arena_array(surveyor->arena, words, sizeof(*bits));

	memcpy(bits, shape.bits, words * sizeof(*bits));
	shape.bits = bits;
	*list_add(surveyor->arena, &surveyor->shapes) = shape;
}

static void
add_crossing(struct surveyor *surveyor, const struct pattern *one,
    const struct pattern *other)
{
	struct repertoire *repertoire = surveyor->repertoire;
	size_t count = repertoire->list.count;
	struct shape shape;
	struct word name;

	if (pattern_covers(one, other) || pattern_covers(other, one))
		return;
	name = invention_across(surveyor->arena, one, other);
	if (name.text == NULL)
		return;
	shape = shape_of(surveyor, name);
	if (is_represented(surveyor, &shape))
		return;
	add_unannounced(surveyor, name);
	if (repertoire->list.count > count)
		keep_shape(surveyor, shape);
}

/* All wildcards are known by now. */
static void
find_shapes(struct surveyor *surveyor)
{
	const struct repertoire *repertoire = surveyor->repertoire;

	surveyor->bits = arena_array(surveyor->arena,
	    words_of_shape(surveyor), sizeof(*surveyor->bits));
	surveyor->shapes.count = 0;
	for (size_t i = surveyor->announced; i < repertoire->list.count; i++)
		keep_shape(surveyor, shape_of(surveyor,
		    repertoire->list.items[i].name));
}

/* An action may come that several wildcards match. */
static void
add_crossings(struct surveyor *surveyor)
{
	struct repertoire *repertoire = surveyor->repertoire;
	size_t most = repertoire->list.count + CROSSINGS_MAX;

	find_shapes(surveyor);
	for (size_t i = 0; i < surveyor->wild.count; i++)
		for (size_t j = 0; j < i && repertoire->list.count < most; j++)
			add_crossing(surveyor, surveyor->wild.items[j],
			    surveyor->wild.items[i]);
	repertoire->cut |= repertoire->list.count == most;
}

static void
add_by_pattern(struct surveyor *surveyor, const struct pattern *pattern)
{
	add_unannounced(surveyor, invention_of(surveyor->arena, pattern));
	add_wild(surveyor, pattern);
}

void
surveyor_add_unlisted(struct surveyor *surveyor)
{
	for (size_t i = 0; i < surveyor->documents->count; i++) {
		const struct charter *charter = surveyor->documents->items[i];

		for (size_t j = 0; j < charter->count; j++) {
			const struct action_element *actions =
			    &charter->clauses[j].actions;

			for (size_t k = 0; k < actions->count; k++)
				add_by_pattern(surveyor,
				    &actions->patterns[k]);
		}
	}
	for (size_t i = 0; i < surveyor->wanted.count; i++)
		add_by_pattern(surveyor, &surveyor->wanted.items[i]);
	for (size_t i = 0; i < surveyor->told.count; i++)
		add_by_pattern(surveyor, &surveyor->told.items[i]);
	add_unannounced(surveyor, word_from("unannounced:Unannounced", 23));
	add_crossings(surveyor);
}
