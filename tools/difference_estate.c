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
print_answer(const struct differences *all, const struct output_stream *out,
    const struct court *court, const struct answer *answer, const char *when)
{
	struct story story = { .court = court, .answer = *answer };
	struct word text = story_text(all->arena, &story, out->width -
	    INDENT);

	fprintf(out->file, "        %s\n", when);
	output_lines(out, text.text, text.length, INDENT, NULL);
}

static void
print_calls(const struct differences *all, const struct output_stream *out,
    bool lost)
{
	const struct estate_difference *estates = all->estates;
	const struct change_calls *calls = lost ? &estates->lost :
	    &estates->gained;
	const struct court *here = lost ? &estates->old : &estates->new;
	const struct court *there = lost ? &estates->new : &estates->old;
	FILE *file = out->file;

	fprintf(file, "  %-8s%s", lost ? "lost" : "gained",
	    change_verdict_name(calls->verdict));
	if (calls->verdict == CHANGE_UNDECIDED) {
		fputs("  (", file);
		safe_print(file, calls->reason, strlen(calls->reason));
		fputc(')', file);
	}
	fputc('\n', file);
	for (size_t i = 0; i < calls->list.count; i++) {
		const struct change_call *call = &calls->list.items[i];

		print_answer(all, out, here, &call->allowed, lost ? "before" :
		    "now");
		print_answer(all, out, there, &call->refused, lost ? "now" :
		    "before");
	}
	if (calls->more)
		fputs("        and more\n", file);
}

void
difference_estate_text(const struct differences *all,
    const struct output_stream *out)
{
	FILE *file = out->file;

	safe_print(file, all->old, strlen(all->old));
	fputs(" -> ", file);
	safe_print(file, all->new, strlen(all->new));
	fputs(" (estates)\n", file);
	print_calls(all, out, false);
	print_calls(all, out, true);
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
