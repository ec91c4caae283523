/* SPDX-License-Identifier: MIT */
/*
 * A promise over all requests, calls or chains, as a suite states it
 * (sekisho(5)).  Words are as they were written: what they name in an estate,
 * and whether the promise is kept, proof.c finds out.
 *
 *	guarantee ID NAME
 *	  (every|never|some|each) [allowed [by LAYER]]
 *	      (request|call|ACTION,...) {phrase} {then ACTION,... {phrase}}
 *	      {assuming LAYER allows everything}
 *	  [where CONDITION] [must CONDITION]
 */
#ifndef SIMULATOR_GUARANTEE_H
#define SIMULATOR_GUARANTEE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/layer.h"
#include "policy/operator.h"
#include "simulator/question.h"
#include "simulator/sentence.h"

enum phrase_kind {
	PHRASE_ON,			/* on RESOURCE,... */
	PHRASE_ON_OWN_SESSION,		/* on own session */
	PHRASE_BY,			/* by WHO,...: principals, accounts, and
					 * the words anonymous, service,
					 * service-linked, provider, root,
					 * user, role, foreign */
	PHRASE_BY_SESSION_OF,		/* by session of ROLE,... */
	PHRASE_THROUGH,			/* through WAY,...: endpoints, VPCs, and
					 * the words endpoints (any of the
					 * estate), internet */
	PHRASE_DOCUMENT,		/* document DOCUMENT,...: the call names
					 * one, and it is this */
	PHRASE_NAMED,			/* named NAME, variables included */
	PHRASE_MFA			/* mfa */
};

/* Something said of a call. */
struct guarantee_phrase {
	enum phrase_kind	 kind;
	struct phrases		 words;		/* any of them */
	struct span		 span;
};

enum step_kind {
	STEP_REQUEST,			/* one authorization, any action */
	STEP_CALL,			/* all of a call's, any action */
	STEP_ACTIONS			/* calls of these actions */
};

/* One call of a chain. */
struct guarantee_step {
	enum step_kind			 kind;
	struct phrases			 actions;	/* patterns too */
	LIST(struct guarantee_phrase)	 phrases;	/* all hold */
	struct span			 span;
};

enum condition_kind {
	CONDITION_TEST,			/* OPERATOR KEY VALUE... */
	CONDITION_ACTION,		/* ACTION,... {phrase} */
	CONDITION_PHRASE,
	CONDITION_HOP,			/* first, second, ...: of one call */
	CONDITION_PART,			/* of one resource of a call */
	CONDITION_NOT,
	CONDITION_AND,
	CONDITION_OR
};

struct guarantee_condition {
	enum condition_kind			 kind;
	struct span				 span;
	struct operator_use			 use;	/* of a test */
	struct phrase				 key;
	struct phrases				 values;
	struct guarantee_step			 action;
	struct guarantee_phrase			 phrase;
	size_t					 hop;	/* from 0 */
	struct phrase				 part;	/* of calls.tsv */
	const struct guarantee_condition	*one;	/* of hop, part, not,
							 * and, or */
	const struct guarantee_condition	*other;	/* of and, or */
};

enum quantifier_kind {
	GUARANTEE_EVERY,		/* all such must ... */
	GUARANTEE_NEVER,		/* there is no such */
	GUARANTEE_SOME,			/* there is one */
	GUARANTEE_EACH			/* every combination of the words that
					 * the phrases list has one */
};

struct guarantee {
	struct word				 id, name;
	struct span				 span;	/* of its first line */
	enum quantifier_kind			 quantifier;
	bool					 allowed;	/* else also
							 * requests that
							 * are denied */
	bool					 by_layer;	/* one alone */
	enum layer				 layer;
	LIST(struct guarantee_step)		 steps;		/* one, or a
							 * chain */
	layer_set				 assuming;	/* that allow
							 * everything */
	const struct guarantee_condition	*where;	/* or NULL */
	const struct guarantee_condition	*must;	/* or NULL */
};

/*
 * Reads a guarantee from the token `*at' on, up to the end of the tokens:
 * what stands behind the word `guarantee'.  False with the fault, which says
 * what was expected.
 */
bool	 guarantee_read(struct arena *, const struct tokens *, size_t at,
	    struct guarantee *, struct question_fault *);

/* Writes it as text again, one line a clause, into the arena. */
const char	*guarantee_text(struct arena *, const struct guarantee *);

#endif
