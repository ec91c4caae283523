/* SPDX-License-Identifier: MIT */
/* The loop: a line, the command that it names, and what may stand in it. */
#include "config.h"

#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "simulator/amendment.h"
#include "simulator/page.h"
#include "tools/exit.h"
#include "tools/history.h"
#include "tools/safe.h"
#include "tools/screen.h"
#include "tools/shell.h"

/* A command.  What may stand behind its name, `propose' knows. */
struct row {
	const char	*name;
	const char	*takes;		/* or "" */
	const char	*says;		/* one line */
	const char	*more;		/* for `help NAME'; or NULL */
	void		(*run)(struct shell *, const struct shell_line *);
	void		(*propose)(const struct shell *, struct proposals *);
};

static void	 run_help(struct shell *, const struct shell_line *);
static void	 run_quit(struct shell *, const struct shell_line *);
static void	 propose_question(const struct shell *, struct proposals *);
static void	 propose_call(const struct shell *, struct proposals *);
static void	 propose_change(const struct shell *, struct proposals *);
static void	 propose_left_out(const struct shell *, struct proposals *);
static void	 propose_granted(const struct shell *, struct proposals *);
static void	 propose_state(const struct shell *, struct proposals *);
static void	 propose_file(const struct shell *, struct proposals *);
static void	 propose_command(const struct shell *, struct proposals *);
static void	 propose_nothing(const struct shell *, struct proposals *);

static const struct row rows[] = {
	{ "can", "PRINCIPAL ACTION ...", "ask whether something is allowed; "
	    "`can' may be left out",
	    "PRINCIPAL ACTION [RESOURCE...] [via ROLE,...] [through WAY,...] "
	    "[mfa] [named SESSION] [longterm|session] [with KEY=VALUE ...] "
	    "[without KEY ...] [overlay [OLD=]FILE ...]\n"
	    "A WAY is a VPC endpoint, a VPC, or `internet'. Names are those "
	    "of the estate, or any end of an ARN that only one thing has. "
	    "What is set need not be said again.",
	    shell_can, propose_question },
	{ "who", "ACTION [RESOURCE...] ...", "list everybody for whom that is "
	    "allowed", "What is set holds here, too.", shell_who,
	    propose_call },
	{ "what", "[PRINCIPAL [RESOURCE...] ...]", "list what somebody may "
	    "do; alone: who is said to ask", NULL, shell_what,
	    propose_question },
	{ "why", "", "the last answer with everything behind it", NULL,
	    shell_why, propose_nothing },
	{ "if", "KEY=VALUE ...", "the last question with something else in "
	    "it",
	    "The same words as in a question may follow: if through "
	    "internet, if mfa, if as PRINCIPAL, if overlay OLD=NEW.",
	    shell_if, propose_change },
	{ "without", "KEY ...", "the last question, and the key is absent",
	    "Words of a question are left out: without mfa, without "
	    "through.", shell_without, propose_left_out },
	{ "set", "[KEY=VALUE ...]", "say it in all questions to come; alone: "
	    "what is set",
	    "The same words as in a question may follow: set mfa, set named "
	    "SESSION, set via ROLE.", shell_set, propose_change },
	{ "unset", "KEY|as|through|...|all", "say it no more", NULL,
	    shell_unset, propose_granted },
	{ "as", "PRINCIPAL", "this one asks, unless a question says who",
	    NULL, shell_state, propose_state },
	{ "through", "WAY,...", "questions come this way", NULL, shell_state,
	    propose_state },
	{ "overlay", "[OLD=]FILE ...", "suppose that this policy stood in "
	    "the place of that",
	    "Without OLD it is the policy of the same base name. The file "
	    "is read anew for each question. `unset overlay' ends it.",
	    shell_state, propose_state },
	{ "diff", "", "what the overlay gains and loses; else what changed "
	    "in the answer",
	    "With an overlay: a call that is allowed only with it, and one "
	    "that is allowed only without, of all calls there can be. "
	    "Without: the last two answers, line by line.",
	    shell_diff, propose_nothing },
	{ "save", "FILE.sekisho", "write what was asked, and the answers, as "
	    "a test file", NULL, shell_save, propose_file },
	{ "help", "[COMMAND]", "this, or more about a command", NULL,
	    run_help, propose_command },
	{ "quit", "", "leave; so does the end of the input", NULL, run_quit,
	    propose_nothing },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

static const struct row *
find_row(const struct token *token)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (token_is(token, rows[i].name))
			return &rows[i];
	return NULL;
}

