/* SPDX-License-Identifier: MIT */
/* What may stand at the end of a command line. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "tools/completion.h"
#include "tools/exit.h"
#include "tools/safe.h"
#include "tools/venue.h"

struct completion {
	struct arena			*arena;
	const char			*line;		/* --words, or NULL */
	struct venue			 venue;
	struct proposal_scene		 scene;
	struct proposals		 proposals;
	const struct command		*command;
	struct completion_options	 options;
};

/* Operands. */

/* Reading the estate takes its time: only where names of it are wanted. */
static void
open_estate(struct completion *completion)
{
	venue_open(&completion->venue, completion->arena);
	completion->scene.estate = completion->venue.court.estate;
}

static void
propose_sentence(struct completion *completion)
{
	open_estate(completion);
	proposal_question(&completion->proposals, 0);
}

static void
propose_call(struct completion *completion)
{
	open_estate(completion);
	proposal_call(&completion->proposals, 0);
}

static void
propose_caller(struct completion *completion)
{
	open_estate(completion);
	proposal_caller(&completion->proposals, 0);
}

static void
propose_files(struct completion *completion)
{
	proposal_of(&completion->proposals, PROPOSE_FILE);
}

/* Actions, keys and rules. */
static void
propose_facts(struct completion *completion)
{
	static const struct completion_option rule = { .name = "",
	    .operand = "RULE" };
	static const struct completion_option guarantee = {
	    .name = "--guarantee", .operand = "NAME" };
	struct proposals *proposals = &completion->proposals;

	proposal_of(proposals, PROPOSE_ACTION | PROPOSE_KEY);
	completion_values(proposals, &rule, &completion->options);
	completion_values(proposals, &guarantee, &completion->options);
	proposal_word(proposals, "assumptions", NULL);
	proposal_word(proposals, "premises", NULL);
	proposal_word(proposals, "guarantees", NULL);
}

static void
propose_commands(struct completion *completion)
{
	for (const struct command *command = commands;
	    command->name != NULL; command++)
		proposal_word(&completion->proposals, command->name,
		    command->says);
}

static void
propose_shells(struct completion *completion)
{
	for (size_t i = 0; completion_shells[i] != NULL; i++)
		proposal_word(&completion->proposals, completion_shells[i],
		    NULL);
}

static void
propose_nothing(struct completion *completion)
{
	(void)completion;
}

/* What stands behind a command; files where it is not listed. */
static const struct operands {
	const char	*command;
	void		(*propose)(struct completion *);
} operands[] = {
	{ "can", propose_sentence },
	{ "completion", propose_shells },
	{ "explain", propose_facts },
	{ "help", propose_commands },
	{ "version", propose_nothing },
	{ "what", propose_caller },
	{ "who", propose_call },
	{ NULL, propose_files },
};

static void
propose_operands(struct completion *completion)
{
	const struct operands *row = operands;

	while (row->command != NULL && strcmp(row->command,
	    completion->command->name) != 0)
		row++;
	row->propose(completion);
}

/* Options. */

static void
propose_options(struct completion *completion)
{
	for (size_t i = 0; i < completion->options.list.count; i++)
		proposal_word(&completion->proposals,
		    completion->options.list.items[i].name,
		    completion->options.list.items[i].says);
}

static bool
takes_value(const struct completion_option *option, struct word word)
{
	return option != NULL && option->operand != NULL &&
	    memchr(word.text, '=', word.length) == NULL;
}

/* Leaves only operands; what --estate says is kept.  The option whose value
 * is begun, or NULL. */
static const struct completion_option *
take_options(struct completion *completion)
{
	struct tokens *tokens = &completion->proposals.tokens;
	const struct completion_option *waiting = NULL;
	size_t kept = 0;

	for (size_t i = 2; i < tokens->list.count; i++) {
		struct token token = tokens->list.items[i];

		if (waiting != NULL) {
			if (strcmp(waiting->name, "--estate") == 0)
				completion->venue.estate = arena_copy(
				    completion->arena, token.word.text,
				    token.word.length);
			waiting = NULL;
			continue;
		}
		if (token.word.length < 2 || token.word.text[0] != '-') {
			tokens->list.items[kept++] = token;
			continue;
		}
		waiting = completion_find_option(&completion->options,
		    token.word);
		if (!takes_value(waiting, token.word))
			waiting = NULL;
	}
	tokens->list.count = kept;
	return waiting;
}

