/* SPDX-License-Identifier: MIT */
/*
 * A test file (sekisho(5)): an estate, names for what is used often, tests
 * with expectations, and guarantees.  Reading finds faults and goes on; what
 * it all comes to is not known here.
 */
#ifndef SIMULATOR_SUITE_H
#define SIMULATOR_SUITE_H

#include <stdbool.h>

#include "policy/json.h"
#include "policy/report.h"
#include "policy/source.h"
#include "simulator/guarantee.h"
#include "simulator/question.h"

enum expectation_kind {
	EXPECT_ALLOW,
	EXPECT_DENY,
	EXPECT_DEPENDS,
	EXPECT_LINT
};

/*
 * allow|deny|depends SENTENCE [because LAYER [SID]] [on KEY,...]
 * lint finds (RULE,...|nothing) [from SEVERITY] [in FILE]
 */
struct expectation {
	enum expectation_kind	 kind;
	struct question		 question;
	bool			 has_layer;	/* because */
	enum layer		 layer;
	struct phrase		 sid;		/* or absent */
	struct phrases		 keys;		/* of depends ... on */
	struct phrases		 rules;		/* of lint; none: nothing */
	enum severity		 severity;	/* and what is worse */
	struct phrase		 file;		/* absent: all policies of the
						 * estate */
	struct span		 span;
};

struct suite_test {
	struct word		 name;
	struct span		 span;
	LIST(struct expectation) expectations;
};

/* expect broken ID... in ESTATE: gaps that are known. */
struct known_gap {
	struct phrases		 ids;
	struct phrase		 estate;	/* file; absent: in any */
	struct span		 span;
};

struct suite {
	const struct source	*source;
	struct phrase		 estate;	/* file; absent: not said */
	LIST(struct suite_test)	 tests;
	LIST(struct guarantee)	 guarantees;
	LIST(struct known_gap)	 gaps;
};

/*
 * Reads the text form, or the JSON twin when the source begins with a brace.
 * Every fault is a finding at its place that says what was expected; the rest
 * of the file is read all the same.  Never NULL.  A suite with a finding of
 * severity error may lack what the file meant to say: prove nothing with it.
 */
const struct suite	*suite_read(struct arena *, const struct source *,
			    struct report *);

/*
 * The suite in either form (suite.schema.json), names put in and tables
 * unfolded.  Reading one of them and writing the other changes nothing.
 */
const char		*suite_text(struct arena *, const struct suite *);
void			 suite_print_json(struct json *,
			    const struct suite *);

/* One line of a test, as it stands in the text form. */
const char		*expectation_text(struct arena *,
			    const struct expectation *);

/* The file says that the promise is known to be broken in the estate, which
 * is named by its path or the last part of that; NULL: it has none. */
bool			 suite_expects_broken(const struct suite *,
			    const struct guarantee *, const char *estate);

/* Ends with a NULL id. */
extern const struct complaint suite_complaints[];

#endif
