/* SPDX-License-Identifier: MIT */
/* What the files of theory_*.c share; nobody else includes this. */
#ifndef SIMULATOR_THEORY_ROW_H
#define SIMULATOR_THEORY_ROW_H

#include "simulator/candidate.h"
#include "simulator/product.h"
#include "simulator/recall.h"
#include "simulator/theory.h"

/* Sorts of claims that cannot be told apart within themselves. */
enum {
	SORT_PATTERN = 1,
	SORT_NUMBER = 2,
	SORT_DATE = 4,
	SORT_ADDRESS = 8,
	SORT_TRUTH = 16
};

/* One thing that is asked of the text. */
struct wish {
	int			 literal;	/* 0: a demand */
	bool			 wanted;
	unsigned		 sort;
	const struct claim	*claim;		/* NULL: a demand */
	const struct pattern	*pattern;	/* of SORT_PATTERN */
};

struct theory {
	struct arena			*arena;
	const struct universe		*universe;
	struct product			*product;
	const struct slot		*slot;
	LIST(struct wish)		 wishes;
	LIST(const struct pattern *)	 positives, negatives;
	struct candidates		 candidates;
	LIST(size_t)			 refusals;	/* by the words of a
							 * closed slot */
	LIST(int)			 core;
	bool				 core_demands;
	struct recall			*recall;
	LIST(int)			 literals;	/* of the question, in
							 * order */
	LIST(int)			 numbers;	/* the question, for
							 * `recall' */
};

/* Spends so many steps; false when there were not as many. */
bool			 theory_pay(uint64_t *budget, uint64_t price);
/* The text is as the wish has it. */
bool			 theory_grants(const struct theory *,
			    const struct wish *, struct word text);
/* Leaves out a wish, which the conflict does not need. */
void			 theory_drop(struct theory *, size_t at);
/* Keeps only these two, which contradict each other; or the one itself. */
void			 theory_keep_pair(struct theory *, size_t a, size_t b);
/* What is left of the wishes contradicts itself: they are the core. */
enum theory_answer	 theory_conclude(struct theory *);

/* The answer, and the core of a conflict; asked for the first time. */
enum theory_answer	 theory_decide(struct theory *,
			    const struct theory_question *, uint64_t *budget,
			    struct word *text);
/* The answer, of a slot whose words are all there are. */
enum theory_answer	 theory_ask_closed(struct theory *, size_t slot,
			    struct word *text);
/* A text that fits those of the wishes that are patterns, if there is one. */
bool			 theory_multiply(struct theory *, uint64_t *budget,
			    struct word *text);
/* The answer, of wishes that are all patterns. */
enum theory_answer	 theory_ask_product(struct theory *, uint64_t *budget,
			    struct word *text);

#endif
