/* SPDX-License-Identifier: MIT */
/*
 * How many random cases a test tries, from which seed on.  The environment
 * variable SEKISHO_SAMPLE is how many per cent of them are enough, where the
 * same cases are tried elsewhere.
 */
#ifndef TESTCASES_SAMPLE_H
#define TESTCASES_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

struct sample {
	uint64_t	count, seed;
	bool		print;		/* every case */
};

/*
 * Reads [-n COUNT] [-p] [-s SEED]; ends the program when there is anything
 * else.  Without -n the count is the one that stands in the sample.
 */
void	 sample_read(struct sample *, int argc, char **argv);

#endif
