/* SPDX-License-Identifier: MIT */
/*
 * From ids, from what a request tells, and from what a user types, to things
 * of the estate.
 */
#include "config.h"

#include "policy/list.h"
#include "simulator/estate_index.h"

/* Partitions. */

struct word
estate_partition_of(struct word arn)
{
	struct arn split = arn_split(arn.text, arn.length);

	if (split.count <= ARN_PARTITION ||
	    split.field[ARN_PARTITION].length == 0 ||
	    arn_field_is_wild(&split, ARN_PARTITION))
		return (struct word){ NULL, 0 };
	return word_from(split.field[ARN_PARTITION].text,
	    split.field[ARN_PARTITION].length);
}

struct word
estate_partition(const struct estate *estate)
{
	struct word name = estate->partition;

	for (size_t i = 0; name.text == NULL && i < estate->principal_count;
	    i++)
		name = estate_partition_of(estate->principals[i].arn);
	for (size_t i = 0; name.text == NULL && i < estate->resource_count;
	    i++)
		name = estate_partition_of(estate->resources[i].arn);
	return name;
}

/* Ids. */

static const struct estate_thing *
find_id(const struct estate *estate, struct word id, unsigned kinds)
{
	const struct estate_index *index = estate->index;
	size_t i;

	if (index == NULL || id.length == 0)
		return NULL;
	for (i = estate_index_seek(index->by_id, index->count, id,
	    estate_entry_id, estate_compare); i < index->count &&
	    word_equal(index->by_id[i]->id, id); i++)
		if (index->by_id[i]->kinds & kinds)
			return &index->by_id[i]->thing;
	return NULL;
}

const struct estate_vpc *
estate_vpc(const struct estate *estate, struct word id)
{
	const struct estate_thing *thing = find_id(estate, id, ESTATE_VPC);

	return thing == NULL ? NULL : thing->vpc;
}

const struct estate_endpoint *
estate_endpoint(const struct estate *estate, struct word id)
{
	const struct estate_thing *thing = find_id(estate, id,
	    ESTATE_ENDPOINT);

	return thing == NULL ? NULL : thing->endpoint;
}

const struct estate_principal *
estate_principal(const struct estate *estate, struct word arn)
{
	const struct estate_thing *thing = find_id(estate, arn,
	    ESTATE_PRINCIPAL);

	return thing == NULL ? NULL : thing->principal;
}

/* Patterns of resources. */

/*
 * The narrower of two patterns that match one ARN: if one of them covers the
 * other, that other has at least as many literals, with as many at least as
 * many `?', and with as many of these no more `*'.
 */
struct breadth {
	size_t	 literals, ones, runs;
};

static struct breadth
measure(const struct pattern *pattern)
{
	struct breadth breadth = { 0, 0, 0 };

	for (size_t i = 0; i < pattern->length; i++) {
		unsigned char c = (unsigned char)pattern->symbols[i];

		if (c == PATTERN_ANY || c == PATTERN_ANY_FIELD)
			breadth.runs++;
		else if (c == PATTERN_ONE || c == PATTERN_ONE_FIELD)
			breadth.ones++;
		else
			breadth.literals++;
	}
	return breadth;
}

/* Of two that are equally broad, the one that stands first. */
bool
estate_is_narrower(const struct estate_resource *a,
    const struct estate_resource *b)
{
	struct breadth one = measure(&a->pattern);
	struct breadth other = measure(&b->pattern);

	if (one.literals != other.literals)
		return one.literals > other.literals;
	if (one.ones != other.ones)
		return one.ones > other.ones;
	if (one.runs != other.runs)
		return one.runs < other.runs;
	return a < b;
}

/* The number of the first pattern whose prefix is not below the word. */
static size_t
seek_pattern(const struct estate_index *index, struct word prefix)
{
	size_t low = 0, high = index->pattern_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (estate_compare(index->patterns[middle].prefix, prefix) <
		    0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct estate_resource *
find_narrowest(const struct estate_index *index, struct word arn)
{
	const struct estate_resource *best = NULL;

	for (size_t i = 0; i < index->prefix_count; i++) {
		struct word prefix = word_from(arn.text, index->prefixes[i]);

		if (prefix.length > arn.length)
			continue;
		for (size_t j = seek_pattern(index, prefix);
		    j < index->pattern_count && word_equal(
		    index->patterns[j].prefix, prefix); j++) {
			const struct estate_resource *resource =
			    index->patterns[j].resource;

			if (pattern_match(&resource->pattern, arn.text,
			    arn.length) && (best == NULL ||
			    estate_is_narrower(resource, best)))
				best = resource;
		}
	}
	return best;
}

const struct estate_resource *
estate_resource(const struct estate *estate, struct word arn)
{
	const struct estate_thing *thing = find_id(estate, arn,
	    ESTATE_RESOURCE);

	if (thing != NULL)
		return thing->resource;	/* NULL for a role */
	return estate->index == NULL || arn.text == NULL ? NULL :
	    find_narrowest(estate->index, arn);
}

/* What a request tells. */

/* PRIN-9: a session tells the name of its role, not the path. */
static const struct estate_principal *
find_role(const struct estate *estate, const struct actor *actor)
{
	const struct estate_index *index = estate->index;
	size_t i = estate_index_seek(index->by_last, index->count,
	    actor->name, estate_entry_last, estate_compare_folded);

	for (; i < index->count && word_equal_folded(index->by_last[i]->last,
	    actor->name); i++) {
		const struct estate_entry *entry = index->by_last[i];
		struct arn arn = arn_split(entry->id.text, entry->id.length);

		if ((entry->kinds & ESTATE_ROLE) != 0 &&
		    word_equal(entry->account, actor->account) &&
		    word_equal(word_of_field(&arn, ARN_PARTITION), actor->partition))
			return entry->thing.principal;
	}
	return NULL;
}

const struct estate_principal *
estate_principal_of(const struct estate *estate, const struct actor *actor)
{
	switch (actor->kind) {
	case ACTOR_USER:
	case ACTOR_ROOT:
		return estate_principal(estate, actor->principal);
	case ACTOR_ROLE_SESSION:
		if (actor->issuer.text != NULL)
			return estate_principal(estate, actor->issuer);
		return estate->index == NULL ? NULL :
		    find_role(estate, actor);
	case ACTOR_FEDERATED_SESSION:
		return estate_principal(estate, actor->issuer);
	case ACTOR_ANONYMOUS:
	case ACTOR_SERVICE:
	case ACTOR_PROVIDER:
		break;
	}
	return NULL;
}

/* Where those of the VPC for the service begin. */
static size_t
first_endpoint(const struct estate_index *index, const struct estate_vpc *vpc,
    const struct service *service)
{
	size_t low = 0, high = index->endpoint_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct estate_endpoint *it = index->endpoints[middle];

		if (it->vpc < vpc || (it->vpc == vpc &&
		    it->service < service))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct estate_matches
estate_vpc_endpoints(const struct estate *estate, struct arena *arena,
    const struct estate_vpc *vpc, const struct service *service)
{
	const struct estate_index *index = estate->index;
	struct estate_thing *items;
	size_t first = index == NULL ? 0 : first_endpoint(index, vpc, service);
	size_t end = first;

	while (index != NULL && end < index->endpoint_count &&
	    index->endpoints[end]->vpc == vpc &&
	    index->endpoints[end]->service == service)
		end++;
	items = arena_array(arena, end - first, sizeof(*items));
	for (size_t i = first; i < end; i++)
		items[i - first] = (struct estate_thing){
		    .endpoint = index->endpoints[i] };
	return (struct estate_matches){ items, end - first };
}
