/* SPDX-License-Identifier: MIT */
/* Names in the order in which they came. */
#include "config.h"

#include "policy/catalog.h"
#include "policy/roster.h"

static size_t
shown(const struct roster *roster)
{
	return roster->count < ROSTER_SHOWN ? roster->count : ROSTER_SHOWN;
}

void
roster_add(struct roster *roster, const char *name, size_t length)
{
	for (size_t i = 0; i < shown(roster); i++)
		if (name_compare(roster->names[i], roster->lengths[i], name,
		    length) == 0)
			return;
	if (roster->count < ROSTER_SHOWN) {
		roster->names[roster->count] = name;
		roster->lengths[roster->count] = length;
	}
	roster->count++;
}

const char *
roster_print(struct arena *arena, const struct roster *roster)
{
	const char *text = "";

	for (size_t i = 0; i < shown(roster); i++)
		text = arena_printf(arena, "%s%s`%.*s`", text,
		    i == 0 ? "" : ", ", (int)roster->lengths[i],
		    roster->names[i]);
	if (roster->count > ROSTER_SHOWN)
		text = arena_printf(arena, "%s and others", text);
	return text;
}
