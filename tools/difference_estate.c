/* SPDX-License-Identifier: MIT */
/* Calls that one estate allows and another does not, as `can' tells them. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "simulator/story.h"
#include "tools/difference.h"
#include "tools/safe.h"

enum { INDENT = 10 };

static void
print_answer(const struct differences *all, const struct court *court,
    const struct answer *answer, const char *when)
{
	struct story story = { .court = court, .answer = *answer };
	struct word text = story_text(all->arena, &story, all->width -
	    INDENT);

	printf("        %s\n", when);
	while (text.length > 0) {
		const char *end = memchr(text.text, '\n', text.length);
		size_t length = (size_t)(end - text.text);

		printf("%*s", INDENT, "");
		safe_print(stdout, text.text, length);
		fputc('\n', stdout);
		text = word_behind(text, length + 1);
	}
}

static void
print_calls(const struct differences *all, bool lost)
{
	const struct estate_difference *estates = all->estates;
	const struct change_calls *calls = lost ? &estates->lost :
	    &estates->gained;
	const struct court *here = lost ? &estates->old : &estates->new;
	const struct court *there = lost ? &estates->new : &estates->old;

	printf("  %-8s%s", lost ? "lost" : "gained",
	    difference_verdict_name(calls->verdict));
	if (calls->verdict == CHANGE_UNDECIDED) {
		fputs("  (", stdout);
		safe_print(stdout, calls->reason, strlen(calls->reason));
		fputc(')', stdout);
	}
	fputc('\n', stdout);
	for (size_t i = 0; i < calls->list.count; i++) {
		const struct change_call *call = &calls->list.items[i];

		print_answer(all, here, &call->allowed, lost ? "before" :
		    "now");
		print_answer(all, there, &call->refused, lost ? "now" :
		    "before");
	}
	if (calls->more)
		fputs("        and more\n", stdout);
}

void
difference_estate_text(const struct differences *all)
{
	safe_print(stdout, all->old, strlen(all->old));
	fputs(" -> ", stdout);
	safe_print(stdout, all->new, strlen(all->new));
	fputs(" (estates)\n", stdout);
	print_calls(all, false);
	print_calls(all, true);
}

static void
write_answer(const struct differences *all, struct json *json,
    const char *key, const struct court *court, const struct answer *answer)
{
	struct story story = { .court = court, .answer = *answer };

	json_key(json, key);
	json_open_object(json);
	story_json(all->arena, json, &story);
	json_close_object(json);
}

void
difference_estate_json(const struct differences *all, struct json *json,
    bool lost)
{
	const struct estate_difference *estates = all->estates;
	const struct change_calls *calls = lost ? &estates->lost :
	    &estates->gained;

	for (size_t i = 0; i < calls->list.count; i++) {
		const struct change_call *call = &calls->list.items[i];

		json_open_object(json);
		write_answer(all, json, "allowed", lost ? &estates->old :
		    &estates->new, &call->allowed);
		write_answer(all, json, "refused", lost ? &estates->new :
		    &estates->old, &call->refused);
		json_close_object(json);
	}
}
