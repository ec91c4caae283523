/* SPDX-License-Identifier: MIT */
/* What each kind of word proposes; only proposal*.c has a use for it. */
#ifndef SIMULATOR_PROPOSAL_ROW_H
#define SIMULATOR_PROPOSAL_ROW_H

#include "simulator/proposal.h"

/* The word begins so, but for ASCII case. */
bool		 proposal_fits(const struct proposals *, struct word);
/* Adds a word, which is put into quotes where that is needed. */
void		 proposal_add(struct proposals *, struct word,
		    struct word says, bool open);
/* The same behind a text that needs no quotes. */
void		 proposal_add_behind(struct proposals *, const char *text,
		    struct word);

void		 proposal_principals(struct proposals *);
void		 proposal_roles(struct proposals *);
void		 proposal_resources(struct proposals *);
void		 proposal_ways(struct proposals *);
void		 proposal_policies(struct proposals *);
void		 proposal_actions(struct proposals *);
void		 proposal_keys(struct proposals *);
void		 proposal_pairs(struct proposals *);

/* The actions that a name stands for: itself, or the parts of a call. */
struct proposal_actions {
	LIST(const struct action *)	 list;
};

struct proposal_actions	 proposal_meant(const struct proposals *);

#endif
