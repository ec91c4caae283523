/* SPDX-License-Identifier: MIT */
/*
 * What the tests of all files have come across in the policies of all their
 * estates: by file, and by place in it.
 */
#ifndef TOOLS_COVERAGE_H
#define TOOLS_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/json.h"
#include "simulator/weight.h"
#include "tools/output.h"

/* A part of a policy. */
struct coverage_part {
	const struct policy	*policy;
	const struct part	*part;
	struct place		 place;
	bool			 decisive;
	bool			 spare;		/* in all estates */
};

struct coverage_file {
	const char			*name;
	const struct source		*source;
	LIST(struct coverage_part)	 parts;		/* by place */
	size_t				 decisive, spare;
};

struct coverage {
	struct arena			*arena;
	LIST(struct coverage_file)	 files;		/* by name */
	bool				 proved;	/* spare ones were
							 * looked for */
	size_t				 parts, decisive, spare;
};

/* Adds what was found out of one estate; finish orders and counts it. */
void	 coverage_add(struct coverage *, const struct weights *);
void	 coverage_finish(struct coverage *);
/* What has decided in some estate need not in another: after finish. */
void	 coverage_share(const struct coverage *, struct weights *);

/* In hundredths of what is not spare, rounded down; 100 of nothing. */
size_t	 coverage_percent(size_t parts, size_t decisive, size_t spare);

/* A line for each file, and the lines of those in which parts are left. */
void	 coverage_print_text(const struct coverage *,
	    const struct output_stream *, bool quiet);
void	 coverage_print_lcov(const struct coverage *,
	    const struct output_stream *);
/* The member `coverage' of an object that is open. */
void	 coverage_write_json(const struct coverage *, struct json *);

#endif
