/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "testcases/oracle.h"

extern char **environ;

enum {
	STEPS_MAX = 2000000,		/* some seconds; then it is unknown */
	SILENCE_MAX = 60000		/* milliseconds */
};

/* Ends its answers. */
static const char mark[] = "that is all";

void
oracle_init(struct oracle *oracle, char *const *command)
{
	*oracle = (struct oracle){ .command = command };
	/* One that has died is found out by reading. */
	signal(SIGPIPE, SIG_IGN);
}

void
oracle_close(struct oracle *oracle)
{
	if (oracle->process == 0)
		return;
	kill(oracle->process, SIGKILL);
	waitpid(oracle->process, NULL, 0);
	fclose(oracle->question);
	close(oracle->answer);
	oracle->process = 0;
}

/* The ends that it has are closed here, and those here are closed there. */
static void
start(struct oracle *oracle)
{
	posix_spawn_file_actions_t actions;
	int to[2], from[2], error;

	if (pipe(to) == -1 || pipe(from) == -1)
		err(1, "pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, to[1]);
	posix_spawn_file_actions_addclose(&actions, from[0]);
	error = posix_spawnp(&oracle->process, oracle->command[0], &actions,
	    NULL, oracle->command, environ);
	if (error == ENOENT)
		errx(1, "%s is missing (Debian: apt-get install %s)",
		    oracle->command[0], oracle->command[0]);
	if (error != 0)
		errx(1, "%s: %s", oracle->command[0], strerror(error));
	posix_spawn_file_actions_destroy(&actions);
	close(to[0]);
	close(from[1]);
	oracle->answer = from[0];
	oracle->question = fdopen(to[1], "w");
	if (oracle->question == NULL)
		err(1, "fdopen");
}

FILE *
oracle_begin(struct oracle *oracle)
{
	if (oracle->process == 0)
		start(oracle);
	fprintf(oracle->question, "(reset)\n(set-option :rlimit %d)\n",
	    STEPS_MAX);
	return oracle->question;
}

/* More of its answer; false: there is none. */
static bool
hear(struct oracle *oracle, size_t *length)
{
	struct pollfd descriptor = { oracle->answer, POLLIN, 0 };
	ssize_t count;

	if (*length + 1 == sizeof(oracle->text) ||
	    poll(&descriptor, 1, SILENCE_MAX) != 1)
		return false;
	count = read(oracle->answer, oracle->text + *length,
	    sizeof(oracle->text) - 1 - *length);
	if (count <= 0)
		return false;
	*length += (size_t)count;
	oracle->text[*length] = '\0';
	return true;
}

const char *
oracle_listen(struct oracle *oracle)
{
	size_t length = 0;
	char *end;

	fprintf(oracle->question, "(echo \"%s\")\n", mark);
	fflush(oracle->question);
	do {
		if (!hear(oracle, &length)) {
			oracle_close(oracle);
			return NULL;
		}
		end = strstr(oracle->text, mark);
	} while (end == NULL || end[sizeof(mark) - 1] != '\n');
	*end = '\0';
	return oracle->text;
}

enum oracle_verdict
oracle_judge(struct oracle *oracle)
{
	const char *answer;

	fputs("(check-sat)\n", oracle->question);
	answer = oracle_listen(oracle);
	if (answer == NULL || strcmp(answer, "unknown\n") == 0 ||
	    strcmp(answer, "timeout\n") == 0)
		return ORACLE_UNKNOWN;
	if (strcmp(answer, "unsat\n") == 0)
		return ORACLE_UNSATISFIABLE;
	return strcmp(answer, "sat\n") == 0 ? ORACLE_SATISFIABLE :
	    ORACLE_CONFUSED;
}
