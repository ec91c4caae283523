/* SPDX-License-Identifier: MIT */
/*
 * A question as somebody asks it: who, what, on which resources, which way.
 * Words are as they were written; what they name in an estate, summons_*.c
 * find out.  The text form is sentence.c's, the JSON form is read here.
 */
#ifndef SIMULATOR_QUESTION_H
#define SIMULATOR_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/list.h"
#include "policy/source.h"
#include "policy/text.h"
#include "simulator/derive.h"
#include "simulator/word.h"

/* A word and where it stands in what the user typed. */
struct phrase {
	struct word	 word;		/* absent: not said */
	struct span	 span;
};

struct phrases {
	LIST(struct phrase)	 list;
};

/* `with KEY=VALUE', or `without KEY'. */
struct given_key {
	struct phrase		 name;
	const struct word	*values;
	size_t			 count;
	bool			 absent;	/* `without' */
	bool			 listed;	/* was written as a list */
};

struct question {
	struct phrase		 principal;
	struct phrase		 action;
	struct phrases		 resources;
	struct phrases		 via;		/* roles, in order */
	struct phrases		 through;	/* none, one, or one a hop */
	struct phrase		 named;		/* session name */
	bool			 mfa;
	enum credential		 credential;
	LIST(struct given_key)	 keys;
	struct phrases		 overlays;	/* files */
	bool			 closed;	/* --absent */
	bool			 any;		/* of any request that fits: what
						 * nobody speaks of may be so or
						 * so, also what a caller chooses */
	bool			 own;		/* a resource of which nobody says
						 * whose it is, is of the caller's
						 * account */
	struct phrase		 time;		/* --at */
};

/* Why a question cannot be asked. */
struct question_fault {
	const char	*message;	/* lower case, no stop */
	struct span	 span;		/* of what the user typed */
	const char	*help;		/* candidates and the like, or NULL */
};

/* The key can be given, or be `absent', besides what the question says of
 * keys already; else the fault says why not. */
bool	 question_has_room(struct arena *, const struct question *,
	    const struct phrase *key, bool absent, struct question_fault *);

/*
 * Reads the object form: {"principal", "action", "resource" or "resources",
 * "via", "through", "mfa", "named", "credential", "with": {}, "without": [],
 * "absent", "at"}; "id" is the caller's.  False with the fault when it makes
 * no sense.
 */
bool	 question_read(struct arena *, const struct node *object,
	    struct question *, struct question_fault *);

#endif
