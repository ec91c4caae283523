/* SPDX-License-Identifier: MIT */
/* What standard output can show: how wide it is, and whether in colour. */
#ifndef TOOLS_SCREEN_H
#define TOOLS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* Columns: of the terminal, else what COLUMNS says, else 80. */
size_t	 screen_width(void);
/* Rows: of the terminal, else 24. */
size_t	 screen_height(void);

/* The operand of --color: auto, always or never; or the command ends. */
const char	*screen_word(const char *operand);
/* Standard output takes colour, under that word and NO_COLOR. */
bool	 screen_has_color(const char *when);

#endif