/* Speaking. */

void
shell_refuse(struct shell *shell, const struct span *place,
    const char *message, const char *help)
{
	fflush(stdout);
	if (shell->terminal == NULL)
		fprintf(stderr, "standard input:%zu:", shell->line);
	if (shell->terminal == NULL && place != NULL)
		fprintf(stderr, "%zu:", place->start + 1);
	if (shell->terminal == NULL)
		fputc(' ', stderr);
	safe_print(stderr, message, strlen(message));
	if (help != NULL) {
		fputs("; ", stderr);
		safe_print(stderr, help, strlen(help));
	}
	fputc('\n', stderr);
	shell->code = EXIT_USAGE;
}

void
shell_fault(struct shell *shell, const struct question_fault *fault)
{
	bool here = fault->span.end > fault->span.start;

	shell_refuse(shell, here ? &fault->span : NULL, fault->message,
	    fault->help);
}

void
shell_print(struct shell *shell, struct word lines, const char *escape)
{
	output_lines(&shell->out, lines.text, lines.length, 0, escape);
}

void
shell_say(struct shell *shell, const char *format, ...)
{
	const char *text;
	va_list arguments;

	va_start(arguments, format);
	text = arena_vprintf(shell->here, format, arguments);
	va_end(arguments);
	safe_print_wrapped(stdout, text, 4, shell->out.width);
}

/* Commands of this file. */

enum { HELP_COLUMN = 26, HELP_NARROW = 60, HELP_HANG = 4 };

static void
add_row(struct page *page, const struct row *row)
{
	bool narrow = page->width < HELP_NARROW;

	page_line(page, 0, narrow ? HELP_HANG : HELP_COLUMN);
	page_words(page, "%s %s", row->name, row->takes);
	page_tab(page, narrow ? 0 : HELP_COLUMN);
	page_words(page, "%s", row->says);
}

static void
add_more(struct page *page, const char *more)
{
	while (*more != '\0') {
		size_t length = strcspn(more, "\n");

		page_line(page, HELP_HANG, HELP_HANG);
		page_words(page, "%.*s", (int)length, more);
		more += length + (more[length] == '\n');
	}
}

static void
run_help(struct shell *shell, const struct shell_line *line)
{
	struct page page = { .arena = shell->here,
	    .width = shell->out.width };
	const struct row *row = NULL;
	bool all = line->tokens.list.count == 1;

	if (!all) {
		row = find_row(&line->tokens.list.items[1]);
		if (row == NULL) {
			shell_refuse(shell, &line->tokens.list.items[1].span,
			    "there is no such command", "`help` lists them");
			return;
		}
		add_row(&page, row);
		if (row->more != NULL)
			add_more(&page, row->more);
	}
	for (size_t i = 0; all && i < ROW_COUNT; i++)
		add_row(&page, &rows[i]);
	shell_print(shell, page_text(&page), NULL);
}

static void
run_quit(struct shell *shell, const struct shell_line *line)
{
	(void)line;
	shell->done = true;
}

/* What may stand in a line. */

static void
propose_nothing(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	(void)proposals;
}

static void
propose_question(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	proposal_question(proposals, 1);
}

static void
propose_call(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	proposal_call(proposals, 1);
}

static void
propose_change(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	proposal_change(proposals, 1);
}

static void
propose_state(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	proposal_change(proposals, 0);
}

static void
propose_left_out(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	proposal_of(proposals, PROPOSE_KEY);
	for (size_t i = 0; sentence_words[i] != NULL; i++)
		proposal_word(proposals, arena_copy(proposals->arena,
		    sentence_words[i], strcspn(sentence_words[i], " ")),
		    NULL);
}

