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
#include "tools/safe.h"
#include "tools/screen.h"
#include "tools/venue.h"

struct can;

/* A format that an answer is printed in. */
struct can_format {
	const char	*name;
	void		(*print)(const struct can *, FILE *);
};

/* One output: a format, and where it goes. */
struct output {
	const struct can_format	*format;
	const char		*file;		/* "-": standard output */
};

struct can {
	struct arena		*arena;
	struct venue		 venue;
	struct question		 question;
	struct story		 story;
	LIST(struct output)	 outputs;
	const char		*color;		/* --color */
	const char		*time;		/* --at, or NULL */
	const char		*expected;	/* --expect, or NULL */
	bool			 absent;
	bool			 help;
	bool			 in_color;	/* the output at hand is */
};

/* Formats. */

static const char *
color_of(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_ALLOWED:
		return "\033[1;32m";
	case VERDICT_EXPLICITLY_DENIED:
	case VERDICT_IMPLICITLY_DENIED:
		return "\033[1;31m";
	case VERDICT_DEPENDS:
	case VERDICT_UNKNOWN:
		break;
	}
	return "\033[1;33m";
}

/* Line by line, so that nothing but our own line ends is printed as one. */
static void
print_text(const struct can *can, FILE *out)
{
	struct word text = story_text(can->arena, &can->story, out == stdout ?
	    screen_width() : 80);
	bool first = true;

	while (text.length > 0) {
		const char *end = memchr(text.text, '\n', text.length);
		size_t length = (size_t)(end - text.text);

		if (first && can->in_color)
			fputs(color_of(can->story.answer.verdict), out);
		safe_print(out, text.text, length);
		if (first && can->in_color)
			fputs("\033[0m", out);
		fputc('\n', out);
		first = false;
		text = word_behind(text, length + 1);
	}
}

static void
write_to_stream(void *to, const char *bytes, size_t length)
{
	fwrite(bytes, 1, length, to);
}

