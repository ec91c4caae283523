/* SPDX-License-Identifier: MIT */
/*
 * A cursor stands somewhere in the bytes of a JSON document and reads the
 * tokens there: blanks, strings, numbers, words.  It complains of what is
 * wrong inside a token.  It does not know which token may follow which.
 */
#ifndef POLICY_CURSOR_H
#define POLICY_CURSOR_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/report.h"
#include "policy/source.h"

/* What can be wrong with a document before anybody asks what it means. */
enum fault {
	FAULT_SYNTAX,
	FAULT_TRAILING,
	FAULT_DUPLICATE,
	FAULT_UTF8,
	FAULT_NUL,
	FAULT_DEPTH,
	FAULT_COUNT
};

struct cursor {
	const char		*bytes;		/* need no NUL behind them */
	size_t			 length;
	size_t			 at;
	bool			 clean;		/* no fault so far */
	bool			 escapes;	/* some string has one */
	bool			 foreign;	/* what was read may hold more
						 * than ASCII */
	bool			 broken;	/* reading cannot go on */
	struct arena		*arena;
	struct report		*report;
	const struct complaint	*complaints;	/* a row for each fault */
};

enum { CURSOR_END = -1 };

/* The byte that stands `ahead' bytes from here, or CURSOR_END. */
static inline int
cursor_peek(const struct cursor *c, size_t ahead)
{
	if (ahead >= c->length - c->at)
		return CURSOR_END;
	return (unsigned char)c->bytes[c->at + ahead];
}

/* The word, or else the one character, that stands here; empty at the end. */
struct span	 cursor_token(const struct cursor *);
/* The token in words that are fit for a message. */
const char	*cursor_describe(const struct cursor *, struct span token);

struct finding	*cursor_complain(struct cursor *, enum fault, struct span,
		    const char *format, ...)
		    __attribute__((format(printf, 4, 5)));
/* "expected ..., found ..." of the token here; breaks the cursor. */
struct finding	*cursor_refuse(struct cursor *, const char *expected);

/* Read on to behind the token; false when it is broken. */
void		 cursor_read_blanks(struct cursor *);
bool		 cursor_read_string(struct cursor *);
bool		 cursor_read_number(struct cursor *);
/* true, false or null; stays in place when none of them is here. */
bool		 cursor_read_literal(struct cursor *);

#endif
