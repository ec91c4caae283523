/* SPDX-License-Identifier: MIT */
/*
 * The large files of a catalogue: services and what is theirs.  Every list in
 * them names things of the same service.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "policy/arn.h"
#include "policy/catalog_build.h"
#include "policy/list.h"

bool
build_read_services(struct build *build, const struct table *table)
{
	build->services = arena_array(build->arena, table->count,
	    sizeof(*build->services));
	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];

		if (strpbrk(row->cells[0], "ABCDEFGHIJKLMNOPQRSTUVWXYZ:*?"))
			return build_fail(build, row, "`%s` is no prefix",
			    row->cells[0]);
		build->services[i].prefix = row->cells[0];
		build->services[i].name = row->cells[1];
		build->services[i].catalog = build->catalog;
	}
	build->catalog->services = build->services;
	build->catalog->service_count = (unsigned)table->count;
	build->service_table = table;
	return true;
}

bool
build_read_keys(struct build *build, const struct table *table)
{
	struct key *keys = arena_array(build->arena, table->count,
	    sizeof(*keys));

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		struct service *service = build_find_service(build, row);

		if (service == NULL ||
		    !build_read_type(build, row, row->cells[2], &keys[i]))
			return false;
		keys[i].name = row->cells[1];
		keys[i].template = key_name_is_template(row->cells[1]);
		if (service->key_count++ == 0)
			service->keys = &keys[i];
	}
	return true;
}

/* Keys of the service, separated by commas. */
static bool
read_key_list(struct build *build, const struct row *row, struct piece list,
    const struct service *service, const struct key *const **keys,
    unsigned *count)
{
	const struct key **found;
	struct piece piece;

	*count = piece_count(list, ',');
	if (*count == 0)
		return true;
	*keys = found = arena_array(build->arena, *count, sizeof(*found));
	for (; piece_next(&list, ',', &piece); found++) {
		*found = name_find(service->keys, service->key_count,
		    sizeof(*service->keys), piece.text, piece.length);
		if (*found == NULL)
			return build_fail(build, row,
			    "unknown condition key `%.*s`",
			    (int)piece.length, piece.text);
	}
	return true;
}

/* Types whose ARNs name one service. */
struct shelf {
	LIST(const struct resource_type *)	 types;
};

/* The types of one table: its own, or those under the name of another. */
static void
shelve(struct build *build, struct shelf *shelves,
    const struct service *table, bool own)
{
	for (unsigned i = 0; i < table->type_count; i++) {
		const struct resource_type *type = &table->types[i];
		const char *name = resource_type_service(type);
		const struct service *service = name == NULL ? NULL :
		    catalog_service(build->catalog, name, strcspn(name, ":"));

		if (service != NULL && (service == table) == own)
			*list_add(build->arena, &shelves[service -
			    build->services].types) = type;
	}
}

static void
name_types(struct build *build)
{
	unsigned count = build->catalog->service_count;
	struct shelf *shelves = arena_array(build->arena, count,
	    sizeof(*shelves));

	for (unsigned i = 0; i < count; i++)
		shelve(build, shelves, &build->services[i], true);
	for (unsigned i = 0; i < count; i++)
		shelve(build, shelves, &build->services[i], false);
	for (unsigned i = 0; i < count; i++) {
		build->services[i].named = shelves[i].types.items;
		build->services[i].named_count =
		    (unsigned)shelves[i].types.count;
	}
}

/* Where the field of an ARN begins that so many colons stand before. */
static unsigned
find_field(const char *arn, unsigned colons)
{
	const char *at = arn;

	for (; colons > 0 && at != NULL; colons--) {
		at = strchr(at, ':');
		if (at != NULL)
			at++;
	}
	return at == NULL ? 0 : (unsigned)(at - arn);
}

static size_t
count_forms(const struct table *table)
{
	size_t count = 0;

	for (size_t i = 0; i < table->count; i++)
		count += piece_count(piece_whole(table->rows[i].cells[2]),
		    ',');
	return count;
}

