/* SPDX-License-Identifier: MIT */
/*
 * Walks a policy and calls every rule that is about its layer.  The caller
 * hands in the tables of rules; lint.c knows none of them.
 */
#ifndef POLICY_LINT_H
#define POLICY_LINT_H

#include <stdbool.h>

#include "policy/rule.h"

/* What sekisho.json or the command line says of one rule. */
struct lint_choice {
	const char		*id;
	bool			 off;
	bool			 has_severity;
	enum severity		 severity;
	const struct node	*options;
};

/* A selection of rules, made ready once and used for many documents. */
struct lint;

/*
 * `tables' ends with NULL; each table ends with a row without id.  Choices
 * may name complaints of the text and the reader too.  The arena must live
 * as long as the selection.
 */
struct lint	*lint_new(struct arena *, const struct rule *const *tables,
		    const struct catalog *, const struct lint_choice *choices,
		    size_t choice_count);

/* The choices let that rule speak. */
bool		 lint_runs(const struct lint *, const struct complaint *);
/* Gives a finding the severity that was chosen for its rule; where that one is
 * off, it is told as what it is a case of.  False when nobody asked for it. */
bool		 lint_choose(const struct lint *, struct finding *);

/*
 * Adds the findings of all rules on the subject to the report, which may hold
 * those of text, reader and envelope already.  Sets subject->expander and
 * ->catalog.
 */
void		 lint_check(struct lint *, struct subject *, struct report *);

/*
 * After every policy of a document was checked: applies the choices, removes
 * findings that a more specific one at the same span supersedes, fills in
 * pointers, and sorts by place.  The texts are those of struct document.
 */
void		 lint_settle(struct lint *, const struct text *const *texts,
		    size_t count, struct report *);

/*
 * All complaints there are, one a call: those of text, reader and envelope,
 * then the rules of each table.  Start with a zeroed cursor; NULL ends.
 */
struct lint_cursor {
	size_t			 table;
	size_t			 row;
	const struct rule	*rule;	/* of the last one, NULL if no rule's */
};
const struct complaint	*lint_next(const struct rule *const *tables,
			    struct lint_cursor *);

/* The complaint of that id, or NULL; and the nearest ids for messages. */
const struct complaint	*lint_find(const struct rule *const *tables,
			    const char *id);
const struct complaint	*lint_nearest(const struct rule *const *tables,
			    const char *id);

#endif
