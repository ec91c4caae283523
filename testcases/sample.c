/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <err.h>
#include <stdlib.h>
#include <unistd.h>

#include "testcases/sample.h"

enum { PER_CENT = 100 };

static uint64_t
read_number(const char *text)
{
	char *end;
	uint64_t number = strtoull(text, &end, 10);

	if (*text == '\0' || *end != '\0')
		errx(2, "%s is no number", text);
	return number;
}

/* At least one: a test of nothing holds always. */
static uint64_t
thin(uint64_t count)
{
	const char *share = getenv("SEKISHO_SAMPLE");
	uint64_t rest = share == NULL || *share == '\0' ? count :
	    count * read_number(share) / PER_CENT;

	return rest == 0 ? 1 : rest;
}

void
sample_read(struct sample *sample, int argc, char **argv)
{
	int option;

	sample->count = thin(sample->count);
	while ((option = getopt(argc, argv, "n:ps:")) != -1) {
		if (option == 'n')
			sample->count = read_number(optarg);
		else if (option == 's')
			sample->seed = read_number(optarg);
		else if (option == 'p')
			sample->print = true;
		else
			errx(2, "usage: %s [-n COUNT] [-p] [-s SEED]",
			    getprogname());
	}
}
