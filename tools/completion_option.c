/* SPDX-License-Identifier: MIT */
/* Options of commands, out of what --help prints of them, and their values. */
#include "config.h"

#include <sys/wait.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy/assumption.h"
#include "policy/lint.h"
#include "simulator/mutation.h"
#include "simulator/named.h"
#include "simulator/premise.h"
#include "simulator/rulebook.h"
#include "tools/completion.h"

/* Lines of --help. */

static const char *
skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* "-f, --format FORMAT   print as text or json" */
static void
read_option(struct arena *arena, const char *line,
    struct completion_options *options)
{
	struct completion_option option = { .letter = 0 };
	size_t length;

	if (line[1] != '-') {
		option.letter = line[1];
		line = skip_blanks(line + 2 + (line[2] == ','));
	}
	if (strncmp(line, "--", 2) != 0)
		return;
	length = strcspn(line, " \n");
	option.name = arena_copy(arena, line, length);
	line = skip_blanks(line + length);
	length = strcspn(line, " \n");
	if (line[0] >= 'A' && line[0] <= 'Z') {
		option.operand = arena_copy(arena, line, length);
		line = skip_blanks(line + length);
	}
	option.says = arena_copy(arena, line, strcspn(line, "\n"));
	*list_add(arena, &options->list) = option;
}

/* Words that are formats, in what is said of --format. */
static void
read_formats(struct arena *arena, struct completion_options *options)
{
	static const char *const known[] = {
		"text", "json", "tap", "junit", "lcov", NULL
	};
	const struct completion_option *format = completion_find_option(
	    options, word_from("--format", 8));

	for (size_t i = 0; format != NULL && known[i] != NULL; i++) {
		const char *at = strstr(format->says, known[i]);
		size_t length = strlen(known[i]);

		if (at != NULL && strcspn(at, " ,;") == length)
			*list_add(arena, &options->formats) = known[i];
	}
}

static void
read_help(struct arena *arena, FILE *in, struct completion_options *options)
{
	bool formats = false;
	char *line = NULL;
	size_t capacity = 0;

	while (getline(&line, &capacity, in) >= 0) {
		const char *text = skip_blanks(line);

		if (text > line && text[0] == '-')
			read_option(arena, text, options);
		else if (formats && text > line)
			*list_add(arena, &options->formats) = arena_copy(
			    arena, text, strcspn(text, " \n"));
		formats = (formats && text > line) ||
		    strncmp(line, "Formats:", 8) == 0;
	}
	free(line);
}

static _Noreturn void
print_help(struct arena *arena, const struct command *command, int to)
{
	char name[] = "sekisho", help[] = "--help";
	char *words[] = { name, help, NULL };

	dup2(to, STDOUT_FILENO);
	optind = 1;
	_exit(command->run(arena, 2, words) != 0 || fflush(stdout) != 0);
}

struct completion_options
completion_read_options(struct arena *arena, const struct command *command)
{
	struct completion_options options = { .list = { .count = 0 } };
	int ends[2];
	FILE *in;
	pid_t child;

	fflush(stdout);
	if (pipe(ends) != 0)
		return options;
	child = fork();
	if (child == 0)
		print_help(arena, command, ends[1]);
	close(ends[1]);
	in = fdopen(ends[0], "r");
	if (in != NULL && child > 0)
		read_help(arena, in, &options);
	if (in != NULL)
		fclose(in);
	if (child > 0)
		waitpid(child, NULL, 0);
	if (completion_find_option(&options, word_from("--help", 6)) == NULL)
		*list_add(arena, &options.list) = (struct completion_option){
		    .name = "--help", .says = "print this and stop" };
	if (options.formats.count == 0)
		read_formats(arena, &options);
	return options;
}

const struct completion_option *
completion_find_option(const struct completion_options *options,
    struct word word)
{
	for (size_t i = 0; i < options->list.count; i++) {
		const struct completion_option *option =
		    &options->list.items[i];
		size_t length = strlen(option->name);

		if (word.length >= length &&
		    memcmp(word.text, option->name, length) == 0 &&
		    (word.length == length || word.text[length] == '='))
			return option;
		if (option->letter != 0 && word.length == 2 &&
		    word.text[0] == '-' && word.text[1] == option->letter)
			return option;
	}
	return NULL;
}