/* One of the ways in which ARNs of a type are written. */
static bool
read_form(struct build *build, const struct row *row, struct piece arn,
    struct resource_type *type)
{
	if (arn.length > 0 && arn.text[0] == ' ') {
		arn.text++;
		arn.length--;
	}
	if (arn.length < 4 || strncmp(arn.text, "arn:", 4) != 0)
		return build_fail(build, row, "`%.*s` is no ARN",
		    (int)arn.length, arn.text);
	type->arn = arena_copy(build->arena, arn.text, arn.length);
	type->service = find_field(type->arn, ARN_SERVICE);
	type->resource = find_field(type->arn, ARN_RESOURCE);
	return true;
}

bool
build_read_types(struct build *build, const struct table *table)
{
	struct resource_type *types = arena_array(build->arena,
	    count_forms(table), sizeof(*types));

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		struct service *service = build_find_service(build, row);
		struct piece list = piece_whole(row->cells[2]), arn;
		struct resource_type type = { .name = row->cells[1] };

		if (service == NULL || !read_key_list(build, row,
		    piece_whole(row->cells[3]), service, &type.keys,
		    &type.key_count))
			return false;
		while (piece_next(&list, ',', &arn)) {
			if (!read_form(build, row, arn, &type))
				return false;
			if (service->type_count++ == 0)
				service->types = types;
			*types++ = type;
			type.again = true;
		}
	}
	name_types(build);
	return true;
}

/* "name", "name*", "name(key,key)" or "name*(key,key)"; any form of the type
 * will do. */
static bool
read_target(struct build *build, const struct row *row, struct piece text,
    const struct service *service, struct target *target)
{
	struct piece name = text, rest = text;
	size_t length = 0;

	while (length < text.length && strchr("*(", text.text[length]) == NULL)
		length++;
	name.length = length;
	target->type = name_find(service->types, service->type_count,
	    sizeof(*service->types), name.text, name.length);
	if (target->type == NULL)
		return build_fail(build, row, "unknown resource type `%.*s`",
		    (int)name.length, name.text);
	rest.text += length;
	rest.length -= length;
	target->required = rest.length > 0 && rest.text[0] == '*';
	if (target->required) {
		rest.text++;
		rest.length--;
	}
	if (rest.length == 0)
		return true;
	if (rest.length < 2 || rest.text[0] != '(' ||
	    rest.text[rest.length - 1] != ')')
		return build_fail(build, row, "`%.*s` is no resource type",
		    (int)text.length, text.text);
	rest.text++;
	rest.length -= 2;
	return read_key_list(build, row, rest, service, &target->keys,
	    &target->key_count);
}

struct targets {
	LIST(struct target)	 list;
};

/* Once with each form of the type, which stand side by side. */
static void
add_target(struct arena *arena, struct targets *targets,
    const struct service *service, struct target target)
{
	const struct resource_type *end = service->types + service->type_count;

	while (target.type->again)
		target.type--;
	do
		*list_add(arena, &targets->list) = target;
	while (++target.type < end && target.type->again);
}

static bool
read_targets(struct build *build, const struct row *row, const char *cell,
    const struct service *service, const struct target **targets,
    unsigned *count)
{
	struct piece list = piece_whole(cell), piece;
	struct targets found = { 0 };

	if (piece_count(list, ';') == 0)
		return true;
	while (piece_next(&list, ';', &piece)) {
		struct target target = { 0 };

		if (!read_target(build, row, piece, service, &target))
			return false;
		add_target(build->arena, &found, service, target);
	}
	*targets = found.list.items;
	*count = (unsigned)found.list.count;
	return true;
}

static bool
read_level(struct build *build, const struct row *row, const char *cell,
    enum access_level *level)
{
	static const char letters[] = {
		[LEVEL_READ] = 'R',
		[LEVEL_LIST] = 'L',
		[LEVEL_WRITE] = 'W',
		[LEVEL_TAGGING] = 'T',
		[LEVEL_PERMISSIONS] = 'P',
	};

