/* SPDX-License-Identifier: MIT */
/*
 * A named guarantee while its text is written: rows of conditions, lists and
 * exceptions of the perimeter.  What is promised, named.c knows.
 */
#ifndef SIMULATOR_NAMED_SCRIPT_H
#define SIMULATOR_NAMED_SCRIPT_H

#include "simulator/perimeter.h"
#include "simulator/script.h"
#include "simulator/summons.h"

struct named_script {
	const struct court	*court;
	const struct estate	*estate;
	struct perimeter	 perimeter;
	struct script		 script;
	const char		*before;	/* the next of a row: ` must' */
	const char		*between;	/* and those behind it: ` or' */
	size_t			 promises;	/* written so far */
	const char		*lack;		/* why it cannot be written; or
						 * NULL */
};

void	 named_script_init(struct named_script *, struct arena *,
	    const struct court *);

/* Something that a guarantee needs is not said; the first counts. */
void	 named_lack(struct named_script *, const char *why);

void	 named_say(struct named_script *, const char *text);
/* `every allowed request', under what is assumed of a court with exhibits. */
void	 named_every(struct named_script *, const char *scope);
/* Layers that are not there allow everything: behind the scope. */
void	 named_assuming(struct named_script *);

/* Conditions in a row, which begins with one word and goes on with another:
 * both NUL-terminated, blanks included. */
void	 named_row(struct named_script *, const char *before,
	    const char *between);
void	 named_item(struct named_script *, const char *text);
/* TEXT VALUE VALUE, TEXT WORD,WORD: nothing when there are none. */
void	 named_test(struct named_script *, const char *text,
	    const struct node *values);
void	 named_list(struct named_script *, const char *text,
	    const struct node *words);
/* TEXT and the accounts that are ours. */
void	 named_ours(struct named_script *, const char *text);
/* TEXT and the organization; nothing without one. */
void	 named_organization(struct named_script *, const char *text);
/* Each exception of a list, in brackets. */
void	 named_exceptions(struct named_script *, const struct node *list);

#endif
