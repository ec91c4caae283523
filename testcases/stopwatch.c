/* SPDX-License-Identifier: MIT */
/*
 * usage: stopwatch RUNS COMMAND [ARGUMENT...]
 *
 * Runs a command again and again, its output thrown away, and prints the
 * shortest time and the peak of memory.  For `make bench'; no test.
 */
#include "config.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static _Noreturn void
run(char **argv)
{
	int nowhere = open("/dev/null", O_WRONLY);

	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

static double
take_time(char **argv)
{
	double start = now();
	pid_t child = fork();
	int status;

	if (child < 0)
		err(1, "fork");
	if (child == 0)
		run(argv);
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > 4)
		errx(1, "%s did not end well", argv[0]);
	return now() - start;
}

int
main(int argc, char **argv)
{
	struct rusage usage;
	double best = 1e9;

	if (argc < 3)
		errx(2, "usage: stopwatch RUNS COMMAND [ARGUMENT...]");
	for (int i = atoi(argv[1]); i > 0; i--) {
		double taken = take_time(argv + 2);

		if (taken < best)
			best = taken;
	}
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.1f ms, %.1f MB\n", best * 1000,
	    (double)usage.ru_maxrss / 1024);
	return 0;
}
