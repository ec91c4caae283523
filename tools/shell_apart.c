/* SPDX-License-Identifier: MIT */
/* Work that may take long, which an interrupt ends without the shell. */
#include "config.h"

#include <sys/wait.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tools/exit.h"
#include "tools/safe.h"
#include "tools/shell.h"

static int
in_a_process(struct shell *shell, int (*work)(struct shell *, void *),
    void *context)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		signal(SIGINT, SIG_DFL);
		status = work(shell, context);
		_exit(fflush(stdout) == 0 ? status : EXIT_UNREADABLE);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		safe_warn("this could not be started");
		return EXIT_NO_VERDICT;
	}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	printf("\ninterrupted: nothing was decided\n");
	return EXIT_NO_VERDICT;
}

int
shell_apart(struct shell *shell, int (*work)(struct shell *, void *),
    void *context)
{
	return shell->terminal == NULL ? work(shell, context) :
	    in_a_process(shell, work, context);
}
