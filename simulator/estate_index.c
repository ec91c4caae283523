/* SPDX-License-Identifier: MIT */
/* Making the orders. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/character.h"
#include "policy/list.h"
#include "simulator/estate_index.h"

static int
compare_lengths(struct word a, struct word b)
{
	return a.length < b.length ? -1 : a.length > b.length;
}

static size_t
shorter(struct word a, struct word b)
{
	return a.length < b.length ? a.length : b.length;
}

int
estate_compare(struct word a, struct word b)
{
	size_t length = shorter(a, b);
	int order = length == 0 ? 0 : memcmp(a.text, b.text, length);

	return order != 0 ? order : compare_lengths(a, b);
}

int
estate_compare_folded(struct word a, struct word b)
{
	size_t length = shorter(a, b);

	for (size_t i = 0; i < length; i++)
		if (!character_equals(a.text[i], b.text[i]))
			return character_fold(a.text[i]) -
			    character_fold(b.text[i]);
	return compare_lengths(a, b);
}

int
estate_compare_backwards(struct word a, struct word b)
{
	size_t length = shorter(a, b);

	for (size_t i = 1; i <= length; i++) {
		int order = (unsigned char)a.text[a.length - i] -
		    (unsigned char)b.text[b.length - i];

		if (order != 0)
			return order;
	}
	return compare_lengths(a, b);
}

struct word
estate_entry_id(const struct estate_entry *entry)
{
	return entry->id;
}

struct word
estate_entry_name(const struct estate_entry *entry)
{
	return entry->name;
}

struct word
estate_entry_last(const struct estate_entry *entry)
{
	return entry->last;
}

size_t
estate_index_seek(const struct estate_entry *const *entries, size_t count,
    struct word word, struct word (*key)(const struct estate_entry *),
    int (*compare)(struct word, struct word))
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(key(entries[middle]), word) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Entries. */

struct entries {
	struct arena			*arena;
	LIST(struct estate_entry)	 list;
};

static struct word
last_part(struct word id)
{
	size_t start = id.length;

	while (start > 0 && id.text[start - 1] != '/' &&
	    id.text[start - 1] != ':')
		start--;
	return word_behind(id, start);
}

static void
add(struct entries *entries, struct estate_thing thing, unsigned kinds,
    struct word account)
{
	struct estate_entry *entry = list_add(entries->arena, &entries->list);

	entry->thing = thing;
	entry->id = estate_thing_id(&thing);
	entry->name = estate_thing_name(&thing);
	entry->last = last_part(entry->id);
	entry->kinds = kinds;
	entry->account = account;
}

static struct word
account_of(struct word arn)
{
	struct arn split = arn_split(arn.text, arn.length);

	return word_from(split.field[ARN_ACCOUNT].text,
	    split.field[ARN_ACCOUNT].length);
}

static void
add_identities(struct entries *entries, const struct estate *estate)
{
	for (size_t i = 0; i < estate->principal_count; i++) {
		const struct estate_principal *it = &estate->principals[i];

		add(entries, (struct estate_thing){ .principal = it },
		    it->is_role ? ESTATE_PRINCIPAL | ESTATE_ROLE |
		    ESTATE_RESOURCE : ESTATE_PRINCIPAL, account_of(it->arn));
	}
	for (size_t i = 0; i < estate->resource_count; i++) {
		const struct estate_resource *it = &estate->resources[i];

		if (!it->enclosed)
			add(entries, (struct estate_thing){ .resource = it },
			    ESTATE_RESOURCE, it->account);
	}
	for (size_t i = 0; i < estate->account_count; i++) {
		const struct estate_account *it = &estate->accounts[i];

		add(entries, (struct estate_thing){ .account = it },
		    ESTATE_ACCOUNT, it->id);
	}
}

static void
add_network(struct entries *entries, const struct estate *estate)
{
	for (size_t i = 0; i < estate->endpoint_count; i++) {
		const struct estate_endpoint *it = &estate->endpoints[i];

		add(entries, (struct estate_thing){ .endpoint = it },
		    ESTATE_ENDPOINT, it->vpc == NULL ? word_from(NULL, 0) :
		    it->vpc->owner);
	}
	for (size_t i = 0; i < estate->vpc_count; i++) {
		const struct estate_vpc *it = &estate->vpcs[i];

		add(entries, (struct estate_thing){ .vpc = it }, ESTATE_VPC,
		    it->owner);
	}
}

/* Orders; equal entries stay in file order. */

#define ENTRY(pointer)	(*(const struct estate_entry *const *)(pointer))

static int
compare_places(const void *left, const void *right)
{
	return ENTRY(left) < ENTRY(right) ? -1 : ENTRY(left) > ENTRY(right);
}

static int
compare_ids(const void *left, const void *right)
{
	int order = estate_compare(ENTRY(left)->id, ENTRY(right)->id);

	return order != 0 ? order : compare_places(left, right);
}

static int
compare_ends(const void *left, const void *right)
{
	int order = estate_compare_backwards(ENTRY(left)->id,
	    ENTRY(right)->id);

	return order != 0 ? order : compare_places(left, right);
}

