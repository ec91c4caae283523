/* SPDX-License-Identifier: MIT */
/*
 * Where questions are asked: the estate and the documents of the command
 * line, read and made ready.  What is asked is not known here.
 */
#ifndef TOOLS_VENUE_H
#define TOOLS_VENUE_H

#include "simulator/summons.h"
#include "tools/option.h"
#include "tools/setting.h"

/* A document that an option names: of scp and rcp, a level of it. */
struct deposit {
	enum layer	 layer;
	const char	*files;		/* of scp and rcp, parted by commas */
};

struct venue {
	struct arena		*arena;
	const char		*estate;	/* --estate, or NULL */
	const char		*catalog;	/* --catalog, or NULL */
	const char		*sketch;	/* text of an estate that options
						 * make; NULL: none */
	const char		*narrowing;	/* text of another, for whose
						 * actions promises are in the
						 * one that is read; or NULL */
	struct assumptions	 assumptions;
	LIST(struct deposit)	 deposits;
	LIST(const char *)	 remarks;	/* what was understood without
						 * being said: sentences */
	struct setting		 setting;	/* sekisho.json */
	struct exhibits		 exhibits;
	size_t			 brought;	/* documents of options */
	const struct estate	*refused;	/* was read, and cannot be relied
						 * on; NULL: none */
	struct court		 court;
};

/* A document that comes in the place of one of the estate's. */
struct overlay {
	const struct phrase	*phrase;
	struct word		 old;		/* a name, or the end of one */
	const char		*file;
	const struct reference	*reference;	/* what it replaces */
	const struct policy	*policy;	/* NULL: it is faulty */
	bool			 unreadable;	/* the file is */
};

/* Follows --assume; a wrong one ends the command. */
void	 venue_assume(struct venue *, const char *text);
/* --estate, the documents and --assume, of a struct venue that has its
 * arena. */
extern const struct option_row venue_options[];

/*
 * Reads everything.  The estate is looked for where estate_file.h says, but
 * documents without --estate have none.  Faults of documents are printed, and
 * leave their layer refused; what cannot be read ends the command.
 */
void	 venue_open(struct venue *, struct arena *);
/* The same, but an estate that cannot be relied on does not end the command:
 * it is the exit code that it deserves, else EXIT_FINE.  The court keeps
 * pointers into the venue, which must stay where it is. */
int	 venue_try(struct venue *, struct arena *);
/* Reads only sekisho.json and the facts about services, if nothing has yet: for
 * whom the latter matter before the estate. */
void	 venue_settle(struct venue *, struct arena *);

/*
 * What `OLD=NEW' or `NEW' means, and the document, into that arena.  False with
 * the fault when there is no such policy or no such file; the command goes on.
 */
bool	 venue_find_overlay(const struct venue *, struct arena *,
	    const struct phrase *, struct overlay *, struct question_fault *);

/* The same court, with an archive of its own in that arena. */
struct court	 venue_court(const struct venue *, struct arena *);

/* That it does, as a sentence. */
const char	*venue_remark(struct arena *, const struct overlay *);

/*
 * Puts documents in the place of files that the estate names: NEW for the one
 * of the same base name, or OLD=NEW.  EXIT_FINE, or an exit code with the
 * fault: it is none of the estate's, may be several, or cannot be read.
 */
int	 venue_overlay(struct venue *, const struct phrases *,
	    struct question_fault *);

#endif
