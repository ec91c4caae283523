/* SPDX-License-Identifier: MIT */
/*
 * `sekisho batch': a case or a question a line in, a verdict a line out, in
 * the same order.  Nothing is remembered from one line to the next but the
 * estate, which is read when a question first needs it.
 */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/json.h"
#include "simulator/docket.h"
#include "simulator/story.h"
#include "tools/batch.h"
#include "tools/catalog_file.h"
#include "tools/exit.h"
#include "tools/output.h"
#include "tools/safe.h"
#include "tools/venue.h"

struct bench {
	struct arena		*arena;		/* of one line */
	struct arena		*lasting;	/* of the whole run */
	struct docket_facts	 facts;
	struct venue		 venue;
	bool			 explain;
	bool			 settle;
	bool			 bad_line;
	struct json		 json;
};

static void
print_id(struct json *json, const struct node *id)
{
	json_key(json, "id");
	if (id == NULL)
		json_null(json);
	else
		json_node(json, id);
}

static void
print_fault(struct bench *bench, const struct node *id,
    const char *message, size_t column)
{
	struct json *json = &bench->json;

	bench->bad_line = true;
	json_open_object(json);
	print_id(json, id);
	json_key(json, "error");
	json_open_object(json);
	json_member_text(json, "message", message);
	json_member_number(json, "column", column);
	json_close_object(json);
	json_close_object(json);
}

static const char *
element_name(enum element_kind kind)
{
	static const char *const names[] = {
		[ELEMENT_NONE] = NULL,
		[ELEMENT_ACTION] = "action",
		[ELEMENT_RESOURCE] = "resource",
		[ELEMENT_PRINCIPAL] = "principal",
		[ELEMENT_CONDITION] = "condition",
	};

	return names[kind];
}

static void
print_step(struct json *json, const struct step *step)
{
	const struct statement *statement = step->clause->statement;

	json_open_object(json);
	json_member_text(json, "layer", layer_name(step->layer));
	json_member_number(json, "level", step->level);
	json_member_number(json, "statement", statement->index);
	json_member_text(json, "sid", statement->sid == NULL ? NULL :
	    statement->sid->text);
	json_member_text(json, "effect",
	    step->clause->effect == EFFECT_DENY ? "Deny" : "Allow");
	json_member_text(json, "failed", element_name(step->meeting.failed));
	json_close_object(json);
}

