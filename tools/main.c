/* SPDX-License-Identifier: MIT */
/* The program: its commands, and the one place where it ends. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "policy/catalog.h"
#include "tools/batch.h"
#include "tools/can.h"
#include "tools/command.h"
#include "tools/completion.h"
#include "tools/diff.h"
#include "tools/exit.h"
#include "tools/explain.h"
#include "tools/heap.h"
#include "tools/import.h"
#include "tools/lint.h"
#include "tools/pages.h"
#include "tools/prove.h"
#include "tools/safe.h"
#include "tools/test.h"
#include "tools/what.h"
#include "tools/who.h"
#include "tools/shell.h"

static int	 help_main(struct arena *, int, char **);
static int	 version_main(struct arena *, int, char **);

const struct command commands[] = {
	{ "lint", "find mistakes in policies", lint_main },
	{ "can", "say whether something is allowed, and why", can_main },
	{ "test", "run the tests and guarantees of test files", test_main },
	{ "who", "list everybody who can do something", who_main },
	{ "what", "list everything that somebody can do", what_main },
	{ "prove", "prove guarantees for all requests", prove_main },
	{ "diff", "say what one policy allows and another does not",
	    diff_main },
	{ "batch", "decide requests, one a line", batch_main },
	{ "import", "make an estate of what the AWS command line prints",
	    import_main },
	{ "shell", "ask one question after the other", shell_main },
	{ "explain", "print what is known of an action, key, rule, ...",
	    explain_main },
	{ "completion", "make a shell complete command lines",
	    completion_main },
	{ "version", "print the version, and the date of the facts",
	    version_main },
	{ "help", "print this", help_main },
	{ .name = NULL }
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) - 1 };

static void
print_usage(FILE *out)
{
	fprintf(out, "usage: sekisho COMMAND [options] [operands]\n\n"
	    "Reads AWS policies and says what is wrong in them.  Offline, no "
	    "credentials.\n\n");
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %-12s%s\n", commands[i].name,
		    commands[i].says);
	fprintf(out, "\n`sekisho COMMAND --help' says more; so does "
	    "sekisho(1).\n");
}

static int
version_main(struct arena *arena, int argc, char **argv)
{
	(void)arena;
	(void)argc;
	(void)argv;
	printf("sekisho %s\ncatalogue of %s\n", PACKAGE_VERSION,
	    catalog_builtin.date);
	return EXIT_FINE;
}

struct invocation {
	struct arena	*arena;
	int		 argc;
	char		**argv;
	int		 code;
};

/* --help and --version are commands as well, as everywhere. */
static const char *
command_name(const char *word)
{
	if (strcmp(word, "-h") == 0)
		return "help";
	return strncmp(word, "--", 2) == 0 ? word + 2 : word;
}

static const struct command *
find_command(const char *word)
{
	const char *name = command_name(word);
	const struct command *nearest = NULL;
	size_t best = 3;

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		size_t distance = edit_distance(name, strlen(name),
		    commands[i].name, strlen(commands[i].name), best);

		if (distance == 0)
			return &commands[i];
		if (distance < best) {
			best = distance;
			nearest = &commands[i];
		}
	}
	if (nearest != NULL)
		safe_errx(EXIT_USAGE, "unknown command `%s'; did you mean `%s'?",
		    word, nearest->name);
	safe_errx(EXIT_USAGE, "unknown command `%s'; see `sekisho help'", word);
}

/* `sekisho help lint' is `sekisho lint --help'. */
static int
help_main(struct arena *arena, int argc, char **argv)
{
	char option[] = "--help";
	char *asked[] = { argv[0], option, NULL };
	const struct command *command = argc < 2 ? NULL :
	    find_command(argv[1]);

	if (command != NULL && command->run != help_main &&
	    command->run != version_main)
		return command->run(arena, 2, asked);
	print_usage(stdout);
	return EXIT_FINE;
}

static void
run(void *argument)
{
	struct invocation *this = argument;

	const struct command *command = find_command(this->argv[1]);

	/* Complaints of getopt begin with the name that all others have. */
	this->argv[1] = program_invocation_short_name;
	this->code = command->run(this->arena, this->argc - 1,
	    this->argv + 1);
}

/*
 * A descriptor that is closed would be given to the first file that is
 * opened, and output meant for people would land in it.  Nothing can be
 * written to these, so a closed standard output is still noticed.
 */
static void
hold_descriptors(void)
{
	int descriptor;

	do
		descriptor = open("/dev/null", O_RDONLY);
	while (descriptor >= 0 && descriptor <= STDERR_FILENO);
	if (descriptor > STDERR_FILENO)
		close(descriptor);
}

int
main(int argc, char **argv)
{
	struct invocation this = { .argc = argc, .argv = argv };

	hold_descriptors();
	pages_enlarge();
	heap_take_over();
	if (argc < 2) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	this.arena = arena_new();
	if (this.arena == NULL || !arena_protect(this.arena, run, &this))
		safe_errx(EXIT_MEMORY, "out of memory");
	arena_free(this.arena);
	if (fflush(stdout) != 0 || ferror(stdout))
		safe_err(EXIT_UNREADABLE, "standard output");
	return this.code;
}
