/* SPDX-License-Identifier: MIT */
/* The order of what was found. */
#include "config.h"

#include <stdlib.h>

#include "simulator/census.h"

const char *
census_verdict_name(enum census_verdict verdict)
{
	static const char *const names[] = {
		[CENSUS_MAY] = "may",
		[CENSUS_IF] = "if",
		[CENSUS_CAN] = "can",
	};

	return names[verdict];
}

const char *
census_sort_name(enum census_sort sort)
{
	static const char *const names[] = {
		[CENSUS_ANONYMOUS] = "anonymous",
		[CENSUS_FOREIGN] = "foreign",
		[CENSUS_SERVICE] = "service",
		[CENSUS_PROVIDER] = "provider",
		[CENSUS_UNLISTED] = "unlisted",
		[CENSUS_PRINCIPAL] = "principal",
		[CENSUS_ROOT] = "root",
	};

	return names[sort];
}

static size_t
hops_of(const struct census_entry *entry)
{
	return entry->via == NULL ? 0 : entry->via->list.count;
}

static int
compare_sizes(size_t one, size_t other)
{
	return (one > other) - (one < other);
}

static int
compare(const void *a, const void *b)
{
	const struct census_entry *one = a, *other = b;
	int order = compare_sizes(one->sort, other->sort);

	if (order == 0)
		order = compare_sizes(hops_of(one), hops_of(other));
	if (order == 0)
		order = compare_sizes(other->danger, one->danger);
	if (order == 0)
		order = compare_sizes(other->verdict, one->verdict);
	return order != 0 ? order : compare_sizes(one->number,
	    other->number);
}

void
census_finish(struct census *census)
{
	census->complete = !census->bug;
	for (size_t i = 0; i < census->entries.count; i++) {
		census->entries.items[i].number = i;
		census->complete &=
		    census->entries.items[i].verdict != CENSUS_MAY;
	}
	if (census->entries.count > 0)
		qsort(census->entries.items, census->entries.count,
		    sizeof(*census->entries.items), compare);
}
