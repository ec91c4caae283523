/* SPDX-License-Identifier: MIT */
/*
 * Tokens read one after the other, by a grammar that keeps some words for
 * itself.  A fault says what was expected, and where; it is the first one
 * that counts, for readers stop there.
 */
#ifndef SIMULATOR_TAPE_H
#define SIMULATOR_TAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/question.h"
#include "simulator/sentence.h"

struct tape {
	struct arena		*arena;
	const struct tokens	*tokens;
	size_t			 at;
	const char *const	*reserved;	/* ends with NULL */
	struct question_fault	*fault;
};

/* The next token, or NULL at the end; and the one that far behind it. */
const struct token	*tape_peek(const struct tape *);
const struct token	*tape_look(const struct tape *, size_t ahead);

/* The next token is this word of the grammar; take it if it is. */
bool	 tape_is(const struct tape *, const char *word);
bool	 tape_take(struct tape *, const char *word);

/* The next token, taken, if it is no reserved word and not empty; else NULL. */
const struct token	*tape_plain(struct tape *);
bool	 tape_is_reserved(const struct tape *, const struct token *);

/* A plain token, and A,B or A, B.  False with the fault. */
bool	 tape_one(struct tape *, const char *what, struct phrase *);
bool	 tape_list(struct tape *, const char *what, struct phrases *);

/* Always false, so that a reader can end with it. */
bool	 tape_fail(struct tape *, struct span, const char *message,
	    const char *help);
/*
 * The next token, or the end, is not what was expected.  The words are those
 * that might have been meant, or NULL.
 */
bool	 tape_expected(struct tape *, const char *what,
	    const char *const *words);

/* The word of a NULL-ended list that is nearest to a misspelt one; NULL when
 * none is, or when it is not misspelt. */
const char	*tape_nearest(struct word, const char *const *words);

/* The next token, or the place behind the last one. */
struct span	 tape_span(const struct tape *);

#endif
