/* SPDX-License-Identifier: MIT */
/*
 * Five tables of the catalogue, kept as they are read and searched from the
 * top.  A name such as ${TagKey} in them stands for anything.
 */
#include "config.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "testcases/reference_facts.h"
#include "testcases/reference_pattern.h"

enum { COLUMNS_MAX = 16 };

/* The columns of one row; `count' counts them. */
struct row {
	struct reference_string	 columns[COLUMNS_MAX];
	size_t			 count;
};

struct rows {
	struct row	*items;
	size_t		 count, capacity;
};

struct arns {
	struct reference_arn	*items;
	size_t			 count, capacity;
};

struct reference_facts {
	struct rows	 rcp_services;
	struct rows	 same_account_actions;
	struct rows	 global_condition_keys;
	struct rows	 condition_keys;
	struct arns	 resource_types;
};

static void
add_row(struct arena *arena, struct rows *rows, const char *line,
    size_t length)
{
	struct reference_string rest = {
	    arena_copy(arena, line, length), length };
	struct row *row = list_add(arena, rows);

	while (row->count < COLUMNS_MAX) {
		size_t tab = reference_string_find(rest, '\t', 0);

		row->columns[row->count++] = reference_string_first(rest, tab);
		if (tab == rest.length)
			return;
		rest = reference_string_rest(rest, tab + 1);
	}
}

static struct rows
read_table(struct arena *arena, const char *directory, const char *name)
{
	const char *path = arena_printf(arena, "%s/%s", directory, name);
	FILE *file = fopen(path, "r");
	struct rows rows = { NULL, 0, 0 };
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (file == NULL)
		err(1, "%s", path);
	while ((length = getline(&line, &room, file)) > 0) {
		if (line[length - 1] == '\n')
			length--;
		if (line[0] != '#')
			add_row(arena, &rows, line, (size_t)length);
	}
	if (ferror(file))
		err(1, "%s", path);
	free(line);
	fclose(file);
	return rows;
}

/* The templates of one row, parted by a comma and a blank. */
static void
add_types(struct arena *arena, struct arns *types,
    struct reference_string templates)
{
	while (templates.length > 0) {
		size_t comma = reference_string_find(templates, ',', 0);

		*list_add(arena, types) = reference_arn_read(
		    reference_string_first(templates, comma));
		templates = comma + 2 <= templates.length ?
		    reference_string_rest(templates, comma + 2) :
		    reference_string_new("");
	}
}

static struct arns
read_types(struct arena *arena, const char *directory)
{
	struct rows rows = read_table(arena, directory, "resource_types.tsv");
	struct arns types = { NULL, 0, 0 };

	for (size_t i = 0; i < rows.count; i++)
		add_types(arena, &types, rows.items[i].columns[2]);
	return types;
}

struct reference_facts *
reference_facts_read(struct arena *arena, const char *directory)
{
	struct reference_facts *facts = arena_alloc(arena, sizeof(*facts));

	facts->rcp_services = read_table(arena, directory,
	    "rcp_services.tsv");
	facts->same_account_actions = read_table(arena, directory,
	    "same_account_actions.tsv");
	facts->global_condition_keys = read_table(arena, directory,
	    "global_condition_keys.tsv");
	facts->condition_keys = read_table(arena, directory,
	    "condition_keys.tsv");
	facts->resource_types = read_types(arena, directory);
	return facts;
}

bool
reference_facts_rcp_service(const struct reference_facts *facts,
    struct reference_string prefix)
{
	for (size_t i = 0; i < facts->rcp_services.count; i++)
		if (reference_strings_equal_folded(prefix,
		    facts->rcp_services.items[i].columns[0]))
			return true;
	return false;
}

bool
reference_facts_same_account_action(const struct reference_facts *facts,
    struct reference_string action)
{
	size_t colon = reference_string_find(action, ':', 0);

	if (colon == action.length)
		return false;
	for (size_t i = 0; i < facts->same_account_actions.count; i++) {
		const struct row *row = &facts->same_account_actions.items[i];

		if (reference_strings_equal_folded(row->columns[0],
		    reference_string_first(action, colon)) &&
		    reference_strings_equal_folded(row->columns[1],
		    reference_string_rest(action, colon + 1)))
			return true;
	}
	return false;
}

/* The template with every ${Name} turned into a star. */
static struct reference_string
read_template(struct arena *arena, struct reference_string template)
{
	char *copy = arena_alloc(arena, template.length + 1);
	size_t length = 0;

	for (size_t i = 0; i < template.length; i++) {
		copy[length] = template.bytes[i];
		if (template.bytes[i] == '$') {
			copy[length] = '*';
			i = reference_string_find(template, '}', i);
		}
		length++;
	}
	return (struct reference_string){ copy, length };
}

static bool
template_covers(struct arena *arena, struct reference_string template,
    struct reference_string text)
{
	struct reference_pattern pattern;

	if (!reference_string_has(template, '$'))
		return reference_strings_equal_folded(template, text);
	pattern = reference_pattern_read(arena, reference_string_fold(arena,
	    read_template(arena, template)));
	return reference_pattern_match(arena, &pattern,
	    reference_string_fold(arena, text));
}

bool
reference_facts_multivalued(const struct reference_facts *facts,
    struct arena *arena, struct reference_string key)
{
	/* Where the two tables disagree, section 4's own is followed. */
	for (size_t i = 0; i < facts->global_condition_keys.count; i++) {
		const struct row *row = &facts->global_condition_keys.items[i];

		if (template_covers(arena, row->columns[0], key))
			return reference_string_is(row->columns[3], "multi");
	}
	for (size_t i = 0; i < facts->condition_keys.count; i++) {
		const struct row *row = &facts->condition_keys.items[i];

		if (reference_string_begins(row->columns[2], "ArrayOf") &&
		    template_covers(arena, row->columns[1], key))
			return true;
	}
	return false;
}

/* One ARN template against the ARN; the account may be anything. */
static bool
type_covers(struct arena *arena, const struct reference_arn *template,
    const struct reference_arn *arn)
{
	return template->whole &&
	    reference_strings_equal(template->service, arn->service) &&
	    template_covers(arena, template->region, arn->region) &&
	    template_covers(arena, template->resource, arn->resource);
}

bool
reference_facts_wants_account(const struct reference_facts *facts,
    struct arena *arena, const struct reference_arn *arn)
{
	bool with = false, without = false;

	for (size_t i = 0; i < facts->resource_types.count; i++) {
		const struct reference_arn *type =
		    &facts->resource_types.items[i];

		if (!type_covers(arena, type, arn))
			continue;
		with |= type->account.length > 0;
		without |= type->account.length == 0;
	}
	return with && !without;
}
