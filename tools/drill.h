/* SPDX-License-Identifier: MIT */
/*
 * Test files, each run in its estate.  How the results are printed,
 * drill_*.c know; what they come to for a shell, test.c.
 */
#ifndef TOOLS_DRILL_H
#define TOOLS_DRILL_H

#include <regex.h>

#include "simulator/rehearsal.h"
#include "tools/brood.h"
#include "tools/coverage.h"
#include "tools/output.h"
#include "tools/suite_file.h"
#include "tools/watch.h"

/* A test, or a guarantee, and what came of it. */
struct drill_item {
	const char	*name;		/* of a guarantee: its id and name */
	size_t		 line;
	size_t		 first, count;	/* its cases in the rehearsal */
	enum outcome	 outcome;
};

struct drill_file {
	struct suite_file		 file;
	struct rehearsal_options	 options;
	struct rehearsal_stage		 stage;
	int				 code;	/* why nothing of it was run: an
						 * exit code; or EXIT_FINE */
	struct rehearsal		 rehearsal;
	struct weights			 weights;	/* if covering */
	LIST(struct drill_item)		 items;
};

/* Something that is demanded of the tests themselves, and what came of it. */
struct drill_demand {
	const char	*suite;		/* "coverage" or "mutants" */
	const char	*name;
	const char	*path;		/* of the mutant's policy; or NULL */
	struct place	 place;		/* in it */
	const char	*message;	/* of what has not passed */
	enum outcome	 outcome;
};

struct drill {
	struct arena		*arena;
	struct venue		 venue;		/* what the options say */
	struct proof_options	 proof;
	const regex_t		*wanted;	/* or NULL: all */
	size_t			 shard, shards;	/* from 1; no shards: all */
	bool			 quiet;
	bool			 covering;	/* find out what has weight, */
	bool			 sparing;	/* and what is spare */
	size_t			 least;		/* coverage that is demanded,
						 * in hundredths; or 0 */
	struct coverage		 coverage;	/* then, after drill_finish() */
	LIST(struct drill_file *) files;
	LIST(const struct brood *) broods;	/* of each estate; none: no
						 * mutants were tried */
	LIST(struct drill_demand) demands;	/* after drill_demand(); those
						 * of a suite together */
	size_t			 found;		/* items of all shards */
	size_t			 counts[OUTCOME_COUNT];	/* items */
	bool			 bug;		/* a witness that is none */
};

/* Runs the tests and guarantees of a file.  Faults of it are said on standard
 * error, at their places. */
void		 drill_run(struct drill *, const char *path);

/* After the last file. */
void		 drill_finish(struct drill *);

/* Tries the mutants of all estates, each against the files that speak of it;
 * but not when something has not passed, which is said on standard error. */
void		 drill_breed(struct drill *, const struct brood_use *);
/* What those come to for a shell. */
int		 drill_brood_code(const struct drill *);

/* Judges the tests themselves, once no more is run. */
void		 drill_demand(struct drill *);
/* How many demands came to that. */
size_t		 drill_count_demands(const struct drill *, enum outcome);

/* How files that a test names are come by; the context is the drill_file. */
extern const struct rehearsal_stage drill_stage;

/* The document that a word of `overlay' names, from where the file stands. */
const char	*drill_overlay(struct arena *, const struct drill_file *,
		    struct word);

/* Notes every file on which the results hang. */
void		 drill_watch(const struct drill *, struct watch *);

/* Cases, told. */

struct place	 drill_place(const struct drill_file *,
		    const struct rehearsal_case *);
/* What was expected and what came of it: lower case, no stop. */
const char	*drill_message(struct arena *, const struct rehearsal_case *);
/* The decision, or the proof, in lines of at most so many columns. */
struct word	 drill_detail(struct arena *, const struct rehearsal_case *,
		    size_t width);
/* A few words on one that has passed; or "". */
const char	*drill_remark(const struct rehearsal_case *);
/* Why nothing of a file was run, or NULL. */
const char	*drill_why(const struct drill_file *);
size_t		 drill_count_unrun(const struct drill *);
/* Expectations, of all that were run. */
size_t		 drill_count_expectations(const struct drill *);

/* Formats: the result is a struct drill. */
void		 drill_print_text(const void *, const struct output_stream *);
void		 drill_print_tap(const void *, const struct output_stream *);
void		 drill_print_junit(const void *,
		    const struct output_stream *);
void		 drill_print_json(const void *, const struct output_stream *);
/* Of coverage. */
void		 drill_print_lcov(const void *, const struct output_stream *);

#endif
