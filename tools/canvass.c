/* SPDX-License-Identifier: MIT */
/* Asks about everybody, or about everything. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "simulator/sentence.h"
#include "tools/canvass.h"
#include "tools/exit.h"
#include "tools/mistake.h"
#include "tools/safe.h"

enum {
	HOPS_MAX = 3,			/* roles before the last call */
	PATIENCE = 1			/* seconds, before progress is told */
};

static const uint64_t BUDGET = 20000000;	/* as prove has it */

struct canvass {
	struct arena			*arena;
	const struct canvass_kind	*kind;
	struct venue			 venue;
	struct question			 question;
	struct census			 census;
	struct census_use		 use;
	struct outputs			 outputs;
	time_t				 start;
	bool				 told;
};

/* Formats. */

static void
print_text(const void *result, const struct output_stream *out)
{
	const struct canvass *canvass = result;
	struct word text = census_text(canvass->arena, &canvass->census,
	    out->width);

	output_lines(out, text.text, text.length, 0, NULL);
}

static void
print_json(const void *result, const struct output_stream *out)
{
	const struct canvass *canvass = result;
	struct json json;

	json_init(&json, output_sink(out->file), true);
	json_open_object(&json);
	json_member_text(&json, "schema", canvass->kind->schema);
	census_json(canvass->arena, &json, &canvass->census);
	json_close_object(&json);
	fputc('\n', out->file);
}

static const struct output_format canvass_formats[] = {
	{ "text", print_text },
	{ "json", print_json },
	{ .name = NULL }
};

/* Options. */

static void
set_hops(void *context, const struct option_row *row, const char *text)
{
	struct canvass *canvass = context;
	uint64_t hops = option_number(row, text, 0, "a number");

	if (hops > HOPS_MAX)
		safe_errx(EXIT_USAGE, "--hops takes at most %d roles, not %s",
		    HOPS_MAX, text);
	canvass->use.hops = (unsigned)hops;
}

static void
set_budget(void *context, const struct option_row *row, const char *text)
{
	struct canvass *canvass = context;

	canvass->use.budget = option_number(row, text, 0, "a number");
}

const struct option_row canvass_hops[] = {
	{ "hops", 0, "N", "also by assuming so many roles on the way; 0 to 3",
	    set_hops },
	{ .name = NULL }
};

static const struct option_row canvass_options[] = {
	{ "budget", 0, "STEPS", "give up a proof after so many", set_budget },
	{ .name = NULL }
};

/* Progress, for whoever watches a terminal. */

static void
tell_progress(void *context, size_t done, size_t all)
{
	struct canvass *canvass = context;

	if (time(NULL) - canvass->start < PATIENCE || all == 0)
		return;
	canvass->told = true;
	fprintf(stderr, "\rsekisho: %zu of %zu asked", done, all);
	fflush(stderr);
}

static void
end_progress(const struct canvass *canvass)
{
	if (canvass->told)
		fprintf(stderr, "\r\033[K");
}

/* The question. */

struct tokens
canvass_complete(struct arena *arena, const struct tokens *tokens,
    size_t first, size_t missing)
{
	struct tokens all = { .list = { .count = 0 } };
	struct token star = { .word = word_from("*", 1), .quoted = true };

	for (size_t i = first; i <= tokens->list.count; i++) {
		if (i - first == missing)
			*list_add(arena, &all.list) = star;
		if (i < tokens->list.count)
			*list_add(arena, &all.list) = tokens->list.items[i];
	}
	return all;
}

static void
read_question(struct canvass *canvass, char **words, size_t count,
    struct word *line)
{
	struct question_fault fault;
	struct tokens tokens;

	if (count == 1 && strchr(words[0], ' ') != NULL) {
		*line = word_from(words[0], strlen(words[0]));
		if (!sentence_split(canvass->arena, *line, &tokens, &fault))
			mistake_refuse(&fault, *line, EXIT_USAGE);
	} else {
		sentence_take(canvass->arena, words, count, &tokens, line);
	}
	if (tokens.list.count < canvass->kind->least)
		safe_errx(EXIT_USAGE, "too little is asked; see `sekisho %s "
		    "--help'", canvass->kind->name);
	tokens = canvass_complete(canvass->arena, &tokens, 0,
	    canvass->kind->missing);
	if (!sentence_read(canvass->arena, &tokens, 0, &canvass->question,
	    &fault))
		mistake_refuse(&fault, *line, EXIT_USAGE);
}

static void
ask(struct canvass *canvass, struct word line)
{
	struct question_fault fault;
	int code;

	if (isatty(STDERR_FILENO))
		canvass->use.progress = (struct census_progress){
		    tell_progress, canvass };
	canvass->start = time(NULL);
	code = venue_overlay(&canvass->venue, &canvass->question.overlays,
	    &fault);
	if (code != EXIT_FINE)
		mistake_refuse(&fault, line, code);
	if (!canvass->kind->find(canvass->arena,
	    &canvass->venue.court, &canvass->question, &canvass->use,
	    &canvass->census, &fault))
		mistake_refuse(&fault, line, EXIT_USAGE);
	end_progress(canvass);
	for (size_t i = 0; i < canvass->venue.remarks.count; i++)
		*list_add(canvass->arena, &canvass->census.notes) =
		    canvass->venue.remarks.items[i];
}

static struct canvass *
new_canvass(struct arena *arena, const struct canvass_kind *kind)
{
	struct canvass *canvass = arena_alloc(arena, sizeof(*canvass));

	canvass->arena = canvass->venue.arena = canvass->outputs.arena = arena;
	canvass->kind = kind;
	canvass->use.budget = BUDGET;
	canvass->outputs.formats = canvass_formats;
	return canvass;
}

/* A caller's document is somebody's; of everybody, it would be nobody's. */
static void
refuse_callers_documents(const struct canvass *canvass)
{
	const struct venue *venue = &canvass->venue;

	if (venue->court.estate->text != NULL)
		return;
	for (size_t i = 0; i < venue->deposits.count; i++) {
		enum layer layer = venue->deposits.items[i].layer;

		if (LAYERS_ATTACHED & (1u << layer))
			safe_errx(EXIT_USAGE, "--%s: without an estate there "
			    "is nobody whose policy this is; `sekisho what' "
			    "asks for one caller", layer_name(layer));
	}
}

int
canvass_main(struct arena *arena, const struct canvass_kind *kind, int argc,
    char **argv)
{
	struct canvass *canvass = new_canvass(arena, kind);
	const struct option_tables tables = { kind->name,
	    kind->options == NULL ? 3 : 4, {
	    { venue_options, &canvass->venue }, { canvass_options, canvass },
	    { output_rows(&canvass->outputs), &canvass->outputs },
	    { kind->options, canvass } } };
	struct word line;

	if (!option_read(&tables, argc, argv)) {
		printf("%s", kind->usage);
		option_print(&tables, stdout);
		printf("\nExit: 0 answered, 2 wrong usage, 3 the answer is "
		    "not complete, 4 unreadable\ninput.\n");
		return EXIT_FINE;
	}
	read_question(canvass, argv + optind, (size_t)(argc - optind), &line);
	venue_open(&canvass->venue, arena);
	if (kind->missing == 0)
		refuse_callers_documents(canvass);
	ask(canvass, line);
	output_print(&canvass->outputs, canvass);
	if (canvass->census.bug)
		safe_warnx("a proof and the simulator disagree, which is a "
		    "bug; what is said to be possible was confirmed");
	return canvass->census.bug ? EXIT_BUG : canvass->census.complete ?
	    EXIT_FINE : EXIT_NO_VERDICT;
}
