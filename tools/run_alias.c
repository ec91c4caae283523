/* SPDX-License-Identifier: MIT */
/*
 * One file under several names.  It is judged under each, as its layer may
 * hang on the name; what was found already under another is not told again.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tools/run.h"

/* A record, by the file that its name leads to. */
struct alias {
	const char		*real;
	const struct record	*record;
};

static int
compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* Of one file: the same is said of the same place, and counts as much. */
static int
compare_claims(const struct record *a, const struct record *b)
{
	int order = compare_numbers(a->at.place.line, b->at.place.line);

	if (order == 0)
		order = compare_numbers(a->at.place.column,
		    b->at.place.column);
	if (order == 0)
		order = strcmp(a->complaint->id, b->complaint->id);
	if (order == 0)
		order = strcmp(a->message, b->message);
	if (order == 0)
		order = (int)a->severity - (int)b->severity;
	if (order == 0)
		order = (a->ignored != NULL) - (b->ignored != NULL);
	return order;
}

/* The first that was found stands first. */
static int
compare(const void *left, const void *right)
{
	const struct alias *a = left, *b = right;
	int order = strcmp(a->real, b->real);

	if (order == 0)
		order = compare_claims(a->record, b->record);
	return order != 0 ? order : a->record < b->record ? -1 : 1;
}

/* The file behind links; the records of one file stand together. */
static const char *
find_real(struct run *run, const char *file, const struct alias *before)
{
	const char *found;
	char *real;

	if (before != NULL && before->record->file == file)
		return before->real;
	real = realpath(file, NULL);
	found = real == NULL ? file : arena_copy(run->arena, real,
	    strlen(real));
	free(real);
	return found;
}

static struct alias *
sort(struct run *run)
{
	struct alias *aliases = arena_array(run->arena, run->records.count,
	    sizeof(*aliases));

	for (size_t i = 0; i < run->records.count; i++) {
		aliases[i].record = &run->records.items[i];
		aliases[i].real = find_real(run, run->records.items[i].file,
		    i == 0 ? NULL : &aliases[i - 1]);
	}
	qsort(aliases, run->records.count, sizeof(*aliases), compare);
	return aliases;
}

/* For each record, whether another name of its file has said that; what one
 * name says twice stays. */
static const bool *
find_repeated(struct run *run)
{
	const struct alias *aliases = sort(run), *first = aliases;
	bool *repeated = arena_array(run->arena, run->records.count,
	    sizeof(*repeated));

	for (size_t i = 1; i < run->records.count; i++) {
		const struct alias *alias = &aliases[i];

		if (strcmp(alias->real, first->real) != 0 ||
		    compare_claims(alias->record, first->record) != 0)
			first = alias;
		repeated[alias->record - run->records.items] =
		    strcmp(alias->record->file, first->record->file) != 0;
	}
	return repeated;
}

void
run_unite(struct run *run)
{
	const bool *repeated;
	size_t kept = 0;

	if (run->records.count < 2)
		return;
	repeated = find_repeated(run);
	for (size_t i = 0; i < run->records.count; i++) {
		struct record *record = &run->records.items[i];

		if (!repeated[i])
			run->records.items[kept++] = *record;
		else if (record->ignored != NULL)
			run->ignored_count--;
		else
			run->counts[record->severity]--;
	}
	run->records.count = kept;
}
