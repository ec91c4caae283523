/* SPDX-License-Identifier: MIT */
/* The list of formats, and what several of them need. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tools/format.h"

const struct format *const formats[] = {
	&text_format,
	&concise_format,
	&json_format,
	&sarif_format,
	&github_format,
	NULL
};

const struct format *
format_find(const char *name)
{
	for (size_t i = 0; formats[i] != NULL; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const char *
format_names(struct arena *arena)
{
	const char *names = formats[0]->name;

	for (size_t i = 1; formats[i] != NULL; i++)
		names = arena_printf(arena, "%s, %s", names,
		    formats[i]->name);
	return names;
}

const char *
format_path(struct arena *arena, const char *root, const char *file)
{
	char *real = realpath(file, NULL);
	const char *path = real == NULL ? file :
	    arena_copy(arena, real, strlen(real));
	size_t length = root == NULL ? 0 : strlen(root);

	free(real);
	return length > 0 && strncmp(path, root, length) == 0 &&
	    path[length] == '/' ? path + length + 1 : path;
}

void
format_rest(FILE *out, const struct record *record)
{
	fprintf(out, ":%zu:%zu: %s[%s] ", record->at.place.line,
	    record->at.place.column, severity_name(record->severity),
	    record->complaint->id);
	safe_print(out, record->message, strlen(record->message));
	fputc('\n', out);
}
