/* SPDX-License-Identifier: MIT */
/*
 * Which facts about services hold: those of --catalog DIR, else of `catalog'
 * in sekisho.json, else those that the program was built with.
 */
#ifndef TOOLS_CATALOG_FILE_H
#define TOOLS_CATALOG_FILE_H

#include "policy/catalog.h"
#include "tools/setting.h"

/*
 * `option' is what --catalog says, or NULL; the setting may be of no file.
 * Tables that cannot be read, or that contradict each other, end the command.
 */
const struct catalog	*catalog_file_load(struct arena *, const char *option,
			    const struct setting *);
/* The same by the sekisho.json that is here or above, for whom nothing else of
 * it matters; mistakes in it end the command. */
const struct catalog	*catalog_file_find(struct arena *, const char *option);

#endif
