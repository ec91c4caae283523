/* SPDX-License-Identifier: MIT */
/*
 * A promise over all requests, calls or chains, as a suite states it
 * (sekisho(5)).  Words are as they were written: what they name in an estate,
 * which parts a call has, and whether the promise is kept, proof.c finds out.
 *
 *	guarantee ID NAME
 *	  (every|never|some|each) [allowed [by LAYER]]
 *	      (request|call|ACTION,...) {phrase} {then ACTION,... {phrase}}
 *	      {assuming LAYER,... allows everything}
 *	  [where CONDITION] [must CONDITION]
 *	  {and (every|never|some|each) ...}
 *
 * What `allowed' says may also stand among the phrases.  Only `every' has a
 * `must', and it has one always: without, it would promise nothing.
 */
#ifndef SIMULATOR_GUARANTEE_H
#define SIMULATOR_GUARANTEE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/json.h"
#include "policy/layer.h"
#include "policy/operator.h"
#include "simulator/question.h"
#include "simulator/sentence.h"

/* Bounds, so that whoever walks a guarantee may recurse. */
enum {
	GUARANTEE_STEPS_MAX = 4,	/* calls of a chain: first to fourth */
	GUARANTEE_DEPTH_MAX = 24,	/* of conditions in conditions, where a
					 * row of `and' or of `or' is one */
	GUARANTEE_CONDITIONS_MAX = 256	/* in one promise */
};

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
	PHRASE_MFA,			/* mfa */
	PHRASE_COUNT
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

/*
 * In a chain every test stands in a hop; there is none in a hop, and no part
 * in a part.  `a and b and c' is (a and b) and c.
 */
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
	const struct guarantee			*also;	/* its next promise, of
							 * the same id and name:
							 * all must be kept; or
							 * NULL */
};

/*
 * Reads a guarantee from the token `*at' on, up to the end of the tokens:
 * what stands behind the word `guarantee'.  False with the fault, which says
 * what was expected.
 */
bool	 guarantee_read(struct arena *, const struct tokens *, size_t at,
	    struct guarantee *, struct question_fault *);

/*
 * Writes it as text again, one line a clause, into the arena: reading it gives
 * the same guarantee.
 */
const char	*guarantee_text(struct arena *, const struct guarantee *);

/* The JSON form (suite.schema.json); reading is false with the fault. */
bool		 guarantee_read_json(struct arena *, const struct node *,
		    struct guarantee *, struct question_fault *);
void		 guarantee_print_json(struct json *, const struct guarantee *);

/* An operator with its prefix and suffix, as AWS spells it. */
enum { GUARANTEE_OPERATOR_SIZE = 64 };
void		 guarantee_operator_name(const struct operator_use *,
		    char name[GUARANTEE_OPERATOR_SIZE]);

/*
 * The words of the grammar, by their enum; NULL behind the last.  Of phrases
 * it is the member's name in JSON, and the word that begins the phrase.
 */
extern const char *const guarantee_quantifiers[];
extern const char *const guarantee_hops[];
extern const char *const guarantee_phrase_words[];
/* Those that begin a condition; ends with NULL. */
extern const char *const guarantee_condition_words[];
extern const char *const guarantee_phrase_members[];

#endif
