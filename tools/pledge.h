/* SPDX-License-Identifier: MIT */
/*
 * Named guarantees as the options of a command name them, and the options
 * that say what is ours where there is no estate.
 */
#ifndef TOOLS_PLEDGE_H
#define TOOLS_PLEDGE_H

#include <stdbool.h>

#include "policy/list.h"
#include "simulator/named.h"
#include "tools/option.h"
#include "tools/sketch.h"

struct pledge {
	struct arena			*arena;
	struct sketch			 sketch;
	LIST(const struct named *)	 named;
	bool				 show;	/* write them out, prove none */
};

/* Rows whose context is a pledge: those of what is ours, and one for each
 * named guarantee, which --help leaves to `sekisho explain guarantees'. */
const struct option_row	*pledge_rows(struct arena *);

#endif
