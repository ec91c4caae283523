/* SPDX-License-Identifier: MIT */
/*
 * Names for what a suite says often: `let fwd = role 222222222222/X' puts
 * those words wherever $fwd stands, also between commas.  Quotes protect, and
 * ${...} is a variable of IAM.
 */
#ifndef SIMULATOR_ALIAS_H
#define SIMULATOR_ALIAS_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/question.h"
#include "simulator/sentence.h"

struct alias {
	struct word	 name;		/* without the $ */
	struct span	 span;
	struct tokens	 tokens;
};

struct aliases {
	LIST(struct alias)	 list;
	size_t			 spent;		/* bytes that names made */
};

/*
 * Puts the words of names in from token `at' on, and makes one word of
 * `role ACCOUNT/NAME': ACCOUNT:role/NAME, which names it in an estate.  What
 * comes from a name has the place of the name.  False with the fault.
 */
bool	 alias_replace(struct arena *, struct aliases *,
	    const struct tokens *, size_t at, struct tokens *,
	    struct question_fault *);

/* A new name for the words, in which no comma is left at an end. */
void	 alias_add(struct arena *, struct aliases *, const struct token *name,
	    const struct tokens *words);

const struct alias	*alias_find(const struct aliases *, struct word);

/* Letters, digits, `-' and `_'. */
bool	 alias_is_name(struct word);

/*
 * A file is not made longer without end: false, with the fault, when what it
 * is unfolded to has used up its bytes.
 */
bool	 alias_spend(struct aliases *, size_t bytes, struct span,
	    struct question_fault *);

#endif
