/* SPDX-License-Identifier: MIT */
/* What the parts of what.c share; nobody else includes this. */
#ifndef SIMULATOR_WHAT_ROW_H
#define SIMULATOR_WHAT_ROW_H

#include "simulator/inquest.h"
#include "simulator/what.h"

/* Resources that are spoken of together. */
struct ground {
	struct word		 text;		/* "arn:aws:s3:::bucket/x*", "*" */
	struct pattern		 pattern;
	signed char		*acting;	/* by action_index(): an action acts
						 * on some of it (1), does not
						 * (-1), was not asked (0) */
};

struct actions {
	LIST(const struct action *) list;	/* in the catalogue's order */
};

/* Actions on one ground that the same statements leave open alike. */
struct deed {
	uint64_t		 hash;
	bool			 certain;	/* allowed, whatever is open */
	const struct ground	*ground;
	struct word		 sample;	/* of the ground, as the first
						 * action takes it */
	struct actions		 actions;
	const struct answer	*answer;	/* of the first */
	struct residue		 residue;
	enum census_verdict	 verdict;
	const struct answer	*witness;
	const char		*reason;
};

struct guards;

struct what {
	struct arena			*arena;
	struct arena			*scratch;
	const struct court		*court;
	const struct census_use		*use;
	struct census			*census;
	struct question			 question;
	struct actor			 actor;		/* whoever asks */
	const struct estate_principal	*principal;	/* or NULL */
	bool				 trusting;	/* of another account */
	struct word			 partition, account;
	const struct word		*names;		/* of actions, by their
							 * index */
	const struct guards		*guards;	/* what listed policies
							 * deny */
	LIST(const struct ground *)	 grounds;
	LIST(struct deed)		 deeds;
	bool				 impossible;	/* something of the
							 * question is */
	size_t				 done, all;
};

/* A resource of the ground that the action takes; absent when there is none.
 * `*on' says whether the action acts on the ground at all. */
struct word	 what_sample(struct what *, const struct action *,
		    const struct ground *, bool *on);

/* The sample in the Region and account of another resource; absent when the
 * action takes none there. */
struct word	 what_sample_beside(struct what *, const struct action *,
		    const struct ground *, struct word sample,
		    struct word other);

/* The name is a word of the arena of the question. */
struct word	 what_name(const struct what *, const struct action *);

/* Decides one action on a ground, notes whether it acts there, and folds it
 * in. */
void		 what_decide(struct what *, const struct action *,
		    const struct ground *);
/* The question about an action and a resource, whose keys and ways may still
 * be added to; and whether each request of it is surely allowed. */
struct question	*what_question(struct what *, struct arena *,
		    const struct action *, struct word resource);
bool		 what_allows(struct what *, struct arena *,
		    struct question *);
/* The element may match something of the pattern: of an entry with variables
 * nobody knows what it comes to. */
bool		 what_overlaps(const struct resource_element *,
		    const struct pattern *);
/* A key about the resource, which another one may have otherwise. */
bool		 what_is_about_resource(const struct test *);
/* Listed resources and roles whose policies deny something; and what these may
 * deny on the ground, added to what is left open of an answer about it. */
const struct guards	*what_list_guards(struct what *);
void		 what_add_denials(struct what *, struct arena *,
		    const struct answer *, const struct ground *,
		    struct residue *);
/* Proves what is open. */
void		 what_settle(struct what *);

/*
 * The fewest names and patterns for those actions, so that a pattern matches
 * nothing else of the catalogue that acts on the ground, but for the
 * exceptions: of almost all actions, the others are named.  Without a place
 * for them (NULL) there are none.
 */
struct words	 what_fold_names(struct what *, const struct actions *,
		    const struct ground *, struct words *except);

#endif