	for (size_t i = 0; i < sizeof(letters); i++) {
		if (cell[0] == letters[i] && cell[1] == '\0') {
			*level = (enum access_level)i;
			return true;
		}
	}
	return build_fail(build, row, "unknown access level `%s`", cell);
}

static bool
read_action(struct build *build, const struct row *row, struct action *action)
{
	action->name = row->cells[1];
	return read_level(build, row, row->cells[2], &action->level) &&
	    build_read_choice(build, row, row->cells[3], "-", "p",
	    &action->permission_only) &&
	    read_targets(build, row, row->cells[4], action->service,
	    &action->targets, &action->target_count) &&
	    read_key_list(build, row, piece_whole(row->cells[5]),
	    action->service, &action->keys, &action->key_count);
}

bool
build_read_actions(struct build *build, const struct table *table)
{
	build->actions = arena_array(build->arena, table->count,
	    sizeof(*build->actions));
	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		struct action *action = &build->actions[i];
		struct service *service = build_find_service(build, row);

		action->service = service;
		if (service == NULL || !read_action(build, row, action))
			return false;
		if (service->action_count++ == 0) {
			service->actions = action;
			service->base = (unsigned)i;
		}
	}
	return true;
}

static bool
requires(const struct target *targets, unsigned count,
    const struct resource_type *type)
{
	for (unsigned i = 0; i < count; i++)
		if (targets[i].type == type)
			return targets[i].required;
	return false;
}

/*
 * Alternative sets of resources.  actions.tsv marks what the fullest set
 * requires; a type that a smaller set does without is not required.
 */
bool
build_read_scenarios(struct build *build, const struct table *table)
{
	const struct action *last = NULL;

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		struct action *action = build_find_action(build, row);
		const struct target *set = NULL;
		struct target *targets;
		unsigned count = 0;

		if (action == NULL || !read_targets(build, row, row->cells[3],
		    action->service, &set, &count))
			return false;
		targets = arena_array(build->arena, action->target_count,
		    sizeof(*targets));
		for (unsigned t = 0; t < action->target_count; t++) {
			targets[t] = action->targets[t];
			targets[t].required = requires(set, count,
			    targets[t].type) &&
			    (action != last || targets[t].required);
		}
		action->targets = targets;
		last = action;
	}
	return true;
}

bool
build_read_dependents(struct build *build, const struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		struct action *action = build_find_action(build, row);
		struct piece list = piece_whole(row->cells[2]), piece;
		const char **names;

		if (action == NULL)
			return false;
		action->dependent_count = piece_count(list, ',');
		names = arena_array(build->arena, action->dependent_count,
		    sizeof(*names));
		action->dependents = names;
		for (; piece_next(&list, ',', &piece); names++) {
			if (memchr(piece.text, ':', piece.length) == NULL)
				return build_fail(build, row,
				    "`%.*s` is no action",
				    (int)piece.length, piece.text);
			*names = arena_copy(build->arena, piece.text,
			    piece.length);
		}
	}
	return true;
}

/* Each once, in however many forms. */
static unsigned
count_types(const struct service *service)
{
	unsigned count = 0;

	for (unsigned i = 0; i < service->type_count; i++)
		count += !service->types[i].again;
	return count;
}

bool
build_totals_agree(struct build *build)
{
	for (size_t i = 0; i < build->service_table->count; i++) {
		const struct row *row = &build->service_table->rows[i];
		const struct service *service = &build->services[i];
		const struct {
			const char	*what;
			unsigned	 count;
		} totals[] = {
			{ "actions", service->action_count },
			{ "resource types", count_types(service) },
			{ "condition keys", service->key_count },
		};

		for (unsigned t = 0; t < 3; t++) {
			char listed[16];

			snprintf(listed, sizeof(listed), "%u",
			    totals[t].count);
			if (strcmp(row->cells[2 + t], listed) != 0)
				return build_fail(build, row,
				    "`%s` %s, but %s are listed",
				    row->cells[2 + t], totals[t].what,
				    listed);
		}
	}
	return true;
}
