/* SPDX-License-Identifier: MIT */
/*
 * usage: load [-n COUNT] FILE...
 *
 * How many decisions there are in a second of processor time: the cases of all
 * files, read and compiled once, each decided in its turn.  For `make bench'; no test.
 */
#include "config.h"

#include <sys/resource.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "simulator/docket.h"

enum { MILLION = 1000000, CASES_MAX = 256 };

struct load {
	struct arena		*arena;
	struct assumptions	 assumptions;
	struct docket_facts	 facts;
	struct docket		 dockets[CASES_MAX];
	size_t			 count;
};

/* The documents stay where they are: the dockets point into them. */
static void
add_case(struct load *load, const char *path, const char *line, size_t length)
{
	const char *copy = arena_copy(load->arena, line, length);
	const struct source *source = source_new(load->arena, path, copy,
	    length);
	struct docket_fault fault = { .message = "no JSON" };
	const struct text *text;
	struct report report;

	report_init(&report, load->arena, source);
	text = text_read(load->arena, source, &report);
	if (load->count == CASES_MAX || text->root == NULL ||
	    !docket_read(load->arena, &load->facts, text, text->root,
	    &load->dockets[load->count], &fault))
		errx(1, "%s: %s", path, fault.message);
	load->count++;
}

static void
read_file(struct load *load, const char *path)
{
	FILE *file = fopen(path, "r");
	size_t capacity = 0;
	char *line = NULL;
	ssize_t length;

	if (file == NULL)
		err(1, "%s", path);
	while ((length = getline(&line, &capacity, file)) > 0)
		add_case(load, path, line, (size_t)length);
	free(line);
	fclose(file);
}

static double
processor_time(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static size_t
decide(const struct load *load, size_t decisions)
{
	size_t allowed = 0;

	for (size_t i = 0; i < decisions; i++) {
		const struct docket *docket = &load->dockets[i % load->count];

		allowed += decision_make(&docket->request, &docket->policies,
		    &load->assumptions, NULL).verdict == VERDICT_ALLOWED;
	}
	return allowed;
}

int
main(int argc, char **argv)
{
	static struct load load;
	size_t decisions = MILLION;
	struct rusage usage;
	double start, taken;
	size_t allowed;
	int option;

	while ((option = getopt(argc, argv, "n:")) != -1) {
		if (option != 'n')
			errx(2, "usage: load [-n COUNT] FILE...");
		decisions = strtoul(optarg, NULL, 10);
	}
	load.arena = arena_new();
	if (load.arena == NULL)
		errx(1, "no memory");
	load.facts = (struct docket_facts){
		.catalog = &catalog_builtin,
		.assumptions = &load.assumptions,
		.charter = CHARTER_INDEXED,
	};
	for (int i = optind; i < argc; i++)
		read_file(&load, argv[i]);
	if (load.count == 0)
		errx(2, "no cases");
	start = processor_time();
	allowed = decide(&load, decisions);
	taken = processor_time() - start;
	getrusage(RUSAGE_SELF, &usage);
	printf("%.0f a second, %zu of %zu allowed, %.1f MB\n",
	    (double)decisions / taken, allowed, decisions,
	    (double)usage.ru_maxrss / 1024);
	arena_free(load.arena);
	return 0;
}
