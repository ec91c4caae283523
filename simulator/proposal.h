/* SPDX-License-Identifier: MIT */
/*
 * What may stand next in a line that is not finished, of the grammar of
 * questions: for shells, which offer it to whoever types.
 */
#ifndef SIMULATOR_PROPOSAL_H
#define SIMULATOR_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/catalog.h"
#include "simulator/estate.h"
#include "simulator/sentence.h"

/* What a place takes; a set of these. */
enum proposal_kind {
	PROPOSE_PRINCIPAL = 1 << 0,
	PROPOSE_ROLE = 1 << 1,
	PROPOSE_ACTION = 1 << 2,
	PROPOSE_RESOURCE = 1 << 3,	/* that the action is made on */
	PROPOSE_WAY = 1 << 4,
	PROPOSE_KEY = 1 << 5,		/* that the action has */
	PROPOSE_PAIR = 1 << 6,		/* likewise, and its values */
	PROPOSE_CLAUSE = 1 << 7,	/* words of the grammar */
	PROPOSE_POLICY = 1 << 8,	/* that an overlay replaces */
	PROPOSE_FILE = 1 << 9		/* only noted: see `files' */
};

/* Where the line is typed. */
struct proposal_scene {
	const struct catalog	*catalog;
	const struct estate	*estate;
	struct word		 action;	/* that is meant when the line names
						 * none, or absent */
	bool			 has_principal;	/* who asks is known already */
};

struct proposal {
	const char	*text;		/* as it is typed, quotes and all */
	const char	*says;		/* a few words about it, or NULL */
	bool		 open;		/* more of the word follows */
};

enum { PROPOSALS_MAX = 2000 };		/* names of the estate */

struct proposals {
	struct arena			*arena;
	const struct proposal_scene	*scene;
	struct tokens			 tokens;	/* before the word that is
							 * not finished */
	struct word			 partial;	/* that word, so far */
	struct span			 span;		/* of it; it is replaced */
	struct word			 action;	/* that the line names, else
							 * the scene's */
	LIST(struct proposal)		 list;
	bool				 more;		/* names than that */
	bool				 files;		/* names of files, too */
};

/* Takes a line up to the cursor apart; nothing is proposed yet. */
void	 proposal_begin(struct arena *, const struct proposal_scene *,
	    struct word line, struct proposals *);

/* The next word of a question that begins with that token. */
void	 proposal_question(struct proposals *, size_t first);
/* The same of one in which nobody asks, or in which nothing is done. */
void	 proposal_call(struct proposals *, size_t first);
void	 proposal_caller(struct proposals *, size_t first);
/* The next word of what sentence_read_change() takes. */
void	 proposal_change(struct proposals *, size_t first);

/* Whatever of these kinds begins as the word does. */
void	 proposal_of(struct proposals *, unsigned kinds);
/* A word of somebody else's, if it begins so. */
void	 proposal_word(struct proposals *, const char *text,
	    const char *says);
/* The same of one to which more will be typed. */
void	 proposal_open_word(struct proposals *, const char *text,
	    const char *says);
/* In the order of the alphabet, each once. */
void	 proposal_finish(struct proposals *);

#endif