static void
propose_granted(const struct shell *shell, struct proposals *proposals)
{
	struct question granted = shell_granted(shell, proposals->arena);

	for (size_t i = 0; i < granted.keys.count; i++)
		proposal_word(proposals, arena_copy(proposals->arena,
		    granted.keys.items[i].name.word.text,
		    granted.keys.items[i].name.word.length), NULL);
	for (size_t i = 0; sentence_words[i] != NULL; i++) {
		size_t length = strcspn(sentence_words[i], " ");
		struct question left = granted;

		if (amendment_drop(&left, word_from(sentence_words[i],
		    length)))
			proposal_word(proposals, arena_copy(proposals->arena,
			    sentence_words[i], length), NULL);
	}
	if (granted.principal.word.text != NULL)
		proposal_word(proposals, "as", NULL);
	proposal_word(proposals, "all", NULL);
}

static void
propose_file(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	proposal_of(proposals, PROPOSE_FILE);
}

static void
propose_command(const struct shell *shell, struct proposals *proposals)
{
	(void)shell;
	for (size_t i = 0; i < ROW_COUNT; i++)
		proposal_word(proposals, rows[i].name, rows[i].says);
}

/* The action of the last question, for keys that are asked of it. */
static struct word
last_action(struct shell *shell)
{
	const struct shell_record *last = shell_last(shell, 0);

	return last == NULL ? (struct word){ NULL, 0 } :
	    shell_recall(shell, last).action.word;
}

static void
propose(void *context, struct word line, struct proposals *proposals)
{
	struct shell *shell = context;
	struct proposal_scene *scene = arena_alloc(shell->here,
	    sizeof(*scene));
	const struct row *row = NULL;

	scene->catalog = shell->venue.court.catalog;
	scene->estate = shell->venue.court.estate;
	scene->action = last_action(shell);
	scene->has_principal = shell_granted(shell, shell->here)
	    .principal.word.text != NULL;
	proposal_begin(shell->here, scene, line, proposals);
	if (proposals->tokens.list.count > 0)
		row = find_row(&proposals->tokens.list.items[0]);
	else
		propose_command(shell, proposals);
	if (row != NULL)
		row->propose(shell, proposals);
	else
		proposal_question(proposals, 0);
	if (proposals->files)
		shell_propose_files(proposals);
	proposal_finish(proposals);
}

/* Lines. */

/* What is set, where it leaves room for a line. */
static const char *
make_prompt(struct shell *shell)
{
	const char *granted = shell->granted;
	size_t columns = safe_print_columns(NULL, granted, strlen(granted));
	char *text = NULL;
	size_t length = 0;
	FILE *stream;

	if (granted[0] == '\0')
		return "sekisho> ";
	stream = columns + 12 > screen_width() / 2 ? NULL :
	    open_memstream(&text, &length);
	if (stream == NULL)
		return "sekisho (set)> ";
	safe_print_columns(stream, granted, strlen(granted));
	fclose(stream);
	granted = arena_printf(shell->here, "sekisho (%s)> ", text);
	free(text);
	return granted;
}

static const char *
prompt(void *context)
{
	const struct shell *shell = context;

	return shell->prompt;
}

/* A line to be followed, and where that is done. */
struct followed {
	struct shell	*shell;
	const char	*text;
	size_t		 length;
};

static void
follow(void *argument)
{
	const struct followed *this = argument;
	struct shell *shell = this->shell;
	struct shell_line line = { .text = word_from(this->text,
	    this->length) };
	struct question_fault fault;
	const struct row *row;

	if (!sentence_split(shell->here, line.text, &line.tokens, &fault)) {
		shell_refuse(shell, &fault.span, fault.message, fault.help);
		return;
	}
	if (line.tokens.list.count == 0 || this->text[line.tokens.list
	    .items[0].span.start] == '#')
		return;
	row = find_row(&line.tokens.list.items[0]);
	if (row != NULL)
		row->run(shell, &line);
	else if (line.tokens.list.count > 1 || token_is_action(
	    &line.tokens.list.items[0]))
		shell_question(shell, &line);
	else
		shell_refuse(shell, &line.tokens.list.items[0].span,
		    arena_printf(shell->here, "`%.*s` is no command, and "
		    "alone no question",
		    (int)line.tokens.list.items[0].word.length,
		    line.tokens.list.items[0].word.text),
		    "`help` says what there is");
}

