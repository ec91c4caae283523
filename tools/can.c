/* SPDX-License-Identifier: MIT */
/* `sekisho can': a question in words, an answer with everything behind it. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "policy/json.h"
#include "policy/value.h"
#include "simulator/sentence.h"
#include "simulator/story.h"
#include "tools/can.h"
#include "tools/exit.h"
#include "tools/mistake.h"
#include "tools/output.h"
#include "tools/safe.h"
#include "tools/venue.h"

struct can {
	struct arena		*arena;
	struct venue		 venue;
	struct question		 question;
	struct story		 story;
	struct outputs		 outputs;
	const char		*time;		/* --at, or NULL */
	const char		*expected;	/* --expect, or NULL */
	bool			 absent;
};

/* Formats. */

static void
print_text(const void *result, const struct output_stream *out)
{
	const struct can *can = result;
	struct word text = story_text(can->arena, &can->story, out->width);

	output_lines(out, text.text, text.length, 0,
	    output_verdict_color(can->story.answer.verdict));
}

static void
print_json(const void *result, const struct output_stream *out)
{
	const struct can *can = result;
	struct json json;

	json_init(&json, output_sink(out->file), true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.can/1");
	story_json(can->arena, &json, &can->story);
	json_close_object(&json);
	fputc('\n', out->file);
}

static const struct output_format can_formats[] = {
	{ "text", print_text },
	{ "json", print_json },
	{ .name = NULL }
};

/* Options. */

static void
set_absent(void *context, const struct option_row *row, const char *unused)
{
	struct can *can = context;

	(void)row;
	(void)unused;
	can->absent = true;
}

static void
set_time(void *context, const struct option_row *row, const char *time)
{
	struct can *can = context;
	struct date parsed;

	(void)row;
	if (!date_read(time, strlen(time), false, &parsed))
		safe_errx(EXIT_USAGE, "--at takes a time such as "
		    "2027-03-31T12:00:00Z, not `%s'", time);
	can->time = time;
}

static void
set_expect(void *context, const struct option_row *row, const char *verdict)
{
	struct can *can = context;

	(void)row;
	if (strcmp(verdict, "allowed") != 0 && strcmp(verdict, "denied") != 0)
		safe_errx(EXIT_USAGE, "--expect takes allowed or denied, not "
		    "`%s'", verdict);
	can->expected = verdict;
}

static const struct option_row can_options[] = {
	{ "absent", 0, NULL, "keys that nobody speaks of are not there",
	    set_absent },
	{ "at", 0, "TIME", "when, for aws:CurrentTime", set_time },
	{ "expect", 0, "VERDICT", "exit 0 when it is this: allowed or denied",
	    set_expect },
	{ .name = NULL }
};

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho can [options] PRINCIPAL ACTION "
	    "[RESOURCE...]\n           [via ROLE,...] [through WAY,...] [mfa] "
	    "[named SESSION]\n           [longterm|session] [with KEY=VALUE "
	    "...] [without KEY ...]\n           [overlay [OLD=]FILE ...]\n\n"
	    "Says whether that is allowed, which statement decides, what came "
	    "nearest and\nwhat would turn it.  A WAY is a VPC endpoint, a VPC, "
	    "or `internet'.\n\n");
	option_print(tables, stdout);
	printf("\nExit: 0 allowed, 1 denied, 2 wrong usage, 3 it depends "
	    "or nobody knows,\n4 unreadable input.  With --expect: 0 as "
	    "expected, 1 not.\n");
}

/* The question. */

/* One operand with blanks is a whole sentence. */
static void
read_question(struct can *can, char **words, size_t count, struct word *line)
{
	struct question_fault fault;
	struct tokens tokens;

	if (count == 0)
		safe_errx(EXIT_USAGE, "nothing is asked; see `sekisho can "
		    "--help'");
	if (count == 1) {
		*line = word_from(words[0], strlen(words[0]));
		if (!sentence_split(can->arena, *line, &tokens, &fault))
			mistake_refuse(&fault, *line, EXIT_USAGE);
	} else {
		sentence_take(can->arena, words, count, &tokens, line);
	}
	if (!sentence_read(can->arena, &tokens, 0, &can->question, &fault))
		mistake_refuse(&fault, *line, EXIT_USAGE);
	can->question.closed = can->absent;
	if (can->time != NULL)
		can->question.time.word = word_from(can->time,
		    strlen(can->time));
}

static void
ask(struct can *can, struct word line)
{
	struct question_fault fault;
	int code = venue_overlay(&can->venue, &can->question.overlays,
	    &fault);

	if (code != EXIT_FINE)
		mistake_refuse(&fault, line, code);
	if (!story_find(can->arena, &can->venue.court, &can->question,
	    &can->story, &fault))
		mistake_refuse(&fault, line, EXIT_USAGE);
	for (size_t i = 0; i < can->venue.remarks.count; i++)
		*list_add(can->arena, &can->story.notes) =
		    can->venue.remarks.items[i];
}

/* The answer. */

static int
exit_code(const struct can *can)
{
	const char *verdict = NULL;

	switch (can->story.answer.verdict) {
	case VERDICT_ALLOWED:
		verdict = "allowed";
		break;
	case VERDICT_IMPLICITLY_DENIED:
	case VERDICT_EXPLICITLY_DENIED:
		verdict = "denied";
		break;
	case VERDICT_DEPENDS:
	case VERDICT_UNKNOWN:
		return EXIT_NO_VERDICT;
	}
	return strcmp(verdict, can->expected == NULL ? "allowed" :
	    can->expected) == 0 ? EXIT_FINE : EXIT_FINDINGS;
}

static struct can *
new_can(struct arena *arena)
{
	struct can *can = arena_alloc(arena, sizeof(*can));

	can->arena = can->venue.arena = can->outputs.arena = arena;
	can->outputs.formats = can_formats;
	return can;
}

int
can_main(struct arena *arena, int argc, char **argv)
{
	struct can *can = new_can(arena);
	const struct option_tables tables = { "can", 3, {
	    { venue_options, &can->venue }, { can_options, can },
	    { output_rows(&can->outputs), &can->outputs } } };
	struct word line;

	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	read_question(can, argv + optind, (size_t)(argc - optind), &line);
	venue_open(&can->venue, arena);
	ask(can, line);
	output_print(&can->outputs, can);
	return exit_code(can);
}