/* What would have to be known. */
static void
print_keys(struct json *json, const struct decision *decision)
{
	json_key(json, "depends");
	json_open_array(json);
	for (size_t i = 0; i < decision->key_count; i++) {
		json_open_object(json);
		json_key(json, "key");
		json_string(json, decision->keys[i].text,
		    decision->keys[i].length);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_trail(struct json *json, const struct decision *decision,
    const struct trail *trail)
{
	json_member_text(json, "reason", decision->reason);
	json_key(json, "assumptions");
	json_open_array(json);
	for (size_t i = 0; i < ASSUMPTION_COUNT; i++)
		if (decision->rests >> i & 1)
			json_text(json, assumption_name((enum assumption)i));
	json_close_array(json);
	print_keys(json, decision);
	json_key(json, "statements");
	json_open_array(json);
	for (size_t i = 0; i < trail->steps.count; i++)
		print_step(json, &trail->steps.items[i]);
	json_close_array(json);
}

static void
decide(struct bench *bench, const struct docket *docket)
{
	struct trail trail = { .arena = bench->arena };
	struct json *json = &bench->json;
	struct decision decision = decision_make(&docket->request,
	    &docket->policies, &bench->venue.assumptions,
	    bench->explain ? &trail : NULL);

	json_open_object(json);
	print_id(json, docket->id);
	json_member_text(json, "verdict", verdict_name(decision.verdict));
	json_member_text(json, "decidedBy", decision.has_layer ?
	    layer_name(decision.layer) : NULL);
	if (bench->explain)
		print_trail(json, &decision, &trail);
	json_close_object(json);
}

/* A line that brings neither a request nor policies asks in the estate. */
static bool
is_question(const struct node *root)
{
	return root->kind == NODE_OBJECT &&
	    node_find(root, "policies") == NULL &&
	    node_find(root, "request") == NULL;
}

/* The prover takes its time, so that it is asked only by who wants it. */
static bool
ask(struct bench *bench, const struct question *question,
    struct story *story, struct question_fault *fault)
{
	return (bench->explain ? story_find : bench->settle ? story_settle :
	    story_ask)(bench->arena, &bench->venue.court, question, story,
	    fault);
}

static void
answer(struct bench *bench, const struct node *root)
{
	struct json *json = &bench->json;
	struct question question;
	struct question_fault fault;
	struct story story;

	if (bench->venue.court.estate == NULL)
		venue_open(&bench->venue, bench->lasting);
	if (!question_read(bench->arena, root, &question, &fault) ||
	    !ask(bench, &question, &story, &fault)) {
		print_fault(bench, node_find(root, "id"), fault.help ==
		    NULL ? fault.message : arena_printf(bench->arena,
		    "%s; %s", fault.message, fault.help),
		    fault.span.start + 1);
		return;
	}
	json_open_object(json);
	print_id(json, node_find(root, "id"));
	if (bench->explain) {
		story_json(bench->arena, json, &story);
	} else {
		const char *layer = story_layer(&story);

		json_member_text(json, "verdict",
		    verdict_name(story.answer.verdict));
		json_member_text(json, "decidedBy", layer[0] == '\0' ? NULL :
		    layer);
	}
	json_close_object(json);
}

static void
read_line(struct bench *bench, const char *line, size_t length)
{
	const struct source *source = source_new(bench->arena, "-", line,
	    length);
	struct docket_fault fault;
	struct report report;
	struct docket docket;
	const struct text *text;

	json_init(&bench->json, output_sink(stdout), false);
	report_init(&report, bench->arena, source);
	text = text_read(bench->arena, source, &report);
	if (!text->usable)
		print_fault(bench, text->root == NULL ? NULL :
		    node_find(text->root, "id"),
		    report.findings.items[0].message,
		    report.findings.items[0].span.start + 1);
	else if (is_question(text->root))
		answer(bench, text->root);
	else if (!docket_read(bench->arena, &bench->facts, text,
	    text->root, &docket, &fault))
		print_fault(bench, node_find(text->root, "id"),
		    fault.message, fault.span.start + 1);
	else
		decide(bench, &docket);
	fputc('\n', stdout);
}

/* Blank lines are nothing; every other line has its answer.  False when not
 * all of it can be read. */
static bool
read_stream(struct bench *bench, FILE *in)
{
	size_t capacity = 0;
	char *line = NULL;
	ssize_t length;

	while ((length = getline(&line, &capacity, in)) > 0) {
		if (line[length - 1] == '\n')
			length--;
		if (strspn(line, " \t\r") == (size_t)length)
			continue;
		arena_reset(bench->arena);
		read_line(bench, line, (size_t)length);
	}
	free(line);
	if (!feof(in) && !ferror(in))	/* no room for the line */
		arena_exhausted(bench->lasting);
	return ferror(in) == 0;
}

static void
print_usage(FILE *out)
{
	fprintf(out, "usage: sekisho batch [options] [FILE...]\n\n"
	    "Decides requests, one JSON object a line, and prints a verdict a "
	    "line.  A line\nbrings its request and policies, or asks in the "
	    "estate.\n\n"
	    "      --estate FILE       the estate, not one found by looking "
	    "upwards\n"
	    "      --explain           why: every statement looked at\n"
	    "      --settle            prove what unknown keys leave open, as "
	    "can does\n"
	    "      --assume NAME=WORD  turn an assumption; may be repeated\n"
	    "      --catalog DIR       service facts from this directory\n"
	    "  -h, --help              print this and stop\n\n"
	    "Exit: 0 every line was decided, 1 some line was bad, 4 a file "
	    "could not be read.\n");
}

/* False when help was asked for. */
static bool
read_options(struct bench *bench, int argc, char **argv)
{
	static const struct option options[] = {
		{ "estate", required_argument, NULL, 's' },
		{ "explain", no_argument, NULL, 'e' },
		{ "settle", no_argument, NULL, 'p' },
		{ "assume", required_argument, NULL, 'a' },
		{ "catalog", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int found;

	while ((found = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (found == 'h')
			return false;
		if (found == 'e')
			bench->explain = true;
		else if (found == 'p')
			bench->settle = true;
		else if (found == 'a')
			venue_assume(&bench->venue, optarg);
		else if (found == 's')
			bench->venue.estate = optarg;
		else if (found == 'c')
			bench->venue.catalog = optarg;
		else
			safe_errx(EXIT_USAGE, "see `sekisho batch --help'");
	}
	return true;
}

/* False when it cannot be read; the others still are. */
static bool
read_file(struct bench *bench, const char *path)
{
	FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	bool whole = in != NULL && read_stream(bench, in);

	if (!whole)
		safe_warn("%s", path);
	if (in != NULL && in != stdin)
		fclose(in);
	return whole;
}

/* Lines that bring their policies are of nobody's repository, whatever its
 * sekisho.json says. */
static void
choose_facts(struct bench *bench)
{
	const struct setting none = { .path = NULL };
	const struct catalog *catalog = catalog_file_load(bench->lasting,
	    bench->venue.catalog, &none);

	bench->facts = (struct docket_facts){
		.catalog = catalog,
		.assumptions = &bench->venue.assumptions,
	};
}

int
batch_main(struct arena *arena, int argc, char **argv)
{
	struct bench bench = { .lasting = arena };
	bool readable = true;

	if (!read_options(&bench, argc, argv)) {
		print_usage(stdout);
		return EXIT_FINE;
	}
	choose_facts(&bench);
	bench.arena = arena_branch(arena);
	if (optind == argc)
		readable = read_file(&bench, "-");
	for (int i = optind; i < argc; i++)
		readable = read_file(&bench, argv[i]) && readable;
	arena_free(bench.arena);
	if (fflush(stdout) != 0 || ferror(stdout))
		safe_err(EXIT_UNREADABLE, "standard output");
	return !readable ? EXIT_UNREADABLE :
	    bench.bad_line ? EXIT_FINDINGS : EXIT_FINE;
}
