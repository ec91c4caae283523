/* SPDX-License-Identifier: MIT */
/*
 * A suite run in a court: what was expected of each question and what came
 * of it, and each guarantee with its proof.  Nothing is printed, and no file
 * is opened: what stands in files that a test names, a stage has at hand.
 */
#ifndef SIMULATOR_REHEARSAL_H
#define SIMULATOR_REHEARSAL_H

#include "simulator/proof.h"
#include "simulator/story.h"
#include "simulator/suite.h"

/* Only what has passed is as the suite says; failing is zero. */
enum outcome {
	OUTCOME_FAILED = 0,
	OUTCOME_PASSED,
	OUTCOME_UNDECIDED,		/* nobody knows: the verdict hangs on
					 * something that is open, or the proof
					 * came to no end */
	OUTCOME_FAULTY,			/* it cannot be asked: see the fault */
	OUTCOME_COUNT
};

/* What the linter says of a policy. */
struct rehearsal_finding {
	const char	*rule;
	enum severity	 severity;
	const char	*place;		/* "file:line:column" */
	const char	*message;
};

struct rehearsal_findings {
	LIST(struct rehearsal_finding)	 list;
};

/* An expectation of a test, or a guarantee, and what came of it. */
struct rehearsal_case {
	const struct suite_test		*test;		/* NULL: a guarantee */
	const struct expectation	*expectation;	/* NULL: likewise */
	const struct guarantee		*guarantee;	/* NULL: a test */
	enum outcome			 outcome;
	const char			*reason;	/* why it has not
							 * passed: lower case,
							 * no stop; or NULL */
	struct question_fault		 fault;		/* of a faulty one, at a
							 * span of the suite */
	const struct court		*court;		/* with its overlays */
	const struct story		*story;		/* the decision; NULL:
							 * a guarantee, of the
							 * linter, or faulty */
	struct rehearsal_findings	 findings;	/* of the linter */
	const struct proof		*proof;		/* NULL: a test */
	bool				 expected_broken; /* a known gap */
};

/* Whoever has files at hand; a function may be NULL, and what needs it is then
 * faulty. */
struct rehearsal_stage {
	void	*context;
	/* A court with these documents in it; NULL with the fault. */
	const struct court	*(*overlay)(void *context,
				    const struct phrases *,
				    struct question_fault *);
	/* What the linter finds where the expectation says; false with the
	 * fault. */
	bool			 (*lint)(void *context,
				    const struct expectation *,
				    struct rehearsal_findings *,
				    struct question_fault *);
};

struct rehearsal_options {
	struct proof_options	 proof;
	const char		*estate;	/* its path, for known gaps; or
						 * NULL */
	bool			 first;		/* stop at the first that has
						 * not passed */
	const struct rehearsal_stage *stage;	/* NULL: none of its functions
						 * is there */
};

struct rehearsal {
	LIST(struct rehearsal_case)	 cases;	/* in the order of the suite:
						 * tests, then guarantees */
	size_t				 counts[OUTCOME_COUNT];
};

/* "failed", "passed", ... */
const char	*outcome_name(enum outcome);

/*
 * Runs all of it, into an empty rehearsal.  Everything lives in the arena.
 * Stories are settled, not found: whoever tells one to people makes it anew
 * with story_find().
 */
void		 rehearsal_run(struct arena *, const struct court *,
		    const struct suite *, const struct rehearsal_options *,
		    struct rehearsal *);

/* Runs one expectation, or guarantee, and adds it. */
void		 rehearsal_add_expectation(struct arena *,
		    const struct court *, const struct suite_test *,
		    const struct expectation *,
		    const struct rehearsal_options *, struct rehearsal *);
void		 rehearsal_add_guarantee(struct arena *,
		    const struct court *, const struct suite *,
		    const struct guarantee *,
		    const struct rehearsal_options *, struct rehearsal *);

#endif
