/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "testcases/listing.h"

static bool
matches(struct arena *arena, const struct words *patterns, struct word word,
    bool folded)
{
	for (size_t i = 0; i < patterns->list.count; i++) {
		struct word text = patterns->list.items[i];
		struct pattern pattern = folded ? pattern_read_folded(arena,
		    text.text, text.length) :
		    pattern_read(arena, text.text, text.length);

		if (pattern_match(&pattern, word.text, word.length))
			return true;
	}
	return false;
}

static bool
has(struct arena *arena, const struct census_entry *entry, struct word action,
    struct word resource)
{
	return matches(arena, &entry->actions, action, true) &&
	    !matches(arena, &entry->except, action, true) &&
	    matches(arena, &entry->resources, resource, false);
}

bool
listing_has(struct arena *arena, const struct census *census,
    struct word action, struct word resource)
{
	for (size_t i = 0; i < census->entries.count; i++)
		if (has(arena, &census->entries.items[i], action, resource))
			return true;
	return false;
}

bool
listing_has_can(struct arena *arena, const struct census *census,
    struct word action, struct word resource)
{
	for (size_t i = 0; i < census->entries.count; i++) {
		const struct census_entry *entry = &census->entries.items[i];

		if (entry->verdict == CENSUS_CAN && has(arena, entry, action,
		    resource))
			return true;
	}
	return false;
}
