/* SPDX-License-Identifier: MIT */
/* Choosing among catalogues. */
#include "config.h"

#include "tools/catalog_file.h"
#include "tools/exit.h"
#include "tools/safe.h"

const struct catalog *
catalog_file_load(struct arena *arena, const char *option,
    const struct setting *setting)
{
	const char *error = NULL, *directory = option;
	const struct catalog *catalog;

	if (directory == NULL && setting->catalog != NULL)
		directory = setting_beside(arena, setting, setting->catalog);
	if (directory == NULL)
		return &catalog_builtin;
	catalog = catalog_read(arena, directory, &error);
	if (catalog == NULL)
		safe_errx(EXIT_USAGE, "%s", error);
	return catalog;
}

const struct catalog *
catalog_file_find(struct arena *arena, const char *option)
{
	struct setting setting = { .path = NULL };

	setting_follow(arena, &setting);
	return catalog_file_load(arena, option, &setting);
}