/* Values. */

static void
propose_rules(struct proposals *proposals)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(rulebook, &cursor)) != NULL)
		proposal_word(proposals, complaint->id, complaint->says);
}

static void
propose_layers(struct proposals *proposals)
{
	for (int layer = 0; layer < LAYER_COUNT; layer++)
		proposal_word(proposals, layer_name((enum layer)layer), NULL);
}

static void
propose_words(struct proposals *proposals, const char *const *words)
{
	for (; *words != NULL; words++)
		proposal_word(proposals, *words, NULL);
}

static void
propose_severities(struct proposals *proposals)
{
	for (int severity = 0; severity < SEVERITY_COUNT; severity++)
		proposal_word(proposals, severity_name((enum severity)severity),
		    NULL);
}

static void
propose_when(struct proposals *proposals)
{
	static const char *const words[] = { "auto", "always", "never", NULL };

	propose_words(proposals, words);
}

static void
propose_verdicts(struct proposals *proposals)
{
	static const char *const words[] = { "allowed", "denied", NULL };

	propose_words(proposals, words);
}

static void
propose_assumptions(struct proposals *proposals)
{
	for (unsigned i = 0; i < ASSUMPTION_COUNT; i++) {
		enum assumption assumption = (enum assumption)i;
		size_t length;

		for (unsigned j = 0; assumption_word(assumption, j, &length) !=
		    NULL; j++)
			proposal_word(proposals, assumption_text(
			    proposals->arena, assumption, j),
			    assumption_says(assumption));
	}
}

static void
propose_premises(struct proposals *proposals)
{
	for (unsigned i = 0; i < PREMISE_COUNT; i++)
		proposal_word(proposals, premise_name((enum premise)i),
		    premise_says((enum premise)i));
}

static void
propose_guarantees(struct proposals *proposals)
{
	for (const struct named *named = named_guarantees;
	    named->id != NULL; named++)
		proposal_word(proposals, named->name, NULL);
	proposal_word(proposals, "all", NULL);
}

static void
propose_mutations(struct proposals *proposals)
{
	for (size_t i = 0; i < mutation_operator_count; i++)
		proposal_word(proposals, mutation_operator(i)->name,
		    mutation_operator(i)->says);
}

static void
propose_files(struct proposals *proposals)
{
	proposal_of(proposals, PROPOSE_FILE);
}

static void
propose_resources(struct proposals *proposals)
{
	proposal_of(proposals, PROPOSE_RESOURCE);
}

/* What operands are called in --help; the first that the name begins with. */
static const struct operand_row {
	const char	*option;	/* this one alone, or NULL */
	const char	*operand;
	void		(*propose)(struct proposals *);
} operands[] = {
	{ "--guarantee", "NAME", propose_guarantees },
	{ "--mutant-operator", "NAME", propose_mutations },
	{ NULL, "NAME=WORD", propose_assumptions },
	{ NULL, "RULE", propose_rules },
	{ NULL, "LAYER", propose_layers },
	{ NULL, "SEVERITY", propose_severities },
	{ NULL, "WHEN", propose_when },
	{ NULL, "VERDICT", propose_verdicts },
	{ NULL, "PREMISE", propose_premises },
	{ NULL, "ARN", propose_resources },
	{ NULL, "FILE", propose_files },
	{ NULL, "DIR", propose_files },
	{ NULL, "GLOB", propose_files },
};

enum { OPERAND_COUNT = sizeof(operands) / sizeof(operands[0]) };

void
completion_values(struct proposals *proposals,
    const struct completion_option *option,
    const struct completion_options *options)
{
	if (strncmp(option->operand, "FORMAT", 6) == 0)
		for (size_t i = 0; i < options->formats.count; i++)
			proposal_word(proposals, options->formats.items[i],
			    NULL);
	for (size_t i = 0; i < OPERAND_COUNT; i++) {
		const struct operand_row *operand = &operands[i];

		if ((operand->option == NULL || strcmp(operand->option,
		    option->name) == 0) && strncmp(option->operand,
		    operand->operand, strlen(operand->operand)) == 0) {
			operand->propose(proposals);
			return;
		}
	}
}
