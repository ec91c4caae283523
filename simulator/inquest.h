/* SPDX-License-Identifier: MIT */
/*
 * Is there a call, as a question narrows it, that AWS allows to this caller or
 * to that one?  One set of formulas answers for several callers of the estate
 * and for all sorts of callers that it does not list; each is asked for by
 * what stands in the formulas for it.
 */
#ifndef SIMULATOR_INQUEST_H
#define SIMULATOR_INQUEST_H

#include "simulator/proof.h"
#include "simulator/plan.h"
#include "simulator/search.h"

enum inquest_answer {
	INQUEST_UNDECIDED = 0,		/* or only what is not modelled could
					 * allow it */
	INQUEST_NO,			/* no such call */
	INQUEST_YES			/* with a witness that decision.c has
					 * confirmed */
};

struct inquest_use {
	const struct estate_principal *const *callers;	/* of the estate */
	size_t			 caller_count;
	bool			 hopeful;	/* a policy that nobody knows allows
						 * everything, and what AWS leaves open
						 * may be so or so; else it allows
						 * nothing */
	bool			 trusting;	/* other accounts allow their callers
						 * whatever this is about */
	bool			 announced;	/* no action of tomorrow is meant */
	bool			 groups;	/* it may be asked whether all of a
						 * sort can */
	uint64_t		 budget;	/* steps for each asking */
};

struct inquest {
	struct arena		*arena;
	struct arena		*engine;	/* the search's */
	struct court		 court;		/* with an excerpt for an estate */
	struct plan		 plan;
	struct search		*search;
	int			 root;
	int			 stopped;	/* formula: the policies stop a call
						 * like that, of `groups' */
	int			 closed;	/* formula: a bit, behind which
						 * nothing is true of what is left
						 * out (reservation.h) */
	bool			 opened;	/* it is not to be so */
	uint64_t		 budget;
	struct encode_unknown	 unknown[LAYER_COUNT];
	const char		*reason;	/* of an answer that is undecided */
	bool			 bug;		/* a witness that is none */
};

/*
 * What a question asks for, whoever asks: resources and actions may be
 * patterns.  The words of the question are those of an estate that knows
 * them: summons_read() has been through it, or nothing but patterns kept it
 * from it.
 */
const struct guarantee	*inquest_promise(struct arena *, const struct court *,
			    const struct question *);

/* False, with the reason, when it cannot be said in formulas. */
bool			 inquest_open(struct inquest *, struct arena *,
			    const struct court *, const struct guarantee *,
			    const struct inquest_use *);

/* Formulas for callers: of the estate; of a sort. */
int			 inquest_caller(const struct inquest *,
			    const struct estate_principal *);
int			 inquest_sort(const struct inquest *,
			    bool (*is)(const struct casting *,
			    const void *), const void *context);
/* The slot of the caller has that text. */
int			 inquest_says(const struct inquest *, size_t slot,
			    struct word);

/* The witness is NULL when nobody wants to see it, else it is written. */
enum inquest_answer	 inquest_ask(struct inquest *, int formula,
			    struct answer *witness);

/* Nothing more is asked; what was found stays. */
void			 inquest_close(struct inquest *);

/*
 * Is there a call that policies stop, by somebody whom the formula speaks of
 * and who is able to make it?  Of users and root users, with their access keys;
 * through no endpoint that the estate does not list, whose policy is up to
 * whoever takes it.  The answer to it is written, but for what was decided.
 */
enum inquest_answer	 inquest_ask_stopped(struct inquest *, int formula,
			    struct answer *);

#endif
