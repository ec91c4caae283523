/* SPDX-License-Identifier: MIT */
/* Cells: lists, words and names of what other files have listed. */
#include "config.h"

#include <string.h>

#include "policy/catalog_build.h"

bool
build_fail(struct build *build, const struct row *row, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	build->error = row_error(build->arena, row, format, arguments);
	va_end(arguments);
	return false;
}

struct piece
piece_whole(const char *cell)
{
	return (struct piece){ cell, strlen(cell) };
}

bool
piece_next(struct piece *rest, char separator, struct piece *piece)
{
	const char *stop;

	if (rest->text == NULL)
		return false;
	*piece = *rest;
	stop = memchr(rest->text, separator, rest->length);
	if (stop == NULL) {
		rest->text = NULL;
		return true;
	}
	piece->length = (size_t)(stop - rest->text);
	rest->text = stop + 1;
	rest->length -= piece->length + 1;
	return true;
}

unsigned
piece_count(struct piece list, char separator)
{
	struct piece piece;
	unsigned count = 0;

	if (list.length == 1 && list.text[0] == '-')
		return 0;
	while (piece_next(&list, separator, &piece))
		count++;
	return count;
}

bool
build_read_choice(struct build *build, const struct row *row, const char *cell,
    const char *no, const char *yes, bool *value)
{
	*value = strcmp(cell, yes) == 0;
	if (!*value && strcmp(cell, no) != 0)
		return build_fail(build, row,
		    "`%s` is neither `%s` nor `%s`", cell, no, yes);
	return true;
}

bool
build_read_type(struct build *build, const struct row *row, const char *type,
    struct key *key)
{
	static const char many[] = "ArrayOf";
	const char *one = type;

	key->multivalued = strncmp(type, many, strlen(many)) == 0;
	if (key->multivalued)
		one += strlen(many);
	for (int declared = 0; declared < VALUE_PRESENCE; declared++) {
		key->type = (enum value_type)declared;
		if (strcmp(value_type_name(key->type), one) == 0)
			return true;
	}
	return build_fail(build, row, "unknown value type `%s`", type);
}

struct service *
build_find_service(struct build *build, const struct row *row)
{
	const char *prefix = row->cells[0];
	const struct service *service = catalog_service(build->catalog,
	    prefix, strlen(prefix));

	if (service == NULL || strcmp(service->prefix, prefix) != 0) {
		build_fail(build, row, "unknown service `%s`", prefix);
		return NULL;
	}
	return &build->services[service - build->services];
}

struct action *
build_find_action(struct build *build, const struct row *row)
{
	const struct service *service = build_find_service(build, row);
	const char *name = row->cells[1];
	const struct action *action;

	if (service == NULL)
		return NULL;
	action = service_action(service, name, strlen(name));
	if (action == NULL) {
		build_fail(build, row, "unknown action `%s:%s`", row->cells[0],
		    name);
		return NULL;
	}
	return &build->actions[action - build->actions];
}
