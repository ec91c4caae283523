/* SPDX-License-Identifier: MIT */
/*
 * Calls: what one request to AWS is authorized for, part by part.  Knows how
 * calls.tsv reads; which resources somebody names in a call, and what is
 * decided of them, is not known here.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/catalog_build.h"
#include "policy/list.h"

enum {
	CELL_PART = 2,
	CELL_ACTION,
	CELL_TYPES,
	CELL_WHEN
};

static const char *const when_words[] = {
	[CALL_ALWAYS] = "always",
	[CALL_NAMED] = "named",
	[CALL_TAGS] = "tags",
	[CALL_SOURCE_IDENTITY] = "source-identity",
	[CALL_CONTEXTS] = "contexts",
};

const char *
call_when_word(enum call_when when)
{
	return when_words[when];
}

static bool
read_when(struct build *build, const struct row *row, struct call_part *part)
{
	size_t count = sizeof(when_words) / sizeof(when_words[0]);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(when_words[i], row->cells[CELL_WHEN]) == 0) {
			part->when = (enum call_when)i;
			return true;
		}
	}
	return build_fail(build, row, "unknown occasion `%s`",
	    row->cells[CELL_WHEN]);
}

static bool
read_action(struct build *build, const struct row *row, struct call_part *part)
{
	const char *name = row->cells[CELL_ACTION];

	part->action = catalog_action(build->catalog, name, strlen(name));
	if (part->action == NULL)
		return build_fail(build, row, "unknown action `%s`", name);
	return true;
}

struct part_types {
	LIST(const struct resource_type *)	 list;
};

/* The type of that name, in all its forms; false when the action takes none. */
static bool
add_type(struct arena *arena, struct part_types *types,
    const struct action *action, struct piece name)
{
	size_t before = types->list.count;

	for (unsigned i = 0; i < action->target_count; i++) {
		const struct resource_type *type = action->targets[i].type;

		if (name_compare(type->name, strlen(type->name), name.text,
		    name.length) == 0)
			*list_add(arena, &types->list) = type;
	}
	return types->list.count > before;
}

static bool
read_types(struct build *build, const struct row *row, struct call_part *part)
{
	struct piece list = piece_whole(row->cells[CELL_TYPES]), piece;
	struct part_types types = { 0 };

	if (piece_count(list, ',') == 0)
		return true;
	while (piece_next(&list, ',', &piece))
		if (!add_type(build->arena, &types, part->action, piece))
			return build_fail(build, row,
			    "`%s` takes no `%.*s`", row->cells[CELL_ACTION],
			    (int)piece.length, piece.text);
	part->types = types.list.items;
	part->type_count = (unsigned)types.list.count;
	return true;
}

static bool
read_part(struct build *build, const struct row *row, struct call_part *part)
{
	part->name = row->cells[CELL_PART];
	return read_action(build, row, part) &&
	    read_types(build, row, part) && read_when(build, row, part);
}

static bool
is_same_call(const struct row *a, const struct row *b)
{
	return strcmp(a->cells[0], b->cells[0]) == 0 &&
	    name_compare(a->cells[1], strlen(a->cells[1]), b->cells[1],
	    strlen(b->cells[1])) == 0;
}

static int
compare_lines(const void *one, const void *other)
{
	const struct row *const *a = one, *const *b = other;

	return ((*a)->line > (*b)->line) - ((*a)->line < (*b)->line);
}

/*
 * The rows of one call.  Its parts stand as in the file, since that is the
 * order in which people name them: a source before a destination.
 */
static bool
read_call(struct build *build, const struct row *rows, size_t count,
    struct call *call)
{
	const struct row **lines = arena_array(build->arena, count,
	    sizeof(*lines));
	struct call_part *parts = arena_array(build->arena, count,
	    sizeof(*parts));

	if (build_find_service(build, rows) == NULL)
		return false;
	call->name = arena_printf(build->arena, "%s:%s", rows->cells[0],
	    rows->cells[1]);
	call->parts = parts;
	call->part_count = (unsigned)count;
	for (size_t i = 0; i < count; i++)
		lines[i] = &rows[i];
	qsort(lines, count, sizeof(*lines), compare_lines);
	for (size_t i = 0; i < count; i++)
		if (!read_part(build, lines[i], &parts[i]))
			return false;
	return true;
}

static int
compare_calls(const void *one, const void *other)
{
	const struct call *a = one, *b = other;

	return name_compare(a->name, strlen(a->name), b->name,
	    strlen(b->name));
}

bool
build_read_calls(struct build *build, const struct table *table)
{
	struct call *calls = arena_array(build->arena, table->count,
	    sizeof(*calls));
	unsigned made = 0;

	for (size_t i = 0, count; i < table->count; i += count) {
		const struct row *first = &table->rows[i];

		for (count = 1; i + count < table->count &&
		    is_same_call(first, first + count); count++)
			continue;
		if (!read_call(build, first, count, &calls[made++]))
			return false;
	}
	/* a hyphen sorts before the colon that was put behind the prefix */
	qsort(calls, made, sizeof(*calls), compare_calls);
	build->catalog->calls = calls;
	build->catalog->call_count = made;
	return true;
}

const struct call *
catalog_call(const struct catalog *catalog, const char *name, size_t length)
{
	return name_find(catalog->calls, catalog->call_count,
	    sizeof(*catalog->calls), name, length);
}