static void
follow_line(struct shell *shell, const char *text, size_t length)
{
	struct followed this = { shell, text, length };

	arena_reset(shell->here);
	shell->line++;
	shell->out.width = screen_width();
	if (!arena_protect(shell->here, follow, &this)) {
		shell->code = EXIT_MEMORY;
		safe_warnx("out of memory: this line was given up");
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		safe_err(EXIT_UNREADABLE, "standard output");
}

static void
read_stream(struct shell *shell)
{
	size_t capacity = 0;
	char *line = NULL;
	ssize_t length;

	while (!shell->done && (length = getline(&line, &capacity,
	    stdin)) >= 0) {
		length -= length > 0 && line[length - 1] == '\n';
		follow_line(shell, line, (size_t)length);
	}
	free(line);
	if (ferror(stdin))
		safe_err(EXIT_UNREADABLE, "standard input");
	if (!shell->done && !feof(stdin))	/* no room for the line */
		arena_exhausted(shell->arena);
}

static size_t
count_listed(const struct estate *estate)
{
	size_t count = 0;

	for (size_t i = 0; i < estate->resource_count; i++)
		count += !estate->resources[i].enclosed;
	return count;
}

static void
greet(struct shell *shell)
{
	const struct estate *estate = shell->venue.court.estate;
	const char *name = estate->text == NULL ? "no estate" :
	    source_file(estate->text->source)->name;

	shell_say(shell, "%s: %zu accounts, %zu principals, %zu resources; "
	    "`help' says what can be asked", name, estate->account_count,
	    estate->principal_count, count_listed(estate));
}

/* Interrupts are for the line that is typed, and for who waits for long
 * (shell_diff.c); an answer is not left half. */
static void
read_terminal(struct shell *shell)
{
	const struct terminal_use use = { prompt, propose, shell };
	const char *line;
	size_t length;

	shell->terminal = terminal_open(shell->arena, &use,
	    history_file(shell->arena));
	greet(shell);
	signal(SIGINT, SIG_IGN);
	for (;;) {
		shell->prompt = make_prompt(shell);
		line = terminal_read(shell->terminal, &length);
		if (line == NULL)
			break;
		follow_line(shell, line, length);
		if (shell->done)
			break;
	}
	terminal_close(shell->terminal);
}

static void
converse(void *argument)
{
	struct shell *shell = argument;

	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
		read_terminal(shell);
		shell->code = EXIT_FINE;
	} else {
		read_stream(shell);
	}
}

/* The command. */

static void
set_color(void *context, const struct option_row *row, const char *when)
{
	struct shell *shell = context;

	(void)row;
	shell->color = screen_word(when);
}

static const struct option_row shell_options[] = {
	{ "color", 0, "WHEN", "auto, always or never", set_color },
	{ .name = NULL }
};

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho shell [options] [ESTATE]\n\n"
	    "Answers questions one after the other, as `sekisho can' does; "
	    "`help' in there says\nwhat else it follows.  Lines that come "
	    "from a pipe are followed as well.\n\n");
	option_print(tables, stdout);
	printf("\nExit, from a pipe: that of the last answer: 0 allowed, "
	    "1 denied, 3 it depends or\nnobody knows, 2 the line made no "
	    "sense.\n");
}

static void
open_shell(struct shell *shell, int argc, char **argv)
{
	if (argc - optind > 1)
		safe_errx(EXIT_USAGE, "one estate is wanted, not %d",
		    argc - optind);
	if (argc - optind == 1 && shell->venue.estate != NULL)
		safe_errx(EXIT_USAGE, "both %s and --estate %s are named; one "
		    "estate is wanted", argv[optind], shell->venue.estate);
	if (argc - optind == 1)
		shell->venue.estate = argv[optind];
	venue_open(&shell->venue, shell->arena);
	shell->here = arena_new();
	if (shell->here == NULL)
		arena_exhausted(shell->arena);
	shell->granted = "";
	shell->out = (struct output_stream){ .file = stdout,
	    .width = screen_width(), .color = screen_has_color(
	    shell->color == NULL ? "auto" : shell->color) };
}

int
shell_main(struct arena *arena, int argc, char **argv)
{
	struct shell *shell = arena_alloc(arena, sizeof(*shell));
	const struct option_tables tables = { "shell", 2, {
	    { venue_options, &shell->venue }, { shell_options, shell } } };

	shell->arena = shell->venue.arena = arena;
	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	open_shell(shell, argc, argv);
	if (!arena_protect(shell->here, converse, shell))
		safe_errx(EXIT_MEMORY, "out of memory");
	arena_free(shell->here);
	return shell->code;
}