static void
print_json(const struct can *can, FILE *out)
{
	struct json json;

	json_init(&json, (struct json_sink){ write_to_stream, out }, true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.can/1");
	story_json(can->arena, &json, &can->story);
	json_close_object(&json);
	fputc('\n', out);
}

static const struct can_format can_formats[] = {
	{ "text", print_text },
	{ "json", print_json },
};

/* Options. */

static void
set_format(struct can *can, const char *name)
{
	for (size_t i = 0; i < sizeof(can_formats) / sizeof(can_formats[0]);
	    i++) {
		if (strcmp(can_formats[i].name, name) != 0)
			continue;
		*list_add(can->arena, &can->outputs) = (struct output){
		    &can_formats[i], "-" };
		return;
	}
	safe_errx(EXIT_USAGE, "unknown format `%s'; there are text, json",
	    name);
}

static void
set_output(struct can *can, const char *operand)
{
	size_t length = strcspn(operand, "=");

	set_format(can, arena_copy(can->arena, operand, length));
	if (operand[length] == '\0')
		return;
	if (operand[length + 1] == '\0')
		safe_errx(EXIT_USAGE, "-o %s: no file name behind the `='",
		    operand);
	can->outputs.items[can->outputs.count - 1].file = operand + length +
	    1;
}

static void
set_estate(struct can *can, const char *path)
{
	can->venue.estate = path;
}

static void
add_document(struct can *can, enum layer layer, const char *files)
{
	*list_add(can->arena, &can->venue.deposits) = (struct deposit){
	    layer, files };
}

#define DOCUMENT(name, LAYER)						\
static void								\
set_##name(struct can *can, const char *files)				\
{									\
	add_document(can, LAYER, files);				\
}

DOCUMENT(identity, LAYER_IDENTITY)
DOCUMENT(boundary, LAYER_BOUNDARY)
DOCUMENT(session, LAYER_SESSION)
DOCUMENT(resource, LAYER_RESOURCE)
DOCUMENT(trust, LAYER_TRUST)
DOCUMENT(endpoint, LAYER_ENDPOINT)
DOCUMENT(scp, LAYER_SCP)
DOCUMENT(rcp, LAYER_RCP)
#undef DOCUMENT

static void
set_assume(struct can *can, const char *text)
{
	venue_assume(&can->venue, text);
}

static void
set_absent(struct can *can, const char *unused)
{
	(void)unused;
	can->absent = true;
}

static void
set_time(struct can *can, const char *time)
{
	struct date parsed;

	if (!date_read(time, strlen(time), false, &parsed))
		safe_errx(EXIT_USAGE, "--at takes a time such as "
		    "2027-03-31T12:00:00Z, not `%s'", time);
	can->time = time;
}

static void
set_expect(struct can *can, const char *verdict)
{
	if (strcmp(verdict, "allowed") != 0 && strcmp(verdict, "denied") != 0)
		safe_errx(EXIT_USAGE, "--expect takes allowed or denied, not "
		    "`%s'", verdict);
	can->expected = verdict;
}

static void
set_color(struct can *can, const char *when)
{
	if (!screen_knows(when))
		safe_errx(EXIT_USAGE, "--color takes auto, always or never, "
		    "not `%s'", when);
	can->color = when;
}

static void
set_help(struct can *can, const char *unused)
{
	(void)unused;
	can->help = true;
}

/* Every option, once: getopt's table and --help are made from it. */
static const struct {
	const char	*name;
	char		 letter;		/* or 0 */
	const char	*operand;		/* or NULL */
	const char	*says;
	void		(*set)(struct can *, const char *operand);
} rows[] = {
	{ "estate", 0, "FILE", "the estate to ask in, not one found by "
	    "looking upwards", set_estate },
	{ "identity", 0, "FILE", "a policy of the caller; may be repeated, as "
	    "may the others", set_identity },
	{ "boundary", 0, "FILE", "its permissions boundary", set_boundary },
	{ "session", 0, "FILE", "a session policy", set_session },
	{ "resource", 0, "FILE", "the policy of the resource", set_resource },
	{ "trust", 0, "FILE", "the trust policy of the role", set_trust },
	{ "endpoint", 0, "FILE", "the policy of the VPC endpoint",
	    set_endpoint },
	{ "scp", 0, "FILE[,FILE...]", "a level of service control policies, "
	    "the root first", set_scp },
	{ "rcp", 0, "FILE[,FILE...]", "likewise of resource control policies",
	    set_rcp },
	{ "assume", 0, "NAME=WORD", "turn an assumption; may be repeated",
	    set_assume },
	{ "absent", 0, NULL, "keys that nobody speaks of are not there",
	    set_absent },
	{ "at", 0, "TIME", "when, for aws:CurrentTime", set_time },
	{ "format", 'f', "FORMAT", "print as text or json", set_format },
	{ "output", 'o', "FORMAT[=FILE]", "the same, into a file; may be "
	    "repeated", set_output },
	{ "expect", 0, "VERDICT", "exit 0 when it is this: allowed or denied",
	    set_expect },
	{ "color", 0, "WHEN", "auto, always or never", set_color },
	{ "help", 'h', NULL, "print this and stop", set_help },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

static void
print_usage(FILE *out)
{
	fprintf(out, "usage: sekisho can [options] PRINCIPAL ACTION "
	    "[RESOURCE...]\n           [via ROLE,...] [through WAY,...] [mfa] "
	    "[named SESSION]\n           [longterm|session] [with KEY=VALUE "
	    "...] [without KEY ...]\n           [overlay [OLD=]FILE ...]\n\n"
	    "Says whether that is allowed, which statement decides, what came "
	    "nearest and\nwhat would turn it.  A WAY is a VPC endpoint, a VPC, "
	    "or `internet'.\n\n");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		int width = fprintf(out, "  %c%c%s--%s%s%s",
		    rows[i].letter == 0 ? ' ' : '-',
		    rows[i].letter == 0 ? ' ' : rows[i].letter,
		    rows[i].letter == 0 ? "  " : ", ", rows[i].name,
		    rows[i].operand == NULL ? "" : " ",
		    rows[i].operand == NULL ? "" : rows[i].operand);

		fprintf(out, "%*s%s\n", width < 28 ? 28 - width : 1, "",
		    rows[i].says);
	}
	fprintf(out, "\nExit: 0 allowed, 1 denied, 2 wrong usage, 3 it depends "
	    "or nobody knows,\n4 unreadable input.  With --expect: 0 as "
	    "expected, 1 not.\n");
}

static void
read_options(struct can *can, int argc, char **argv)
{
	struct option options[ROW_COUNT + 1] = { { 0 } };
	char letters[2 * ROW_COUNT + 1];
	size_t used = 0;
	int row, found;

	for (size_t i = 0; i < ROW_COUNT; i++) {
		options[i].name = rows[i].name;
		options[i].has_arg = rows[i].operand != NULL;
		options[i].val = 256 + (int)i;
		if (rows[i].letter == 0)
			continue;
		letters[used++] = rows[i].letter;
		if (rows[i].operand != NULL)
			letters[used++] = ':';
	}
	letters[used] = '\0';
	while ((found = getopt_long(argc, argv, letters, options, NULL)) !=
	    -1) {
		for (row = 0; row < ROW_COUNT; row++)
			if (found == 256 + row || found == rows[row].letter)
				break;
		if (row == ROW_COUNT)
			safe_errx(EXIT_USAGE, "see `sekisho can --help'");
		rows[row].set(can, optarg);
	}
}

/* The question. */

/* With the line, and a mark under the words at fault. */
static _Noreturn void
refuse(const struct question_fault *fault, struct word line)
{
	struct span span = fault->span;
	size_t columns;

	fprintf(stderr, "sekisho: ");
	safe_print(stderr, fault->message, strlen(fault->message));
	fprintf(stderr, "\n  ");
	safe_print_columns(stderr, line.text, line.length);
	fprintf(stderr, "\n  %*s", (int)safe_print_columns(NULL, line.text,
	    span.start), "");
	columns = span.end > span.start ? safe_print_columns(NULL,
	    line.text + span.start, span.end - span.start) : 1;
	while (columns-- > 0)
		fputc('^', stderr);
	fputc('\n', stderr);
	if (fault->help != NULL) {
		fprintf(stderr, "  ");
		safe_print_wrapped(stderr, fault->help, 2, 80);
	}
	safe_errx(EXIT_USAGE, "nothing was asked");
}

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
			refuse(&fault, *line);
	} else {
		sentence_take(can->arena, words, count, &tokens, line);
	}
	if (!sentence_read(can->arena, &tokens, 0, &can->question, &fault))
		refuse(&fault, *line);
	can->question.closed = can->absent;
	if (can->time != NULL)
		can->question.time.word = word_from(can->time,
		    strlen(can->time));
}

