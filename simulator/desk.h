/* SPDX-License-Identifier: MIT */
/*
 * What the handles of the library are made of.  Whatever a call needs and
 * leaves lies in the desk's arena, which the next call resets; all work on it
 * is done under desk_work(), so that memory that is gone becomes a status.
 */
#ifndef SIMULATOR_DESK_H
#define SIMULATOR_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "policy/lint.h"
#include "policy/report.h"
#include "simulator/sekisho.h"
#include "simulator/story.h"
#include "simulator/submission.h"
#include "simulator/testimony.h"

enum estate_state {
	ESTATE_STATE_OPEN,
	ESTATE_STATE_CLOSED,	/* read only: other threads may look at it */
	ESTATE_STATE_BROKEN	/* nothing may rest on it */
};

struct sekisho_estate {
	struct well		 well;
	struct arena		*arena;
	enum estate_state	 state;
	struct assumptions	 assumptions;
	const char		*name;		/* of what was read */
	const struct estate	*estate;	/* NULL: none was read */
	struct submissions	 submissions;
	struct exhibits		 exhibits;
	struct court		 court;		/* once it is closed */
};

/* A guarantee of the last call. */
struct promise {
	struct proof		 proof;
	struct testimony	 testimony;
};

enum desk_result {
	DESK_NOTHING,
	DESK_STORY,
	DESK_PROMISES
};

struct sekisho {
	struct well		 well;
	struct arena		*arena;		/* of the last call */
	struct arena		*rules;		/* of the linter; or NULL */
	struct lint		*lint;		/* NULL: not made yet */
	uint64_t		 budget;	/* steps for each guarantee */

	enum sekisho_status	 status;
	const char		*excuse;	/* what is said in place of
						 * findings, or NULL */
	enum desk_result	 result;
	const struct sekisho_estate *estate;	/* that was asked of */
	struct question		 question;
	struct story		 story;
	bool			 explained;	/* the story is whole */
	const struct source	*source;	/* of the guarantees */
	LIST(const struct promise *)	 promises;
	LIST(struct sekisho_guarantee)	 guarantees;
	LIST(struct sekisho_finding)	 findings;
};

/* Forgets the last call; the status is that nothing went wrong yet. */
void		 desk_clear(struct sekisho *);

/* Clears the desk for a call about the estate.  False for one that may still
 * change: it lets nobody in. */
bool		 desk_ask_of(struct sekisho *,
		    const struct sekisho_estate *);

/*
 * Does the work on the desk's arena.  False when memory was gone on the way:
 * then there is no result but that.
 */
bool		 desk_work(struct sekisho *, void (*work)(void *),
		    void *argument);

/* The call was not one that the manual allows: a constant says why. */
void		 desk_misused(struct sekisho *, const char *excuse);
/* There was no memory for it. */
void		 desk_exhausted(struct sekisho *);

/* Inside of desk_work(): all of a report; true if there is an error in it. */
bool		 desk_report(struct sekisho *, const struct report *);
/* Likewise what is wrong with a question of that line. */
void		 desk_fault(struct sekisho *, const struct source *,
		    const struct question_fault *);
/* What need not be wrong. */
void		 desk_doubt(struct sekisho *, const struct source *,
		    const struct question_fault *);

/* Likewise what takes longer to find than the verdict of the story. */
void		 desk_complete(struct sekisho *);

/*
 * Inside of desk_work(): what lies there, as sekisho_messages() and its
 * neighbours say it.  The columns are of lines for people.
 */
const char	*desk_messages(struct sekisho *, unsigned);
const char	*desk_summary(struct sekisho *, unsigned);
const char	*desk_explanation(struct sekisho *, unsigned columns);
const char	*desk_json(struct sekisho *, unsigned);

/* The caller's text as a source; all of it is copied. */
const struct source	*desk_source(struct arena *, const char *name,
			    const char *text, size_t length);

#endif