/* --rule=VALUE */
static void
propose_joined(struct completion *completion)
{
	struct proposals *proposals = &completion->proposals;
	struct word *partial = &proposals->partial;
	const char *equals = memchr(partial->text, '=', partial->length);
	const struct completion_option *option = completion_find_option(
	    &completion->options, *partial);
	size_t start = (size_t)(equals - partial->text) + 1;

	*partial = word_behind(*partial, start);
	proposals->span.start += start;
	if (option != NULL && option->operand != NULL)
		completion_values(proposals, option, &completion->options);
}

static void
propose_behind(struct completion *completion)
{
	const struct completion_option *waiting = take_options(completion);
	struct proposals *proposals = &completion->proposals;
	struct word partial = proposals->partial;

	if (waiting != NULL)
		completion_values(proposals, waiting, &completion->options);
	else if (partial.length > 0 && partial.text[0] == '-' &&
	    memchr(partial.text, '=', partial.length) != NULL)
		propose_joined(completion);
	else if (partial.length > 0 && partial.text[0] == '-')
		propose_options(completion);
	else
		propose_operands(completion);
}

static const struct command *
find_command(struct word name)
{
	const struct command *command = commands;

	while (command->name != NULL && !word_is(name, command->name))
		command++;
	return command->name == NULL ? NULL : command;
}

/* Printing. */

/* Words as a whole, with what of them was begun before a comma. */
static void
print_proposals(const struct completion *completion, size_t start)
{
	const struct proposals *proposals = &completion->proposals;

	for (size_t i = 0; i < proposals->list.count; i++) {
		const struct proposal *proposal = &proposals->list.items[i];

		safe_print(stdout, completion->line + start,
		    proposals->span.start - start);
		safe_print(stdout, proposal->text, strlen(proposal->text));
		fputs(proposal->open ? "\t" : " \t", stdout);
		if (proposal->says != NULL)
			safe_print(stdout, proposal->says,
			    strlen(proposal->says));
		fputc('\n', stdout);
	}
	if (proposals->files)
		fputs("\tfiles\n", stdout);
}

static void
propose(struct completion *completion)
{
	struct proposals *proposals = &completion->proposals;
	const struct tokens *tokens = &proposals->tokens;
	size_t start;

	completion->scene.catalog = &catalog_builtin;
	completion->scene.estate = estate_empty(completion->arena,
	    &catalog_builtin);
	proposal_begin(completion->arena, &completion->scene,
	    word_from(completion->line, strlen(completion->line)),
	    proposals);
	start = proposals->span.start;
	if (tokens->list.count == 1)
		propose_commands(completion);
	if (tokens->list.count > 1)
		completion->command = find_command(
		    tokens->list.items[1].word);
	if (completion->command != NULL) {
		completion->options = completion_read_options(
		    completion->arena, completion->command);
		propose_behind(completion);
	}
	proposal_finish(proposals);
	print_proposals(completion, start);
}

/* The command. */

static void
set_words(void *context, const struct option_row *row, const char *line)
{
	struct completion *completion = context;

	(void)row;
	completion->line = line;
}

static const struct option_row completion_options[] = {
	{ "words", 0, "LINE", "what may stand at the end of that command line",
	    set_words },
	{ .name = NULL }
};

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho completion bash|zsh|fish\n"
	    "       sekisho completion --words LINE\n\n"
	    "Prints a script that makes the shell complete command lines of "
	    "sekisho, by asking\nfor the words that may follow.\n\n");
	option_print(tables, stdout);
}

int
completion_main(struct arena *arena, int argc, char **argv)
{
	struct completion *completion = arena_alloc(arena,
	    sizeof(*completion));
	const struct option_tables tables = { "completion", 1, {
	    { completion_options, completion } } };
	const char *script;

	completion->arena = completion->venue.arena = arena;
	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	if (completion->line != NULL && optind == argc) {
		propose(completion);
		return EXIT_FINE;
	}
	script = argc - optind == 1 ? completion_script(argv[optind]) : NULL;
	if (script == NULL || completion->line != NULL)
		safe_errx(EXIT_USAGE, "name a shell: bash, zsh or fish");
	fputs(script, stdout);
	return EXIT_FINE;
}