static void
ask(struct can *can, struct word line)
{
	struct question_fault fault;

	if (!venue_overlay(&can->venue, &can->question.overlays, &fault) ||
	    !story_find(can->arena, &can->venue.court, &can->question,
	    &can->story, &fault))
		refuse(&fault, line);
	for (size_t i = 0; i < can->venue.remarks.count; i++)
		*list_add(can->arena, &can->story.notes) =
		    can->venue.remarks.items[i];
}

/* The answer. */

static void
print_output(struct can *can, const struct output *output)
{
	bool standard = strcmp(output->file, "-") == 0;
	FILE *out = standard ? stdout : fopen(output->file, "w");

	if (out == NULL)
		safe_err(EXIT_UNREADABLE, "%s", output->file);
	can->in_color = standard && screen_has_color(can->color);
	output->format->print(can, out);
	if (fflush(out) != 0 || ferror(out) || (!standard && fclose(out) !=
	    0))
		safe_err(EXIT_UNREADABLE, "%s", standard ? "standard output" :
		    output->file);
}

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

int
can_main(struct arena *arena, int argc, char **argv)
{
	struct can *can = arena_alloc(arena, sizeof(*can));
	struct word line;

	can->arena = can->venue.arena = arena;
	can->color = "auto";
	read_options(can, argc, argv);
	if (can->help) {
		print_usage(stdout);
		return EXIT_FINE;
	}
	read_question(can, argv + optind, (size_t)(argc - optind), &line);
	venue_open(&can->venue, arena);
	ask(can, line);
	if (can->outputs.count == 0)
		set_format(can, "text");
	for (size_t i = 0; i < can->outputs.count; i++)
		print_output(can, &can->outputs.items[i]);
	return exit_code(can);
}
