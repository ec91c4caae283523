/* SPDX-License-Identifier: MIT */
/*
 * The one grammar in which questions are asked, at the command line, in the
 * shell and in test files:
 *
 *	PRINCIPAL ACTION RESOURCE... [via ROLE,...] [through WAY,...] [mfa]
 *	    [named SESSION] [longterm|session] [with KEY=VALUE ...]
 *	    [without KEY ...] [overlay FILE ...]
 *
 * A value is a word, or a list in brackets: KEY=[V,V].  Quotes keep blanks,
 * commas, brackets and words of the grammar from being read as such.
 */
#ifndef SIMULATOR_SENTENCE_H
#define SIMULATOR_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/question.h"

/* A word of a sentence. */
struct token {
	struct word	 word;		/* without quotes */
	struct span	 span;		/* of the line, quotes included */
	bool		 quoted;	/* it is no word of the grammar */
	const bool	*protected;	/* for each byte: it stood in quotes;
					 * NULL: none did */
};

struct tokens {
	LIST(struct token)	 list;
};

/*
 * Splits a line at its blanks; what stands in double quotes stays together,
 * and \" and \\ in there are the characters themselves.  False with the fault
 * when quotes are not closed.
 */
bool	 sentence_split(struct arena *, struct word line, struct tokens *,
	    struct question_fault *);

/*
 * Words that are split already, as arguments of a command are.  The line that
 * places are said of is made up: `*line' is the words with a blank between.
 */
void	 sentence_take(struct arena *, char *const *words, size_t count,
	    struct tokens *, struct word *line);

/* Reads a question from that token on to the end. */
bool	 sentence_read(struct arena *, const struct tokens *, size_t first,
	    struct question *, struct question_fault *);

/*
 * Reads what is to be another in a question, or the same in all that come:
 *
 *	[as PRINCIPAL] [KEY=VALUE ...] [clauses]
 *
 * in any order; what is not spoken of is left out of the question.
 */
bool	 sentence_read_change(struct arena *, const struct tokens *,
	    size_t first, struct question *, struct question_fault *);

/* The token can be no principal but an action: a question that begins so does
 * not say who asks. */
bool	 token_is_action(const struct token *);
/* The token begins a clause. */
bool	 token_is_clause(const struct token *);
/* The token is this word of the grammar. */
bool	 token_is(const struct token *, const char *);
/* That byte of the word is this character, and stood in no quotes. */
bool	 token_has(const struct token *, size_t at, char);
/* A,B: what stands between the commas, nothing left out but nothings. */
void	 token_split(struct arena *, const struct token *, struct phrases *);

/* The words that begin a clause, each with what it takes; ends with NULL. */
extern const char *const sentence_words[];

#endif
