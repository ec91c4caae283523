/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "simulator/what.h"
#include "tools/canvass.h"
#include "tools/what.h"

static const struct canvass_kind what_kind = {
	.name = "what",
	.schema = "sekisho.what/1",
	.missing = 1,
	.least = 1,
	.usage = "usage: sekisho what [options] PRINCIPAL [RESOURCE...]\n"
	    "           [via ROLE,...] [through WAY,...] [mfa] [named "
	    "SESSION]\n           [longterm|session] [with KEY=VALUE ...] "
	    "[without KEY ...]\n           [overlay [OLD=]FILE ...]\n\n"
	    "Lists the actions that some request of the principal is allowed, "
	    "on which\nresources, under which conditions, by which statements; "
	    "the most dangerous first.\n\n",
	.find = what_find,
};

int
what_main(struct arena *arena, int argc, char **argv)
{
	return canvass_main(arena, &what_kind, argc, argv);
}
