/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "simulator/who.h"
#include "tools/canvass.h"
#include "tools/who.h"

static const struct canvass_kind who_kind = {
	.name = "who",
	.schema = "sekisho.who/1",
	.missing = 0,
	.least = 1,
	.usage = "usage: sekisho who [options] ACTION [RESOURCE...]\n"
	    "           [via ROLE,...] [through WAY,...] [mfa] [named "
	    "SESSION]\n           [longterm|session] [with KEY=VALUE ...] "
	    "[without KEY ...]\n           [overlay [OLD=]FILE ...]\n\n"
	    "Lists everybody for whom some request is allowed: users, roles "
	    "and root users of\nthe estate, and those beyond it whom a policy "
	    "lets in; under which conditions,\nby which statements.\n\n",
	.options = canvass_hops,
	.find = who_find,
};

int
who_main(struct arena *arena, int argc, char **argv)
{
	return canvass_main(arena, &who_kind, argc, argv);
}
