/* SPDX-License-Identifier: MIT */
/*
 * What was found wrong, in the order in which it was found.  A report
 * collects; it never prints and never decides whether a run has failed.
 */
#ifndef POLICY_REPORT_H
#define POLICY_REPORT_H

#include <stdarg.h>
#include <stdbool.h>

#include "policy/list.h"
#include "policy/source.h"

/* Worst last, so that levels compare; see Severities in sekisho-rules(7). */
enum severity {
	SEVERITY_NOTE,
	SEVERITY_WARNING,
	SEVERITY_SECURITY,
	SEVERITY_ERROR,
	SEVERITY_COUNT
};

/*
 * One thing that can be wrong with a document, whoever may find it.  The two
 * examples are the smallest text that must be complained of and its nearest
 * innocent neighbour; rule.h says how they are written.
 */
struct complaint {
	const char	*id;		/* kebab-case, never reused */
	enum severity	 severity;
	bool		 configured;	/* silent until sekisho.json asks */
	const char	*says;		/* the claim, one sentence, no stop */
	const char	*why;		/* the harm and the cure, sentences */
	const char	*aa;		/* Access Analyzer issue codes, or NULL */
	const char	*supersedes;	/* ids silenced at the same span, blank
					 * separated, or NULL */
	const char	*spoils;	/* ids silenced where their span is
					 * around this one's, or NULL */
	const char	*within;	/* id of what it is a case of, and told
					 * as while it is off; or NULL */
	const char	*fires_on;
	const char	*quiet_on;
};

struct related {
	struct span	 span;
	const char	*label;
};

/*
 * One complaint at one place.  All strings live in the report's arena or are
 * constants; `span' is of `source', which may be an inner source.
 */
struct finding {
	const struct complaint	*complaint;
	enum severity		 severity;
	const struct source	*source;
	struct span		 span;
	const char		*message;
	const char		*pointer;	/* JSON pointer; set by lint */
	const char		*sid;		/* of its statement, or NULL */
	const char		*help;		/* what to write instead, or NULL */
	const char		*witness;	/* a request that shows it */
	LIST(struct related)	 related;
};

struct report {
	struct arena		*arena;
	const struct source	*source;	/* of findings added from now */
	LIST(struct finding)	 findings;
};

void		 report_init(struct report *, struct arena *,
		    const struct source *);

/*
 * Adds a finding; the format makes its message (lower case, no final stop).
 * The pointer is good until the next finding is added.
 */
struct finding	*report_add(struct report *, const struct complaint *,
		    struct span, const char *format, ...)
		    __attribute__((format(printf, 4, 5)));
struct finding	*report_vadd(struct report *, const struct complaint *,
		    struct span, const char *format, va_list)
		    __attribute__((format(printf, 4, 0)));

/* Puts help, or a second label, on a finding that was just added. */
void		 report_help(struct report *, struct finding *,
		    const char *format, ...)
		    __attribute__((format(printf, 3, 4)));
void		 report_relate(struct report *, struct finding *, struct span,
		    const char *format, ...)
		    __attribute__((format(printf, 4, 5)));

const char	*severity_name(enum severity);
/* False when the word is no severity. */
bool		 severity_find(const char *name, enum severity *);

#endif