static int
compare_lasts(const void *left, const void *right)
{
	int order = estate_compare_folded(ENTRY(left)->last,
	    ENTRY(right)->last);

	return order != 0 ? order : compare_places(left, right);
}

static int
compare_names(const void *left, const void *right)
{
	int order = estate_compare_folded(ENTRY(left)->name,
	    ENTRY(right)->name);

	return order != 0 ? order : compare_places(left, right);
}

static const struct estate_entry **
sort(struct arena *arena, const struct estate_entry *entries, size_t count,
    int (*compare)(const void *, const void *))
{
	const struct estate_entry **sorted = arena_array(arena, count,
	    sizeof(*sorted));

	for (size_t i = 0; i < count; i++)
		sorted[i] = &entries[i];
	qsort(sorted, count, sizeof(*sorted), compare);
	return sorted;
}

static struct estate_index *
start(struct arena *arena, const struct estate *estate)
{
	struct estate_index *index = arena_alloc(arena, sizeof(*index));
	struct entries entries = { .arena = arena };

	add_identities(&entries, estate);
	add_network(&entries, estate);
	index->entries = entries.list.items;
	index->count = entries.list.count;
	index->by_id = sort(arena, index->entries, index->count, compare_ids);
	return index;
}

const struct estate_index *
estate_index_ids(struct arena *arena, const struct estate *estate)
{
	return start(arena, estate);
}

/* Most things have a name; those that do not come first, and are left out. */
static void
sort_names(struct arena *arena, struct estate_index *index)
{
	size_t nameless = 0;

	index->by_name = sort(arena, index->entries, index->count,
	    compare_names);
	while (nameless < index->count &&
	    index->by_name[nameless]->name.length == 0)
		nameless++;
	index->by_name += nameless;
	index->name_count = index->count - nameless;
}

/* Patterns. */

static int
compare_patterns(const void *left, const void *right)
{
	const struct estate_pattern *a = left, *b = right;
	int order = estate_compare(a->prefix, b->prefix);

	if (order != 0)
		return order;
	return a->resource < b->resource ? -1 : a->resource > b->resource;
}

static int
compare_sizes(const void *left, const void *right)
{
	const size_t *a = left, *b = right;

	return *a > *b ? -1 : *a < *b;
}

/* The lengths that prefixes have, each once. */
static void
list_prefixes(struct arena *arena, struct estate_index *index)
{
	size_t *lengths = arena_array(arena, index->pattern_count,
	    sizeof(*lengths));

	for (size_t i = 0; i < index->pattern_count; i++)
		lengths[i] = index->patterns[i].prefix.length;
	qsort(lengths, index->pattern_count, sizeof(*lengths), compare_sizes);
	for (size_t i = 0; i < index->pattern_count; i++)
		if (i == 0 || lengths[i] != lengths[i - 1])
			lengths[index->prefix_count++] = lengths[i];
	index->prefixes = lengths;
}

static void
sort_patterns(struct arena *arena, const struct estate *estate,
    struct estate_index *index)
{
	struct estate_pattern *patterns = arena_array(arena,
	    estate->resource_count, sizeof(*patterns));

	for (size_t i = 0; i < estate->resource_count; i++) {
		const struct estate_resource *resource =
		    &estate->resources[i];

		if (resource->pattern.wild)
			patterns[index->pattern_count++] =
			    (struct estate_pattern){ word_from(
			    resource->pattern.symbols, pattern_literal_prefix(
			    &resource->pattern)), resource };
	}
	qsort(patterns, index->pattern_count, sizeof(*patterns),
	    compare_patterns);
	index->patterns = patterns;
	list_prefixes(arena, index);
}

/* Endpoints. */

static int
compare_endpoints(const void *left, const void *right)
{
	const struct estate_endpoint *a =
	    *(const struct estate_endpoint *const *)left;
	const struct estate_endpoint *b =
	    *(const struct estate_endpoint *const *)right;

	if (a->vpc != b->vpc)
		return a->vpc < b->vpc ? -1 : 1;
	if (a->service != b->service)
		return a->service < b->service ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void
sort_endpoints(struct arena *arena, const struct estate *estate,
    struct estate_index *index)
{
	index->endpoints = arena_array(arena, estate->endpoint_count,
	    sizeof(*index->endpoints));
	for (size_t i = 0; i < estate->endpoint_count; i++)
		if (estate->endpoints[i].vpc != NULL &&
		    estate->endpoints[i].service != NULL)
			index->endpoints[index->endpoint_count++] =
			    &estate->endpoints[i];
	qsort(index->endpoints, index->endpoint_count,
	    sizeof(*index->endpoints), compare_endpoints);
}

const struct estate_index *
estate_index_all(struct arena *arena, const struct estate *estate)
{
	struct estate_index *index = start(arena, estate);

	index->by_end = sort(arena, index->entries, index->count,
	    compare_ends);
	index->by_last = sort(arena, index->entries, index->count,
	    compare_lasts);
	sort_names(arena, index);
	sort_patterns(arena, estate, index);
	sort_endpoints(arena, estate, index);
	return index;
}
