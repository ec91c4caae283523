/* SPDX-License-Identifier: MIT */
/*
 * Named guarantees as the options of a command name them, and the options
 * that say what is ours where there is no estate.
 */
#ifndef TOOLS_PLEDGE_H
#define TOOLS_PLEDGE_H

#include <getopt.h>
#include <stdbool.h>

#include "policy/list.h"
#include "simulator/named.h"
#include "tools/sketch.h"

struct pledge {
	struct arena			*arena;
	struct sketch			 sketch;
	LIST(const struct named *)	 named;
};

struct pledge_options {
	LIST(struct option)	 list;
};

/* Numbers of options from here on are those of pledge_list(). */
enum { PLEDGE_OPTION = 1024 };

/* Adds its options to a table, whose end is still to be added. */
void	 pledge_list(struct arena *, struct pledge_options *);
/* Follows one of them; an unknown guarantee ends the command. */
void	 pledge_set(struct pledge *, int found, const char *operand);
/* What --help says of them. */
extern const char pledge_usage[];

#endif
