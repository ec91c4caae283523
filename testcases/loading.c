/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <err.h>
#include <stdio.h>

#include "policy/list.h"
#include "testcases/loading.h"

const struct source *
loading_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "re");
	LIST(char) bytes = { .count = 0 };
	int c;

	if (file == NULL)
		err(1, "%s", path);
	while ((c = getc(file)) != EOF)
		*list_add(arena, &bytes) = (char)c;
	fclose(file);
	*list_add(arena, &bytes) = '\0';
	return source_new(arena, path, bytes.items, bytes.count - 1);
}
