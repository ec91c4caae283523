/* SPDX-License-Identifier: MIT */
/* One list of the parts of every file, whoever has asked about them. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/stock.h"
#include "tools/coverage.h"

static struct coverage_file *
find_file(struct coverage *coverage, const struct source *source)
{
	struct coverage_file *file;

	for (size_t i = 0; i < coverage->files.count; i++)
		if (strcmp(coverage->files.items[i].name, source->name) == 0)
			return &coverage->files.items[i];
	file = list_add(coverage->arena, &coverage->files);
	file->name = source->name;
	file->source = source;
	return file;
}

static struct coverage_part
make_part(const struct weighed_policy *weighed, size_t at)
{
	const struct weighed_part *part = &weighed->parts[at];

	return (struct coverage_part){ weighed->policy, part->part,
	    source_place(weighed->policy->text->source,
	    part->part->node->span), part->decisive, part->spare };
}

void
coverage_add(struct coverage *coverage, const struct weights *weights)
{
	for (size_t i = 0; i < weights->policies.count; i++) {
		const struct weighed_policy *weighed =
		    &weights->policies.items[i];
		const struct source *source = weighed->policy->text->source;
		struct coverage_file *file;

		if (stock_has(source_file(source)->name))
			continue;
		file = find_file(coverage, source_file(source));
		for (size_t j = 0; j < weighed->count; j++)
			*list_add(coverage->arena, &file->parts) =
			    make_part(weighed, j);
	}
}

/* Order. */

static int
compare_numbers(size_t one, size_t other)
{
	return (one > other) - (one < other);
}

/* A condition stands where its only value may stand, so kinds count. */
static int
compare_parts(const void *left, const void *right)
{
	const struct coverage_part *one = left, *other = right;
	int order = compare_numbers(one->place.line, other->place.line);

	if (order == 0)
		order = compare_numbers(one->place.column,
		    other->place.column);
	return order != 0 ? order : compare_numbers(one->part->kind,
	    other->part->kind);
}

static int
compare_files(const void *left, const void *right)
{
	const struct coverage_file *one = left, *other = right;

	return strcmp(one->name, other->name);
}

/* A file that several estates have was read several times. */
static void
unite(struct coverage_file *file)
{
	struct coverage_part *items = file->parts.items;
	size_t kept = 0;

	for (size_t i = 1; i < file->parts.count; i++)
		if (compare_parts(&items[kept], &items[i]) == 0) {
			items[kept].decisive |= items[i].decisive;
			items[kept].spare &= items[i].spare;
		} else {
			items[++kept] = items[i];
		}
	file->parts.count = kept + 1;
	for (size_t i = 0; i < file->parts.count; i++) {
		items[i].spare &= !items[i].decisive;
		file->decisive += items[i].decisive;
		file->spare += items[i].spare;
	}
}

void
coverage_finish(struct coverage *coverage)
{
	if (coverage->files.count > 1)
		qsort(coverage->files.items, coverage->files.count,
		    sizeof(*coverage->files.items), compare_files);
	for (size_t i = 0; i < coverage->files.count; i++) {
		struct coverage_file *file = &coverage->files.items[i];

		if (file->parts.count == 0)
			continue;
		qsort(file->parts.items, file->parts.count,
		    sizeof(*file->parts.items), compare_parts);
		unite(file);
		coverage->parts += file->parts.count;
		coverage->decisive += file->decisive;
		coverage->spare += file->spare;
	}
}

static const struct coverage_part *
find_part(const struct coverage *coverage, const struct coverage_part *part)
{
	const char *name = source_file(part->policy->text->source)->name;

	for (size_t i = 0; i < coverage->files.count; i++) {
		const struct coverage_file *file = &coverage->files.items[i];

		if (strcmp(file->name, name) == 0)
			return bsearch(part, file->parts.items,
			    file->parts.count, sizeof(*part), compare_parts);
	}
	return NULL;
}

void
coverage_share(const struct coverage *coverage, struct weights *weights)
{
	for (size_t i = 0; i < weights->policies.count; i++) {
		struct weighed_policy *weighed = &weights->policies.items[i];

		for (size_t j = 0; j < weighed->count; j++) {
			struct coverage_part part = make_part(weighed, j);
			const struct coverage_part *found = find_part(
			    coverage, &part);

			weighed->parts[j].decisive |= found != NULL &&
			    found->decisive;
		}
	}
}

size_t
coverage_percent(size_t parts, size_t decisive, size_t spare)
{
	return parts == spare ? 100 : decisive * 100 / (parts - spare);
}
